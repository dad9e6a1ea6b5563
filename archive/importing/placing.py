"""Whether a record of another program can be a capture here, and of which site.

All that is later taken for granted of a capture is checked here, before a byte of it is written.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from archive.ground.message import Message
from archive.ground.times import from_text
from archive.importing.values import CapturePlace, ImportRouting, LeftOut
from archive.warc.digests import holds
from archive.warc.foreign_groups import ForeignCapture
from archive.warc.foreign_reader import ForeignRecord
from archive.warc.http_response import media_type_of
from archive.warc.record_head import target_of
from archive.warc.records import WarcRecord
from archive.warc.segmented import NUMBER

_LATER = re.compile(r"0*(?:[2-9]|[1-9][0-9]+)")
_FIRST_PAGE = datetime(1990, 12, 20, tzinfo=UTC)
_WRONG_CLOCK = timedelta(days=2)
"""How far another program's clock may be ahead of ours."""
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:(?![0-9])")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


class Skip(Exception):
    """A record is left out; `reason` is why, by the code of a `LeftOut` if it is one."""

    def __init__(self, reason: LeftOut | Message, host: str | None = None) -> None:
        super().__init__(reason)
        self.reason = reason if isinstance(reason, Message) else Message(reason.value)
        self.host = host


def place_of(found: ForeignCapture, choose: ImportRouting, now: datetime) -> CapturePlace:
    """The place of a capture, at the instant `now`. Raises `Skip`."""
    record = found.capture.record
    url = address_of(record.fields)
    captured_at = _date_of(record.fields)
    status, headers = record.head.status, record.head.headers
    place = choose(url, captured_at, media_type_of(headers))
    if place != LeftOut.OTHER_HOST and not _FIRST_PAGE <= captured_at <= now + _WRONG_CLOCK:
        raise Skip(LeftOut.IMPOSSIBLE_DATE)
    if not isinstance(place, CapturePlace):
        raise Skip(place, urlsplit(url).netloc)
    if _LATER.fullmatch(record.fields.get(NUMBER, "")):
        raise Skip(LeftOut.LATER_PART)
    asked = next((r.record.block for r in found.beside if r.record.type == "request"), b"GET ")
    if not asked.startswith(b"GET "):
        raise Skip(LeftOut.NOT_GET)
    if not status and not (record.type == "revisit" and not record.block):
        is_http = record.block[:5].upper() == b"HTTP/"
        raise Skip(LeftOut.NO_STATUS if is_http else LeftOut.NO_HTTP)
    if _has_wrong_payload(record):
        raise Skip(LeftOut.WRONG_PAYLOAD)
    return place


def _has_wrong_payload(record: WarcRecord) -> bool:
    """Whether the only digest of a record says that it is not what was written.

    Some programs state that of the body with its chunks, or without its content coding: of a coded
    one nothing is said.
    """
    fields, head = record.fields, record.head
    coded = any(name.lower() == "content-encoding" for name, _ in head.headers)
    stated = fields.get("WARC-Payload-Digest", "")
    if (
        record.type == "revisit"
        or coded
        or holds(fields.get("WARC-Block-Digest", ""), b"") is False
    ):
        return False
    forms = (record.payload, memoryview(record.block)[head.start :], record.block)
    return all(holds(stated, form) is False for form in forms)


def reason_of(alone: ForeignRecord, choose: ImportRouting) -> Skip:
    """Why a record that is no capture and belongs to none is left out."""
    record = alone.record
    if record.type == "metadata" and _is_ours(alone):
        return Skip(LeftOut.OWN_NOTE)
    try:
        url = address_of(record.fields)
        place = choose(url, _date_of(record.fields), None)
    except Skip as reason:
        return reason
    if isinstance(place, CapturePlace):
        if not record.type:
            return Skip(Message("archive.no-type-and-no-capture"))
        return Skip(Message("archive.belongs-to-no-capture", type=record.type))
    return Skip(place, urlsplit(url).netloc)


def address_of(fields: Mapping[str, str]) -> str:
    """The web address that a record is about. Raises `Skip`."""
    if not fields.get("WARC-Target-URI"):
        raise Skip(LeftOut.NO_ADDRESS)
    url = target_of(fields)
    if not _SCHEME.match(url):
        raise Skip(LeftOut.NO_SCHEME)
    if not url.startswith(("http://", "https://")):
        raise Skip(LeftOut.NO_WEB_PAGE)
    try:
        parts = urlsplit(url)
        sound = bool(parts.hostname) and parts.port != 0 and not _CONTROL.search(url)
    except ValueError:
        sound = False
    if not sound:
        raise Skip(LeftOut.BAD_ADDRESS)
    return url


def _date_of(fields: Mapping[str, str]) -> datetime:
    try:
        return from_text(fields.get("WARC-Date", ""))
    except ValueError:
        raise Skip(LeftOut.NO_DATE) from None


def _is_ours(alone: ForeignRecord) -> bool:
    if alone.head.fields.get("WARC-Target-URI", "").startswith("urn:hdnd:"):
        return True
    try:
        return "hdnd-run" in alone.record.values()
    except UnicodeDecodeError:
        return False
