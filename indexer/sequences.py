"""Where a sequence stands: all documents at once, step by step, the rarest words first.

A place is a document and a position in one number (see `indexer.postings`), so that a step is a set
of places, each one further, and what of it a spelling's places have in common.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from indexer.analysis import LEAD_START
from indexer.bits import bits_of, documents_of
from indexer.corpus import Corpus
from indexer.postings import PLACE, Postings
from indexer.query import FOLDED, Atom, Edge, Words
from indexer.spellings import TIERS, Spelled, Tiers, spellings

Stretch = tuple[int, int]
"""The first position of a match, and the one that follows on it."""

Ends = dict[int, set[int]]
"""Number of steps → the places after all matches of so many steps."""

Row = list[Edge]
"""Edges that follow on one another, with no other way in or out between them."""


class Standing(NamedTuple):
    """Where a sequence stands: the documents by tier, and the matches of that tier in each."""

    upto: Tiers
    matches: tuple[dict[int, list[Stretch]], ...]


class Sequence:
    """A sequence over several positions, or with several words at one."""

    def __init__(self, corpus: Corpus, words: Words, edges: Collection[Edge]) -> None:
        self._size = corpus.size
        self._title_only = words.title_only
        self._length = words.length
        self._rows = _rows(edges)
        atoms = {atom for edge in edges for option in edge.options for atom in option}
        self._spelled = {atom: Spelled(corpus, spellings(corpus, atom)) for atom in atoms}
        self.bound = self._bound()

    def _bound(self) -> Tiers:
        """The documents that have all words of some way through, anywhere, by tier."""
        upto = {atom: spelled.upto() for atom, spelled in self._spelled.items()}
        sets = []
        for tier in TIERS:
            reached = [(1 << self._size) - 1, *[0] * self._length]
            for row in self._rows:
                bits = reached[row[0].start]
                for edge in row:
                    here = 0
                    for option in edge.options if edge.floor <= tier else ():
                        both = bits
                        for atom in option:
                            both &= upto[atom][tier]
                        here |= both
                    bits = here
                reached[row[-1].end] |= bits
            sets.append(reached[-1])
        return sets[0], sets[1], sets[2]

    def standing(self, within: int) -> Standing:
        """Where it stands in some documents (a set)."""
        documents = set(documents_of(within & self.bound[FOLDED]))
        whole = self._kept(self._walk(FOLDED, None, documents), documents)
        begins = {place - steps for steps, places in whole.items() for place in places}
        upto: list[int] = []
        matches: list[dict[int, list[Stretch]]] = []
        known: set[int] = set()
        for tier in TIERS:
            ends = whole if tier == FOLDED else self._walk(tier, begins, documents)
            found = _by_document(ends, known)
            known |= found.keys()
            matches.append(found)
            upto.append(bits_of(known, self._size))
        return Standing((upto[0], upto[1], upto[2]), tuple(matches))

    def _kept(self, ends: Ends, documents: set[int]) -> Ends:
        """Of the matches those in the documents, and in the title if nothing else counts."""
        return {
            steps: {
                place
                for place in places
                if place // PLACE in documents
                and not (self._title_only and (place - steps) % PLACE >= LEAD_START)
            }
            for steps, places in ends.items()
        }

    def _walk(self, tier: int, begins: set[int] | None, documents: set[int]) -> Ends:
        """The matches up to a tier that begin at some places, or anywhere in some documents."""
        reached: list[Ends] = [{} for _ in range(self._length + 1)]
        for row in self._rows:
            if any(edge.floor > tier for edge in row):
                continue
            before: dict[int, set[int] | None] = {0: begins} if not row[0].start else {}
            before |= reached[row[0].start]
            after = reached[row[-1].end]
            for steps, places in before.items():
                further = self._through(row, tier, places, documents)
                if further:
                    after[steps + len(row)] = after.get(steps + len(row), set()) | further
        return reached[self._length]

    def _through(
        self, row: Row, tier: int, places: set[int] | None, documents: set[int]
    ) -> set[int]:
        """The places after a row that stands at some places, or anywhere in some documents."""
        order = sorted(range(len(row)), key=lambda number: self._weight(row[number], tier))
        at = 0
        if places is None:
            at = order.pop(0)
            places = self._places(row[at], tier, documents)
        for number in order:
            if number != at:
                places = {place + (number - at) for place in places}
                at = number
            places = self._among(row[number], tier, places)
            if not places:
                return places
        return {place + (len(row) - at) for place in places}

    def _lists(self, atom: Atom, tier: int) -> Iterator[Postings]:
        for lists in self._spelled[atom].lists[: tier + 1]:
            yield from lists

    def _weight(self, edge: Edge, tier: int) -> int:
        return sum(
            min(sum(len(postings.ids) for postings in self._lists(atom, tier)) for atom in option)
            for option in edge.options
        )

    def _places(self, edge: Edge, tier: int, documents: set[int]) -> set[int]:
        """Where an edge stands in some documents, and maybe in others."""
        found: set[int] = set()
        for first, *others in edge.options:
            lists = self._lists(first, tier)
            places = set().union(*(postings.places_around(documents) for postings in lists))
            found |= self._all_among(others, tier, places)
        return found

    def _among(self, edge: Edge, tier: int, places: set[int]) -> set[int]:
        """Those of the places where an edge stands."""
        if len(edge.options) == 1:
            return self._all_among(edge.options[0], tier, places)
        return set().union(*(self._all_among(option, tier, places) for option in edge.options))

    def _all_among(self, atoms: Iterable[Atom], tier: int, places: set[int]) -> set[int]:
        for atom in atoms:
            some = places
            places = set().union(*(one.among(some) for one in self._lists(atom, tier)))
        return places


def _rows(edges: Collection[Edge]) -> list[Row]:
    """The edges as rows, each after those that lead to it."""
    leaving: Counter[int] = Counter()
    arriving: Counter[int] = Counter()
    for edge in edges:
        leaving[edge.start] += 1
        arriving[edge.end] += 1
    single = {place for place, count in leaving.items() if count == 1 and arriving[place] == 1}
    following = {edge.start: edge for edge in edges if edge.start in single}
    rows = []
    for edge in sorted(edges, key=lambda edge: edge.start):
        if edge.start not in single:
            row = [edge]
            while row[-1].end in following:
                row.append(following[row[-1].end])
            rows.append(row)
    return rows


def _by_document(ends: Ends, known: Collection[int]) -> dict[int, list[Stretch]]:
    """The matches in each document that is not known yet."""
    found: dict[int, list[Stretch]] = {}
    for steps, places in ends.items():
        for place in places:
            document, after = place >> 32, place & (PLACE - 1)
            if document not in known:
                match = (after - steps, after)
                if document in found:
                    found[document].append(match)
                else:
                    found[document] = [match]
    return found
