"""Scores: BM25 with title over lead over body, and a reward for words that stand together.

BM25 after Robertson and Zaragoza, The Probabilistic Relevance Framework (2009), summed over the
three zones of a document with a weight each. The weights are such that for one word the least a
title gives is more than the most a lead does, and likewise for lead and body.
"""

from __future__ import annotations

import math
from functools import cache
from typing import NamedTuple

from indexer.matching import Matcher
from indexer.query import All, Any, Node, Words, leaves
from indexer.records import LENGTHS

K1 = 1.2
B = 0.75
TITLE_WEIGHT, LEAD_WEIGHT, BODY_WEIGHT = 5.0, 2.2, 1.0
TIER_WEIGHTS = (1.0, 0.6, 0.2)
ADJACENCY = 1.0

Stretch = tuple[int, int]


class Value(NamedTuple):
    """What a part of the query is worth in a document, and where it stands there."""

    score: float
    stretches: list[Stretch]


class Scorer:
    """Scores documents for one query, with statistics of all segments."""

    def __init__(self, node: Node, matchers: list[Matcher]) -> None:
        self._node = node
        self.total = sum(matcher.segment.size for matcher in matchers)
        words = sum(LENGTHS[length] for m in matchers for length in m.segment.lengths)
        self.table = table(round(words / max(self.total, 1)))
        self.rarities = {leaf: self._rarity(leaf, matchers) for leaf in leaves(node)}

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

    def score(self, matcher: Matcher, document: int) -> float:
        """The score of one document."""
        value = self._value(self._node, matcher, document)
        return value.score if value is not None else 0.0

    def _value(self, node: Node, matcher: Matcher, document: int) -> Value | None:
        match node:
            case Words():
                return self._words(node, matcher, document)
            case All():
                return self.together(node.nodes, matcher, document)
            case Any():
                values = [self._value(child, matcher, document) for child in node.nodes]
                found = [value for value in values if value is not None]
                if not found:
                    return None
                return Value(
                    max(value.score for value in found),
                    [stretch for value in found for stretch in value.stretches],
                )
        return None

    def together(self, nodes: tuple[Node, ...], matcher: Matcher, document: int) -> Value | None:
        """The worth of several parts: their sum, and more where one follows on the other."""
        score = 0.0
        before: Value | None = None
        stretches: list[Stretch] = []
        for node in nodes:
            value = self._value(node, matcher, document)
            if value is not None:
                score += value.score
                if before is not None:
                    pairs = _pairs(before.stretches, value.stretches)
                    score += ADJACENCY * min(before.score, value.score) * saturated(pairs, K1)
                stretches = value.stretches
            before = value
        return Value(score, stretches)

    def _words(self, leaf: Words, matcher: Matcher, document: int) -> Value | None:
        match = matcher.leaf(leaf)
        if document not in match.tiers:
            return None
        rarities = self.rarities[leaf]
        row = matcher.segment.lengths[document]
        score = sum(
            rarities[tier] * self.table[counts][row] for tier, counts in match.counts(document)
        )
        return Value(score, match.best_stretches(document))


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


def _pairs(first: list[Stretch], second: list[Stretch]) -> int:
    starts = {start for start, _ in second}
    return sum(end in starts for _, end in first)
