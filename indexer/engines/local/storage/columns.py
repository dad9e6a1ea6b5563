"""The file of a segment's documents: the records, then a column for each fact of all documents.

A record is compressed and so has a checksum of its own. A column is a piece. After them come the
named rows of which the segment has a family wherever they stand. At the very end stand the number
of documents, about how many words they have, and where each column begins.
"""

from __future__ import annotations

import json
import struct
from array import array
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import accumulate
from typing import IO

from archive.ground.untrusted_json import parsed_json
from indexer.engines.local.storage.frames import (
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
from indexer.engines.local.storage.posting_lists import Move
from indexer.engines.local.storage.stored_documents import LENGTHS
from indexer.errors import DamagedPiece
from indexer.language.analysis import ZONES

_LENGTHS, _DAYS, _FLAGS, _SITES, _CATEGORIES, _IDS, _ZONES, _RECORDS, _ROWS = range(9)
_END = struct.Struct("<IId10Q")
_PLACES = struct.Struct("<QQ")
_WIDTH = struct.Struct("<B")


class ColumnsWriter:
    """Writes documents, numbered from 0, to a file.

    `rows` are the named rows that documents are looked through for as they are added.
    """

    def __init__(self, file: IO[bytes], rows: frozenset[str]) -> None:
        self._file = file
        self._rows = rows
        self._lengths = bytearray()
        self._days = array("i")
        self._flags = bytearray()
        self._sites = _Names()
        self._categories = _Names()
        self._ids: list[str] = []
        self._zones = array("I", [0])
        self._places = array("Q", [0])

    @property
    def ordinals(self) -> int:
        """Where the ordinals of the next document begin."""
        return self._zones[-1]

    def add(
        self,
        *,
        record: bytes,
        id: str,
        day: int,
        flags: int,
        length: int,
        site: str,
        category: str,
        zones: Iterable[int],
    ) -> None:
        """Add a document (see `stored_documents`). `zones` are where its three zones end."""
        self._file.write(record)
        self._places.append(self._places[-1] + len(record))
        self._ids.append(id)
        self._days.append(day)
        self._flags.append(flags)
        self._lengths.append(length)
        self._sites.add(site)
        self._categories.add(category)
        self._zones.extend(zones)

    def add_all(self, columns: Columns, numbers: Sequence[int]) -> Move:
        """Add documents of another file; how they got other numbers and ordinals.

        Of rows that were not looked for in them not all documents are known any more.
        """
        self._rows &= columns.rows
        fresh = array("i", [-1]) * columns.size
        firsts, ends, shifts = array("I"), array("I"), array("q")
        for number in numbers:
            fresh[number] = len(self._ids)
            first, *zones = columns.zones[ZONES * number : ZONES * number + ZONES + 1]
            shift = self.ordinals - first
            if ends and ends[-1] == first:
                ends[-1] = zones[-1]
            else:
                firsts.append(first)
                ends.append(zones[-1])
                shifts.append(shift)
            self.add(
                zones=[end + shift for end in zones],
                record=columns.packed_record(number),
                id=columns.ids[number],
                day=columns.days[number],
                flags=columns.flags[number],
                length=columns.lengths[number],
                site=columns.sites[number],
                category=columns.categories[number],
            )
        return Move(fresh, firsts, ends, shifts)

    def finish(self) -> None:
        """Write the columns."""
        columns = (
            bytes(self._lengths),
            to_bytes(self._days),
            bytes(self._flags),
            self._sites.to_bytes(),
            self._categories.to_bytes(),
            json.dumps(self._ids, ensure_ascii=False).encode(),
            to_bytes(self._zones),
            to_bytes(self._places),
            "\n".join(sorted(self._rows)).encode(),
        )
        sizes = (len(column) + SEAL for column in columns)
        places = [*accumulate(sizes, initial=self._places[-1])]
        words = sum(map(LENGTHS.__getitem__, self._lengths))
        end = _END.pack(len(self._ids), self.ordinals, words, *places)
        self._file.write(b"".join([seal(column) for column in (*columns, end)]))


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
        return b"".join((_WIDTH.pack(numbers.itemsize), to_bytes(numbers), names))


class Columns:
    """Reads such a file. What reads raises `DamagedPiece` where it is not as it was written."""

    def __init__(self, data: Data) -> None:
        self._data = data

    @cached_property
    def _end(self) -> tuple[int, int, float, array[int]]:
        start = len(self._data) - _END.size - SEAL
        if start < 0:
            raise DamagedPiece
        size, ordinals, words, *places = _END.unpack(unseal(self._data, start, start + _END.size))
        return size, ordinals, words, array("Q", places)

    def _column(self, number: int) -> bytes:
        places = self._end[3]
        return unseal(self._data, places[number], places[number + 1] - SEAL)

    @property
    def size(self) -> int:
        """How many documents there are."""
        return self._end[0]

    @property
    def words(self) -> float:
        """About how many words all documents have."""
        return self._end[2]

    @property
    def ordinals(self) -> int:
        """How many ordinals there are (see `storage.posting_lists`)."""
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
        """The categories of each document in one text (`facets.joined`), empty for none."""
        return self._names(_CATEGORIES)

    def _names(self, column: int) -> list[str]:
        content = self._column(column)
        (width,) = _WIDTH.unpack_from(content)
        end = _WIDTH.size + self.size * width
        names = parsed_json(content[end:])
        return [*map(names.__getitem__, from_bytes(width, content[_WIDTH.size : end]))]

    @cached_property
    def ids(self) -> list[str]:
        """The id of each document."""
        found: list[str] = parsed_json(self._column(_IDS))
        return found

    @cached_property
    def zones(self) -> array[int]:
        """The ordinals where title, lead and body of documents begin, and where the last ends."""
        return from_bytes(4, self._column(_ZONES))

    @cached_property
    def rows(self) -> frozenset[str]:
        """The named rows, in folded words, of which all documents that have them are known."""
        return frozenset(self._column(_ROWS).decode().split("\n"))

    def packed_record(self, number: int) -> bytes:
        """A document as it was packed."""
        # Their column is not read through: at a wrong place there is nothing that unpacks.
        start, end = unpacked(_PLACES, self._data, self._end[3][_RECORDS] + 8 * number)
        return self._data[start:end]
