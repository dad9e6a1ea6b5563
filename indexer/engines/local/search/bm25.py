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
        self[counts] = row = tuple([self.of(counts, length) for length in range(256)])
        return row

    def of(self, counts: int, length: int) -> float:
        """The weight for packed counts and one length byte."""
        title, lead, body = counts >> 6, counts >> 4 & 3, counts & 15
        fixed = TITLE_WEIGHT * saturated(title, K1) + LEAD_WEIGHT * saturated(lead, K1)
        return fixed + BODY_WEIGHT * saturated(body, self._norms[length])


@cache
def table(average: int) -> Weights:
    """The weights for an average length in words."""
    return Weights(average)
