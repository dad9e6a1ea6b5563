"""The frontier: what a crawl has still to fetch, in a database that may be thrown away.

An entry goes from `todo` to `leased` to `done`; a crawl that dies leaves leases behind, which the
next process settles from the catalogue. A crawl is finished when nothing is left to do.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from archive.records import Link, Role

_FORMAT = 1
_SCHEMA = """
CREATE TABLE IF NOT EXISTS crawl (
    id TEXT PRIMARY KEY, site TEXT NOT NULL, reached_at TEXT, finished INTEGER NOT NULL DEFAULT 0);
CREATE TABLE IF NOT EXISTS entry (
    id INTEGER PRIMARY KEY, crawl TEXT NOT NULL, key TEXT NOT NULL, url TEXT NOT NULL,
    host TEXT NOT NULL, role TEXT NOT NULL, via TEXT, category TEXT NOT NULL, hops INTEGER NOT NULL,
    priority INTEGER NOT NULL, state TEXT NOT NULL, attempts INTEGER NOT NULL DEFAULT 0,
    not_before REAL NOT NULL DEFAULT 0, UNIQUE (crawl, key));
CREATE INDEX IF NOT EXISTS entry_next ON entry (crawl, state, priority, id);
CREATE TABLE IF NOT EXISTS listed (
    crawl TEXT NOT NULL, category TEXT NOT NULL, key TEXT NOT NULL,
    PRIMARY KEY (crawl, category, key)) WITHOUT ROWID;
"""
_PRIORITY = {
    Role.ROBOTS: 0,
    Role.LISTING: 1,
    Role.ARTICLE: 2,
    Role.IMAGE: 3,
    Role.ATTACHMENT: 3,
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One URL to fetch; `hops` counts the redirects that led to it."""

    id: int
    url: str
    role: Role
    via: str | None
    category: str
    hops: int
    attempts: int


def key_of(link: Link) -> str:
    """What makes two links one request: the asset if the URL tells it, else the address."""
    if link.role is Role.ARTICLE and link.asset_id:
        return f"asset {link.asset_id}"
    return f"{link.role.value} {link.identity_url}"


class Frontier:
    """The entries of one crawl. Every method is one transaction."""

    def __init__(self, path: Path) -> None:
        try:
            self._connection = _open(path)
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.OperationalError):
                raise
            # Damaged, or of another release: nothing in it that a new crawl would not find again.
            for suffix in ("", "-wal", "-shm"):
                path.with_name(path.name + suffix).unlink(missing_ok=True)
            self._connection = _open(path)
        self.crawl = ""
        self._pending = 0

    def close(self) -> None:
        """Close the database."""
        self._connection.close()

    def unfinished(self, site: str, reached_at: str | None) -> str | None:
        """The id of this site's crawl that was cut short, if there is one."""
        row = self._connection.execute(
            "SELECT id FROM crawl WHERE site = ? AND reached_at IS ? AND NOT finished",
            (site, reached_at),
        ).fetchone()
        return row["id"] if row else None

    def start(self, crawl: str, site: str, reached_at: str | None) -> None:
        """Work on this crawl from now on, and forget the finished ones of the site.

        Every process asks for robots.txt itself.
        """
        self.crawl = crawl
        with self._connection:
            self._connection.execute("BEGIN")
            for table in ("entry", "listed"):
                self._connection.execute(
                    f"DELETE FROM {table} WHERE crawl IN"
                    " (SELECT id FROM crawl WHERE site = ? AND id != ?)",
                    (site, crawl),
                )
            self._connection.execute("DELETE FROM crawl WHERE site = ? AND id != ?", (site, crawl))
            self._connection.execute(
                "INSERT OR IGNORE INTO crawl (id, site, reached_at) VALUES (?, ?, ?)",
                (crawl, site, reached_at),
            )
            self._connection.execute(
                "DELETE FROM entry WHERE crawl = ? AND role = ?", (crawl, Role.ROBOTS.value)
            )
        row = self._connection.execute(
            "SELECT count(*) FROM entry WHERE crawl = ? AND state IN ('todo', 'leased')", (crawl,)
        ).fetchone()
        self._pending = int(row[0])

    def add(self, links: Iterable[Link], *, category: str) -> None:
        """Put links in that are not there yet: where a crawl begins."""
        with self._connection:
            self._connection.execute("BEGIN")
            self._add(links, via=None, category=category, hops=0)

    def _add(self, links: Iterable[Link], *, via: str | None, category: str, hops: int) -> int:
        cursor = self._connection.executemany(
            "INSERT OR IGNORE INTO entry"
            " (crawl, key, url, host, role, via, category, hops, priority, state)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'todo')",
            [
                (
                    self.crawl,
                    f"{key_of(link)} hop {link.url}" if hops else key_of(link),
                    link.url,
                    urlsplit(link.url).netloc,
                    link.role.value,
                    via,
                    category,
                    hops,
                    _PRIORITY[link.role],
                )
                for link in links
            ],
        )
        self._pending += cursor.rowcount
        return cursor.rowcount

    def hosts(self) -> dict[str, str]:
        """The `host` or `host:port` of everything still to be fetched, with a URL of each."""
        rows = self._connection.execute(
            "SELECT host, min(url) AS url FROM entry WHERE crawl = ? AND state = 'todo'"
            " GROUP BY host",
            (self.crawl,),
        )
        return {row["host"]: row["url"] for row in rows}

    def lease(self, now: float, known_hosts: Collection[str]) -> Entry | None:
        """The next entry to fetch, taken; None when there is none to fetch now.

        Until a host is known (its robots.txt has been asked for), only its robots.txt is given.
        """
        marks = ", ".join("?" * len(known_hosts))
        with self._connection:
            self._connection.execute("BEGIN IMMEDIATE")
            row = self._connection.execute(
                "SELECT * FROM entry WHERE crawl = ? AND state = 'todo' AND not_before <= ?"
                f" AND (role = 'robots' OR host IN ({marks})) ORDER BY priority, id LIMIT 1",
                (self.crawl, now, *known_hosts),
            ).fetchone()
            if row is None:
                return None
            self._connection.execute("UPDATE entry SET state = 'leased' WHERE id = ?", (row["id"],))
        return _entry(row)

    def done(self, entry: Entry, links: Iterable[Link] = (), *, hops: int = 0) -> int:
        """An entry is settled, and these links came of it; how many of them are new.

        A listing page on which a category shows nothing that it has not shown before ends the
        walk: its link to the next page is dropped.
        """
        with self._connection:
            self._connection.execute("BEGIN")
            links = list(links)
            items = [link for link in links if link.role is Role.ARTICLE]
            if entry.role is Role.LISTING and items and not self._list(entry.category, items):
                links = items
            added = self._add(links, via=entry.url, category=entry.category, hops=hops)
            self._connection.execute("UPDATE entry SET state = 'done' WHERE id = ?", (entry.id,))
        self._pending -= 1
        return added

    def _list(self, category: str, items: list[Link]) -> int:
        cursor = self._connection.executemany(
            "INSERT OR IGNORE INTO listed VALUES (?, ?, ?)",
            [(self.crawl, category, key_of(link)) for link in items],
        )
        return cursor.rowcount

    def retry(self, entry: Entry, not_before: float) -> None:
        """An entry is to be fetched once more, not before a moment (seconds since the epoch)."""
        with self._connection:
            self._connection.execute(
                "UPDATE entry SET state = 'todo', attempts = attempts + 1, not_before = ?"
                " WHERE id = ?",
                (not_before, entry.id),
            )

    def leased(self) -> list[Entry]:
        """The entries that were taken and not settled: what a process that died was about."""
        rows = self._connection.execute(
            "SELECT * FROM entry WHERE crawl = ? AND state = 'leased' ORDER BY id", (self.crawl,)
        ).fetchall()
        return [_entry(row) for row in rows]

    def release(self, entry: Entry) -> None:
        """Put a taken entry back."""
        with self._connection:
            self._connection.execute("UPDATE entry SET state = 'todo' WHERE id = ?", (entry.id,))

    def pending(self) -> int:
        """How many entries are still to be fetched or being fetched."""
        return self._pending

    def finish(self) -> None:
        """The crawl is over; the next one starts afresh."""
        with self._connection:
            self._connection.execute("UPDATE crawl SET finished = 1 WHERE id = ?", (self.crawl,))


def _open(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=NORMAL")
    if connection.execute("PRAGMA user_version").fetchone()[0] not in (0, _FORMAT):
        connection.close()
        raise sqlite3.DatabaseError("another format")
    connection.executescript(_SCHEMA)
    connection.execute(f"PRAGMA user_version = {_FORMAT}")
    return connection


def _entry(row: sqlite3.Row) -> Entry:
    return Entry(
        row["id"],
        row["url"],
        Role(row["role"]),
        row["via"],
        row["category"],
        row["hops"],
        row["attempts"],
    )
