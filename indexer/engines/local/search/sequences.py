"""Where a sequence stands in the documents of an index, by tier."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Collection, Mapping
from functools import partial
from itertools import chain

from indexer.engines.local.search.budget import STEPS, Budget
from indexer.engines.local.search.index_snapshot import IndexSnapshot
from indexer.engines.local.search.pair_filter import Terms, by_pairs, only, where
from indexer.engines.local.search.phrase_matcher import (
    Lists,
    Row,
    Ways,
    everywhere,
    in_some,
    options,
    rows_of,
)
from indexer.engines.local.search.spellings import (
    TIERS,
    Tiers,
    counts_together,
    documents_of_lists,
    keyed_lists,
    spellings,
    upto,
)
from indexer.engines.local.search.told_rows import RowsOfLength, rows_told
from indexer.engines.local.storage.bitsets import all_of, any_of, documents_of
from indexer.engines.local.storage.posting_lists import Counts
from indexer.engines.local.storage.postings import Postings, in_zone, of_ordinals
from indexer.named_tuple import NamedTuple
from indexer.query.tree import FOLDED, Edge, TermOrPhrase

Entry = tuple[int, Postings]
"""How many ordinals matches take, and where those begin that take so many."""

Standing = list[list[Entry]]
"""For each tier the matches that are of this tier and stand in its documents."""


_MANY = 1.25
"""All ordinals are looked at if the rarest word of a way stands in more documents than so often
those there are, each counted for every spelling."""


_MARK = 0.25
_SHIFT = 1 / 1500
_LOOK = 0.5
_LOOK_UP = 4
"""Steps of a budget (some microseconds): for a document that has a word, for an ordinal of the
index and a word, for a place looked at; and so many of these are as much as to look one up."""


class Walk(NamedTuple):
    """How to look for a sequence within a set of documents, of which some possibly have it.

    By all ordinals, for so many steps, or by those in so many documents; `need` is what it takes.
    `graph` are the same ways as `ways`, those of which begin alike put together.
    """

    within: int
    possible: int
    ways: Ways
    graph: Ways
    all_of_it: float | None
    some: Callable[[int], float]
    need: float


class Sequence:
    """A sequence over several positions, or with several words at one."""

    def __init__(
        self,
        snapshot: IndexSnapshot,
        words: TermOrPhrase,
        edges: Collection[Edge],
        budget: Budget,
    ) -> None:
        self._snapshot = snapshot
        self._zone = words.zone
        atoms = {atom for edge in edges for option in edge.options for atom in option}
        self._keyed = {
            atom: keyed_lists(snapshot, spellings(snapshot, atom, budget)) for atom in sorted(atoms)
        }
        lists = dict(only(self._keyed.items(), {}))
        worst = max(
            [edge.floor for edge in edges]
            + [tier for by_tier in lists.values() for tier in TIERS if by_tier[tier]]
        )
        self._ways = Ways(words.length, rows_of(edges), lists, worst)
        self.bound = self._bound()
        by_length: dict[int, list[Row]] = {}
        for row in _independent(self._ways):
            by_length.setdefault(len(row), []).append(row)
        told: dict[int, RowsOfLength] = {}
        others: list[Row] = []
        for length, rows in by_length.items():
            known = rows_told(snapshot, rows)
            if known:
                told[length] = known
            others += known.others if known else rows
        self._doubtful = 0
        self._told = self._of_told(told) if told else None
        """Where it stands, of all documents, as rows of words of which the index tells."""
        self._walked_for = self._ways._replace(rows=others) if told else self._ways
        self.told = None if others else self._told
        """The same if that is all that it may be."""

    def _bound(self) -> Tiers:
        """The documents that have all words of some way through, anywhere, by tier."""
        size, ways = self._snapshot.size, self._ways
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

    def _of_told(self, told: Mapping[int, RowsOfLength]) -> Standing:
        """What the index says of rows of words; ordinals are looked for when needed.

        In the few documents where that is doubtful the whole sequence is looked for.
        """
        size, zones = self._snapshot.size, self._snapshot.zones
        doubtful = any_of(rows.doubtful for rows in told.values())
        found: Standing = [[] for _ in TIERS]
        if doubtful:
            walked, left_out = self.standing(doubtful, Budget(STEPS))
            self._doubtful = doubtful & ~left_out
            found = [self._all_without(of_tier, ~self._doubtful) for of_tier in walked]
        known = self._doubtful
        for tier in TIERS:
            fresh = 0
            for length, rows in told.items():
                lists = rows.told[tier]
                if self._zone:
                    lists = [in_zone(one, zones, self._zone) for one in lists]
                documents = documents_of_lists(lists, size) & ~known
                if documents:
                    counts = counts_together(lists, documents, size)
                    read = partial(self._begins, length, tier, documents)
                    found[tier].append((length, Postings(documents.bit_count(), counts, read)))
                    fresh |= documents
            known |= fresh
        return found

    def _begins(self, length: int, tier: int, documents: int) -> array[int]:
        """The ordinals where matches of a tier and a length begin in some documents."""
        standing, _ = self.standing(documents, Budget(STEPS))
        stretches = self._snapshot.zones.stretches(documents_of(documents))
        found = [one.ordinals_in(stretches) for steps, one in standing[tier] if steps == length]
        return array("I", chain.from_iterable(found))

    def standing(self, within: int, budget: Budget) -> tuple[Standing, int]:
        """Where it stands in some documents (a set), and maybe in others.

        And in which of them it may stand as well, but was not looked for.
        """
        return self._walked(self._walk(within, self._ways), budget)

    def walk(self, within: int) -> Walk:
        """How to look for it in some documents (a set), and how many steps that takes.

        What the index tells of is not looked for.
        """
        return self._walk(within, self._walked_for)

    def walked(self, walk: Walk, budget: Budget) -> tuple[Standing, int]:
        """What `standing` says, found in this way."""
        found, left_out = self._walked(walk, budget)
        if self._told is None:
            return found, left_out
        known = 0
        for tier, told in enumerate(self._told):
            walked = self._all_without(found[tier], known | self._doubtful)
            found[tier] = self._all_without(told, known) + walked
            known |= any_of(postings.bits(self._snapshot.size) for _, postings in found[tier])
        return found, left_out

    def _all_without(self, entries: list[Entry], known: int) -> list[Entry]:
        """What is left of some lists without some documents (a set)."""
        left = [(steps, self._without(postings, known)) for steps, postings in entries]
        return [entry for entry in left if entry[1].number]

    def _without(self, postings: Postings, known: int) -> Postings:
        """A list without some documents (a set)."""
        size, zones = self._snapshot.size, self._snapshot.zones
        documents = postings.bits(size)
        if not documents & known:
            return postings
        left = documents_of(documents & ~known)
        counts = Counts(array("I", left), bytes(postings.counts_in(left, size)))
        return Postings(
            len(left), counts, lambda: array("I", postings.ordinals_in(zones.stretches(left)))
        )

    def _walk(self, within: int, ways: Ways) -> Walk:
        rows = _independent(ways)
        possible = within & self.bound[FOLDED]
        terms: Terms = {}
        apart = ways
        if rows:
            possible, rows, terms = by_pairs(self._snapshot, rows, possible)
            apart = ways._replace(rows=rows)
        asked = {a for row in ways.rows for step in row for e in step for o in e.options for a in o}
        keyed = {atom: self._keyed[atom] for atom in sorted(asked)}
        lists = dict(only(keyed.items(), terms))
        graph = ways._replace(lists=lists)
        apart = apart._replace(lists=where(self._snapshot.zones, keyed, terms, possible))
        some = _cost_of_some(apart.lists)
        all_of_it = None
        if (
            min(apart._replace(lists=lists).many(), 2 * possible.bit_count())
            > self._snapshot.size * _MANY
        ):
            all_of_it = _cost_of_all(self._snapshot, lists)
        need = some(possible.bit_count()) if all_of_it is None else all_of_it
        return Walk(within, possible, apart, graph, all_of_it, some, need)

    def _walked(self, walk: Walk, budget: Budget) -> tuple[Standing, int]:
        _, possible, apart, graph, all_of_it, some, _ = walk
        looked_at = possible
        if all_of_it is not None and all_of_it <= budget.share:
            budget.take(all_of_it)
            begins = everywhere(self._snapshot, graph)
        else:
            looked_at = budget.some_of(self._snapshot, possible, self.bound, some)
            begins = in_some(self._snapshot, apart, documents_of(looked_at))
        found: Standing = [[] for _ in TIERS]
        known = 0
        for tier, fresh in enumerate(begins):
            found[tier] = [
                (steps, postings)
                for steps, ordinals in fresh.items()
                if (postings := self._fresh(ordinals, known)).number
            ]
            known |= any_of(postings.bits(self._snapshot.size) for _, postings in found[tier])
        return found, possible & ~looked_at

    def _fresh(self, ordinals: list[int], known: int) -> Postings:
        """What stands at some ordinals, in other documents than those known (a set)."""
        zones = self._snapshot.zones
        if self._zone:
            ordinals = [one for one in ordinals if zones.is_in(one, self._zone)]
        postings = of_ordinals(array("I", ordinals), zones)
        documents = postings.bits(self._snapshot.size)
        if not documents & known:
            return postings
        left = documents_of(documents & ~known)
        return of_ordinals(array("I", postings.ordinals_in(zones.stretches(left))), zones)


def _independent(ways: Ways) -> list[Row]:
    """Each way through as one row; none if they are too many."""
    apart = ways.apart()
    return apart.rows if apart is not ways or len(ways.rows) == 1 else []


def _cost_of_all(snapshot: IndexSnapshot, lists: Lists) -> float:
    """Steps of a budget for all ordinals of some words."""
    numbers = sum(
        one.number for by_tier in lists.values() for of_tier in by_tier for one in of_tier
    )
    return numbers * _MARK + len(lists) * snapshot.zones.end * _SHIFT


def _cost_of_some(lists: Lists) -> Callable[[int], float]:
    """The same for those in so many documents."""
    numbers = [one.number for by_tier in lists.values() for of_tier in by_tier for one in of_tier]

    def cost(documents: int) -> float:
        most = documents * _LOOK_UP
        return _LOOK * sum([number if number < most else most for number in numbers])

    return cost
