"""An archive without a crawler: exchanges made by hand, and an extraction that reads JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from archive.catalogue import database
from archive.ground.home import Home
from archive.model import Article, Block, Exchange, Link, Page, PageKind, Role, StoredResponse
from archive.reading import ArchiveReader
from archive.run import RunWriter
from archive.store import Archive

SITE = {"id": "mau", "name": "Trang mẫu", "host": "mau.example"}
NOON = datetime(2024, 2, 5, 5, 0, tzinfo=UTC)
REQUEST = b"GET / HTTP/1.1\r\nHost: mau.example\r\n\r\n"


class JsonExtract:
    """A body of JSON is an article; anything else is a file."""

    def __init__(self, rule: int = 1, *, shout: bool = False) -> None:
        self.rule = rule
        self.shout = shout

    def __call__(self, description: Mapping[str, Any], stored: StoredResponse) -> Page:
        url = stored.url.partition("?")[0]
        try:
            told = json.loads(stored.body)
        except ValueError:
            return Page(PageKind.FILE, url)
        title = told["title"].upper() if self.shout else told["title"]
        article = Article(
            asset_id=told.get("id"),
            title=title,
            blocks=tuple(Block(text) for text in told.get("blocks", ["Một đoạn."])),
            views=told.get("views"),
        )
        links = tuple(Link(url, Role.ARTICLE, url, id_) for url, id_ in told.get("links", ()))
        return Page(PageKind.ARTICLE, url, article=article, links=links)


def page(title: str, **more: Any) -> bytes:
    """The body of an article that `JsonExtract` reads."""
    return json.dumps({"title": title, **more}, ensure_ascii=False).encode()


def exchange(path: str, body: bytes = b"", *, minutes: float = 0, **more: Any) -> Exchange:
    """An exchange with the made-up site, some minutes after noon."""
    head = f"HTTP/1.1 200 OK\r\nContent-Length: {len(body)}\r\n\r\n".encode()
    given: dict[str, Any] = {
        "url": f"https://mau.example{path}",
        "role": Role.ARTICLE,
        "started_at": NOON + timedelta(minutes=minutes),
        "request": REQUEST,
        "response_head": head,
        "body": body,
    }
    return Exchange(**(given | more))


@contextmanager
def writing(
    folder: Path | Home, extract: JsonExtract | None = None, *, site: Mapping[str, Any] = SITE
) -> Iterator[tuple[Archive, RunWriter]]:
    """An archive with a run under way; the run ends with the block, if the block does."""
    home = folder if isinstance(folder, Home) else Home(folder)
    with Archive(home, extract or JsonExtract()) as archive:
        run = archive.begin_run(site)
        yield archive, run
        run.end("finished", {})


def keep(archive: Archive, run: RunWriter, *exchanges: Exchange) -> list[int]:
    """Keep exchanges and derive their pages, as a crawl does; the numbers they got."""
    seqs = []
    for one in exchanges:
        capture = run.keep(one)
        archive.derive_one(capture)
        seqs.append(capture.seq)
    return seqs


def dump_of(home: Home) -> list[str]:
    """Every row of every derived table."""
    with ArchiveReader.open(home) as reader:
        return database.dump(reader.catalogue.connection)
