"""Which documents of an index match a query, and in which tier.

First the documents alone: sets, for a sequence those that have all of its words. Then the sequences
themselves, by positions, in the documents that are left.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from operator import add
from typing import TYPE_CHECKING

from indexer.engines.local.search.budget import STEPS, Budget
from indexer.engines.local.search.index_snapshot import IndexSnapshot
from indexer.engines.local.search.spellings import (
    TIERS,
    Tiers,
    lists_of,
    parts_of_budget,
    spellings,
    together,
    together_in,
    upto,
)
from indexer.engines.local.storage.bitsets import all_of, any_of
from indexer.engines.local.storage.postings import Postings, at, in_zone
from indexer.engines.local.storage.stored_documents import day_number
from indexer.language.vietnamese import fold
from indexer.query.tree import (
    FOLDED,
    And,
    Dated,
    Edge,
    Node,
    Not,
    OfCategory,
    OfIds,
    OfMonth,
    OfSite,
    Or,
    TermOrPhrase,
    WithAttachment,
    Within,
    every_part,
)

if TYPE_CHECKING:
    from indexer.engines.local.search.sequences import Sequence, Standing, Walk

_REMEMBERED = 64
"""How many words and phrases are kept as they match: some 200 KB each at 20,000 documents."""

_REMEMBERED_NEAR = 32
"""And how many of words near one another: a few sets of documents each."""

_ROWS = 10
"""A row of words that only orders answers may take such a part of a search's steps."""

_ALL = 64
"""Counts are told of all documents if one in so many is asked for."""

_WORTH_ALL = 4
"""A sequence is looked for everywhere, and remembered, if one in so many documents may have it."""


class LeafMatch:
    """How one word or phrase matches.

    `lists` are posting lists by tier, each with the number of ordinals that a match takes: those
    of spellings, and for what takes several ordinals where the matches begin. An abbreviation and
    what it stands for have both. `upto` are the documents by tier.
    """

    def __init__(self, lists: Standing, size: int, documents: Tiers | None = None) -> None:
        """`documents` are those by tier, if they are known."""
        self.lists = lists
        self._size = size
        self._columns: dict[int, bytes] = {}
        self.upto = documents or upto(map(self._postings, TIERS), size)
        self.ceilings: dict[int, bytes] = {}
        """What it can be worth at most, by tier (see `search.max_scores`)."""

    def _postings(self, tier: int) -> list[Postings]:
        return [postings for _, postings in self.lists[tier]]

    @cached_property
    def in_a_row(self) -> int:
        """The documents where it is several words, up to COMPATIBLE."""
        standing = [one for tier in self.lists[:FOLDED] for one in tier]
        return any_of(postings.bits(self._size) for steps, postings in standing if steps > 1)

    @cached_property
    def opened(self) -> LeafMatch:
        """The same where a spelling with more marks is as good as the one that was typed."""
        exact, compatible, folded = self.lists
        if not compatible:
            return self
        _, second, third = self.upto
        return LeafMatch([[*exact, *compatible], [], folded], self._size, (second, second, third))

    def column(self, tier: int) -> bytes:
        """How often each document has what is of a tier, packed."""
        known = self._columns.get(tier)
        if known is None:
            known = self._columns[tier] = together(self._postings(tier), self._size)
        return known

    def counts(self, tier: int, documents: list[int]) -> list[int]:
        """The same of some documents."""
        known = self._columns.get(tier)
        if known is None and len(documents) * _ALL < self._size:
            return together_in(self._postings(tier), documents, self._size)
        return list(at(self.column(tier), documents))

    def by_tier(self, documents: int) -> dict[int, int]:
        """Those of some documents that match in each tier, for the tiers where there are any."""
        first, second, third = (documents & upto for upto in self.upto)
        alone = (first, second & ~first, third & ~second)
        return {tier: here for tier, here in enumerate(alone) if here}

    def tier(self, document: int) -> int | None:
        """The tier in which a document matches, None if it does not."""
        return next((tier for tier in TIERS if self.upto[tier] >> document & 1), None)


class Leaf:
    """A word or a phrase in an index: what can be known of it before there is a query.

    `spent` is what this took of a budget, `cut` whether that was not enough.
    """

    def __init__(self, snapshot: IndexSnapshot, words: TermOrPhrase, budget: Budget) -> None:
        before, cut, budget.cut = len(budget.spent), budget.cut, False
        whole = [edge for edge in words.edges if (edge.start, edge.end) == (0, words.length)]
        direct = [edge for edge in whole if all(len(option) == 1 for option in edge.options)]
        lists = lists_of(
            snapshot,
            (
                (max(tier, edge.floor), key)
                for edge in direct
                for (atom,) in edge.options
                for tier, key in spellings(snapshot, atom, budget)
            ),
        )
        if zone := words.zone:
            lists = [[in_zone(one, snapshot.zones, zone) for one in of_tier] for of_tier in lists]
        self._size = snapshot.size
        self._words: Standing = [[(1, one) for one in of_tier] for of_tier in lists]
        others = [edge for edge in words.edges if edge not in direct]
        self.sequence = _sequence(snapshot, words, others, budget) if others else None
        match = LeafMatch(self._words, snapshot.size)
        self._whole = None if self.sequence else match
        self._spent_on_whole: list[int] = []
        if self.sequence and self.sequence.told:
            standing = list(map(add, self._words, self.sequence.told))
            self._whole, self._spent_on_whole = LeafMatch(standing, snapshot.size), [0]
        self.bound = _either(match.upto, self.sequence.bound) if self.sequence else match.upto
        """The documents that have the words, wherever they stand."""
        self.spent, self.cut = budget.spent[before:], budget.cut
        budget.cut = cut or self.cut

    def match(self, within: int, budget: Budget) -> tuple[LeafMatch, int]:
        """How it matches in some documents (a set), and maybe in others.

        And in which of them it may match as well, but was not looked for.
        """
        return self.found(within, self.walk(within), budget)

    def walk(self, within: int) -> Walk | None:
        """How to look for it in some documents (a set); None if that is known, or no walk."""
        if self._whole is not None or self.sequence is None:
            return None
        return self._walk(within, self.sequence)

    def _walk(self, within: int, sequence: Sequence) -> Walk:
        possible = sequence.bound[FOLDED]
        everywhere = (possible & within).bit_count() * _WORTH_ALL > possible.bit_count()
        return sequence.walk(possible if everywhere else within)

    def need(self, walk: Walk | None) -> float:
        """How many steps of a budget it takes to match it so."""
        return walk.need if walk else sum(self._spent_on_whole)

    def found(self, within: int, walk: Walk | None, budget: Budget) -> tuple[LeafMatch, int]:
        """What `match` says, looked for in this way if it is not known."""
        if self._whole is not None and budget.again(self._spent_on_whole):
            return self._whole, 0
        if self.sequence is None:
            return LeafMatch(self._words, self._size), 0
        walk = walk or self._walk(within, self.sequence)
        before = len(budget.spent)
        standing, left_out = self.sequence.walked(walk, budget)
        match = LeafMatch(list(map(add, self._words, standing)), self._size)
        if walk.within == self.sequence.bound[FOLDED] and not left_out:
            self._whole, self._spent_on_whole = match, budget.spent[before:]
        return match, left_out


def _sequence(
    snapshot: IndexSnapshot, words: TermOrPhrase, edges: list[Edge], budget: Budget
) -> Sequence:
    from indexer.engines.local.search.sequences import Sequence

    return Sequence(snapshot, words, edges, budget)


class Matcher:
    """One query, matched against an index; `permitted` are the documents that may be found."""

    def __init__(
        self, snapshot: IndexSnapshot, node: Node, permitted: int, budget: Budget | None = None
    ) -> None:
        self.snapshot = snapshot
        self.node = node
        self._budget = budget or Budget(STEPS)
        self._budget.parts = sum(map(_parts_of_budget, every_part(node)))
        self._everything = (1 << snapshot.size) - 1
        self._leaves = {leaf: _leaf(snapshot, leaf, self._budget) for leaf in _all_leaves(node)}
        self._matches: dict[TermOrPhrase, LeafMatch] = {}
        self._near_ones: dict[Within, Tiers] = {}
        self._left_out = 0
        """The documents that were not looked at for every part: what they lack is not known."""
        self.candidates = permitted
        """The documents that have the words of the query, wherever they stand."""
        self.candidates &= self._possible(node)
        self._match_all(self.candidates)
        self.found = _within(self.tiers(node, scattered=True), self.candidates)
        """What matches, by tier: each word by itself, also those of a thing that is scattered."""

    def _match_all(self, within: int) -> None:
        """Match the words, those first that need least: what they leave is for the others."""
        walks = {leaf: known.walk(within) for leaf, known in self._leaves.items()}
        for leaf in sorted(walks, key=lambda leaf: self._leaves[leaf].need(walks[leaf])):
            self._match(leaf, self._leaves[leaf], within, walks[leaf])

    def _match(
        self, leaf: TermOrPhrase, known: Leaf, within: int, walk: Walk | None = None
    ) -> None:
        self._matches[leaf], left_out = known.found(within, walk, self._budget)
        self._left_out |= self._everything if known.cut else left_out

    def leaf(self, leaf: TermOrPhrase) -> LeafMatch:
        """How a word or phrase of the query matches in the candidates."""
        return self._matches[leaf]

    def row(self, words: TermOrPhrase, within: int) -> LeafMatch:
        """How words of the query match in a row in some documents (a set), and maybe in others.

        Nothing but an order depends on it, so that it may take little.
        """
        budget = Budget(STEPS // _ROWS)
        return _leaf(self.snapshot, words, budget).match(within, budget)[0]

    def tiers(self, node: Node, *, scattered: bool = False) -> Tiers:
        """The documents that match a part of the query.

        The scattered words of a thing that has a name are in the last tier, but for `scattered`.
        """
        match node:
            case TermOrPhrase():
                return self._matches[node].upto
            case And():
                return self._all(node, scattered=scattered)
            case Or() if node.label and not scattered:
                first, *others = map(self.tiers, node.nodes)
                return first[0], first[1], first[2] | any_of(other[FOLDED] for other in others)
            case Or():
                return _either(*(self.tiers(way, scattered=scattered) for way in node.nodes))
            case Not():
                return self._all(And((node,)))
            case Within():
                return self._near(node)
            case _:
                bits = self._filter(node)
                return bits, bits, bits

    def _near(self, node: Within) -> Tiers:
        """The documents where words stand near one another, by the worst tier of these words."""
        known = self._near_ones.get(node)
        if known is None:
            # A tier that no word has any spelling in takes no part of the budget.
            self._budget.parts -= sum(not self._has(tier, node) for tier in TIERS[1:])
            known = self._near_ones[node] = self._found_near(node)
        return known

    def _found_near(self, node: Within) -> Tiers:
        """The same, from what was asked before if these words were, among the same documents."""
        remembered, budget = self.snapshot.near, self._budget
        key = node, self.candidates, *(self._matches[word].upto for word in node.words)
        known: tuple[Tiers, list[int]] | None = remembered.pop(key, None)
        if known is None or not budget.again(known[1]):
            before, left_out = len(budget.spent), self._left_out
            found: list[int] = []
            for tier in TIERS:
                upto = [self._matches[word].upto[tier] for word in node.words]
                documents = all_of(self.candidates & ~any_of(found), upto)
                found.append(self._near_upto(tier, node, documents) if documents else 0)
            first, second, third = found
            known = (first, first | second, first | second | third), budget.spent[before:]
            if budget.cut or self._left_out != left_out:
                return known[0]
        remembered[key] = known
        if len(remembered) > _REMEMBERED_NEAR:
            del remembered[next(iter(remembered))]
        return known[0]

    def _has(self, tier: int, node: Within) -> bool:
        """Whether any of the words has a spelling that is of a tier."""
        return any(self._matches[word].lists[tier] for word in node.words)

    def _near_upto(self, tier: int, node: Within, documents: int) -> int:
        """Those of some documents, each word being up to a tier."""
        from indexer.engines.local.search.near import documents_near

        if tier and not self._has(tier, node):
            return 0
        lists = [
            [one for of_tier in self._matches[word].lists[: tier + 1] for one in of_tier]
            for word in node.words
        ]
        better = [all_of(documents, (self._matches[w].upto[t] for w in node.words)) for t in TIERS]
        found, left_out = documents_near(
            self.snapshot, lists, documents, node, better, self._budget
        )
        self._left_out |= left_out
        return found

    def _all(self, node: And, *, scattered: bool = False) -> Tiers:
        first = second = third = self._everything
        for child in node.nodes:
            if isinstance(child, Not):
                unwanted = ~(self.tiers(child.node)[FOLDED - 1] | self._left_out)
                first, second, third = first & unwanted, second & unwanted, third & unwanted
            else:
                tiers = self.tiers(child, scattered=scattered)
                first, second, third = first & tiers[0], second & tiers[1], third & tiers[2]
        return first, second, third

    def _filter(self, node: Dated | OfMonth | OfSite | OfCategory | OfIds | WithAttachment) -> int:
        match node:
            case Dated():
                since, until = day_number(node.since), day_number(node.until)
                return self.snapshot.dated((since or 1, until or 99_999_999))
            case OfMonth(month, first, last):
                years = range(*self.snapshot.years)
                of_each = (year * 10_000 + month * 100 for year in years)
                return self.snapshot.dated(*((one + first, one + last) for one in of_each))
            case OfSite():
                return named(self.snapshot.by_site, node.site)
            case OfCategory():
                return named(self.snapshot.by_category, node.category)
            case OfIds():
                return self.snapshot.among(node.ids)
            case WithAttachment():
                return self.snapshot.with_attachment

    def _possible(self, node: Node) -> int:
        """The documents that a part of the query may match."""
        match node:
            case TermOrPhrase():
                return self._leaves[node].bound[FOLDED]
            case And():
                return all_of(self._everything, map(self._possible, node.nodes))
            case Or():
                return any_of(map(self._possible, node.nodes))
            case Not():
                if any(self._leaves[leaf].sequence for leaf in _all_leaves(node)):
                    return self._everything
                for leaf in _all_leaves(node):
                    self._match(leaf, self._leaves[leaf], 0)
                return self.tiers(node)[FOLDED]
            case Within():
                return self._everything
            case _:
                return self._filter(node)

    def documents_with(self, leaf: TermOrPhrase) -> tuple[float, float, float]:
        """About in how many documents a leaf stands, up to each tier.

        Of a sequence as many of those that have all its words as among the candidates.
        """
        if leaf in self.snapshot.counted:
            return self.snapshot.counted[leaf]
        live, known = self.snapshot.live, self._leaves[leaf]
        tiers = self._matches[leaf].upto
        if known.sequence is None:
            first, second, third = ((bits & live).bit_count() for bits in tiers)
            return first, second, third
        possible = known.bound[FOLDED] & live
        looked_at = possible & self.candidates
        share = possible.bit_count() / max(looked_at.bit_count(), 1)
        one, two, three = ((bits & looked_at).bit_count() * share for bits in tiers)
        return one, two, three


def named(sets: Mapping[str, int], name: str) -> int:
    """The documents of those values that are the name, in any letters and marks."""
    folded = fold(name)
    return any_of(bits for value, bits in sets.items() if fold(value) == folded)


def _leaf(snapshot: IndexSnapshot, words: TermOrPhrase, budget: Budget) -> Leaf:
    """The leaf, from what was asked before if it was."""
    known: Leaf | None = snapshot.leaves.pop(words, None)
    if known is None or not budget.again(known.spent):
        known = Leaf(snapshot, words, budget)
    if not known.cut:
        snapshot.leaves[words] = known
    if len(snapshot.leaves) > _REMEMBERED:
        del snapshot.leaves[next(iter(snapshot.leaves))]
    return known


def _parts_of_budget(part: TermOrPhrase | Within) -> int:
    """How many parts of a budget it is."""
    if isinstance(part, Within):
        return len(TIERS)
    atoms = {atom for edge in part.edges for option in edge.options for atom in option}
    return parts_of_budget(atoms) + (not part.single)


def _all_leaves(node: Node) -> Iterator[TermOrPhrase]:
    """The words of a query, unwanted ones too."""
    return (part for part in every_part(node) if isinstance(part, TermOrPhrase))


def _either(*several: Tiers) -> Tiers:
    first, second, third = (any_of(tiers[tier] for tiers in several) for tier in TIERS)
    return first, second, third


def _within(tiers: Tiers, documents: int) -> Tiers:
    return tiers[0] & documents, tiers[1] & documents, tiers[2] & documents
