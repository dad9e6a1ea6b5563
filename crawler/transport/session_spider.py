"""The spider of any visit: it yields nothing and settles what comes; the visit knows the rest."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any, Self

import scrapy
from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.http import Response

from crawler.sessions.crawl_session import CrawlSession
from crawler.sessions.summary import CrawlSummary


class SessionSpider(scrapy.Spider):
    """Serves a visit that is open; what it meets goes into the archive."""

    name = "visit"

    def __init__(self, session: CrawlSession[Any], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.failure: Exception | None = None
        self.summary: CrawlSummary | None = None
        self.session = session

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """Scrapy's way to make one; the politeness is that of the site description."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        crawler.settings.setdict(
            {
                "CONCURRENT_REQUESTS": spider.session.concurrency,
                "CONCURRENT_REQUESTS_PER_DOMAIN": spider.session.concurrency,
            },
            priority="spider",
        )
        oldest = spider.session.site.tls_min_version
        crawler.settings.set("DOWNLOAD_TLS_MIN_VERSION", f"TLSv{oldest}", priority="spider")
        crawler.signals.connect(spider.closed_by_scrapy, signals.spider_closed)
        return spider

    async def start(self) -> AsyncIterator[Any]:
        """Nothing to yield: the frontier knows where to begin."""
        nothing: tuple[Any, ...] = ()
        for request in nothing:
            yield request

    def parse(self, response: Response) -> None:
        """Nothing is left to do: the response was kept and settled when it came."""

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
