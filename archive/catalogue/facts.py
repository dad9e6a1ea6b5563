"""The derivation `facts`: what the articles of an archive state, by the reading that is handed in.

It is made after the crawl, of the versions of articles and of the text of their attachments. A fact
belongs to a version: one that is no longer an article's takes its facts with it.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from archive.catalogue.derivation import CAPTURES, Step, When, Work
from archive.catalogue.fact_tables import SCHEMA, TABLE_OF
from archive.catalogue.version_identity import from_json
from archive.model import Article

_STEP = 100
"""Versions that are read before what was found is committed."""

_WANTED = """
SELECT v.article, v.digest AS version, v.content, c.run, c.site
FROM version v
JOIN (SELECT article, version, min(seq) AS seq FROM observation GROUP BY article, version) o
    ON o.article = v.article AND o.version = v.digest
JOIN capture c ON c.seq = o.seq
"""
_MISSING = f"""
SELECT w.* FROM ({_WANTED}) w
LEFT JOIN read_version r ON r.article = w.article AND r.version = w.version AND r.run = w.run
WHERE r.article IS NULL ORDER BY w.article, w.version
"""
_STALE = f"""
SELECT r.article, r.version FROM read_version r
LEFT JOIN ({_WANTED}) w ON w.article = r.article AND w.version = r.version AND w.run = r.run
WHERE w.article IS NULL
"""


@dataclass(frozen=True, slots=True)
class FactRow:
    """A fact as it is stored: where it stands, what read it, and the columns of its kind."""

    kind: str
    field: str
    number: int
    source: str
    start: int
    stop: int
    quote: str
    rule: str
    stated: bool
    columns: Mapping[str, str | int | None]


class ReadFacts(Protocol):
    """The reading of a version, as the archive is handed it: pure, and numbered by its rule."""

    rule: int

    def __call__(self, description: Mapping[str, Any], article: Article) -> Iterable[FactRow]:
        """What a version states, by the description of the site it is from."""


class Facts:
    """The facts of every version of every article."""

    name = "facts"
    when = When.AFTER_THE_CRAWL
    reads = (CAPTURES, "pages")
    schema = SCHEMA

    def __init__(self, read: ReadFacts) -> None:
        self._read = read

    @property
    def rule(self) -> int:
        """The number of the reading's rules."""
        return self._read.rule

    def derive(self, work: Work) -> Iterator[Step]:
        """Take away what has lost its version, then read the versions that are new."""
        connection = work.connection
        for row in connection.execute(_STALE).fetchall():
            _forget(connection, row["article"], row["version"])
        missing = connection.execute(_MISSING).fetchall()
        descriptions: dict[str, Mapping[str, Any]] = {}
        for done, row in enumerate(missing, 1):
            run = row["run"]
            if run not in descriptions:
                descriptions[run] = _description(connection, run)
            rows = self._read(descriptions[run], from_json(row["content"]))
            _store(connection, row["article"], row["version"], run, rows)
            if done % _STEP == 0 or done == len(missing):
                yield Step(done, len(missing), row["article"])


def _description(connection: sqlite3.Connection, run: str) -> Mapping[str, Any]:
    row = connection.execute("SELECT description FROM run WHERE id = ?", (run,)).fetchone()
    description: Mapping[str, Any] = json.loads(row["description"])
    return description


def _forget(connection: sqlite3.Connection, article: str, version: str) -> None:
    where = "SELECT id FROM fact WHERE article = ? AND version = ?"
    for table in TABLE_OF.values():
        connection.execute(f"DELETE FROM {table} WHERE fact IN ({where})", (article, version))
    for table in ("fact", "read_version"):
        connection.execute(
            f"DELETE FROM {table} WHERE article = ? AND version = ?", (article, version)
        )


def _store(
    connection: sqlite3.Connection, article: str, version: str, run: str, rows: Iterable[FactRow]
) -> None:
    connection.execute(
        "INSERT INTO read_version (article, version, run, source) VALUES (?, ?, ?, '')",
        (article, version, run),
    )
    seen: Counter[str] = Counter()
    for row in rows:
        key = _identity(article, version, row)
        seen[key] += 1
        name = key if seen[key] == 1 else f"{key}-{seen[key]}"
        connection.execute(
            "INSERT INTO fact (id, article, version, kind, field, number, source, start, stop,"
            " quote, rule, stated) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                name,
                article,
                version,
                row.kind,
                row.field,
                row.number,
                row.source,
                row.start,
                row.stop,
                row.quote,
                row.rule,
                row.stated,
            ),
        )
        columns = ", ".join(("fact", *row.columns))
        places = ", ".join("?" * (1 + len(row.columns)))
        connection.execute(
            f"INSERT INTO {TABLE_OF[row.kind]} ({columns}) VALUES ({places})",
            (name, *row.columns.values()),
        )


def _identity(article: str, version: str, row: FactRow) -> str:
    """The name of a fact: what it says, and where."""
    text = json.dumps(
        [
            article,
            version,
            row.kind,
            row.field,
            row.number,
            row.source,
            row.start,
            row.stop,
            dict(row.columns),
        ],
        ensure_ascii=False,
    )
    return hashlib.sha256(text.encode()).hexdigest()[:16]
