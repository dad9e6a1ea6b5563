"""A posting list as bytes: two pieces, documents and ordinals.

The first says how often the term stands in each document, a byte of packed counts: for a term that
many documents have as a column, a byte for each document up to the last that has it, then the same
documents as a set, a bit for each; for others as the numbers of those documents, then their counts,
and behind these, unless they are few, the set, deflated: to make it of numbers takes longer.
The second has the ordinals, as wide as the last needs. So a list is read in a few calls, without a
step of Python for each posting.

An ordinal is a position in a segment: those of its documents follow on one another.
"""

from __future__ import annotations

import struct
import zlib
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import compress

from indexer.engines.local.storage.bitsets import bits_of, bits_of_column
from indexer.engines.local.storage.frames import (
    SEAL,
    Data,
    from_bytes,
    narrow,
    seal,
    shifted,
    to_bytes,
    unpacked,
    unseal,
)
from indexer.named_tuple import NamedTuple

_DOCUMENTS = struct.Struct("<IB")
_ONE_DOCUMENT = [
    (struct.calcsize(width), struct.Struct(f"<IB{width}B"), 1 << 8 * struct.calcsize(f"<{width}"))
    for width in "BHI"
]
"""How many bytes a document number takes, the counts of one document alone, and what numbers are
less than."""

_SLOTS = struct.Struct("<IB")

_COLUMN = 0
"""In place of the width of document numbers: there are none, the counts are a column."""

_DENSE = 16
"""Counts are a column if one in so many documents has the term."""


_LEAST = 8
"""Fewer documents are never a column: in a night's segment nearly all would be."""

_WITH_SET = 8
"""Added to the width of document numbers: behind the counts stands the set."""

_SET = struct.Struct("<I")
_SPARSE, _FEW = 256, 128
"""The set is kept if one in so many documents has the term, and so many have it."""


def is_dense(number: int, size: int) -> bool:
    """Whether the counts of so many documents, of `size` in all, are a column."""
    return number * _DENSE >= size


class PostingList(NamedTuple):
    """All postings of a term: document numbers, packed counts, and ordinals."""

    ids: array[int]
    counts: bytes
    ordinals: array[int]


class Counts(NamedTuple):
    """How often a term stands in each document: a column of all, or for some `ids` their counts.

    `documents` are those that have any, as a set, if that is known.
    """

    ids: array[int] | None
    counts: bytes
    documents: int | None = None

    def listed(self) -> tuple[array[int], bytes]:
        """The documents that have the term, and their counts."""
        ids, counts, _ = self
        if ids is not None:
            return ids, counts
        return array("I", compress(range(len(counts)), counts)), counts.translate(None, b"\0")

    def as_column(self) -> bytes:
        """The counts of each document, up to the last that has the term."""
        ids, counts, _ = self
        if ids is None:
            return counts
        column = bytearray(ids[-1] + 1 if ids else 0)
        for document, packed in zip(ids, counts, strict=True):
            column[document] = packed
        return bytes(column)


class Move(NamedTuple):
    """How documents get other numbers: the new one of each, or −1 for none.

    So their ordinals lie elsewhere: from each of `firsts` up to its one of `ends` by `shifts`.
    """

    numbers: Sequence[int]
    firsts: Sequence[int]
    ends: Sequence[int]
    shifts: Sequence[int]


def _bytes(bits: int) -> int:
    return (bits + 7) // 8


def counts_to_bytes(ids: array[int], counts: bytes) -> bytes:
    """How often a term stands in each document that has it."""
    if len(ids) == 1:
        return _of_one(ids[0], counts[0])
    size = ids[-1] + 1
    if len(ids) >= _LEAST and is_dense(len(ids), size):
        column = Counts(ids, counts).as_column()
        having = bits_of_column(column).to_bytes(_bytes(size), "little")
        return b"".join((_DOCUMENTS.pack(size, _COLUMN), column, having))
    having = b""
    if len(ids) >= _FEW and len(ids) * _SPARSE >= size:
        deflated = zlib.compress(bits_of(ids, size).to_bytes(_bytes(size), "little"), 1)
        having = _SET.pack(len(deflated)) + deflated
    ids = narrow(ids, ids[-1])
    width = ids.itemsize | _WITH_SET if having else ids.itemsize
    return b"".join((_DOCUMENTS.pack(len(ids), width), to_bytes(ids), counts, having))


def _of_one(document: int, packed: int) -> bytes:
    """The same of one document: most pairs of words of a night have no more."""
    width, form = next((size, form) for size, form, end in _ONE_DOCUMENT if document < end)
    return form.pack(1, width, document, packed)


def counts_from(content: bytes, place: int) -> tuple[Counts, int]:
    """What stands there of such bytes, and where it ends."""
    count, width = unpacked(_DOCUMENTS, content, place)
    start = place + _DOCUMENTS.size
    if width == _COLUMN:
        counts, end = start + count, start + count + _bytes(count)
        having = int.from_bytes(content[counts:end], "little")
        return Counts(None, content[start:counts], having), end
    counts = start + count * (width & ~_WITH_SET)
    end = counts + count
    ids = from_bytes(width & ~_WITH_SET, content[start:counts])
    if not width & _WITH_SET:
        return Counts(ids, content[counts:end]), end
    (length,) = unpacked(_SET, content, end)
    after = end + _SET.size + length
    having = int.from_bytes(zlib.decompress(content[end + _SET.size : after]), "little")
    return Counts(ids, content[counts:end], having), after


def pack_list(postings: PostingList) -> tuple[bytes, bytes]:
    """The two pieces of a list."""
    ids, counts, ordinals = postings
    documents = seal(counts_to_bytes(ids, counts))
    ordinals = narrow(ordinals, ordinals[-1])
    return documents, seal(_SLOTS.pack(len(ordinals), ordinals.itemsize), to_bytes(ordinals))


def read_counts(data: Data, place: int) -> tuple[Counts, int]:
    """The counts, and the place of the ordinals.

    Raises `DamagedPiece` if that is not as it was written, as all that reads a list does.
    """
    count, width = unpacked(_DOCUMENTS, data, place)
    size = _DOCUMENTS.size + count * (width & ~_WITH_SET) + count
    if width == _COLUMN:
        size += _bytes(count)
    elif width & _WITH_SET:
        size += _SET.size + unpacked(_SET, data, place + size)[0]
    counts, _ = counts_from(unseal(data, place, place + size), 0)
    return counts, place + size + SEAL


def read_ordinals(data: Data, place: int) -> array[int]:
    """The ordinals, in order."""
    count, width = unpacked(_SLOTS, data, place)
    end = _SLOTS.size + count * width
    # A list may be long: but for the one that is checked no copy of it is made.
    return from_bytes(width, memoryview(unseal(data, place, place + end))[_SLOTS.size :])


def read_list(data: Data, place: int) -> PostingList:
    """A whole list."""
    counts, ordinals = read_counts(data, place)
    return PostingList(*counts.listed(), read_ordinals(data, ordinals))


def renumbered(postings: PostingList, move: Move) -> PostingList | None:
    """The list with other document numbers, without those that have none; None if none is left."""
    moved = moved_counts(postings.ids, postings.counts, move)
    return moved and PostingList(*moved, _moved(postings.ordinals, move))


def moved_counts(ids: array[int], counts: bytes, move: Move) -> tuple[array[int], bytes] | None:
    """Documents under their other numbers, with their counts; None if none is left."""
    if len(ids) == 1:
        number = move.numbers[ids[0]]
        return None if number < 0 else (array("I", (number,)), counts)
    fresh = [*map(move.numbers.__getitem__, ids)]
    if min(fresh) < 0:
        kept = [number >= 0 for number in fresh]
        if not any(kept):
            return None
        fresh, counts = [*compress(fresh, kept)], bytes(compress(counts, kept))
    return array("I", fresh), counts


def _moved(ordinals: array[int], move: Move) -> array[int]:
    moved = array("I")
    place = 0
    while place < len(ordinals):
        stretch = bisect_right(move.firsts, ordinals[place]) - 1
        if stretch >= 0:
            after = bisect_left(ordinals, move.ends[stretch], place)
            shift = move.shifts[stretch]
            moved.extend(shifted(ordinals[place:after], shift))
            place = after
        if stretch + 1 == len(move.firsts):
            break
        place = bisect_left(ordinals, move.firsts[stretch + 1], place)
    return moved


def joined_lists(lists: Sequence[PostingList]) -> PostingList:
    """One list of several, whose documents follow on one another."""
    ids, counts, ordinals = zip(*lists, strict=True)
    return PostingList(_chained(ids), b"".join(counts), _chained(ordinals))


def _chained(arrays: tuple[array[int], ...]) -> array[int]:
    chained = array("I")
    for numbers in arrays:
        chained.extend(numbers if numbers.typecode == "I" else array("I", numbers))
    return chained
