"""Which site a crawl is about, and whether it may be crawled at all."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from archive.ground.errors import SiteEnded, SiteError, UsageError
from archive.ground.home import Home
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
        known = ", ".join(sorted(sites))
        raise UsageError("which site?", hint=f"Name one of those that are known: {known}.")
    if site_id not in sites:
        faulty = "".join(
            f" {path.name} is left out: {'; '.join(faults)}."
            for path, faults in faulty_sites(home).items()
        )
        raise SiteError(
            f"no site is known as {site_id!r}.{faulty}",
            hint=f"Known are: {', '.join(sorted(sites))}. Others are described in {home.sites}"
            " (docs/add-a-site.md).",
        )
    site = sites[site_id]
    if host is not None:
        return replace(site, reached_at=stand_in(host))
    if site.ended and not anyway:
        raise SiteEnded(
            f"{site.name} ({site.host}) ended on {site.valid_until:%d/%m/%Y}: what answers there"
            " now is another site under the same name",
            hint=f"Take its pages from web archives: `hdnd recover {site.id}`. Or from a copy that"
            f" you serve yourself: `hdnd crawl {site.id} --host HOST:PORT`. To ask the live host"
            " all the same, add --anyway.",
        )
    return site


def _only(sites: Mapping[str, Site]) -> str | None:
    return next(iter(sites)) if len(sites) == 1 else None


def stand_in(host: str) -> str:
    """A `host` or `host:port` that stands in for a site's. Raises `UsageError` for what is none."""
    match = _STAND_IN.fullmatch(host)
    if not match:
        raise UsageError(
            f"{host!r} is no host", hint="Give HOST or HOST:PORT, such as 127.0.0.1:8000."
        )
    return (match[1] + (match[2] or "")).lower()
