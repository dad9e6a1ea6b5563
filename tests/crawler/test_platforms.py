"""Each shipped platform reads a small portal in its manner: every article, exact."""

import pytest

from archive.model import PageKind, Role
from crawler.extraction.extract import extract
from crawler.sites.platforms import described_platform, platform_names
from support import small_portals
from support.small_portals import PIECES
from support.walking import HOST, as_read, expected, fetched, site_of, walk

MANNERS = {
    "nukeviet": (small_portals.NukeViet, {}),
    "vnportal": (small_portals.VnPortal, {"capitals": True, "links": "Tải về"}),
    "hanoi": (small_portals.HanoiSince2025, {"links": "{}"}),
    "wordpress": (small_portals.WordPress, {"lead_in_body": True, "links": "{}"}),
    "aspnet": (small_portals.AspNet, {}),
}


def test_every_shipped_platform_has_a_sample_portal():
    assert {*MANNERS, "liferay"} == set(platform_names())


@pytest.mark.parametrize("name", MANNERS)
def test_every_article_of_a_platform_is_read_exactly(name):
    kind, how = MANNERS[name]
    portal = kind()
    articles, pages = walk(site_of(portal, name), portal)
    base = f"https://{HOST}"
    assert {url: as_read(one) for url, one in articles.items()} == {
        base + portal.address(piece): expected(piece, **how) for piece in PIECES
    }
    assert [page.problem for page in pages if page.problem] == []


@pytest.mark.parametrize("name", MANNERS)
def test_an_article_keeps_its_number_whatever_leads_to_it(name):
    kind, _ = MANNERS[name]
    portal = kind()
    articles, _ = walk(site_of(portal, name), portal)
    numbers = [one.asset_id for one in articles.values()]
    assert all(numbers)
    assert len(set(numbers)) == len(PIECES)


@pytest.mark.parametrize("name", MANNERS)
def test_a_platform_says_what_was_seen_and_what_nobody_has_tried(name):
    platform = described_platform(name)
    assert "Seen:" in platform.evidence or "Concluded" in platform.evidence
    assert platform.untried


def test_a_message_in_an_articles_place_is_no_article():
    portal = small_portals.HanoiSince2025()
    url = f"https://{HOST}/hoi-dong-nhan-dan/da-go-28509999.htm"
    page = extract(site_of(portal, "hanoi"), fetched(portal, url, Role.ARTICLE))
    assert (page.kind, page.article) == (PageKind.UNREADABLE, None)
