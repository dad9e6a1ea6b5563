"""Two catalogues, or the files of one derivation, row by row."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice, zip_longest

from archive.catalogue.database import Catalogue
from archive.catalogue.derivation import Schedule
from archive.catalogue.registry import Registry, tables_of
from archive.catalogue.rows import plain
from archive.catalogue.schema import FROM_RECORDS
from archive.ground.message import Message

_MANY = 10
_OF_END = ("ended_at", "reason", "counts")
_OF_ORDER = ("seq", "segment")
"""Rows of one table that are named one by one; the rest is counted."""


@dataclass(frozen=True, slots=True)
class RowDifference:
    """A row that is not as it should be; `url` is the address that it is about."""

    what: Message
    url: str | None = None


def compare_records(
    second: Catalogue, live: Catalogue, *, everything: bool, sound: bool
) -> Iterator[RowDifference]:
    """Rows of the records just read against the archive's own.

    Unless `everything` was read and each segment `sound`, nothing is said that may follow from
    what is missing: of numbers, of revisits, of rows without a record.
    """
    everything = everything and sound
    made, held = second.connection, live.connection
    for table in FROM_RECORDS:
        if _key(held, table) == "seq" and not everything:
            continue
        if everything and _same_rows(table, made, held):
            continue
        yield from few(_differing(table, made, held, exact=everything, sound=sound), table)
        if everything or (sound and table == "capture"):
            yield from few(_without_record(table, made, held), table)


def compare_derived(
    second: Catalogue, live: Catalogue, registry: Registry
) -> Iterator[RowDifference]:
    """All that was made in the crawl, against rows just made of the same records."""
    for derivation in registry.made(Schedule.IN_THE_CRAWL):
        yield from compare_tables(tables_of(derivation), second.connection, live.connection)


def compare_tables(
    tables: Iterable[str], made: sqlite3.Connection, held: sqlite3.Connection
) -> Iterator[RowDifference]:
    """Every row of tables against rows just made."""
    for table in tables:
        if not _same_rows(table, made, held):
            yield from few(_unequal(table, made, held), table)


def _same_rows(table: str, made: sqlite3.Connection, held: sqlite3.Connection) -> bool:
    """Whether a table is the same in both, row by row in the order of the primary key."""
    query = f"SELECT * FROM {table} ORDER BY 1"
    rows = zip_longest(plain(made).execute(query), plain(held).execute(query))
    return all(mine == own for mine, own in rows)


def _differing(
    table: str, made: sqlite3.Connection, held: sqlite3.Connection, *, exact: bool, sound: bool
) -> Iterator[RowDifference]:
    key = _key(held, table)
    for row in plain(made).execute(f"SELECT * FROM {table}"):
        own = plain(held).execute(f"SELECT * FROM {table} WHERE {key} = ?", (row[key],)).fetchone()
        if own is None:
            yield RowDifference(
                Message("archive.row-lacking", table=table, row=str(row[key])), _url(row)
            )
            continue
        if not sound and table == "capture" and row["refers_to"]:
            continue
        names = [name for name in row.keys() if exact or name not in _OF_ORDER]  # noqa: SIM118
        if not sound and table == "run":
            # The record of its end may be the one that is damaged.
            names = [name for name in names if name not in _OF_END]
        wrong = [name for name in names if row[name] != own[name]]
        if wrong:
            what = Message(
                "archive.row-not-as-recorded", table=table, row=str(row[key]), columns=wrong
            )
            yield RowDifference(what, _url(row))


def _without_record(
    table: str, made: sqlite3.Connection, held: sqlite3.Connection
) -> Iterator[RowDifference]:
    key = _key(held, table)
    for row in plain(held).execute(f"SELECT * FROM {table}"):
        found = plain(made).execute(f"SELECT 1 FROM {table} WHERE {key} = ?", (row[key],))
        if found.fetchone() is None:
            yield RowDifference(
                Message("archive.row-without-record", table=table, row=str(row[key])), _url(row)
            )


def _unequal(
    table: str, made: sqlite3.Connection, held: sqlite3.Connection
) -> Iterator[RowDifference]:
    columns = plain(held).execute(f"PRAGMA table_info({table})").fetchall()
    key = [column["name"] for column in columns if column["pk"]]
    query = f"SELECT * FROM {table}"
    lookup = f"{query} WHERE {' AND '.join(f'{name} = ?' for name in key)}"
    for own in plain(held).execute(query):
        row = plain(made).execute(lookup, [own[name] for name in key]).fetchone()
        if row is None or tuple(row) != tuple(own):
            what = Message("archive.row-not-of-the-captures", table=table, row=str(own[key[0]]))
            yield RowDifference(what, _url(own))
    for row in plain(made).execute(query):
        if plain(held).execute(lookup, [row[name] for name in key]).fetchone() is None:
            yield RowDifference(
                Message("archive.row-not-in-the-catalogue", table=table, row=str(row[key[0]]))
            )


def few(differences: Iterator[RowDifference], table: str) -> Iterator[RowDifference]:
    """The first of the differences of a table, and how many more there are."""
    yield from islice(differences, _MANY)
    if more := sum(1 for _ in differences):
        yield RowDifference(Message("archive.more-rows", table=table, count=more))


def _key(held: sqlite3.Connection, table: str) -> str:
    columns = plain(held).execute(f"PRAGMA table_info({table})").fetchall()
    names = [column["name"] for column in columns]
    return "record_id" if "record_id" in names else str(names[0])


def _url(row: sqlite3.Row) -> str | None:
    return row["url"] if "url" in row.keys() else None  # noqa: SIM118
