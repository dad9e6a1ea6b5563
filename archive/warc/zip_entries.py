"""Files within a ZIP file, opened so that reading back and forth costs nothing.

A stored entry is read in place, by its range. One that is deflated goes to a temporary file that
has no name, as far as it can be inflated; its CRC is not asked for, since a WARC has digests of its
own, by the record.
"""

from __future__ import annotations

import io
import lzma
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import BinaryIO

from archive.ground.causes import cause_of
from archive.ground.message import Message

_LOCAL = struct.Struct("<4s22xHH")
_MAX_RATIO = 200
_RATIO_COUNTS_FROM = 256 << 20
_CHUNK = 1 << 20
_ERRORS = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    RuntimeError,
    NotImplementedError,
    ValueError,
    OSError,
    MemoryError,
)
_METHODS = frozenset(
    (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)
)


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry open for reading. `fault` says what can't be read of it, `searched` that its
    beginning is not known, so that records must be looked for.
    """

    file: BinaryIO
    size: int
    fault: Message | None = None
    searched: bool = False


class FileRange(io.RawIOBase):
    """A range of a file as a file. Several may share one: each read says where."""

    def __init__(self, file: BinaryIO, start: int, size: int) -> None:
        super().__init__()
        self._file = file
        self._start = start
        self._size = size
        self._at = 0

    def seekable(self) -> bool:
        """It is."""
        return True

    def readable(self) -> bool:
        """It is."""
        return True

    def tell(self) -> int:
        """Where the next read begins."""
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to an offset within the range.

        Raises `ValueError` for a place before the beginning.
        """
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        if base + offset < 0:
            raise ValueError("a negative offset")
        self._at = base + offset
        return self._at

    def read(self, size: int = -1) -> bytes:
        """Up to so many bytes, all that are left by default."""
        left = max(self._size - self._at, 0)
        self._file.seek(self._start + self._at)
        data = self._file.read(left if size < 0 else min(size, left))
        self._at += len(data)
        return data


@contextmanager
def open_entry(file: BinaryIO, size: int, entry: zipfile.ZipInfo) -> Iterator[Entry]:
    """Open an entry of the ZIP file `file` of `size` bytes."""
    if entry.flag_bits & 1:
        yield Entry(io.BytesIO(), 0, Message("archive.entry-encrypted"))
    elif entry.compress_type not in _METHODS:
        fault = Message("archive.compression-unknown", method=entry.compress_type)
        yield Entry(io.BytesIO(), 0, fault)
    elif entry.compress_type == zipfile.ZIP_STORED:
        yield _stored(file, size, entry)
    elif entry.file_size > max(_RATIO_COUNTS_FROM, _MAX_RATIO * entry.compress_size):
        yield Entry(io.BytesIO(), 0, Message("archive.inflates-without-measure"))
    else:
        with tempfile.TemporaryFile(prefix="hdnd-import-") as copy:
            stopped = _inflate(file, size, entry, copy)
            yield Entry(copy, copy.seek(0, io.SEEK_END), stopped)


def _stored(file: BinaryIO, size: int, entry: zipfile.ZipInfo) -> Entry:
    start = start_of(file, size, entry)
    if start is None:
        around = len(entry.filename.encode()) + len(entry.extra) + (1 << 10)
        at = min(max(entry.header_offset, 0), size)
        length = min(around + entry.compress_size, size - at)
        part = FileRange(file, at, length)
        fault = Message("archive.entry-header-damaged")
        return Entry(part, length, fault, searched=True)  # type: ignore[arg-type]
    length = min(entry.compress_size, max(size - start, 0))
    return Entry(FileRange(file, start, length), length)  # type: ignore[arg-type]


def start_of(file: BinaryIO, size: int, entry: zipfile.ZipInfo) -> int | None:
    """Where an entry's data begins; None if its local header is damaged, or not there."""
    if not 0 <= entry.header_offset <= size:
        return None
    file.seek(entry.header_offset)
    head = file.read(_LOCAL.size)
    if len(head) < _LOCAL.size:
        return None
    signature, name, extra = _LOCAL.unpack(head)
    if signature != b"PK\x03\x04":
        return None
    return int(entry.header_offset + _LOCAL.size + name + extra)


def _inflate(file: BinaryIO, size: int, entry: zipfile.ZipInfo, copy: BinaryIO) -> Message | None:
    """Inflate an entry as far as can be; what stopped it."""
    try:
        if entry.compress_type == zipfile.ZIP_DEFLATED:
            return _inflate_deflated(file, size, entry, copy)
        with zipfile.ZipFile(file) as package, package.open(entry) as source:
            while data := source.read(_CHUNK):
                copy.write(data)
    except _ERRORS as error:
        at, reason = copy.tell(), cause_of(error)
        return Message("archive.entry-damaged-from", offset=at, reason=reason)
    return None


def _inflate_deflated(
    file: BinaryIO, size: int, entry: zipfile.ZipInfo, copy: BinaryIO
) -> Message | None:
    start = start_of(file, size, entry)
    if start is None:
        return Message("archive.entry-header-damaged")
    source = FileRange(file, start, min(entry.compress_size, max(size - start, 0)))
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    left = entry.file_size
    while left and not inflater.eof:
        data = inflater.unconsumed_tail or source.read(_CHUNK)
        if not data:
            return Message("archive.breaks-off-after", count=copy.tell())
        piece = inflater.decompress(data, min(left, _CHUNK))
        copy.write(piece)
        left -= len(piece)
    return None
