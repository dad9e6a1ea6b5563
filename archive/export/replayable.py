"""Captures whose own records do not replay, in the form in which they do.

A package holds the records as they were written. Of two kinds that is not enough for replay
software: an exchange with a web archive would replay as that exchange, and a 304 as an empty page.
A file beside the others holds what each of them stands for: what the web archive's capture was on
its day, and the page that the 304 confirmed. Only made records are in that file.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from dataclasses import replace
from http import HTTPStatus
from importlib.metadata import version

from archive.catalogue.queries.export import (
    first_not_replaying,
    not_replaying,
    original_is_memento,
)
from archive.export.cdx import cdx_line
from archive.export.selection import Selected
from archive.ground.times import to_text
from archive.model import Capture, StoredResponse
from archive.warc.record_writer import REVISIT_PROFILE, response_member, warcinfo_member

MADE = "made-for-replay.warc.gz"
"""What the file is called."""

MADE_FROM = "HDND-Made-From"
"""The field that names the record which a made one was read out of."""

_OF_THE_WIRE = frozenset(("content-length", "transfer-encoding", "connection"))


def needs_making(chosen: Selected) -> bool:
    """Whether captures were chosen whose own records do not replay."""
    return first_not_replaying(chosen.reader.catalogue) is not None


def write_made(chosen: Selected, write: Callable[[bytes], object]) -> Iterator[bytes]:
    """Write them all; the CDX line of each, once it is written."""
    reader = chosen.reader
    about = {
        "software": f"hdnd-archive/{version('hdnd-archive')}",
        "format": "WARC File Format 1.1",
        "description": "captures in the form in which they replay, made from records of this"
        f" package: {MADE_FROM} names each",
    }
    first = first_not_replaying(reader.catalogue)
    assert first is not None, "there are some"
    member, warcinfo = warcinfo_member(MADE, first, about)
    write(member)
    offset = len(member)
    for found in not_replaying(reader.catalogue):
        capture = reader.capture(found.seq)
        stored = reader.stored(capture)
        member = _member(chosen, capture, stored, warcinfo)
        write(member)
        made = replace(
            found,
            status=stored.status,
            length=len(member),
            form=None,
            fetched_url=None,
            fetched_at=None,
        )
        line = cdx_line(made, filename=MADE, offset=offset)
        offset += len(member)
        if line:
            yield line


def _member(chosen: Selected, capture: Capture, stored: StoredResponse, warcinfo: str) -> bytes:
    fields = {
        "WARC-Record-ID": _made_id(capture.record_id),
        "WARC-Target-URI": capture.url,
        "WARC-Date": to_text(capture.captured_at),
        "WARC-Warcinfo-ID": warcinfo,
        "WARC-Payload-Digest": capture.payload_digest,
        MADE_FROM: capture.record_id,
    }
    if capture.truncated:
        fields["WARC-Truncated"] = capture.truncated
    head = _head(stored)
    if capture.refers_to is None:
        return response_member("response", fields, head + stored.body)
    seq, made = original_is_memento(chosen.reader.catalogue, capture.refers_to)
    original = chosen.reader.capture(seq)
    original_id = original.record_id
    fields |= {
        "WARC-Profile": REVISIT_PROFILE,
        "WARC-Refers-To": _made_id(original_id) if made else original_id,
        "WARC-Refers-To-Target-URI": original.url,
        "WARC-Refers-To-Date": to_text(original.captured_at),
    }
    return response_member("revisit", fields, head)


def _head(stored: StoredResponse) -> bytes:
    try:
        phrase = HTTPStatus(stored.status).phrase
    except ValueError:
        phrase = ""
    lines = [f"HTTP/1.1 {stored.status} {phrase}".rstrip()]
    lines += [f"{k}: {v}" for k, v in stored.headers if k.lower() not in _OF_THE_WIRE]
    lines.append(f"Content-Length: {len(stored.body)}")
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")


def _made_id(record_id: str) -> str:
    return f"<urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, record_id)}>"
