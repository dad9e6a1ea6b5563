"""Sets of documents, or of ordinals, each as one long integer: bit n stands for document n.

So all documents that have two words are one `&`, how many there are is one `bit_count`.
"""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterable, Sequence
from itertools import compress

from indexer.engines.local.storage.frames import to_bytes

_DENSE = 50
"""With more than one document in so many, a byte for each document is quicker."""

_FEW = 16
"""With less than one of so many in a set, those are looked for."""

_SEARCHED = 64
"""To look for the next of the bytes that have any costs as much as to go through so many."""

SOME = bytes([0, *[1] * 255])
"""Translates the bytes of a set: 1 for each that has any."""

_HIGHEST = 1 << 31
_HIGH = bytes(byte >> 7 for byte in range(256))

_BITS = [tuple([bit for bit in range(8) if byte >> bit & 1]) for byte in range(256)]
_TRUE = bytes(code == 49 for code in range(256))


def bits_of(documents: Collection[int], size: int) -> int:
    """The set of these documents, of `size` in all."""
    if len(documents) * _DENSE > size:
        column = bytearray(size)
        for document in documents:
            column[document] = 1
        return _of_ones(column)
    packed = bytearray(size // 8 + 1)
    for document in documents:
        packed[document >> 3] |= 1 << (document & 7)
    return int.from_bytes(packed, "little")


def bits_of_column(column: bytes | bytearray) -> int:
    """The documents that are not 0 in a column of bytes."""
    return _of_ones(column.translate(SOME))


def bits_within(numbers: array[int], spans: Iterable[tuple[int, int]]) -> int:
    """The documents whose number lies in one of some spans, both ends included.

    No number is 2³¹ or more. All are compared at once, as one long integer that has a number in
    each four bytes: the sum of it and what the first of a span lacks to 2³¹ has the highest bit if
    it is no less.
    """
    lanes = int.from_bytes(to_bytes(numbers), "little")
    ones = int.from_bytes(b"\1\0\0\0" * len(numbers), "little")
    found = 0
    for first, last in spans:
        beyond = lanes + ones * (_HIGHEST - last - 1)
        found |= (lanes + ones * (_HIGHEST - first)) & ~beyond
    highest = found.to_bytes(4 * len(numbers), "little")[3::4]
    return _of_ones(highest.translate(_HIGH))


def _of_ones(column: bytes | bytearray) -> int:
    """The documents that are 1 in a column of bytes that are 0 or 1."""
    return sum(int.from_bytes(column[bit::8], "little") << bit for bit in range(8))


def bits_of_ordinals(lists: Iterable[Iterable[int]], size: int) -> int:
    """The set of all ordinals of some lists, of `size` in all."""
    packed = bytearray(size // 8 + 1)
    for ordinals in lists:
        for ordinal in ordinals:
            packed[ordinal >> 3] |= 1 << (ordinal & 7)
    return int.from_bytes(packed, "little")


def documents_of(bits: int) -> list[int]:
    """The documents, or ordinals, of a set, in order."""
    if bits.bit_count() * _FEW > bits.bit_length():
        digits = bin(bits)[:1:-1]
        return list(compress(range(len(digits)), digits.encode().translate(_TRUE)))
    content = bits.to_bytes((bits.bit_length() + 7) // 8, "little")
    if bits.bit_count() * _SEARCHED > len(content):
        found = [*compress(range(len(content)), content)]
    else:
        some = content.translate(SOME)
        found = []
        place = some.find(1)
        while place >= 0:
            found.append(place)
            place = some.find(1, place + 1)
    return [(place << 3) + bit for place in found for bit in _BITS[content[place]]]


def those_in(bits: int, documents: Sequence[int], size: int) -> list[int]:
    """Those of some documents that are in a set, of `size` in all."""
    content = bits.to_bytes(size // 8 + 1, "little")
    return [one for one in documents if content[one >> 3] >> (one & 7) & 1]


def any_of(sets: Iterable[int]) -> int:
    """What is in any of the sets; of one alone there is no copy."""
    result = 0
    for bits in sets:
        result = result | bits if result else bits
    return result


def all_of(bits: int, sets: Iterable[int]) -> int:
    """What of a set is in all of the others."""
    for other in sets:
        bits &= other
    return bits
