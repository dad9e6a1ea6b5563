"""A sample portal with as many articles as are asked for, and a crawl of it into an archive."""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime, timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any

from archive.ground.home import Home
from crawler import crawl as crawl_site
from crawler.sample_portal import SampleArticle, SamplePortal, bundled_articles
from crawler.sample_portal.articles import PORTAL_TIME

_CATEGORIES = ("hoat-dong-hdnd", "tiep-xuc-cu-tri")
_FIRST = datetime(2014, 1, 1, 8, tzinfo=PORTAL_TIME)
CONCURRENCY = 16


def serve(count: int) -> None:
    """Serve until the standard input ends. A line of it names a file: the log of paths goes there.

    The first line that is printed is the host, each further one says that a log was written.
    """
    with SamplePortal(_articles(count)) as portal:
        print(portal.host, flush=True)
        for line in sys.stdin:
            asked = dict.fromkeys(one.path for one in portal.requests if one.status == 200)
            Path(line.strip()).write_text("\n".join(asked), encoding="utf-8")
            print("written", flush=True)


def _articles(count: int) -> Iterator[SampleArticle]:
    """Articles made of the paragraphs of the bundled ones; no pictures, no files."""
    chance = random.Random(3)
    paragraphs = [text for article in bundled_articles() for text in article.paragraphs]
    taken: set[int] = set()
    number = 0
    while len(taken) < count:
        number += 1
        article = SampleArticle(
            name=f"bench-{number}",
            title=f"Bản tin số {number} của Hội đồng nhân dân quận",
            paragraphs=tuple(chance.sample(paragraphs, 7)),
            published_at=_FIRST + timedelta(hours=number),
            views=number % 500,
            categories=(_CATEGORIES[number % 2],),
        )
        if article.asset_id not in taken:
            taken.add(article.asset_id)
            yield article


def crawl(folder: Path, host: str) -> dict[str, Any]:
    """Crawl the portal as fast as it answers: WARC written, catalogue updated, no index."""
    home = Home(folder)
    home.sites.mkdir(parents=True)
    described = (files("crawler.sample_portal") / "thanh-giang.toml").read_text(encoding="utf-8")
    faster = described.replace("concurrency = 4", f"concurrency = {CONCURRENCY}")
    (home.sites / "thanh-giang.toml").write_text(faster, encoding="utf-8")
    summary = asdict(crawl_site(home, "thanh-giang", host=host))
    return {"pages": summary["pages"], "articles": summary["articles"]}
