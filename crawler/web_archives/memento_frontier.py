"""What a recovery has still to ask web archives for, in tables of its own beside the frontier.

A query or a line of an index goes from `todo` to `leased` to `done`; lines of pages that nobody is
known to want are `seen`. It may all be thrown away: what was captured is known by the catalogue.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path

from archive.ground.times import from_text, to_text
from archive.model import Role
from crawler.frontier.database import FrontierDatabase
from crawler.web_archives.fetch_tasks import FetchTask
from crawler.web_archives.web_archive import IndexLine

_SCHEMA = """
CREATE TABLE IF NOT EXISTS recovery (
    id TEXT PRIMARY KEY, subject TEXT NOT NULL, span TEXT NOT NULL,
    finished INTEGER NOT NULL DEFAULT 0);
CREATE TABLE IF NOT EXISTS recovery_query (
    id INTEGER PRIMARY KEY, recovery TEXT NOT NULL, url TEXT NOT NULL,
    via TEXT, state TEXT NOT NULL, attempts REAL NOT NULL DEFAULT 0,
    UNIQUE (recovery, url));
CREATE TABLE IF NOT EXISTS recovery_line (
    id INTEGER PRIMARY KEY, recovery TEXT NOT NULL, url TEXT NOT NULL,
    captured_at TEXT NOT NULL, status INTEGER, media_type TEXT NOT NULL, digest TEXT NOT NULL,
    fetch_url TEXT NOT NULL, first_byte INTEGER, last_byte INTEGER, identity_url TEXT NOT NULL,
    role TEXT NOT NULL, via TEXT, hops INTEGER NOT NULL, priority INTEGER NOT NULL,
    state TEXT NOT NULL, attempts REAL NOT NULL DEFAULT 0,
    UNIQUE (recovery, url, captured_at));
CREATE INDEX IF NOT EXISTS recovery_line_next
    ON recovery_line (recovery, state, attempts, priority, captured_at);
"""
_ALLOWED = {"role": [*Role, ""], "state": ["seen", "todo", "leased", "done"]}
_PRIORITY = {Role.LISTING: 0, Role.ARTICLE: 1}
_FILE_PRIORITY = 2
_REVISIT = 10
"""Added to the priority of a revisit: what it repeats comes first."""


def turn_of(path: Path, subject: str, span: str) -> tuple[int, int]:
    """When the turn of a recovery is, as a key to sort by, by the file of frontiers at `path`.

    First what was cut short, then what was never begun, then what was finished, by its beginning.
    The file is only read, and one that cannot be read knows of no recovery: whoever asks does not
    hold the archive yet.
    """
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as known:
            row = known.execute(
                "SELECT finished, rowid FROM recovery WHERE subject = ? AND span = ?",
                (subject, span),
            ).fetchone()
    except sqlite3.DatabaseError:
        row = None
    if row is None:
        return 1, 0
    finished, nth = row
    return (2, nth) if finished else (0, 0)


class MementoFrontier(FrontierDatabase[FetchTask]):
    """The tasks of one recovery of one site from one web archive."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, _SCHEMA, _ALLOWED)
        self.recovery = ""

    def unfinished(self, subject: str, span: str) -> str | None:
        """The recovery that was cut short, if there is one; `subject` is a site and an archive."""
        row = self._connection.execute(
            "SELECT id FROM recovery WHERE subject = ? AND span = ? AND NOT finished",
            (subject, span),
        ).fetchone()
        return row["id"] if row else None

    def start(self, recovery: str, subject: str, span: str) -> None:
        """Work on this recovery from now on, and forget the others of the same subject."""
        self.recovery = recovery
        with self._connection:
            self._connection.execute("BEGIN")
            for table, column in (
                ("recovery_query", "recovery"),
                ("recovery_line", "recovery"),
                ("recovery", "id"),
            ):
                self._connection.execute(
                    f"DELETE FROM {table} WHERE {column} IN"
                    " (SELECT id FROM recovery WHERE subject = ? AND id != ?)",
                    (subject, recovery),
                )
            self._connection.execute(
                "INSERT OR IGNORE INTO recovery (id, subject, span) VALUES (?, ?, ?)",
                (recovery, subject, span),
            )

    def add_queries(self, urls: Iterable[str]) -> None:
        """Queries to begin with, unless they are there."""
        with self._connection:
            self._connection.execute("BEGIN")
            self._add_queries(urls, None)

    def _add_queries(self, urls: Iterable[str], via: str | None) -> int:
        cursor = self._connection.executemany(
            "INSERT OR IGNORE INTO recovery_query (recovery, url, via, state)"
            " VALUES (?, ?, ?, 'todo')",
            [(self.recovery, url, via) for url in urls],
        )
        return cursor.rowcount

    def answered(
        self,
        task: FetchTask,
        lines: Iterable[tuple[IndexLine, str, Role | None]],
        following: Iterable[str],
    ) -> int:
        """A query is settled: what it lists goes in, with what each line is wanted as, if at all.

        Returns how many of the following queries are new.
        """
        with self._connection:
            self._connection.execute("BEGIN")
            for line, identity_url, role in lines:
                self._add_line(line, identity_url, role, task.url, 0)
            added = self._add_queries(following, task.url)
            self._connection.execute(
                "UPDATE recovery_query SET state = 'done' WHERE id = ?", (task.id,)
            )
        return added

    def led_to(self, task: FetchTask, line: IndexLine, identity_url: str) -> None:
        """A capture's task is settled: the archive leads to another capture."""
        with self._connection:
            self._connection.execute("BEGIN")
            role = task.wanted_as
            self._add_line(line, identity_url, role, task.url, task.hops + 1)
            self._connection.execute(
                "UPDATE recovery_line SET state = 'todo', role = ?, priority = ?"
                " WHERE recovery = ? AND url = ? AND captured_at = ?"
                " AND state = 'seen'",
                (
                    role or "",
                    _priority(role, line),
                    self.recovery,
                    line.url,
                    to_text(line.captured_at),
                ),
            )
            self._set_state("line", task.id, "done")

    def _add_line(
        self,
        line: IndexLine,
        identity_url: str,
        role: Role | None,
        via: str,
        hops: int,
    ) -> None:
        first_byte, last_byte = line.byte_range or (None, None)
        self._connection.execute(
            "INSERT OR IGNORE INTO recovery_line (recovery, url, captured_at, status,"
            " media_type, digest, fetch_url, first_byte, last_byte, identity_url, role, via, hops,"
            " priority, state) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                self.recovery,
                line.url,
                to_text(line.captured_at),
                line.status,
                line.media_type,
                line.digest,
                line.fetch_url,
                first_byte,
                last_byte,
                identity_url,
                role or "",
                via,
                hops,
                _priority(role, line),
                "todo" if role else "seen",
            ),
        )

    def want(self, judge: Callable[[str, str], Role | None]) -> int:
        """Turn to lines only seen so far: `judge` tells by address and identity URL.

        Returns how many are wanted now.
        """
        rows = self._connection.execute(
            "SELECT * FROM recovery_line WHERE recovery = ? AND state = 'seen'",
            (self.recovery,),
        ).fetchall()
        wanted = [
            (role.value, _priority(role, _line(row)), row["id"])
            for row in rows
            if (role := judge(row["url"], row["identity_url"]))
        ]
        with self._connection:
            self._connection.execute("BEGIN")
            self._connection.executemany(
                "UPDATE recovery_line SET state = 'todo', role = ?, priority = ? WHERE id = ?",
                wanted,
            )
        return len(wanted)

    def lease_query(self) -> FetchTask | None:
        """The next query, taken; None if there is none."""
        row = self._lease("query", "attempts, id")
        return None if row is None else _query(row)

    def lease_line(self) -> FetchTask | None:
        """The next capture to ask for, taken: pages first, by their time, and revisits last."""
        row = self._lease("line", "attempts, priority, captured_at, id")
        return None if row is None else _capture(row)

    def _lease(self, table: str, order: str) -> sqlite3.Row | None:
        with self._connection:
            self._connection.execute("BEGIN IMMEDIATE")
            row: sqlite3.Row | None = self._connection.execute(
                f"SELECT * FROM recovery_{table} WHERE recovery = ? AND state = 'todo'"
                f" ORDER BY {order} LIMIT 1",
                (self.recovery,),
            ).fetchone()
            if row:
                self._set_state(table, row["id"], "leased")
        return row

    def leased(self) -> list[FetchTask]:
        """What was taken and not settled: what a process that died was about."""
        found = []
        for table, read in (("query", _query), ("line", _capture)):
            rows = self._connection.execute(
                f"SELECT * FROM recovery_{table} WHERE recovery = ? AND state = 'leased'",
                (self.recovery,),
            )
            found += [read(row) for row in rows]
        return found

    def done(self, task: FetchTask) -> None:
        """An task is settled."""
        with self._connection:
            self._set_state("line" if task.line else "query", task.id, "done")

    def release(self, task: FetchTask, *, attempts: float = 0) -> None:
        """Put a taken task back, after some more attempts."""
        table = "line" if task.line else "query"
        with self._connection:
            self._connection.execute(
                f"UPDATE recovery_{table} SET state = 'todo', attempts = attempts + ? WHERE id = ?",
                (attempts, task.id),
            )

    def _set_state(self, table: str, number: int, state: str) -> None:
        self._connection.execute(
            f"UPDATE recovery_{table} SET state = ? WHERE id = ?", (state, number)
        )

    def queries(self) -> int:
        """How many queries there are, made or still to be made."""
        return self._count("recovery_query", "TRUE")

    def open_queries(self) -> int:
        """How many queries are still to be made or being made."""
        return self._count("recovery_query", "state IN ('todo', 'leased')")

    def open_lines(self) -> int:
        """How many captures are still to be asked for or being asked for."""
        return self._count("recovery_line", "state IN ('todo', 'leased')")

    def listed(self) -> int:
        """How many captures the archive lists."""
        return self._count("recovery_line", "TRUE")

    def wanted(self) -> int:
        """How many of them are of pages and files that are wanted."""
        return self._count("recovery_line", "state != 'seen'")

    def _count(self, table: str, where: str) -> int:
        row = self._connection.execute(
            f"SELECT count(*) FROM {table} WHERE recovery = ? AND {where}", (self.recovery,)
        ).fetchone()
        return int(row[0])

    def finish(self) -> None:
        """The recovery is over; the next one starts afresh."""
        with self._connection:
            self._connection.execute(
                "UPDATE recovery SET finished = 1 WHERE id = ?", (self.recovery,)
            )


def _priority(role: Role | None, line: IndexLine) -> int:
    rank = _PRIORITY.get(role, _FILE_PRIORITY) if role else _FILE_PRIORITY
    return rank + (_REVISIT if line.is_revisit else 0)


def _line(row: sqlite3.Row) -> IndexLine:
    first, last = row["first_byte"], row["last_byte"]
    return IndexLine(
        url=row["url"],
        captured_at=from_text(row["captured_at"]),
        status=row["status"],
        media_type=row["media_type"],
        digest=row["digest"],
        fetch_url=row["fetch_url"],
        byte_range=None if first is None else (first, last),
    )


def _query(row: sqlite3.Row) -> FetchTask:
    return FetchTask(row["id"], row["url"], Role.INDEX, row["via"], row["attempts"])


def _capture(row: sqlite3.Row) -> FetchTask:
    return FetchTask(
        row["id"],
        row["fetch_url"],
        Role.MEMENTO,
        row["via"],
        row["attempts"],
        row["hops"],
        _line(row),
        Role(row["role"]),
        row["identity_url"],
    )
