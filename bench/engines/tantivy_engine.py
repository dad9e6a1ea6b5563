"""tantivy, by its Python binding, over ready tokens."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import corpus
import tantivy
import tokens
from corpus import Text
from queries import Query

from engines import release

_HEAP = 256 << 20
_NAMED = ("title_folded", "body_folded")


class _Session:
    def __init__(self, folder: Path) -> None:
        index = tantivy.Index.open(str(folder))
        self._schema = index.schema
        self._searcher = index.searcher()

    def page(self, asked: Query) -> tuple[int, int]:
        query = self._query(asked)
        found = self._searcher.search(query, 10)
        makers = [
            tantivy.SnippetGenerator.create(self._searcher, query, self._schema, name)
            for name in _NAMED
        ]
        shown = 0
        for _, address in found.hits:
            document = self._searcher.doc(address)
            shown += sum(len(maker.snippet_from_doc(document).to_html()) for maker in makers)
            shown += len(document["title"])
        return found.count, shown

    def _query(self, asked: Query) -> Any:
        must = tantivy.Occur.Must
        if asked.phrase:
            parts = [self._any(lambda name: self._phrase(name, asked.words))]
        else:
            parts = [
                self._any(lambda name, word=word: self._term(name, word)) for word in asked.words
            ]
        if asked.year:
            first, last = asked.year * 10_000, asked.year * 10_000 + 9999
            kind = tantivy.FieldType.Integer
            parts.append(tantivy.Query.range_query(self._schema, "day", kind, first, last))
        elif asked.site:
            parts.append(self._term("site", asked.site))
        return tantivy.Query.boolean_query([(must, part) for part in parts])

    def _any(self, make: Any) -> Any:
        should = tantivy.Occur.Should
        return tantivy.Query.boolean_query([(should, make(name)) for name in _NAMED])

    def _term(self, name: str, word: str) -> Any:
        return tantivy.Query.term_query(self._schema, name, word)

    def _phrase(self, name: str, words: tuple[str, ...]) -> Any:
        return tantivy.Query.phrase_query(self._schema, name, list(words))


class _Engine:
    def build(self, folder: Path, corpus_path: Path, tokens_path: Path) -> None:
        folder.mkdir(parents=True)
        writer = tantivy.Index(_schema(), path=str(folder)).writer(_HEAP, 1)
        for text, row in zip(corpus.read(corpus_path), tokens.read(tokens_path), strict=True):
            writer.add_document(_document(text, row))
        writer.commit()
        writer.wait_merging_threads()

    def open(self, folder: Path) -> _Session:
        return _Session(folder)

    def refresh(self, folder: Path, texts: list[Text], rows: list[tokens.Row]) -> None:
        writer = tantivy.Index.open(str(folder)).writer(_HEAP, 1)
        for text, row in zip(texts, rows, strict=True):
            writer.delete_documents("key", text.key)
            writer.add_document(_document(text, row))
        writer.commit()
        writer.wait_merging_threads()

    def version(self) -> str:
        return release("tantivy")


def _schema() -> Any:
    made = tantivy.SchemaBuilder()
    for name in ("key", "site"):
        made.add_text_field(name, stored=True, tokenizer_name="raw")
    for name in ("title", "body"):
        made.add_text_field(name, stored=True, tokenizer_name="raw", index_option="basic")
    made.add_integer_field("day", stored=True, indexed=True, fast=True)
    for name in ("title_exact", "title_folded", "body_exact", "body_folded"):
        made.add_text_field(name, stored=name in _NAMED, tokenizer_name="whitespace")
    return made.build()


def _document(text: Text, row: tokens.Row) -> Any:
    return tantivy.Document(
        key=text.key,
        site=text.site,
        title=text.title,
        body=text.body,
        day=int(text.date.replace("-", "")),
        title_exact=row[0],
        title_folded=row[1],
        body_exact=row[2],
        body_folded=row[3],
    )


ENGINE = _Engine()
