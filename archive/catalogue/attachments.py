"""What is known of the text of attachments: the derivation, and what OCR has read beside it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Self

from archive.attachment_text import (
    NO_TEXT,
    AttachmentOutline,
    AttachmentText,
    PageText,
    ReadingProblem,
    Want,
    facts_from_json,
    page_from_json,
)
from archive.catalogue.attachment_texts import AttachmentTexts, digest_of
from archive.catalogue.derived_files import file_of, require_own, unreadable
from archive.catalogue.ocr_texts import OcrTexts
from archive.catalogue.rows import mapping, parsed, texts
from archive.ground.home import Home

NAME = "attachments"
_WHERE = "derived/attachments.sqlite"


@dataclass(frozen=True, slots=True)
class WaitingPage:
    """A page that waits for OCR: of which payload, and the how manieth of its pages (from 0)."""

    payload_digest: str
    place: int
    page: PageText


class Attachments:
    """The texts, open for reading; use it as a context manager."""

    def __init__(self, connection: sqlite3.Connection, ocr: OcrTexts | None) -> None:
        self._connection = connection
        self._ocr = ocr
        connection.row_factory = sqlite3.Row

    @classmethod
    def open(cls, home: Home) -> Self | None:
        """Open them; None if there are none.

        Raises `ArchiveDamaged` for a file that cannot be read: nothing is left out unsaid.
        """
        path = file_of(home, NAME)
        if not path.exists():
            return None
        connection = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, isolation_level=None)
        try:
            connection.execute("PRAGMA trusted_schema=OFF")
            require_own(connection, AttachmentTexts.schema)
        except sqlite3.DatabaseError as error:
            connection.close()
            raise unreadable(path, error) from error
        return cls(connection, OcrTexts.open_for_reading(home))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close what is open."""
        self._connection.close()
        if self._ocr:
            self._ocr.close()

    def get(self, payload_digest: str) -> AttachmentText | None:
        """What was read of a payload, by OCR too; None if nobody tried."""
        row = self._connection.execute(
            "SELECT kind, problem, detail, embedded, facts, tools, sent_name FROM attachment"
            " WHERE payload_digest = ?",
            (payload_digest,),
        ).fetchone()
        if row is None:
            return None
        pages = self._connection.execute(
            "SELECT content FROM attachment_page WHERE payload_digest = ? ORDER BY place",
            (payload_digest,),
        )
        text = AttachmentText(
            kind=row["kind"],
            pages=tuple(parsed(page["content"], page_from_json, _WHERE) for page in pages),
            problem=ReadingProblem(row["problem"], row["detail"]) if row["problem"] else None,
            embedded=tuple(parsed(row["embedded"], texts, _WHERE)),
            facts=parsed(row["facts"], facts_from_json, _WHERE),
            tools=parsed(row["tools"], mapping, _WHERE),
            sent_name=str(row["sent_name"]),
        )
        return self._with_ocr(payload_digest, text)

    def _with_ocr(self, payload_digest: str, text: AttachmentText) -> AttachmentText:
        tried = self._ocr.places(payload_digest) if self._ocr and text.waiting else {}
        if not tried or self._ocr is None:
            return text
        pages = tuple(
            (tried[place] or replace(page, want=None))
            if place in tried and page.want is not None
            else page
            for place, page in enumerate(text.pages)
        )
        facts = self._ocr.facts(payload_digest)
        problem = text.problem
        if problem is None and not any(page.text or page.want for page in pages):
            failed = self._ocr.problems(payload_digest).get(payload_digest, {})
            code, _, detail = next(iter(failed.values()), NO_TEXT).partition(": ")
            problem = ReadingProblem(code, detail)
        told = text.facts if facts is None else facts
        return replace(text, pages=pages, facts=told, problem=problem)

    def outlines(self) -> dict[str, AttachmentOutline]:
        """What was read of every payload, without the text."""
        waiting = self._waiting_places()
        by_ocr = self._ocr.contents() if self._ocr else {}
        failed = self._ocr.problems() if self._ocr else {}
        found = {}
        for row in self._connection.execute(
            "SELECT payload_digest, kind, problem, detail, pages, embedded, facts, tools,"
            " sent_name, text_digest FROM attachment"
        ):
            digest = row["payload_digest"]
            facts = self._ocr.facts(digest) if self._ocr and digest in by_ocr else None
            has_text = bool(row["text_digest"] or by_ocr.get(digest))
            code = row["problem"]
            if not (code or has_text or waiting.get(digest) or failed.get(digest)):
                code = NO_TEXT
            found[digest] = AttachmentOutline(
                kind=row["kind"],
                pages=row["pages"],
                has_text=has_text,
                by_ocr=len(by_ocr.get(digest, ())),
                waiting=tuple(waiting.get(digest, ())),
                ocr_problems={n + 1: why for n, why in failed.get(digest, {}).items()},
                ocr_again=len(self._ocr.again(digest)) if self._ocr and digest in failed else 0,
                problem=ReadingProblem(code, row["detail"] or "") if code else None,
                embedded=tuple(parsed(row["embedded"], texts, _WHERE)),
                facts=parsed(row["facts"], facts_from_json, _WHERE) if facts is None else facts,
                tools=parsed(row["tools"], mapping, _WHERE),
                sent_name=str(row["sent_name"]),
            )
        return found

    def _waiting_places(self) -> dict[str, list[PageText]]:
        waiting: dict[str, list[PageText]] = {}
        tried: dict[str, dict[int, PageText | None]] = {}
        for row in self._connection.execute(
            "SELECT payload_digest, place, wanted, json_extract(content, '$.page') AS number,"
            " json_extract(content, '$.part') AS part FROM attachment_page"
            " WHERE wanted IS NOT NULL ORDER BY payload_digest, place"
        ):
            digest = row["payload_digest"]
            if self._ocr and digest not in tried:
                tried[digest] = self._ocr.places(digest)
            if row["place"] not in tried.get(digest, {}):
                page = PageText(row["number"], "", want=Want(row["wanted"]), part=row["part"] or "")
                waiting.setdefault(digest, []).append(page)
        return waiting

    def waiting(self) -> Iterator[WaitingPage]:
        """The pages that OCR was not tried on yet, or is to be tried on again, file by file."""
        rows = self._connection.execute(
            "SELECT payload_digest, place, content FROM attachment_page WHERE wanted IS NOT NULL"
            " ORDER BY payload_digest, place"
        ).fetchall()
        tried: dict[str, set[int]] = {}
        for row in rows:
            digest = row["payload_digest"]
            if self._ocr and digest not in tried:
                tried[digest] = self._ocr.places(digest).keys() - self._ocr.again(digest)
            if row["place"] not in tried.get(digest, set()):
                page = parsed(row["content"], page_from_json, _WHERE)
                yield WaitingPage(digest, row["place"], page)

    def sent_names(self) -> dict[str, str]:
        """What the server called each payload, if it did."""
        rows = self._connection.execute(
            "SELECT payload_digest, sent_name FROM attachment WHERE sent_name != ''"
        )
        return {row["payload_digest"]: str(row["sent_name"]) for row in rows}

    def any_text(self) -> bool:
        """Whether any file was read that has text, without OCR."""
        found = self._connection.execute("SELECT 1 FROM attachment WHERE text_digest != '' LIMIT 1")
        return found.fetchone() is not None

    def text_digests(self) -> dict[str, str]:
        """For each payload that has text, a name for it: another text, another name."""
        rows = self._connection.execute("SELECT payload_digest, text_digest FROM attachment")
        digests = {row["payload_digest"]: row["text_digest"] for row in rows}
        by_ocr = self._ocr.contents() if self._ocr else {}
        for payload_digest, contents in by_ocr.items():
            if payload_digest in digests:
                digests[payload_digest] = digest_of([digests[payload_digest], *contents])
        return {payload_digest: digest for payload_digest, digest in digests.items() if digest}
