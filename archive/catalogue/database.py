"""The catalogue: a SQLite database derived from the WARC segments, and how it is opened.

One writer, any number of readers that never wait (write-ahead log). All of it can be made again
from the segments, to the same rows: nothing is kept here that is not in a WARC record.
"""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from archive.catalogue.format_check import require_format
from archive.catalogue.rows import REMAKE, CatalogueBroken, checked, plain
from archive.catalogue.schema import CATALOGUE, FORMAT, FROM_RECORDS, PAGES, tables_in
from archive.ground.causes import cause_of, disk_failed
from archive.ground.errors import (
    ArchiveDamaged,
    ArchiveTooNew,
    HdndError,
    UsageError,
    is_of_storage,
)
from archive.ground.home import Home
from archive.ground.message import Message
from archive.ground.plain_files import require_plain
from archive.warc.segment_files import files_in

_NUMBERED = ("capture", "outcome", "withholding", "quarantine")
_LAST = " UNION ALL ".join(f"SELECT max(seq) AS seq FROM {table}" for table in _NUMBERED)

Unreadable = sqlite3.DatabaseError
"""What a question to a broken catalogue raises."""

Unwritable = sqlite3.OperationalError
"""What writing to any database raises where there is no room, or no disk."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The open catalogue of a home: what all queries are asked of.

    `connection` is for this room alone; elsewhere nobody says SQL.
    """

    home: Home
    connection: sqlite3.Connection

    @classmethod
    def open(cls, home: Home) -> Self:
        """Open it for reading, or raise an error that says what is missing."""
        require_plain(home)
        return cls(home, open_for_reading(home.catalogue, untouched=home.untouched))

    def close(self) -> None:
        """Close it."""
        self.connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def hold_still(self) -> None:
        """From now on see the catalogue as it is at this moment, whatever a writer adds."""
        self.connection.execute("BEGIN")
        self.connection.execute("SELECT count(*) FROM meta").fetchone()


def open_for_writing(path: Path) -> sqlite3.Connection:
    """The catalogue, made empty if it is not there. The caller holds the writer's lock.

    Raises `CatalogueOutdated` for one that is to be made again, `ArchiveTooNew`, `ArchiveDamaged`
    for one that is no database, `StorageFailed`.
    """
    connection = None
    try:
        connection = _connect(path, "mode=rwc")
        connection.execute("PRAGMA journal_mode=WAL")
        # Rows that a power cut takes are read again from the segments, so NORMAL is enough.
        connection.execute("PRAGMA synchronous=NORMAL")
        _make_tables(connection)
        require_format(connection, path)
    except BaseException as error:
        if connection is not None:
            connection.close()
        if isinstance(error, sqlite3.DatabaseError):
            raise _why_not(path, error) from error
        raise
    return connection


def open_to_fill(path: Path) -> sqlite3.Connection:
    """A new catalogue that nobody else knows of: whatever ends its making, it is thrown away."""
    discard(path)
    connection = _connect(path, "mode=rwc")
    connection.execute("PRAGMA journal_mode=MEMORY")
    connection.execute("PRAGMA synchronous=OFF")
    _make_tables(connection)
    return connection


def _make_tables(connection: sqlite3.Connection) -> None:
    if not connection.execute("SELECT 1 FROM sqlite_master").fetchone():
        connection.executescript(
            f"BEGIN;{CATALOGUE};INSERT INTO meta VALUES ('format', '{FORMAT}'),"
            " ('id', lower(hex(randomblob(16))));COMMIT"
        )


def refuse_newer(path: Path) -> None:
    """Raise `ArchiveTooNew` for a catalogue that a newer release wrote; nothing for any other."""
    try:
        open_for_reading(path).close()
    except ArchiveTooNew:
        raise
    except HdndError:
        return


def copy_catalogue(catalogue: Catalogue, path: Path) -> None:
    """A copy of a catalogue as of one moment, also while it is written to."""
    into = sqlite3.connect(path)
    try:
        catalogue.connection.backup(into)
        into.execute("PRAGMA journal_mode=DELETE")
    finally:
        into.close()


def discard(path: Path) -> None:
    """Delete a catalogue, readable or not. The caller holds the writer's lock."""
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def open_for_reading(path: Path, *, untouched: bool = False) -> sqlite3.Connection:
    """The catalogue for queries alone; works beside a writer and on a read-only copy.

    SQLite opens the log of a writer, and the memory it shares, for writing even where it only reads
    (sqlite.org/wal.html § 5). With `untouched` it is told that there is none, as long as there is
    none: for questions that are over before a writer that comes meanwhile moves its log.

    Raises `UsageError` if there is none, `ArchiveDamaged` if it cannot be read.
    """
    if not path.exists() and files_in(path.with_name("warc")):
        raise ArchiveDamaged(
            "archive.catalogue-not-there",
            path=path,
            hint=Message("archive.index-makes-the-catalogue"),
        )
    if not path.exists():
        raise UsageError(
            "archive.no-archive", folder=path.parent, hint=Message("archive.start-with-a-crawl")
        )
    try:
        try:
            how = "mode=ro&immutable=1" if untouched and not _has_log(path) else "mode=ro"
            connection = _connect_read_only(path, how)
        except sqlite3.OperationalError:
            connection = _open_frozen(path)
        require_format(connection, path)
    except sqlite3.DatabaseError as error:
        raise _damaged(path, error) from error
    return connection


def _connect_read_only(path: Path, how: str) -> sqlite3.Connection:
    connection = _connect(path, how)
    connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    return connection


def _connect(path: Path, how: str) -> sqlite3.Connection:
    connection = sqlite3.connect(f"{path.as_uri()}?{how}", uri=True, isolation_level=None)
    connection.row_factory = checked
    connection.execute("PRAGMA trusted_schema=OFF")
    return connection


def _has_log(path: Path) -> bool:
    """Whether a writer has left anything that is not in the database itself."""
    log = path.with_name(path.name + "-wal")
    return log.exists() and log.stat().st_size > 0


def _open_frozen(path: Path) -> sqlite3.Connection:
    """A catalogue in a folder where SQLite can't put its shared memory: nobody writes there."""
    if not _has_log(path):
        return _connect_read_only(path, "mode=ro&immutable=1")
    with tempfile.TemporaryDirectory(prefix="hdnd-") as folder:
        copy, log = Path(folder, path.name), path.with_name(path.name + "-wal")
        shutil.copy(path, copy)
        shutil.copy(log, copy.with_name(log.name))
        connection = sqlite3.connect(copy, isolation_level=None)
        memory = sqlite3.connect(":memory:", isolation_level=None)
        memory.row_factory = checked
        connection.backup(memory)
        connection.close()
    return memory


def _why_not(path: Path, error: sqlite3.DatabaseError) -> HdndError:
    if is_of_storage(error):
        return disk_failed(error, path, Message("archive.mend-the-disk-or-name-another"))
    return _damaged(path, error)


def _damaged(path: Path, error: sqlite3.Error) -> CatalogueBroken:
    reason = cause_of(error)
    return CatalogueBroken("archive.catalogue-unreadable", path=path, reason=reason, hint=REMAKE)


def last_record(connection: sqlite3.Connection) -> int:
    """The number of the last record in the catalogue; 0 in an empty one."""
    row = connection.execute(f"SELECT coalesce(max(seq), 0) FROM ({_LAST})").fetchone()
    return int(row[0])


def identity(connection: sqlite3.Connection, schema: str = "main") -> str:
    """What tells this catalogue from one that was made before or after it."""
    row = connection.execute(f"SELECT value FROM {schema}.meta WHERE name = 'id'").fetchone()
    return str(row["value"])


def dump(connection: sqlite3.Connection, tables: Iterable[str] | None = None) -> list[str]:
    """Every row of tables as text, in a fixed order: equal dumps, equal rows.

    Of all that are made of records, if none is named.
    """
    lines: list[str] = []
    for table in tables or (*FROM_RECORDS, *tables_in(PAGES)):
        rows = (tuple(row) for row in plain(connection).execute(f"SELECT * FROM {table}"))
        lines.extend(f"{table} {row!r}" for row in sorted(rows, key=repr))
    return lines
