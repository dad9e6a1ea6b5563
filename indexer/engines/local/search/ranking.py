"""Scores: what each word is worth, and a reward for words that stand together."""

from __future__ import annotations

from operator import add

from indexer.engines.local.search.bm25 import rarity, table
from indexer.engines.local.search.matching import Begins, Matcher
from indexer.engines.local.search.max_scores import MaxScores
from indexer.engines.local.storage.bitsets import any_of, bits_of, documents_of
from indexer.query.tree import FOLDED, And, Node, Or, TermOrPhrase, leaves

TIER_WEIGHTS = (1.0, 0.6, 0.2)
ADJACENCY = 2.5

_FEW = 8
"""Among how many times as many documents as are wanted each is scored."""

Scored = tuple[float, int]
"""A score and a document."""


class Scorer:
    """Scores the documents that match a query."""

    def __init__(self, matcher: Matcher) -> None:
        self._matcher = matcher
        self._snapshot = matcher.snapshot
        self._total = matcher.snapshot.total
        self._table = table(matcher.snapshot.average)
        self.worths = {leaf: self._worth_of(leaf) for leaf in leaves(matcher.node)}

    def _worth_of(self, leaf: TermOrPhrase) -> tuple[float, ...]:
        """What the leaf is worth when matched exactly, compatibly, folded."""
        return tuple(
            weight * rarity(count, self._total)
            for weight, count in zip(TIER_WEIGHTS, self._matcher.documents_with(leaf), strict=True)
        )

    def best(self, documents: int, enough: int) -> list[Scored]:
        """The best of some documents (a set) by their words alone, in no order.

        Of documents with the same score the later is better, then the one with the lower id.
        """
        if documents.bit_count() < _FEW * enough or not self.worths:
            numbers = documents_of(documents)
            scored = list(zip(self.scores(numbers, documents), numbers, strict=True))
        else:
            scored = self._promising(documents, enough)
        if len(scored) > enough:
            least = sorted([score for score, _ in scored])[-enough]
            scored = [one for one in scored if one[0] >= least]
        return scored if len(scored) <= enough else self.in_order(scored)[:enough]

    def _promising(self, documents: int, enough: int) -> list[Scored]:
        """Those of many documents that may be among the best.

        No score is more than a bound that is known for all documents at once. So the best by their
        bounds are scored, and then all others that may be as good as the last of the best of these.
        Where a word is in a tier that few are in, these few are scored without a bound.
        """
        row = list(leaves(self._matcher.node))
        terms = [(self._matcher.leaf(leaf), self.worths[leaf]) for leaf in row]
        parts = [part for match, _ in terms for part in match.by_tier(documents).values()]
        apart = any_of(part for part in parts if part.bit_count() * len(parts) < _FEW * enough)
        bounds = MaxScores(self._snapshot, documents & ~apart, terms)
        step = bounds.step_of_best(enough)
        numbers = documents_of(apart) + bounds.from_step(step)
        scores = self.scores(numbers, documents)
        last = sorted(scores)[-enough:][0]
        more = bounds.from_step(bounds.step_of(last), step)
        return list(
            zip(scores + self.scores(more, documents), numbers + more, strict=True),
        )

    def in_order(self, scored: list[Scored]) -> list[Scored]:
        """By score, then by day, then by id."""
        days = self._snapshot.days
        rows = sorted([(-score, -days[document], document) for score, document in scored])
        if len({row[:2] for row in rows}) < len(rows):
            rows.sort(key=lambda row: (*row[:2], self._snapshot.id(row[2])))
        return [(-score, document) for score, _, document in rows]

    def scores(self, documents: list[int], among: int) -> list[float]:
        """The scores of documents of a set, without the reward for words that stand together."""
        known = self._snapshot.lengths
        lengths = [known[document] for document in documents]

        def of(node: Node) -> list[float]:
            match node:
                case TermOrPhrase():
                    return self._of_words(node, documents, among, lengths)
                case And():
                    total = [0.0] * len(documents)
                    for child in node.nodes:
                        if isinstance(child, TermOrPhrase | And | Or):
                            total = list(map(add, total, of(child)))
                    return total
                case Or():
                    ways = [self._matching(child, documents, of(child)) for child in node.nodes]
                    if node.label:
                        return [next(filter(None, row), 0.0) for row in zip(*ways, strict=True)]
                    return list(map(max, *ways))
            return [0.0] * len(documents)

        return of(self._matcher.node)

    def _matching(self, node: Node, documents: list[int], scores: list[float]) -> list[float]:
        """The scores of what matches a part of the query, 0 for what does not."""
        if isinstance(node, TermOrPhrase):
            return scores
        known = set(documents_of(self._matcher.tiers(node)[FOLDED]))
        return [
            score if document in known else 0.0
            for score, document in zip(scores, documents, strict=True)
        ]

    def _of_words(
        self, leaf: TermOrPhrase, documents: list[int], among: int, lengths: list[int]
    ) -> list[float]:
        """The worth of the best tier that a document has, by how often it stands there."""
        match, weights = self._matcher.leaf(leaf), self._table
        scores = [0.0] * len(documents)
        for tier in reversed(match.by_tier(among)):
            counts = match.counts(tier, documents)
            worth = self.worths[leaf][tier]
            if all(counts):
                scores = [worth * weights[n][at] for n, at in zip(counts, lengths, strict=True)]
            else:
                scores = [
                    worth * weights[n][at] if n else score
                    for n, at, score in zip(counts, lengths, scores, strict=True)
                ]
        return scores

    def rewarded(self, scored: list[Scored]) -> list[Scored]:
        """The same documents with what is gained by words that stand together.

        A pair of parts that follow on one another counts as a word of its own, as rare as it is
        among these documents, but worth at least what its two parts are on average.
        """
        if isinstance(self._matcher.node, TermOrPhrase):
            return scored
        scores = {document: score for score, document in scored}
        self._stand_together(self._matcher.node, bits_of(scores, self._snapshot.size), scores)
        return [(score, document) for document, score in scores.items()]

    def _stand_together(self, node: Node, documents: int, scores: dict[int, float]) -> Begins:
        """Reward the pairs in a part of the query; where that itself begins."""
        match node:
            case TermOrPhrase():
                return self._matcher.leaf(node).begins(documents, self._snapshot.zones)
            case And():
                begins: Begins = {}
                left: Node | None = None
                for child in node.nodes:
                    before, begins = begins, self._stand_together(child, documents, scores)
                    if left is not None:
                        self._reward(left, child, _followed(before, begins), scores)
                    left = child
                return begins
            case Or():
                return self._ways(node, documents, scores)
        return {}

    def _ways(self, node: Or, documents: int, scores: dict[int, float]) -> Begins:
        together: Begins = {}
        for child in node.nodes:
            matching = documents & self._matcher.tiers(child)[FOLDED]
            if node.label:
                documents &= ~matching
            for steps, ordinals in self._stand_together(child, matching, scores).items():
                together.setdefault(steps, set()).update(ordinals)
        return together

    def _reward(self, left: Node, right: Node, begins: list[int], scores: dict[int, float]) -> None:
        documents, found = self._snapshot.zones.counts(begins).listed()
        least = (self._worth(left) + self._worth(right)) / 2
        worth = ADJACENCY * max(rarity(len(found), self._total), least)
        lengths = self._snapshot.lengths
        for document, counts in zip(documents, found, strict=True):
            scores[document] += worth * self._table[counts][lengths[document]]

    def _worth(self, node: Node) -> float:
        return max((max(self.worths[leaf]) for leaf in leaves(node)), default=0.0)


def _followed(left: Begins, right: Begins) -> list[int]:
    """Where the left begins, each time that the right follows on it."""
    starts = set().union(*right.values())
    found = {
        ordinal
        for steps, ordinals in left.items()
        for ordinal in ordinals
        if ordinal + steps in starts
    }
    return sorted(found)
