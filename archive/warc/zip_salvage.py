"""The entries of a ZIP file whose directory is lost, by the headers that stand before each.

APPNOTE.TXT 6.3 § 4.3.7, § 4.3.9, § 4.5.3. Where a header does not say how long its entry is, since
it was written as it came, a deflated one ends where its stream does and a stored one before the
next header.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from typing import BinaryIO

_HEADER = struct.Struct("<6xHHHHIIIHH")
_HEADER_BEGINS = b"PK\x03\x04"
_DESCRIPTOR_BEGINS = b"PK\x07\x08"
_MARKS = (_HEADER_BEGINS, _DESCRIPTOR_BEGINS, b"PK\x01\x02")
_SIZE_FOLLOWS = 1 << 3
_UTF8 = 1 << 11
_ZIP64 = 0xFFFFFFFF
_CHUNK = 1 << 20
MOST_ENTRIES = 100_000


def entries_by_headers(file: BinaryIO, size: int) -> list[zipfile.ZipInfo]:
    """The entries that headers tell of, in their order; the last may break off."""
    found: list[zipfile.ZipInfo] = []
    position: int | None = 0
    while position is not None and len(found) < MOST_ENTRIES:
        entry, start = _entry_at(file, position)
        if entry is None:
            position = _next(file, position + 1, size, (_HEADER_BEGINS,))
            continue
        found.append(entry)
        if entry.flag_bits & _SIZE_FOLLOWS:
            _measure(file, size, entry, start)
        position = _next(file, start + entry.compress_size, size, (_HEADER_BEGINS,))
    return found


def _entry_at(file: BinaryIO, position: int) -> tuple[zipfile.ZipInfo | None, int]:
    """The entry whose header stands at a place, and where its data begins."""
    file.seek(position)
    head = file.read(_HEADER.size)
    if len(head) < _HEADER.size or not head.startswith(_HEADER_BEGINS):
        return None, 0
    flags, method, _, _, crc, packed, whole, name_length, extra_length = _HEADER.unpack(head)
    name, extra = file.read(name_length), file.read(extra_length)
    if not name or len(extra) < extra_length or b"\0" in name:
        return None, 0
    entry = zipfile.ZipInfo(_decoded(name, utf8=bool(flags & _UTF8)) or "?")
    entry.flag_bits, entry.compress_type, entry.CRC = flags, method, crc
    entry.header_offset, entry.extra = position, extra
    entry.file_size, entry.compress_size = _sizes(whole, packed, extra)
    return entry, position + _HEADER.size + name_length + extra_length


def _sizes(whole: int, packed: int, extra: bytes) -> tuple[int, int]:
    """The sizes of a header, from its ZIP64 field (§ 4.5.3) where that has them."""
    while len(extra) >= 4:
        kind, length = struct.unpack("<HH", extra[:4])
        if kind == 1 and length >= 16 and len(extra) >= 20 and _ZIP64 in (whole, packed):
            whole, packed = struct.unpack("<QQ", extra[4:20])
        extra = extra[4 + length :]
    return whole, packed


def _measure(file: BinaryIO, size: int, entry: zipfile.ZipInfo, start: int) -> None:
    """How long an entry is whose header does not say it; its CRC is then the descriptor's."""
    if entry.compress_type == zipfile.ZIP_DEFLATED:
        end, whole = _end_of_stream(file, start)
    else:
        after = _next(file, start, size, _MARKS)
        end = size if after is None else after
        whole = end - start
    entry.compress_size, entry.file_size = end - start, whole
    file.seek(end)
    descriptor = file.read(8)
    if descriptor.startswith(_DESCRIPTOR_BEGINS) and len(descriptor) == 8:
        entry.CRC = struct.unpack("<I", descriptor[4:])[0]


def _end_of_stream(file: BinaryIO, start: int) -> tuple[int, int]:
    """Where a deflated stream ends, and how much it inflates to; how far, if it breaks off."""
    file.seek(start)
    inflater, read, whole = zlib.decompressobj(-zlib.MAX_WBITS), 0, 0
    try:
        while not inflater.eof:
            data = inflater.unconsumed_tail
            if not data:
                data = file.read(_CHUNK)
                read += len(data)
            if not data:
                break
            whole += len(inflater.decompress(data, _CHUNK))
    except zlib.error:
        pass
    return start + read - len(inflater.unused_data), whole


def _next(file: BinaryIO, position: int, size: int, marks: tuple[bytes, ...]) -> int | None:
    """Where one of the marks stands next, None if none does."""
    while position < size:
        file.seek(position)
        window = file.read(_CHUNK)
        found = [at for mark in marks if (at := window.find(mark)) >= 0]
        if found:
            return position + min(found)
        if len(window) < 4:
            return None
        position += len(window) - 3
    return None


def _decoded(name: bytes, *, utf8: bool) -> str:
    return name.decode("utf-8" if utf8 else "cp437", "replace")
