"""What the crawler asks for, of whom, and how it takes a refusal."""

import socket
import subprocess
import sys
from contextlib import suppress
from itertools import pairwise
from pathlib import Path
from threading import Thread

import pytest

from archive.model import Outcome
from archive.reading import ArchiveReader
from crawler.politeness.user_agent import user_agent
from crawler.sample_portal import SamplePortal, ServerResponse
from portal_visitor import article, series
from support.crawling import crawl_in_process, environment, home_in
from support.faulty_portal import FaultyPortal, answer, to
from support.hostile_portal import Guest, HostilePortal, response, says
from support.raw_server import RawServer
from support.warcs import faults, records

ONE = article("e")
ONE_PATH = f"/hoat-dong-hdnd/-/view_content/{ONE.asset_id}-bai-viet-e.html"
REFUSED = Outcome.REFUSED.value


def crawl(tmp_path, faults_of, articles=(ONE,), **more):
    home = home_in(tmp_path)
    with FaultyPortal(list(articles), faults_of, **more) as portal:
        crawled = crawl_in_process(home, portal)
        return crawled, portal.asked()


def test_what_robots_txt_disallows_is_recorded_and_not_asked_for(tmp_path):
    robots = "User-agent: *\nDisallow: /tiep-xuc-cu-tri\nDisallow: /image/\n"
    crawled, asked = crawl(tmp_path, {}, robots=robots)

    assert asked == ["/robots.txt", "/hoat-dong-hdnd", *asked[2:]]
    assert not [path for path in asked if path.startswith(("/tiep-xuc", "/image"))]
    assert crawled.counts[REFUSED] == 1
    with crawled.reader() as reader:
        (row,) = reader.catalogue.connection.execute("SELECT * FROM outcome").fetchall()
        assert row["url"].endswith("/tiep-xuc-cu-tri")
        assert reader.article_count() == 1
        assert reader.problems() == []


def test_rules_for_this_crawler_by_name_come_before_those_for_all(tmp_path):
    robots = "User-agent: *\nDisallow: /\n\nUser-agent: hdnd-archive\nAllow: /\n"
    crawled, _ = crawl(tmp_path, {}, robots=robots)

    assert crawled.summary["articles"] == 1


def test_a_robots_txt_that_forbids_all_is_obeyed_and_said(tmp_path):
    crawled, asked = crawl(tmp_path, {}, robots="User-agent: *\nDisallow: /\n")

    assert asked == ["/robots.txt"]
    assert crawled.error == "NothingFetched"
    assert "robots.txt" in crawled.message


@pytest.mark.parametrize("status", [401, 410])
def test_a_robots_txt_that_is_not_there_allows(tmp_path, status):
    crawled, _ = crawl(tmp_path, {"/robots.txt": answer(status)})

    assert crawled.summary["articles"] == 1
    assert crawled.home.catalogue.exists()


@pytest.mark.parametrize("status", [501, 503])
def test_a_server_that_cannot_say_its_rules_is_left_alone(tmp_path, status):
    crawled, asked = crawl(tmp_path, {"/robots.txt": answer(status)})

    assert set(asked) == {"/robots.txt"}
    assert crawled.error == "SiteUnreachable"
    assert "robots.txt" in crawled.message


def test_a_robots_txt_that_comes_at_the_second_attempt_counts(tmp_path):
    rules = answer(200, b"User-agent: *\nDisallow: /tiep-xuc-cu-tri\n")
    turns = {"/robots.txt": [answer(503, Retry_After="0"), answer(429, Retry_After="0"), rules]}
    crawled, asked = crawl(tmp_path, turns)

    assert asked[:3] == ["/robots.txt"] * 3
    assert "/tiep-xuc-cu-tri" not in asked
    assert crawled.summary["articles"] == 1


@pytest.mark.parametrize(
    "reply",
    [
        answer(200, b"\x1f\x8b\x08\x00\xff\xff\xff", Content_Encoding="gzip"),
        answer(200, b"?", Content_Encoding="br"),
        to("https://elsewhere.example/robots.txt"),
        answer(302),
        to("javascript:alert(1)"),
    ],
    ids=["broken gzip", "brotli", "elsewhere", "nowhere", "script"],
)
def test_a_robots_txt_that_cannot_be_had_ends_the_crawl_instead_of_hanging_it(tmp_path, reply):
    crawled, asked = crawl(tmp_path, {"/robots.txt": reply})

    assert crawled.error == "SiteUnreachable"
    assert set(asked) == {"/robots.txt"}


def test_robots_txt_may_be_found_behind_a_redirect(tmp_path):
    rules = answer(200, b"User-agent: *\nDisallow: /tiep-xuc-cu-tri\n")
    crawled, asked = crawl(tmp_path, {"/robots.txt": to("/r2"), "/r2": rules})

    assert asked[:2] == ["/robots.txt", "/r2"]
    assert "/tiep-xuc-cu-tri" not in asked
    assert crawled.summary["articles"] == 1


@pytest.mark.parametrize(
    ("count", "asked_of"),
    [(5, ["/hoat-dong-hdnd"]), (6, ["/hoat-dong-hdnd", "/tiep-xuc-cu-tri"])],
)
def test_a_robots_txt_behind_more_than_five_redirects_counts_as_none(tmp_path, count, asked_of):
    """RFC 9309 § 2.3.1.2."""
    steps = {f"/r{n}": to(f"/r{n + 1}") for n in range(1, count)}
    rules = answer(200, b"User-agent: *\nDisallow: /tiep-xuc-cu-tri\n")
    faults_of = {"/robots.txt": to("/r1"), **steps, f"/r{count}": rules}
    _, asked = crawl(tmp_path, faults_of)

    assert asked[:6] == ["/robots.txt", "/r1", "/r2", "/r3", "/r4", "/r5"]
    assert [path for path in asked if path in ("/hoat-dong-hdnd", "/tiep-xuc-cu-tri")] == asked_of


@pytest.mark.parametrize(
    "circle", [{"/robots.txt": "/robots.txt"}, {"/robots.txt": "/b", "/b": "/robots.txt"}]
)
def test_a_robots_txt_redirected_in_a_circle_counts_as_none(tmp_path, circle):
    crawled, asked = crawl(tmp_path, {path: to(where) for path, where in circle.items()})

    assert asked.count("/robots.txt") == 2
    assert crawled.summary["articles"] == 1


def test_a_robots_txt_that_asks_for_hours_between_requests_ends_the_run(tmp_path):
    crawled, asked = crawl(tmp_path, {}, robots="User-agent: *\nCrawl-delay: 7200\n")

    assert asked == ["/robots.txt"]
    assert crawled.summary["stop"] == "rate-limited"
    assert "120 minutes between two requests" in crawled.summary["detail"]


A_DAY_LATER = """
from crawler.sessions import site_crawl
from crawler.politeness.robots import RobotsPolicy

class Daily(RobotsPolicy):
    looks = 0

    def __init__(self, agent):
        super().__init__(agent, lambda: 0.0 if self.looks < 5 else 25 * 3600.0)

    def allows(self, url):
        self.looks += 1
        return super().allows(url)

site_crawl.RobotsPolicy = Daily
"""


def test_robots_txt_is_asked_for_again_after_a_day_and_obeyed_as_it_is_then(tmp_path):
    """A day goes by after five requests; the rules are behind a redirect both times."""
    home = home_in(tmp_path)
    rules = [
        answer(200, b"User-agent: *\nAllow: /\n"),
        answer(200, b"User-agent: *\nDisallow: /\n"),
    ]
    faults_of = {"/robots.txt": to("/r2"), "/r2": rules}
    with FaultyPortal([article(str(n)) for n in range(6)], faults_of) as portal:
        crawled = crawl_in_process(home, portal, prelude=A_DAY_LATER)
        asked = portal.asked()

    assert asked.count("/robots.txt") == asked.count("/r2") == 2
    assert len(asked) == 9
    assert crawled.counts[REFUSED] >= 3
    assert crawled.summary["finished"]


def test_a_link_with_the_sites_own_name_leads_to_what_stands_in_for_it(tmp_path):
    class WithWholeAddresses(FaultyPortal):
        def answer(self, target, headers):
            told = super().answer(target, headers)
            body = told.body.replace(b'href="/', b'href="https://www.thanhgiang.example/')
            return type(told)(told.status, body, told.headers)

    home = home_in(tmp_path)
    with WithWholeAddresses([ONE], {}, gzip=False) as portal:
        crawled = crawl_in_process(home, portal)

    assert crawled.summary["articles"] == 1
    assert "not-fetched" not in crawled.counts


def test_the_crawl_delay_of_robots_txt_is_kept_between_requests(tmp_path):
    home = home_in(tmp_path)
    with SamplePortal([ONE], robots="User-agent: *\nCrawl-delay: 0.4\n") as portal:
        crawl_in_process(home, portal)
        times = [request.time for request in portal.requests]

    gaps = [later - earlier for earlier, later in pairwise(times[1:])]
    assert len(gaps) >= 2
    assert min(gaps) > 0.3


def test_the_delay_of_the_description_is_kept(tmp_path):
    home = home_in(tmp_path)
    description = home.sites / "thanh-giang.toml"
    text = description.read_text(encoding="utf-8").replace(
        "delay_seconds = 0", "delay_seconds = 0.4"
    )
    description.write_text(text.replace("concurrency = 4", "concurrency = 1"), encoding="utf-8")
    with SamplePortal([ONE]) as portal:
        crawl_in_process(home, portal)
        times = [request.time for request in portal.requests]

    assert min(b - a for a, b in pairwise(times)) > 0.3


ELSEWHERE = (
    '<div class="journal-content-article"><p>Chữ</p><img src="https://media.example/a.png">'
    '<img src="http://127.0.0.1:9/b.png"><a href="//files.example/c d.pdf">Văn bản</a>'
)


def test_no_host_that_the_description_does_not_name_is_ever_asked(tmp_path):
    class WithFilesElsewhere(FaultyPortal):
        def answer(self, target, headers):
            told = super().answer(target, headers)
            body = told.body.replace(
                b'<div class="journal-content-article">', ELSEWHERE.encode(), 1
            )
            return type(told)(told.status, body, told.headers)

    home = home_in(tmp_path)
    with WithFilesElsewhere([ONE], {}) as portal:
        crawled = crawl_in_process(home, portal)

    assert crawled.counts["not-fetched"] == 3
    with crawled.reader() as reader:
        rows = reader.catalogue.connection.execute("SELECT * FROM outcome ORDER BY url").fetchall()
        found = reader.article(f"thanh-giang-{ONE.asset_id}").article
    assert [row["url"] for row in rows] == [
        "http://127.0.0.1:9/b.png",
        "https://files.example/c%20d.pdf",
        "https://media.example/a.png",
    ]
    assert {row["outcome"] for row in rows} == {"not-fetched"}
    assert [attachment.name for attachment in found.attachments] == ["c d.pdf"]
    assert not faults(home.warc)


def test_a_redirect_off_the_site_is_recorded_and_not_followed(tmp_path):
    crawled, asked = crawl(tmp_path, {ONE_PATH: to("https://elsewhere.example/x")})

    assert asked.count(ONE_PATH) == 1
    assert crawled.counts["redirected"] == 1
    assert crawled.counts["not-fetched"] == 1


def test_redirects_within_the_site_are_followed_and_kept_a_few_times(tmp_path):
    moved = f"/hoat-dong-hdnd/-/view_content/{ONE.asset_id}-moi.html"
    crawled, asked = crawl(tmp_path, {ONE_PATH: to(moved, 301)})

    assert asked.count(moved) == 1
    with crawled.reader() as reader:
        record = reader.article(f"thanh-giang-{ONE.asset_id}")
    assert record.url.endswith("-moi.html")
    assert any(url.endswith("bai-viet-e.html") for url in record.urls)


def test_a_redirect_to_what_is_asked_for_anyway_asks_once(tmp_path):
    other = article("g")
    there = ONE_PATH.replace(f"{ONE.asset_id}-bai-viet-e", f"{other.asset_id}-bai-viet-g")
    crawled, asked = crawl(tmp_path, {ONE_PATH: to(there, 301)}, articles=(ONE, other))

    assert asked.count(there) == asked.count(ONE_PATH) == 1
    assert crawled.summary["articles"] == 1


def test_a_page_that_redirects_to_itself_is_a_problem_and_asked_for_once(tmp_path):
    crawled, asked = crawl(tmp_path, {ONE_PATH: to(ONE_PATH)})

    assert asked.count(ONE_PATH) == 1
    with crawled.reader() as reader:
        (problem,) = reader.problems()
    assert problem.detail == "a redirect to itself"


def test_letters_in_a_location_are_read_as_utf_8(tmp_path):
    moved = f"/hoat-dong-hdnd/-/view_content/{ONE.asset_id}-k%E1%BB%B3.html"
    raw = moved.replace("%E1%BB%B3", "ỳ".encode().decode("latin-1"))
    home = home_in(tmp_path)
    with HostilePortal([ONE]) as portal:
        portal.on("bai-viet-e", lambda guest: RAW_REDIRECT % raw.encode("latin-1"))
        crawl_in_process(home, portal)

    assert len(portal.paths("k%E1%BB%B3")) == 1


RAW_REDIRECT = b"HTTP/1.1 302 Found\r\nLocation: %b\r\nContent-Length: 0\r\n\r\n"


def hops_on(guest: Guest) -> bytes:
    number = int(guest.asked.path.rpartition("=")[2]) + 1 if "hop=" in guest.asked.path else 1
    to = f"{guest.asked.path.partition('?')[0]}?p_p_id=x&hop={number}"
    return response(ServerResponse(302, b"", ()), Location=to)


def to_and_fro(guest: Guest) -> bytes:
    there, back = "/-/view_content/1-kia.html", "/-/view_content/2-day.html"
    return response(
        ServerResponse(302, b"", ()), Location=back if there in guest.asked.path else there
    )


@pytest.mark.parametrize(
    ("fault", "why"), [(hops_on, "more than 5 redirects"), (to_and_fro, "in a circle")]
)
def test_redirects_that_lead_nowhere_are_a_problem_that_is_named(tmp_path, fault, why):
    home = home_in(tmp_path)
    with HostilePortal([ONE]) as portal:
        portal.on("/-/view_content/", fault)
        crawled = crawl_in_process(home, portal)

    with crawled.reader() as reader:
        assert any(why in problem.detail for problem in reader.problems())
    assert crawled.summary["problems"] > 0
    assert sum(crawled.counts.values()) == len(portal.paths()) + crawled.counts["failed"]


def test_every_article_that_is_redirected_to_the_front_page_is_named(tmp_path):
    home = home_in(tmp_path)
    one, other, _ = articles = series(3)
    with HostilePortal(articles) as portal:
        portal.on(f"/-/view_content/({one.asset_id}|{other.asset_id})-", to_the_front_page)
        crawled = crawl_in_process(home, portal)

    with crawled.reader() as reader:
        told = {p.url for p in reader.problems() if "the article leads away" in p.detail}
    assert len(told) == 2


def to_the_front_page(guest: Guest) -> bytes:
    return response(ServerResponse(302, b"", ()), Location="/")


@pytest.mark.parametrize(
    ("header", "said"),
    [({"Retry_After": "1200"}, "it asked for 20 minutes"), ({}, "without saying")],
)
def test_what_a_server_asked_for_is_said_only_if_it_did(tmp_path, header, said):
    prelude = "from crawler.politeness import pace; pace.LONGEST_PAUSE = 0.2;"
    prelude += "from crawler.sessions import crawl_session; crawl_session.LONGEST_PAUSE = 0.2"
    home = home_in(tmp_path)
    with HostilePortal(series(3)) as portal:
        portal.on("/-/view_content/", says(503, **header))
        crawled = crawl_in_process(home, portal, prelude=prelude)

    assert crawled.summary["stop"] == "rate-limited"
    assert said in crawled.summary["detail"]
    assert ("asked" in crawled.summary["detail"]) is bool(header)


def test_a_redirect_loop_ends(tmp_path):
    other = "/hoat-dong-hdnd/-/view_content/1-x.html"
    crawled, asked = crawl(tmp_path, {ONE_PATH: to(other), other: to(ONE_PATH)})

    assert crawled.summary["finished"]
    assert asked.count(ONE_PATH) <= 3


def test_a_listing_that_leads_away_is_not_followed(tmp_path):
    crawled, asked = crawl(tmp_path, {"/tiep-xuc-cu-tri": to("/")})

    assert "/" not in asked
    with crawled.reader() as reader:
        (problem,) = reader.problems()
    assert problem.url == "https://thanhgiang.example/tiep-xuc-cu-tri"


def test_a_server_that_is_busy_is_asked_again_when_it_says(tmp_path):
    busy = answer(503, b"busy", Retry_After="1")
    home = home_in(tmp_path)
    with FaultyPortal([ONE], {ONE_PATH: [busy]}) as portal:
        crawled = crawl_in_process(home, portal)
        first, second = (r.time for r in portal.requests if r.path == ONE_PATH)

    assert second - first >= 0.9
    assert crawled.counts["to-be-retried"] == 1
    assert crawled.summary["articles"] == 1
    with crawled.reader() as reader:
        assert reader.problems() == []


def test_a_server_that_stays_busy_is_given_up_and_named(tmp_path):
    crawled, asked = crawl(tmp_path, {ONE_PATH: answer(503, b"busy", Retry_After="0")})

    assert asked.count(ONE_PATH) == 3
    assert crawled.counts["error-status"] == 1
    with crawled.reader() as reader:
        (problem,) = reader.problems()
    assert "503" in problem.detail
    assert not faults(crawled.home.warc)


def test_connections_that_fail_are_tried_again_then_recorded(tmp_path):
    def hang_up(connection):
        connection.close()

    home = home_in(tmp_path)
    with RawServer({"/hoat-dong-hdnd": hang_up}) as server:
        crawled = crawl_in_process(home, server.host)
        assert len(server.received["/hoat-dong-hdnd"]) == 3

    assert crawled.error == "NothingFetched"
    with ArchiveReader.open(home) as reader:
        failed = [problem for problem in reader.problems() if problem.what == "failed"]
    (problem,) = failed
    assert problem.url.endswith("/hoat-dong-hdnd")
    assert "Connection" in problem.detail
    assert not faults(home.warc)


def test_a_host_that_nobody_serves_is_said_to_be_unreachable(tmp_path):
    with RawServer({}) as server:
        host = server.host
    home = home_in(tmp_path)
    crawled = crawl_in_process(home, host)

    assert crawled.error == "SiteUnreachable"
    with ArchiveReader.open(home) as reader:
        (problem,) = reader.problems()
        rows = reader.catalogue.connection.execute("SELECT outcome FROM outcome").fetchall()
    assert problem.url.endswith("/robots.txt")
    assert "refused" in problem.detail
    assert [row["outcome"] for row in rows] == ["failed"]


def test_a_host_may_have_an_ipv6_address(tmp_path):
    try:
        listening = socket.create_server(("::1", 0), family=socket.AF_INET6)
    except OSError:
        pytest.skip("this machine knows no IPv6")
    home = home_in(tmp_path)
    with listening, SamplePortal([ONE]) as portal:
        port = listening.getsockname()[1]
        Thread(target=pass_on, args=(listening, portal.host), daemon=True).start()
        crawled = crawl_in_process(home, f"[::1]:{port}")

    assert crawled.summary["articles"] == 1


def pass_on(listening, host):
    """Hand every connection on to `host`."""
    name, port = host.split(":")
    with suppress(OSError):
        while True:
            there, here = socket.create_connection((name, int(port))), listening.accept()[0]
            for source, target in ((here, there), (there, here)):
                Thread(target=pour, args=(source, target), daemon=True).start()


def pour(source, target):
    with suppress(OSError):
        while piece := source.recv(65536):
            target.sendall(piece)
        target.close()


PRIVATE = """
from crawler.sites.description import Site
host = {host!r}
Site.base_url = property(lambda site: f"http://{{host}}")
Site.hosts = property(lambda site: (host,))
"""


def test_a_public_name_that_leads_to_a_private_address_is_refused(tmp_path):
    home = home_in(tmp_path)
    with SamplePortal([ONE]) as portal:
        crawled = crawl_in_process(home, None, prelude=PRIVATE.format(host=portal.host))
        assert portal.requests == []

    assert crawled.error == "SiteUnreachable"
    with ArchiveReader.open(home) as reader:
        details = [problem.detail for problem in reader.problems()]
    assert any("PrivateAddress" in detail for detail in details)


def test_a_site_that_has_ended_is_not_visited_unless_something_stands_in_for_it(tmp_path):
    home = home_in(tmp_path)
    crawled = crawl_in_process(home, None, site="hai-ba-trung")

    assert crawled.error == "SiteEnded"
    assert "30/06/2025" in crawled.message
    assert "--host" in crawled.hint
    assert "--anyway" in crawled.hint
    assert not home.catalogue.exists()


def test_a_copy_of_a_site_that_has_ended_can_be_crawled(tmp_path):
    home = home_in(tmp_path)
    with SamplePortal([ONE]) as portal:
        crawled = crawl_in_process(home, portal, site="hai-ba-trung", prelude=IN_NO_TIME)

    with crawled.reader() as reader:
        record = reader.article(f"hai-ba-trung-{ONE.asset_id}")
    assert record.url.startswith("https://haibatrung.hanoi.gov.vn/hoat-dong-hdnd/-/view_content/")


IN_NO_TIME = """
from crawler.sites import known_sites
from crawler.sites.description import Politeness
import dataclasses
read = known_sites.structured
def quick(kind, values):
    return dataclasses.replace(read(kind, values), politeness=Politeness(0, 4, False))
known_sites.structured = quick
"""


def test_people_who_know_scrapy_archive_as_well(tmp_path):
    """`python -m scrapy crawl portal` in the project folder."""
    home = home_in(tmp_path)
    project = Path(__file__).parents[2]
    with SamplePortal([ONE]) as portal:
        command = ["-m", "scrapy", "crawl", "portal", "-a", "site=thanh-giang"]
        done = subprocess.run(
            [sys.executable, *command, "-a", f"host={portal.host}"],
            cwd=project,
            env=environment(HDND_HOME=str(home.path), HDND_CONTACT="lien-he@mau.example"),
            capture_output=True,
            text=True,
            check=True,
        )

    assert "hdnd index" in done.stderr
    with ArchiveReader.open(home) as reader:
        assert reader.article_count() == 1
        (run,) = reader.runs()
    assert run.reason == "finished"
    (request, *_) = [record for record in records(home.warc) if record.type == "request"]
    assert b"(+lien-he@mau.example)\r\n" in request.block


def test_the_user_agent_names_the_program_and_its_operator(monkeypatch):
    monkeypatch.delenv("HDND_CONTACT", raising=False)
    assert user_agent().startswith("hdnd-archive/")
    assert user_agent("https://mau.example/ve").endswith("(+https://mau.example/ve)")


@pytest.mark.parametrize("odd", ["a b", "a\r\nX: y", "(x)", "đ@mau.example"])
def test_a_contact_that_would_break_the_header_is_refused(odd):
    from archive.ground.errors import UsageError

    with pytest.raises(UsageError):
        user_agent(odd)
