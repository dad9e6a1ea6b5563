"""Which modules read the pages of a platform: one for each era of its layout.

A platform may change over the years: each of its eras is a module that is right for captures up
to the era's last day, so that old captures stay readable when a newer layout comes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Era:
    """A module and the last day on which captures look as it expects; None: until today."""

    module: str
    valid_until: date | None = None


PLATFORMS: Mapping[str, tuple[Era, ...]] = {
    "liferay": (Era("crawler.extraction.platforms.liferay"),),
}
"""The eras of each platform, oldest first, under the name that site descriptions use."""
