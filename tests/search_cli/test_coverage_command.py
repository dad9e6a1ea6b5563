"""`hdnd coverage`: what the listings announce, what is held, what is missing."""

from __future__ import annotations

from datetime import datetime

from crawler.sample_portal.articles import PORTAL_TIME
from portal_visitor import article, path_of
from support.crawling import crawl_in_process, home_in
from support.hdnd import run_hdnd
from support.hostile_portal import HostilePortal, says

MONTHS = {1: 6, 2: 7, 3: 0, 4: 6, 5: 6}


def ones():
    return [
        article(f"t{month}-{n}", published_at=datetime(2024, month, 1 + n, 9, tzinfo=PORTAL_TIME))
        for month, count in MONTHS.items()
        for n in range(count)
    ]


def test_the_missing_are_named_and_empty_months_are_marked(tmp_path):
    home = home_in(tmp_path)
    lost = ones()[5]
    with HostilePortal(ones()) as portal:
        portal.on(f"view_content/{lost.asset_id}", says(404))
        crawl_in_process(home, portal)
    shown = run_hdnd("coverage", home=home.path)
    told = run_hdnd("coverage", "thanh-giang", "--json", home=home.path).json

    assert shown.status == 0, shown.err
    listings = told["sites"][0]["listings"]
    (listing,) = [one for one in listings if one["url"].endswith("/hoat-dong-hdnd")]
    assert (listing["announced"], listing["listed"], listing["held"]) == (25, 25, 24)
    (missing,) = listing["missing"]
    assert path_of(lost).partition("-x")[0] in missing
    assert f"Missing: {missing}" in shown.out
    (odd,) = [line for line in shown.lines if "oddly few" in line]
    assert odd.startswith("2024-03")
    assert "█" in shown.out
    assert run_hdnd("coverage", "nowhere", home=home.path).status == 3
