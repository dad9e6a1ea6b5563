"""The database files of derivations that are made after the crawl: `derived/NAME.sqlite`.

Such a connection has the derivation's own tables, and beside them the catalogue and the files of
all that it reads, for reading alone. A rollback journal, no log of writes: a file may be renamed
over another one that is being read.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from pathlib import Path

from archive.catalogue.database import Catalogue
from archive.catalogue.derivation import Derivation, Schedule
from archive.catalogue.derivation_state import read_state
from archive.catalogue.rows import checked
from archive.catalogue.schema import DERIVATION
from archive.catalogue.table_check import require_tables
from archive.ground.causes import cause_of
from archive.ground.errors import ArchiveDamaged
from archive.ground.home import Home
from archive.ground.message import Message

_PATIENCE = 60.0
"""Seconds that a writer waits for readers to end."""


def file_of(home: Home, name: str) -> Path:
    """Where the tables of a derivation lie."""
    return home.derived / f"{name}.sqlite"


def file_being_made(home: Home, name: str) -> Path:
    """Where they lie until they are whole."""
    return home.derived / f"{name}.sqlite.new"


def discard(path: Path) -> None:
    """Delete the file of a derivation."""
    for suffix in ("", "-journal"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def open_own(path: Path, tables: Home, read: Iterable[Derivation]) -> sqlite3.Connection:
    """The file `path` of a derivation for writing, made if it is not there.

    All that it reads is attached from the home `tables`. Raises `sqlite3.DatabaseError`, also for
    a file that it reads and that is not this program's.
    """
    path.parent.mkdir(exist_ok=True)
    connection = sqlite3.connect(path.as_uri(), uri=True, isolation_level=None, timeout=_PATIENCE)
    try:
        connection.row_factory = checked
        connection.execute("PRAGMA trusted_schema=OFF")
        if not connection.execute("SELECT 1 FROM sqlite_master").fetchone():
            connection.executescript(f"BEGIN;{DERIVATION};COMMIT")
        attach(connection, tables.catalogue, "catalogue")
        for derivation in read:
            if derivation.when is Schedule.AFTER_THE_CRAWL:
                attach(connection, file_of(tables, derivation.name), derivation.name)
                require_own(connection, derivation.schema, derivation.name)
    except BaseException:
        connection.close()
        raise
    return connection


def require_own(connection: sqlite3.Connection, schema: str, name: str = "main") -> None:
    """Raise `sqlite3.DatabaseError` for tables that a derivation of this `schema` did not make."""
    require_tables(connection, f"{DERIVATION}{schema}", name)


def read_beside(catalogue: Catalogue, name: str, schema: str) -> bool:
    """Make the tables of a derivation readable beside the catalogue; False if there are none.

    Raises `ArchiveDamaged` for a file that does not hold the tables of `schema`.
    """
    file = file_of(catalogue.home, name)
    try:
        seen = _seen(file)
    except FileNotFoundError:
        return False
    try:
        attach(catalogue.connection, file, name)
        if _SOUND.get(file) != (seen, schema):
            require_own(catalogue.connection, schema, name)
            _SOUND[file] = (seen, schema)
    except sqlite3.DatabaseError as error:
        raise unreadable(file, error) from error
    return True


def _seen(file: Path) -> tuple[int, int, int]:
    """What tells a state of a file from another."""
    found = file.stat()
    return found.st_ino, found.st_size, found.st_mtime_ns


_SOUND: dict[Path, tuple[tuple[int, int, int], str]] = {}
"""The files whose tables this process has looked through, value by value, in the state they had:
that takes long, and one who reads many pages of one state need not do it for each."""


def unreadable(file: Path, error: sqlite3.DatabaseError) -> ArchiveDamaged:
    """What is said of a file of derived tables that cannot be read."""
    return ArchiveDamaged(
        "archive.path-cannot-be-read",
        path=file,
        reason=cause_of(error),
        hint=Message("archive.index-makes-it-again"),
    )


def rule_beside(catalogue: Catalogue, name: str) -> int:
    """The rule that the rows of a derivation beside the catalogue follow; 0 if it was not begun."""
    state = read_state(catalogue.connection, name, schema=name)
    return state.rule if state else 0


def attach(connection: sqlite3.Connection, path: Path, name: str) -> None:
    """Make the tables of another file readable; they are found without its name too."""
    connection.execute(f"ATTACH ? AS {name}", (f"{path.as_uri()}?mode=ro",))
