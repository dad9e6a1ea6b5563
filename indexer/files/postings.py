"""A posting list as arrays: which documents have a spelling, how often, and where."""

from __future__ import annotations

import sys
from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from functools import cached_property
from itertools import accumulate, chain, repeat

from indexer.files.bits import bits_of
from indexer.language.analysis import BODY_START, LEAD_START, pack_counts

PLACE = 1 << 32
"""What a document number is multiplied by, so that it and a position are one number."""

_LOOK_UP, _LOOK_UP_MADE = 16, 48
"""To look a document up in a list costs as much as to go through so many of its positions: when
these must first be made places, and when they are."""

_HALVES = (0, 1) if sys.byteorder == "little" else (1, 0)


class Postings:
    """All postings of one spelling, in order of document number.

    `counts` packs a document's counts into a byte: title (2 bits), lead (2), body (4), each cut off
    at its greatest value. `read` gets, when they are first asked for, how many positions each
    document has, and all positions.
    """

    def __init__(
        self,
        ids: array[int],
        counts: bytes,
        read: Callable[[], tuple[array[int], array[int]]],
    ) -> None:
        self.ids = ids
        self.counts = counts
        self.read = read
        self._bits: int | None = None

    @cached_property
    def _lengths_and_positions(self) -> tuple[array[int], array[int]]:
        return self.read()

    @property
    def positions(self) -> array[int]:
        """All positions, document by document."""
        return self._lengths_and_positions[1]

    @cached_property
    def starts(self) -> array[int]:
        """Where the positions of each document begin, and where the last ones end."""
        return array("I", accumulate(self._lengths_and_positions[0], initial=0))

    def bits(self, size: int) -> int:
        """The documents as a set."""
        if self._bits is None:
            self._bits = bits_of(self.ids, size)
        return self._bits

    @cached_property
    def places(self) -> array[int]:
        """All positions in all documents, each as document number × PLACE + position."""
        lengths, positions = self._lengths_and_positions
        halves = array("I", bytes(8 * len(positions)))
        halves[_HALVES[0] :: 2] = array("I", positions)
        halves[_HALVES[1] :: 2] = array("I", chain.from_iterable(map(repeat, self.ids, lengths)))
        places = array("Q")
        places.frombytes(halves.tobytes())
        return places

    def places_in(self, documents: Collection[int]) -> list[int]:
        """The places in some documents."""
        positions, starts = self.positions, self.starts
        found: list[int] = []
        for document, place in self._places_of(documents):
            base = document * PLACE
            found += [base + at for at in positions[starts[place] : starts[place + 1]]]
        return found

    def places_around(self, documents: Collection[int]) -> Sequence[int]:
        """The places in some documents, and maybe in others."""
        return self.places_in(documents) if self._few(documents) else self.places

    def among(self, places: set[int]) -> set[int]:
        """Those of the places where the spelling stands."""
        if self._few(places):
            return places.intersection(self.places_in({place // PLACE for place in places}))
        return places.intersection(self.places)

    def _few(self, wanted: Collection[int]) -> bool:
        """Whether it is quicker to look these up than to go through the whole list."""
        made = "places" in self.__dict__
        return len(wanted) * (_LOOK_UP_MADE if made else _LOOK_UP) < len(self.positions)

    def _places_of(self, documents: Collection[int]) -> list[tuple[int, int]]:
        """(document, its place in the list) of those that are in the list."""
        ids = self.ids
        end = len(ids)
        if len(documents) * _LOOK_UP > 2 * end:
            wanted = documents if isinstance(documents, set | frozenset) else set(documents)
            return [(document, at) for at, document in enumerate(ids) if document in wanted]
        found = []
        for document in documents:
            place = bisect_left(ids, document)
            if place < end and ids[place] == document:
                found.append((document, place))
        return found


def joined(parts: list[tuple[int, Postings]]) -> Postings:
    """One list of the lists of several segments, each with the number of its first document."""
    if len(parts) == 1 and not parts[0][0]:
        return parts[0][1]
    ids = array("I")
    for base, postings in parts:
        ids.extend([base + document for document in postings.ids])

    def read() -> tuple[array[int], array[int]]:
        lengths, positions = array("I"), array("I")
        for _, postings in parts:
            some_lengths, some_positions = postings.read()
            lengths.extend(array("I", some_lengths))
            positions.extend(array("I", some_positions))
        return lengths, positions

    return Postings(ids, b"".join(postings.counts for _, postings in parts), read)


def in_titles(postings: Postings) -> Postings:
    """What of a list stands in titles."""
    documents = [
        one for one, counts in zip(postings.ids, postings.counts, strict=True) if counts >> 6
    ]
    places = postings.places_in(documents)
    return of_places([place for place in places if place % PLACE < LEAD_START])


def of_places(places: list[int]) -> Postings:
    """The list of what stands at some places (sorted)."""
    lengths = Counter([place // PLACE for place in places])
    positions = array("I", [place % PLACE for place in places])
    counts = bytearray()
    start = 0
    for length in lengths.values():
        if positions[start] >= BODY_START:
            counts.append(min(length, 15))
        else:
            counts.append(counts_of(positions[start : start + length]))
        start += length
    numbers = array("I", lengths.values())
    return Postings(array("I", lengths), bytes(counts), lambda: (numbers, positions))


def counts_of(positions: Sequence[int]) -> int:
    """Packed counts, from sorted positions."""
    lead = bisect_left(positions, LEAD_START)
    body = bisect_left(positions, BODY_START, lead)
    return pack_counts(lead, body - lead, len(positions) - body)
