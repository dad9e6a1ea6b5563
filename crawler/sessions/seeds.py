"""What a crawl sets out with: what it goes on with, and the listings it begins at."""

from __future__ import annotations

from datetime import date

from archive.ground.errors import SiteError
from archive.ground.home import Home
from archive.ground.message import Message
from archive.model import Link, Role
from crawler.extraction.platforms import Platform, platform_of
from crawler.frontier.entries import EntryKind, UnfinishedCrawl
from crawler.sessions.revisit_plan import RevisitPlan
from crawler.sites.canonical_urls import absolute, at_base, on_site
from crawler.sites.description import Site

STALE_SECONDS = 12 * 3600
"""After this a refresh that was cut short is not gone on with: a new one knows better."""


def choose_crawl(
    wanted: EntryKind, unfinished: UnfinishedCrawl | None, plan: RevisitPlan, now: float
) -> tuple[EntryKind, str | None]:
    """What this run is for, and the crawl it goes on with, if any; `now` since the epoch."""
    if wanted is EntryKind.SINGLE:
        return wanted, None
    if unfinished and not plan.knows_crawl(unfinished.id):
        unfinished = None
    if unfinished and unfinished.kind is EntryKind.CRAWL:
        return EntryKind.CRAWL, unfinished.id
    if wanted is EntryKind.CRAWL:
        return wanted, None
    if unfinished and now - unfinished.started < STALE_SECONDS:
        return unfinished.kind, unfinished.id
    return (EntryKind.SWEEP if plan.needs_sweep() else EntryKind.REFRESH), None


def listed_addresses(home: Home, site: Site, platform: Platform) -> list[Link]:
    """The articles that the site's own lists name: files with an address a line.

    Raises `SiteError` for a list that cannot be read.
    """
    found = []
    for name in site.sources.lists:
        path = home.sites / name
        try:
            lines = path.read_text(encoding="utf-8-sig").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            raise SiteError(
                "crawler.list-unreadable",
                path=path,
                why=str(error),
                hint=Message("crawler.list-is-named-in", site=site.id),
            ) from error
        for line in lines:
            text = line.strip()
            url = absolute(site.base_url, text) if text and not text.startswith("#") else None
            if url:
                own = at_base(site, url)
                known = platform.identity(on_site(site, url))
                found.append(Link(own, Role.ARTICLE, known, platform.asset_id_in(known)))
    return found


def listing(site: Site, path: str, day: date, suffix: str = "") -> list[Link]:
    """The first page of a category's listing; a `suffix` makes another request of it."""
    url = absolute(site.base_url, path)
    if not url:
        return []
    identity = platform_of(site, day).identity(on_site(site, url))
    return [Link(url, Role.LISTING, f"{identity}{suffix}")]
