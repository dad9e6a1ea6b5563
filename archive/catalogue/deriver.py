"""Brings what is derived from the records up to date, one record and one transaction at a time."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any, Protocol

from archive.catalogue import database
from archive.catalogue.captures import capture_at, read_stored
from archive.catalogue.derive_articles import store_act, store_outcome, store_page
from archive.catalogue.ingest import transaction
from archive.catalogue.quarantine import store_suspicion
from archive.ground.errors import PayloadLost
from archive.ground.home import Home
from archive.model import Capture, Page, PageKind, StoredResponse
from archive.warc import records

_UNDERIVED = """
SELECT seq, 'capture' AS kind FROM capture WHERE seq > :after
UNION ALL SELECT seq, 'outcome' FROM outcome WHERE seq > :after
UNION ALL SELECT seq, 'withholding' FROM withholding WHERE seq > :after
UNION ALL SELECT seq, 'suspicion' FROM suspicion WHERE seq > :after
ORDER BY seq
"""

_STORE = {"outcome": store_outcome, "withholding": store_act, "suspicion": store_suspicion}


class Extract(Protocol):
    """Extraction, as the archive is handed it: pure, and numbered by the rule it follows."""

    rule: int

    def __call__(self, description: Mapping[str, Any], stored: StoredResponse) -> Page:
        """What the stored response says, read by the site description of its own run."""


class Deriver:
    """Pages, articles and versions of one catalogue, from the captures in a home's segments."""

    def __init__(self, home: Home, connection: sqlite3.Connection, extract: Extract) -> None:
        self._home = home
        self._connection = connection
        self._extract = extract
        self._descriptions: dict[str, Mapping[str, Any]] = {}

    def begin_anew_if_rule_changed(self) -> None:
        """Throw away what another extraction rule has made."""
        if meta(self._connection, "rule") == self._extract.rule:
            return
        with transaction(self._connection):
            for table in database.FROM_EXTRACTION:
                self._connection.execute(f"DELETE FROM {table}")
            set_meta(self._connection, "derived", 0)
            set_meta(self._connection, "rule", self._extract.rule)

    def derive(self) -> int:
        """Bring what is derived up to the last record; returns how many captures that took."""
        after = meta(self._connection, "derived")
        rows = self._connection.execute(_UNDERIVED, {"after": after}).fetchall()
        for are_captures, together in groupby(rows, key=lambda row: row["kind"] == "capture"):
            if are_captures:
                for row in together:
                    self.derive_one(capture_at(self._connection, row["seq"]))
            else:
                self._store(list(together))
        return sum(row["kind"] == "capture" for row in rows)

    def _store(self, rows: Sequence[sqlite3.Row]) -> None:
        """Draw what records that are no captures say, in one transaction."""
        with transaction(self._connection):
            for row in rows:
                _STORE[row["kind"]](self._connection, row["seq"])
            set_meta(self._connection, "derived", rows[-1]["seq"])

    def derive_one(self, capture: Capture) -> Page:
        """Read a capture back, extract it and store the page, in one transaction."""
        (page,) = self.derive_all([(capture, None)])
        return page

    def derive_all(
        self, captures: Sequence[tuple[Capture, records.WarcRecord | None]]
    ) -> list[Page]:
        """Extract captures, each with its record if that was read already, and store their pages.

        They follow each other and what was derived last, and are stored in one transaction.
        """
        pages = [self._page_of(capture, record) for capture, record in captures]
        with transaction(self._connection):
            for (capture, _), page in zip(captures, pages, strict=True):
                store_page(self._connection, capture, page)
            set_meta(self._connection, "derived", captures[-1][0].seq)
        return pages

    def _page_of(self, capture: Capture, record: records.WarcRecord | None) -> Page:
        try:
            stored = read_stored(self._home, self._connection, capture, record)
        except PayloadLost:
            return Page(PageKind.UNREADABLE, capture.url, problem="its payload is lost")
        return self._extract(self._description(capture.run), stored)

    def _description(self, run: str) -> Mapping[str, Any]:
        if run not in self._descriptions:
            row = self._connection.execute(
                "SELECT description FROM run WHERE id = ?", (run,)
            ).fetchone()
            self._descriptions[run] = json.loads(row["description"])
        return self._descriptions[run]


def meta(connection: sqlite3.Connection, name: str) -> int:
    """A number that the catalogue keeps about itself, 0 if it has none of this name."""
    row = connection.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
    return int(row["value"]) if row else 0


def set_meta(connection: sqlite3.Connection, name: str, value: int) -> None:
    """Keep a number about the catalogue itself."""
    connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, str(value)))
