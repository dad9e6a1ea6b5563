"""Extraction against BeautifulSoup: the same pages of the sample portal, the same result."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup

from archive.model import Article, Block, Role, StoredResponse
from crawler.extraction.body_blocks import read_body
from crawler.extraction.extract import extract
from crawler.extraction.publication_stamp import read_stamp
from crawler.sample_portal import THANH_GIANG, SamplePortal, bundled_articles
from crawler.sample_portal.addresses import article_path
from crawler.sites.description import Site
from crawler.sites.known_sites import read_site

_HTML = "text/html;charset=UTF-8"
_BODY_ID = re.compile(r"_101_(?:INSTANCE_[0-9A-Za-z]+_)?\d+")


def sample_site() -> Site:
    """The sample portal's own description."""
    return read_site(Path(str(files("crawler.sample_portal") / "thanh-giang.toml")))


def sample_pages(count: int) -> list[StoredResponse]:
    """Article pages of the sample portal, as an archive would give them back."""
    pages = []
    with SamplePortal(bundled_articles()[:count]) as portal:
        for identity in portal.articles:
            article = portal.articles[identity]
            category = THANH_GIANG.slugs(article)[0]
            path = article_path(THANH_GIANG, category, identity, portal.articles.slug(identity))
            body = portal.answer(path, {"Host": THANH_GIANG.host}).body
            url = f"https://{THANH_GIANG.host}{path}"
            moment = datetime(2024, 2, 5, 10, tzinfo=UTC)
            headers = (("Content-Type", _HTML),)
            pages.append(StoredResponse(url, Role.ARTICLE, moment, 200, headers, body))
    return pages


def compare(count: int, rounds: int) -> dict[str, Any]:
    """Milliseconds of CPU a page: ours; html.parser alone; html.parser and the reading of it."""
    pages = sample_pages(count)
    site = sample_site()
    ours: list[float] = []
    parsing: list[float] = []
    reading: list[float] = []
    for _ in range(rounds):
        ours.append(_timed(lambda page: extract(site, page), pages))
        parsing.append(_timed(lambda page: BeautifulSoup(page.body, "html.parser"), pages))
        reading.append(_timed(_by_soup, pages))
    same = sum(_alike(extract(site, page).article, _by_soup(page)) for page in pages)
    size = sum(len(page.body) for page in pages) / len(pages) / 1024
    return {
        "ours": ours,
        "parsing": parsing,
        "reading": reading,
        "pages": len(pages),
        "same": same,
        "kib": size,
    }


def _timed(task: Callable[[StoredResponse], object], pages: list[StoredResponse]) -> float:
    began = time.process_time()
    for page in pages:
        task(page)
    return (time.process_time() - began) * 1000 / len(pages)


def _by_soup(page: StoredResponse) -> tuple[str, datetime | None, tuple[Block, ...]]:
    """Title, time and blocks, found in a tree of the whole page."""
    soup = BeautifulSoup(page.body, "html.parser")
    title = soup.select_one(".asset-full-content-title")
    stamp = soup.select_one(".assetPublishDate")
    content = soup.find("div", class_="asset-content", id=_BODY_ID)
    body = content.select_one(".journal-content-article") if content else None
    seen = read_stamp(_line(stamp.get_text())) if stamp else None
    blocks = read_body(str(body or content), link=lambda href: None).blocks
    moment = seen.published_at if seen else None
    return _line(title.get_text() if title else ""), moment, blocks


def _line(text: str) -> str:
    return " ".join(text.split())


def _alike(article: Article | None, found: tuple[str, datetime | None, tuple[Block, ...]]) -> bool:
    """Whether title, time and text agree; links and pictures are not looked at."""
    if article is None:
        return False
    title, moment, blocks = found
    texts = [block.text for block in article.blocks if block.text]
    return (title, moment, [block.text for block in blocks if block.text]) == (
        article.title,
        article.published_at,
        texts,
    )
