"""Scrapy alone: fetches the same pages with the same concurrency and yields nothing."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import scrapy
from portal import CONCURRENCY
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.http import Response

_SETTINGS = {
    "CONCURRENT_REQUESTS": CONCURRENCY,
    "CONCURRENT_REQUESTS_PER_DOMAIN": CONCURRENCY,
    "COOKIES_ENABLED": False,
    "DOWNLOAD_DELAY": 0,
    "LOG_ENABLED": False,
    "REMOTE_CONTROL_ENABLED": False,
    "ROBOTSTXT_OBEY": False,
    "TELNETCONSOLE_ENABLED": False,
}


class _Spider(scrapy.Spider):
    name = "bare"
    urls: tuple[str, ...] = ()
    answered = 0

    async def start(self) -> AsyncIterator[scrapy.Request]:
        for url in self.urls:
            yield scrapy.Request(url)

    def parse(self, response: Response) -> None:
        _Spider.answered += 1


def fetch(host: str, paths: Path) -> int:
    """Fetch the paths that a file lists; how many were answered."""
    lines = paths.read_text(encoding="utf-8").split("\n")
    process = AsyncCrawlerProcess(_SETTINGS)
    process.crawl(_Spider, urls=tuple(f"http://{host}{line}" for line in lines))
    process.start()
    return _Spider.answered
