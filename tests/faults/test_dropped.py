"""An article that drops out of the listings is looked at by the sweep that sees it."""

from __future__ import annotations

from portal_visitor import series
from support.crawling import crawl_in_process, home_in
from support.hostile_portal import HostilePortal, says

ARTICLE = r"/-/view_content/\d"
LISTING = r"^/hoat-dong-hdnd(\?|$)"
WEEK = 8


def test_what_drops_out_of_the_listings_is_looked_at_at_once(tmp_path):
    home = home_in(tmp_path)
    articles = series(5)
    with HostilePortal(articles) as portal:
        crawl_in_process(home, portal)
        asked = len(portal.paths(ARTICLE))
        del portal.portal.articles[articles[0].asset_id]
        crawled = crawl_in_process(home, portal, kind="refresh", days=WEEK)
        again = portal.paths(ARTICLE)[asked:]

    assert crawled.summary["kind"] == "sweep"
    assert [str(articles[0].asset_id) in path for path in again] == [True]


def test_a_listing_that_cannot_be_read_says_nothing_of_what_it_does_not_show(tmp_path):
    home = home_in(tmp_path)
    with HostilePortal(series(5)) as portal:
        crawl_in_process(home, portal)
        asked = len(portal.paths(ARTICLE))
        portal.on(LISTING, says(404, b"no"))
        crawl_in_process(home, portal, kind="refresh", days=WEEK)

    assert len(portal.paths(ARTICLE)) == asked
