"""A task of the bench in a process of its own: `worker.py TASK ARGUMENT …`; answers in JSON."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any


def main() -> None:
    """Run the task that the command line names."""
    print(json.dumps(TASKS[sys.argv[1]](*sys.argv[2:])))


def make_corpus(path: str, count: str, seed: str) -> None:
    import corpus

    corpus.write(Path(path), int(count), int(seed))


def take_corpus(path: str, count: str, source: str) -> None:
    import corpus

    corpus.take(Path(source), Path(path), int(count))


def bare_corpus(path: str, source: str) -> None:
    """The same corpus without marks."""
    from dataclasses import asdict, replace

    import corpus
    from tokens import bare

    with Path(path).open("w", encoding="utf-8") as file:
        for text in corpus.read(Path(source)):
            lines = "\n".join(bare(line) for line in text.body.split("\n"))
            plain = replace(text, title=bare(text.title), body=lines)
            file.write(json.dumps(asdict(plain)) + "\n")


def make_tokens(path: str, source: str) -> None:
    import tokens

    tokens.write(Path(path), Path(source))


def make_queries(path: str, source: str, per_kind: str, seed: str) -> None:
    import queries

    queries.write(Path(path), Path(source), int(per_kind), int(seed))


def build(engine: str, folder: str, corpus: str, tokens: str) -> None:
    import engines

    engines.load(engine).build(Path(folder), Path(corpus), Path(tokens))


def pages(engine: str, folder: str, queries_path: str, how: str) -> dict[str, Any]:
    """Milliseconds of CPU and of the clock for each query of the mix, new and then again."""
    from dataclasses import replace

    import engines
    import queries
    from tokens import bare

    warm, mix = queries.read(Path(queries_path))
    if how == "bare":
        warm, mix = ([replace(q, typed=bare(q.typed)) for q in part] for part in (warm, mix))
    session = engines.load(engine).open(Path(folder))
    for query in warm:
        session.page(query)
    rows = []
    for query in mix:
        wall, cpu = time.perf_counter(), time.process_time()
        total, shown = session.page(query)
        cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
        rows.append([query.kind, cpu * 1000, wall * 1000, total, shown])
    again = []
    for query in mix:
        cpu = time.process_time()
        session.page(query)
        again.append((time.process_time() - cpu) * 1000)
    return {"new": rows, "again": again}


def first(engine: str, folder: str, asked: str, marked: str) -> list[list[str]]:
    """The keys of the first ten answers to each query."""
    import engines

    session = engines.load(engine).open(Path(folder))
    return [session.first(query, marked == "True") for query in json.loads(asked)]


def once(engine: str, folder: str, query: str) -> int:
    """One page of a cold index."""
    import engines
    from queries import Query

    _, shown = engines.load(engine).open(Path(folder)).page(Query(**json.loads(query)))
    return shown


def refresh(engine: str, folder: str, total: str, night: str) -> dict[str, float]:
    """Seconds for one night's texts, from an index on disk to an index on disk."""
    import corpus
    import engines
    import tokens

    loaded = engines.load(engine)
    texts = corpus.night(int(night), int(total))
    rows = [tokens.row(text) for text in texts]
    wall, cpu = time.perf_counter(), time.process_time()
    loaded.refresh(Path(folder), texts, rows)
    return {"cpu": time.process_time() - cpu, "wall": time.perf_counter() - wall}


def analyse(corpus: str) -> int:
    from floors import dictionaries

    return dictionaries.analyse(Path(corpus))


def spell(corpus: str) -> int:
    from floors import dictionaries

    return dictionaries.spell(Path(corpus))


def dictionaries(corpus: str) -> int:
    from floors import dictionaries

    return dictionaries.collect(Path(corpus))


def versions() -> dict[str, str]:
    import engines

    return {engines.NAMES[name]: engines.load(name).version() for name in engines.installed()}


def extraction(articles: str, rounds: str) -> dict[str, Any]:
    import extracting

    return extracting.compare(int(articles), int(rounds))


def attachments(pages: str, rounds: str) -> dict[str, Any]:
    import reading_files

    return reading_files.compare(int(pages), int(rounds))


def serve(articles: str) -> None:
    import portal

    portal.serve(int(articles))


def crawl(home: str, host: str) -> dict[str, Any]:
    import portal

    return portal.crawl(Path(home), host)


def bare_scrapy(host: str, paths: str) -> int:
    import bare_scrapy

    return bare_scrapy.fetch(host, Path(paths))


def reader(index: str, queries_path: str) -> dict[str, list[float]]:
    """Milliseconds of CPU for each page of the mix, its search, the page again, and a 304."""
    from urllib.parse import urlencode

    import queries
    from werkzeug.test import Client

    from archive.ground.home import Home
    from hdnd.usecases.search import open_index, search
    from web_reader.application import Reader
    from web_reader.pages.search import FACETS

    home = Home(Path(index).parent)
    warm, mix = queries.read(Path(queries_path))
    client = Client(Reader(home))
    typed = list(dict.fromkeys(query.typed for query in mix))
    found: dict[str, list[float]] = {"page": [], "search": [], "kept": [], "unchanged": []}

    def ask(what: str, text: str, **headers: str) -> str:
        began = time.process_time()
        address = f"/search?{urlencode({'q': text})}"
        answered = client.get(address, base_url="http://localhost", headers=headers)
        found.setdefault(what, []).append(1000 * (time.process_time() - began))
        assert answered.status_code in (200, 304), (address, answered.status_code)
        return answered.headers["ETag"]

    for query in warm:
        ask("warm", query.typed)
    with open_index(home) as opened:
        for text in typed:
            began = time.process_time()
            search(home, opened, text, facets=FACETS, limit=10, page=1)
            found["search"].append(1000 * (time.process_time() - began))
    for text in typed:
        ask("page", text)
        etag = ask("kept", text)
        ask("unchanged", text, **{"If-None-Match": etag})
    return found


TASKS: dict[str, Callable[..., Any]] = {
    task.__name__: task
    for task in (
        make_corpus,
        take_corpus,
        bare_corpus,
        make_tokens,
        make_queries,
        build,
        pages,
        first,
        once,
        refresh,
        analyse,
        spell,
        dictionaries,
        versions,
        extraction,
        attachments,
        serve,
        crawl,
        bare_scrapy,
        reader,
    )
}

if __name__ == "__main__":
    main()
