"""The head of a WARC record: the version line and the named fields (ISO 28500:2017 § 4).

Reads what other programs write as well: versions from 0.17 on, bare line feeds, folded lines, names
in any case, Latin-1 where UTF-8 should be, a target URI in angle brackets.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from archive.ground.errors import ArchiveDamaged
from archive.ground.urls import with_plain_origin

MAX_HEAD = 64 << 10
"""Bytes after which a head that has not ended is none."""

VERSION = re.compile(rb"WARC/(?:0\.1[78]|1\.[01])[ \t]*\r?\n")
"""How every record begins."""

_OTHER_VERSION = re.compile(rb"WARC/([0-9][!-~]{0,15})[ \t]*\r?\n")
_MOST_DIGITS = 19
_ADDRESSES = frozenset(("warc-target-uri", "warc-refers-to-target-uri"))
_END = re.compile(rb"\n\r?\n")
_NAMES = {
    form: name
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
        "WARC-Segment-Origin-ID",
        "WARC-Segment-Total-Length",
        "WARC-Target-URI",
        "WARC-Truncated",
        "WARC-Type",
        "WARC-Warcinfo-ID",
    )
    for form in (name, name.lower())
}


class Head(NamedTuple):
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
    if not version and (other := _OTHER_VERSION.match(data)):
        named = other[1].decode("latin-1")
        raise ArchiveDamaged("archive.warc-version-unknown", version=named)
    if not version:
        raise ArchiveDamaged("archive.no-warc-version-line")
    end = _END.search(data, version.end() - 1, MAX_HEAD)
    if not end:
        raise ArchiveDamaged("archive.warc-head-without-end")
    pairs = tuple(
        (_NAMES.get(name) or _named(name), value)
        for name, value in split_lines(_decode(data[version.end() : end.start()]))
    )
    length = next((value for name, value in pairs if name == "Content-Length"), "")
    if not (length.isascii() and length.isdigit() and len(length) < _MOST_DIGITS):
        raise ArchiveDamaged("archive.warc-without-length")
    return Head(pairs, end.end(), end.end() + int(length))


def split_lines(head: str) -> list[tuple[str, str]]:
    """The names and values of header lines, with folded ones made whole.

    A fold stands for a blank (RFC 9112 § 5.2), in an address, which has none, for nothing.
    """
    pairs: list[tuple[str, list[str]]] = []
    for line in head.split("\n"):
        if line[:1] in (" ", "\t") and pairs:
            pairs[-1][1].append(line.strip())
        elif ":" in line:
            name, _, value = line.partition(":")
            pairs.append((name.strip(), [value.strip()]))
    return [(name, _unfolded(name, parts)) for name, parts in pairs]


def _unfolded(name: str, parts: list[str]) -> str:
    if len(parts) == 1:
        return parts[0]
    return ("" if name.lower() in _ADDRESSES else " ").join(parts).strip()


def target_of(fields: Mapping[str, str]) -> str:
    """The address that a record is about; a KeyError if it names none."""
    return plain_address(fields["WARC-Target-URI"])


def plain_address(written: str) -> str:
    """An address without angle brackets and blanks, its scheme, host and port in one form."""
    if written.startswith("<") and written.endswith(">"):
        written = written[1:-1]
    return with_plain_origin(written.replace(" ", "%20"))


def _named(name: str) -> str:
    return _NAMES.get(name.lower(), name)


def _decode(lines: bytes) -> str:
    """UTF-8, and Latin-1 for each line that is none."""
    try:
        return lines.decode("utf-8")
    except UnicodeDecodeError:
        if b"\n" in lines:
            return "\n".join(map(_decode, lines.split(b"\n")))
        return lines.decode("latin-1")
