"""Are the tables of a database this program's, and is each value of the kind that its column says?

A file of tables may come from a stranger: SQLite runs its triggers, computes its columns and keeps
any value in any column. One common check for the catalogue, what is derived beside it, frontiers.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Collection, Mapping
from functools import lru_cache

from archive.catalogue.rows import plain
from archive.ground.message import Message

_PLAIN_TABLE = re.compile(r"CREATE TABLE (\w+) \(", re.IGNORECASE)
_COMPUTED = re.compile(r"\bAS\s*\(|\bGENERATED\b", re.IGNORECASE)
_KINDS = {"INTEGER": "'integer'", "TEXT": "'text'", "REAL": "'real', 'integer'", "BLOB": "'blob'"}

_NO_INSTANT = (
    "strftime('%Y-%m-%dT%H:%M:%S', substr({0}, 1, 19), '+0 days') IS NOT substr({0}, 1, 19)"
    " OR substr({0}, 20) NOT GLOB '.[0-9][0-9][0-9][0-9][0-9][0-9]Z' OR {0} < '0001'"
)
"""What is no instant as `archive.ground.times.to_text` writes it; SQLite counts 31 February on."""

NOTHING: Mapping[str, Collection[str]] = {}


def strange_object(
    connection: sqlite3.Connection, schema: str, name: str = "main"
) -> Message | None:
    """What is not as the SQL `schema` makes it, or may do more than hold rows; None if nothing is.

    Plain tables beside those of the schema, and their indexes, are let be. Raises
    `sqlite3.DatabaseError` for what is no database.
    """
    question = f"SELECT type, name, tbl_name, sql FROM {name}.sqlite_master"
    rows = plain(connection).execute(question).fetchall()
    ours = _made_by(schema)
    there = {row["sql"] for row in rows}
    for statement in ours:
        if statement not in there:
            _, kind, made, *_ = statement.split()
            return Message("archive.object-lacking", kind=kind.lower(), name=made.lower())
    tables = {row["name"] for row in rows if row["sql"] in ours}
    for row in rows:
        sql = row["sql"]
        if sql is None or sql in ours:
            continue
        of_another = row["tbl_name"] not in tables and (
            row["type"] == "index" or (_PLAIN_TABLE.match(sql) and not _COMPUTED.search(sql))
        )
        if not of_another:
            about = {"kind": str(row["type"]), "name": str(row["name"])[:40]}
            return Message("archive.object-not-ours", **about)
    return None


def strange_value(
    connection: sqlite3.Connection,
    schema: str,
    name: str = "main",
    *,
    allowed: Mapping[str, Collection[str]] = NOTHING,
    instants: Collection[str] = (),
) -> Message | None:
    """A column of the tables that `schema` makes with a value of another kind; None if none has.

    `allowed` are the values that columns of some names may have; columns named in `instants` have
    instants of our own writing.
    """
    for table, columns in _columns(schema):
        wrong = {column: f"typeof({column}) NOT IN ({kinds}, 'null')" for column, kinds in columns}
        for column, _ in columns:
            if column in allowed:
                values = ", ".join(f"'{value}'" for value in allowed[column])
                wrong[column] += f" OR {column} NOT IN ({values})"
            if column in instants:
                wrong[column] += f" OR {_NO_INSTANT.format(column)}"
        either = " OR ".join(f"({test})" for test in wrong.values())
        once = f"SELECT 1 FROM {name}.{table} WHERE {either} LIMIT 1"
        if plain(connection).execute(once).fetchone() is None:
            continue
        question = " UNION ALL ".join(
            f"SELECT * FROM (SELECT '{column}', {column} FROM {name}.{table} WHERE {test} LIMIT 1)"
            for column, test in wrong.items()
        )
        if found := plain(connection).execute(question).fetchone():
            value, column = str(found[1])[:40], str(found[0])
            return Message("archive.value-of-another-kind", table=table, value=value, column=column)
    return None


def require_tables(
    connection: sqlite3.Connection,
    schema: str,
    name: str = "main",
    *,
    allowed: Mapping[str, Collection[str]] = NOTHING,
    instants: Collection[str] = (),
) -> None:
    """Raise `sqlite3.DatabaseError` with a `Message`: tables or values are not as `schema` says."""
    what = strange_object(connection, schema, name)
    what = what or strange_value(connection, schema, name, allowed=allowed, instants=instants)
    if what:
        raise sqlite3.DatabaseError(what)


@lru_cache
def _made_by(schema: str) -> frozenset[str]:
    connection = _made(schema)
    try:
        rows = connection.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")
        return frozenset(str(sql) for (sql,) in rows)
    finally:
        connection.close()


@lru_cache
def _columns(schema: str) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    connection = _made(schema)
    try:
        tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        return tuple(
            (
                str(table),
                tuple(
                    (str(column), _KINDS[kind])
                    for _, column, kind, *_ in connection.execute(f"PRAGMA table_info({table})")
                ),
            )
            for (table,) in tables.fetchall()
        )
    finally:
        connection.close()


def _made(schema: str) -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    connection.executescript(schema)
    return connection
