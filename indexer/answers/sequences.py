"""Where a sequence stands in the documents of an index, by tier."""

from __future__ import annotations

from array import array
from collections.abc import Collection

from indexer.answers.corpus import Corpus
from indexer.answers.spellings import TIERS, Tiers, lists_of, spellings, upto
from indexer.answers.walks import Ways, everywhere, in_some, options, rows_of
from indexer.files.bits import all_of, any_of, documents_of
from indexer.files.postings import Postings, of_slots
from indexer.queries.query import FOLDED, Edge, Words

Standing = list[list[tuple[int, Postings]]]
"""For each tier the matches that are of this tier and stand in its documents: number of slots, and
where those begin that take so many."""


_MANY = 1.25
"""All slots are looked at if the rarest word of a way stands in more documents than so many times
those there are, each counted for every spelling."""


class Sequence:
    """A sequence over several positions, or with several words at one."""

    def __init__(self, corpus: Corpus, words: Words, edges: Collection[Edge]) -> None:
        self._corpus = corpus
        self._title_only = words.title_only
        atoms = {atom for edge in edges for option in edge.options for atom in option}
        lists = {atom: lists_of(corpus, spellings(corpus, atom)) for atom in atoms}
        worst = max(
            [edge.floor for edge in edges]
            + [tier for by_tier in lists.values() for tier in TIERS if by_tier[tier]]
        )
        self._ways = Ways(words.length, rows_of(edges), lists, worst)
        self.bound = self._bound()

    def _bound(self) -> Tiers:
        """The documents that have all words of some way through, anywhere, by tier."""
        size, ways = self._corpus.size, self._ways
        sets = {atom: upto(lists, size) for atom, lists in ways.lists.items()}
        found = []
        for tier in TIERS:
            reached = [(1 << size) - 1, *[0] * ways.length]
            for row in ways.rows:
                bits = reached[row[0][0].start]
                for step in row:
                    ways_on = options(step, tier)
                    bits = any_of(all_of(bits, (sets[a][tier] for a in o)) for o in ways_on)
                reached[row[-1][0].end] |= bits
            found.append(reached[-1])
        return found[0], found[1], found[2]

    def standing(self, within: int) -> Standing:
        """Where it stands in some documents (a set), and maybe in others."""
        possible = within & self.bound[FOLDED]
        apart = self._ways.apart()
        if apart.many() > self._corpus.size * _MANY:
            begins = everywhere(self._corpus, self._ways)
        else:
            begins = in_some(self._corpus, apart, documents_of(possible))
        found: Standing = [[] for _ in TIERS]
        known = 0
        for tier, fresh in enumerate(begins):
            found[tier] = [
                (steps, postings)
                for steps, slots in fresh.items()
                if (postings := self._fresh(slots, known)).number
            ]
            known |= any_of(postings.bits(self._corpus.size) for _, postings in found[tier])
        return found

    def _fresh(self, slots: list[int], known: int) -> Postings:
        """What stands at some slots, in other documents than those known (a set)."""
        zones = self._corpus.zones
        if self._title_only:
            slots = [slot for slot in slots if zones.in_title(slot)]
        postings = of_slots(array("I", slots), zones)
        documents = postings.bits(self._corpus.size)
        if not documents & known:
            return postings
        left = documents_of(documents & ~known)
        return of_slots(array("I", postings.slots_in(zones.stretches(left))), zones)
