"""How posting lists lie on disk: a Whoosh codec that packs a list into arrays, each kind apart.

A list is a head (number of documents and positions, the width in bytes of each array's numbers),
the steps between document numbers, one byte of packed counts for each document, how many positions
each has, all positions, and a CRC-32. All numbers are little-endian. So a whole list is read in a
few calls, without a step of Python for each posting. Whoosh's own matchers read the same lists.
"""

from __future__ import annotations

import struct
import sys
import zlib
from array import array
from itertools import accumulate
from typing import Any

from whoosh.codec.base import PostingsWriter
from whoosh.codec.whoosh3 import W3Codec, W3TermInfo, W3TermsReader
from whoosh.matching import ListMatcher

from indexer.errors import DamagedPostings

_HEAD = struct.Struct("<IIBBB")
_CHECKSUM = struct.Struct("<I")
_LITTLE = sys.byteorder == "little"
_TYPES = {1: "B", 2: "H", 4: "I"}


class PackedCodec(W3Codec):  # type: ignore[misc]
    """Whoosh's codec for everything but the posting lists."""

    length_stats = False

    def terms_reader(self, storage: Any, segment: Any) -> PackedTerms:
        """The dictionary of a segment."""
        terms = storage.open_file(segment.make_filename(self.TERMS_EXT))
        length = storage.file_length(segment.make_filename(self.TERMS_EXT))
        return PackedTerms(self, terms, length, segment.open_file(storage, self.POSTS_EXT))

    def postings_writer(self, dbfile: Any, byteids: bool = False) -> PackedWriter:
        """Where Whoosh puts the postings of one term after the other."""
        return PackedWriter(dbfile)

    def postings_reader(
        self, dbfile: Any, terminfo: Any, format_: Any, term: Any = None, scorer: Any = None
    ) -> ListMatcher:
        """A term's postings for Whoosh's own matchers."""
        ids, counts, lengths, positions = read_list(dbfile, terminfo.extent()[0])
        starts = [0, *accumulate(lengths)]
        values = [
            encode_value(packed, positions[start:end])
            for packed, start, end in zip(counts, starts, starts[1:], strict=False)
        ]
        return ListMatcher(
            ids.tolist(),
            [float(length) for length in lengths] if lengths else None,
            values or [b""] * len(ids),
            format_,
            scorer=scorer,
            term=term,
            terminfo=terminfo,
        )


class PackedTerms(W3TermsReader):  # type: ignore[misc]
    """Whoosh's dictionary; `postings_file` is where the lists are."""

    def __init__(self, codec: PackedCodec, terms: Any, length: int, postings: Any) -> None:
        super().__init__(codec, terms, length, postings)
        self.postings_file = postings


class PackedWriter(PostingsWriter):  # type: ignore[misc]
    """Writes one posting list after the other to the postings file."""

    def __init__(self, file: Any) -> None:
        self._file = file
        self._count = 0

    def written(self) -> bool:
        """Whether the present list has anything on disk."""
        return False

    def start_postings(self, format_: Any, terminfo: W3TermInfo) -> None:
        """Begin the list of a term."""
        self._terminfo = terminfo
        self._ids: list[int] = []
        self._values: list[bytes] = []

    def add_posting(
        self, id_: int, weight: float, vbytes: bytes, length: int | None = None
    ) -> None:
        """Add a document."""
        self._ids.append(id_)
        self._values.append(vbytes)

    def finish_postings(self) -> W3TermInfo:
        """Write the list; what the dictionary is to know of it."""
        info, ids = self._terminfo, self._ids
        offset = self._file.tell()
        data, occurrences = pack_list(ids, self._values)
        self._file.write(data)
        info.set_extent(offset, len(data))
        info._weight = float(occurrences or len(ids))
        info._df = len(ids)
        info._minid, info._maxid = ids[0], ids[-1]
        info._maxweight = float(max((len(value) for value in self._values), default=1))
        return info


def encode_value(packed_counts: int, positions: array[int]) -> bytes:
    """The value of one posting as it passes through Whoosh: packed counts, then positions."""
    wide = positions if positions.typecode == "I" else array("I", positions)
    return bytes((packed_counts,)) + _little(wide).tobytes()


def decode_value(value: bytes) -> tuple[int, array[int]]:
    """Packed counts and positions of a posting's value."""
    positions = array("I")
    positions.frombytes(value[1:])
    return value[0], _little(positions)


def pack_list(ids: list[int], values: list[bytes]) -> tuple[bytes, int]:
    """The bytes of a list, and how many positions it has."""
    steps = _narrow(array("I", [now - before for before, now in zip([0, *ids], ids, strict=False)]))
    parts = [_little(steps).tobytes()]
    total = 0
    widths = (0, 0)
    if values[0]:
        lengths = _narrow(array("I", [len(value) >> 2 for value in values]))
        positions = array("I")
        positions.frombytes(b"".join([value[1:] for value in values]))
        total = len(positions)
        narrow = _narrow(_little(positions))
        parts += [
            bytes([value[0] for value in values]),
            _little(lengths).tobytes(),
            _little(narrow).tobytes(),
        ]
        widths = (lengths.itemsize, narrow.itemsize)
    data = _HEAD.pack(len(ids), total, steps.itemsize, *widths) + b"".join(parts)
    return data + _CHECKSUM.pack(zlib.crc32(data)), total


def read_list(file: Any, offset: int) -> tuple[array[int], bytes, array[int], array[int]]:
    """Document numbers, packed counts, numbers of positions, and positions of a list.

    Raises `DamagedPostings` if it is not as it was written.
    """
    try:
        head = file.get(offset, _HEAD.size)
        count, total, id_width, length_width, width = _HEAD.unpack(head)
        bounds = [
            *accumulate(
                (count * id_width, count * bool(width), count * length_width, total * width),
                initial=_HEAD.size,
            )
        ]
        data = file.get(offset, bounds[-1] + _CHECKSUM.size)
        (checksum,) = _CHECKSUM.unpack(data[bounds[-1] :])
    except (struct.error, ValueError, OverflowError, IndexError) as error:
        raise DamagedPostings from error
    if zlib.crc32(data[: bounds[-1]]) != checksum:
        raise DamagedPostings
    steps = _array(id_width, data[bounds[0] : bounds[1]])
    return (
        array("I", accumulate(steps)),
        bytes(data[bounds[1] : bounds[2]]),
        _array(length_width, data[bounds[2] : bounds[3]]) if width else array("I"),
        _array(width, data[bounds[3] : bounds[4]]) if width else array("I"),
    )


def _array(width: int, data: bytes) -> array[int]:
    numbers: array[int] = array(_TYPES[width])
    numbers.frombytes(data)
    return _little(numbers)


def _narrow(numbers: array[int]) -> array[int]:
    """The same numbers in the fewest bytes each."""
    greatest = max(numbers, default=0)
    return array("B" if greatest < 1 << 8 else "H" if greatest < 1 << 16 else "I", numbers)


def _little(numbers: array[int]) -> array[int]:
    """The numbers with the bytes of each in little-endian order, or back again."""
    if not _LITTLE:
        numbers = numbers[:]
        numbers.byteswap()
    return numbers
