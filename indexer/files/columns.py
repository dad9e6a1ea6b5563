"""The file of a segment's documents: the records, then a column for each fact of all documents.

A record is compressed and so has a checksum of its own. A column is a piece. At the very end stand
the number of documents, about how many words they have, and where each column begins.
"""

from __future__ import annotations

import json
import struct
from array import array
from collections.abc import Sequence
from functools import cached_property
from itertools import accumulate
from typing import IO

from indexer.errors import DamagedPiece
from indexer.files.pieces import (
    SEAL,
    Data,
    from_bytes,
    narrow,
    seal,
    signed_from_bytes,
    to_bytes,
    unpacked,
    unseal,
)
from indexer.files.records import LENGTHS

_LENGTHS, _DAYS, _FLAGS, _SITES, _CATEGORIES, _IDS, _RECORDS = range(7)
_END = struct.Struct("<Id8Q")
_PLACES = struct.Struct("<QQ")
_WIDTH = struct.Struct("<B")


class ColumnsWriter:
    """Writes documents, numbered from 0, to a file."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._lengths = bytearray()
        self._days = array("i")
        self._flags = bytearray()
        self._sites = _Names()
        self._categories = _Names()
        self._ids: list[str] = []
        self._places = array("Q", [0])

    def add(
        self, *, record: bytes, id: str, day: int, flags: int, length: int, site: str, category: str
    ) -> None:
        """Add a document (see `indexer.files.records`)."""
        self._file.write(record)
        self._places.append(self._places[-1] + len(record))
        self._ids.append(id)
        self._days.append(day)
        self._flags.append(flags)
        self._lengths.append(length)
        self._sites.add(site)
        self._categories.add(category)

    def add_all(self, columns: Columns, numbers: Sequence[int]) -> None:
        """Add documents of another file."""
        for number in numbers:
            self.add(
                record=columns.packed_record(number),
                id=columns.ids[number],
                day=columns.days[number],
                flags=columns.flags[number],
                length=columns.lengths[number],
                site=columns.sites[number],
                category=columns.categories[number],
            )

    def finish(self) -> None:
        """Write the columns."""
        columns = (
            bytes(self._lengths),
            to_bytes(self._days),
            bytes(self._flags),
            self._sites.to_bytes(),
            self._categories.to_bytes(),
            json.dumps(self._ids, ensure_ascii=False).encode(),
            to_bytes(self._places),
        )
        sizes = (len(column) + SEAL for column in columns)
        places = [*accumulate(sizes, initial=self._places[-1])]
        words = sum(map(LENGTHS.__getitem__, self._lengths))
        end = _END.pack(len(self._ids), words, *places)
        self._file.write(b"".join(map(seal, (*columns, end))))


class _Names:
    """A column of a few names that come again and again: numbers, and the names they stand for."""

    def __init__(self) -> None:
        self._known: dict[str, int] = {}
        self._numbers = array("I")

    def add(self, name: str) -> None:
        self._numbers.append(self._known.setdefault(name, len(self._known)))

    def to_bytes(self) -> bytes:
        numbers = narrow(self._numbers, len(self._known))
        names = json.dumps(list(self._known), ensure_ascii=False).encode()
        return _WIDTH.pack(numbers.itemsize) + to_bytes(numbers) + names


class Columns:
    """Reads such a file. What reads raises `DamagedPiece` where it is not as it was written."""

    def __init__(self, data: Data) -> None:
        self._data = data

    @cached_property
    def _end(self) -> tuple[int, float, array[int]]:
        start = len(self._data) - _END.size - SEAL
        if start < 0:
            raise DamagedPiece
        size, words, *places = _END.unpack(unseal(self._data, start, start + _END.size))
        return size, words, array("Q", places)

    def _column(self, number: int) -> bytes:
        places = self._end[2]
        return unseal(self._data, places[number], places[number + 1] - SEAL)

    @property
    def size(self) -> int:
        """How many documents there are."""
        return self._end[0]

    @property
    def words(self) -> float:
        """About how many words all documents have."""
        return self._end[1]

    @cached_property
    def lengths(self) -> bytes:
        """The length of each document, as a byte."""
        return self._column(_LENGTHS)

    @cached_property
    def days(self) -> array[int]:
        """The day of each document as YYYYMMDD, 0 where it has none."""
        return signed_from_bytes("i", self._column(_DAYS))

    @cached_property
    def flags(self) -> bytes:
        """The flags of each document."""
        return self._column(_FLAGS)

    @cached_property
    def sites(self) -> list[str]:
        """The site of each document."""
        return self._names(_SITES)

    @cached_property
    def categories(self) -> list[str]:
        """The category of each document, empty for none."""
        return self._names(_CATEGORIES)

    def _names(self, column: int) -> list[str]:
        content = self._column(column)
        (width,) = _WIDTH.unpack_from(content)
        end = _WIDTH.size + self.size * width
        names = json.loads(content[end:])
        return [*map(names.__getitem__, from_bytes(width, content[_WIDTH.size : end]))]

    @cached_property
    def ids(self) -> list[str]:
        """The id of each document."""
        found: list[str] = json.loads(self._column(_IDS))
        return found

    def packed_record(self, number: int) -> bytes:
        """A document as it was packed."""
        # Their column is not read through: at a wrong place there is nothing that unpacks.
        start, end = unpacked(_PLACES, self._data, self._end[2][_RECORDS] + 8 * number)
        return self._data[start:end]
