"""Addresses without end, and pages that are not what they say."""

from __future__ import annotations

import pytest

from archive.model import Role
from crawler.frontier.entries import FrontierEntry
from crawler.sample_portal import ServerResponse
from crawler.sessions.site_crawl import SiteCrawl
from portal_visitor import article, series
from support.answering import exchange_of
from support.crawling import crawl_in_process, home_in, thanh_giang
from support.hostile_portal import Guest, HostilePortal, response, says

LISTING = r"^/hoat-dong-hdnd(\?|$)"
ARTICLE = r"/-/view_content/\d"
NEXT = (
    '<ul class="lfr-pagination-buttons"><li class="first"></li><li></li>'
    '<li><a href="{}">x</a></li></ul>'
)


def listing_page(links: list[str], following: str, total: str = "") -> bytes:
    items = "".join(
        f'<div class="asset-bounddary"><h3 class="asset-title"><a href="{link}">x</a></h3></div>'
        for link in links
    )
    small = f'<small class="search-results">{total}</small>' if total else ""
    return (
        f'<html><div class="portlet-asset-publisher">{items}{small}{NEXT.format(following)}</div>'
        "</html>"
    ).encode()


def page_number(guest: Guest) -> int:
    return int(guest.asked.path.partition("cur=")[2] or 1)


def repeats_its_last_page(guest: Guest) -> bytes:
    links = ["/hoat-dong-hdnd/-/view_content/1-a.html"]
    return html(listing_page(links, f"/hoat-dong-hdnd?cur={page_number(guest) + 1}"))


def pages_of_nothing(guest: Guest) -> bytes:
    return html(listing_page([], f"/hoat-dong-hdnd?cur={page_number(guest) + 1}"))


def a_calendar(guest: Guest) -> bytes:
    number = page_number(guest)
    links = [f"/hoat-dong-hdnd/-/view_content/{number}{n}-lich.html" for n in range(5)]
    following = f"/hoat-dong-hdnd?cur={number + 1}"
    return html(listing_page(links, following, "Hiển thị 1 - 5 of 20 kết quả."))


def html(body: bytes) -> bytes:
    return response(ServerResponse(200, body, ()), Content_Type="text/html;charset=UTF-8")


@pytest.mark.parametrize(
    ("trap", "most"),
    [(repeats_its_last_page, 2), (pages_of_nothing, 1), (a_calendar, 18)],
    ids=["the last page for ever", "pages of nothing", "a calendar that makes up days"],
)
def test_endless_paging_ends(tmp_path, trap, most):
    home = home_in(tmp_path)
    with HostilePortal(series(3)) as portal:
        portal.on(LISTING, trap)
        crawled = crawl_in_process(home, portal)

    assert crawled.error == ("NothingFetched" if trap is pages_of_nothing else "")
    assert len(portal.paths(LISTING)) <= most


def test_pages_of_a_listing_that_are_not_walked_on_to_are_recorded(tmp_path):
    home = home_in(tmp_path)
    with HostilePortal(series(3)) as portal:
        portal.on(LISTING, repeats_its_last_page)
        crawled = crawl_in_process(home, portal)

    with crawled.reader() as reader:
        rows = reader.catalogue.connection.execute("SELECT url, outcome, detail FROM outcome")
        left = [tuple(row) for row in rows if "walk ends" in row["detail"]]
    assert [(url.partition("?")[2], outcome) for url, outcome, _ in left] == [
        ("cur=3", "not-fetched")
    ]


def test_a_language_appended_to_every_link_leads_nowhere_further(tmp_path):
    def in_languages(guest: Guest) -> bytes:
        return response(guest.answer, guest.answer.body.replace(b'.html"', b'.html/vi"'))

    home = home_in(tmp_path)
    with HostilePortal(series(3)) as portal:
        portal.on(".", in_languages)
        crawled = crawl_in_process(home, portal)

    assert portal.paths("/vi/vi") == []
    assert crawled.summary["articles"] == 0 or crawled.summary["articles"] == 3


@pytest.mark.parametrize("path", [ARTICLE, LISTING], ids=["of an article", "of a listing"])
def test_a_redirect_loop_ends(tmp_path, path):
    def round_and_round(guest: Guest) -> bytes:
        turn = int(guest.asked.path.partition("turn=")[2] or 0)
        to = f"{guest.asked.path.partition('?')[0]}?turn={turn + 1}"
        return response(ServerResponse(302, b"", ()), Location=to)

    home = home_in(tmp_path)
    with HostilePortal([article("mot")]) as portal:
        portal.on(path, round_and_round)
        crawl_in_process(home, portal)

    assert len(portal.paths("turn=")) <= 5


def test_a_session_id_on_every_link_makes_no_page_twice(tmp_path):
    def with_sessions(guest: Guest) -> bytes:
        mark = b';jsessionid=%d.node"' % len(portal.requests)
        return response(guest.answer, guest.answer.body.replace(b'.html"', b".html" + mark))

    home = home_in(tmp_path)
    with HostilePortal(series(4)) as portal:
        portal.on(".", with_sessions)
        crawled = crawl_in_process(home, portal)

    assert len(portal.paths(ARTICLE)) == crawled.summary["articles"] == 4
    assert portal.paths("jsessionid") == []


MAINTENANCE = "<html><h1>Hệ thống đang bảo trì</h1><p>Xin quay lại sau {} phút.</p></html>"
AS_ARTICLE = (
    '<html><div class="asset-full-content"><div class="asset-full-content-title">Bảo trì</div>'
    '<div class="asset-content" id="_101_{}"><div class="journal-content-article"><p>Cổng thông tin'
    " đang được bảo trì.</p></div></div></div></html>"
)


def in_maintenance(guest: Guest) -> bytes:
    return html(MAINTENANCE.format(len(guest.asked.path)).encode())


def as_an_article(guest: Guest) -> bytes:
    asset = guest.asked.path.partition("view_content/")[2].partition("-")[0]
    return html(AS_ARTICLE.format(asset).encode())


def to_a_login(guest: Guest) -> bytes:
    to = f"/c/portal/login?redirect={guest.asked.path}"
    return response(ServerResponse(302, b"", ()), Location=to)


@pytest.mark.parametrize("fault", [in_maintenance, as_an_article, to_a_login])
@pytest.mark.parametrize("count", [3, 12])
def test_the_same_answer_everywhere_ends_the_run_and_is_no_version_of_anything(
    tmp_path, fault, count
):
    home = home_in(tmp_path)
    with HostilePortal(series(count)) as portal:
        before = crawl_in_process(home, portal)
        portal.on(ARTICLE, fault).on("/login", says(200, b"<html>Login</html>"))
        if count > 5:
            portal.on(LISTING, fault)
        crawled = crawl_in_process(home, portal, kind="refresh", days=100)
        asked = len(portal.paths(r"^/hoat[^?]*/-/view_content/\d")) - count
        portal.off()
        after = crawl_in_process(home, portal, kind="refresh", days=200)

    if count > 5 or fault is as_an_article:
        assert crawled.summary["stop"] == "suspect"
        assert "same answer" in crawled.summary["detail"]
        assert asked < count or count < 6
    assert crawled.summary["new_versions"] == 0
    assert before.summary["articles"] == crawled.summary["articles"] == count
    assert after.summary["new_versions"] == 0
    with after.reader() as reader:
        assert {record.versions for _, _, record in reader.changes(0) if record} == {1}


def test_a_login_behind_every_link_of_listings_that_are_well_is_suspect(tmp_path):
    home = home_in(tmp_path)
    with HostilePortal(series(60)) as portal:
        portal.on(ARTICLE, in_maintenance)
        crawled = crawl_in_process(home, portal)

    assert crawled.summary["stop"] == "suspect"
    assert len(portal.paths(ARTICLE)) < 40
    assert len(portal.paths(r"^/hoat-dong-hdnd$")) == 2


MANY_LISTINGS = """
id = "moc-son"
name = "Huyện Mộc Sơn"
host = "mocson.example"
platform = "liferay"
politeness = { delay_seconds = 0, retry_seconds = 0.05 }
[categories]
"""


def test_doubt_is_settled_before_anything_else_is_asked_for(tmp_path):
    listings = [f"/muc-{number}" for number in range(20)]
    home = home_in(tmp_path, MANY_LISTINGS + "".join(f'"{path}" = "Mục"\n' for path in listings))
    with HostilePortal([]) as portal:
        portal.on("^/muc", in_maintenance)
        crawled = crawl_in_process(home, portal, site="moc-son")

    assert crawled.summary["stop"] == "suspect"
    assert portal.paths() == ["/robots.txt", *listings[:5], listings[0]]


def test_an_address_without_end_is_none_and_ends_nothing(tmp_path):
    endless = f'<div class="journal-content-article"><a href="/documents/{"a" * 300_000}.pdf">x</a>'

    def with_it(guest: Guest) -> bytes:
        body = guest.answer.body
        return response(
            guest.answer,
            body.replace(b'<div class="journal-content-article">', endless.encode(), 1),
        )

    home = home_in(tmp_path)
    with HostilePortal(series(3)) as portal:
        portal.on(ARTICLE, with_it)
        crawled = crawl_in_process(home, portal)

    assert crawled.summary["finished"]
    assert crawled.summary["articles"] == 3
    assert portal.paths("aaaa") == []


def test_the_same_answer_is_noticed_however_often_the_crawl_is_cut_short(tmp_path):
    """As by a kill: every run begins with a robots.txt and gets two answers more."""
    home = home_in(tmp_path)
    runs = []
    with HostilePortal(series(20)) as portal:
        portal.on(ARTICLE, as_an_article)
        while len(runs) < 9 and (not runs or runs[-1].summary["stop"] == "max-requests"):
            runs.append(crawl_in_process(home, portal, max_requests=3))

    assert runs[-1].summary["stop"] == "suspect"
    assert len(portal.paths(ARTICLE)) <= 6
    assert runs[-1].summary["articles"] == 0


def test_what_was_suspected_is_so_in_a_rebuilt_catalogue_too(tmp_path):
    from archive.store import Archive
    from crawler.extraction.extract import Extractor
    from support.keeping import dump_of

    home = home_in(tmp_path)
    with HostilePortal(series(9)) as portal:
        crawl_in_process(home, portal)
        portal.on(ARTICLE, as_an_article)
        crawl_in_process(home, portal)
    before = dump_of(home)
    with Archive(home, Extractor()) as archive:
        archive.rebuild()

    assert dump_of(home) == before
    assert any(row.startswith("quarantine") or "looks like every other" in row for row in before)


def test_one_article_posted_twice_is_no_reason_for_suspicion(tmp_path):
    twins = [article(name, title="Lịch tiếp công dân") for name in ("a", "b")]
    home = home_in(tmp_path)
    with HostilePortal([*twins, *series(4)]) as portal:
        crawled = crawl_in_process(home, portal)

    assert crawled.summary["finished"]
    assert crawled.summary["articles"] == 6


def test_a_listing_that_comes_in_between_does_not_bring_a_doubt_back_that_was_settled(tmp_path):
    """It was on its way when the answers became suspect, and comes before the probe does."""
    links = [f"/hoat-dong-hdnd/-/view_content/{number}-a.html" for number in range(1, 16)]
    shown = listing_page(links, "/hoat-dong-hdnd?cur=2").decode()
    session = SiteCrawl(thanh_giang(), home_in(tmp_path), "test")
    session.open()

    def take() -> FrontierEntry:
        entry = session.next_entry()
        assert entry is not None
        return entry

    def give(entry: FrontierEntry) -> FrontierEntry:
        body = MAINTENANCE.format(len(entry.url)) if entry.role is Role.ARTICLE else shown
        ((capture, page),) = session.keep([(entry, exchange_of(session, entry, body))])
        session.settle(entry, capture, page, 0.0)
        return entry

    assert [give(take()).role for _ in range(3)] == [Role.ROBOTS, Role.LISTING, Role.LISTING]
    second_page = take()
    assert [give(take()).role for _ in range(5)] == [Role.ARTICLE] * 5
    control = take()
    give(second_page)
    give(control)

    assert [give(take()).role for _ in range(10)] == [Role.ARTICLE] * 10
    session.close("finished")
