"""What the software behind a portal looks like. A site names its platform; a platform knows
addresses and markup, and nothing of any one site. `crawler.sites.platform_eras` lists them.
"""

from __future__ import annotations

from datetime import date
from importlib import import_module
from typing import Protocol, cast

from archive.model import Page, StoredResponse
from crawler.sites.description import Site
from crawler.sites.platform_eras import PLATFORMS


class Platform(Protocol):
    """What a module of an era offers."""

    def identity(self, url: str) -> str:
        """A page's URL without what changes from visit to visit."""

    def asset_id_in(self, url: str) -> str | None:
        """The asset id that an article's URL tells, if it does."""

    def is_article_url(self, url: str) -> bool:
        """Whether this is where the platform serves an article, or pretends to."""

    def leads_astray(self, url: str) -> bool:
        """Whether the platform pretends an article here, but never serves one."""

    def read(self, site: Site, stored: StoredResponse, html: str) -> Page:
        """What the page says."""


def platform_for(name: str, day: date) -> Platform:
    """The era of a platform that is right for captures of a day."""
    eras = PLATFORMS[name]
    era = next((e for e in eras if e.valid_until is None or day <= e.valid_until), eras[-1])
    return cast(Platform, import_module(era.module))
