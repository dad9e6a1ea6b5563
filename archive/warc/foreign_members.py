"""The compressed members of a file that another program wrote: gzip (RFC 1952) or Zstandard.

They inflate piece by piece, and no further than a record may be compressed.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import BinaryIO, Protocol

from archive.ground.causes import cause_of
from archive.ground.message import Message
from archive.warc import segments
from archive.warc.zstd_frames import Zstd

MAX_RATIO = 200
RATIO_COUNTS_FROM = 256 << 20
CHUNK = 1 << 18


class Broken(Exception):
    """The bytes from here on are no record; `said` is why."""

    def __init__(self, said: Message) -> None:
        super().__init__(said)
        self.said = said


class Inflater(Protocol):
    """One member under way. `pieces` raises ValueError where it is damaged."""

    @property
    def eof(self) -> bool:
        """Whether it has come to its end."""

    @property
    def unused(self) -> int:
        """How many of the bytes given lie behind the end."""

    def pieces(self, data: bytes, most: int) -> Iterator[bytes]:
        """What the next bytes of the file inflate to."""


class Coding(Protocol):
    """How a file's members are compressed."""

    def member(self) -> Inflater:
        """What inflates the next one."""

    def next_start(self, file: BinaryIO, position: int, end: int) -> int:
        """Where the next one with a record begins."""


class Gzip:
    """gzip members."""

    def member(self) -> GzipMember:
        """What inflates the next one."""
        return GzipMember()

    def next_start(self, file: BinaryIO, position: int, end: int) -> int:
        """Where the next one with a record begins."""
        return segments.next_start(file, position, end)


class GzipMember:
    """One gzip member under way."""

    def __init__(self) -> None:
        self._inflater = zlib.decompressobj(zlib.MAX_WBITS | 16)

    @property
    def eof(self) -> bool:
        """Whether it has come to its end, where its checksum is."""
        return self._inflater.eof

    @property
    def unused(self) -> int:
        """How many of the bytes given lie behind the end."""
        return len(self._inflater.unused_data)

    def pieces(self, data: bytes, most: int) -> Iterator[bytes]:
        """What the next bytes of the file inflate to.

        Raises `ValueError` for bytes that are no member.
        """
        while data and not self._inflater.eof:
            try:
                piece = self._inflater.decompress(data, most)
            except zlib.error as error:
                raise ValueError(str(error)) from None
            data = self._inflater.unconsumed_tail
            yield piece


def coding_of(file: BinaryIO, *, zstd: bool) -> Coding:
    """The coding of a file's members; ValueError for one that can't be read at all."""
    return Zstd(file) if zstd else Gzip()


def coding_within(file: BinaryIO, size: int) -> Coding | None:
    """The coding of the members in a file whose beginning tells nothing; None if it has none."""
    codings: tuple[Coding, ...] = (Gzip(), Zstd())
    return next((c for c in codings if c.next_start(file, 1, size) < size), None)


class ForeignMember:
    """One member at an offset; `length` is known when it has ended."""

    def __init__(self, file: BinaryIO, offset: int, coding: Coding) -> None:
        self._file = file
        self._offset = offset
        self._inflater = coding.member()
        self._chunks = self._inflate()
        self.length = 0

    def chunks(self) -> Iterator[bytes]:
        """What it inflates to. Raises `Broken`."""
        return self._chunks

    def drain(self) -> None:
        """Come to the end, where its checksum is."""
        for _ in self._chunks:
            pass

    def _inflate(self) -> Iterator[bytes]:
        self._file.seek(self._offset)
        inflated = 0
        while not self._inflater.eof:
            data = self._file.read(CHUNK)
            if not data:
                raise Broken(Message("archive.member-breaks-off"))
            self.length += len(data)
            try:
                for piece in self._inflater.pieces(data, CHUNK):
                    inflated += len(piece)
                    if inflated > max(RATIO_COUNTS_FROM, MAX_RATIO * self.length):
                        raise Broken(Message("archive.inflates-without-measure"))
                    yield piece
            except ValueError as error:
                raise Broken(Message("archive.member-damaged", reason=cause_of(error))) from None
        self.length -= self._inflater.unused
