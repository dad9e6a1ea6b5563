"""Scores, and what comes first: each word by what it is worth, and each two side by side again."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import repeat
from operator import add

from indexer.engines.local.search.bm25 import rarity, table
from indexer.engines.local.search.matching import LeafMatch, Matcher
from indexer.engines.local.search.max_scores import MaxScores
from indexer.engines.local.search.neighbours import Neighbours
from indexer.engines.local.search.ranks import Ranks
from indexer.engines.local.storage.bitsets import any_of, bits_of, documents_of
from indexer.engines.local.storage.postings import at
from indexer.named_tuple import NamedTuple
from indexer.query.tree import FOLDED, And, Node, Or, TermOrPhrase, leaves

TIER_WEIGHTS = (1.0, 0.6, 0.2)
ADJACENCY = 2.5

_EACH = 1000
"""Among fewer documents than these each is scored: that takes no longer than their bounds."""

_FEW = 8
"""What fewer documents than so many times those that are wanted have is scored without a bound."""

Scored = tuple[float, int]
"""A score and a document."""

Worths = tuple[float, ...]
"""What something is worth in each tier."""


class RankedDocument(NamedTuple):
    """A document in its place: by rank, then by score."""

    rank: int
    score: float
    document: int


class Scorer:
    """Ranks and scores the documents that match a query."""

    def __init__(self, matcher: Matcher) -> None:
        self._matcher = matcher
        self._snapshot = matcher.snapshot
        self._total = matcher.snapshot.total
        self._table = table(matcher.snapshot.average)
        self._ranks = Ranks(matcher)
        self._worths = {leaf: self._worth_of(leaf) for leaf in leaves(matcher.node)}
        self._pairs = [
            (pair.match, self._worth_of_pair(left, right, pair))
            for (left, right), pair in self._ranks.pairs.items()
        ]

    def _worth_of(self, leaf: TermOrPhrase) -> Worths:
        first, second, third = self._matcher.documents_with(leaf)
        counts = (second if leaf in self._ranks.open else first, second, third)
        return tuple(
            weight * rarity(count, self._total)
            for weight, count in zip(TIER_WEIGHTS, counts, strict=True)
        )

    def _worth_of_pair(self, left: Node, right: Node, pair: Neighbours) -> Worths:
        """As rare as it is, but worth at least what its two parts are on average."""
        least = (self._worth(left) + self._worth(right)) / 2
        counts = pair.documents(self._snapshot, self._snapshot.live)
        return tuple(
            ADJACENCY * weight * max(rarity(count, self._total), least)
            for weight, count in zip(TIER_WEIGHTS, counts, strict=True)
        )

    def _worth(self, node: Node) -> float:
        return max((max(self._worths[leaf]) for leaf in leaves(node)), default=0.0)

    def first(self, documents: int, enough: int) -> list[RankedDocument]:
        """The first of some documents (a set), in order: so many, if there are so many.

        Of documents of one rank and score the later comes first, then the one with the lower id.
        """
        ranks: dict[int, int] = {}
        rows: list[RankedDocument] = []
        for rank, having in self._ranks.descending(documents):
            left = enough - len(ranks)
            if having.bit_count() > left:
                rows = [
                    RankedDocument(rank, *one) for one in self._in_order(self._best(having, left))
                ]
                break
            ranks.update(dict.fromkeys(documents_of(having), rank))
        return self._ordered(ranks) + rows

    def ordered(self, documents: list[int]) -> list[RankedDocument]:
        """All of some documents, in order."""
        size = self._snapshot.size
        ranks: dict[int, int] = {}
        for rank, having in self._ranks.descending(bits_of(documents, size)):
            ranks.update(dict.fromkeys(documents_of(having), rank))
        return self._ordered(ranks)

    def _ordered(self, ranks: dict[int, int]) -> list[RankedDocument]:
        numbers = sorted(ranks)
        among = bits_of(numbers, self._snapshot.size)
        scored = self._in_order(list(zip(self._scores(numbers, among), numbers, strict=True)))
        rows = [RankedDocument(ranks[document], score, document) for score, document in scored]
        return sorted(rows, key=lambda row: -row.rank)

    def _best(self, documents: int, enough: int) -> list[Scored]:
        """The best of some documents (a set), in no order."""
        if not enough:
            return []
        if documents.bit_count() < max(_EACH, _FEW * enough) or not self._worths:
            numbers = documents_of(documents)
            scored = list(zip(self._scores(numbers, documents), numbers, strict=True))
        else:
            scored = self._promising(documents, enough)
        if len(scored) > enough:
            least = sorted([score for score, _ in scored])[-enough]
            scored = [one for one in scored if one[0] >= least]
        return scored if len(scored) <= enough else self._in_order(scored)[:enough]

    def _promising(self, documents: int, enough: int) -> list[Scored]:
        """Those of many documents that may be among the best.

        No score is more than a bound that is known for all documents at once. So the best by their
        bounds are scored, and then all others that may be as good as the last of the best of these.
        Where a word is in a tier that few are in, these few are scored without a bound.
        """
        row = self._scoring(self._matcher.node, documents)
        terms = [(self._ranks.leaves[leaf], self._worths[leaf]) for leaf in row] + self._pairs
        parts = [part for match, _ in terms for part in match.by_tier(documents).values()]
        apart = any_of(part for part in parts if part.bit_count() * len(parts) < _FEW * enough)
        bounds = MaxScores(self._snapshot, documents & ~apart, terms)
        step = bounds.step_of_best(enough)
        numbers = documents_of(apart) + bounds.from_step(step)
        if len(numbers) < enough:
            # Many have none of the words: what they match is a date, or that a word is not there.
            numbers = documents_of(documents)
            return list(zip(self._scores(numbers, documents), numbers, strict=True))
        size = self._snapshot.size
        scores = self._scores(numbers, bits_of(numbers, size))
        last = sorted(scores)[-enough:][0]
        more = bounds.from_step(bounds.step_of(last), step)
        scores += self._scores(more, bits_of(more, size))
        return list(zip(scores, numbers + more, strict=True))

    def _scoring(self, node: Node, documents: int) -> Iterator[TermOrPhrase]:
        """The words whose worth makes the scores of some documents (a set)."""
        if isinstance(node, TermOrPhrase):
            yield node
        elif isinstance(node, And | Or):
            first = node.nodes[0] if isinstance(node, Or) and node.label else None
            whole = isinstance(first, TermOrPhrase) and self._ranks.leaves[first].upto[FOLDED]
            nodes = node.nodes[:1] if first and not documents & ~whole else node.nodes
            for child in nodes:
                yield from self._scoring(child, documents)

    def _in_order(self, scored: list[Scored]) -> list[Scored]:
        """By score, then by day, then by id."""
        days = self._snapshot.days
        rows = sorted([(-score, -days[document], document) for score, document in scored])
        if len({row[:2] for row in rows}) < len(rows):
            rows.sort(key=lambda row: (*row[:2], self._snapshot.id(row[2])))
        return [(-score, document) for score, _, document in rows]

    def _scores(self, documents: list[int], among: int) -> list[float]:
        """The scores of the documents of a set."""
        scores = self._of_node(self._matcher.node, documents, among)
        for match, worths in self._pairs:
            gained = self._of_match(match, worths, documents, among)
            scores = list(map(add, scores, gained))
        return scores

    def _of_node(self, node: Node, documents: list[int], among: int) -> list[float]:
        match node:
            case TermOrPhrase():
                match, worths = self._ranks.leaves[node], self._worths[node]
                return self._of_match(match, worths, documents, among)
            case And():
                total = [0.0] * len(documents)
                for child in node.nodes:
                    if isinstance(child, TermOrPhrase | And | Or):
                        more = self._of_node(child, documents, among)
                        total = list(map(add, total, more))
                return total
            case Or() if node.label:
                return self._of_the_first(node.nodes, documents, among)
            case Or():
                ways = (self._of_way(child, documents, among) for child in node.nodes)
                return list(map(max, *ways))
        return [0.0] * len(documents)

    def _of_the_first(
        self, ways: tuple[Node, ...], documents: list[int], among: int
    ) -> list[float]:
        """The score of each document by the first of some ways in which it matches."""
        scores = self._of_way(ways[0], documents, among)
        left = [one for one, score in zip(documents, scores, strict=True) if not score]
        if not left or not ways[1:]:
            return scores
        others = iter(self._of_the_first(ways[1:], left, bits_of(left, self._snapshot.size)))
        return [score or next(others) for score in scores]

    def _of_way(self, way: Node, documents: list[int], among: int) -> list[float]:
        return self._matching(way, documents, self._of_node(way, documents, among))

    def _matching(self, node: Node, documents: list[int], scores: list[float]) -> list[float]:
        """The scores of what matches a part of the query, 0 for what does not."""
        if isinstance(node, TermOrPhrase):
            return scores
        size = self._snapshot.size
        known = self._matcher.tiers(node)[FOLDED].to_bytes(size // 8 + 1, "little")
        return [
            score if known[document >> 3] >> (document & 7) & 1 else 0.0
            for score, document in zip(scores, documents, strict=True)
        ]

    def _of_match(
        self, match: LeafMatch, worths: Worths, documents: list[int], among: int
    ) -> list[float]:
        """The worth of the best tier that a document has, by how often it stands there."""
        scores: dict[int, float] = {}
        weights = self._table
        for tier, here in match.by_tier(among).items():
            numbers = documents if here == among else documents_of(here)
            counts, lengths = match.counts(tier, numbers), at(self._snapshot.lengths, numbers)
            worth = worths[tier]
            found = [worth * weights[n][long] for n, long in zip(counts, lengths, strict=True)]
            if here == among:
                return found
            scores.update(zip(numbers, found, strict=True))
        return [*map(scores.get, documents, repeat(0.0))]
