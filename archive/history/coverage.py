"""What a site's listings announce against what is held, and months that look too empty."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import median

from archive.catalogue.database import Catalogue
from archive.catalogue.queries.listings import (
    ListingPage,
    held_urls,
    listing_pages,
    published,
)
from archive.model import Role

_NEIGHBOURS = 6
"""Months on each side with which one is compared."""

_ODDLY_FEW = 0.25
_ENOUGH = 3


@dataclass(frozen=True, slots=True)
class ListingCoverage:
    """One listing: what it announced at its newest capture, and what of its links is held.

    `announced` is None where it states no number; `missing` are links to articles not held.
    """

    url: str
    asked_at: datetime
    announced: int | None
    listed: int
    held: int
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Month:
    """Articles published in a month (`2024-03`); `is_odd` if its neighbours have many more."""

    name: str
    articles: int
    is_odd: bool


@dataclass(frozen=True, slots=True)
class Coverage:
    """How complete a site is held."""

    site: str
    listings: tuple[ListingCoverage, ...]
    months: tuple[Month, ...]
    undated: int


def coverage_of(catalogue: Catalogue, site: str) -> Coverage:
    """The coverage of a site, by its newest captures of each listing."""
    days = published(catalogue, site)
    return Coverage(
        site,
        _listings(catalogue, site),
        _months([day for day in days if day]),
        days.count(None),
    )


def _listings(catalogue: Catalogue, site: str) -> tuple[ListingCoverage, ...]:
    """Pages of one listing share the path of their address."""
    by_path: dict[str, list[ListingPage]] = {}
    for page in listing_pages(catalogue, site):
        by_path.setdefault(page.url.partition("?")[0], []).append(page)
    held = held_urls(catalogue, site)
    urls, ids = {one.url for one in held}, {one.article for one in held}

    def is_held(identity: str, asset: str | None) -> bool:
        return identity in urls or f"{site}-{asset}" in ids

    return tuple(_listing(path, pages, is_held) for path, pages in sorted(by_path.items()))


def _listing(
    path: str, pages: Sequence[ListingPage], is_held: Callable[[str, str | None], bool]
) -> ListingCoverage:
    linked: dict[str, tuple[str, bool]] = {}
    for page in pages:
        for link in page.links:
            if link.role is Role.ARTICLE:
                key = link.asset_id or link.identity_url
                linked.setdefault(key, (link.url, is_held(link.identity_url, link.asset_id)))
    newest = max(pages, key=lambda page: page.captured_at)
    totals = [page for page in pages if page.total is not None]
    announced = max(totals, key=lambda page: page.captured_at).total if totals else None
    missing = tuple(url for url, here in linked.values() if not here)
    return ListingCoverage(
        path, newest.captured_at, announced, len(linked), len(linked) - len(missing), missing
    )


def _months(days: list[str]) -> tuple[Month, ...]:
    counts = Counter(day[:7] for day in days)
    if not counts:
        return ()
    names = _every_month(min(counts), max(counts))
    numbers = [counts[name] for name in names]
    months = []
    for at, name in enumerate(names):
        around = numbers[max(0, at - _NEIGHBOURS) : at] + numbers[at + 1 : at + 1 + _NEIGHBOURS]
        usual = median(around) if around else 0
        is_odd = usual >= _ENOUGH and numbers[at] < usual * _ODDLY_FEW
        months.append(Month(name, numbers[at], is_odd))
    return tuple(months)


def _every_month(first: str, last: str) -> list[str]:
    year, month = (int(part) for part in first.split("-"))
    names = [first]
    while names[-1] < last:
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
        names.append(f"{year:04}-{month:02}")
    return names
