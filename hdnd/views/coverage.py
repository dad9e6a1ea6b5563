"""How complete a site is held."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from archive.history.coverage import Coverage, Month

__all__ = ["Coverage", "Month", "SiteCoverage", "Undescribed", "coverage_json"]


@dataclass(frozen=True, slots=True)
class Undescribed:
    """A section of a site that its description does not name.

    `label` is what the site's menu calls it, empty if no listing links to it; `held` counts the
    articles that are held of it. `is_likely`: its name speaks of a council's work.
    """

    path: str
    label: str
    held: int
    is_likely: bool


@dataclass(frozen=True, slots=True)
class SiteCoverage:
    """A site's coverage, and the sections that are no part of it; those that count come first."""

    coverage: Coverage
    undescribed: tuple[Undescribed, ...]


def coverage_json(site: SiteCoverage) -> dict[str, Any]:
    """Listings, months and what is not described; times in ISO 8601."""
    value = asdict(site.coverage)
    for listing in value["listings"]:
        listing["asked_at"] = listing["asked_at"].isoformat()
    return {**value, "undescribed": [asdict(one) for one in site.undescribed]}
