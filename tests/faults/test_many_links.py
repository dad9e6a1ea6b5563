"""A page that leads to other hosts many times: each link is noted once, whatever dies when."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from archive import run as run_module
from archive.ground.home import Home
from archive.model import Role
from archive.reading import ArchiveReader
from archive.store import Archive
from crawler.extraction.extract import Extractor
from crawler.sessions.site_crawl import SiteCrawl
from support.answering import exchange_of
from support.crawling import home_in, thanh_giang
from support.dying import dies_at_statement
from support.keeping import dump_of
from support.warcs import faults

LISTING = (
    '<div class="portlet-asset-publisher"><div class="asset-bounddary"><h3 class="asset-title">'
    '<a href="/hoat-dong-hdnd/-/view_content/1-a.html">x</a></h3></div></div>'
)
ARTICLE = (
    '<div class="asset-full-content"><div class="asset-full-content-title">Ảnh</div>'
    '<div class="asset-content" id="_101_1"><div class="journal-content-article"><p>Chữ</p>{}'
    "</div></div></div>"
)
ELSEWHERE = [f"https://media.example/{number}.png" for number in range(23)]
IMAGES = "".join(f'<img src="{url}">' for url in [*ELSEWHERE, *ELSEWHERE[:5]])


def crawl(home: Home) -> bool:
    """A crawl without Scrapy and without a network; whether it went on with one cut short."""
    session = SiteCrawl(thanh_giang(), home, "test")
    session.open()
    while entry := session.next_entry():
        html = ARTICLE.format(IMAGES) if entry.role is Role.ARTICLE else LISTING
        ((capture, page),) = session.keep([(entry, exchange_of(session, entry, html))])
        session.settle(entry, capture, page, 0.0)
    session.close("finished")
    return session.resumed


def noted(home: Home) -> Counter[str]:
    with ArchiveReader.open(home) as reader:
        return Counter(
            row["url"] for row in reader.catalogue.connection.execute("SELECT url FROM outcome")
        )


def test_a_crawl_that_dies_while_it_notes_them_notes_each_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run_module, "_MOST_NOTES", 6)
    step, died, cut_short = 0, True, set()
    while died:
        step += 9
        home = home_in(tmp_path / str(step))
        died = dies_at_statement(step, lambda home=home: crawl(home))
        if (home.path / "catalogue.sqlite").exists():
            with Archive(home, Extractor()):
                cut_short.add(sum(noted(home).values()))

        resumed = crawl(home)

        assert set(noted(home)) == set(ELSEWHERE), step
        assert not resumed or set(noted(home).values()) == {1}, step
        assert not faults(home.warc), step
        held = dump_of(home)
        with Archive(home, Extractor()) as archive:
            archive.rebuild()
        assert dump_of(home) == held, step
    assert {0, 6, 12, 18, 23} <= cut_short
