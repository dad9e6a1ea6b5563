"""Each shipped platform reads a small portal in its manner: every article, exact."""

import pytest

from archive.model import PageKind, Role
from crawler.extraction.extract import extract
from crawler.extraction.platforms import platform_of
from crawler.sites.platforms import described_platform, platform_names
from support import small_portals
from support.small_portals import PIECES
from support.walking import AT, HOST, as_read, expected, fetched, site_of, walk

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


@pytest.mark.parametrize(
    ("name", "alias", "path"),
    [
        ("nukeviet", "/news/print/hdnd/a-7.html", "/news/hdnd/a-7.html"),
        ("nukeviet", "/vi/news/sendmail/hdnd/a-7.html?x=1", "/vi/news/hdnd/a-7.html"),
        ("vnportal", "/hdnd/a-104107?pageindex=0", "/hdnd/a-104107"),
        ("hanoi", "/hdnd/a-28500260116085159.htm?utm_source=x", "/hdnd/a-28500260116085159.htm"),
        ("wordpress", "/a/?replytocom=3", "/a/"),
        ("aspnet", "/n/t/pFormPrint.aspx?c=1&ItemID=7", "/n/t/View_Detail.aspx?ItemID=7"),
    ],
)
def test_other_addresses_of_a_page_are_its_own(name, alias, path):
    platform = platform_of(site_of(MANNERS[name][0](), name), AT.date())
    assert platform.identity(f"https://{HOST}{alias}") == f"https://{HOST}{path}"
    assert platform.is_article_url(f"https://{HOST}{alias}")
