"""What a web archive with the Wayback Machine's interface holds, taken over from end to end."""

import gzip
import re
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from html import unescape
from urllib.parse import urlsplit

import pytest

from archive.reading import ArchiveReader
from archive.store import Archive
from archive.warc.digests import digest
from crawler.extraction.extract import Extractor
from crawler.sample_portal import SampleAttachment, SampleImage, SamplePortal
from portal_visitor import article, path_of
from support.crawling import THANH_GIANG_FILE, crawl_in_process, home_in
from support.keeping import dump_of
from support.recovering import recover_in_process
from support.warcs import faults, records
from support.web_archives import HOST, Kept, Reply, WaybackMachine, visit

LISTING = "/hoat-dong-hdnd"
FIRST = article(
    "bai-1",
    paragraphs=("Đoạn một.", "Đoạn hai."),
    images=(SampleImage(after=0, caption="Ảnh 1"),),
    attachments=(SampleAttachment(name="nghi quyet.pdf", text="Nghị quyết"),),
)
SECOND = article("bai-2")


def at(timestamp):
    return datetime.strptime(timestamp, "%Y%m%d%H%M%S").replace(tzinfo=UTC)


@pytest.fixture(scope="module")
def years():
    """Captures of some years: an article that was edited and changed back, and much else."""
    with SamplePortal([FIRST, SECOND], gzip=False) as portal:
        first, second = path_of(FIRST), path_of(SECOND)
        kept = [visit(portal, LISTING, "20190101000000")]
        shown = visit(portal, first, "20190102000000")
        kept.append(shown)
        kept.append(visit(portal, second, "20190102000100"))
        files = [path for path in _files(shown.body) if "/documents/999" not in path]
        kept += [visit(portal, path, "20190103000000") for path in files]
        kept.append(visit(portal, "/image/journal/article?img_id=99900", "20190103000000"))
        kept.append(visit(portal, "/", "20190104000000"))
        kept.append(visit(portal, "/tin-khac", "20190104000000"))
        kept.append(visit(portal, f"{first}/vi", "20190104000000"))
        kept.append(visit(portal, f"{first}/vi/vi", "20190104000001"))
        edited = article(**{**_told(FIRST), "title": "Bài viết đã sửa"})
        portal.articles[FIRST.asset_id] = edited
        kept.append(visit(portal, first, "20200102000000"))
        portal.articles[FIRST.asset_id] = FIRST
        kept.append(visit(portal, first, "20210102000000"))
        # The very same bytes a month later, once as a capture and once as a revisit.
        kept.append(Kept(kept[-1].url, "20210202000000", kept[-1].body))
        kept.append(Kept(kept[-2].url, "20210302000000", kept[-2].body, revisit=True))
        del portal.articles[SECOND.asset_id]
        kept.append(visit(portal, second, "20220102000000"))
        yield kept


def _told(one):
    return {name: getattr(one, name) for name in one.__dataclass_fields__}


def _files(body):
    text = body.decode()
    found = re.findall(r'(?:src|href)="((?:/image/journal|/documents|/UploadFile)[^"]*)"', text)
    return [unescape(path).replace(" ", "%20") for path in dict.fromkeys(found)]


@pytest.fixture(scope="module")
def whole(years, tmp_path_factory):
    home = home_in(tmp_path_factory.mktemp("whole"))
    with WaybackMachine(years, rows=4) as machine:
        recovered = recover_in_process(home, machine.where)
        yield recovered, machine


def test_every_capture_of_a_listing_an_article_and_its_files_is_taken_and_no_other(years, whole):
    recovered, machine = whole
    paths = Counter(urlsplit(url).path for _, url in machine.replayed)

    assert recovered.summary["finished"], recovered
    assert recovered.summary["problems"] == 0
    assert paths[LISTING] == 1
    assert paths[path_of(FIRST)] == 3
    assert paths[path_of(SECOND)] == 2
    assert "/" not in paths
    assert "/tin-khac" not in paths
    assert not any(path.endswith("/vi") for path in paths)
    assert not any("99900" in url for _, url in machine.replayed)
    assert sum("/UploadFile/" in path or "/documents/" in path for path in paths) == 1
    assert sum("img_id" in url for _, url in machine.replayed) == 1


def test_nothing_is_asked_for_twice(whole):
    _, machine = whole

    assert [path for path, n in Counter(one.path for one in machine.log).items() if n > 1] == []


def test_the_index_is_read_to_its_end_page_by_page(years, whole):
    recovered, machine = whole

    assert len(machine.queries) == -(-len(years) // 4)
    assert all(query["fl"].startswith("urlkey,") for query in machine.queries)
    assert all("page" not in query and "collapse" not in query for query in machine.queries)
    assert recovered.summary["listed"] == len(years)


def test_versions_come_in_the_order_of_their_days(whole):
    recovered, _ = whole
    with recovered.reader() as reader:
        held = reader.article(f"thanh-giang-{FIRST.asset_id}")
        seen = reader.catalogue.connection.execute(
            "SELECT captured_at, version FROM observation WHERE article = ? ORDER BY captured_at",
            (held.id,),
        ).fetchall()

    assert [row["captured_at"][:10] for row in seen] == [
        "2019-01-02",
        "2020-01-02",
        "2021-01-02",
        "2021-02-02",
        "2021-03-02",
    ]
    one, other, *rest = [row["version"] for row in seen]
    assert one != other
    assert rest == [one, one, one]
    assert held.versions == 2
    assert held.captures == 5
    assert held.first_captured_at == at("20190102000000")
    assert held.last_captured_at == at("20210302000000")


def test_a_capture_has_its_own_address_day_status_and_headers_and_says_where_it_is_from(whole):
    recovered, machine = whole
    with recovered.reader() as reader:
        (seq,) = reader.catalogue.connection.execute(
            "SELECT seq FROM capture WHERE captured_at LIKE '2022-01-02%'"
        ).fetchone()
        capture = reader.capture(seq)
        stored = reader.stored(capture)

    assert capture.url == f"https://{HOST}{path_of(SECOND)}"
    assert capture.captured_at == at("20220102000000")
    assert capture.status == stored.status == 404
    assert capture.source == urlsplit(machine.base).netloc
    assert stored.header("Content-Type") == "text/html;charset=UTF-8"
    assert stored.header("Memento-Datetime") is None


def test_the_exchange_with_the_archive_is_kept_as_it_was(whole):
    recovered, machine = whole
    kept = records(recovered.home.warc)
    responses = {one.url: one for one in kept if one.type == "response"}

    assert faults(recovered.home.warc) == []
    assert {one.path for one in machine.log} == {
        url.removeprefix(machine.base) for url in responses
    }
    replay = next(one for url, one in responses.items() if "/web/2022" in url)
    assert replay.head.startswith(b"HTTP/1.1 404 ")
    assert b"\r\nMemento-Datetime: Sun, 02 Jan 2022 00:00:00 GMT\r\n" in replay.head


def test_a_rebuild_gives_the_same_rows(whole):
    recovered, _ = whole
    before = dump_of(recovered.home)
    with Archive(recovered.home, Extractor()) as archive:
        archive.rebuild()

    assert dump_of(recovered.home) == before
    assert any(line.startswith("memento ") for line in before)


def test_a_second_recovery_asks_for_no_capture_again(years, whole, tmp_path):
    recovered, machine = whole
    asked = len(machine.replayed)
    again = recover_in_process(recovered.home, machine.where)

    assert again.summary["finished"]
    assert not again.summary["resumed"]
    assert again.summary["new_articles"] == again.summary["new_versions"] == 0
    assert len(machine.replayed) == asked


def test_only_the_days_of_the_site_and_those_asked_for_are_taken(years, tmp_path):
    home = home_in(tmp_path / "home")
    text = THANH_GIANG_FILE.read_text(encoding="utf-8")
    days = "valid_from = 2019-01-02\nvalid_until = 2021-01-02\n"
    (home.sites / "thanh-giang.toml").write_text(
        text.replace("[categories]", f"{days}\n[categories]"), encoding="utf-8"
    )
    with WaybackMachine(years) as machine:
        recovered = recover_in_process(home, machine.where, first="2020-01-01")

    # Midnight in Hanoi is 17:00 the day before in UTC.
    assert machine.queries[0]["from"] == "20191231170000"
    assert machine.queries[0]["to"] == "20210102165959"
    assert [timestamp for timestamp, _ in machine.replayed] == ["20200102000000", "20210102000000"]
    assert recovered.summary["articles"] == 1


def test_an_index_that_ignores_the_days_is_not_believed(years, tmp_path):
    class Careless(WaybackMachine):
        def _index(self, asked):
            return super()._index({k: v for k, v in asked.items() if k not in ("from", "to")})

    home = home_in(tmp_path / "home")
    with Careless(years) as machine:
        recover_in_process(home, machine.where, first="2022-01-01", last="2022-12-31")

    assert [timestamp for timestamp, _ in machine.replayed] == ["20220102000000"]


def test_a_revisit_whose_original_is_not_listed_is_asked_for(years, tmp_path):
    body = next(one.body for one in years if one.timestamp == "20210102000000")
    url = f"https://{HOST}{path_of(FIRST)}"
    listed = [Kept(url, "20210302000000", body, revisit=True)]
    hidden = [Kept("https://elsewhere.example/x", "20100101000000", body)]
    with WaybackMachine([*listed, *hidden]) as machine:
        recovered = recover_in_process(home_in(tmp_path / "home"), machine.where)

    assert machine.replayed == [("20210302000000", url)]
    assert recovered.summary["new_articles"] == 1


def test_a_revisit_of_another_address_needs_no_request(years, tmp_path):
    body = next(one.body for one in years if one.timestamp == "20210102000000")
    url = f"https://{HOST}{path_of(FIRST)}"
    kept = [
        Kept(url, "20210102000000", body),
        Kept(f"{url}?p_p_state=pop_up", "20210101000000", body, revisit=True),
    ]
    with WaybackMachine(kept) as machine:
        recovered = recover_in_process(home_in(tmp_path / "home"), machine.where)

    assert machine.replayed == [("20210102000000", url)]
    with recovered.reader() as reader:
        assert reader.article(f"thanh-giang-{FIRST.asset_id}").captures == 2


def test_a_redirect_to_a_capture_months_away_is_kept_as_that_capture(years, tmp_path):
    shown = next(one for one in years if one.timestamp == "20190102000000")
    kept = [shown, Kept(shown.url, "20190901000000", b"lost")]
    with WaybackMachine(kept) as machine:
        machine.moved[("20190901000000", shown.url)] = "20200501120000"
        machine.captures.append(Kept(shown.url, "20200501120000", shown.body, listed=False))
        recovered = recover_in_process(home_in(tmp_path / "home"), machine.where)

    assert recovered.summary["finished"]
    assert recovered.counts["redirected"] == 1
    with recovered.reader() as reader:
        held = reader.catalogue.connection.execute(
            "SELECT captured_at FROM observation ORDER BY captured_at"
        ).fetchall()
    assert [row["captured_at"][:10] for row in held] == ["2019-01-02", "2020-05-01"]


def test_an_archive_that_answers_with_another_day_is_taken_at_its_word(years, tmp_path):
    shown = next(one for one in years if one.timestamp == "20190102000000")

    class Loose(WaybackMachine):
        def _replay(self, timestamp, url):
            return super()._replay("20200501120000", url)

    with Loose([shown]) as machine:
        machine.captures.append(Kept(shown.url, "20200501120000", shown.body, listed=False))
        recovered = recover_in_process(home_in(tmp_path / "home"), machine.where)

    with recovered.reader() as reader:
        held = reader.article(f"thanh-giang-{FIRST.asset_id}")
    assert held.first_captured_at == at("20200501120000")


def test_a_redirect_out_of_the_time_asked_for_is_not_followed(years, tmp_path):
    shown = next(one for one in years if one.timestamp == "20190102000000")
    with WaybackMachine([shown]) as machine:
        machine.moved[("20190102000000", shown.url)] = "20250501120000"
        machine.captures.append(Kept(shown.url, "20250501120000", shown.body, listed=False))
        home = home_in(tmp_path / "home")
        recovered = recover_in_process(home, machine.where, last="2024-12-31")

    assert [timestamp for timestamp, _ in machine.replayed] == ["20190102000000"]
    assert recovered.counts == {"index": 1, "redirected": 1, "not-fetched": 1}


@pytest.mark.parametrize("layers", [1, 2])
def test_a_body_is_gzip_whatever_the_headers_say(years, tmp_path, layers):
    shown = next(one for one in years if one.timestamp == "20190102000000")
    sent = shown.body
    for _ in range(layers):
        sent = gzip.compress(sent)
    with WaybackMachine([Kept(shown.url, shown.timestamp, shown.body, sent=sent)]) as machine:
        recovered = recover_in_process(home_in(tmp_path / "home"), machine.where)

    with recovered.reader() as reader:
        assert reader.article(f"thanh-giang-{FIRST.asset_id}").article.title == FIRST.title
        row = reader.catalogue.connection.execute(
            "SELECT truncated FROM capture JOIN memento USING (seq)"
        ).fetchone()
        assert row["truncated"] is None


def test_what_the_archive_compresses_on_the_way_is_the_plain_payload_again(years, tmp_path):
    shown = next(one for one in years if one.timestamp == "20190102000000")
    with WaybackMachine([replace(shown, coded=True)]) as machine:
        recovered = recover_in_process(home_in(tmp_path / "home"), machine.where)

    with recovered.reader() as reader:
        held = reader.article(f"thanh-giang-{FIRST.asset_id}")
        capture = reader.capture(held.capture_seq)
        assert reader.stored(capture).body == shown.body
        assert capture.payload_digest == digest(shown.body)


def test_a_body_is_plain_though_the_headers_say_gzip_or_brotli(years, tmp_path):
    shown = next(one for one in years if one.timestamp == "20190102000000")
    kept = [
        Kept(
            shown.url,
            f"2019010{day}000000",
            shown.body.replace(b"</html>", b"<!-- %d --></html>" % day),
            headers=(("Content-Type", "text/html"), ("Content-Encoding", coding)),
        )
        for day, coding in ((2, "gzip"), (3, "br"))
    ]
    with WaybackMachine(kept) as machine:
        recovered = recover_in_process(home_in(tmp_path / "home"), machine.where)

    with recovered.reader() as reader:
        assert reader.article(f"thanh-giang-{FIRST.asset_id}").captures == 2
        assert reader.problems() == []


@pytest.mark.parametrize("coded", [False, True])
def test_a_capture_that_is_cut_never_stands_for_a_whole_one(years, tmp_path, coded):
    shown = next(one for one in years if one.timestamp == "20190102000000")
    body = gzip.compress(shown.body) if coded else shown.body
    later = Kept(
        shown.url,
        "20240102000000",
        shown.body + b" ",
        sent=body[: len(body) - 400],
    )
    with WaybackMachine([shown, later]) as machine:
        recovered = recover_in_process(home_in(tmp_path / "home"), machine.where)

    with recovered.reader() as reader:
        cut = reader.catalogue.connection.execute(
            "SELECT truncated FROM capture WHERE captured_at LIKE '2024%'"
        ).fetchone()
        held = reader.article(f"thanh-giang-{FIRST.asset_id}")
    assert cut["truncated"] == "unspecified"
    assert held.capture_seq is not None
    assert len(machine.replayed) == 2
    with recovered.reader() as reader:
        assert reader.capture(held.capture_seq).captured_at == at("20190102000000")


def test_a_429_without_retry_after_is_heeded_and_nothing_is_lost(years, tmp_path):
    with WaybackMachine(years) as machine:
        machine.refusals += [Reply(429), Reply(429)]
        recovered = recover_in_process(home_in(tmp_path / "home"), machine.where, first_pause=0.3)
        waits = [b.at - a.at for a, b in zip(machine.log, machine.log[1:], strict=False)]

    assert recovered.summary["finished"]
    assert recovered.counts["to-be-retried"] == 2
    assert recovered.summary["articles"] == 2
    # Each pause is longer than the one before.
    assert 0.3 <= waits[0] < waits[1]


def test_an_archive_that_goes_on_refusing_is_left_alone_until_another_time(years, tmp_path):
    home = home_in(tmp_path / "home")
    with WaybackMachine(years) as machine:
        machine.refusals += [Reply(429)] * 50
        stopped = recover_in_process(home, machine.where)
        asked = len(machine.log)
        machine.refusals.clear()
        again = recover_in_process(home, machine.where)

    assert asked == 4
    assert not stopped.summary["finished"]
    assert stopped.summary["reason"] == "rate-limited"
    assert again.summary["finished"]
    assert again.summary["resumed"]
    assert again.summary["articles"] == 2


def test_what_was_put_off_waits_while_another_archive_is_asked(years, tmp_path):
    home = home_in(tmp_path / "home")
    with WaybackMachine(years) as machine, WaybackMachine(years[:2]) as other:
        machine.refusals += [Reply(429)] * 4
        recover_in_process(home, machine.where)
        recover_in_process(home, other.where)
        again = recover_in_process(home, machine.where)

    assert again.summary["resumed"]
    assert again.summary["finished"]
    assert again.summary["articles"] == 2


def test_an_hour_of_rest_is_given_by_ending(years, tmp_path):
    home = home_in(tmp_path / "home")
    with WaybackMachine(years) as machine:
        machine.refusals += [Reply(429, (("Retry-After", "3600"),))]
        stopped = recover_in_process(home, machine.where)
        again = recover_in_process(home, machine.where)

    assert len(machine.log) == 1
    assert stopped.summary["reason"] == again.summary["reason"] == "rate-limited"
    assert "minutes" in again.summary["detail"]


def test_an_archive_in_trouble_is_tried_again_and_a_lost_capture_is_a_problem(years, tmp_path):
    shown = next(one for one in years if one.timestamp == "20190102000000")
    gone = Kept(shown.url, "20190701000000", b"gone")

    class Patchy(WaybackMachine):
        def _replay(self, timestamp, url):
            if timestamp == gone.timestamp:
                return Reply(404, (), b"not in the archive")
            return super()._replay(timestamp, url)

    with Patchy([shown, gone]) as machine:
        machine.refusals += [Reply(502)]
        recovered = recover_in_process(home_in(tmp_path / "home"), machine.where)

    assert recovered.summary["finished"]
    assert recovered.counts == {
        "index": 1,
        "to-be-retried": 1,
        "captured": 1,
        "error-status": 1,
    }
    with recovered.reader() as reader:
        (problem,) = reader.problems()
    assert problem.url.endswith(f"/web/20190701000000id_/{shown.url}")
    assert "404" in problem.detail


def test_a_page_without_a_memento_datetime_is_no_capture(years, tmp_path):
    shown = next(one for one in years if one.timestamp == "20190102000000")

    class Polite(WaybackMachine):
        def _replay(self, timestamp, url):
            reply = super()._replay(timestamp, url)
            kept = tuple(h for h in reply.headers if h[0] != "Memento-Datetime")
            return Reply(reply.status, kept, reply.body)

    with Polite([shown]) as machine:
        recovered = recover_in_process(home_in(tmp_path / "home"), machine.where)

    assert recovered.counts["no-capture"] == 1
    with recovered.reader() as reader:
        assert reader.status().articles == 0
        assert len(reader.problems()) == 1


def test_an_index_that_leads_back_to_itself_is_left(years, tmp_path):
    class Circling(WaybackMachine):
        def _index(self, asked):
            rows = super()._index({k: v for k, v in asked.items() if k != "resumeKey"})
            return [row for row in rows if len(row) != 1] + [["again+and+again"]]

    with Circling(years, rows=len(years) - 1) as machine:
        recovered = recover_in_process(home_in(tmp_path / "home"), machine.where)

    assert recovered.summary["finished"]
    assert len(machine.queries) == 2
    assert recovered.summary["problems"] == 1


def test_no_connection_is_made_but_to_the_archive(years, tmp_path):
    log = tmp_path / "connections"
    prelude = f"""
import socket
real = socket.socket.connect_ex
def connect_ex(self, address):
    with open({str(log)!r}, "a") as out:
        print(*address, file=out)
    return real(self, address)
socket.socket.connect_ex = connect_ex
"""
    with WaybackMachine(years) as machine:
        recover_in_process(home_in(tmp_path / "home"), machine.where, prelude=prelude)

    assert set(log.read_text().split("\n")) - {""} == {
        urlsplit(machine.base).netloc.replace(":", " ")
    }


@pytest.mark.parametrize(
    "step",
    [
        pytest.param(step, marks=() if step in (300, 780) else pytest.mark.soak)
        for step in range(60, 1080, 24)
    ],
)
def test_a_killed_recovery_goes_on_where_it_was(years, whole, tmp_path, step):
    home = home_in(tmp_path / "home")
    prelude = f"""
from support.dying import Steps
Steps({step}).watch()
"""
    with WaybackMachine(years, rows=4) as machine:
        died = recover_in_process(home, machine.where, prelude=prelude)
        recovered = recover_in_process(home, machine.where)
        twice = [p for p, n in Counter(one.path for one in machine.log).items() if n > 1]

    assert died.killed
    assert recovered.summary["finished"]
    assert len(twice) <= 1
    assert _what_is_held(home) == _what_is_held(whole[0].home)
    assert faults(home.warc) == []


def _what_is_held(home):
    with ArchiveReader.open(home) as reader:
        return [
            tuple(row)
            for row in reader.catalogue.connection.execute(
                "SELECT c.url, c.role, c.captured_at, c.status, c.payload_digest, o.version"
                " FROM memento JOIN capture c USING (seq) LEFT JOIN observation o USING (seq)"
                " ORDER BY 1, 3"
            )
        ]


def test_an_article_from_the_live_portal_and_from_an_archive_is_one_article(years, tmp_path):
    home = home_in(tmp_path / "home")
    with SamplePortal([FIRST]) as portal:
        crawl_in_process(home, portal)
    with WaybackMachine(years) as machine:
        recovered = recover_in_process(home, machine.where)

    with recovered.reader() as reader:
        held = reader.article(f"thanh-giang-{FIRST.asset_id}")
        assert held.captures == 6
        assert reader.status().articles == 2
        assert reader.capture(held.capture_seq).source is None


def test_an_archive_that_has_nothing_says_so(tmp_path):
    with WaybackMachine() as machine:
        recovered = recover_in_process(home_in(tmp_path / "home"), machine.where)

    assert recovered.error == "NothingFetched"
    assert "lists 0 captures" in recovered.message


def test_an_address_without_an_index_says_so(tmp_path):
    with WaybackMachine() as machine:
        recovered = recover_in_process(home_in(tmp_path / "home"), f"{machine.base}/nowhere")

    assert recovered.error == "NothingFetched"
    assert "404" in recovered.message


def test_an_archive_that_is_not_there_is_given_up_soon(tmp_path):
    with WaybackMachine() as machine:
        nobody = machine.where
    prelude = "from crawler.web_archives import memento_crawl\nmemento_crawl.UNHEARD_PAUSE = 0.05"
    recovered = recover_in_process(
        home_in(tmp_path / "home"), nobody, first_pause=3600, prelude=prelude
    )

    assert recovered.summary["reason"] == "failing"
    assert not recovered.summary["finished"]
