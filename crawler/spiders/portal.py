"""The spider of a live portal: from the listings of its categories to articles and their files."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any, Self

import scrapy
from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.http import Response

from archive.home import find_home
from crawler.agent import user_agent
from crawler.choose import choose_site
from crawler.keeping import KEPT
from crawler.scheduler import ENTRY
from crawler.session import Session
from crawler.telling import CrawlSummary

_ON = ("1", "true", "yes")


class PortalSpider(scrapy.Spider):
    """Walks the categories of one site page by page; what it meets goes into the archive.

    Arguments under Scrapy (`-a name=value`): `site`, `host` (a `host:port` that stands in for the
    site's own), `anyway`, `contact`, `home`. A `session` that is already open replaces them all.
    """

    name = "portal"

    def __init__(
        self,
        site: str | None = None,
        host: str | None = None,
        anyway: str = "",
        contact: str | None = None,
        home: str | None = None,
        session: Session | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.failure: Exception | None = None
        self.summary: CrawlSummary | None = None
        if session is None:
            where = find_home(home)
            chosen = choose_site(where, site, host=host, anyway=anyway.lower() in _ON)
            session = Session(chosen, where, user_agent(contact))
            session.open()
        self.session = session

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """Scrapy's way to make one; the politeness is that of the site description."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        politeness = spider.session.site.politeness
        crawler.settings.setdict(
            {
                "CONCURRENT_REQUESTS": politeness.concurrency,
                "CONCURRENT_REQUESTS_PER_DOMAIN": politeness.concurrency,
            },
            priority="spider",
        )
        crawler.signals.connect(spider.closed_by_scrapy, signals.spider_closed)
        return spider

    async def start(self) -> AsyncIterator[Any]:
        """Nothing to yield: the frontier knows where to begin."""
        nothing: tuple[Any, ...] = ()
        for request in nothing:
            yield request

    def parse(self, response: Response) -> None:
        """Settle an entry whose response was kept: its page's links go into the frontier."""
        entry = response.meta[ENTRY]
        capture, page = response.meta[KEPT]
        try:
            self.session.settle(entry, capture, page, response.meta["download_latency"])
        except Exception as error:
            self.stop(error)

    def stop(self, failure: Exception) -> None:
        """End the crawl, because it cannot go on keeping what it is sent."""
        if self.failure is None:
            self.failure = failure
            asyncio.get_running_loop().create_task(
                self.crawler.engine.close_spider_async(reason="failed")
            )

    def closed_by_scrapy(self, reason: str) -> None:
        """End the run, whatever ended the crawl."""
        if self.failure is not None:
            self.session.abandon()
            return
        try:
            self.summary = self.session.close(reason)
        except Exception as error:
            self.failure = error
            return
        self.logger.info("Archived. `hdnd index` makes it searchable.")
