"""A document that answers a query, on its way to the page."""

from __future__ import annotations

from indexer.engines.local.search.matching import Matcher
from indexer.named_tuple import NamedTuple


class Found(NamedTuple):
    """A document that answers a query, before it is read."""

    matcher: Matcher
    document: int
    tier: int
    score: float = 0.0
    rank: int = 0
    partial: bool = False

    @property
    def day(self) -> int:
        """Its day as YYYYMMDD, 0 if it has none."""
        return self.matcher.snapshot.days[self.document]

    @property
    def id(self) -> str:
        """The id of the document."""
        return self.matcher.snapshot.id(self.document)
