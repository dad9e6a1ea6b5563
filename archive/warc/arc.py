"""ARC files (version 1 and 2, Internet Archive 1996, 2001), from which WARC records are made.

A record is a line of fields, then as many bytes as its last field says. A response is made of it,
or a resource if it has no HTTP head; its id follows from its content, so that it is the same record
however often it is made.
"""

from __future__ import annotations

import re
import uuid
from typing import NamedTuple

from archive.ground.errors import ArchiveDamaged
from archive.warc.digests import digest
from archive.warc.record_head import Head, parse_head

FIRST = b"filedesc:"
"""How every ARC file begins."""

_LINE = re.compile(
    rb"(?P<url>[a-zA-Z][\w+.-]*:\S.{0,8192}?) (?P<ip>[0-9A-Fa-f.:]{3,45}|-) (?P<date>\d{8,14})"
    rb" (?P<type>[^\r\n]{0,256}?)(?: (?P<rest>\S+ \S+ \S+ \d+ \S+))? (?P<length>\d{1,18})\r?\n"
)
RECORD = re.compile(
    rb"\n(?=(?:https?|dns|ftp|filedesc):[^\r\n]{1,3000} \d{8,14} [^\r\n]{0,256} \d+\r?\n)"
)
"""Where a record may begin again after damage."""

_NAMESPACE = uuid.UUID("6ba7b811-9dad-11d1-80b4-00c04fd430c8")


class ArcLine(NamedTuple):
    """The line before a record: its fields, and where the content begins and ends."""

    text: str
    url: str
    ip_address: str
    date: str
    media_type: str
    start: int
    end: int

    @property
    def is_filedesc(self) -> bool:
        """Whether this is the record that describes the file."""
        return self.url.startswith("filedesc:")


def begins(start: bytes) -> bool:
    """Whether a file that begins so is an ARC file, be it without the record that describes it."""
    return start.startswith(FIRST) or _LINE.match(start) is not None


def parse_line(data: bytes) -> ArcLine:
    """The line that `data` begins with. Raises `ArchiveDamaged`."""
    found = _LINE.match(data)
    if not found:
        raise ArchiveDamaged("archive.no-arc-record")
    text = {name: _decoded(value or b"") for name, value in found.groupdict().items()}
    return ArcLine(
        _decoded(found[0]).strip(),
        text["url"],
        text["ip"],
        text["date"],
        text["type"],
        found.end(),
        found.end() + int(found["length"]),
    )


def as_warc(line: ArcLine, content: bytes) -> tuple[Head, bytes]:
    """A WARC record of the content, and its head."""
    is_http = content[:5].upper() == b"HTTP/"
    block_digest = digest(content)
    fields = {
        "WARC-Type": "response" if is_http else "resource",
        "WARC-Record-ID": f"<{uuid.uuid5(_NAMESPACE, f'{line.text} {block_digest}').urn}>",
        "WARC-Target-URI": line.url,
        "WARC-Date": _iso(line.date),
        "WARC-Block-Digest": block_digest,
        "Content-Type": "application/http; msgtype=response" if is_http else line.media_type,
        "Content-Length": str(len(content)),
    }
    if line.ip_address not in ("-", "0.0.0.0"):
        fields["WARC-IP-Address"] = line.ip_address
    lines = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
    raw = f"WARC/1.1\r\n{lines}\r\n".encode() + content
    return parse_head(raw), raw


def _iso(date: str) -> str:
    """A date of up to fourteen digits as WARC writes it; of an odd number, as it stands."""
    if len(date) not in (8, 10, 12, 14):
        return date
    day = f"{date[:4]}-{date[4:6]}-{date[6:8]}"
    time = ":".join(date[at : at + 2] for at in range(8, len(date), 2))
    return f"{day}T{time}Z" if time else day


def _decoded(value: bytes) -> str:
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value.decode("latin-1")
