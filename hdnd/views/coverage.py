"""How complete a site is held."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from archive.history.coverage import Coverage

__all__ = ["Coverage", "coverage_json"]


def coverage_json(coverage: Coverage) -> dict[str, Any]:
    """Listings and months; times in ISO 8601."""
    value = asdict(coverage)
    for listing in value["listings"]:
        listing["asked_at"] = listing["asked_at"].isoformat()
    return value
