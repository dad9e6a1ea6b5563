"""Which slots of an index are whose: those of a document follow on one another, zone by zone."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import repeat

from indexer.files.lists import Counts, is_dense
from indexer.language.analysis import pack_counts

_ZONES = 3
"""Title, lead, body."""

_MOST = 15
_PACKED = [
    [
        pack_counts(*[count * (zone == other) for other in range(_ZONES)])
        for count in range(_MOST + 1)
    ]
    for zone in range(_ZONES)
]
"""The packed counts of a document that has so many in a zone, by zone and number."""


class Zones:
    """`starts` are the first slots of each zone of each document, and where the last one ends."""

    def __init__(self, starts: array[int]) -> None:
        self.starts = starts
        self.end = starts[-1]

    def first(self, document: int) -> int:
        """The first slot of a document."""
        return self.starts[_ZONES * document]

    def ends_of(self, document: int) -> tuple[int, int]:
        """Where its title and its lead end, counted from its first slot."""
        first, lead, body = self.starts[_ZONES * document : _ZONES * (document + 1)]
        return lead - first, body - first

    def document(self, slot: int) -> int:
        """The document that has a slot."""
        return (bisect_right(self.starts, slot) - 1) // _ZONES

    def in_title(self, slot: int) -> bool:
        """Whether a slot belongs to a title."""
        return (bisect_right(self.starts, slot) - 1) % _ZONES == 0

    def counts(self, slots: Iterable[int], number: int) -> Counts:
        """How many of some slots (sorted, so many) each document has, packed."""
        size = len(self.starts) // _ZONES
        found: bytearray | defaultdict[int, int]
        found = bytearray(size) if is_dense(number, size) else defaultdict(int)
        for zone, count in Counter(map(bisect_right, repeat(self.starts), slots)).items():
            document, number = divmod(zone - 1, _ZONES)
            found[document] |= _PACKED[number][min(count, _MOST)]
        if isinstance(found, bytearray):
            return Counts(None, bytes(found))
        return Counts(array("I", found), bytes(found.values()))

    def slots_in(self, documents: Iterable[int], slots: Sequence[int]) -> Iterator[Sequence[int]]:
        """For each of some documents (in order) those of some slots (sorted) that it has.

        Documents mostly have few of them.
        """
        starts, size, end = self.starts, len(slots), 0
        for document in documents:
            first = end = bisect_left(slots, starts[_ZONES * document], end)
            last = starts[_ZONES * document + _ZONES]
            while end < size and slots[end] < last:
                end += 1
            yield slots[first:end]
