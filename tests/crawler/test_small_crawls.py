"""Whole crawls of small portals: what a feed, a soft 404 and the rules of a description come to."""

from dataclasses import dataclass

import pytest

from archive.reading import ArchiveReader
from crawler.drafts.proposals import SiteNames, propose
from crawler.sample_portal.server import ServerResponse
from support import small_portals, strange_portals
from support.codes import english
from support.crawling import home_in
from support.offline import crawl_offline
from support.small_portals import PIECES
from support.walking import HOST, looked_at
from support.warcs import records

NAMES = SiteNames("lam-thao", "Xã Lâm Thao", HOST)


def held(home):
    with ArchiveReader.open(home) as reader:
        return [record for _, _, record in reader.changes(0) if record]


def outcomes(home):
    """The addresses that were found and not followed, with why."""
    told = [r for r in records(home.warc) if r.type == "metadata"]
    return {r.url: r.values["detail"] for r in told if r.values.get("outcome") == "not-fetched"}


@dataclass
class WithFeed(small_portals.NukeViet):
    """A feed that has all articles and another page, and dates of its own making."""

    def special(self, path, query, posted):
        if path != "/vi/news/rss/":
            return super().special(path, query, posted)
        links = [self.address(one) for one in self.pieces] + ["/vi/contact/"]
        items = "".join(
            f"<item><link>https://{HOST}{link}?utm_source=rss</link>"
            "<pubDate>Fri, 01 Jan 2038 00:00:00 GMT</pubDate></item>"
            for link in links
        )
        text = f'<rss version="2.0"><channel>{items}</channel></rss>'
        return ServerResponse(200, text.encode(), (("Content-Type", "application/rss+xml"),))

    def list_html(self, pieces, page, last):
        return super().list_html(pieces, page, 1)


def test_a_feed_leads_to_articles_and_its_dates_are_nobodys(tmp_path):
    portal = WithFeed()
    text = propose(looked_at(small_portals.NukeViet())[0], NAMES).text(english)
    rules = (
        '[sources]\nfeeds = ["/vi/news/rss/"]\n[follow]\nexclude = ["/vi/news/{path}-4012.html"]\n'
    )
    home = home_in(tmp_path, text + rules)
    done = crawl_offline(home, portal, site="lam-thao")
    assert (done.problems, done.finished) == (0, True)
    wanted = [one for one in PIECES if one.number != 4012]
    assert sorted(r.article.published_at.replace(tzinfo=None) for r in held(home)) == sorted(
        one.at for one in wanted
    )
    assert outcomes(home) == {
        f"https://{HOST}/vi/contact/?utm_source=rss": "the site description does not want this"
        " address",
        f"https://{HOST}{portal.address(PIECES[-1])}?utm_source=rss": "the site description does"
        " not want this address",
    }


@pytest.mark.parametrize("kind", [small_portals.HanoiSince2025, strange_portals.Cards])
def test_a_message_in_place_of_an_article_is_no_version_and_in_time_a_tombstone(tmp_path, kind):
    portal = kind()
    home = home_in(tmp_path, propose(looked_at(portal)[0], NAMES).text(english))
    crawl_offline(home, portal, site="lam-thao")
    portal.pieces = PIECES[1:]
    for day in (100, 108, 116):
        night = crawl_offline(home, portal, site="lam-thao", kind="refresh", days=day)
        assert (night.stop, night.new_versions, night.new_articles) == (None, 0, 0)
    gone = [record.article.title for record in held(home) if record.gone_since]
    assert gone == [PIECES[0].title]
    assert {record.versions for record in held(home)} == {1}
