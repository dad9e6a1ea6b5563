"""304: asked for and believed, asked for and doubted, not asked for at all."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from archive.history.article_history import history
from crawler.sample_portal import SampleImage, ServerResponse
from portal_visitor import article
from support.crawling import crawl_in_process, home_in
from support.hostile_portal import Guest, HostilePortal, response
from support.warcs import faults, records

ARTICLE = r"/-/view_content/\d"
YESTERDAY = datetime.now(UTC) - timedelta(days=1)
ONE = article("mot", published_at=YESTERDAY, images=(SampleImage(1, "Ảnh"),))
ID = f"thanh-giang-{ONE.asset_id}"


def with_etags(guest: Guest) -> bytes:
    """The article's text is what its tag stands for, whatever else is on the page."""
    tag = f'"{hashlib.md5(guest.asked.path.partition("?")[0].encode()).hexdigest()}"'
    if guest.asked.headers.get("If-None-Match") == tag:
        return response(ServerResponse(304, b"", ()), ETag=tag, length=0)
    return response(guest.answer, ETag=tag)


def test_a_304_that_was_asked_for_confirms_the_page(tmp_path):
    home = home_in(tmp_path)
    with HostilePortal([ONE]) as portal:
        portal.on(ARTICLE, with_etags)
        crawl_in_process(home, portal)
        second = crawl_in_process(home, portal, kind="refresh", days=1)
        third = crawl_in_process(home, portal, kind="refresh", days=2)

    assert second.counts["not-modified"] == third.counts["not-modified"] == 1
    kept = [r for r in records(home.warc) if r.type in ("response", "revisit")]
    responses = [r for r in kept if r.type == "response" and "view_content" in r.url]
    revisits = [r for r in kept if r.type == "revisit" and "view_content" in r.url]
    assert len(responses) == 1
    assert len(revisits) == 2
    for revisit in revisits:
        assert revisit.fields["WARC-Profile"].endswith("/server-not-modified")
        assert revisit.fields["WARC-Refers-To"] == responses[0].fields["WARC-Record-ID"]
        assert revisit.head.startswith(b"HTTP/1.1 304")
    assert not faults(home.warc)
    with third.reader() as reader:
        past = history(reader.catalogue, ID)
        assert len(past.observations) == 3
        assert len(past.states) == 1
        assert all(check.found for check in past.checks)
        assert reader.problems() == []


def test_a_304_counts_for_some_weeks_then_the_page_is_fetched_in_full(tmp_path):
    home = home_in(tmp_path)
    with HostilePortal([ONE]) as portal:
        portal.on(ARTICLE, with_etags)
        crawl_in_process(home, portal)
        crawl_in_process(home, portal, kind="refresh", days=20)
        late = crawl_in_process(home, portal, kind="refresh", days=40)

    assert "not-modified" not in late.counts
    assert sum("If-None-Match" in one.headers for one in portal.requests) == 1


def test_a_304_with_another_tag_is_not_believed(tmp_path):
    def another(guest: Guest) -> bytes:
        if "If-None-Match" in guest.asked.headers:
            return response(ServerResponse(304, b"", ()), ETag='"another"', length=0)
        return response(guest.answer, ETag='"one"')

    home = home_in(tmp_path)
    with HostilePortal([ONE]) as portal:
        portal.on(ARTICLE, another)
        crawl_in_process(home, portal)
        second = crawl_in_process(home, portal, kind="refresh", days=1)

    assert "not-modified" not in second.counts
    assert second.counts["to-be-retried"] == 1
    with second.reader() as reader:
        assert len(history(reader.catalogue, ID).observations) == 2


def test_a_304_that_nobody_asked_for_says_nothing(tmp_path):
    home = home_in(tmp_path)
    with HostilePortal([ONE]) as portal:
        crawl_in_process(home, portal)
        portal.on(ARTICLE, lambda guest: response(ServerResponse(304, b"", ()), length=0))
        second = crawl_in_process(home, portal, kind="refresh", days=1)

    assert second.counts["error-status"] == 1
    with second.reader() as reader:
        past = history(reader.catalogue, ID)
        assert len(past.observations) == 1
        assert all(check.found for check in past.checks)


def test_files_are_looked_at_more_rarely_than_their_articles(tmp_path):
    home = home_in(tmp_path)
    with HostilePortal([ONE]) as portal:
        crawl_in_process(home, portal)
        crawl_in_process(home, portal, kind="refresh", days=1)
        assert len(portal.paths("/image/journal")) == 1
        crawl_in_process(home, portal, kind="refresh", days=31)

    assert len(portal.paths("/image/journal")) == 2
    assert len(portal.paths(ARTICLE)) == 3


def test_the_files_of_a_changed_article_are_asked_for_with_what_the_server_said_of_them(tmp_path):
    home = home_in(tmp_path)
    with HostilePortal([ONE]) as portal:
        portal.on("/image/", with_etags)
        crawl_in_process(home, portal)
        edited = replace(ONE, paragraphs=("Đoạn văn đã sửa.",))
        portal.portal.articles[ONE.asset_id] = edited
        second = crawl_in_process(home, portal, kind="refresh", days=1)
        asked = [
            one.headers.get("If-None-Match") for one in portal.requests if "/image/" in one.path
        ]

    assert second.summary["new_versions"] == 1
    assert asked[0] is None
    assert len(asked) == 2
    assert asked[1] is not None
    assert second.counts["not-modified"] == 1
