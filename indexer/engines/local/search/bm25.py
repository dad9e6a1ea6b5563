"""What a word is worth in a document: BM25 with title over lead over body.

BM25 after Robertson and Zaragoza, The Probabilistic Relevance Framework (2009), summed over the
three zones of a document with a weight each. The weights are such that for one word the least a
title gives is more than the most a lead does, and likewise for lead and body.
"""

from __future__ import annotations

import math
from functools import cache

from indexer.engines.local.storage.stored_documents import LENGTHS

K1 = 1.2
B = 0.75
TITLE_WEIGHT, LEAD_WEIGHT, BODY_WEIGHT = 5.0, 2.2, 1.0


def rarity(documents: float, total: int) -> float:
    """Inverse document frequency, never negative."""
    return math.log(1 + (total - documents + 0.5) / (documents + 0.5))


def saturated(count: int, k: float) -> float:
    """BM25's term frequency: 1 for one (if k is K1), K1 + 1 for ever so many."""
    return count * (K1 + 1) / (count + k) if count else 0.0


class Weights(dict[int, tuple[float, ...]]):
    """The weight of a word by packed counts and length byte.

    Title and lead count as equally long everywhere; only the body is measured by its length.
    """

    def __init__(self, average: int) -> None:
        super().__init__()
        self._norms = [K1 * (1 - B + B * length / max(average, 1)) for length in LENGTHS]

    def __missing__(self, counts: int) -> tuple[float, ...]:
        fixed, body = _fixed(counts), counts & 15
        most = body * (K1 + 1)
        # What `of` gives for each length, without two calls for each.
        row = [fixed + BODY_WEIGHT * (most / (body + norm)) for norm in self._norms]
        self[counts] = found = tuple(row)
        return found

    def of(self, counts: int, length: int) -> float:
        """The weight for packed counts and one length byte."""
        return _fixed(counts) + BODY_WEIGHT * saturated(counts & 15, self._norms[length])


def _fixed(counts: int) -> float:
    """What packed counts give by title and lead."""
    title, lead = counts >> 6, counts >> 4 & 3
    return TITLE_WEIGHT * saturated(title, K1) + LEAD_WEIGHT * saturated(lead, K1)


@cache
def table(average: int) -> Weights:
    """The weights for an average length in words."""
    return Weights(average)
