"""View counts as a series: what portals said, each time they were asked.

A count is an observation, no fact of the article: portals lose and restart them, so a rise is a
difference of two observations and never less than nothing.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from archive.ground.times import from_text

_SERIES = """
SELECT o.article, a.site, a.published_at, v.content ->> 'title' AS title, o.captured_at, o.views
FROM observation o
JOIN shown_article a ON a.id = o.article
JOIN version v ON v.article = a.id AND v.digest = a.version
WHERE o.views IS NOT NULL AND o.truncated = 0
ORDER BY o.article, o.captured_at, o.seq
"""


@dataclass(frozen=True, slots=True)
class ViewSeries:
    """What was seen of one article's views: (when, how many) pairs, oldest first."""

    article: str
    site: str
    title: str
    published_at: datetime | None
    counts: tuple[tuple[datetime, int], ...]

    @property
    def last(self) -> int:
        """The count seen last."""
        return self.counts[-1][1]

    def risen_since(self, start: datetime) -> int | None:
        """How much it rose from the first count at `start` or later; None without two of them."""
        seen = [views for at, views in self.counts if at >= start]
        return max(0, seen[-1] - seen[0]) if len(seen) > 1 else None


def view_series(connection: sqlite3.Connection, site: str | None = None) -> list[ViewSeries]:
    """The series of every article that may be shown and has a count, by its id."""
    rows: dict[str, list[sqlite3.Row]] = defaultdict(list)
    for row in connection.execute(_SERIES):
        if site is None or row["site"] == site:
            rows[row["article"]].append(row)
    return [_series(found) for found in rows.values()]


def rises_by_month(series: list[ViewSeries]) -> Iterator[tuple[str, int]]:
    """What counts rose between two observations, by the month of the later one."""
    months: dict[str, int] = defaultdict(int)
    for one in series:
        for (_, before), (at, after) in pairwise(one.counts):
            months[f"{at:%Y-%m}"] += max(0, after - before)
    yield from sorted(months.items())


def _series(rows: list[sqlite3.Row]) -> ViewSeries:
    first = rows[0]
    published = first["published_at"]
    return ViewSeries(
        first["article"],
        first["site"],
        first["title"],
        datetime.fromisoformat(published) if published else None,
        tuple((from_text(row["captured_at"]), row["views"]) for row in rows),
    )
