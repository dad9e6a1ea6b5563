"""Which of the addresses that a web archive lists are wanted, and as what."""

from __future__ import annotations

from datetime import UTC, datetime
from urllib.parse import unquote, urlsplit

from archive.catalogue.database import Catalogue
from archive.catalogue.queries.revisits import links_of_pages
from archive.model import Link, Role
from crawler.extraction.follow_rules import is_wanted
from crawler.extraction.platforms import platform_of
from crawler.sites.canonical_urls import on_site
from crawler.sites.description import Site

_FILES = (Role.IMAGE, Role.ATTACHMENT)


class Scope:
    """Listings of a site's categories, articles in them, and what pages held here lead to."""

    def __init__(self, site: Site, catalogue: Catalogue) -> None:
        self._site = site
        self._catalogue = catalogue
        self._platform = platform_of(site, datetime.now(UTC).date())
        self._listings = {unquote(path.partition("?")[0]).rstrip("/") for path in site.categories}
        self._files: dict[str, Role] = {}
        self._articles: set[str] = set()
        self._assets: set[str] = set()

    def identity(self, url: str) -> str:
        """The page's address without what changes from visit to visit."""
        return self._platform.identity(on_site(self._site, url))

    def is_of_the_site(self, url: str) -> bool:
        """Whether the site's description names the host, whatever the port or scheme was."""
        try:
            host = urlsplit(on_site(self._site, url)).hostname
        except ValueError:
            return False
        return host in (self._site.host, *self._site.asset_hosts)

    def by_address(self, url: str) -> Role | None:
        """What an address is wanted as by its path alone; None if it is not."""
        parts = urlsplit(self.identity(url))
        if parts.netloc != self._site.host:
            return None
        path = unquote(parts.path).rstrip("/")
        if path in self._listings:
            return Role.LISTING
        if any(path.startswith(f"{listing}/") for listing in self._listings):
            return Role.ARTICLE if self._is_article(url) else None
        return Role.ARTICLE if self._is_included(url) else None

    def _is_included(self, url: str) -> bool:
        """Whether the description wants articles of this address, wherever its listings are."""
        if not self._site.follow.include or not self._is_article(url):
            return False
        link = Link(url, Role.ARTICLE, self.identity(url))
        return is_wanted(self._site, self._platform, link, from_source=False)

    def learn(self) -> None:
        """Look up what the pages held here lead to."""
        for link in links_of_pages(self._catalogue, self._site.id):
            if link.role in _FILES:
                self._files[link.identity_url] = link.role
            elif link.role is Role.ARTICLE:
                self._articles.add(link.identity_url)
                self._assets.update(filter(None, (link.asset_id,)))

    def known_as(self, url: str, identity_url: str) -> Role | None:
        """What an address is wanted as because a page held here leads to it; None if none does."""
        if identity_url in self._files:
            return self._files[identity_url]
        if not self._is_article(url):
            return None
        asset = self._platform.asset_id_in(url)
        known = identity_url in self._articles or asset in self._assets
        return Role.ARTICLE if known else None

    def _is_article(self, url: str) -> bool:
        return self._platform.is_article_url(url) and not self._platform.leads_astray(url)
