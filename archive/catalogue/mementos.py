"""Captures that other web archives made: which capture an exchange with one of them brought.

The exchange is kept as it was. What our own `metadata` record says of it is enough to read the
capture out of it again: the archive, the address and time asked for, and how the answer holds it.
A *memento* is such a capture (RFC 7089).
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from archive.ground.errors import ArchiveDamaged
from archive.ground.times import from_text, to_text
from archive.model import Memento, MementoForm, Role
from archive.warc import records
from archive.warc.http_response import Headers
from archive.warc.record_head import target_of

SOURCE = "memento-source"
"""The field whose presence says that a group is about a memento."""

SAME_AS = "memento-same-as"
"""The field that names the record whose content a memento has, by the archive's index."""

MAX_CONTENT = 64 << 20
"""Bytes that a record or a coded body may grow to."""

_ORIGINAL = "x-archive-orig-"
_OF_THE_ARCHIVE = frozenset(("memento-datetime", "link", "content-location", "preference-applied"))
_CODED = ("gzip", "x-gzip")
_GZIP = b"\x1f\x8b\x08"
_GZIP_TYPES = re.compile(r"application/(x-)?gzip|application/x-(tar-gz|compressed)", re.IGNORECASE)
_LENGTH = re.compile(r"\d{1,15}")
_LAYERS = 3


@dataclass(frozen=True, slots=True)
class FoundMemento:
    """The capture that an exchange with a web archive brought, as it was on its day."""

    url: str
    captured_at: datetime
    status: int
    headers: Headers
    payload: bytes
    truncated: str | None


def facts_of(memento: Memento) -> dict[str, str | None]:
    """A memento as fields of our `metadata` record."""
    return {
        SOURCE: memento.source,
        "memento-url": memento.url,
        "memento-date": to_text(memento.captured_at),
        "memento-role": memento.role.value,
        "memento-form": memento.form.value,
        "memento-digest": memento.digest,
    }


def memento_in(facts: Mapping[str, str]) -> Memento | None:
    """The memento that the fields of a `metadata` record speak of, if they do."""
    if SOURCE not in facts:
        return None
    return Memento(
        source=facts[SOURCE],
        url=facts["memento-url"],
        captured_at=from_text(facts["memento-date"]),
        role=Role(facts["memento-role"]),
        form=MementoForm(facts["memento-form"]),
        digest=facts.get("memento-digest"),
    )


def find(memento: Memento, status: int, headers: Headers, payload: bytes) -> FoundMemento | None:
    """The capture in an archive's answer; None if the answer holds none.

    It need not be the one that was asked for: its own date tells.
    """
    if memento.form is MementoForm.RECORD:
        found = _in_record(status, payload)
        return found if found and found.url == memento.url else None
    return _in_playback(memento.url, status, headers, payload)


def is_asked_for(memento: Memento, found: FoundMemento) -> bool:
    """Whether the capture that came is the one asked for: archives name the second, no more."""
    return abs(found.captured_at - memento.captured_at) < timedelta(seconds=1)


def _in_playback(url: str, status: int, headers: Headers, payload: bytes) -> FoundMemento | None:
    """A raw replay: a real capture carries Memento-Datetime (RFC 7089 § 2.1.1)."""
    captured_at = _memento_datetime(headers)
    if captured_at is None:
        return None
    original = tuple(
        (name[len(_ORIGINAL) :], value)
        for name, value in headers
        if name.lower().startswith(_ORIGINAL)
    )
    if original:
        named = {name.lower() for name, _ in original}
        if "content-type" not in named:
            original += tuple(h for h in headers if h[0].lower() == "content-type")
        served = next((v for k, v in headers if k.lower() == "content-encoding"), "").lower()
        if served in _CODED and "content-encoding" not in named:
            payload = _decoded_once(payload)
        original = _without_undone(original, served)
    else:
        original = tuple(h for h in headers if h[0].lower() not in _OF_THE_ARCHIVE)
    coded, why_cut = _with_true_coding(original, payload)
    return FoundMemento(url, captured_at, status, coded, payload, why_cut)


def _decoded_once(payload: bytes) -> bytes:
    """Without the coding that the archive put on for the way; as it is if that has no end."""
    inflater = zlib.decompressobj(zlib.MAX_WBITS | 16)
    try:
        data = inflater.decompress(payload, MAX_CONTENT)
    except zlib.error:
        return payload
    return data if inflater.eof else payload


def _without_undone(original: Headers, served: str) -> Headers:
    """Without the content codings that the archive has undone: it does not say them itself."""
    return tuple(
        (name, value)
        for name, value in original
        if name.lower() != "content-encoding" or value.strip().lower() in served
    )


def _memento_datetime(headers: Headers) -> datetime | None:
    from email.utils import parsedate_to_datetime

    stated = next((value for name, value in headers if name.lower() == "memento-datetime"), None)
    try:
        return from_text(parsedate_to_datetime(stated).isoformat()) if stated else None
    except (TypeError, ValueError, OverflowError):
        return None


def _with_true_coding(headers: Headers, payload: bytes) -> tuple[Headers, str | None]:
    """The headers with the content coding that the payload has, and why the payload is not whole.

    Archives replay a coded body decoded, or a decoded one coded, whatever the headers say.
    """
    first = {name.lower(): value for name, value in reversed(headers)}
    codings = [c.strip().lower() for c in first.get("content-encoding", "").split(",")]
    told = [c for c in codings if c and c != "identity"]
    if payload[:3] == _GZIP and not _GZIP_TYPES.match(first.get("content-type", "")):
        layers, whole = _gzip_layers(payload)
        other = tuple(h for h in headers if h[0].lower() != "content-encoding")
        coded = (*other, ("Content-Encoding", ", ".join(["gzip"] * layers)))
        return coded, None if whole else "unspecified"
    if told and all(coding in _CODED for coding in told):
        headers = tuple(h for h in headers if h[0].lower() != "content-encoding")
        return headers, None
    length = first.get("content-length", "")
    short = _LENGTH.fullmatch(length) and len(payload) < int(length)
    return headers, "unspecified" if short and not told else None


def _gzip_layers(payload: bytes) -> tuple[int, bool]:
    """How often a body is compressed, and whether every stream has its end."""
    layers, whole = 0, True
    data = payload
    while data[:3] == _GZIP and layers < _LAYERS:
        inflater = zlib.decompressobj(zlib.MAX_WBITS | 16)
        try:
            data = inflater.decompress(data, MAX_CONTENT)
        except zlib.error:
            return max(layers, 1), False
        layers += 1
        whole = whole and inflater.eof
    return layers, whole


def _in_record(status: int, payload: bytes) -> FoundMemento | None:
    """One gzip member of a WARC file, as a ranged read brings it (RFC 9110 § 14.4)."""
    if status != 206:
        return None
    inflater = zlib.decompressobj(zlib.MAX_WBITS | 16)
    try:
        data = inflater.decompress(payload, MAX_CONTENT)
        record = records.parse_member(data) if inflater.eof else None
    except (zlib.error, ArchiveDamaged):
        return None
    if record is None or record.type != "response":
        return None
    try:
        url, at = target_of(record.fields), from_text(record.fields["WARC-Date"])
    except (KeyError, ValueError):
        return None
    original, headers, body = record.message
    coded, why_cut = _with_true_coding(headers, body)
    return FoundMemento(
        url, at, original, coded, body, record.fields.get("WARC-Truncated") or why_cut
    )
