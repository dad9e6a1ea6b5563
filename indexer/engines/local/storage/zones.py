"""Which ordinals of an index are whose: those of a document follow on one another, zone by zone."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import repeat

from indexer.engines.local.storage.bitsets import SOME, bits_of_ordinals
from indexer.engines.local.storage.posting_lists import Counts, is_dense
from indexer.language.analysis import ZONES, pack_counts
from indexer.query.tree import Zone

_MOST = 15
_PACKED = [
    [
        pack_counts(*[count * (zone == other) for other in range(ZONES)])
        for count in range(_MOST + 1)
    ]
    for zone in range(ZONES)
]
"""The packed counts of a document that has so many in a zone, by zone and number."""


Stretches = tuple[list[int], list[int]]
"""Where some stretches of ordinals begin, and where each ends."""


class Zones:
    """`starts` are the first ordinals of each zone of each document, and where the last ends."""

    def __init__(self, starts: array[int]) -> None:
        self.starts = starts
        self.end = starts[-1]

    def ends_of(self, document: int) -> tuple[int, int]:
        """Where its title and its lead end, counted from its first ordinal."""
        first, lead, body = self.starts[ZONES * document : ZONES * (document + 1)]
        return lead - first, body - first

    def document(self, ordinal: int) -> int:
        """The document that has an ordinal."""
        return (bisect_right(self.starts, ordinal) - 1) // ZONES

    @cached_property
    def firsts(self) -> int:
        """The first ordinal of each document, as a set."""
        return bits_of_ordinals([self.starts[::ZONES]], self.end)

    def documents(self, ordinals: int) -> int:
        """The documents that have any of a set of ordinals, as a set."""
        content = ordinals.to_bytes(self.end // 8 + 1, "little")
        some = content.translate(SOME)
        found = bytearray(len(self.starts) // ZONES // 8 + 1)
        ordinal = _from(content, some, 0)
        while ordinal >= 0:
            document = self.document(ordinal)
            found[document >> 3] |= 1 << (document & 7)
            ordinal = _from(content, some, self.starts[ZONES * (document + 1)])
        return int.from_bytes(found, "little")

    def is_in(self, ordinal: int, zone: Zone) -> bool:
        """Whether an ordinal belongs to a title, or to what is no title."""
        in_title = (bisect_right(self.starts, ordinal) - 1) % ZONES == 0
        return in_title == (zone == "title")

    def counts(self, ordinals: Sequence[int]) -> Counts:
        """How many of some ordinals (sorted) each document has, packed."""
        size = len(self.starts) // ZONES
        found: bytearray | defaultdict[int, int]
        found = bytearray(size) if is_dense(len(ordinals), size) else defaultdict(int)
        for zone, count in Counter(map(bisect_right, repeat(self.starts), ordinals)).items():
            document, which = divmod(zone - 1, ZONES)
            found[document] |= _PACKED[which][min(count, _MOST)]
        if isinstance(found, bytearray):
            return Counts(None, bytes(found))
        return Counts(array("I", found), bytes(found.values()))

    def stretches(self, documents: Iterable[int]) -> Stretches:
        """Where the ordinals of each document begin and end."""
        starts = [ZONES * document for document in documents]
        ends = [start + ZONES for start in starts]
        return [*map(self.starts.__getitem__, starts)], [*map(self.starts.__getitem__, ends)]


def ordinals_in(ordinals: Sequence[int], stretches: Stretches) -> list[int]:
    """Those of some ordinals (sorted) that lie in some stretches, each of which mostly has few."""
    firsts, ends = stretches
    size = len(ordinals)
    found: list[int] = []
    for place, end in zip(map(bisect_left, repeat(ordinals), firsts), ends, strict=True):
        while place < size and (ordinal := ordinals[place]) < end:
            found.append(ordinal)
            place += 1
    return found


def _from(content: bytes, some: bytes, start: int) -> int:
    """The first bit of a set from one on; −1 if there is none. `some` says which bytes have any."""
    place = start >> 3
    left = content[place] >> (start & 7)
    if left:
        return start + (left & -left).bit_length() - 1
    place = some.find(1, place + 1)
    if place < 0:
        return -1
    byte = content[place]
    return (place << 3) + (byte & -byte).bit_length() - 1
