"""What a crawl sets out with: what it goes on with, and the listings it begins at."""

from __future__ import annotations

from datetime import date

from archive.model import Link, Role
from crawler.extraction.platforms import platform_for
from crawler.frontier.entries import EntryKind, UnfinishedCrawl
from crawler.sessions.revisit_plan import RevisitPlan
from crawler.sites.canonical_urls import absolute, on_site
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


def listing(site: Site, path: str, day: date, suffix: str = "") -> list[Link]:
    """The first page of a category's listing; a `suffix` makes another request of it."""
    url = absolute(site.base_url, path)
    if not url:
        return []
    identity = platform_for(site.platform, day).identity(on_site(site, url))
    return [Link(url, Role.LISTING, f"{identity}{suffix}")]
