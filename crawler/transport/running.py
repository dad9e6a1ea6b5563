"""Run crawls to their ends, one after the other, in this process."""

from __future__ import annotations

import asyncio
import gc
import signal
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from scrapy.crawler import AsyncCrawlerProcess, Crawler
from scrapy.settings import Settings

from archive.catalogue.database import Unwritable
from archive.ground.errors import HdndError, SiteUnreachable, StorageFailed
from archive.ground.home import Home
from archive.ground.message import Message
from archive.leases import Lease
from crawler.frontier.entries import EntryKind
from crawler.politeness.user_agent import user_agent
from crawler.sessions.crawl_session import CrawlSession
from crawler.sessions.single_urls import sessions_for
from crawler.sessions.site_crawl import SiteCrawl
from crawler.sessions.stop_policy import CrawlBounds, StopReason
from crawler.sessions.summary import CrawlSummary, Progress
from crawler.sites.description import Site
from crawler.sites.site_selection import choose_site
from crawler.transport.session_spider import SessionSpider

_OBJECTS_TO_COLLECT = 10_000


@dataclass(frozen=True, slots=True)
class CrawlEnded:
    """The end of one session: what it did, or why it could not."""

    site: str
    summary: CrawlSummary | None
    error: HdndError | None


def crawl(
    home: Home,
    site: str | None,
    *,
    host: str | None = None,
    contact: str | None = None,
    anyway: bool = False,
    bounds: CrawlBounds | None = None,
    on_progress: Callable[[Progress], None] | None = None,
) -> CrawlSummary:
    """Crawl a site into the archive of a home; once in a process, for Scrapy's reactor ends.

    Raises an `HdndError` when it may not begin, when the archive cannot be written, and when
    nothing at all was fetched.
    """
    chosen = choose_site(home, site, host=host, anyway=anyway)
    session = SiteCrawl(chosen, home, user_agent(contact), bounds=bounds or CrawlBounds())
    (ended,) = run_sessions([session], on_progress)
    if ended.error is not None:
        raise ended.error
    assert ended.summary is not None
    return ended.summary


def refresh(
    home: Home,
    sites: Sequence[str],
    *,
    host: str | None = None,
    contact: str | None = None,
    anyway: bool = False,
    bounds: CrawlBounds | None = None,
    on_progress: Callable[[Progress], None] | None = None,
) -> list[CrawlEnded]:
    """Bring sites up to date one after the other, the only one known if none is named.

    Raises an `HdndError` when a site may not be visited at all; what happens to one site later is
    in its own end and keeps no other from its turn.
    """
    chosen = [choose_site(home, name, host=host, anyway=anyway) for name in sites or (None,)]
    agent = user_agent(contact)
    sessions = [
        SiteCrawl(site, home, agent, kind=EntryKind.REFRESH, bounds=bounds or CrawlBounds())
        for site in chosen
    ]
    return run_sessions(sessions, on_progress)


def refresh_leased(
    home: Home,
    leased: Iterable[tuple[Site, Lease]],
    *,
    contact: str | None = None,
    bounds: CrawlBounds | None = None,
    on_progress: Callable[[Progress], None] | None = None,
) -> list[CrawlEnded]:
    """Bring sites up to date, each under its lease; the next is asked for when one has ended.

    Raises `KeyboardInterrupt` after an orderly end that was asked for.
    """
    agent = user_agent(contact)
    sessions = (
        SiteCrawl(
            site, home, agent, kind=EntryKind.REFRESH, bounds=bounds or CrawlBounds(), lease=lease
        )
        for site, lease in leased
    )
    return run_sessions(sessions, on_progress)


def archive_urls(
    home: Home,
    urls: Sequence[str],
    *,
    host: str | None = None,
    contact: str | None = None,
    anyway: bool = False,
    on_progress: Callable[[Progress], None] | None = None,
) -> list[CrawlEnded]:
    """Keep single pages and files of known sites, each article with its images and attachments."""
    sessions = sessions_for(home, urls, host=host, agent=user_agent(contact), anyway=anyway)
    return run_sessions(sessions, on_progress)


def run_sessions(
    sessions: Iterable[CrawlSession[Any]], on_progress: Callable[[Progress], None] | None = None
) -> list[CrawlEnded]:
    """Run each session when the one before has ended; an interruption ends them all.

    What comes of the iterable is asked for one by one, so that it may do things in between; what it
    does then is interrupted as it would be outside of a crawl.

    Raises `KeyboardInterrupt` after an orderly end that was asked for.
    """
    handlers = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    settings = Settings({"LOG_ENABLED": False, "LOG_INSTALL_ROOT_HANDLER": False})
    settings.setmodule("crawler.transport.settings", priority="project")
    process = AsyncCrawlerProcess(settings)
    ended: list[CrawlEnded] = []
    faults: list[BaseException] = []
    running: list[tuple[CrawlSession[Any], Crawler]] = []
    waiting = iter(sessions)

    def begin_next() -> None:
        for session in waiting:
            if on_progress is not None:
                session.report_to(on_progress)
            try:
                session.open()
            except HdndError as error:
                ended.append(CrawlEnded(session.site.id, None, error))
                continue
            crawler = process.create_crawler(SessionSpider)
            running.append((session, crawler))
            process.crawl(crawler, session=session).add_done_callback(has_ended)
            return

    def has_ended(task: asyncio.Task[None]) -> None:
        try:
            end = _end_of(*running.pop(), task)
        except BaseException as fault:
            faults.append(fault)
            return
        ended.append(end)
        if end.summary is not None and end.summary.reason != "shutdown":
            try:
                with _handled_by(handlers):
                    begin_next()
            except BaseException as fault:
                faults.append(fault)

    begin_next()
    if running:
        _collect_less_garbage()
        with _handled_by(handlers):
            process.start()
    for fault in faults:
        raise fault
    for session, _ in running:
        # Interrupted twice: the reactor was stopped in the middle.
        session.abandon()
        raise KeyboardInterrupt
    return ended


@contextmanager
def _handled_by(handlers: dict[signal.Signals, Any]) -> Iterator[None]:
    """Signals have these handlers, of before a crawl, from now on; at the end those of now again.

    While it crawls Scrapy has its own, which end a crawl, and leaves them behind.
    """
    before = {number: signal.signal(number, handler) for number, handler in handlers.items()}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _collect_less_garbage() -> None:
    """What is loaded now stays, and each page leaves many objects: do not look through all of it
    again and again.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(_OBJECTS_TO_COLLECT, 20, 50)


def _end_of(session: CrawlSession[Any], crawler: Crawler, task: asyncio.Task[None]) -> CrawlEnded:
    task.result()
    spider = crawler.spider
    assert isinstance(spider, SessionSpider)
    site = session.site.id
    failure = spider.failure
    if isinstance(failure, (OSError, Unwritable)):
        error: HdndError = StorageFailed(
            "crawler.storage-failed",
            folder=session.home.path,
            why=str(failure),
            hint=Message("crawler.mend-the-disk"),
        )
        return CrawlEnded(site, None, error)
    if isinstance(failure, HdndError):
        return CrawlEnded(site, None, failure)
    if failure is not None:
        raise failure
    summary = spider.summary
    assert summary is not None
    if summary.stop is StopReason.UNREACHABLE and not summary.pages:
        return CrawlEnded(site, summary, _unreachable(summary))
    return CrawlEnded(site, summary, session.empty_crawl_error(summary))


def _unreachable(summary: CrawlSummary) -> SiteUnreachable:
    return SiteUnreachable(
        "crawler.robots-cannot-be-asked",
        site=summary.site,
        why=summary.detail or "",
        count=sum(summary.counts.values()),
        hint=Message("crawler.nothing-without-robots"),
    )
