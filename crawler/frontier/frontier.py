"""The frontier: what a crawl has still to fetch, in a database that may be thrown away.

An entry goes from `todo` to `leased` to `done`; a crawl that dies leaves leases behind, which the
next process settles from the catalogue. A crawl is finished when nothing is left to do. All that
is known here beside the queue (what the archive holds, when to look again, validators) was drawn
from the catalogue when the crawl began.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Iterable, Mapping
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from archive.model import Link, Role
from crawler.frontier.database import FrontierDatabase
from crawler.frontier.entries import (
    EntryKind,
    FrontierEntry,
    UnfinishedCrawl,
    Validator,
    key_of,
    known_key,
)

_SCHEMA = """
CREATE TABLE IF NOT EXISTS crawl (
    id TEXT PRIMARY KEY, site TEXT NOT NULL, reached_at TEXT, kind TEXT NOT NULL,
    started REAL NOT NULL, finished INTEGER NOT NULL DEFAULT 0);
CREATE TABLE IF NOT EXISTS entry (
    id INTEGER PRIMARY KEY, crawl TEXT NOT NULL, key TEXT NOT NULL, url TEXT NOT NULL,
    host TEXT NOT NULL, role TEXT NOT NULL, via TEXT, category TEXT NOT NULL, hops INTEGER NOT NULL,
    priority INTEGER NOT NULL, state TEXT NOT NULL, attempts INTEGER NOT NULL DEFAULT 0,
    not_before REAL NOT NULL DEFAULT 0, etag TEXT, last_modified TEXT, confirms INTEGER,
    UNIQUE (crawl, key));
CREATE INDEX IF NOT EXISTS entry_next ON entry (crawl, state, priority, id);
CREATE INDEX IF NOT EXISTS entry_url ON entry (crawl, url);
CREATE TABLE IF NOT EXISTS listed (
    crawl TEXT NOT NULL, category TEXT NOT NULL, key TEXT NOT NULL,
    PRIMARY KEY (crawl, category, key)) WITHOUT ROWID;
"""
_ALLOWED: Mapping[str, Collection[str]] = {
    "role": list(Role),
    "kind": list(EntryKind),
    "state": ["todo", "leased", "done"],
}
_PRIORITY = {
    Role.ROBOTS: 0,
    Role.LISTING: 1,
    Role.ARTICLE: 2,
    Role.IMAGE: 3,
    Role.ATTACHMENT: 3,
    Role.OTHER: 3,
    Role.REQUISITE: 9,
}
_LATER = 2
"""Added to the priority of what is known already: new things come first."""
_SOONER = -1

_KNOWN = ""
"""The category under which `listed` has what the archive holds."""

MOST_PAGES = 1000
"""Pages of one category that a walk takes at most; fewer where the listing announces a total."""


NOTHING_NEW = "the walk ends at a page that shows nothing new"


class Followed(NamedTuple):
    """What came of an entry's links: how many are new, which pages of a listing are not, and why.

    What the archive holds is left to the plan.
    """

    added: int
    left: list[Link]
    why: str


class Frontier(FrontierDatabase[FrontierEntry]):
    """The entries of one crawl. Every method is one transaction."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, _SCHEMA, _ALLOWED)
        self.crawl = ""
        self.kind = EntryKind.CRAWL
        self._pending = 0

    def unfinished(self, site: str, reached_at: str | None) -> UnfinishedCrawl | None:
        """This site's crawl that was cut short, if there is one; single addresses do not count."""
        row = self._connection.execute(
            "SELECT id, kind, started FROM crawl"
            " WHERE site = ? AND reached_at IS ? AND NOT finished AND kind != ?",
            (site, reached_at, EntryKind.SINGLE.value),
        ).fetchone()
        return UnfinishedCrawl(row["id"], EntryKind(row["kind"]), row["started"]) if row else None

    def start(
        self, crawl: str, site: str, reached_at: str | None, *, kind: EntryKind, now: float
    ) -> None:
        """Work on this crawl from now on, and forget the others of the site.

        A crawl of single addresses leaves one that was cut short alone. Every process asks for
        robots.txt itself.
        """
        self.crawl, self.kind = crawl, kind
        forgotten = (
            "SELECT id FROM crawl WHERE site = :site AND id != :crawl"
            " AND (:kind != 'single' OR finished OR kind = 'single')"
        )
        given = {"site": site, "crawl": crawl, "kind": kind.value}
        with self._connection:
            self._connection.execute("BEGIN")
            for table, column in (("entry", "crawl"), ("listed", "crawl"), ("crawl", "id")):
                self._connection.execute(
                    f"DELETE FROM {table} WHERE {column} IN ({forgotten})", given
                )
            self._connection.execute(
                "INSERT OR IGNORE INTO crawl (id, site, reached_at, kind, started)"
                " VALUES (?, ?, ?, ?, ?)",
                (crawl, site, reached_at, kind.value, now),
            )
            self._connection.execute(
                "DELETE FROM entry WHERE crawl = ? AND role = ?", (crawl, Role.ROBOTS.value)
            )
        row = self._connection.execute(
            "SELECT count(*) FROM entry WHERE crawl = ? AND state IN ('todo', 'leased')", (crawl,)
        ).fetchone()
        self._pending = int(row[0])

    def know(self, keys: Iterable[str]) -> None:
        """Learn what the archive holds (keys of links, and `known_key`), for this crawl."""
        with self._connection:
            self._connection.execute("BEGIN")
            self._connection.executemany(
                "INSERT OR IGNORE INTO listed VALUES (?, ?, ?)",
                ((self.crawl, _KNOWN, key) for key in keys),
            )

    def add(
        self,
        links: Iterable[Link],
        *,
        category: str,
        validator: Validator | None = None,
        later: bool = False,
        sooner: bool = False,
    ) -> None:
        """Put links in that are not there yet.

        `later` ones come after all that is new, `sooner` ones before others of their role.
        """
        shift = _LATER if later else _SOONER if sooner else 0
        with self._connection:
            self._connection.execute("BEGIN")
            self._add(links, None, category, 0, validator, shift)

    def _add(
        self,
        links: Iterable[Link],
        via: str | None,
        category: str,
        hops: int,
        validator: Validator | None = None,
        shift: int = 0,
    ) -> int:
        told = (validator.etag, validator.last_modified, validator.confirms) if validator else ()
        cursor = self._connection.executemany(
            "INSERT OR IGNORE INTO entry"
            " (crawl, key, url, host, role, via, category, hops, priority, state,"
            " etag, last_modified, confirms)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'todo', ?, ?, ?)",
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
                    _PRIORITY[link.role] + shift,
                    *(told or (None, None, None)),
                )
                for link in links
                if not (hops and self._is_there(link))
            ],
        )
        self._pending += cursor.rowcount
        return cursor.rowcount

    def _is_there(self, link: Link) -> bool:
        """Whether an address is an entry already; robots.txt is asked for anew each time."""
        row = self._connection.execute(
            "SELECT 1 FROM entry WHERE crawl = ? AND url = ?", (self.crawl, link.url)
        ).fetchone()
        return row is not None and link.role is not Role.ROBOTS

    def has_file(self, identity_url: str) -> bool:
        """Whether a file of this identity is an entry, as an article's picture or attachment."""
        row = self._connection.execute(
            "SELECT 1 FROM entry WHERE crawl = ? AND key IN (?, ?)",
            (self.crawl, f"{Role.IMAGE} {identity_url}", f"{Role.ATTACHMENT} {identity_url}"),
        ).fetchone()
        return row is not None

    def hosts(self) -> dict[str, str]:
        """The `host` or `host:port` of everything still to be fetched, with a URL of each."""
        rows = self._connection.execute(
            "SELECT host, min(url) AS url FROM entry WHERE crawl = ? AND state = 'todo'"
            " GROUP BY host",
            (self.crawl,),
        )
        return {row["host"]: row["url"] for row in rows}

    def lease(self, now: float, known_hosts: Collection[str]) -> FrontierEntry | None:
        """The next entry to fetch, taken; None when there is none to fetch now.

        Until a host is known (its robots.txt has been asked for), only its robots.txt is given.
        """
        placeholders = ", ".join("?" * len(known_hosts))
        with self._connection:
            self._connection.execute("BEGIN IMMEDIATE")
            row = self._connection.execute(
                "SELECT * FROM entry WHERE crawl = ? AND state = 'todo' AND not_before <= ?"
                f" AND (role = 'robots' OR host IN ({placeholders})) ORDER BY priority, id LIMIT 1",
                (self.crawl, now, *known_hosts),
            ).fetchone()
            if row is None:
                return None
            self._connection.execute("UPDATE entry SET state = 'leased' WHERE id = ?", (row["id"],))
        return _entry(row)

    def done(
        self,
        entry: FrontierEntry,
        links: Iterable[Link] = (),
        *,
        hops: int = 0,
        total: int | None = None,
        known_files: bool = False,
        validator_of: Callable[[Link], Validator | None] = lambda link: None,
        walks: bool = True,
    ) -> Followed:
        """An entry is settled, and these links came of it, files with what is known of them.

        A walk ends at a listing page without an item, at one that shows nothing new (to its
        category, or for a refresh to the archive), and after more pages than `total`, the number of
        articles that it announces, can fill. Unless everything is crawled anew, what the archive
        holds is left to the plan, files only if not `known_files`. A redirect is always followed,
        but not to an address that is an entry itself. `walks`: the listing's pages follow each
        other, as those of a sitemap do not.
        """
        links = list(links)
        left: list[Link] = []
        why = ""
        with self._connection:
            self._connection.execute("BEGIN")
            if not hops:
                is_walk = entry.role is Role.LISTING and walks
                if is_walk and (why := self._end_of_walk(entry, links, total)):
                    pages = [link for link in links if link.role is Role.LISTING]
                    left = [link for link in pages if not self._is_there(link)]
                    links = [link for link in links if link.role is not Role.LISTING]
                links = [link for link in links if self._is_wanted(link, known_files)]
            added = sum(
                self._add([link], entry.url, entry.category, hops, validator_of(link))
                if known_files and link.role in (Role.IMAGE, Role.ATTACHMENT)
                else self._add([link], entry.url, entry.category, hops)
                for link in links
            )
            self._connection.execute("UPDATE entry SET state = 'done' WHERE id = ?", (entry.id,))
        self._pending -= 1
        return Followed(added, left, why)

    def _end_of_walk(self, entry: FrontierEntry, links: list[Link], total: int | None) -> str:
        """Why the walk through a category ends at a page, empty if it goes on."""
        category = entry.category
        items = [link for link in links if link.role is Role.ARTICLE]
        new = [
            link for link in items if self.kind is not EntryKind.REFRESH or not self._knows(link)
        ]
        cursor = self._connection.executemany(
            "INSERT OR IGNORE INTO listed VALUES (?, ?, ?)",
            [(self.crawl, category, key_of(link)) for link in new],
        )
        walked = self._connection.execute(
            "SELECT count(*) FROM entry WHERE crawl = ? AND state = 'done' AND priority = ?"
            " AND role = 'listing' AND category = ?",
            (self.crawl, _PRIORITY[Role.LISTING], category),
        ).fetchone()[0]
        if walked + 1 >= _most_pages(total, len(items)):
            return f"the walk ends after {walked + 1} pages, more than its articles can fill"
        return "" if new and cursor.rowcount else NOTHING_NEW

    def _is_wanted(self, link: Link, known_files: bool) -> bool:
        if self.kind is EntryKind.CRAWL or link.role is Role.LISTING:
            return self.kind is not EntryKind.SINGLE
        if link.role is Role.ARTICLE:
            return self.kind is not EntryKind.SINGLE and not self._knows(link)
        return known_files or self.kind is EntryKind.SINGLE or not self._knows(link)

    def _knows(self, link: Link) -> bool:
        keys = {known_key(link.identity_url)}
        if link.role is Role.ARTICLE and link.asset_id:
            keys.add(key_of(link))
        placeholders = ", ".join("?" * len(keys))
        row = self._connection.execute(
            "SELECT count(*) FROM listed WHERE crawl = ? AND category = ?"
            f" AND key IN ({placeholders})",
            (self.crawl, _KNOWN, *keys),
        ).fetchone()
        return int(row[0]) == len(keys)

    def way_to(self, entry: FrontierEntry) -> list[str]:
        """The addresses whose redirects led to an entry, the nearest first."""
        way: list[str] = []
        via = entry.via if entry.hops else None
        while via and via not in way:
            way.append(via)
            row = self._connection.execute(
                "SELECT via FROM entry WHERE crawl = ? AND url = ? AND hops > 0", (self.crawl, via)
            ).fetchone()
            via = row["via"] if row else None
        return way

    def retry(self, entry: FrontierEntry, not_before: float, *, in_full: bool = False) -> None:
        """An entry is to be fetched once more, not before a moment (seconds since the epoch).

        `in_full`: its validator is not to be trusted.
        """
        with self._connection:
            self._connection.execute(
                "UPDATE entry SET state = 'todo', attempts = attempts + 1, not_before = ?,"
                " confirms = iif(?, NULL, confirms) WHERE id = ?",
                (not_before, in_full, entry.id),
            )

    def leased(self) -> list[FrontierEntry]:
        """The entries that were taken and not settled: what a process that died was about."""
        return self._in_state("leased")

    def todo(self) -> list[FrontierEntry]:
        """The entries that are still to be fetched, but for robots.txt, which each process asks."""
        return [one for one in self._in_state("todo") if one.role is not Role.ROBOTS]

    def _in_state(self, state: str) -> list[FrontierEntry]:
        rows = self._connection.execute(
            "SELECT * FROM entry WHERE crawl = ? AND state = ? ORDER BY id", (self.crawl, state)
        ).fetchall()
        return [_entry(row) for row in rows]

    def lists_on(self) -> bool:
        """Whether a listing is still to be fetched or being fetched."""
        row = self._connection.execute(
            "SELECT 1 FROM entry WHERE crawl = ? AND role = 'listing'"
            " AND state IN ('todo', 'leased') LIMIT 1",
            (self.crawl,),
        ).fetchone()
        return row is not None

    def release(self, entry: FrontierEntry) -> None:
        """Put a taken entry back."""
        with self._connection:
            self._connection.execute("UPDATE entry SET state = 'todo' WHERE id = ?", (entry.id,))

    def reopen(self, urls: Iterable[str]) -> None:
        """Settled entries of these addresses are to be fetched again."""
        with self._connection:
            cursor = self._connection.executemany(
                "UPDATE entry SET state = 'todo', attempts = 0"
                " WHERE crawl = ? AND url = ? AND state = 'done'",
                [(self.crawl, url) for url in urls],
            )
        self._pending += cursor.rowcount

    def pending(self) -> int:
        """How many entries are still to be fetched or being fetched."""
        return self._pending

    def finish(self) -> None:
        """The crawl is over; the next one starts afresh."""
        with self._connection:
            self._connection.execute("UPDATE crawl SET finished = 1 WHERE id = ?", (self.crawl,))


def _entry(row: sqlite3.Row) -> FrontierEntry:
    validator = None
    if row["confirms"] is not None:
        validator = Validator(row["etag"], row["last_modified"], row["confirms"])
    return FrontierEntry(
        row["id"],
        row["url"],
        Role(row["role"]),
        row["via"],
        row["category"],
        row["hops"],
        row["attempts"],
        validator,
    )


def _most_pages(total: int | None, items: int) -> int:
    """Pages that a listing may have: twice as many as it announces, for items that move."""
    if total is None or not items:
        return MOST_PAGES
    return min(MOST_PAGES, 2 * -(-total // items) + 10)
