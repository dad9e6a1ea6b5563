"""Extraction in the tests: pages as stored responses, and the body of an article."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from archive.model import Article, Page, Role, StoredResponse
from crawler.extraction.extract import extract
from crawler.sample_portal import SampleArticle, SamplePortal
from crawler.sites.description import Site

SITE = Site(
    id="mau",
    name="Quận Mẫu",
    host="quanmau.example",
    platform="liferay",
    categories={"/hoat-dong-hdnd": "Hoạt động HĐND", "/tiep-xuc-cu-tri": "Tiếp xúc cử tri"},
)
URL = "https://quanmau.example/hoat-dong-hdnd/-/view_content/7-bai.html"
LISTING_URL = "https://quanmau.example/hoat-dong-hdnd"
STAMP = "Ngày đăng 05/02/2024 | 17:00 \u00a0|\u00a0Lượt xem: 407"


def stored(
    html: str | bytes,
    *,
    url: str = URL,
    role: Role = Role.ARTICLE,
    status: int = 200,
    content_type: str | None = "text/html;charset=UTF-8",
    headers: tuple[tuple[str, str], ...] = (),
    truncated: str | None = None,
) -> StoredResponse:
    """A response as the archive gives it back."""
    if content_type:
        headers = (("Content-Type", content_type), *headers)
    body = html.encode() if isinstance(html, str) else html
    at = datetime(2024, 3, 1, tzinfo=UTC)
    return StoredResponse(url, role, at, status, headers, body, truncated)


def read(html: str | bytes, *, site: Site = SITE, **more: Any) -> Page:
    """What extraction makes of a page."""
    return extract(site, stored(html, **more))


def article_html(
    body: str, *, title: str = "Tiêu đề", stamp: str = STAMP, lead: str = "", asset: str = "7"
) -> str:
    """An article's page as the portal frames it, with a body of one's own."""
    return f"""<html><head><title>x</title></head><body>
<div class="asset-full-content-title">{title}</div>
<div class="assetPublishDate block_timer">{stamp}</div>
<div class="asset-full-content show-asset-title">
<div class="asset-content" id="_101_{asset}">
<div class="sapo-wrapper clearfix"><p class="sapo"><strong>{lead}</strong></p></div>
<div class="journal-content-article">{body}
<p align="right" class="view-content-author"> <strong><em>Văn Thư</em></strong> </p>
</div></div></div>
<div class="related_asset"><ul><li><a href="/hoat-dong-hdnd/-/view_content/9-khac.html">Khác</a>
</li></ul></div>
<div class="journal-content-article"><p>Quảng cáo ở cột bên</p></div>
</body></html>"""


def read_article(body: str, **more: Any) -> Article:
    """The article that a page with this body holds."""
    framing = {name: more.pop(name) for name in ("title", "stamp", "lead", "asset") if name in more}
    page = read(article_html(body, **framing), **more)
    assert page.article, page
    return page.article


def texts(body: str, **more: Any) -> list[str]:
    """The blocks of text of a body."""
    return [block.text for block in read_article(body, **more).blocks if block.text]


def fetch(portal: SamplePortal, path: str, *, site: Site, cookie: str = "") -> Page:
    """What extraction makes of a page of the sample portal, without a crawl."""
    answer = portal.answer(path, {"Host": site.host, "Cookie": cookie})
    given = StoredResponse(
        f"https://{site.host}{path}",
        Role.ARTICLE if "/-/" in path else Role.LISTING,
        datetime(2024, 3, 1, tzinfo=UTC),
        answer.status,
        answer.headers,
        answer.body,
    )
    return extract(site, given)


def article_path(one: SampleArticle) -> str:
    """An article's path under the first category of the main sample portal."""
    return f"/hoat-dong-hdnd/-/view_content/{one.asset_id}-x.html"
