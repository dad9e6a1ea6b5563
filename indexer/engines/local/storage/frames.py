"""Files made of pieces: arrays as little-endian bytes, and a CRC-32 after each piece.

A piece is what is read by itself, so that reading it shows whether it is as it was written.
"""

from __future__ import annotations

import os
import struct
import sys
import zlib
from array import array
from typing import TYPE_CHECKING

from indexer.errors import DamagedPiece

if TYPE_CHECKING:
    from pathlib import Path

_CHECKSUM = struct.Struct("<I")
_LITTLE = sys.byteorder == "little"
_TYPES = {1: "B", 2: "H", 4: "I", 8: "Q"}

SEAL = _CHECKSUM.size
"""How many bytes follow a piece."""

_MANY = 50
"""So many numbers are added up faster at once than one by one."""


class IndexFile:
    """A file to read from, even when it has been deleted.

    It is not mapped into memory: to look at a page of a map for the first time takes longer than to
    read it, and a search looks at most of its pages once.
    """

    def __init__(self, path: Path | str, size: int | None = None) -> None:
        """`size` is what the file must have. Raises `DamagedPiece` if it is not whole."""
        self._number = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
        self._size = os.fstat(self._number).st_size
        if size is not None and self._size != size:
            raise DamagedPiece

    def __len__(self) -> int:
        return self._size

    def __getitem__(self, place: slice) -> bytes:
        """What stands from one place to another, as far as the file goes."""
        number = min(place.stop, self._size) - place.start
        return os.pread(self._number, number, place.start) if number > 0 else b""

    def close(self) -> None:
        """Let go of the file."""
        number, self._number = self._number, -1
        if number >= 0:
            os.close(number)

    __del__ = close


Data = IndexFile | bytes
"""What a file holds."""


def seal(*parts: bytes | memoryview) -> bytes:
    """The piece that some parts make up, with its checksum."""
    content = b"".join(parts)
    return content + _CHECKSUM.pack(zlib.crc32(content))


def unseal(data: Data, start: int, end: int) -> bytes:
    """The piece that stands there; `DamagedPiece` if it is not as it was written."""
    content = data[start:end]
    if data[end : end + SEAL] != _CHECKSUM.pack(zlib.crc32(content)):
        raise DamagedPiece
    return content


def unpacked(form: struct.Struct, data: Data, place: int) -> tuple[int, ...]:
    """The numbers at a place of the file; they are not checked yet.

    Raises `DamagedPiece` if they are not there.
    """
    try:
        return form.unpack(data[place : place + form.size])
    except struct.error:
        raise DamagedPiece from None


def narrow(numbers: array[int], greatest: int) -> array[int]:
    """The numbers in the fewest bytes each."""
    code = "B" if greatest < 1 << 8 else "H" if greatest < 1 << 16 else "I"
    return numbers if numbers.typecode == code else array(code, numbers)


def to_bytes(numbers: array[int]) -> memoryview:
    """The numbers with the bytes of each in little-endian order; not copied if they are so."""
    return memoryview(numbers if _LITTLE else _swapped(numbers)).cast("B")


def from_bytes(width: int, content: bytes | memoryview) -> array[int]:
    """The numbers, of so many bytes each."""
    return signed_from_bytes(_TYPES[width], content)


def signed_from_bytes(code: str, content: bytes | memoryview) -> array[int]:
    """The numbers of an array of that type."""
    numbers: array[int] = array(code)
    numbers.frombytes(content)
    return numbers if _LITTLE else _swapped(numbers)


def shifted(numbers: array[int], by: int) -> array[int]:
    """The numbers, each greater by so much, in four bytes each; no sum may need more.

    Many are added up at once, as one long integer that has a number in each four bytes.
    """
    wide = numbers if numbers.typecode == "I" else array("I", numbers)
    if not by:
        return wide
    if len(wide) < _MANY:
        return array("I", [number + by for number in wide])
    ones = int.from_bytes(array("I", (1,)) * len(wide), sys.byteorder)
    sums = int.from_bytes(wide, sys.byteorder) + by * ones
    return array("I", sums.to_bytes(wide.itemsize * len(wide), sys.byteorder))


def _swapped(numbers: array[int]) -> array[int]:
    swapped = numbers[:]
    swapped.byteswap()
    return swapped


def at_once(path: str, flags: int) -> int:
    """Open a file; a pipe in its place is not waited for."""
    return os.open(path, flags | os.O_NONBLOCK)
