"""The product, through its door."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import corpus
from corpus import Text
from queries import Query

import indexer.engines.local.storage.whoosh_writer  # noqa: F401  (as the other engines, loaded before the clock starts)
from engines import release
from indexer import Document, SearchIndex


class _Session:
    def __init__(self, folder: Path) -> None:
        self._index = SearchIndex.open(folder)

    def page(self, query: Query) -> tuple[int, int]:
        answer = self._index.search(
            query.typed,
            since=date(query.year, 1, 1) if query.year else None,
            until=date(query.year, 12, 31) if query.year else None,
            sites=(query.site,) if query.site else (),
        )
        total = 0 if answer.fallback else answer.total
        return total, sum(len(hit.snippet) + len(hit.title) for hit in answer.hits)

    def first(self, typed: str, marked: bool) -> list[str]:
        return [hit.id for hit in self._index.search(typed).hits]


class _Engine:
    def build(self, folder: Path, corpus_path: Path, tokens: Path) -> None:
        SearchIndex.replace(folder, map(document, corpus.read(corpus_path))).close()

    def open(self, folder: Path) -> _Session:
        return _Session(folder)

    def refresh(self, folder: Path, texts: list[Text], rows: object) -> None:
        with SearchIndex.open(folder) as index:
            index.update([document(text) for text in texts])

    def version(self) -> str:
        return release("hdnd-archive")


def document(text: Text) -> Document:
    """A text of the corpus as the index takes it in."""
    return Document(
        id=text.key,
        title=text.title,
        lead=None,
        body=tuple(text.body.split("\n")),
        date=date.fromisoformat(text.date),
        site=text.site,
        category=None,
        url=f"https://example.org/{text.key}",
        published_at=f"{text.date}T08:00:00+07:00",
    )


ENGINE = _Engine()
