"""Scores: BM25 with title over lead over body, and a reward for words that stand together.

BM25 after Robertson and Zaragoza, The Probabilistic Relevance Framework (2009), summed over the
three zones of a document with a weight each. The weights are such that for one word the least a
title gives is more than the most a lead does, and likewise for lead and body.
"""

from __future__ import annotations

import math
from collections.abc import Collection
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from indexer.matching import Matcher
from indexer.postings import counts_of
from indexer.query import All, Any, Node, Words, leaves
from indexer.records import LENGTHS

K1 = 1.2
B = 0.75
TITLE_WEIGHT, LEAD_WEIGHT, BODY_WEIGHT = 5.0, 2.2, 1.0
TIER_WEIGHTS = (1.0, 0.6, 0.2)
ADJACENCY = 2.5

Stretch = tuple[int, int]
Key = tuple[Matcher, int]
"""A document: the matcher of its segment, and its number there."""


class Value(NamedTuple):
    """What a part of the query is worth in a document, and where it stands there."""

    score: float
    stretches: list[Stretch]


class Scorer:
    """Scores documents for one query, with statistics of all segments."""

    def __init__(self, node: Node, matchers: list[Matcher]) -> None:
        self._node = node
        self.total = sum(matcher.segment.size for matcher in matchers)
        words = sum(matcher.segment.words for matcher in matchers)
        self.table = table(round(words / max(self.total, 1)))
        self.rarities = {leaf: self._rarity(leaf, matchers) for leaf in leaves(node)}
        self._least_worth: dict[int, float] = {}
        self._weigh_pairs(node)

    def _weigh_pairs(self, node: Node) -> None:
        """A pair is worth at least what its two parts are on average."""
        if not isinstance(node, All | Any):
            return
        for child in node.nodes:
            self._weigh_pairs(child)
        if isinstance(node, All):
            for left, right in pairwise(node.nodes):
                self._least_worth[id(right)] = (self._worth(left) + self._worth(right)) / 2

    def _worth(self, node: Node) -> float:
        return max((max(self.rarities[leaf]) for leaf in leaves(node)), default=0.0)

    def _rarity(self, leaf: Words, matchers: list[Matcher]) -> tuple[float, ...]:
        """What the leaf is worth when matched exactly, compatibly, folded."""
        counts = [0, 0, 0]
        for matcher in matchers:
            for tier in matcher.leaf(leaf).tiers.values():
                counts[tier] += 1
        exact, compatible, folded = counts
        upto = (exact, exact + compatible, exact + compatible + folded)
        return tuple(
            weight * rarity(count, self.total)
            for weight, count in zip(TIER_WEIGHTS, upto, strict=True)
        )

    def rough(self, matcher: Matcher, documents: Collection[int]) -> dict[int, float]:
        """The scores of many documents, without the reward for words that stand together."""
        return self._rough(self._node, matcher, dict.fromkeys(documents, 0.0))

    def _rough(self, node: Node, matcher: Matcher, asked: dict[int, float]) -> dict[int, float]:
        match node:
            case Words():
                return self._rough_words(node, matcher, asked)
            case All():
                scores = dict(asked)
                for child in node.nodes:
                    for document, score in self._rough(child, matcher, asked).items():
                        scores[document] += score
                return scores
            case Any():
                scores = {}
                for child in node.nodes:
                    for document, score in self._rough(child, matcher, asked).items():
                        if document not in scores or (score > scores[document] and not node.label):
                            scores[document] = score
                return scores
        return {}

    def _rough_words(
        self, leaf: Words, matcher: Matcher, asked: dict[int, float]
    ) -> dict[int, float]:
        match = matcher.leaf(leaf)
        rarities, table, lengths = self.rarities[leaf], self.table, matcher.segment.lengths
        scores: dict[int, float] = {}
        for tier, postings in match.lists:
            worth, index, counts = rarities[tier], postings.index(), postings.counts
            if len(index) > len(asked):
                for document in asked:
                    place = index.get(document)
                    if place is not None:
                        score = worth * table[counts[place]][lengths[document]]
                        scores[document] = scores.get(document, 0.0) + score
            else:
                for document, place in index.items():
                    if document in asked:
                        score = worth * table[counts[place]][lengths[document]]
                        scores[document] = scores.get(document, 0.0) + score
        for document in match.found:
            if document in asked:
                tier = match.found_tiers[document]
                packed = counts_of(sorted({start for start, _ in match.found[document]}))
                score = rarities[tier] * table[packed][lengths[document]]
                scores[document] = scores.get(document, 0.0) + score
        return scores

    def scores(self, documents: Collection[Key]) -> dict[Key, float]:
        """The scores of some documents, with what is gained by words that stand together.

        A pair of parts that follow on one another counts as a word of its own, as rare as it is
        among these documents.
        """
        pairs: dict[int, dict[Key, int]] = {}
        scores = {}
        for key in documents:
            value = self._value(self._node, key, pairs)
            scores[key] = value.score if value is not None else 0.0
        for place, found in pairs.items():
            worth = max(rarity(len(found), self.total), self._least_worth[place])
            for key, packed in found.items():
                matcher, document = key
                row = self.table[packed]
                scores[key] += ADJACENCY * worth * row[matcher.segment.lengths[document]]
        return scores

    def _value(self, node: Node, key: Key, pairs: dict[int, dict[Key, int]]) -> Value | None:
        match node:
            case Words():
                return self._words(node, key)
            case All():
                return self._together(node, key, pairs)
            case Any():
                values = (self._value(child, key, pairs) for child in node.nodes)
                found = [value for value in values if value is not None and value.stretches]
                if not found:
                    return None
                if node.label:
                    return found[0]
                return Value(
                    max(value.score for value in found),
                    [stretch for value in found for stretch in value.stretches],
                )
        return None

    def _together(self, node: All, key: Key, pairs: dict[int, dict[Key, int]]) -> Value:
        score = 0.0
        before: Value | None = None
        for child in node.nodes:
            value = self._value(child, key, pairs)
            if value is not None:
                score += value.score
                if before is not None:
                    starts = _pairs(before.stretches, value.stretches)
                    if starts:
                        pairs.setdefault(id(child), {})[key] = counts_of(starts)
            before = value
        return Value(score, before.stretches if before is not None else [])

    def _words(self, leaf: Words, key: Key) -> Value | None:
        matcher, document = key
        match = matcher.leaf(leaf)
        if document not in match.tiers:
            return None
        rarities = self.rarities[leaf]
        row = matcher.segment.lengths[document]
        score = sum(
            rarities[tier] * self.table[counts][row] for tier, counts in match.counts(document)
        )
        return Value(score, match.stretches(document, match.tiers[document]))


def rarity(documents: int, total: int) -> float:
    """Inverse document frequency, never negative."""
    return math.log(1 + (total - documents + 0.5) / (documents + 0.5))


def saturated(count: int, k: float) -> float:
    """BM25's term frequency: 1 for one (if k is K1), K1 + 1 for ever so many."""
    return count * (K1 + 1) / (count + k) if count else 0.0


@cache
def table(average: int) -> tuple[tuple[float, ...], ...]:
    """The weight of a word by packed counts and length byte, for an average length in words.

    Title and lead count as equally long everywhere; only the body is measured by its length.
    """
    return tuple(_row(counts, max(average, 1)) for counts in range(256))


def _row(counts: int, average: float) -> tuple[float, ...]:
    title, lead, body = counts >> 6, counts >> 4 & 3, counts & 15
    fixed = TITLE_WEIGHT * saturated(title, K1) + LEAD_WEIGHT * saturated(lead, K1)
    return tuple(
        fixed + BODY_WEIGHT * saturated(body, K1 * (1 - B + B * length / average))
        for length in LENGTHS
    )


def _pairs(first: list[Stretch], second: list[Stretch]) -> list[int]:
    """Where the first begins, each time that the second follows on it."""
    starts = {start for start, _ in second}
    return sorted({start for start, end in first if end in starts})
