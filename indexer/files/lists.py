"""A posting list as bytes: two pieces, documents and positions.

The first has the document numbers and a byte of packed counts for each document; the second how
many positions each document has, and all positions. Each kind of number stands apart, as wide as
the list needs, so that a list is read in a few calls, without a step of Python for each posting.
"""

from __future__ import annotations

import struct
from array import array
from collections.abc import Sequence
from itertools import chain, compress, repeat
from typing import NamedTuple

from indexer.files.pieces import SEAL, Data, from_bytes, narrow, seal, to_bytes, unpacked, unseal

_DOCUMENTS = struct.Struct("<IB")
_POSITIONS = struct.Struct("<IBB")


class PostingList(NamedTuple):
    """All postings of a term: document numbers, packed counts, numbers of positions, positions."""

    ids: array[int]
    counts: bytes
    lengths: array[int]
    positions: array[int]


def pack_list(postings: PostingList) -> bytes:
    """The bytes of a list."""
    ids, counts, lengths, positions = postings
    ids = narrow(ids, ids[-1])
    return b"".join(
        (
            seal(_DOCUMENTS.pack(len(ids), ids.itemsize) + to_bytes(ids) + counts),
            seal(
                _POSITIONS.pack(len(positions), lengths.itemsize, positions.itemsize)
                + to_bytes(lengths)
                + to_bytes(positions)
            ),
        )
    )


def read_documents(data: Data, place: int) -> tuple[array[int], bytes, int]:
    """Document numbers, packed counts, and the place of the positions.

    Raises `DamagedPiece` if that is not as it was written, as all that reads a list does.
    """
    count, width = unpacked(_DOCUMENTS, data, place)
    ids = _DOCUMENTS.size
    counts = ids + count * width
    end = counts + count
    content = unseal(data, place, place + end)
    return from_bytes(width, content[ids:counts]), content[counts:], place + end + SEAL


def read_positions(data: Data, place: int, count: int) -> tuple[array[int], array[int]]:
    """For so many documents: how many positions each has, and all positions."""
    total, length_width, width = unpacked(_POSITIONS, data, place)
    lengths = _POSITIONS.size
    positions = lengths + count * length_width
    end = positions + total * width
    content = unseal(data, place, place + end)
    return (
        from_bytes(length_width, content[lengths:positions]),
        from_bytes(width, content[positions:]),
    )


def read_list(data: Data, place: int) -> PostingList:
    """A whole list."""
    ids, counts, positions = read_documents(data, place)
    return PostingList(ids, counts, *read_positions(data, positions, len(ids)))


def renumbered(postings: PostingList, numbers: Sequence[int]) -> PostingList | None:
    """The list with other document numbers, without those that become −1; None if none is left."""
    ids, counts, lengths, positions = postings
    fresh = [*map(numbers.__getitem__, ids)]
    if min(fresh) >= 0:
        return postings._replace(ids=array("I", fresh))
    kept = [number >= 0 for number in fresh]
    if not any(kept):
        return None
    places = chain.from_iterable(map(repeat, kept, lengths))
    return PostingList(
        array("I", compress(fresh, kept)),
        bytes(compress(counts, kept)),
        array(lengths.typecode, compress(lengths, kept)),
        array(positions.typecode, compress(positions, places)),
    )
