"""Visits to sites with the index brought up to date behind them. Once in a process."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from archive.ground.home import Home
from crawler import (
    CrawlBounds,
    CrawlEnded,
    CrawlSummary,
    Progress,
    archive_urls,
    crawl,
    recover,
    refresh,
)
from search_cli.derivations import bring_up_to_date
from search_cli.indexing import Indexed, update_index
from search_cli.progress import Reporter


def crawl_and_index(
    home: Home,
    site: str | None,
    report: Reporter,
    *,
    host: str | None = None,
    contact: str | None = None,
    anyway: bool = False,
    bounds: CrawlBounds | None = None,
) -> tuple[CrawlSummary, Indexed]:
    """Crawl a site, then index what that brought."""
    report("Preparing the crawl")
    summary = crawl(
        home,
        site,
        host=host,
        contact=contact,
        anyway=anyway,
        bounds=bounds,
        on_progress=_told("Crawling", report),
    )
    return summary, _index(home, report)


def refresh_and_index(
    home: Home,
    sites: Sequence[str],
    report: Reporter,
    *,
    host: str | None = None,
    contact: str | None = None,
    anyway: bool = False,
    bounds: CrawlBounds | None = None,
) -> tuple[list[CrawlEnded], Indexed | None]:
    """Bring sites up to date, then the index, unless no site could be begun with."""
    report("Preparing the refresh")
    ended = refresh(
        home,
        sites,
        host=host,
        contact=contact,
        anyway=anyway,
        bounds=bounds,
        on_progress=_told("Refreshing", report),
    )
    return ended, _index(home, report) if any(end.summary for end in ended) else None


def archive_and_index(
    home: Home,
    urls: Sequence[str],
    report: Reporter,
    *,
    host: str | None = None,
    contact: str | None = None,
    anyway: bool = False,
) -> tuple[list[CrawlEnded], Indexed | None]:
    """Keep single addresses, then index them."""
    report("Preparing")
    ended = archive_urls(
        home,
        urls,
        host=host,
        contact=contact,
        anyway=anyway,
        on_progress=_told("Archiving", report),
    )
    return ended, _index(home, report) if any(end.summary for end in ended) else None


def recover_and_index(
    home: Home,
    site: str | None,
    report: Reporter,
    *,
    first: date | None = None,
    last: date | None = None,
    from_archive: str | None = None,
    contact: str | None = None,
    bounds: CrawlBounds | None = None,
) -> tuple[list[CrawlEnded], Indexed]:
    """Take a site's captures from web archives, then index what that brought."""
    report("Preparing the recovery")
    ended = recover(
        home,
        site,
        first=first,
        last=last,
        from_archive=from_archive,
        contact=contact,
        bounds=bounds,
        on_progress=_told("Recovering", report),
    )
    return ended, _index(home, report)


def _index(home: Home, report: Reporter) -> Indexed:
    bring_up_to_date(home, report)
    return update_index(home, on_progress=lambda done, total: report("Indexing", done, total))


def _told(what: str, report: Reporter) -> Callable[[Progress], None]:
    def on_progress(progress: Progress) -> None:
        done = sum(progress.counts.values())
        report(
            what,
            done,
            done + progress.pending,
            new=progress.new,
            changed=progress.changed,
            problems=progress.problems,
            url=progress.url,
        )

    return on_progress
