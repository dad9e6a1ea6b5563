"""The text of attachments as a derivation: by payload digest, each payload once.

Failures are rows like texts, so that a bad file costs once. A payload under ten links has one row;
what it is read by is handed to the constructor.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from itertools import islice
from typing import Protocol

from archive.attachment_text import AttachmentText, facts_as_json, page_as_json
from archive.catalogue.captures import LocatedCapture, RecordOf, capture_at, placed, read_placed
from archive.catalogue.derivation import PAYLOADS, Schedule, Step, Work
from archive.ground.errors import PayloadLost
from archive.model import StoredResponse

DUE = """
WITH RECURSIVE named (site, url) AS (
    SELECT p.site, json_extract(k.value, '$[2]') FROM page p, json_each(p.links) k
    WHERE p.kind = 'article' AND instr(p.links, '"attachment"')
        AND json_extract(k.value, '$[1]') = 'attachment'
    UNION
    SELECT p.site, json_extract(p.links, '$[0][2]') FROM named n
    CROSS JOIN page p ON p.site = n.site AND p.identity_url = n.url
    WHERE p.kind = 'redirect' AND p.links != '[]')
SELECT payload_digest, min(seq) AS seq FROM (
    SELECT payload_digest, seq FROM capture WHERE role = 'attachment' AND status = 200
    UNION
    SELECT c.payload_digest, c.seq FROM named n
    CROSS JOIN page p ON p.site = n.site AND p.identity_url = n.url AND p.kind != 'article'
    CROSS JOIN capture c ON c.seq = p.seq AND c.status = 200)
GROUP BY payload_digest
"""
"""The payloads that came for attachments, each with the number of its first capture.

An address that an article names as its attachment is one, whatever an import took it for: which
payloads are due is asked of the pages, what their rows say is of the payload alone.

The joins go from the few named addresses to their pages (SQLite keeps the order of a CROSS JOIN):
without statistics its planner goes over all pages for each address.
"""

_TOGETHER = 16
"""So many files are committed at once."""


class FileReader(Protocol):
    """A reader of files that is at work."""

    def read(self, stored: StoredResponse | None) -> AttachmentText:
        """The text of a stored file; None is a payload that is lost."""


class ReadsAttachments(Protocol):
    """What reads files, numbered by the rule it follows."""

    rule: int

    def reading(self) -> AbstractContextManager[FileReader]:
        """Begin to read."""


@dataclass(frozen=True, slots=True)
class FileUnit:
    """A file to be read: the first capture that has its payload."""

    place: LocatedCapture

    @property
    def segment(self) -> str:
        """The segment that has its record."""
        return self.place.capture.segment

    @property
    def segments(self) -> tuple[str, ...]:
        """Its own, and that of the response it refers to."""
        return self.place.segments


class AttachmentTexts:
    """The derivation `attachments`."""

    name = "attachments"
    when = Schedule.AFTER_THE_CRAWL
    reads: tuple[str, ...] = (PAYLOADS,)
    schema = """
    CREATE TABLE attachment (
        payload_digest TEXT PRIMARY KEY, kind TEXT NOT NULL, problem TEXT, detail TEXT,
        pages INTEGER NOT NULL, embedded TEXT NOT NULL, facts TEXT NOT NULL, tools TEXT NOT NULL,
        sent_name TEXT NOT NULL, text_digest TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE attachment_page (
        payload_digest TEXT NOT NULL, place INTEGER NOT NULL, wanted TEXT, content TEXT NOT NULL,
        PRIMARY KEY (payload_digest, place)) WITHOUT ROWID;
    """
    result = AttachmentText

    def __init__(self, reader: ReadsAttachments) -> None:
        self._reader = reader
        self.rule = reader.rule

    def derive(self, work: Work) -> Iterator[Step]:
        """Read the payloads that were not read yet."""
        connection = work.connection
        for table in ("attachment", "attachment_page"):
            connection.execute(
                f"DELETE FROM {table} WHERE payload_digest NOT IN"
                f" (SELECT payload_digest FROM ({DUE}))"
            )
        due = connection.execute(
            f"SELECT payload_digest, seq FROM ({DUE}) WHERE payload_digest NOT IN"
            " (SELECT payload_digest FROM attachment) ORDER BY seq"
        ).fetchall()
        texts = work.read(self, (_unit(work, row["seq"]) for row in due))
        for first in range(0, len(due), _TOGETHER):
            rows = due[first : first + _TOGETHER]
            together = list(islice(texts, len(rows)))
            for row, text in zip(rows, together, strict=True):
                _insert(connection, row["payload_digest"], text)
            yield Step(first + len(rows), len(due))

    def read(self, units: Iterable[FileUnit], record_of: RecordOf) -> Iterator[AttachmentText]:
        """Read each file."""
        with self._reader.reading() as reading:
            for unit in units:
                yield reading.read(_stored(unit, record_of))


def _unit(work: Work, seq: int) -> FileUnit:
    return FileUnit(placed(work.catalogue, capture_at(work.catalogue, seq)).unnumbered())


def _stored(unit: FileUnit, record_of: RecordOf) -> StoredResponse | None:
    try:
        return read_placed(unit.place, record_of)
    except PayloadLost:
        return None


def _insert(connection: sqlite3.Connection, payload_digest: str, text: AttachmentText) -> None:
    contents = [json.dumps(page_as_json(page), ensure_ascii=False) for page in text.pages]
    connection.executemany(
        "INSERT INTO attachment_page (payload_digest, place, wanted, content) VALUES (?, ?, ?, ?)",
        [
            (payload_digest, place, page.want and page.want.value, content)
            for place, (page, content) in enumerate(zip(text.pages, contents, strict=True))
        ],
    )
    problem = text.problem
    connection.execute(
        "INSERT INTO attachment (payload_digest, kind, problem, detail, pages, embedded, facts,"
        " tools, sent_name, text_digest) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            payload_digest,
            text.kind,
            problem and problem.code,
            problem and problem.detail,
            len(text.pages),
            json.dumps(list(text.embedded), ensure_ascii=False),
            json.dumps(facts_as_json(text.facts), ensure_ascii=False),
            json.dumps(dict(text.tools), sort_keys=True),
            text.sent_name,
            digest_of(contents) if any(page.text for page in text.pages) else "",
        ),
    )


def digest_of(contents: list[str]) -> str:
    """A name for the text of some pages: another text, another name."""
    return hashlib.sha256("\n".join(contents).encode()).hexdigest()[:16]
