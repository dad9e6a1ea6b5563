"""The head of a WARC record: the version line and the named fields (ISO 28500:2017 § 4).

Reads what other programs write as well: versions from 0.17 on, bare line feeds, folded lines, names
in any case, Latin-1 where UTF-8 should be, a target URI in angle brackets.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from archive.errors import ArchiveDamaged

MAX_HEAD = 64 << 10
"""Bytes after which a head that has not ended is none."""

VERSION = re.compile(rb"WARC/(?:0\.1[78]|1\.[01])\r?\n")
"""How every record begins."""

_END = re.compile(rb"\r?\n\r?\n")
_NAMES = {
    name.lower(): name
    for name in (
        "Content-Length",
        "Content-Type",
        "WARC-Block-Digest",
        "WARC-Concurrent-To",
        "WARC-Date",
        "WARC-Filename",
        "WARC-Payload-Digest",
        "WARC-Profile",
        "WARC-Record-ID",
        "WARC-Refers-To",
        "WARC-Refers-To-Date",
        "WARC-Refers-To-Target-URI",
        "WARC-Segment-Number",
        "WARC-Target-URI",
        "WARC-Truncated",
        "WARC-Type",
        "WARC-Warcinfo-ID",
    )
}


@dataclass(frozen=True, slots=True)
class Head:
    """Named fields in their order, and where the block begins and ends within the record."""

    pairs: tuple[tuple[str, str], ...]
    start: int
    end: int

    @property
    def fields(self) -> dict[str, str]:
        """The fields by name; of a repeated one the last."""
        return dict(self.pairs)

    def all(self, name: str) -> list[str]:
        """Every value of a field that may be repeated."""
        return [value for key, value in self.pairs if key == name]


def parse_head(data: bytes) -> Head:
    """The head that `data` begins with; the block need not be there. Raises `ArchiveDamaged`."""
    version = VERSION.match(data)
    if not version:
        raise ArchiveDamaged("not a WARC record: it does not begin with a WARC version line")
    end = _END.search(data, version.end() - 2, MAX_HEAD)
    if not end:
        raise ArchiveDamaged("not a WARC record: its head has no end")
    pairs: list[tuple[str, str]] = []
    for line in data[version.end() : end.start()].split(b"\n"):
        text = _decode(line.rstrip(b"\r"))
        if text[:1] in (" ", "\t") and pairs:
            name, value = pairs[-1]
            pairs[-1] = (name, f"{value} {text.strip()}")
        else:
            name, _, value = text.partition(":")
            name = name.strip()
            pairs.append((_NAMES.get(name.lower(), name), value.strip()))
    length = next((value for name, value in pairs if name == "Content-Length"), "")
    if not (length.isascii() and length.isdigit()):
        raise ArchiveDamaged("not a WARC record: its Content-Length is missing or no number")
    return Head(tuple(pairs), end.end(), end.end() + int(length))


def target_of(fields: Mapping[str, str]) -> str:
    """The address that a record is about; a KeyError if it names none."""
    target = fields["WARC-Target-URI"]
    if target.startswith("<") and target.endswith(">"):
        target = target[1:-1]
    return target.replace(" ", "%20")


def _decode(line: bytes) -> str:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return line.decode("latin-1")
