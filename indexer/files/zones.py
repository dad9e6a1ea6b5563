"""Which slots of an index are whose: those of a document follow on one another, zone by zone."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import repeat

from indexer.language.analysis import pack_counts

_ZONES = 3
"""Title, lead, body."""


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

    def counts(self, slots: Iterable[int]) -> tuple[array[int], bytes]:
        """The documents that have some slots (sorted), and how many of them, packed."""
        documents, packed = array("I"), bytearray()
        counts = [0] * _ZONES
        last = -1
        for zone, count in Counter(map(bisect_right, repeat(self.starts), slots)).items():
            document, number = divmod(zone - 1, _ZONES)
            if document != last:
                if last >= 0:
                    packed.append(pack_counts(*counts))
                documents.append(document)
                counts = [0] * _ZONES
                last = document
            counts[number] = count
        if last >= 0:
            packed.append(pack_counts(*counts))
        return documents, bytes(packed)

    def slots_in(self, documents: Iterable[int], slots: Sequence[int]) -> Iterator[Sequence[int]]:
        """For each of some documents (in order) those of some slots (sorted) that it has."""
        starts, end = self.starts, 0
        for document in documents:
            first = bisect_left(slots, starts[_ZONES * document], end)
            end = bisect_left(slots, starts[_ZONES * document + _ZONES], first)
            yield slots[first:end]
