"""View counts as a series: what portals said, each time they were asked.

A count is an observation, no fact of the article: portals lose and restart them, so a rise is a
difference of two observations and never less than nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from archive.catalogue.database import Catalogue
from archive.catalogue.queries.view_counts import ViewCount, view_counts

Seen = tuple[datetime, int]
"""When a count was captured, and what it was."""


@dataclass(frozen=True, slots=True)
class ViewSeries:
    """What was seen of one article's views: (when, how many) pairs, oldest first."""

    article: str
    site: str
    title: str
    published_at: datetime | None
    counts: tuple[Seen, ...]

    @property
    def last(self) -> int:
        """The count seen last."""
        return self.counts[-1][1]

    def counts_since(self, start: datetime) -> tuple[Seen, Seen] | None:
        """The first count at `start` or later, and the last one; None without two of them."""
        seen = [count for count in self.counts if count[0] >= start]
        return (seen[0], seen[-1]) if len(seen) > 1 else None

    def risen_since(self, start: datetime) -> int | None:
        """How much it rose from the first count at `start` or later; None without two of them."""
        seen = self.counts_since(start)
        return max(0, seen[1][1] - seen[0][1]) if seen else None


def view_series(catalogue: Catalogue, site: str | None = None) -> list[ViewSeries]:
    """The series of every article that may be shown and has a count, by its id."""
    counts: dict[str, list[ViewCount]] = defaultdict(list)
    for count in view_counts(catalogue):
        if site is None or count.site == site:
            counts[count.article].append(count)
    return [_series(found) for found in counts.values()]


def rises_by_month(series: list[ViewSeries]) -> Iterator[tuple[str, int]]:
    """What counts rose between two observations, by the month of the later one."""
    months: dict[str, int] = defaultdict(int)
    for one in series:
        for (_, before), (at, after) in pairwise(one.counts):
            months[f"{at:%Y-%m}"] += max(0, after - before)
    yield from sorted(months.items())


def _series(counts: list[ViewCount]) -> ViewSeries:
    first = counts[0]
    return ViewSeries(
        first.article,
        first.site,
        first.title,
        first.published_at,
        tuple((count.captured_at, count.views) for count in counts),
    )
