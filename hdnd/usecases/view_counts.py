"""How often articles were read, by the counts that portals showed."""

from __future__ import annotations

from datetime import datetime

from archive.catalogue.queries.runs import descriptions
from archive.ground.errors import UsageError
from archive.ground.home import Home
from archive.ground.message import Message
from archive.history.view_counts import ViewSeries, rises_by_month, view_series
from archive.reading import ArchiveReader


def most_read(home: Home, *, site: str | None = None) -> list[ViewSeries]:
    """Articles with a count, the highest first."""
    series = _series(home, site)
    return sorted(series, key=lambda one: (-one.last, one.article))


def risen_since(
    home: Home, start: datetime, *, site: str | None = None
) -> list[tuple[int, ViewSeries]]:
    """Articles whose count rose after a moment, by how much; one counted once is left out."""
    series = _series(home, site)
    risen = [(rise, one) for one in series if (rise := one.risen_since(start))]
    return sorted(risen, key=lambda item: (-item[0], item[1].article))


def by_month(home: Home, *, site: str | None = None) -> list[tuple[str, int]]:
    """How much the counts rose, by the month in which that was seen."""
    return list(rises_by_month(_series(home, site)))


def _series(home: Home, site: str | None) -> list[ViewSeries]:
    """The series of a site, or of all; `UsageError` for one that the archive has not."""
    with ArchiveReader.open(home) as reader:
        known = descriptions(reader.catalogue)
        if site is not None and site not in known:
            hint = Message("usecases.has-sites", sites=sorted(known)) if known else None
            raise UsageError("usecases.nothing-of-site", site=site, home=home.path, hint=hint)
        return list(view_series(reader.catalogue, site))
