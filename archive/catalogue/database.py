"""The catalogue: a SQLite database derived from the WARC segments, and how it is opened.

One writer, any number of readers that never wait (write-ahead log). All of it can be made again
from the segments, to the same rows: nothing is kept here that is not in a WARC record.
"""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from pathlib import Path

from archive.ground.errors import ArchiveDamaged, ArchiveTooNew, StorageFailed, UsageError

FORMAT = 1

FROM_EXTRACTION = (
    "page",
    "article",
    "alias",
    "article_url",
    "article_file",
    "version",
    "observation",
    "gone",
    "doubted",
    "change",
)
"""The tables that another extraction rule fills anew."""

FROM_RECORDS = ("run", "capture", "memento", "imported", "outcome", "withholding", "suspicion")
"""The tables whose rows are read off the records."""

DERIVED_TABLES = (*FROM_RECORDS, *FROM_EXTRACTION)
"""Every table whose rows come from WARC records, in the order a dump lists them."""

_SCHEMA = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE segment (
    number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, committed INTEGER NOT NULL);
CREATE TABLE run (
    id TEXT PRIMARY KEY, crawl TEXT NOT NULL, site TEXT NOT NULL, kind TEXT NOT NULL,
    description TEXT NOT NULL, started_at TEXT NOT NULL, ended_at TEXT, reason TEXT,
    counts TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE capture (
    seq INTEGER PRIMARY KEY, record_id TEXT NOT NULL UNIQUE, run TEXT NOT NULL, site TEXT NOT NULL,
    url TEXT NOT NULL, role TEXT NOT NULL, via TEXT, captured_at TEXT NOT NULL,
    status INTEGER NOT NULL, media_type TEXT, payload_digest TEXT NOT NULL,
    payload_length INTEGER NOT NULL, refers_to TEXT, truncated TEXT,
    segment INTEGER NOT NULL, offset INTEGER NOT NULL, length INTEGER NOT NULL);
CREATE INDEX capture_payload ON capture (payload_digest);
CREATE INDEX capture_url ON capture (url, seq);
CREATE TABLE imported (
    record_id TEXT PRIMARY KEY, seq INTEGER, file TEXT NOT NULL, digest TEXT NOT NULL,
    offset TEXT NOT NULL, stated TEXT) WITHOUT ROWID;
CREATE INDEX imported_stated ON imported (stated);
CREATE TABLE memento (
    seq INTEGER PRIMARY KEY, source TEXT NOT NULL, form TEXT NOT NULL, fetched_url TEXT NOT NULL,
    fetched_at TEXT NOT NULL, digest TEXT);
CREATE INDEX memento_fetched ON memento (fetched_url);
CREATE INDEX memento_digest ON memento (source, digest);
CREATE TABLE outcome (
    seq INTEGER PRIMARY KEY, record_id TEXT NOT NULL UNIQUE, run TEXT NOT NULL, site TEXT NOT NULL,
    url TEXT NOT NULL, role TEXT NOT NULL, via TEXT, at TEXT NOT NULL, outcome TEXT NOT NULL,
    detail TEXT NOT NULL);
CREATE INDEX outcome_url ON outcome (url, seq);
CREATE TABLE page (
    seq INTEGER PRIMARY KEY, site TEXT NOT NULL, kind TEXT NOT NULL, identity_url TEXT NOT NULL,
    article TEXT, total INTEGER, links TEXT NOT NULL, problem TEXT);
CREATE INDEX page_identity ON page (site, identity_url, seq);
CREATE TABLE article (
    id TEXT PRIMARY KEY, site TEXT NOT NULL, url TEXT NOT NULL, category TEXT,
    version TEXT NOT NULL, published_at TEXT, first_captured_at TEXT NOT NULL,
    last_captured_at TEXT NOT NULL, last_seq INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE alias (id TEXT PRIMARY KEY, article TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE article_url (
    site TEXT NOT NULL, url TEXT NOT NULL, article TEXT NOT NULL,
    PRIMARY KEY (site, url, article)) WITHOUT ROWID;
CREATE INDEX article_url_article ON article_url (article);
CREATE TABLE article_file (
    article TEXT NOT NULL, url TEXT NOT NULL, PRIMARY KEY (article, url)) WITHOUT ROWID;
CREATE INDEX article_file_url ON article_file (url);
CREATE TABLE version (
    article TEXT NOT NULL, digest TEXT NOT NULL, content TEXT NOT NULL,
    PRIMARY KEY (article, digest)) WITHOUT ROWID;
CREATE TABLE observation (
    seq INTEGER PRIMARY KEY, article TEXT NOT NULL, version TEXT NOT NULL,
    captured_at TEXT NOT NULL, url TEXT NOT NULL, truncated INTEGER NOT NULL,
    views INTEGER, category TEXT, poster TEXT, stamp TEXT);
CREATE INDEX observation_article ON observation (article, captured_at, seq);
CREATE TABLE gone (article TEXT PRIMARY KEY, since TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE withholding (
    seq INTEGER PRIMARY KEY, record_id TEXT NOT NULL UNIQUE, run TEXT NOT NULL,
    article TEXT NOT NULL, act TEXT NOT NULL, at TEXT NOT NULL, reason TEXT NOT NULL, by TEXT);
CREATE VIEW withheld AS
    SELECT coalesce(alias.article, w.article) AS article, max(w.seq) AS seq, act, at, reason, by
    FROM withholding w LEFT JOIN alias ON alias.id = w.article
    GROUP BY coalesce(alias.article, w.article) HAVING act = 'withhold';
CREATE VIEW shown_article AS
    SELECT * FROM article WHERE id NOT IN (SELECT article FROM withheld);
CREATE TABLE suspicion (
    seq INTEGER PRIMARY KEY, record_id TEXT NOT NULL UNIQUE, run TEXT NOT NULL, at TEXT NOT NULL,
    reason TEXT NOT NULL, captures TEXT NOT NULL);
CREATE TABLE doubted (seq INTEGER PRIMARY KEY, suspicion INTEGER NOT NULL);
CREATE TABLE change (id TEXT PRIMARY KEY, seq INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX change_seq ON change (seq);
"""


_OF_STORAGE = frozenset(
    (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN)
)


def open_for_writing(path: Path) -> sqlite3.Connection:
    """The catalogue, made empty if it is not there. The caller holds the writer's lock."""
    connection = None
    try:
        connection = sqlite3.connect(path, isolation_level=None)
        connection.row_factory = sqlite3.Row
        connection.execute("PRAGMA journal_mode=WAL")
        # Rows that a power cut takes are read again from the segments, so NORMAL is enough.
        connection.execute("PRAGMA synchronous=NORMAL")
        if not connection.execute("SELECT 1 FROM sqlite_master").fetchone():
            connection.executescript(
                f"BEGIN;{_SCHEMA};INSERT INTO meta VALUES ('format', '{FORMAT}');COMMIT"
            )
        _check_format(connection, path)
    except (sqlite3.DatabaseError, ArchiveTooNew) as error:
        if connection is not None:
            connection.close()
        if isinstance(error, ArchiveTooNew):
            raise
        if error.sqlite_errorcode & 0xFF in _OF_STORAGE:
            raise StorageFailed(
                f"{path}: {error}", hint="Mend the disk, or name another folder with --home."
            ) from error
        raise _damaged(path, error) from error
    return connection


def discard(path: Path) -> None:
    """Delete a catalogue, readable or not. The caller holds the writer's lock."""
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def open_for_reading(path: Path) -> sqlite3.Connection:
    """The catalogue for queries alone; works beside a writer and on a read-only copy."""
    if not path.exists():
        raise UsageError(
            f"there is no archive in {path.parent}",
            hint="Start one with `hdnd crawl`, or name another folder with --home.",
        )
    try:
        try:
            connection = _connect_read_only(path, "mode=ro")
        except sqlite3.OperationalError:
            connection = _open_frozen(path)
        _check_format(connection, path)
    except sqlite3.DatabaseError as error:
        raise _damaged(path, error) from error
    return connection


def _connect_read_only(path: Path, how: str) -> sqlite3.Connection:
    connection = sqlite3.connect(f"{path.as_uri()}?{how}", uri=True, isolation_level=None)
    connection.row_factory = sqlite3.Row
    connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    return connection


def _open_frozen(path: Path) -> sqlite3.Connection:
    """A catalogue in a folder where SQLite can't put its shared memory: nobody writes there."""
    log = path.with_name(path.name + "-wal")
    if not log.exists() or log.stat().st_size == 0:
        return _connect_read_only(path, "mode=ro&immutable=1")
    with tempfile.TemporaryDirectory(prefix="hdnd-") as folder:
        copy = Path(folder, path.name)
        shutil.copy(path, copy)
        shutil.copy(log, copy.with_name(log.name))
        connection = sqlite3.connect(copy, isolation_level=None)
        connection.row_factory = sqlite3.Row
        memory = sqlite3.connect(":memory:", isolation_level=None)
        memory.row_factory = sqlite3.Row
        connection.backup(memory)
        connection.close()
    return memory


def _check_format(connection: sqlite3.Connection, path: Path) -> None:
    row = connection.execute("SELECT value FROM meta WHERE name = 'format'").fetchone()
    if int(row["value"]) > FORMAT:
        raise ArchiveTooNew(
            f"{path} was written by a newer release of this program",
            hint="Upgrade with `pip install --upgrade hdnd-archive`.",
        )


def _damaged(path: Path, error: sqlite3.Error) -> ArchiveDamaged:
    return ArchiveDamaged(
        f"{path}: the catalogue cannot be read ({error})",
        hint="It is derived: `hdnd rebuild` makes it again from the WARC segments.",
    )


def dump(connection: sqlite3.Connection) -> list[str]:
    """Every row of every derived table as text, in a fixed order: equal dumps, equal catalogues."""
    lines: list[str] = []
    for table in DERIVED_TABLES:
        rows = (tuple(row) for row in connection.execute(f"SELECT * FROM {table}"))
        lines.extend(f"{table} {row!r}" for row in sorted(rows, key=repr))
    return lines
