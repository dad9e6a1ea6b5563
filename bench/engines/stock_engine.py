"""Whoosh as it comes: `TEXT` fields fed our tokens, its own writer, matchers and highlighter."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import corpus
import tokens
from corpus import Text
from queries import Query
from whoosh import analysis, fields, index, query

from engines import release
from indexer.language.analysis import Token

_last: tuple[str, list[Any]] = ("", [])


class OurTokens(analysis.Analyzer):  # type: ignore[misc]
    """Our tokens as Whoosh's. The last text's are kept: each goes into two fields."""

    def __init__(self, folded: bool) -> None:
        self.folded = folded

    def __call__(
        self, value: str, positions: bool = False, chars: bool = False, mode: str = "", **_: object
    ) -> Iterator[Any]:
        global _last
        if _last[0] != value:
            _last = (value, list(_lines(value)))
        given = analysis.Token(positions, chars, mode=mode)
        for position, token in enumerate(_last[1]):
            given.text = token.folded if self.folded else token.form
            given.pos = position
            given.startchar, given.endchar = token.start, token.end
            given.boost = 1.0
            given.stopped = False
            yield given


def _lines(text: str) -> Iterator[Token]:
    start = 0
    for line in text.split("\n"):
        for token in tokens.of(line):
            yield token._replace(start=token.start + start, end=token.end + start)
        start += len(line) + 1


class _Session:
    def __init__(self, folder: Path) -> None:
        self._searcher = index.open_dir(str(folder)).searcher()

    def page(self, asked: Query) -> tuple[int, int]:
        results = self._searcher.search(_query(asked), limit=10, filter=_filter(asked))
        shown = 0
        for hit in results:
            shown += len(hit.highlights("title_folded", text=hit["title"]) or hit["title"])
            shown += len(hit.highlights("body_folded", text=hit["body"]))
        return len(results), shown


def _query(asked: Query) -> query.Query:
    named = ("title_folded", "body_folded")
    if asked.phrase:
        return query.Or([query.Phrase(name, list(asked.words)) for name in named])
    return query.And([query.Or([query.Term(name, word) for name in named]) for word in asked.words])


def _filter(asked: Query) -> query.Query | None:
    if asked.year:
        return query.NumericRange("day", asked.year * 10_000, asked.year * 10_000 + 9999)
    return query.Term("site", asked.site) if asked.site else None


class _Engine:
    def build(self, folder: Path, corpus_path: Path, tokens_path: Path) -> None:
        folder.mkdir(parents=True)
        writer = index.create_in(str(folder), _schema()).writer()
        for text in corpus.read(corpus_path):
            writer.add_document(**_fields(text))
        writer.commit()

    def open(self, folder: Path) -> _Session:
        return _Session(folder)

    def refresh(self, folder: Path, texts: list[Text], rows: object) -> None:
        writer = index.open_dir(str(folder)).writer()
        for text in texts:
            writer.update_document(**_fields(text))
        writer.commit()

    def version(self) -> str:
        return release("whoosh-reloaded")


def _schema() -> fields.Schema:
    return fields.Schema(
        key=fields.ID(unique=True, stored=True),
        day=fields.NUMERIC(int, signed=True, stored=True),
        site=fields.ID(stored=True),
        title=fields.STORED(),
        body=fields.STORED(),
        title_exact=fields.TEXT(OurTokens(False)),
        title_folded=fields.TEXT(OurTokens(True)),
        body_exact=fields.TEXT(OurTokens(False)),
        body_folded=fields.TEXT(OurTokens(True)),
    )


def _fields(text: Text) -> dict[str, object]:
    return {
        "key": text.key,
        "day": int(text.date.replace("-", "")),
        "site": text.site,
        "title": text.title,
        "body": text.body,
        "title_exact": text.title,
        "title_folded": text.title,
        "body_exact": text.body,
        "body_folded": text.body,
    }


ENGINE = _Engine()
