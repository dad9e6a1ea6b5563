"""Is a catalogue ours, and of this release's format?

It is only a cache. One of an older format, or with a view, a trigger or a column that is not ours,
is no damage: it is made again from the segments.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

from archive.catalogue.rows import REMAKE, CatalogueBroken, plain
from archive.catalogue.schema import CATALOGUE, FORMAT
from archive.catalogue.table_check import strange_object
from archive.ground.errors import ArchiveTooNew
from archive.ground.message import Message
from archive.warc.segment_files import is_segment_name


class CatalogueOutdated(CatalogueBroken):
    """The catalogue is of an older format, or not of ours; to be made again from the segments."""


def require_format(connection: sqlite3.Connection, where: Path) -> None:
    """Raise `CatalogueOutdated` or `ArchiveTooNew` for a catalogue that is not to be read.

    Raises `sqlite3.DatabaseError` for what is no database.
    """
    tables = plain(connection).execute("SELECT name FROM sqlite_master").fetchall()
    named = _format_of(connection) if any(row["name"] == "meta" for row in tables) else None
    if named is not None and named > FORMAT:
        raise ArchiveTooNew(
            "archive.written-by-a-newer-release",
            path=where,
            hint=Message("archive.upgrade-the-program"),
        )
    why: Message | None = Message("archive.format-not-named", ours=FORMAT)
    if named:
        why = Message("archive.format-is-another", format=named, ours=FORMAT)
    if named == FORMAT:
        why = strange_object(connection, CATALOGUE) or _strange_segment(connection)
    if why:
        raise CatalogueOutdated("archive.path-says", path=where, what=why, hint=REMAKE)


def _format_of(connection: sqlite3.Connection) -> int | None:
    try:
        row = plain(connection).execute("SELECT value FROM meta WHERE name = 'format'").fetchone()
        return int(row["value"])
    except (sqlite3.OperationalError, TypeError, ValueError):
        return None


def _strange_segment(connection: sqlite3.Connection) -> Message | None:
    """A segment whose name is none, or that ends nowhere."""
    for row in plain(connection).execute("SELECT number, name, committed FROM segment"):
        name, numbers = row["name"], (row["number"], row["committed"])
        if not (isinstance(name, str) and is_segment_name(name)):
            return Message("archive.no-segment-name", name=str(name)[:60])
        if not all(isinstance(number, int) and number >= 0 for number in numbers):
            return Message("archive.segment-without-end", name=name)
    return None
