"""Crawls of small portals without Scrapy and without a network; all else of them is real."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from archive.ground.home import Home
from archive.model import Exchange
from crawler.frontier.entries import EntryKind
from crawler.sessions.crawl_session import CrawlSummary
from crawler.sessions.site_crawl import SiteCrawl
from crawler.sites.site_selection import choose_site
from support.small_portals import SmallPortal

START = datetime(2026, 1, 5, 2, 0, tzinfo=UTC)


class _Clock:
    """A second a look, from some days on."""

    def __init__(self, days: float) -> None:
        self._now = START + timedelta(days=days)

    def __call__(self) -> datetime:
        self._now += timedelta(seconds=1)
        return self._now


def crawl_offline(
    home: Home, portal: SmallPortal, *, site: str, kind: str = "crawl", days: float = 0
) -> CrawlSummary:
    """A crawl or refresh from beginning to end, some days after the first."""
    clock = _Clock(days)
    session = SiteCrawl(choose_site(home, site), home, "tests", kind=EntryKind(kind), clock=clock)
    session.open()
    while not session.is_over and (entry := session.next_entry()) is not None:
        url, form = session.form_of(entry)
        parts = urlsplit(url)
        answer = portal.answer(f"{parts.path}?{parts.query}".rstrip("?"), {}, form)
        head = "".join(f"{name}: {value}\r\n" for name, value in answer.headers)
        exchange = Exchange(
            url=entry.url,
            role=entry.role,
            started_at=clock(),
            request=b"GET / HTTP/1.1\r\n\r\n",
            response_head=f"HTTP/1.1 {answer.status} x\r\n{head}\r\n".encode(),
            body=answer.body,
            via=entry.via,
            target=None if form is None else url,
        )
        for capture, page in session.keep([(entry, exchange)]):
            session.settle(entry, capture, page, 0.0)
    return session.close("finished")
