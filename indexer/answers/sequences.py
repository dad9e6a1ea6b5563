"""Where a sequence stands: all documents at once, step by step, the rarest words first.

A place is a document and a position in one number (see `indexer.files.postings`), so that a step is
a set of places, each one further, and what of it a spelling's places have in common.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from itertools import chain

from indexer.answers.corpus import Corpus
from indexer.answers.spellings import TIERS, Tiers, lists_of, spellings, upto
from indexer.files.bits import all_of, any_of, documents_of
from indexer.files.postings import PLACE, Postings, of_places
from indexer.language.analysis import LEAD_START
from indexer.queries.query import FOLDED, Atom, Edge, Words

Ends = dict[int, set[int]]
"""Number of positions → the places after all matches of so many."""

Step = list[Edge]
"""All edges from one place of the sequence to another."""

Row = list[Step]
"""Steps that follow on one another, with no other way in or out between them."""

Standing = list[list[tuple[int, Postings]]]
"""For each tier the matches that are of this tier and stand in its documents: number of positions,
and where those begin that take so many."""


class Sequence:
    """A sequence over several positions, or with several words at one."""

    def __init__(self, corpus: Corpus, words: Words, edges: Collection[Edge]) -> None:
        self._size = corpus.size
        self._title_only = words.title_only
        self._length = words.length
        self._rows = _rows(edges)
        atoms = {atom for edge in edges for option in edge.options for atom in option}
        self._lists = {atom: lists_of(corpus, spellings(corpus, atom)) for atom in atoms}
        self._worst = max(
            [edge.floor for edge in edges]
            + [tier for lists in self._lists.values() for tier in TIERS if lists[tier]]
        )
        self.bound = self._bound()

    def _bound(self) -> Tiers:
        """The documents that have all words of some way through, anywhere, by tier."""
        sets = {atom: upto(lists, self._size) for atom, lists in self._lists.items()}
        found = []
        for tier in TIERS:
            reached = [(1 << self._size) - 1, *[0] * self._length]
            for row in self._rows:
                bits = reached[row[0][0].start]
                for step in row:
                    options = [o for edge in step if edge.floor <= tier for o in edge.options]
                    bits = any_of(all_of(bits, (sets[a][tier] for a in o)) for o in options)
                reached[row[-1][0].end] |= bits
            found.append(reached[-1])
        return found[0], found[1], found[2]

    def standing(self, within: int) -> Standing:
        """Where it stands in some documents (a set)."""
        possible = within & self.bound[FOLDED]
        documents = set(documents_of(possible))
        whole = self._walk(FOLDED, None, documents)
        if self._title_only or possible != self.bound[FOLDED]:
            whole = self._kept(whole, documents)
        found: Standing = []
        known: set[int] = set()
        for tier in TIERS:
            fresh = {
                steps: [end - steps for end in ends if end >> 32 not in known]
                for steps, ends in whole.items()
            }
            if tier < self._worst:
                ends = self._walk(tier, set(chain.from_iterable(fresh.values())), documents)
                fresh = {steps: [end - steps for end in places] for steps, places in ends.items()}
            lists = [
                (steps, of_places(sorted(begins))) for steps, begins in fresh.items() if begins
            ]
            known.update(*(postings.ids for _, postings in lists))
            found.append(lists)
        return found

    def _kept(self, ends: Ends, documents: set[int]) -> Ends:
        """Of the matches those in the documents, and in the title if nothing else counts."""
        last = LEAD_START if self._title_only else PLACE
        return {
            steps: {
                place
                for place in places
                if place >> 32 in documents and (place - steps) % PLACE < last
            }
            for steps, places in ends.items()
        }

    def _walk(self, tier: int, begins: set[int] | None, documents: set[int]) -> Ends:
        """The matches up to a tier that begin at some places, or anywhere in some documents."""
        reached: list[Ends] = [{} for _ in range(self._length + 1)]
        for row in self._rows:
            start = row[0][0].start
            before: Mapping[int, set[int] | None] = reached[start] if start else {0: begins}
            after = reached[row[-1][0].end]
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

    def _upto(self, atom: Atom, tier: int) -> chain[Postings]:
        return chain.from_iterable(self._lists[atom][: tier + 1])

    def _weight(self, step: Step, tier: int) -> int:
        return sum(
            min(sum(len(postings.ids) for postings in self._upto(atom, tier)) for atom in option)
            for option in _options(step, tier)
        )

    def _places(self, step: Step, tier: int, documents: set[int]) -> set[int]:
        """Where a step is made in some documents, and maybe in others."""
        found: set[int] = set()
        for first, *others in _options(step, tier):
            lists = self._upto(first, tier)
            places = set().union(*[postings.places_around(documents) for postings in lists])
            found |= self._all_among(others, tier, places)
        return found

    def _among(self, step: Step, tier: int, places: set[int]) -> set[int]:
        """Those of the places where a step is made."""
        options = _options(step, tier)
        return set().union(*[self._all_among(option, tier, places) for option in options])

    def _all_among(self, atoms: Iterable[Atom], tier: int, places: set[int]) -> set[int]:
        for atom in atoms:
            some = places
            places = set().union(*[one.among(some) for one in self._upto(atom, tier)])
        return places


def _options(step: Step, tier: int) -> list[tuple[Atom, ...]]:
    return [option for edge in step if edge.floor <= tier for option in edge.options]


def _rows(edges: Collection[Edge]) -> list[Row]:
    """The edges as rows, each after those that lead to it."""
    steps: dict[tuple[int, int], Step] = {}
    for edge in sorted(edges, key=lambda edge: edge.start):
        steps.setdefault((edge.start, edge.end), []).append(edge)
    leaving = Counter(start for start, _ in steps)
    arriving = Counter(end for _, end in steps)
    single = {place for place, count in leaving.items() if count == arriving[place] == 1}
    following = {start: step for (start, _), step in steps.items() if start in single}
    rows = []
    for (start, _), step in steps.items():
        if start not in single:
            row = [step]
            while row[-1][0].end in following:
                row.append(following[row[-1][0].end])
            rows.append(row)
    return rows
