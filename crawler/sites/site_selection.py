"""Which site a crawl is about, and whether it may be crawled at all."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from archive.ground.errors import SiteEnded, SiteError, UsageError
from archive.ground.home import Home
from archive.ground.message import Message
from crawler.sites.description import Site
from crawler.sites.known_sites import faulty_sites, load_sites

_STAND_IN = re.compile(r"(?:http://)?(\[[0-9a-fA-F:]+\]|[A-Za-z0-9.-]+)(:\d{1,5})?/?")


def choose_site(
    home: Home, site_id: str | None, *, host: str | None = None, anyway: bool = False
) -> Site:
    """The site to crawl: the one named, the only one known or the only one that has not ended.

    `host` is a `host` or `host:port` that stands in for the site's own, over plain HTTP. A site
    that has ended is refused unless something stands in for it or `anyway` is set.

    Raises `SiteError` for a site that is not known or wrongly described, `SiteEnded` for one that
    is over, `UsageError` if none is named among several, or for a wrong `host`.
    """
    sites = load_sites(home)
    if site_id is None:
        site_id = _only(sites) or _only({n: site for n, site in sites.items() if not site.ended})
    if site_id is None:
        hint = Message("crawler.name-a-known-site", known=sorted(sites))
        raise UsageError("crawler.which-site", hint=hint)
    if site_id not in sites:
        left_out = [
            Message("crawler.description-left-out", file=path.name, faults=faults)
            for path, faults in faulty_sites(home).items()
        ]
        hint = Message("crawler.known-sites", known=sorted(sites), folder=home.sites)
        if left_out:
            raise SiteError(
                "crawler.no-such-site-but-faulty", site=site_id, left_out=left_out, hint=hint
            )
        raise SiteError("crawler.no-such-site", site=site_id, hint=hint)
    site = sites[site_id]
    if host is not None:
        return replace(site, reached_at=stand_in(host))
    if site.ended and site.valid_until and not anyway:
        raise SiteEnded(
            "crawler.site-ended",
            site=site.name,
            host=site.host,
            day=site.valid_until,
            hint=Message("crawler.ways-to-an-ended-site", site=site.id),
        )
    return site


def _only(sites: Mapping[str, Site]) -> str | None:
    return next(iter(sites)) if len(sites) == 1 else None


def stand_in(host: str) -> str:
    """A `host` or `host:port` that stands in for a site's. Raises `UsageError` for what is none."""
    match = _STAND_IN.fullmatch(host)
    if not match:
        raise UsageError("crawler.no-host", host=host, hint=Message("crawler.give-a-host"))
    return (match[1] + (match[2] or "")).lower()
