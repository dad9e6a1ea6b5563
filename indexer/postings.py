"""A posting list as arrays: which documents have a spelling, how often, and where."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable
from itertools import accumulate, chain, repeat
from operator import add, sub

from indexer.analysis import BODY_START, LEAD_START, pack_counts

PLACE = 1 << 32
"""What a document number is multiplied by, so that it and a position are one number."""


class Postings:
    """All postings of one spelling in one segment, in order of document number.

    `counts` packs a document's counts into a byte: title (2 bits), lead (2), body (4), each cut off
    at its greatest value.
    """

    __slots__ = ("_index", "_places", "_starts", "counts", "ids", "positions")

    def __init__(
        self, ids: array[int], counts: bytes, lengths: Iterable[int], positions: array[int]
    ) -> None:
        self.ids = ids
        self.counts = counts
        self.positions = positions
        self._starts = [0, *accumulate(lengths)]
        self._index: dict[int, int] | None = None
        self._places: list[int] | None = None

    def index(self) -> dict[int, int]:
        """Document number → place in the list."""
        if self._index is None:
            self._index = dict(zip(self.ids, range(len(self.ids)), strict=True))
        return self._index

    def places(self) -> list[int]:
        """All positions in all documents, each as document number × PLACE + position."""
        if self._places is None:
            lengths = map(sub, self._starts[1:], self._starts)
            bases = chain.from_iterable(
                map(repeat, (document * PLACE for document in self.ids), lengths)
            )
            self._places = list(map(add, bases, self.positions))
        return self._places

    def positions_in(self, document: int) -> array[int]:
        """The positions in a document; none if it is not in the list."""
        place = self.index().get(document)
        if place is None:
            return self.positions[:0]
        return self.positions[self._starts[place] : self._starts[place + 1]]


def counts_of(positions: array[int] | list[int]) -> int:
    """The same, from sorted positions."""
    lead = bisect_left(positions, LEAD_START)
    body = bisect_left(positions, BODY_START, lead)
    return pack_counts(lead, body - lead, len(positions) - body)
