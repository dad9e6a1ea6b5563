"""Is a catalogue ours, and of this release's format?

It is only a cache. One of an older format, or with a view, a trigger or a column that is not ours,
is no damage: it is made again from the segments.
"""

from __future__ import annotations

import re
import sqlite3

from archive.catalogue.rows import REMAKE, plain
from archive.catalogue.schema import CATALOGUE, FORMAT
from archive.ground.errors import ArchiveDamaged, ArchiveTooNew
from archive.warc.segment_files import is_segment_name

_PLAIN_TABLE = re.compile(r"CREATE TABLE (\w+) \(", re.IGNORECASE)
_COMPUTED = re.compile(r"\bAS\s*\(|\bGENERATED\b", re.IGNORECASE)
_OURS = {statement.strip() for statement in CATALOGUE.split(";") if statement.strip()}


class CatalogueOutdated(ArchiveDamaged):
    """The catalogue is of an older format, or not of ours; to be made again from the segments."""


def require_format(connection: sqlite3.Connection, where: object) -> None:
    """Raise `CatalogueOutdated` or `ArchiveTooNew` for a catalogue that is not to be read.

    Raises `sqlite3.DatabaseError` for what is no database.
    """
    rows = (
        plain(connection).execute("SELECT type, name, tbl_name, sql FROM sqlite_master").fetchall()
    )
    named = _format_of(connection) if any(row["name"] == "meta" for row in rows) else None
    if named is not None and named > FORMAT:
        raise ArchiveTooNew(
            f"{where} was written by a newer release of this program",
            hint="Upgrade with `pip install --upgrade hdnd-archive`.",
        )
    why = f"its format is {named or 'not named'}, this release's is {FORMAT}"
    if named == FORMAT:
        why = _strange(rows) or _strange_segment(connection)
    if why:
        raise CatalogueOutdated(f"{where}: {why}", hint=REMAKE)


def _format_of(connection: sqlite3.Connection) -> int | None:
    try:
        row = plain(connection).execute("SELECT value FROM meta WHERE name = 'format'").fetchone()
        return int(row["value"])
    except (sqlite3.OperationalError, TypeError, ValueError):
        return None


def _strange(rows: list[sqlite3.Row]) -> str:
    """What is not as this release makes it."""
    there = {row["sql"] for row in rows}
    for statement in _OURS:
        if statement not in there:
            return f"it lacks the {' '.join(statement.split()[1:3]).lower()} of this release"
    ours = {row["name"] for row in rows if row["sql"] in _OURS}
    for row in rows:
        sql = row["sql"]
        if sql is None or sql in _OURS:
            continue
        of_a_derivation = row["tbl_name"] not in ours and (
            row["type"] == "index" or (_PLAIN_TABLE.match(sql) and not _COMPUTED.search(sql))
        )
        if not of_a_derivation:
            return f"the {row['type']} {str(row['name'])[:40]!r} in it is not of this program"
    return ""


def _strange_segment(connection: sqlite3.Connection) -> str:
    """A segment whose name is none, or that ends nowhere."""
    for row in plain(connection).execute("SELECT number, name, committed FROM segment"):
        name, numbers = row["name"], (row["number"], row["committed"])
        if not (isinstance(name, str) and is_segment_name(name)):
            return f"{str(name)[:60]!r} in it is no name of a segment"
        if not all(isinstance(number, int) and number >= 0 for number in numbers):
            return f"it has no sound end for {name}"
    return ""
