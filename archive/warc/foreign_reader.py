"""WARC files of other programs: plain, a gzip member a record, or all in one gzip member.

Records come byte for byte, one at a time, in bounded memory. Where the bytes are no record, that is
said with its place, and reading goes on at the next record that can be found.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from archive.ground.errors import ArchiveDamaged
from archive.warc import records
from archive.warc.digests import holds
from archive.warc.record_head import MAX_HEAD, Head, parse_head
from archive.warc.segments import next_start

MAX_BLOCK = 64 << 20
"""Bytes of the largest block that is taken in."""

_MAX_RATIO = 200
_RATIO_COUNTS_FROM = 256 << 20
_CHUNK = 1 << 18
_RECORD = re.compile(rb"\r?\n(?=WARC/(?:0\.1[78]|1\.[01])\r?\n)")


@dataclass(frozen=True, slots=True)
class ForeignRecord:
    """A record as it stands in its file: head and block, without what separates records.

    `place` is the offset in bytes of the record, or of the gzip member that holds it, followed by
    `+` and the offset within what the member inflates to if it is not the first there.
    """

    place: str
    head: Head
    raw: bytes

    @property
    def record(self) -> records.WarcRecord:
        """The record's fields and block."""
        fields = self.head.fields
        return records.WarcRecord(fields.get("WARC-Type", ""), fields, self.raw[self.head.start :])


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A place where bytes are no record, and why."""

    place: str
    what: str


class _Broken(Exception):
    """The bytes from here on are no record."""


def read_records(file: BinaryIO, size: int) -> Iterator[ForeignRecord | Unreadable]:
    """The records of a seekable file of `size` bytes."""
    start = file.read(2)
    file.seek(0)
    if start == b"\x1f\x8b":
        yield from _members(file, size)
    elif not size:
        yield Unreadable("0", "the file is empty")
    else:
        yield from _stretch(_Feed(iter(lambda: file.read(_CHUNK), b"")), None)


def _members(file: BinaryIO, size: int) -> Iterator[ForeignRecord | Unreadable]:
    offset = 0
    while offset < size:
        member = _Member(file, offset)
        try:
            yield from _stretch(_Feed(member.chunks()), offset)
            member.drain()
            offset += member.length
        except _Broken as error:
            yield Unreadable(str(offset), str(error))
            offset = next_start(file, offset + 1, size)


class _Member:
    """One gzip member, inflated piece by piece; `length` is known when it has ended."""

    def __init__(self, file: BinaryIO, offset: int) -> None:
        self._file = file
        self._offset = offset
        self._chunks = self._inflate()
        self.length = 0

    def chunks(self) -> Iterator[bytes]:
        """What it inflates to."""
        return self._chunks

    def drain(self) -> None:
        """Come to the end, where its checksum is."""
        for _ in self._chunks:
            pass

    def _inflate(self) -> Iterator[bytes]:
        inflater = zlib.decompressobj(zlib.MAX_WBITS | 16)
        self._file.seek(self._offset)
        inflated = 0
        while not inflater.eof:
            data = self._file.read(_CHUNK)
            if not data:
                raise _Broken("the gzip member breaks off")
            self.length += len(data)
            while data and not inflater.eof:
                try:
                    chunk = inflater.decompress(data, _CHUNK)
                except zlib.error as error:
                    raise _Broken(f"the gzip member is damaged ({error})") from None
                inflated += len(chunk)
                if inflated > max(_RATIO_COUNTS_FROM, _MAX_RATIO * self.length):
                    raise _Broken("it inflates without measure")
                data = inflater.unconsumed_tail
                yield chunk
        self.length -= len(inflater.unused_data)


class _Feed:
    """A run of bytes with a place in it, holding no more of them than are asked for."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks
        self.held = bytearray()
        self.position = 0

    def fill(self, count: int) -> bool:
        """Hold at least `count` bytes, if there are so many."""
        while len(self.held) < count:
            chunk = next(self._chunks, None)
            if chunk is None:
                return False
            self.held += chunk
        return True

    def skip(self, count: int) -> int:
        """Go on by up to `count` bytes; how many there were."""
        gone = 0
        while gone < count and self.fill(1):
            step = min(count - gone, len(self.held))
            del self.held[:step]
            gone += step
        self.position += gone
        return gone

    def take(self, count: int) -> bytes:
        """The next bytes, which must be held."""
        data = bytes(memoryview(self.held)[:count])
        self.skip(count)
        return data


def _stretch(feed: _Feed, member: int | None) -> Iterator[ForeignRecord | Unreadable]:
    """The records of a plain file, or of what the gzip member at an offset inflates to."""
    while True:
        while feed.fill(1) and feed.held[0] in b"\r\n":
            feed.skip(1)
        if not feed.fill(1):
            return
        place = _place(member, feed.position)
        feed.fill(MAX_HEAD)
        try:
            head = parse_head(bytes(memoryview(feed.held)[:MAX_HEAD]))
        except ArchiveDamaged as error:
            yield Unreadable(place, error.message)
            _find_record(feed)
            continue
        if head.end - head.start > MAX_BLOCK:
            if feed.skip(head.end) < head.end:
                yield Unreadable(place, "the file breaks off within this record")
                return
            yield Unreadable(place, f"the record is larger than {MAX_BLOCK >> 20} MiB")
            continue
        if not feed.fill(head.end):
            yield Unreadable(place, "the file breaks off within this record")
            feed.skip(1)
            _find_record(feed)
            continue
        raw = feed.take(head.end)
        if holds(head.fields.get("WARC-Block-Digest", ""), raw[head.start :]) is False:
            yield Unreadable(place, "the record's block digest is wrong")
            continue
        yield ForeignRecord(place, head, raw)


def _find_record(feed: _Feed) -> None:
    """Go on to the next line that begins a record, or to the end."""
    longest = len(b"\r\nWARC/1.1\r\n")
    while True:
        more = feed.fill(_CHUNK)
        found = _RECORD.search(feed.held)
        if found:
            feed.skip(found.end())
            return
        if not more:
            feed.skip(len(feed.held))
            return
        feed.skip(len(feed.held) - longest)


def _place(member: int | None, position: int) -> str:
    if member is None:
        return str(position)
    return f"{member}+{position}" if position else str(member)
