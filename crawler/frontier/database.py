"""The file that frontiers lie in, which may be thrown away, and the rest that hosts asked for."""

from __future__ import annotations

import sqlite3
from abc import ABC, abstractmethod
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Generic, Protocol, TypeVar

from archive.catalogue.table_check import require_tables
from archive.model import Role

_FORMAT = 3
_INSTANTS = ("captured_at",)
_PAUSES = """
CREATE TABLE IF NOT EXISTS pause (site TEXT PRIMARY KEY, until REAL NOT NULL) WITHOUT ROWID;
"""


class FrontierItem(Protocol):
    """What is to be fetched, whatever a frontier knows of it besides; `via` led there."""

    @property
    def url(self) -> str:
        """Where it is asked for."""

    @property
    def role(self) -> Role:
        """Why."""

    @property
    def via(self) -> str | None:
        """The page that led there."""


Item = TypeVar("Item", bound=FrontierItem)


class FrontierDatabase(ABC, Generic[Item]):
    """The file, open for a frontier whose tables are `schema`. Every method is one transaction.

    `allowed` are the words that columns of some names may have. A file that is damaged, of another
    release or not of this program is thrown away: a new visit finds again what is in it.
    """

    def __init__(self, path: Path, schema: str, allowed: Mapping[str, Collection[str]]) -> None:
        try:
            self._connection = _open(path, schema, allowed)
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.OperationalError) and not _is_of_tables(error):
                raise
            for suffix in ("", "-wal", "-shm"):
                path.with_name(path.name + suffix).unlink(missing_ok=True)
            self._connection = _open(path, schema, allowed)

    def close(self) -> None:
        """Close the database."""
        self._connection.close()

    def sync(self) -> None:
        """Make what is known so far survive a power cut; what comes later can be drawn again."""
        self._connection.execute("PRAGMA wal_checkpoint(FULL)")

    @abstractmethod
    def done(self, entry: Item) -> object:
        """An entry is settled."""

    def pause(self, host: str, until: float) -> None:
        """Remember that a site or a web archive asked to be left alone until a moment.

        Moments are in seconds since the epoch.
        """
        with self._connection:
            self._connection.execute("INSERT OR REPLACE INTO pause VALUES (?, ?)", (host, until))

    def paused_until(self, host: str) -> float:
        """Until when it asked to be left alone; 0 if it never did."""
        row = self._connection.execute("SELECT until FROM pause WHERE site = ?", (host,)).fetchone()
        return float(row["until"]) if row else 0.0


def _open(path: Path, schema: str, allowed: Mapping[str, Collection[str]]) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=NORMAL")
    if connection.execute("PRAGMA user_version").fetchone()[0] not in (0, _FORMAT):
        connection.close()
        raise sqlite3.DatabaseError("another format")
    try:
        connection.execute("PRAGMA trusted_schema=OFF")
        connection.executescript(_PAUSES + schema)
        tables = _PAUSES + schema
        require_tables(connection, tables, allowed=allowed, instants=_INSTANTS)
        connection.execute(f"PRAGMA user_version = {_FORMAT}")
    except BaseException:
        connection.close()
        raise
    return connection


def _is_of_tables(error: sqlite3.Error) -> bool:
    """Whether a statement was wrong for the tables there are (SQLITE_ERROR)."""
    return error.sqlite_errorcode == sqlite3.SQLITE_ERROR
