"""Scores: BM25 with title over lead over body, and a reward for words that stand together.

BM25 after Robertson and Zaragoza, The Probabilistic Relevance Framework (2009), summed over the
three zones of a document with a weight each. The weights are such that for one word the least a
title gives is more than the most a lead does, and likewise for lead and body.
"""

from __future__ import annotations

import math
from functools import cache

from indexer.matching import Matcher
from indexer.query import Leaf
from indexer.records import LENGTHS

K1 = 1.2
B = 0.75
TITLE_WEIGHT, LEAD_WEIGHT, BODY_WEIGHT = 5.0, 2.2, 1.0
TIER_WEIGHTS = (1.0, 0.6, 0.2)
ADJACENCY = 1.0
_SHORT = 12.0
"""Title and lead are held to have a constant length: only the body is normalised by its own."""


class Scale:
    """Table of a document's weight by packed counts and length byte, for one average length."""

    def __init__(self, average: float) -> None:
        self._rows = [self._row(counts, max(average, 1.0)) for counts in range(256)]

    @staticmethod
    def _row(counts: int, average: float) -> list[float]:
        title, lead, body = counts >> 6, counts >> 4 & 3, counts & 15
        fixed = TITLE_WEIGHT * _saturated(title, K1) + LEAD_WEIGHT * _saturated(lead, K1)
        return [
            fixed + BODY_WEIGHT * _saturated(body, K1 * (1 - B + B * length / average))
            for length in LENGTHS
        ]

    def weight(self, counts: int, length: int) -> float:
        """The weight of a word with these counts in a document of this length."""
        return self._rows[counts][length]


def _saturated(count: int, k: float) -> float:
    return count * (K1 + 1) / (count + k) if count else 0.0


def rarity(documents: int, total: int) -> float:
    """Inverse document frequency, never negative."""
    return math.log(1 + (total - documents + 0.5) / (documents + 0.5))


@cache
def _scale(average: int) -> Scale:
    return Scale(float(average))


class Scorer:
    """Scores documents of all segments for the leaves of one query, in the order typed."""

    def __init__(self, leaves: list[Leaf], matchers: list[Matcher]) -> None:
        self._leaves = leaves
        sizes = [matcher.segment.size for matcher in matchers]
        self._total = sum(sizes)
        words = sum(LENGTHS[length] for m in matchers for length in m.segment.lengths)
        self._scale = _scale(round(words / max(self._total, 1)))
        self._rarities = [self._rarity(leaf, matchers) for leaf in leaves]

    def _rarity(self, leaf: Leaf, matchers: list[Matcher]) -> tuple[float, ...]:
        """How rare the leaf is when matched in a tier up to the first, second, third."""
        counts = [0, 0, 0]
        for matcher in matchers:
            for tier in matcher.leaf(leaf).tiers.values():
                counts[tier] += 1
        exact, compatible, folded = counts
        upto = (exact, exact + compatible, exact + compatible + folded)
        return tuple(
            weight * rarity(count, self._total)
            for weight, count in zip(TIER_WEIGHTS, upto, strict=True)
        )

    def score(self, matcher: Matcher, document: int) -> float:
        """The score of one document."""
        length = matcher.segment.lengths[document]
        score = 0.0
        before: list[int] = []
        before_rarity = 0.0
        for leaf, rarities in zip(self._leaves, self._rarities, strict=True):
            match = matcher.leaf(leaf)
            tier = match.tiers.get(document)
            if tier is None:
                before = []
                continue
            score += sum(
                rarities[tier] * self._scale.weight(counts, length)
                for tier, counts in match.counts(document)
            )
            here = match.positions(document, tier)
            if before:
                pairs = _pairs(before, here)
                if pairs:
                    score += (
                        ADJACENCY * (before_rarity + rarities[tier]) / 2 * _saturated(pairs, K1)
                    )
            before, before_rarity = here, rarities[tier]
        return score


def _pairs(first: list[int], second: list[int]) -> int:
    followers = set(second)
    return sum(position + 1 in followers for position in first)
