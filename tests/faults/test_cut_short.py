"""A crawl that was cut short and goes on tells of all of it."""

from __future__ import annotations

from portal_visitor import series
from support.crawling import crawl_in_process, home_in
from support.hostile_portal import HostilePortal, says

EMPTY = """
id = "moc-son"
name = "Huyện Mộc Sơn"
host = "mocson.example"
platform = "liferay"
politeness = { delay_seconds = 0, retry_seconds = 0.05 }
[categories]
"/tiep-xuc-cu-tri" = "Tiếp xúc cử tri"
"""


def test_problems_of_earlier_runs_count_until_they_are_none(tmp_path):
    home = home_in(tmp_path)
    articles = series(12)
    first, second = articles[-1], articles[-2]
    with HostilePortal(articles) as portal:
        portal.on(f"view_content/({first.asset_id}|{second.asset_id})", says(404, b"no"))
        begun = crawl_in_process(home, portal, max_requests=8)
        ended = crawl_in_process(home, portal)

    assert begun.summary["problems"] == 2
    assert ended.summary["resumed"]
    assert ended.summary["finished"]
    assert ended.summary["problems"] == 2


def test_a_first_crawl_of_a_listing_without_articles_found_nothing(tmp_path):
    home = home_in(tmp_path, EMPTY)
    with HostilePortal(series(3)) as portal:
        crawled = crawl_in_process(home, portal, site="moc-son")

    assert crawled.error == "NothingFetched"
    assert "lead to no article" in crawled.message


def test_a_category_without_articles_is_named(tmp_path):
    home = home_in(tmp_path)
    with HostilePortal(series(3)) as portal:
        crawled = crawl_in_process(home, portal)

    assert crawled.summary["articles"] == 3
    assert crawled.summary["empty_listings"] == ["/tiep-xuc-cu-tri"]
