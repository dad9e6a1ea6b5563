"""Feeds, sitemaps and lists of addresses: the articles that they name, and nothing else."""

import gzip

import pytest

from archive.ground.errors import SiteError
from archive.ground.home import Home
from archive.model import Link, PageKind, Role
from archive.store import Archive
from crawler.extraction.extract import Extractor, extract
from crawler.extraction.follow_rules import is_wanted
from crawler.extraction.platforms import platform_of
from crawler.sessions.seeds import listed_addresses
from crawler.sites.description import FollowRules, FurtherSources
from crawler.web_archives.scope import Scope
from support.extracting import stored
from support.small_portals import NukeViet
from support.walking import AT, HOST, site_of

BASE = f"https://{HOST}"
SITE = site_of(
    NukeViet(), "nukeviet",
    sources=FurtherSources(feeds=("/vi/news/rss/",), sitemaps=("/sitemap.xml",)),
)  # fmt: skip
RSS = f"""<?xml version="1.0"?><rss version="2.0"><channel><title>x</title><link>{BASE}</link>
<item><title>Một</title><link>{BASE}/vi/news/hdnd/mot-4107.html</link>
<pubDate>Mon, 01 Jan 1990 00:00:00 GMT</pubDate></item>
<item><link> /vi/news/hdnd/hai-4098.html?utm_source=rss </link></item></channel></rss>"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><link href="{BASE}/"/>
<entry><link rel="edit" href="{BASE}/edit/1"/><link href="{BASE}/vi/news/hdnd/mot-4107.html"/>
</entry></feed>"""
SITEMAP = f"""<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"><url>
<loc>{BASE}/vi/news/hdnd/mot-4107.html</loc>
<n:news><n:publication_date>1990-01-01</n:publication_date></n:news></url></urlset>"""
INDEX = (
    f"""<sitemapindex><sitemap><loc>{BASE}/sitemap-vi.news.xml.gz</loc></sitemap></sitemapindex>"""
)
MOT = Link(f"{BASE}/vi/news/hdnd/mot-4107.html", Role.ARTICLE,
           f"{BASE}/vi/news/hdnd/mot-4107.html", "4107")  # fmt: skip


def read(text, path, media_type="application/xml"):
    given = stored(text, url=BASE + path, role=Role.LISTING, content_type=media_type)
    return extract(SITE, given)


def test_a_feed_names_articles_and_its_dates_are_not_believed():
    page = read(RSS, "/vi/news/rss/", "application/rss+xml")
    assert (page.kind, page.problem) == (PageKind.LISTING, None)
    assert page.links[0] == MOT
    assert page.links[1].identity_url == f"{BASE}/vi/news/hdnd/hai-4098.html"
    assert page.article is None


def test_an_atom_feed_names_the_pages_of_its_entries_alone():
    assert read(ATOM, "/vi/news/rss/").links == (MOT,)


def test_a_sitemap_index_leads_to_sitemaps_and_these_to_articles():
    (link,) = read(INDEX, "/sitemap.xml").links
    assert (link.role, link.url) == (Role.LISTING, f"{BASE}/sitemap-vi.news.xml.gz")
    packed = gzip.compress(SITEMAP.encode())
    assert read(packed, "/sitemap-vi.news.xml.gz", "application/x-gzip").links == (MOT,)


def test_entities_of_a_feed_are_never_expanded():
    bomb = '<!DOCTYPE r [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
    text = f"{bomb}<rss><item><link>{BASE}/&b;</link></item></rss>"
    page = read(text, "/vi/news/rss/")
    assert all("aaaa" not in link.url for link in page.links)


@pytest.mark.parametrize("text", ["<html><body>Bảo trì</body></html>", "", "<rss", "\x00\x01"])
def test_what_is_no_feed_is_told_of(text):
    page = read(text, "/vi/news/rss/")
    assert (page.kind, page.links) == (PageKind.UNREADABLE, ())
    assert "no feed or sitemap" in page.problem


def test_of_a_feed_only_what_looks_like_an_article_is_wanted_and_rules_go_before():
    platform = platform_of(SITE, AT.date())
    other = Link(f"{BASE}/vi/contact/", Role.ARTICLE, f"{BASE}/vi/contact/")
    assert is_wanted(SITE, platform, MOT, from_source=True)
    assert not is_wanted(SITE, platform, other, from_source=True)
    assert is_wanted(SITE, platform, other, from_source=False)
    rules = FollowRules(
        include=("/vi/news/hdnd/{path}",), exclude=("/vi/news/hdnd/{path}-4107.html",)
    )
    ruled = site_of(NukeViet(), "nukeviet", follow=rules)
    assert not is_wanted(ruled, platform, MOT, from_source=False)
    assert not is_wanted(ruled, platform, other, from_source=False)


def test_a_list_of_addresses_is_taken_as_it_is(tmp_path):
    home = Home(tmp_path)
    home.sites.mkdir()
    (home.sites / "urls.txt").write_text(
        f"\ufeff# cũ\n{MOT.url}\n\n/vi/news/hdnd/mot-4107.html\n", "utf-8"
    )
    site = site_of(NukeViet(), "nukeviet", sources=FurtherSources(lists=("urls.txt",)))
    assert listed_addresses(home, site, platform_of(site, AT.date())) == [MOT, MOT]
    missing = site_of(NukeViet(), "nukeviet", sources=FurtherSources(lists=("no.txt",)))
    with pytest.raises(SiteError, match=r"no\.txt"):
        listed_addresses(home, missing, platform_of(site, AT.date()))


def test_of_a_web_archive_articles_are_wanted_that_the_rules_include(tmp_path):
    rules = FollowRules(include=("/vi/news/hdnd/{path}",))
    site = site_of(NukeViet(), "nukeviet", follow=rules)
    with Archive(Home(tmp_path), Extractor()) as archive:
        scope = Scope(site, archive.catalogue)
        assert scope.by_address(MOT.url) is Role.ARTICLE
        assert scope.by_address(f"{BASE}/vi/news/khac/ba-3.html") is None
        assert scope.by_address(f"{BASE}/vi/news/hoi-dong-nhan-dan/bon-4.html") is Role.ARTICLE
        assert scope.by_address(BASE + NukeViet().listing) is Role.LISTING
