"""Two parts of a query side by side, as a cluster is asked for them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from indexer.engines.local.search.neighbours import (
    Ends,
    Spelling,
    first_of,
    gains_of,
    last_of,
    spellings_beside,
    zone_of,
)
from indexer.engines.opensearch.candidates import CandidateSnapshot, zoned
from indexer.engines.opensearch.queries import NOTHING, Dsl, all_of, any_of
from indexer.engines.opensearch.tokens import pair_token
from indexer.query.tree import Node, Zone

Ways = tuple[Ends, Ends, Zone]
"""Two parts of a query side by side, as they are counted."""


def ways_of(left: Node, right: Node) -> Ways | None:
    """What of two parts stands side by side; None if nothing can."""
    before, after, zone = last_of(left), first_of(right), zone_of(left, right)
    return (before, after, zone) if before and after and zone is not None else None


class Pair:
    """Two parts of a query side by side, in all spellings that any document has."""

    def __init__(self, snapshot: CandidateSnapshot, ways: Ways) -> None:
        self.ways = ways
        found = list(spellings_beside(snapshot, *ways))
        self._zone = ways[2]
        self.by_tier: list[list[str]] = [[], [], []]
        for one in found:
            self.by_tier[one.tier].append(_token_of(one))
        self.gains: dict[int, list[str]] = defaultdict(list)
        for one, gain in gains_of(snapshot, found):
            self.gains[gain].append(_token_of(one))
        self.bond = max(self.gains, default=0)

    def upto(self, tier: int) -> Dsl:
        """The documents that have it up to a tier."""
        return self.documents(self.tokens(tier))

    def tokens(self, tier: int) -> list[str]:
        """The terms of its spellings up to a tier."""
        return [token for of_tier in self.by_tier[: tier + 1] for token in of_tier]

    def documents(self, tokens: Iterable[str]) -> Dsl:
        """The documents that have any of some spellings, where they are to stand."""
        if self._zone != "body":
            terms = [zoned(token, self._zone)[0] for token in tokens]
            return {"terms": {"pairs": terms}} if terms else NOTHING
        parted = (zoned(token, self._zone) for token in tokens)
        return any_of(
            all_of([{"term": {"pairs": one}}], [{"term": {"pairs": other}}])
            for one, other in parted
        )


def _token_of(spelling: Spelling) -> str:
    one, other = (term.partition(" ")[2] for term in spelling.pair)
    return pair_token(one, other)
