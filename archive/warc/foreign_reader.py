"""WARC and ARC files of other programs: plain, a compressed member a record, or all in one member.

Records come byte for byte, one at a time, in bounded memory. Where the bytes are no record, that is
said with its place, and reading goes on at the next record that can be found.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import BinaryIO

from archive.ground.causes import cause_of
from archive.ground.errors import ArchiveDamaged
from archive.ground.message import Message
from archive.warc import arc, records
from archive.warc.byte_feed import ByteFeed
from archive.warc.foreign_members import (
    CHUNK,
    Broken,
    Coding,
    ForeignMember,
    coding_of,
    coding_within,
)
from archive.warc.record_head import MAX_HEAD, Head, parse_head
from archive.warc.zstd_frames import is_zstd

MAX_BLOCK = 128 << 20
"""Bytes of the largest block that is taken in."""

_GZIP = b"\x1f\x8b"
_PLAIN = (b"WARC", arc.FIRST[:4])
_RECORD = re.compile(rb"\r?\n(?=WARC/[0-9]\.[0-9]{1,3}[ \t]*\r?\n)", re.IGNORECASE)
_NO_RECORD = frozenset(
    (
        "archive.no-warc-version-line",
        "archive.warc-head-without-end",
        "archive.warc-without-length",
        "archive.no-arc-record",
        "archive.no-record-nor-next",
    )
)
"""How is said that something is no record at all."""


@dataclass(frozen=True)
class ForeignRecord:
    """A record as it stands in its file: head and block, without what separates records.

    `place` is the offset in bytes of the record, or of the member that holds it, followed by `+`
    and the offset within what the member inflates to if it is not the first there. `made` says what
    a record is that does not stand in its file as it is here: made of an ARC record, or of the
    parts of one that was split.
    """

    place: str
    head: Head
    raw: bytes
    made: dict[str, str] = field(default_factory=dict)

    @cached_property
    def record(self) -> records.WarcRecord:
        """The record's fields and block."""
        fields = self.head.fields
        kind = fields.get("WARC-Type", "").lower()
        return records.WarcRecord(kind, fields, self.raw[self.head.start :])


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A place where bytes are no record, and why."""

    place: str
    what: Message

    @property
    def is_no_record(self) -> bool:
        """Whether there is no record at all, be it damaged."""
        return self.what.code in _NO_RECORD


Found = Iterator[ForeignRecord | Unreadable]


def read_records(file: BinaryIO, size: int) -> Found:
    """The records of a seekable file of `size` bytes, also of one whose beginning is damaged."""
    file.seek(0)
    start = file.read(4)
    if not size:
        yield Unreadable("0", Message("archive.file-is-empty"))
    elif start[:2] == _GZIP or is_zstd(start):
        yield from read_members(file, size)
    elif start not in _PLAIN and (coding := coding_within(file, size)):
        yield from _members(file, size, coding)
    else:
        file.seek(0)
        feed = ByteFeed(iter(lambda: file.read(CHUNK), b""))
        yield from _stretch(feed, None, is_arc=arc.begins(feed.peek(MAX_HEAD)))


def begins_as_records(start: bytes) -> bool:
    """Whether a file of these first four bytes is one of records, compressed or not."""
    return start[:2] == _GZIP or is_zstd(start) or start in _PLAIN


def read_members(file: BinaryIO, size: int) -> Found:
    """The records in the compressed members of a file, whatever else is between them."""
    file.seek(0)
    try:
        coding = coding_of(file, zstd=is_zstd(file.read(4)))
    except ValueError as error:
        yield Unreadable("0", Message("archive.file-cannot-be-read", reason=cause_of(error)))
        return
    yield from _members(file, size, coding)


def _members(file: BinaryIO, size: int, coding: Coding) -> Found:
    offset, is_arc = 0, False
    while offset < size:
        member = ForeignMember(file, offset, coding)
        try:
            feed = ByteFeed(member.chunks())
            is_arc = is_arc or (not offset and arc.begins(feed.peek(MAX_HEAD)))
            yield from _stretch(feed, offset, is_arc=is_arc)
            member.drain()
            offset += member.length
        except Broken as error:
            yield Unreadable(str(offset), error.said)
            offset = coding.next_start(file, offset + 1, size)


def _stretch(feed: ByteFeed, member: int | None, *, is_arc: bool) -> Found:
    """The records of a plain file, or of what the member at an offset inflates to.

    Places one after the other where there is no record are told of as one.
    """
    gap = _Gap()
    try:
        while feed.skip_line_ends():
            place = _place(member, feed.position)
            for found in _arc_record(feed, place) if is_arc else _record(feed, place):
                if isinstance(found, Unreadable) and found.is_no_record:
                    gap.add(found)
                else:
                    yield from gap.end()
                    yield found
    except Broken:
        yield from gap.end()
        raise
    yield from gap.end()


@dataclass(slots=True)
class _Gap:
    """Places one after the other where there is no record."""

    first: Unreadable | None = None
    further: int = 0
    last: str = ""

    def add(self, place: Unreadable) -> None:
        if self.first is None:
            self.first = place
        else:
            self.further, self.last = self.further + 1, place.place

    def end(self) -> Iterator[Unreadable]:
        if self.first is not None:
            what = self.first.what
            if self.further:
                what = Message(
                    "archive.no-record-nor-next", what=what, count=self.further, last=self.last
                )
            yield Unreadable(self.first.place, what)
        self.first, self.further = None, 0


def _record(feed: ByteFeed, place: str) -> Found:
    try:
        head = parse_head(feed.peek(MAX_HEAD))
    except ArchiveDamaged as error:
        yield Unreadable(place, error.said)
        _go_on(feed, _RECORD)
        return
    raw = yield from _whole(feed, place, head.start, head.end, _RECORD)
    if raw is None:
        return
    found = ForeignRecord(place, head, raw)
    if found.record.is_as_stated:
        yield found
    else:
        yield Unreadable(place, Message("archive.record-block-digest-wrong"))


def _arc_record(feed: ByteFeed, place: str) -> Found:
    try:
        line = arc.parse_line(feed.peek(MAX_HEAD))
    except ArchiveDamaged as error:
        yield Unreadable(place, error.said)
        _go_on(feed, arc.RECORD)
        return
    raw = yield from _whole(feed, place, line.start, line.end, arc.RECORD)
    if raw is None or line.is_filedesc:
        return
    head, whole = arc.as_warc(line, raw[line.start :])
    yield ForeignRecord(place, head, whole, {"made-of": "ARC record", "arc-line": line.text})


def _whole(
    feed: ByteFeed, place: str, start: int, end: int, following: re.Pattern[bytes]
) -> Generator[Unreadable, None, bytes | None]:
    """Returns the bytes of a record, None for one that breaks off or is too large."""
    if end - start > MAX_BLOCK:
        if feed.skip(end) < end:
            yield Unreadable(place, Message("archive.file-breaks-off"))
        else:
            yield Unreadable(place, Message("archive.record-too-large", limit=MAX_BLOCK >> 20))
        return None
    if not feed.fill(end):
        yield Unreadable(place, Message("archive.file-breaks-off"))
        feed.skip(1)
        _go_on(feed, following)
        return None
    return feed.take(end)


def _go_on(feed: ByteFeed, record: re.Pattern[bytes]) -> None:
    """Go on to the next line that begins a record, or to the end."""
    longest = 1 << 12
    while True:
        more = feed.fill(CHUNK)
        found = record.search(feed.held)
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
