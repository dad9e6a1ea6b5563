"""Run a crawl to its end, in this process."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

from scrapy.crawler import AsyncCrawlerProcess
from scrapy.settings import Settings

from archive.errors import NothingFetched, StorageFailed
from archive.home import Home
from crawler.agent import user_agent
from crawler.choose import choose_site
from crawler.session import CrawlSummary, Progress, Session
from crawler.spiders.portal import PortalSpider


def crawl(
    home: Home,
    site: str | None,
    *,
    host: str | None = None,
    contact: str | None = None,
    anyway: bool = False,
    on_progress: Callable[[Progress], None] | None = None,
) -> CrawlSummary:
    """Crawl a site into the archive of a home; once in a process, for Scrapy's reactor ends.

    Raises an `HdndError` when it may not begin, when the archive cannot be written, and when
    nothing at all was fetched.
    """
    chosen = choose_site(home, site, host=host, anyway=anyway)
    session = Session(chosen, home, user_agent(contact))
    if on_progress is not None:
        session.on_progress = on_progress
    session.open()
    settings = Settings({"LOG_ENABLED": False, "LOG_INSTALL_ROOT_HANDLER": False})
    settings.setmodule("crawler.settings", priority="project")
    process = AsyncCrawlerProcess(settings)
    crawler = process.create_crawler(PortalSpider)
    process.crawl(crawler, session=session)
    process.start()
    spider = crawler.spider
    assert isinstance(spider, PortalSpider)
    if isinstance(spider.failure, (OSError, sqlite3.OperationalError)):
        raise StorageFailed(
            f"{home.path}: {spider.failure}",
            hint="What was kept before is safe. Mend the disk, then run the same command again.",
        ) from spider.failure
    if spider.failure is not None:
        raise spider.failure
    assert spider.summary is not None
    if not spider.summary.pages and spider.summary.finished:
        raise _nothing_fetched(spider.summary)
    return spider.summary


def _nothing_fetched(summary: CrawlSummary) -> NothingFetched:
    if summary.refused_by_robots:
        return NothingFetched(
            f"{summary.site}: robots.txt allows nothing, or could not be fetched",
            hint="`hdnd status --problems` names the answer. Ask the operator, or try later.",
        )
    outcomes = ", ".join(f"{count} {name}" for name, count in sorted(summary.counts.items()))
    return NothingFetched(
        f"{summary.site}: not one listing or article was found ({outcomes})",
        hint="`hdnd status --problems` names what came instead. Is the description still right?",
    )
