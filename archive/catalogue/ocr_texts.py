"""What OCR has read, beside the derivation of attachments: `derived/ocr.sqlite`.

It is no derivation: it depends on a program of the system and on being asked for, costs a second a
page, and outlives a rebuild. A reading goes by payload, page and rule; a failure is kept like one,
and the page tried again if it failed for want of time (three times in all), program or payload.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from pathlib import Path
from typing import Self

from archive.attachment_text import (
    PageText,
    PaperFact,
    ReadingProblem,
    facts_as_json,
    facts_from_json,
    page_as_json,
    page_from_json,
)
from archive.catalogue.rows import parsed
from archive.catalogue.table_check import require_tables
from archive.ground.errors import is_of_storage
from archive.ground.home import Home

_TIMES = ("limit: time", "limit: time, twice", "limit: time, three times")
_AGAIN = (*_TIMES[:-1], "unsupported kind: tesseract", "damaged: its payload is lost")
_WHERE = "derived/ocr.sqlite"
_SCHEMA = """
CREATE TABLE IF NOT EXISTS ocr_page (
    payload_digest TEXT NOT NULL, place INTEGER NOT NULL, rule INTEGER NOT NULL,
    content TEXT, problem TEXT, PRIMARY KEY (payload_digest, place)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS ocr_facts (
    payload_digest TEXT PRIMARY KEY, facts TEXT NOT NULL) WITHOUT ROWID;
"""


def file_of_ocr(home: Home) -> Path:
    """Where the readings lie."""
    return home.derived / "ocr.sqlite"


class OcrTexts:
    """The readings, open. One writer, any number of readers."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        connection.row_factory = sqlite3.Row

    @classmethod
    def open(cls, home: Home, rule: int) -> Self:
        """Open them for writing, without those of other rules; made if they are not there.

        A file that cannot be read is made anew. Raises `sqlite3.DatabaseError` for a full disk:
        what was read of pages before is worth hours.
        """
        path = file_of_ocr(home)
        path.parent.mkdir(exist_ok=True)
        try:
            connection = _connect(path)
        except sqlite3.DatabaseError as error:
            if is_of_storage(error):
                raise
            path.unlink(missing_ok=True)
            connection = _connect(path)
        connection.execute("DELETE FROM ocr_page WHERE rule != ?", (rule,))
        return cls(connection)

    @classmethod
    def open_for_reading(cls, home: Home) -> Self | None:
        """Open them for queries; None if there are none that can be read."""
        path = file_of_ocr(home)
        if not path.exists():
            return None
        try:
            connection = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, isolation_level=None)
        except sqlite3.DatabaseError:
            return None
        try:
            require_tables(connection, _SCHEMA)
        except sqlite3.DatabaseError:
            connection.close()
            return None
        return cls(connection)

    def close(self) -> None:
        """Close the database."""
        self._connection.close()

    def put(
        self, payload_digest: str, place: int, rule: int, found: PageText | ReadingProblem | None
    ) -> None:
        """Keep a reading; None if what was there before OCR is the better one."""
        content = problem = None
        if isinstance(found, PageText):
            content = json.dumps(page_as_json(found), ensure_ascii=False)
        elif found is not None:
            problem = self._counted(payload_digest, place, f"{found.code}: {found.detail}")
        self._connection.execute(
            "INSERT OR REPLACE INTO ocr_page (payload_digest, place, rule, content, problem)"
            " VALUES (?, ?, ?, ?, ?)",
            (payload_digest, place, rule, content, problem),
        )

    def _counted(self, payload_digest: str, place: int, problem: str) -> str:
        """The problem as it is kept; one of time says how often it was met."""
        problem = problem.rstrip(": ")
        if problem != _TIMES[0]:
            return problem
        row = self._connection.execute(
            "SELECT problem FROM ocr_page WHERE payload_digest = ? AND place = ?",
            (payload_digest, place),
        ).fetchone()
        met = _TIMES.index(row["problem"]) + 1 if row and row["problem"] in _TIMES else 0
        return _TIMES[min(met, len(_TIMES) - 1)]

    def put_facts(self, payload_digest: str, facts: Mapping[str, PaperFact]) -> None:
        """Keep what a paper says of itself by its text with OCR."""
        self._connection.execute(
            "INSERT OR REPLACE INTO ocr_facts (payload_digest, facts) VALUES (?, ?)",
            (payload_digest, json.dumps(facts_as_json(facts), ensure_ascii=False)),
        )

    def places(self, payload_digest: str) -> dict[int, PageText | None]:
        """The pages of a file that OCR was tried on, by place; None where its text is not used."""
        rows = self._connection.execute(
            "SELECT place, content FROM ocr_page WHERE payload_digest = ? ORDER BY place",
            (payload_digest,),
        )
        return {
            row["place"]: parsed(row["content"], page_from_json, _WHERE) if row["content"] else None
            for row in rows
        }

    def again(self, payload_digest: str) -> frozenset[int]:
        """The places of the pages that failed for want of something that may be there next time."""
        rows = self._connection.execute(
            "SELECT place, problem FROM ocr_page WHERE payload_digest = ? AND problem IS NOT NULL",
            (payload_digest,),
        )
        return frozenset(row["place"] for row in rows if row["problem"] in _AGAIN)

    def facts(self, payload_digest: str) -> Mapping[str, PaperFact] | None:
        """What a paper says of itself by its text with OCR; None if that was not looked at."""
        row = self._connection.execute(
            "SELECT facts FROM ocr_facts WHERE payload_digest = ?", (payload_digest,)
        ).fetchone()
        return parsed(row["facts"], facts_from_json, _WHERE) if row else None

    def problems(self, payload_digest: str | None = None) -> dict[str, dict[int, str]]:
        """Why OCR failed, by payload (or of one alone) and place of the page."""
        found: dict[str, dict[int, str]] = {}
        for row in self._connection.execute(
            "SELECT payload_digest, place, problem FROM ocr_page WHERE problem IS NOT NULL"
            " AND (:one IS NULL OR payload_digest = :one) ORDER BY payload_digest, place",
            {"one": payload_digest},
        ):
            found.setdefault(row["payload_digest"], {})[row["place"]] = row["problem"]
        return found

    def contents(self) -> dict[str, list[str]]:
        """The texts by OCR of each file; pages that have none are left out."""
        found: dict[str, list[str]] = {}
        rows = self._connection.execute(
            "SELECT payload_digest, content FROM ocr_page"
            " WHERE json_extract(content, '$.text') != '' ORDER BY payload_digest, place"
        )
        for row in rows:
            found.setdefault(row["payload_digest"], []).append(row["content"])
        return found


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None, timeout=60)
    try:
        connection.execute("PRAGMA trusted_schema=OFF")
        connection.executescript(_SCHEMA)
        require_tables(connection, _SCHEMA)
    except sqlite3.DatabaseError:
        connection.close()
        raise
    return connection
