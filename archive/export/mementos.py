"""Captures of web archives in the form in which they replay: under their own address and time.

The archive keeps the exchanges that brought them, and so does a package; beside these it gets, in a
file of its own, what each of them was on its day. Only made records are in that file.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from http import HTTPStatus
from importlib.metadata import version

from archive import warc
from archive.export.cdx import cdx_line
from archive.export.selection import Selected
from archive.records import Capture, StoredResponse
from archive.times import from_text, to_text

MEMENTOS = "from-web-archives.warc.gz"
"""What the file is called."""

MADE_FROM = "HDND-Made-From"
"""The field that names the record which a made one was read out of."""

_OF_THE_WIRE = frozenset(("content-length", "transfer-encoding", "connection"))


def has_mementos(chosen: Selected) -> bool:
    """Whether captures of web archives were chosen."""
    row = chosen.reader.connection.execute(
        "SELECT 1 FROM wanted JOIN memento USING (seq) LIMIT 1"
    ).fetchone()
    return row is not None


def write_mementos(chosen: Selected, write: Callable[[bytes], object]) -> Iterator[bytes]:
    """Write them all; the CDX line of each, once it is written."""
    reader = chosen.reader
    about = {
        "software": f"hdnd-archive/{version('hdnd-archive')}",
        "format": "WARC File Format 1.1",
        "description": "captures of web archives, made from the exchanges that brought them;"
        f" {MADE_FROM} names the record",
    }
    first = reader.connection.execute(
        "SELECT min(fetched_at) AS at FROM wanted JOIN memento USING (seq)"
    ).fetchone()
    member, warcinfo = warc.warcinfo_member(MEMENTOS, from_text(first["at"]), about)
    write(member)
    offset = len(member)
    rows = reader.connection.execute(
        "SELECT c.*, NULL AS form, NULL AS fetched_url, NULL AS fetched_at"
        " FROM wanted w JOIN memento m ON m.seq = w.seq JOIN capture c ON c.seq = w.seq"
        " ORDER BY c.seq"
    )
    for row in rows:
        capture = reader.capture(row["seq"])
        member = _member(chosen, capture, warcinfo)
        write(member)
        line = cdx_line({**dict(row), "length": len(member)}, filename=MEMENTOS, offset=offset)
        offset += len(member)
        if line:
            yield line


def _member(chosen: Selected, capture: Capture, warcinfo: str) -> bytes:
    stored = chosen.reader.stored(capture)
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
        return warc.made_member("response", fields, head + stored.body)
    row = chosen.reader.connection.execute(
        "SELECT seq FROM capture WHERE record_id = ?", (capture.refers_to,)
    ).fetchone()
    original = chosen.reader.capture(row["seq"])
    fields |= {
        "WARC-Profile": warc.REVISIT_PROFILE,
        "WARC-Refers-To": _made_id(original.record_id),
        "WARC-Refers-To-Target-URI": original.url,
        "WARC-Refers-To-Date": to_text(original.captured_at),
    }
    return warc.made_member("revisit", fields, head)


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
