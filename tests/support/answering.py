"""What a session asks for, answered without Scrapy and without a network."""

from __future__ import annotations

from archive.model import Exchange, Role
from crawler.frontier.entries import FrontierEntry
from crawler.sessions.site_crawl import SiteCrawl


def exchange_of(session: SiteCrawl, entry: FrontierEntry, html: str) -> Exchange:
    """The exchange that an entry leads to: this page, and no robots.txt."""
    missing = entry.role is Role.ROBOTS
    status = "404 Not Found" if missing else "200 OK"
    return Exchange(
        url=entry.url,
        role=entry.role,
        started_at=session.clock(),
        request=b"GET / HTTP/1.1\r\n\r\n",
        response_head=f"HTTP/1.1 {status}\r\nContent-Type: text/html\r\n\r\n".encode(),
        body=b"" if missing else html.encode(),
        via=entry.via,
    )
