"""A posting list that is open: which documents have a spelling, how often, and where."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterable, Sequence
from itertools import compress, repeat
from operator import eq, itemgetter

from indexer.engines.local.storage.bitsets import bits_of, bits_of_column, those_in
from indexer.engines.local.storage.frames import shifted
from indexer.engines.local.storage.posting_lists import Counts
from indexer.engines.local.storage.zones import Stretches, Zones, ordinals_in
from indexer.query.tree import Zone

_LOOK_UP = 8
"""To look something up in a list costs as much as to go through so many of its entries."""

_MANY = 50
"""With so many documents it is quicker to see first which of them a set has."""


def at(column: bytes, documents: Sequence[int]) -> Sequence[int]:
    """The counts of some documents, from those of all."""
    if len(documents) < 2:
        return [column[document] for document in documents]
    found: tuple[int, ...] = itemgetter(*documents)(column)
    return found


class Postings:
    """All postings of one spelling.

    `number` documents have it. Their counts are packed (see `pack_counts`); the ordinals
    are read when they are asked for, and then kept, unless `keeps` says that others do.
    """

    def __init__(
        self,
        number: int,
        counts: Counts,
        read: Callable[[], array[int]],
        *,
        keeps: bool = True,
    ) -> None:
        self.number = number
        self.by_document = counts
        self.read = read
        self._bits: int | None = None
        self._ordinals: array[int] | None = None
        self._keeps = keeps

    @property
    def memory(self) -> int:
        """About how many bytes it takes with its set of documents, without its ordinals."""
        ids, counts, _ = self.by_document
        if ids is None:
            return len(counts) * 9 // 8
        return len(ids) * (ids.itemsize + 1) + min(len(ids) * 4, ids[-1] // 8 if ids else 0)

    def listed(self) -> tuple[array[int], bytes]:
        """The documents, in order, and the counts of each."""
        return self.by_document.listed()

    @property
    def column(self) -> bytes | None:
        """The counts of all documents, if they are kept so."""
        return self.by_document.counts if self.by_document.ids is None else None

    def counts_in(self, documents: Sequence[int], size: int) -> list[int]:
        """The counts of some documents, of `size` in all; 0 for those that have none."""
        ids, counts, _ = self.by_document
        if ids is None:
            return list(at(counts.ljust(size, b"\0"), documents))
        return [*map(self.some_counts(documents, size).get, documents, repeat(0))]

    def some_counts(self, documents: Sequence[int], size: int) -> dict[int, int]:
        """The same of a list that is no column, of those documents that have any."""
        ids, counts = self.listed()
        having = self.by_document.documents
        some: Iterable[int] = documents
        if len(ids) < len(documents) * _LOOK_UP:
            some = frozenset(documents).intersection(ids)
        elif having is not None and len(documents) >= _MANY:
            some = those_in(having, documents, size)
        end = len(ids)
        return {
            one: counts[place]
            for one in some
            if (place := bisect_left(ids, one)) < end and ids[place] == one
        }

    def bits(self, size: int) -> int:
        """The documents as a set, of `size` in all."""
        if self._bits is None:
            ids, counts, self._bits = self.by_document
        if self._bits is None:
            self._bits = bits_of_column(counts) if ids is None else bits_of(ids, size)
        return self._bits

    @property
    def ordinals(self) -> array[int]:
        """Where the spelling stands, in order."""
        if self._ordinals is not None:
            return self._ordinals
        found = self.read()
        if self._keeps:
            self._ordinals = found
        return found

    def ordinals_in(self, stretches: Stretches) -> list[int]:
        """The ordinals in some stretches, each of which mostly has few of them."""
        return ordinals_in(self.ordinals, stretches)

    def among(self, ordinals: Collection[int]) -> Sequence[int]:
        """Those of some ordinals where the spelling stands, and maybe others."""
        own = self.ordinals
        if len(ordinals) * _LOOK_UP > len(own):
            return own
        # Where one would stand, with what stands there: all in a few calls, whatever their number.
        wanted = sorted(ordinals)
        places = map(bisect_left, repeat(own), wanted[: bisect_right(wanted, own[-1])])
        return [*compress(wanted, map(eq, wanted, map(own.__getitem__, places)))]


def joined(parts: Sequence[tuple[int, int, Postings]], size: int) -> Postings:
    """One list of those of several segments, each with its first document and its first ordinal.

    `size` is how many documents all segments have.
    """
    number = sum(postings.number for _, _, postings in parts)
    counts: Counts
    longest = max((postings for _, _, postings in parts), key=lambda one: one.number, default=None)
    if longest and longest.column is not None:
        column = bytearray(size)
        for base, _, postings in parts:
            own = postings.by_document.as_column()
            column[base : base + len(own)] = own
        counts = Counts(None, bytes(column), _all_bits(parts, size))
    else:
        ids, packed = array("I"), []
        for base, _, postings in parts:
            own_ids, own_counts = postings.listed()
            ids.extend(shifted(own_ids, base))
            packed.append(own_counts)
        known = any(postings.by_document.documents is not None for _, _, postings in parts)
        documents = _all_bits(parts, size) if known else None
        counts = Counts(ids, b"".join(packed), documents)

    # The lists themselves, with counts and sets of their own, are not kept.
    readers = [(base, postings.read) for _, base, postings in parts]

    def read() -> array[int]:
        ordinals = array("I")
        for base, read_one in readers:
            ordinals.extend(shifted(read_one(), base))
        return ordinals

    return Postings(number, counts, read, keeps=False)


def _all_bits(parts: Sequence[tuple[int, int, Postings]], size: int) -> int:
    """The documents of all parts as a set."""
    found, above = 0, size
    for base, _, postings in reversed(parts):
        found = found << (above - base) | postings.bits(above - base)
        above = base
    return found << above


def of_ordinals(ordinals: array[int], zones: Zones) -> Postings:
    """The list of what stands at some ordinals (sorted)."""
    counts = zones.counts(ordinals)
    return Postings(len(counts.counts) - counts.counts.count(0), counts, lambda: ordinals)


def in_zone(postings: Postings, zones: Zones, zone: Zone) -> Postings:
    """What of a list stands in titles, or outside of them."""
    wanted = 0b11_00_0000 if zone == "title" else 0b00_11_1111
    ids, counts, _ = postings.by_document
    own = counts.translate(bytes([packed & wanted for packed in range(256)]))
    if ids is not None:
        ids = array(ids.typecode, compress(ids, own))
        own = own.translate(None, b"\0")

    def read() -> array[int]:
        ordinals = postings.ordinals_in(zones.stretches(Counts(ids, own).listed()[0]))
        return array("I", [one for one in ordinals if zones.is_in(one, zone)])

    number = len(ids) if ids is not None else len(own) - own.count(0)
    return Postings(number, Counts(ids, own), read)
