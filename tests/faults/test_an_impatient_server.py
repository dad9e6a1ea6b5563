"""A server that asks for patience, fails, or must not be asked any longer."""

from __future__ import annotations

import socket
import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import pairwise

import pytest

from crawler.politeness.pace import Pace
from crawler.politeness.retry import LONGEST_WAIT, seconds_of
from crawler.sessions.site_crawl import SiteCrawl
from crawler.sessions.stop_policy import StopReason
from portal_visitor import series
from support.crawling import crawl_in_process, home_in, thanh_giang
from support.hostile_portal import Guest, HostilePortal, response, says
from support.raw_server import RawServer

ARTICLE = r"/-/view_content/\d"


def in_a_second() -> str:
    return format_datetime(datetime.now(UTC) + timedelta(seconds=2), usegmt=True)


@pytest.mark.parametrize("form", ["seconds", "date"])
def test_retry_after_is_heeded_by_every_request_not_just_the_one_refused(tmp_path, form):
    def busy(guest: Guest) -> bytes:
        wait = "1" if form == "seconds" else in_a_second()
        return response(guest.answer, b"", Retry_After=wait).replace(b" 200 ", b" 429 ", 1)

    home = home_in(tmp_path, ONE_AT_A_TIME)
    (home.sites / "thanh-giang.toml").unlink()
    with HostilePortal(series(3)) as portal:
        portal.on(ARTICLE, busy, times=1)
        crawled = crawl_in_process(home, portal)
        times = [one.time for one in portal.requests]

    assert crawled.summary["articles"] == 3
    assert max(later - earlier for earlier, later in pairwise(times)) >= 0.9
    first = next(n for n, one in enumerate(portal.requests) if "view_content" in one.path)
    assert times[first + 1] - times[first] >= 0.9


ONE_AT_A_TIME = """
id = "thanh-giang"
name = "Quận Thanh Giang"
host = "thanhgiang.example"
platform = "liferay"
categories = { "/hoat-dong-hdnd" = "Hoạt động HĐND" }
politeness = { delay_seconds = 0, retry_seconds = 0.05, stop_after_failures = 4 }
"""


@pytest.fixture
def careful(tmp_path):
    home = home_in(tmp_path, ONE_AT_A_TIME)
    (home.sites / "thanh-giang.toml").unlink()
    return home


@pytest.mark.parametrize(
    ("fault", "stop"),
    [
        (says(429), StopReason.RATE_LIMITED),
        (says(503), StopReason.FAILING),
        (says(500), StopReason.FAILING),
        (lambda guest: b"", StopReason.FAILING),
    ],
    ids=["too many requests", "no service", "errors", "no answer"],
)
def test_failures_in_a_row_end_the_run_which_can_go_on(careful, fault, stop):
    with HostilePortal(series(6)) as portal:
        portal.on(ARTICLE, fault)
        crawled = crawl_in_process(careful, portal)
        asked = len(portal.paths(ARTICLE))
        portal.off()
        again = crawl_in_process(careful, portal)

    assert crawled.summary["stop"] == stop
    assert "in a row failed" in crawled.summary["detail"]
    assert not crawled.summary["finished"]
    assert asked == 4
    assert again.summary["resumed"]
    assert again.summary["articles"] == 6


def test_an_entry_that_waits_for_its_last_attempt_gets_it_in_the_next_run(careful):
    """The run ends when it had two; what they brought is no answer to go on with."""
    with HostilePortal(series(1)) as portal:
        portal.on(ARTICLE, says(500), times=2)
        begun = crawl_in_process(careful, portal, max_requests=4)
        ended = crawl_in_process(careful, portal)

    assert begun.summary["stop"] == StopReason.MAX_REQUESTS
    assert ended.summary["articles"] == 1


def test_a_server_that_asks_for_an_hour_is_left_alone_also_by_the_next_run(careful):
    with HostilePortal(series(3)) as portal:
        portal.on(ARTICLE, says(503, Retry_After="3600"))
        crawled = crawl_in_process(careful, portal)
        asked = len(portal.requests)
        at_once = crawl_in_process(careful, portal)
        assert len(portal.requests) == asked
        portal.off()
        later = crawl_in_process(careful, portal, days=0.1)

    assert crawled.summary["stop"] == at_once.summary["stop"] == StopReason.RATE_LIMITED
    assert later.summary["finished"]
    assert later.summary["articles"] == 3


def test_a_number_of_requests_is_a_budget(careful):
    with HostilePortal(series(6)) as portal:
        crawled = crawl_in_process(careful, portal, max_requests=4)
        asked = len(portal.requests)
        again = crawl_in_process(careful, portal)

    assert asked == 4
    assert crawled.summary["stop"] == StopReason.MAX_REQUESTS
    assert again.summary["articles"] == 6
    assert len(portal.paths(ARTICLE)) == 6


def test_a_run_ends_at_its_hour(careful):
    with HostilePortal(series(6)) as portal:
        crawled = crawl_in_process(careful, portal, until_in=-1)

    assert crawled.summary["stop"] == StopReason.UNTIL
    assert portal.requests == []


FULL = """
import shutil
from collections import namedtuple
Usage = namedtuple("Usage", "total used free")
left = [{}]
def usage(path):
    left.append(left[-1] - (1 << 20))
    return Usage(1 << 40, 0, left[-1])
shutil.disk_usage = usage
"""


def test_a_disk_that_is_nearly_full_is_noticed_before_the_first_request(careful):
    with HostilePortal(series(2)) as portal:
        crawled = crawl_in_process(careful, portal, prelude=FULL.format("100 << 20"))

    assert crawled.error == "DiskNearlyFull"
    assert "MB" in crawled.message
    assert portal.requests == []


def test_a_disk_that_fills_up_meanwhile_ends_the_run_which_can_go_on(careful):
    with HostilePortal(series(30)) as portal:
        crawled = crawl_in_process(careful, portal, prelude=FULL.format("202 << 20"))
        again = crawl_in_process(careful, portal)

    assert crawled.summary["stop"] == StopReason.DISK_NEARLY_FULL
    assert not crawled.summary["finished"]
    assert again.summary["articles"] == 30
    assert len(portal.paths(ARTICLE)) == 30


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def pace(**more: object) -> tuple[Pace, Clock]:
    clock = Clock()
    given = {"delay": 1.0, "throttle": True, "first_pause": 5.0, "now": clock}
    return Pace(**(given | more)), clock  # type: ignore[arg-type]


def test_a_connection_that_was_kept_open_and_closes_makes_no_request_unseen(careful):
    unseen: list[bytes] = []

    def closes_at_the_next_request(connection: socket.socket) -> None:
        page = b'<a href="/-/view_content/1-a.html">x</a>'
        body = b'<div class="asset-bounddary"><h3 class="asset-title">%b</h3></div>' % page
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%b" % (len(body), body))
        unseen.append(connection.recv(65536))

    with RawServer({"/hoat-dong-hdnd": closes_at_the_next_request}) as server:
        crawled = crawl_in_process(careful, server.host)
        seen = [request for requests in server.received.values() for request in requests]

    assert b"/-/view_content/1-a.html" in unseen[0]
    assert crawled.counts["to-be-retried"] == 1
    assert sum(crawled.counts.values()) == len(seen) + len(unseen)


def test_a_run_ends_at_its_hour_even_if_the_site_wants_a_longer_rest(careful):
    with HostilePortal(series(3)) as portal:
        portal.on(ARTICLE, says(503, b"busy", Retry_After="30"))
        began = time.monotonic()
        crawled = crawl_in_process(careful, portal, until_in=2)

    assert crawled.summary["stop"] == StopReason.UNTIL
    assert time.monotonic() - began < 25


def test_the_delay_counts_from_the_last_answer_too():
    pacing, clock = pace()
    assert pacing.reserve() == 0
    clock.now = 3
    pacing.answered(0.2)

    assert pacing.reserve() == 1.0


def test_a_server_that_gets_slower_is_asked_less_often():
    pacing, _ = pace()
    intervals = []
    for latency in (0.5, 2, 4, 8, 16, 200):
        pacing.answered(latency)
        intervals.append(pacing.interval())

    assert intervals == sorted(intervals)
    assert intervals[0] == 1.0
    assert intervals[3] == 8
    assert intervals[-1] == 60


def test_refusals_make_the_pauses_grow_and_good_answers_bring_the_pace_back():
    pacing, clock = pace()
    pauses = [pacing.refused(None) for _ in range(3)]
    slow = pacing.interval()

    assert pauses == [5, 15, 45]
    assert pacing.is_paused()
    clock.now = 45
    assert not pacing.is_paused()
    for _ in range(30):
        pacing.answered(0.1)
    assert slow == 8
    assert pacing.interval() == 1.0


@pytest.mark.parametrize("broken", [2, 4, 10])
def test_a_portal_of_which_a_part_is_broken_keeps_its_pace(broken):
    pacing, _ = pace()
    intervals = []
    for number in range(400):
        if number % broken:
            pacing.answered(0.1)
        else:
            pacing.failed()
        intervals.append(pacing.interval())

    assert max(intervals) <= 8
    assert sum(intervals) / len(intervals) < 3


def test_failures_alone_slow_down_to_a_bound():
    pacing, _ = pace()
    for _ in range(50):
        pacing.failed()

    assert pacing.interval() == 8


def test_what_robots_txt_asks_for_is_never_undercut():
    pacing, _ = pace()
    pacing.asked = 7.0
    pacing.answered(0.1)

    assert pacing.interval() == 7.0


@pytest.mark.parametrize(
    ("told", "seconds"),
    [
        ("120", 120),
        ("Sun, 01 Mar 2026 00:02:00 GMT", 120),
        ("Sat, 28 Feb 2026 00:00:00 GMT", None),
        ("0", None),
        ("-5", None),
        ("1_0", None),
        ("9" * 400, LONGEST_WAIT),
        ("9" * 5000, LONGEST_WAIT),
        ("Fri, 31 Dec 9999 23:59:59 -2359", LONGEST_WAIT),
        ("soon", None),
        ("", None),
        (None, None),
    ],
)
def test_retry_after_is_read_in_both_forms(told, seconds):
    assert seconds_of(told, datetime(2026, 3, 1, tzinfo=UTC)) == seconds


def test_the_crawl_knows_when_the_next_attempt_is_due(tmp_path):
    """Scrapy looks every five seconds; who waits for less is asked when the time has come."""
    session = SiteCrawl(thanh_giang(), home_in(tmp_path), "test")
    session.open()
    entry = session.next_entry()
    assert entry is not None
    assert session.rest is None

    session.fail(entry, "no answer")

    assert session.next_entry() is None
    assert session.rest is not None
    assert 0 < session.rest <= session.site.politeness.retry_seconds
    session.close("finished")
