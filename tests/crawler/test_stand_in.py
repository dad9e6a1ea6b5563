"""What stands in for a site's host is reached, and not what the archive speaks of."""

from __future__ import annotations

import pytest

from archive.history.citation import cite
from crawler.sample_portal import SampleImage
from portal_visitor import article, series
from support.crawling import Crawled, crawl_in_process, home_in
from support.hostile_portal import Guest, HostilePortal, response, says
from support.warcs import records

ONE = article("mot", images=(SampleImage(1, "Ảnh"),))
MISSING, *OTHERS = series(3)
SITE = "https://thanhgiang.example/"


def names_itself(guest: Guest) -> bytes:
    """Links with the host that was asked, as many portals write them."""
    host = guest.asked.headers["Host"].encode()
    body = guest.answer.body.replace(b'href="/', b'href="http://%b/' % host)
    return response(guest.answer, body)


@pytest.fixture(scope="module", params=["plain", "names itself"])
def crawled(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Crawled:
    home = home_in(tmp_path_factory.mktemp("host"))
    with HostilePortal([ONE, MISSING, *OTHERS]) as portal:
        if request.param == "names itself":
            portal.on(".", names_itself)
        portal.on(f"view_content/{MISSING.asset_id}-", says(404, b"no"))
        portal.on("robots.txt", says(200, b"User-agent: *\nDisallow: /image/\n"))
        return crawl_in_process(home, portal)


def test_the_articles_are_there(crawled: Crawled) -> None:
    assert crawled.summary["articles"] == 3


def test_the_addresses_of_records_are_the_sites(crawled: Crawled) -> None:
    kept = [r for r in records(crawled.home.warc) if "WARC-Target-URI" in r.fields]
    urls = {record.url for record in kept if not record.url.startswith("urn:")}
    vias = {r.values["via"] for r in kept if r.type == "metadata" and "via" in r.values}
    assert len(urls) > 5
    assert all(url.startswith(SITE) for url in urls | vias)


def test_problems_and_outcomes_name_the_site(crawled: Crawled) -> None:
    with crawled.reader() as reader:
        (problem,) = reader.problems()
        refused = reader.catalogue.connection.execute("SELECT url FROM outcome").fetchall()
    assert problem.url.startswith(SITE)
    assert refused
    assert all(row["url"].startswith(SITE) for row in refused)


def test_a_citation_names_the_site_and_where_it_is_replayed(crawled: Crawled) -> None:
    with crawled.reader() as reader:
        cited = cite(reader, f"thanh-giang-{ONE.asset_id}", prefix="https://luu.example")
    assert cited.url.startswith(SITE)
    assert f"/{SITE}" in (cited.archived_url or "")
