"""What documents can be worth at most, for all of them at once.

A document has a lane: one byte, the lowest for document 0, of a long integer that holds a lane for
each. So what the words of a query are worth in all documents is added up in one addition. A lane
counts steps of what the best score would be, rounded up, so that no sum overflows it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from math import ceil

from indexer.engines.local.search.bm25 import table
from indexer.engines.local.search.index_snapshot import IndexSnapshot
from indexer.engines.local.search.matching import LeafMatch

_LEVEL = 0.1
"""Weights are rounded up to a multiple of this."""

_HIGHEST = ceil(table(1).of(255, 0) / _LEVEL)
_ONES = bytes([0, *[255] * 255])
_LANES = bytes(255 * (code == 49) for code in range(256))


class MaxScores:
    """A bound for the score of each document of a set.

    `terms` are the words of the query, each with what it is worth by tier; all of them together
    are never worth less than any part of the query.
    """

    def __init__(
        self,
        snapshot: IndexSnapshot,
        documents: int,
        terms: Iterable[tuple[LeafMatch, Sequence[float]]],
    ) -> None:
        used = [(match, worths, [*match.by_tier(documents)]) for match, worths in terms]
        most = [
            _HIGHEST * _LEVEL * max(worths[tier] for tier in tiers)
            for _, worths, tiers in used
            if tiers
        ]
        # Where no word is in any, no score is above 0.
        self._step = sum(most) / (255 - len(most)) or 1.0
        total = 0
        for match, worths, tiers in used:
            better = 0
            for tier in tiers:
                ceilings = _ceilings(snapshot, match, tier)
                step = worths[tier] * _LEVEL / self._step
                steps = bytes([ceil(level * step) for level in range(_HIGHEST + 1)]).ljust(256)
                total += int.from_bytes(ceilings.translate(steps), "little") & ~better
                if tier != tiers[-1]:
                    better |= int.from_bytes(ceilings.translate(_ONES), "little")
        lanes = bin(documents)[:1:-1].encode().translate(_LANES)
        self._lanes = (total & int.from_bytes(lanes, "little")).to_bytes(snapshot.size, "little")

    def step_of(self, score: float) -> int:
        """The least bound that a document with this score can have; 255 for all above."""
        return min(int(score / self._step), 255)

    def step_of_best(self, enough: int) -> int:
        """A great bound that enough documents reach, and few more than enough."""
        low, high = 0, 255
        while low < high:
            middle = (low + high + 1) // 2
            reached = self._lanes.translate(_from(middle)).count(1)
            if reached < enough:
                high = middle - 1
            elif reached < 2 * enough:
                return middle
            else:
                low = middle
        return low

    def from_step(self, step: int, below: int = 256) -> list[int]:
        """The documents with a bound of at least `step` and less than `below`, in order."""
        marked = self._lanes.translate(_from(max(step, 1), below))
        found = []
        place = marked.find(1)
        while place >= 0:
            found.append(place)
            place = marked.find(1, place + 1)
        return found


@cache
def _from(step: int, below: int = 256) -> bytes:
    return (bytes(step) + b"\1" * (below - step)).ljust(256, b"\0")


def _ceilings(snapshot: IndexSnapshot, match: LeafMatch, tier: int) -> bytes:
    """For each document the level that its weight is not above."""
    known = match.ceilings.get(tier)
    if known is None:
        column = match.column(tier)
        found = 0
        for least, lanes in snapshot.by_length:
            levels = column.translate(_levels(snapshot.average, least))
            found |= int.from_bytes(levels, "little") & lanes
        known = match.ceilings[tier] = found.to_bytes(snapshot.size, "little")
    return known


@cache
def _levels(average: int, length: int) -> bytes:
    """The level of each packed counts in a document of some length."""
    weights = table(average)
    body = [weights.of(counts, length) for counts in range(16)]
    fixed = [weights.of(counts << 4, length) for counts in range(16)]
    return bytes([ceil((one + other) / _LEVEL) for one in fixed for other in body])
