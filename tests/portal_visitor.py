"""A visitor of the sample portal for the tests: plain HTTP, and a look at the page."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from email.message import Message
from http.client import HTTPConnection
from urllib.parse import quote

from bs4 import BeautifulSoup, Tag

from crawler.sample_portal import SampleArticle, SamplePortal
from crawler.sample_portal.articles import PORTAL_TIME


@dataclass(frozen=True)
class Reply:
    status: int
    headers: Message
    body: bytes

    @property
    def page(self) -> BeautifulSoup:
        return BeautifulSoup(self.body, "html.parser")

    def one(self, selector: str) -> Tag:
        found = self.page.select(selector)
        assert len(found) == 1, f"{len(found)} × {selector}"
        return found[0]

    def text(self, selector: str) -> str:
        return words(self.one(selector).get_text())

    def texts(self, selector: str) -> list[str]:
        return [words(found.get_text()) for found in self.page.select(selector)]

    def links(self, selector: str) -> list[str]:
        return [str(found["href"]) for found in self.page.select(selector)]


def visit(portal: SamplePortal, url: str, **headers: str) -> Reply:
    """GET a path or an absolute URL; header names are written with underscores."""
    path = re.sub(r"^http://[^/]+", "", url)
    connection = HTTPConnection(portal.host, timeout=10)
    try:
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request("GET", quote(path, safe="/?&=;%+:,"), headers=sent)
        response = connection.getresponse()
        return Reply(response.status, response.headers, response.read())
    finally:
        connection.close()


def in_vietnamese(portal: SamplePortal, url: str) -> Reply:
    return visit(portal, url, Cookie="GUEST_LANGUAGE_ID=vi_VN")


def in_english(portal: SamplePortal, url: str) -> Reply:
    return visit(portal, url, Cookie="GUEST_LANGUAGE_ID=en_US")


def words(text: str) -> str:
    """Text with every run of white space, no-break spaces too, as one space."""
    return " ".join(text.split())


def article(name: str, **more: object) -> SampleArticle:
    given: dict[str, object] = {
        "title": f"Bài viết {name}",
        "paragraphs": ("Một đoạn văn.",),
        "published_at": datetime(2024, 2, 5, 17, 0, tzinfo=PORTAL_TIME),
        "views": 407,
    }
    return SampleArticle(name=name, **(given | more))  # type: ignore[arg-type]


def series(count: int, **more: object) -> list[SampleArticle]:
    """Articles published a day apart, the oldest first."""
    return [
        article(
            f"bai-{number:03}",
            published_at=datetime(
                2023, 1 + number // 28, 1 + number % 28, 8, 30, tzinfo=PORTAL_TIME
            ),
            **more,
        )
        for number in range(count)
    ]


def path_of(one: SampleArticle, category: str = "hoat-dong-hdnd") -> str:
    return f"/{category}/-/view_content/{one.asset_id}-x.html"
