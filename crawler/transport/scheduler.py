"""Scrapy's scheduler, played by the frontier."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, Self

from scrapy import Request
from scrapy.core.scheduler import BaseScheduler
from scrapy.crawler import Crawler

from crawler.transport.response_limits import LONGEST

if TYPE_CHECKING:
    from crawler.sessions.crawl_session import CrawlSession
    from crawler.transport.session_spider import SessionSpider

_FORM = "application/x-www-form-urlencoded"
ENTRY = "entry"
"""The key under which a request's `meta` carries its frontier entry."""


class FrontierScheduler(BaseScheduler):
    """Hands out what the session's frontier holds; links come in by settling, not by requests."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._wake: asyncio.TimerHandle | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's way to make one."""
        return cls(crawler)

    def open(self, spider: SessionSpider) -> None:  # type: ignore[override]
        """Called once the spider and its session are open."""
        self._spider = spider
        self._session: CrawlSession[Any] = spider.session
        self._headers = dict(self._crawler.settings.getdict("DEFAULT_REQUEST_HEADERS"))

    def has_pending_requests(self) -> bool:
        """Whether anything is left to fetch, now or after a pause."""
        return self._spider.failure is None and not self._session.is_over

    def enqueue_request(self, request: Request) -> bool:
        """Refuse requests from elsewhere: only the frontier says what is fetched."""
        return False

    def next_request(self) -> Request | None:
        """The frontier's next entry as a request."""
        try:
            entry = self._session.next_entry() if self._spider.failure is None else None
        except Exception as error:
            self._spider.stop(error)
            return None
        if entry is None:
            self._wake_after(self._session.rest)
            return None
        url, form = self._session.form_of(entry)
        return Request(
            url,
            method="GET" if form is None else "POST",
            body=None if form is None else form,
            headers={
                **({} if form is None else {"Content-Type": _FORM}),
                **self._headers,
                "User-Agent": self._session.user_agent,
                **self._session.headers(entry),
            },
            meta={
                ENTRY: entry,
                LONGEST: self._session.longest(entry),
                # One queue for all hosts of a site: a guest comes through one door.
                "download_slot": self._session.site.id,
            },
            dont_filter=True,
        )

    def _wake_after(self, rest: float | None) -> None:
        if self._wake is not None:
            self._wake.cancel()
        loop = asyncio.get_running_loop()
        self._wake = None if rest is None else loop.call_later(rest, self._ask_again)

    def _ask_again(self) -> None:
        """Have the engine ask at once and not at its next heartbeat; a private part of Scrapy."""
        slot = self._crawler.engine._slot if self._crawler.engine else None
        if slot is not None:
            slot.nextcall.schedule()
