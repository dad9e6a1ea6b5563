"""From the groups of a segment to catalogue rows.

The catalogue learns of a record in no other way (`archive.catalogue.ingest`,
`archive.fixity.check_catalogue`).
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from typing import Any, NamedTuple

from archive.catalogue import mementos
from archive.catalogue.database import last_record
from archive.catalogue.originals import original_record
from archive.catalogue.queries.withholding import Act
from archive.ground.causes import cause_of
from archive.ground.errors import HdndError
from archive.ground.message import Message
from archive.ground.times import from_text, to_text
from archive.ground.untrusted_json import parsed_json
from archive.model import Memento, Outcome, Role
from archive.warc import certificates, records
from archive.warc.digests import digest, normal, sha1
from archive.warc.http_response import media_type_of
from archive.warc.record_groups import POSTED_AS, RECORD_ID, SOURCE, Group
from archive.warc.record_head import plain_address, target_of
from archive.warc.replacing import OF_SEGMENT

RUN_TARGET = "urn:hdnd:run:"
ARTICLE_TARGET = "urn:hdnd:article:"
QUARANTINE_TARGET = "urn:hdnd:quarantine:"


class NotTakenIn(Exception):
    """A group, whole as it is, can have no rows; `said` is why."""

    def __init__(self, said: Message) -> None:
        super().__init__(said)
        self.said = said


class OfUnknownRun(NotTakenIn):
    """The `warcinfo` that tells of its run is not there; another source may tell of it."""


class _Content(NamedTuple):
    status: int
    media_type: str | None
    digest: str
    length: int
    refers_to: str | None
    truncated: str | None


class CaptureRows:
    """Makes the rows of groups in the order of their records, within one transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._sites: dict[str, str] = {}
        self._last: int | None = None

    def take_in(self, segment: int, group: Group) -> int | None:
        """Make the rows of one group; the number it got, None for what is not numbered.

        Raises `NotTakenIn`, and makes no row, for what no row can be made of.
        """
        last = self._last
        self._connection.execute("SAVEPOINT one_group")
        try:
            seq = self._take_in(segment, group)
        except OfUnknownRun:
            self._undo(last)
            raise
        except KeyError as error:
            self._undo(last)
            raise NotTakenIn(Message("archive.lacks", names=str(error))) from error
        except sqlite3.IntegrityError as error:
            self._undo(last)
            raise NotTakenIn(Message("archive.same-id")) from error
        except (ValueError, TypeError, OverflowError, HdndError) as error:
            self._undo(last)
            reason = Message("archive.cannot-be-taken-in", reason=cause_of(error))
            raise NotTakenIn(reason) from error
        self._connection.execute("RELEASE one_group")
        self._last = seq or self._last
        return seq

    def _undo(self, last: int | None) -> None:
        self._connection.execute("ROLLBACK TO one_group")
        self._connection.execute("RELEASE one_group")
        self._last = last

    def _take_in(self, segment: int, group: Group) -> int | None:
        record = group.last.record
        if group.listed:
            return self._take_in_foreign(segment, group)
        if record.type == "warcinfo":
            self._take_in_warcinfo(record)
            return None
        if certificates.is_chain(record):
            about = (target_of(record.fields).removeprefix(certificates.TARGET), record.id)
            self._connection.execute("INSERT OR IGNORE INTO certificate VALUES (?, ?)", about)
            return None
        if record.type == "metadata":
            if mementos.SAME_AS in group.facts:
                return self._take_in_same(segment, group)
            return self._take_in_metadata(record)
        return self._take_in_capture(segment, group)

    def _take_in_foreign(self, segment: int, group: Group) -> int | None:
        """A record made elsewhere: a capture, or the `warcinfo` that such captures refer to."""
        record, facts = group.last.record, group.facts
        seq = None
        if record.type in records.CAPTURES:
            seq = self._take_in_capture(segment, group)
        if SOURCE in facts:
            place = (facts[SOURCE], facts["source-digest"], facts["source-offset"])
            date = record.fields.get("WARC-Date", "")
            self._insert("imported", _id_of(group), seq, *place, date, *_payload_names(record))
        return seq

    def _take_in_warcinfo(self, record: records.WarcRecord) -> None:
        values = record.values()
        self._connection.execute(
            "INSERT OR IGNORE INTO run VALUES (?, ?, ?, ?, ?, ?, NULL, NULL, '{}')",
            (
                values["hdnd-run"],
                values["hdnd-crawl"],
                values["hdnd-site"],
                values.get("hdnd-kind", ""),
                _checked(values["hdnd-site-description"], _object),
                _checked(values["hdnd-run-started"], from_text),
            ),
        )

    def _take_in_metadata(self, record: records.WarcRecord) -> int | None:
        values, target = record.values(), record.fields["WARC-Target-URI"]
        at = _moment(record)
        if target.startswith(RUN_TARGET):
            self._connection.execute(
                "UPDATE run SET ended_at = ?, reason = ?, counts = ? WHERE id = ?",
                (
                    at,
                    values["run-ended"],
                    _checked(values["counts"], _object),
                    target.removeprefix(RUN_TARGET),
                ),
            )
            return None
        if target.startswith(OF_SEGMENT):
            return None
        seq = self._next()
        about = (seq, record.id, values["hdnd-run"])
        if target.startswith(ARTICLE_TARGET):
            article = target.removeprefix(ARTICLE_TARGET)
            said = (Act(values["act"]).value, at, values["reason"], values.get("by"))
            self._insert("withholding", *about, article, *said)
        elif target.startswith(QUARANTINE_TARGET):
            self._insert("quarantine", *about, at, values["reason"], values["captures"])
        else:
            role, outcome = Role(values["role"]), Outcome(values["outcome"])
            asked = (self._site_of(values["hdnd-run"]), target, role.value, values.get("via"))
            self._insert("outcome", *about, *asked, at, outcome.value, values.get("detail", ""))
        return seq

    def _take_in_capture(self, segment: int, group: Group) -> int:
        record = group.last.record
        status, headers = record.head.status, record.head.headers
        memento = mementos.memento_in(group.facts)
        if memento:
            found = mementos.find(memento, *record.message)
            if found:
                return self._take_in_memento(segment, group, memento, found)
        payload_digest, length = record.payload_digest, len(record.payload)
        media_type, refers_to = media_type_of(headers), None
        if record.type == "revisit":
            original = original_record(self._connection, record.fields)
            payload_digest = record.fields.get("WARC-Payload-Digest", payload_digest)
            refers_to = record.fields.get("WARC-Refers-To", "unknown")
            if original:
                refers_to, payload_digest = original["record_id"], original["payload_digest"]
                length = original["payload_length"]
            if original and not record.block:
                status = original["status"]
            if original and media_type is None:
                media_type = original["media_type"]
        cut = record.why_truncated
        content = _Content(status, media_type, payload_digest, length, refers_to, cut)
        url, role = group.facts.get(POSTED_AS), Role(group.facts["role"])
        url = plain_address(url) if url else target_of(record.fields)
        return self._insert_capture(segment, group, url, role, _moment(record), content)

    def _take_in_memento(
        self, segment: int, group: Group, memento: Memento, found: mementos.FoundMemento
    ) -> int:
        """A web archive's capture, under the address and time that it had there."""
        record = group.last.record
        asked_for = mementos.is_asked_for(memento, found)
        self._insert_memento(record, memento, memento.digest if asked_for else None)
        content = _Content(
            found.status,
            media_type_of(found.headers),
            digest(found.payload),
            len(found.payload),
            None,
            record.fields.get("WARC-Truncated") or found.truncated,
        )
        at = to_text(found.captured_at)
        return self._insert_capture(segment, group, found.url, memento.role, at, content)

    def _take_in_same(self, segment: int, group: Group) -> int:
        """A web archive's capture that has, by its index, the content of one that is held."""
        memento = mementos.memento_in(group.facts)
        original = self._connection.execute(
            "SELECT * FROM capture WHERE record_id = ?", (group.facts[mementos.SAME_AS],)
        ).fetchone()
        if memento is None or original is None:
            raise KeyError(mementos.SAME_AS)
        self._insert_memento(group.last.record, memento, memento.digest)
        content = _Content(
            original["status"],
            original["media_type"],
            original["payload_digest"],
            original["payload_length"],
            original["record_id"],
            original["truncated"],
        )
        at = to_text(memento.captured_at)
        return self._insert_capture(segment, group, memento.url, memento.role, at, content)

    def _insert_memento(
        self, record: records.WarcRecord, memento: Memento, digest: str | None
    ) -> None:
        fetched = (target_of(record.fields), _moment(record))
        self._insert("memento", self._next(), memento.source, memento.form.value, *fetched, digest)

    def _insert_capture(
        self,
        segment: int,
        group: Group,
        url: str,
        role: Role,
        captured_at: str,
        content: _Content,
    ) -> int:
        seq = self._next()
        run, placed = group.facts["hdnd-run"], group.last
        asked = (run, self._site_of(run), url, role.value, group.facts.get("via"), captured_at)
        place = (segment, placed.offset, placed.length)
        self._insert("capture", seq, _id_of(group), *asked, *content, *place)
        if "tls-protocol" in group.facts:
            names = ("tls-protocol", "tls-cipher", "certificate-sha256", "certificate-trouble")
            self._insert("encryption", seq, *map(group.facts.get, names))
        return seq

    def _insert(self, table: str, *values: Any) -> None:
        placeholders = ", ".join("?" * len(values))
        self._connection.execute(f"INSERT INTO {table} VALUES ({placeholders})", values)

    def _site_of(self, run: str) -> str:
        if run not in self._sites:
            row = self._connection.execute("SELECT site FROM run WHERE id = ?", (run,)).fetchone()
            if row is None:
                raise OfUnknownRun(Message("archive.lacks-the-warcinfo", run=run))
            self._sites[run] = str(row["site"])
        return self._sites[run]

    def _next(self) -> int:
        if self._last is None:
            self._last = last_record(self._connection)
        return self._last + 1


def _id_of(group: Group) -> str:
    """The id that a group's last record is known by here."""
    own = group.facts.get(RECORD_ID) if group.listed else None
    return own or group.last.record.id


def _payload_names(record: records.WarcRecord) -> tuple[str | None, str | None, str | None]:
    """The payload digest that its maker stated, as it stands and in our form, and the SHA-1.

    Of a response, by any of which a revisit may name it; of what is none, what is stated alone.
    """
    stated = record.fields.get("WARC-Payload-Digest")
    if record.type not in ("response", "resource"):
        return stated, None, None
    return stated, normal(stated or ""), sha1(record.payload)


def counts_to_json(counts: dict[str, int]) -> str:
    """The counts of a run as one line, in a fixed order."""
    return json.dumps(counts, sort_keys=True)


def _checked(text: str, read: Callable[[str], object]) -> str:
    """A value as it stands, if it can be read; else a ValueError."""
    read(text)
    return text


def _object(text: str) -> dict[str, Any]:
    value = parsed_json(text)
    if not isinstance(value, dict):
        raise ValueError(Message("archive.no-json-object", text=text[:40]))
    return value


def _moment(record: records.WarcRecord) -> str:
    return to_text(from_text(record.fields["WARC-Date"]))
