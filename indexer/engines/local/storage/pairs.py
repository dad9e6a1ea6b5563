"""Which documents have words in a row: all spellings of a row of folded words together.

Two words side by side are a row, any two; of longer rows those that are named (`named_rows`). What
one row of folded words has in an index is a family. It stands in the dictionary under a key that no
word has (`~cay xanh`) and maps each spelling of the row (`cây0 xanh0`) to the documents that have
it and how often, in packed counts. Where a row stands is told by its words alone. Most families of
a night are one spelling in one document.
"""

from __future__ import annotations

import struct
from array import array
from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import chain, product
from typing import TYPE_CHECKING

from indexer.engines.local.storage.frames import Data, seal, unpacked, unseal
from indexer.engines.local.storage.posting_lists import (
    Counts,
    Move,
    counts_from,
    counts_to_bytes,
    moved_counts,
)
from indexer.language.analysis import pack_counts
from indexer.named_tuple import NamedTuple

if TYPE_CHECKING:
    from indexer.language.occurrences import Occurrences

SIGN = b"~"
"""What the key of a family begins with; no word does."""

AFTER_PAIRS = bytes([SIGN[0] + 1])
"""What sorts after all families."""

_HEAD = struct.Struct("<III")

Family = dict[bytes, tuple["array[int]", bytes]]
"""Spelling of a row → the documents that have it, in order, and the packed counts of each."""


class Single(NamedTuple):
    """A family of one spelling that one document has, and its packed counts."""

    spelling: bytes
    document: int
    packed: int

    def as_family(self) -> Family:
        """The same as any other family."""
        return {self.spelling: (array("I", (self.document,)), bytes((self.packed,)))}


Row = tuple[bytes, ...]
"""Terms that stand in a row: each at the position after the one before."""


class TermsByPosition(NamedTuple):
    """What stands at each position of a document, counted from its first: a term, or none (`b""`).

    `several` has all terms of the positions that have more than one, `zones` are the positions of
    title, lead and body.
    """

    at: list[bytes]
    several: dict[int, list[bytes]]
    zones: tuple[range, range, range]


def by_position(found: Occurrences) -> TermsByPosition:
    """A document by position."""
    first, lead, body, end = (start - found.zones[0] for start in found.zones)
    at = [b""] * (end + 1)
    several: dict[int, list[bytes]] = {}
    for term, (_, positions) in found.terms.items():
        for position in positions:
            place = position - found.zones[0]
            if at[place]:
                several.setdefault(place, [at[place]]).append(term)
            else:
                at[place] = term
    return TermsByPosition(at, several, (range(first, lead), range(lead, body), range(body, end)))


def pairs_of(text: TermsByPosition) -> dict[Row, int]:
    """The packed counts of each pair of terms that stand side by side in a document.

    Where several terms share a position, each of them has the neighbours.
    """
    title, before, after = (_in_zone(text.at, text.several, zone) for zone in text.zones)
    counts = {pair: count if count < 15 else 15 for pair, count in after.items()}
    for pair in {**title, **before}:
        counts[pair] = pack_counts(title[pair], before[pair], after[pair])
    return counts


def _in_zone(at: list[bytes], several: Mapping[int, list[bytes]], zone: range) -> Counter[Row]:
    found: Counter[Row] = Counter(
        zip(at[zone.start : zone.stop], at[zone.start + 1 : zone.stop], strict=False)
    )
    for place in {*several, *(place - 1 for place in several)}:
        if place in zone and place + 1 in zone:
            found[at[place], at[place + 1]] -= 1
            here, there = (several.get(one, [at[one]]) for one in (place, place + 1))
            found.update(product(here, there))
    return Counter(
        {pair: count for pair, count in found.items() if count > 0 and pair[0] and pair[1]}
    )


def key_of(folded: Iterable[bytes]) -> bytes:
    """The key of the family of a row of folded words."""
    return SIGN + b" ".join(folded)


def family_of(row: Row, parted: Mapping[bytes, tuple[bytes, bytes]]) -> tuple[bytes, bytes]:
    """The key of the family of a row, and which spelling of it the row is.

    `parted` has the folded letters and the form of each term.
    """
    both = [parted[term] for term in row]
    return key_of([folded for folded, _ in both]), b" ".join([form for _, form in both])


def pack_family(family: Family) -> bytes:
    """A family as one piece."""
    spellings = b"\n".join(family)
    lists = b"".join([counts_to_bytes(ids, counts) for ids, counts in family.values()])
    return seal(_HEAD.pack(len(family), len(spellings), len(lists)), spellings, lists)


def read_family(data: Data, place: int) -> dict[bytes, Counts]:
    """What was packed. Raises `DamagedPiece` if it is not as it was written."""
    _, size, rest = unpacked(_HEAD, data, place)
    content = unseal(data, place, place + _HEAD.size + size + rest)
    start = _HEAD.size + size
    found = {}
    for spelling in content[_HEAD.size : start].split(b"\n"):
        found[spelling], start = counts_from(content, start)
    return found


def listed(family: Mapping[bytes, Counts]) -> Family:
    """The same as lists of documents."""
    return {spelling: counts.listed() for spelling, counts in family.items()}


def single_of(family: Family) -> Family | Single:
    """A family as a single one, if it is."""
    if len(family) == 1:
        ((spelling, (ids, counts)),) = family.items()
        if len(ids) == 1:
            return Single(spelling, ids[0], counts[0])
    return family


def renumbered_family(family: Family | Single, move: Move) -> Family | Single | None:
    """The family with other document numbers; None if none of its documents is left."""
    if isinstance(family, Single):
        number = move.numbers[family.document]
        return None if number < 0 else Single(family.spelling, number, family.packed)
    found = {
        spelling: moved
        for spelling, (ids, counts) in family.items()
        if (moved := moved_counts(ids, counts, move)) is not None
    }
    return single_of(found) if found else None


def joined_families(families: Iterable[Family | Single]) -> Family:
    """One family of several, whose documents follow on one another."""
    found: dict[bytes, tuple[array[int], bytearray]] = {}
    whole = (one.as_family() if isinstance(one, Single) else one for one in families)
    for spelling, (ids, counts) in chain.from_iterable(one.items() for one in whole):
        own = found.setdefault(spelling, (array("I"), bytearray()))
        own[0].extend(ids if ids.typecode == "I" else array("I", ids))
        own[1].extend(counts)
    return {spelling: (ids, bytes(counts)) for spelling, (ids, counts) in sorted(found.items())}
