"""SQLite FTS5: bm25, highlight and snippet, over ready tokens."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import corpus
import tokens
from corpus import Text
from queries import Query

_SCHEMA = """
CREATE TABLE article (
    id INTEGER PRIMARY KEY, key TEXT UNIQUE, title TEXT, body TEXT, day INTEGER, site TEXT);
CREATE VIRTUAL TABLE words USING fts5(
    title_exact, title_folded, body_exact, body_folded,
    tokenize = 'unicode61 remove_diacritics 0');
"""
_PAGE = """
SELECT article.title, article.day, article.site, highlight(words, 1, '[', ']'),
       snippet(words, 3, '[', ']', '…', 40)
FROM words JOIN article ON article.id = words.rowid
WHERE words MATCH :match {filters}
ORDER BY rank LIMIT 10
"""
_COUNT = """
SELECT count(*) FROM words {join} WHERE words MATCH :match {filters}
"""


class _Session:
    def __init__(self, folder: Path) -> None:
        self._connection = sqlite3.connect(folder / "fts.sqlite")

    def page(self, query: Query) -> tuple[int, int]:
        filters, join = "", ""
        given: dict[str, object] = {"match": match(query)}
        if query.year:
            filters = "AND day BETWEEN :first AND :last"
            given |= {"first": query.year * 10_000, "last": query.year * 10_000 + 9999}
        elif query.site:
            filters = "AND site = :site"
            given["site"] = query.site
        if filters:
            join = "JOIN article ON article.id = words.rowid"
        rows = self._connection.execute(_PAGE.format(filters=filters), given).fetchall()
        count = self._connection.execute(_COUNT.format(filters=filters, join=join), given)
        return count.fetchone()[0], sum(len(row[3]) + len(row[4]) for row in rows)

    def first(self, typed: str, marked: bool) -> list[str]:
        """By bm25, of the texts that have all words: as written, or folded."""
        words = [token.form if marked else token.folded for token in tokens.of(typed)]
        columns = "title_exact body_exact" if marked else "title_folded body_folded"
        rows = self._connection.execute(
            "SELECT article.key FROM words JOIN article ON article.id = words.rowid"
            " WHERE words MATCH ? ORDER BY rank LIMIT 10",
            (f"{{{columns}}} : ({' AND '.join(words)})",),
        )
        return [key for (key,) in rows]


def match(query: Query) -> str:
    """The query in FTS5's language."""
    words = " + " if query.phrase else " AND "
    return f"{{title_folded body_folded}} : ({words.join(query.words)})"


class _Engine:
    def build(self, folder: Path, corpus_path: Path, tokens_path: Path) -> None:
        folder.mkdir(parents=True)
        connection = sqlite3.connect(folder / "fts.sqlite")
        connection.executescript(_SCHEMA)
        with connection:
            both = zip(corpus.read(corpus_path), tokens.read(tokens_path), strict=True)
            for text, row in both:
                _put(connection, text, row)
        connection.close()

    def open(self, folder: Path) -> _Session:
        return _Session(folder)

    def refresh(self, folder: Path, texts: list[Text], rows: list[tokens.Row]) -> None:
        connection = sqlite3.connect(folder / "fts.sqlite")
        with connection:
            for text, row in zip(texts, rows, strict=True):
                found = connection.execute("SELECT id FROM article WHERE key = ?", (text.key,))
                for (identity,) in found.fetchall():
                    connection.execute("DELETE FROM words WHERE rowid = ?", (identity,))
                    connection.execute("DELETE FROM article WHERE id = ?", (identity,))
                _put(connection, text, row)
        connection.close()

    def version(self) -> str:
        return sqlite3.sqlite_version


def _put(connection: sqlite3.Connection, text: Text, row: tokens.Row) -> None:
    day = int(text.date.replace("-", ""))
    done = connection.execute(
        "INSERT INTO article (key, title, body, day, site) VALUES (?, ?, ?, ?, ?)",
        (text.key, text.title, text.body, day, text.site),
    )
    connection.execute(
        "INSERT INTO words (rowid, title_exact, title_folded, body_exact, body_folded)"
        " VALUES (?, ?, ?, ?, ?)",
        (done.lastrowid, *row),
    )


ENGINE = _Engine()
