"""Answers of a web archive that are not what was asked for, each named for its fault."""

import gzip
import json
from dataclasses import replace
from email.utils import format_datetime

import pytest

from crawler.sample_portal import SamplePortal
from portal_visitor import article, path_of
from support.crawling import home_in
from support.recovering import recover_in_process
from support.web_archives import HOST, Kept, Reply, WaybackMachine, visit

STORY = article("ky-hop", title="Kỳ họp thứ tám")
PATH = path_of(STORY)
URL = f"https://{HOST}{PATH}"


@pytest.fixture(scope="module")
def shown():
    with SamplePortal([STORY], gzip=False) as portal:
        return visit(portal, PATH, "20200102030405")


def rows_of(home, what):
    with home.reader() as reader:
        return [
            tuple(row)
            for row in reader.catalogue.connection.execute(
                f"SELECT {what} FROM memento JOIN capture USING (seq) ORDER BY captured_at"
            )
        ]


class OfAnotherDay(WaybackMachine):
    """Replays, without a word, the capture of another day than the one asked for."""

    other = ""

    def _replay(self, timestamp, url):
        reply = super()._replay(timestamp, url)
        one = next(one for one in self.captures if one.timestamp == timestamp)
        moment = format_datetime(replace(one, timestamp=self.other).moment, usegmt=True)
        told = [h for h in reply.headers if h[0] != "Memento-Datetime"]
        return replace(reply, headers=(*told, ("Memento-Datetime", moment)))


def test_a_capture_of_a_day_that_was_not_asked_for_is_no_capture_of_the_site(shown, tmp_path):
    with OfAnotherDay([shown]) as machine:
        machine.other = "20251231000000"
        home = home_in(tmp_path / "home")
        recovered = recover_in_process(home, machine.where, last="2025-06-30")

    assert recovered.counts == {"index": 1, "another-capture": 1}
    with recovered.reader() as reader:
        assert reader.status().articles == 0
        assert reader.problems() == []


def test_a_capture_that_is_held_is_not_taken_again_under_another_day(shown, tmp_path):
    with OfAnotherDay([shown, replace(shown, timestamp="20210102030405", body=b"lost")]) as machine:
        machine.other = shown.timestamp
        recovered = recover_in_process(home_in(tmp_path / "home"), machine.where)

    assert recovered.counts == {"index": 1, "captured": 1, "another-capture": 1}
    assert rows_of(recovered, "substr(captured_at, 1, 4)") == [("2020",)]


class Breaking(WaybackMachine):
    """Hangs up in the middle of the first `times` captures."""

    times = 1

    def reply(self, path, headers):
        reply = super().reply(path, headers)
        if not path.startswith("/web/") or self.times == 0:
            return reply
        self.times -= 1
        return replace(reply, cut=len(reply.body) // 2)


def test_a_capture_that_breaks_off_on_its_way_is_asked_for_again(shown, tmp_path):
    with Breaking([shown]) as machine:
        recovered = recover_in_process(home_in(tmp_path / "home"), machine.where)

    assert recovered.counts == {"index": 1, "to-be-retried": 1, "captured": 1}
    assert rows_of(recovered, "truncated") == [(None,)]


def test_a_capture_that_always_breaks_off_is_kept_once_and_said_to_be_cut(shown, tmp_path):
    with Breaking([shown]) as machine:
        machine.times = 3
        recovered = recover_in_process(home_in(tmp_path / "home"), machine.where)

    assert recovered.counts == {"index": 1, "to-be-retried": 2, "captured": 1}
    assert rows_of(recovered, "truncated") == [("disconnect",)]


def test_compressed_pages_that_no_header_tells_of_are_whole(shown, tmp_path):
    first, other = shown.body + b" ", shown.body + b"  "
    kept = [
        shown,
        replace(shown, timestamp="20210101000000", body=first, sent=gzip.compress(first)),
        replace(
            shown,
            timestamp="20220101000000",
            body=other,
            sent=gzip.compress(gzip.compress(other)),
        ),
    ]
    with WaybackMachine(kept) as machine:
        recovered = recover_in_process(home_in(tmp_path / "home"), machine.where)

    assert recovered.counts["captured"] == 3
    assert rows_of(recovered, "truncated") == [(None,)] * 3
    with recovered.reader() as reader:
        assert reader.article(f"thanh-giang-{STORY.asset_id}").captures == 3


@pytest.mark.parametrize(
    "body",
    [b"<html>Temporarily offline</html>", b'[["urlkey","timestamp"', b"[" * 100_000, b'[["x"]]'],
    ids=["a page", "cut", "deep", "no columns"],
)
def test_an_index_that_answers_with_something_else_is_asked_again(shown, tmp_path, body):
    with WaybackMachine([shown]) as machine:
        machine.refusals += [Reply(200, (("Content-Type", "text/html"),), body)]
        recovered = recover_in_process(home_in(tmp_path / "home"), machine.where, prelude=IMPATIENT)

    assert recovered.counts == {"to-be-retried": 1, "index": 1, "captured": 1}
    assert recovered.summary["problems"] == 0


def test_an_index_that_never_answers_as_one_is_a_problem(shown, tmp_path):
    with WaybackMachine([shown]) as machine:
        machine.refusals += [Reply(200, (), b"<html>")] * 3
        recovered = recover_in_process(home_in(tmp_path / "home"), machine.where, prelude=IMPATIENT)

    assert len(machine.log) == 3
    assert recovered.error == "NothingFetched"


IMPATIENT = "from crawler.web_archives import memento_crawl\nmemento_crawl.UNHEARD_PAUSE = 0.02"


def test_an_index_with_odd_rows_is_read(shown, tmp_path):
    """Bytes that are no UTF-8, control characters, numbers, times and addresses that are none."""

    class Odd(WaybackMachine):
        def reply(self, path, headers):
            reply = super().reply(path, headers)
            if not path.startswith("/cdx/"):
                return reply
            header, row = json.loads(reply.body)
            odd = [
                [*row[:1], "20200230000000", *row[2:]],
                [*row[:2], "http://[::1", *row[3:]],
                [*row[:2], f"{URL}\r\nWARC-Type: response", *row[3:]],
                [*row[:4], "9" * 40, *row[5:]],
                [1, 2, 3, None],
                [],
                row,
            ]
            body = json.dumps([header, *odd]).encode()
            latin = json.dumps([[*row[:2], f"{URL}?caf", *row[3:5], "-", "-"]])[1:-1].encode()
            return replace(
                reply, body=body[:-1] + b"," + latin.replace(b"?caf", b"?caf\xe9") + b"]"
            )

    with Odd([shown]) as machine:
        recovered = recover_in_process(home_in(tmp_path / "home"), machine.where)
        asked = {url for _, url in machine.replayed}

    assert recovered.summary["finished"]
    assert asked == {URL, f"{URL}?caf%E9", f"{URL}%0D%0AWARC-Type:%20response"}
    assert "lines whose time, address or place is none: 2" in recovered.summary["detail"]
    assert rows_of(recovered, "url") == [(URL,)]


def test_a_resume_key_comes_back_as_it_was(shown, tmp_path):
    key = 'com,x)/a?b=ü&c=%2F 2020!+#"<>\u2028'
    seen = []

    class Odd(WaybackMachine):
        def _index(self, asked):
            if "resumeKey" in asked:
                seen.append(asked["resumeKey"])
                return super()._index({k: v for k, v in asked.items() if k != "resumeKey"})
            return [asked["fl"].split(","), [], [key]]

    with Odd([shown]) as machine:
        recovered = recover_in_process(home_in(tmp_path / "home"), machine.where)

    assert seen == [key]
    assert recovered.summary["articles"] == 1


def test_addresses_that_are_encoded_themselves_do_not_lead_an_index_back(shown, tmp_path):
    """The server decodes a key twice, so one that is sent as it came would be another key."""
    names = ["a%20b", "a%2520b", "a+b", "a%2Bb", "c"]
    kept = [replace(shown, url=f"https://{HOST}/documents/{name}.pdf") for name in names]
    with WaybackMachine([*kept, shown], rows=1) as machine:
        recovered = recover_in_process(home_in(tmp_path / "home"), machine.where)

    assert recovered.summary["listed"] == len(names) + 1
    assert recovered.summary["problems"] == 0
    assert len(machine.queries) == len(names) + 1


def test_an_index_that_leads_on_and_on_and_lists_nothing_is_left(shown, tmp_path):
    class Endless(WaybackMachine):
        def _index(self, asked):
            rows = [row for row in super()._index({**asked, "resumeKey": ""}) if len(row) > 1]
            return [*rows, [], [f"key {len(self.log)}"]]

    prelude = "from crawler.web_archives import memento_crawl\nmemento_crawl.MOST_BARREN = 5"
    with Endless([shown]) as machine:
        recovered = recover_in_process(home_in(tmp_path / "home"), machine.where, prelude=prelude)

    assert recovered.summary["finished"]
    assert len(machine.queries) == 7
    assert recovered.summary["articles"] == 1
    assert recovered.summary["problems"] == 1


def test_a_redirect_to_no_address_is_no_capture(shown, tmp_path):
    class Astray(WaybackMachine):
        def _replay(self, timestamp, url):
            return Reply(302, (("Location", "http://[nowhere/web/"),))

    with Astray([shown]) as machine:
        recovered = recover_in_process(home_in(tmp_path / "home"), machine.where)

    assert recovered.summary["finished"]
    assert recovered.counts == {"index": 1, "redirected": 1, "not-fetched": 1}


def test_a_revisit_of_nothing_is_asked_for(shown, tmp_path):
    """What the archive found to be the same is not told by the digest of no bytes."""
    empty = Kept(URL, "20190101000000", b"", 404)
    with WaybackMachine(
        [empty, replace(empty, timestamp="20190301000000", revisit=True)]
    ) as machine:
        recover_in_process(home_in(tmp_path / "home"), machine.where)

    assert ("20190301000000", URL) in machine.replayed


def test_the_rest_that_an_archive_asked_for_is_given_by_the_next_run_too(shown, tmp_path):
    home = home_in(tmp_path / "home")
    dies = "import os\nfrom crawler.web_archives.memento_crawl import MementoCrawl as R\n"
    dies += "rest = R._rest\n"
    dies += "R._rest = lambda *a, **k: (rest(*a, **k), os.kill(os.getpid(), 9))"
    with WaybackMachine([shown]) as machine:
        machine.refusals += [Reply(429, (("Retry-After", "2"),))]
        assert recover_in_process(home, machine.where, prelude=dies).killed
        recovered = recover_in_process(home, machine.where)
        refused, again, *_ = machine.log

    assert recovered.summary["finished"]
    assert again.at - refused.at >= 2


def test_a_number_of_requests_is_a_budget_for_all_archives_together(shown, tmp_path):
    home = home_in(tmp_path / "home")
    with WaybackMachine([shown]) as one, WaybackMachine([shown]) as other:
        ended = recover_in_process(home, one.where, other.where, max_requests=3)
        asked = [len(machine.log) for machine in (one, other)]

    assert asked == [2, 1]
    assert ended.summary["reason"] == "max-requests"


def test_an_archive_that_is_through_is_asked_again_when_all_others_are(shown, tmp_path):
    """A budget of two is the index and the capture of one archive."""
    home = home_in(tmp_path / "home")
    asked = []
    with WaybackMachine([shown]) as one, WaybackMachine([shown]) as other:
        for budget in (2, 2, 2, 1):
            recover_in_process(home, one.where, other.where, max_requests=budget)
            asked.append((len(one.log), len(other.log)))

    assert asked == [(2, 0), (2, 2), (3, 2), (3, 3)]


def test_a_run_begins_with_the_archive_that_one_before_was_cut_short_in(shown, tmp_path):
    home = home_in(tmp_path / "home")
    with WaybackMachine([shown]) as one, WaybackMachine([shown]) as other:
        recover_in_process(home, one.where, other.where, max_requests=3)
        recover_in_process(home, one.where, other.where, max_requests=1)
        asked = [len(machine.log) for machine in (one, other)]

    assert asked == [2, 2]


def test_other_days_are_another_recovery_and_have_turns_of_their_own(shown, tmp_path):
    home = home_in(tmp_path / "home")
    with WaybackMachine([shown]) as one, WaybackMachine([shown]) as other:
        recover_in_process(home, one.where, other.where, max_requests=3)
        recover_in_process(home, one.where, other.where, max_requests=1, first="2018-01-01")
        asked = [len(machine.log) for machine in (one, other)]

    assert asked == [3, 1]


def test_a_frontier_that_cannot_be_read_leaves_the_archives_in_their_order(shown, tmp_path):
    home = home_in(tmp_path / "home")
    with WaybackMachine([shown]) as one, WaybackMachine([shown]) as other:
        recover_in_process(home, one.where, other.where, max_requests=3)
        home.frontier.write_bytes(b"no database")
        recovered = recover_in_process(home, one.where, other.where, max_requests=3)
        asked = [len(machine.log) for machine in (one, other)]

    assert not recovered.error
    assert asked == [3, 3]


class Busy(WaybackMachine):
    """Has no service for the captures of 2019."""

    def _replay(self, timestamp, url):
        return Reply(503) if timestamp.startswith("2019") else super()._replay(timestamp, url)


def test_a_capture_that_is_always_refused_is_given_up_and_the_others_are_taken(shown, tmp_path):
    home = home_in(tmp_path / "home")
    with Busy([shown, replace(shown, timestamp="20190101000000", body=b"x")]) as machine:
        first = recover_in_process(home, machine.where)
        rest = recover_in_process(home, machine.where)

    assert first.summary["reason"] == "failing"
    assert first.counts["captured"] == 1
    assert rest.summary["finished"]
    assert rest.counts["error-status"] == 1


def test_refusals_leave_a_capture_its_attempts(shown, tmp_path):
    with Breaking([shown]) as machine:
        home = home_in(tmp_path / "home")
        recover_in_process(home, machine.where, max_requests=1)
        machine.refusals += [Reply(429), Reply(503)]
        recovered = recover_in_process(home, machine.where)

    assert recovered.summary["problems"] == 0
    assert rows_of(recovered, "truncated") == [(None,)]


def test_many_captures_that_need_no_request_leave_room_to_interrupt(shown, tmp_path):
    """In between the engine is asked anew: an interruption is heard, and no time is lost."""
    same = [replace(shown, timestamp=f"2021010203{n:02}00") for n in range(40)]
    prelude = """
from crawler.web_archives import memento_crawl
memento_crawl.MOST_AT_ONCE = 3
from scrapy.core.engine import ExecutionEngine
ExecutionEngine._SLOT_HEARTBEAT_INTERVAL = 3600
"""
    with WaybackMachine([shown, *same]) as machine:
        recovered = recover_in_process(home_in(tmp_path / "home"), machine.where, prelude=prelude)

    assert recovered.summary["finished"]
    assert recovered.summary["same"] == 40
    assert len(machine.replayed) == 1
