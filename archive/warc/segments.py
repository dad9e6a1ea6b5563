"""Append-only files of gzip members: written, walked, and read on past what is damaged."""

from __future__ import annotations

import hashlib
import os
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, NamedTuple

from archive.ground.causes import cause_of
from archive.ground.durable import sync_folder
from archive.ground.errors import ArchiveDamaged
from archive.ground.message import Message
from archive.warc import segment_files
from archive.warc.receipts import receipt_for
from archive.warc.segment_files import close_segment, open_segment, storage_failed

RESTORE = Message("archive.restore-others-stay-usable")
MAX_MEMBER = 256 << 20
"""Uncompressed bytes after which a member is taken for damaged; no record is near that size."""

GZIP_HEADER = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03"
"""How each of our members begins: no name, no time."""

_LEVEL = 6
_PIECE = 1 << 20
_CHUNK = 1 << 16
_MOST = 1 << 13
"""Bytes that hold most members whole."""
_MAGIC = b"\x1f\x8b\x08"


class Member(NamedTuple):
    """One whole gzip member: where it lies in its file and what it holds, uncompressed.

    `header` is how it begins, as many bytes as `GZIP_HEADER` has.
    """

    offset: int
    length: int
    data: bytes
    header: bytes


@dataclass(frozen=True, slots=True)
class Gap:
    """Bytes that are no gzip member with a WARC record in it."""

    offset: int
    length: int


class SegmentWriter:
    """A segment that grows. What `append` returned for is on the disk, flushed and synced."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.size = 0
        self.records = 0
        self._sha256 = hashlib.sha256()
        try:
            self._file = path.open("xb", buffering=0)
            sync_folder(path.parent)
        except OSError as error:
            raise storage_failed(path, error) from error

    def append(self, members: list[bytes]) -> list[int]:
        """Write members as one and return their offsets; after a failure none of them is there."""
        offsets = []
        position = self.size
        for member in members:
            offsets.append(position)
            position += len(member)
        try:
            for member in members:
                self._write_all(member)
            os.fsync(self._file.fileno())
        except OSError as error:
            os.ftruncate(self._file.fileno(), self.size)
            self._file.seek(self.size)
            raise storage_failed(self.path, error) from error
        self.size = position
        self.records += len(members)
        for member in members:
            self._sha256.update(member)
        return offsets

    @property
    def sha256(self) -> str:
        """The digest of all that was appended."""
        return self._sha256.hexdigest()

    def _write_all(self, data: bytes) -> None:
        rest = memoryview(data)
        while rest:
            rest = rest[self._file.write(rest) :]

    def close(self) -> Path:
        """Close for good: the name loses `.open`. Returns the final path."""
        self._file.close()
        return close_segment(self.path)


class MemberWriter:
    """One gzip member (RFC 1952) under way, whose header is the same on every machine."""

    def __init__(self) -> None:
        self._compressor = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
        # What is written here is handed out without a copy: a body may have 64 MiB.
        self._packed = BytesIO()
        self._packed.write(GZIP_HEADER)
        self._crc = self._size = 0

    def write(self, data: bytes) -> None:
        """Go on with these bytes."""
        for start in range(0, len(data), _PIECE):
            self._packed.write(self._compressor.compress(memoryview(data)[start : start + _PIECE]))
        self._crc, self._size = zlib.crc32(data, self._crc), self._size + len(data)

    def flush(self) -> None:
        """Nothing: what was written is on no disk before the whole member is."""

    def end(self) -> bytes:
        """The whole member."""
        self._packed.write(self._compressor.flush())
        self._packed.write(struct.pack("<II", self._crc, self._size & 0xFFFFFFFF))
        return self._packed.getvalue()


def compress(*data: bytes) -> bytes:
    """Some bytes as one gzip member."""
    writer = MemberWriter()
    for part in data:
        writer.write(part)
    return writer.end()


def decompress(member: bytes) -> bytes:
    """What a member of ours holds."""
    return zlib.decompress(member, zlib.MAX_WBITS | 16)


def walk(path: Path, start: int = 0) -> Iterator[Member]:
    """The whole members of a segment from an offset on; ends silently before a torn one.

    Compare the end of the last member with the file's size to learn whether all was whole.
    """
    with open_segment(path) as file:
        # No name for a member: it may be large, and whoever takes it lets go of it.
        yield from iter(_Members(file, start).next, None)


def walk_past_damage(
    path: Path, end: int, *, sha256: hashlib._Hash | None = None
) -> Iterator[Member | Gap]:
    """Every whole member up to `end`, and a gap for every stretch of bytes that is none.

    After damage it goes on at the next place where a member with a WARC record begins. Where there
    is none and `end` is that of the file, `sha256` is given all of its bytes.
    """
    with open_segment(path) as file:
        members = _Members(file, 0, sha256)
        offset = 0
        while offset < end:
            piece: Member | Gap | None = members.next()
            if piece is None or offset + piece.length > end:
                following = next_start(file, offset + 1, end)
                piece = Gap(offset, following - offset)
                members = _Members(file, following)
            yield piece
            offset += piece.length


def next_start(file: BinaryIO, position: int, end: int) -> int:
    """Where the next member with a WARC record begins; `end` if none does."""
    file.seek(position)
    window, base = file.read(_CHUNK), position
    while window:
        at = window.find(_MAGIC)
        if at < 0:
            keep = len(_MAGIC) - 1
            base += max(len(window) - keep, 0)
            chunk = file.read(_CHUNK)
            window = window[-keep:] + chunk if chunk else b""
        elif base + at >= end:
            break
        elif len(window) - at < _CHUNK and (chunk := file.read(_CHUNK)):
            window, base = window[at:] + chunk, base + at
        elif _holds_record(window[at : at + _CHUNK]):
            return base + at
        else:
            window, base = window[at + 1 :], base + at + 1
    return end


def _holds_record(data: bytes) -> bool:
    try:
        return zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(data, 5) == b"WARC/"
    except zlib.error:
        return False


class _Members:
    """Inflates one gzip member after the other, from large pieces of a file."""

    def __init__(self, file: BinaryIO, offset: int, sha256: hashlib._Hash | None = None) -> None:
        file.seek(offset)
        self._file = file
        self._sha256 = sha256
        self._offset = offset
        self._held = memoryview(b"")

    def next(self) -> Member | None:
        """The next member, None where there is none that is whole; then no more is asked for."""
        if len(self._held) < len(GZIP_HEADER):
            self._read()
        header = bytes(self._held[: len(GZIP_HEADER)])
        inflater = zlib.decompressobj(zlib.MAX_WBITS | 16)
        # What is written here is handed out without a copy.
        inflated = BytesIO()
        length = pieces = 0
        while not inflater.eof:
            if not self._held:
                self._read()
            chunk = self._held[: _MOST << min(pieces, 7)]
            if not chunk or inflated.tell() > MAX_MEMBER:
                return None
            try:
                inflated.write(inflater.decompress(chunk))
            except zlib.error:
                return None
            pieces += 1
            used = len(chunk) - len(inflater.unused_data)
            self._held = self._held[used:]
            length += used
        offset, self._offset = self._offset, self._offset + length
        return Member(offset, length, inflated.getvalue(), header)

    def _read(self) -> None:
        read = self._file.read(_PIECE)
        if self._sha256:
            self._sha256.update(read)
        self._held = memoryview(bytes(self._held) + read)


def read_member(path: Path, offset: int, length: int) -> bytes:
    """The uncompressed bytes of the member at an offset.

    Raises `ArchiveDamaged` if there is no whole member.
    """
    try:
        with open_segment(path) as file:
            file.seek(offset)
            size = segment_files.size_of(path)
            return zlib.decompress(file.read(min(length, size)), zlib.MAX_WBITS | 16)
    except FileNotFoundError as error:
        raise ArchiveDamaged(
            "archive.path-says",
            path=path.with_name(segment_files.name_of(path)),
            what=Message("archive.file-is-lost"),
            hint=Message("archive.restore-from-backup"),
        ) from error
    except (OSError, OverflowError, zlib.error) as error:
        reason = Message("archive.record-unreadable", reason=cause_of(error))
        raise unreadable(path, offset, reason) from error


def unreadable(path: Path, offset: int, what: Message) -> ArchiveDamaged:
    """What is said of a record that cannot be read, by where it lies: here, or in a store alone."""
    receipt = receipt_for(path) if segment_files.is_stored_alone(path) else None
    if receipt is None:
        return ArchiveDamaged(
            "archive.at-offset", path=path, offset=offset, what=what, hint=RESTORE
        )
    there = f"{receipt.store}/{receipt.object_name}"
    hint = Message("archive.altered-there-or-on-the-way")
    return ArchiveDamaged("archive.at-offset", path=there, offset=offset, what=what, hint=hint)
