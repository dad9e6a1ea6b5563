"""Single addresses of known sites, and what each is expected to be."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from urllib.parse import urlsplit

from archive.ground.errors import SiteError, UsageError
from archive.ground.home import Home
from archive.ground.message import Message
from archive.model import Link, Role
from crawler.extraction.body_blocks import FILE_TYPES
from crawler.extraction.platforms import platform_of
from crawler.frontier.entries import EntryKind
from crawler.sessions.site_crawl import SiteCrawl
from crawler.sites.canonical_urls import absolute, at_base, file_name, on_site
from crawler.sites.description import Site
from crawler.sites.known_sites import load_sites
from crawler.sites.site_selection import choose_site

_IMAGES = frozenset(("gif", "jpeg", "jpg", "png", "svg", "webp", "bmp"))


def sessions_for(
    home: Home, urls: Sequence[str], *, host: str | None, agent: str, anyway: bool
) -> list[SiteCrawl]:
    """A session for each site that the addresses belong to.

    Raises `UsageError` for what is no address, and `SiteError` for an address of no known site.
    """
    sites = load_sites(home)
    wanted: dict[str, list[Link]] = {}
    for url in urls:
        address = absolute(url, url)
        if address is None:
            raise UsageError(
                "crawler.no-address", url=url, hint=Message("crawler.how-an-address-begins")
            )
        site = _site_of(address, list(sites.values()), host)
        chosen = choose_site(home, site.id, host=host, anyway=anyway)
        wanted.setdefault(site.id, []).append(_link(chosen, address))
    return [
        SiteCrawl(
            choose_site(home, name, host=host, anyway=anyway),
            home,
            agent,
            kind=EntryKind.SINGLE,
            wanted=links,
        )
        for name, links in wanted.items()
    ]


def _site_of(url: str, sites: Sequence[Site], host: str | None) -> Site:
    netloc = urlsplit(url).netloc
    for site in sites:
        if netloc in site.hosts or (host and netloc == host and len(sites) == 1):
            return site
    raise SiteError(
        "crawler.address-of-no-site", url=url, hint=Message("crawler.where-sites-are-listed")
    )


def _link(site: Site, url: str) -> Link:
    url = at_base(site, url)
    platform = platform_of(site, datetime.now(UTC).date())
    identity = platform.identity(on_site(site, url))
    if platform.is_article_url(url):
        return Link(url, Role.ARTICLE, identity, platform.asset_id_in(url))
    extension = file_name(url).rpartition(".")[2].lower()
    path = urlsplit(url).path
    if path.startswith("/image/") or extension in _IMAGES:
        return Link(url, Role.IMAGE, identity)
    if path.startswith("/documents/") or extension in FILE_TYPES:
        return Link(url, Role.ATTACHMENT, identity)
    return Link(url, Role.LISTING, identity)
