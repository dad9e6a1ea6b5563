"""Xapian, by its Python binding, over ready tokens. Folded words have no prefix, exact ones XE."""

from __future__ import annotations

import json
from pathlib import Path

import corpus
import tokens
import xapian
from corpus import Text
from queries import Query

_TITLE_WEIGHT = 5
_SNIPPET = 240


class _Session:
    def __init__(self, folder: Path) -> None:
        self._database = xapian.Database(str(folder))
        self._stem = xapian.Stem("none")

    def page(self, asked: Query) -> tuple[int, int]:
        enquire = xapian.Enquire(self._database)
        enquire.set_query(_query(asked))
        size = self._database.get_doccount()
        found = enquire.get_mset(0, 10, size)
        shown = 0
        for match in found:
            data = json.loads(match.document.get_data())
            for text in (data["title"], data["folded"]):
                marked = found.snippet(text, _SNIPPET, self._stem, 0, "[", "]", "…")
                shown += len(marked)
        return found.get_matches_estimated(), shown


def _query(asked: Query) -> xapian.Query:
    join = xapian.Query.OP_PHRASE if asked.phrase else xapian.Query.OP_AND
    query = xapian.Query(join, list(asked.words))
    if asked.year:
        first, last = (xapian.sortable_serialise(asked.year * 10_000 + day) for day in (0, 9999))
        limit = xapian.Query(xapian.Query.OP_VALUE_RANGE, 0, first, last)
        return xapian.Query(xapian.Query.OP_FILTER, query, limit)
    if asked.site:
        return xapian.Query(xapian.Query.OP_FILTER, query, xapian.Query(f"XS{asked.site}"))
    return query


class _Engine:
    def build(self, folder: Path, corpus_path: Path, tokens_path: Path) -> None:
        database = xapian.WritableDatabase(str(folder), xapian.DB_CREATE)
        for text, row in zip(corpus.read(corpus_path), tokens.read(tokens_path), strict=True):
            database.add_document(_document(text, row))
        database.close()

    def open(self, folder: Path) -> _Session:
        return _Session(folder)

    def refresh(self, folder: Path, texts: list[Text], rows: list[tokens.Row]) -> None:
        database = xapian.WritableDatabase(str(folder), xapian.DB_OPEN)
        for text, row in zip(texts, rows, strict=True):
            database.replace_document(f"Q{text.key}", _document(text, row))
        database.close()

    def version(self) -> str:
        return str(xapian.version_string())


def _document(text: Text, row: tokens.Row) -> xapian.Document:
    document = xapian.Document()
    terms = xapian.TermGenerator()
    terms.set_document(document)
    title_exact, title_folded, body_exact, body_folded = row
    for title, body, prefix in (
        (title_exact, body_exact, "XE"),
        (title_folded, body_folded, ""),
    ):
        terms.index_text(title, _TITLE_WEIGHT, prefix)
        terms.increase_termpos()
        terms.index_text(body, 1, prefix)
    document.add_boolean_term(f"Q{text.key}")
    document.add_boolean_term(f"XS{text.site}")
    document.add_value(0, xapian.sortable_serialise(int(text.date.replace("-", ""))))
    kept = {"title": text.title, "body": text.body, "folded": body_folded}
    document.set_data(json.dumps(kept, ensure_ascii=False))
    return document


ENGINE = _Engine()
