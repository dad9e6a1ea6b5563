"""`hdnd coverage`: what the listings announce, what is held, what is missing."""

from __future__ import annotations

from datetime import datetime

from crawler.sample_portal.articles import PORTAL_TIME
from portal_visitor import article, path_of
from support.crawling import THANH_GIANG_FILE, crawl_in_process, home_in
from support.hdnd import run_hdnd
from support.hostile_portal import HostilePortal, says

MONTHS = {1: 6, 2: 7, 3: 0, 4: 6, 5: 6}


TOML = THANH_GIANG_FILE.read_text(encoding="utf-8")


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


def test_a_category_that_the_description_leaves_out_is_named(tmp_path):
    """Linked at first; once something of it is held, it is told how much."""
    home = home_in(tmp_path)
    whole = home.sites / "thanh-giang.toml"
    whole.write_text(TOML.replace('"/tiep-xuc-cu-tri" = "Tiếp xúc cử tri"\n', ""), encoding="utf-8")
    elsewhere = article("x", categories=("tiep-xuc-cu-tri",))
    with HostilePortal([*ones(), elsewhere]) as portal:
        run_hdnd("crawl", "thanh-giang", "--host", portal.host, home=home.path)
        linked = run_hdnd("coverage", home=home.path)
        url = f"https://thanhgiang.example{path_of(elsewhere, 'tiep-xuc-cu-tri')}"
        run_hdnd("archive", url, "--host", portal.host, home=home.path)
        held = run_hdnd("coverage", home=home.path)
        told = run_hdnd("coverage", "--json", home=home.path).json

    assert "Linked, not described: /tiep-xuc-cu-tri (Tiếp xúc cử tri)\n" in linked.out
    assert "Held, not described: /tiep-xuc-cu-tri (Tiếp xúc cử tri): 1 article\n" in held.out
    first = told["sites"][0]["undescribed"][0]
    assert (first["path"], first["held"], first["is_likely"]) == ("/tiep-xuc-cu-tri", 1, True)


def test_empty_months_in_a_row_are_one_line(tmp_path):
    home = home_in(tmp_path)
    far = [
        article(f"f{year}", published_at=datetime(year, 5, 1, tzinfo=PORTAL_TIME))
        for year in (2022, 2024)
    ]
    with HostilePortal(far) as portal:
        crawl_in_process(home, portal)
    lines = run_hdnd("coverage", home=home.path).lines
    assert "2022-06 to 2024-04  0  23 months" in lines
    told = run_hdnd("coverage", "--lang", "vi", home=home.path).out
    assert "06/2022 đến 04/2024" in told
    assert len({line.index("█") for line in lines if "█" in line}) == 1
    assert len([line for line in lines if line.startswith("202")]) == 3


def test_a_portal_of_other_software_gets_a_clear_answer(tmp_path):
    home = home_in(tmp_path)
    head = b'<html><head><meta name="generator" content="WordPress 6.1"></head>'
    with HostilePortal([]) as portal:
        portal.on("robots.txt", says(404))
        portal.on("hoat-dong", says(200, head + "<p>Kỳ họp thứ ba</p>".encode()))
        portal.on("tiep-xuc", says(200, head + "<p>Tiếp dân tháng tư</p>".encode()))
        ran = run_hdnd("crawl", "thanh-giang", "--host", portal.host, home=home.path)
    problems = run_hdnd("status", "--problems", home=home.path).out
    assert ran.status == 9
    assert "no page of a Liferay portal" in problems
    assert "WordPress 6.1" in problems
    assert "No listing could be read" in run_hdnd("coverage", home=home.path).out
