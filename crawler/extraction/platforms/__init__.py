"""What the software behind a portal looks like. A site names its platform, or describes its pages.

A platform is a description (`crawler.sites.platforms`) that `described` follows; what selectors
cannot say of it is in a module of its own, its hook.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Protocol

from archive.model import Page, StoredResponse
from crawler.extraction.platforms.described import DescribedPlatform
from crawler.extraction.platforms.liferay import LiferayPlatform
from crawler.sites.description import Site
from crawler.sites.page_eras import PageEra, era_of
from crawler.sites.platforms import described_platform


class Platform(Protocol):
    """What a described platform offers, and a hook."""

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


_HOOKS: Mapping[str, Callable[[Site, PageEra], Platform]] = {"liferay": LiferayPlatform}


def platform_of(site: Site, day: date) -> Platform:
    """How pages of a site that were captured on a day are read.

    Raises ValueError for a site that neither names a known platform nor describes its pages.
    """
    if site.eras:
        return DescribedPlatform(site, era_of(site.eras, day))
    platform = described_platform(site.platform)
    kind = _HOOKS[platform.hook] if platform.hook else DescribedPlatform
    return kind(site, era_of(platform.eras, day))
