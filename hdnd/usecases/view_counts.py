"""How often articles were read, by the counts that portals showed."""

from __future__ import annotations

from datetime import datetime

from archive.ground.home import Home
from archive.history.view_counts import ViewSeries, rises_by_month, view_series
from archive.reading import ArchiveReader


def most_read(home: Home, *, site: str | None = None) -> list[ViewSeries]:
    """Articles with a count, the highest first."""
    with ArchiveReader.open(home) as reader:
        series = view_series(reader.catalogue, site)
    return sorted(series, key=lambda one: (-one.last, one.article))


def risen_since(
    home: Home, start: datetime, *, site: str | None = None
) -> list[tuple[int, ViewSeries]]:
    """Articles whose count rose after a moment, by how much; one counted once is left out."""
    with ArchiveReader.open(home) as reader:
        series = view_series(reader.catalogue, site)
    risen = [(rise, one) for one in series if (rise := one.risen_since(start))]
    return sorted(risen, key=lambda item: (-item[0], item[1].article))


def by_month(home: Home, *, site: str | None = None) -> list[tuple[str, int]]:
    """How much the counts rose, by the month in which that was seen."""
    with ArchiveReader.open(home) as reader:
        return list(rises_by_month(view_series(reader.catalogue, site)))
