"""What Common Crawl holds, taken over by queries of its indexes and ranged reads of its files."""

import json
from collections import Counter
from dataclasses import replace
from urllib.parse import urlsplit

import pytest

from archive.store import Archive
from crawler.extraction.extract import Extractor
from crawler.sample_portal import SamplePortal
from portal_visitor import article, path_of
from support.crawling import home_in
from support.keeping import dump_of
from support.recovering import recover_in_process
from support.warcs import faults
from support.web_archives import CommonCrawlServer, Kept, Reply, visit

ONE = article("bai-1")
OTHER = article("bai-2")


@pytest.fixture(scope="module")
def crawls():
    """Three crawls: one of another time, one with nothing of the site, one with two articles."""
    with SamplePortal([ONE, OTHER], gzip=False) as portal:
        first = visit(portal, path_of(ONE), "20210305101112")
        yield {
            "CC-MAIN-2010-20": [visit(portal, path_of(ONE), "20100305101112")],
            "CC-MAIN-2021-04": [Kept("https://elsewhere.example/", "20210104101112", b"else")],
            "CC-MAIN-2021-10": [
                first,
                visit(portal, "/hoat-dong-hdnd", "20210305101200"),
                visit(portal, "/tin-khac", "20210305101200"),
                visit(portal, path_of(OTHER), "20210305101300"),
            ],
        }


@pytest.fixture(scope="module")
def whole(crawls, tmp_path_factory):
    home = home_in(tmp_path_factory.mktemp("whole"))
    with CommonCrawlServer(crawls) as server:
        yield recover_in_process(home, server.where, first="2021-01-01"), server


def test_the_crawls_of_the_time_are_asked_one_after_the_other_and_no_other(whole):
    _, server = whole
    asked = [urlsplit(one.path).path for one in server.log]

    one, other = "/CC-MAIN-2021-04-index", "/CC-MAIN-2021-10-index"
    assert asked[:4] == ["/collinfo.json", one, other, other]
    assert server.log[3].path == f"{server.log[2].path}&showNumPages=true"
    assert all(path.startswith("/crawl-data/") for path in asked[4:])


def test_a_crawl_without_captures_is_no_problem(whole):
    recovered, _ = whole

    assert recovered.summary["finished"]
    assert recovered.summary["problems"] == 0
    assert recovered.counts == {"index": 3, "none-listed": 1, "captured": 3}
    with recovered.reader() as reader:
        assert reader.problems() == []


def test_only_the_records_that_are_wanted_are_read_each_by_its_range(crawls, whole):
    _, server = whole
    ranges = [one.headers["Range"] for one in server.log if "Range" in one.headers]
    wanted = [
        f"bytes={one['offset']}-{int(one['offset']) + int(one['length']) - 1}"
        for one in server.lines["CC-MAIN-2021-10"]
        if "/tin-khac" not in one["url"]
    ]

    assert Counter(ranges) == Counter(wanted)


def test_an_article_is_read_out_of_the_record(whole):
    recovered, server = whole
    with recovered.reader() as reader:
        held = reader.article(f"thanh-giang-{ONE.asset_id}")
        capture = reader.capture(held.capture_seq)

    assert held.article.title == ONE.title
    assert f"{capture.captured_at:%Y%m%d%H%M%S}" == "20210305101112"
    assert capture.url == f"https://thanhgiang.example{path_of(ONE)}"
    assert capture.source == urlsplit(server.base).netloc


def test_a_rebuild_gives_the_same_rows_and_the_files_are_sound(whole):
    recovered, _ = whole
    before = dump_of(recovered.home)
    with Archive(recovered.home, Extractor()) as archive:
        archive.rebuild()

    assert dump_of(recovered.home) == before
    assert faults(recovered.home.warc) == []


def test_a_second_recovery_reads_no_record_again(crawls, whole):
    recovered, server = whole
    before = sum("Range" in one.headers for one in server.log)
    again = recover_in_process(recovered.home, server.where, first="2021-01-01")

    assert again.summary["finished"]
    assert sum("Range" in one.headers for one in server.log) == before


def test_a_cut_payload_is_marked_and_never_stands_for_a_whole_one(crawls, tmp_path):
    whole, *_ = crawls["CC-MAIN-2021-10"]
    cut = replace(
        whole,
        timestamp="20230305101112",
        body=whole.body + b" ",
        sent=whole.body[:-300],
        truncated="length",
    )
    with CommonCrawlServer({"CC-MAIN-2021-10": [whole], "CC-MAIN-2023-10": [cut]}) as server:
        recovered = recover_in_process(home_in(tmp_path / "home"), server.where)

    with recovered.reader() as reader:
        rows = reader.catalogue.connection.execute(
            "SELECT substr(captured_at, 1, 4), truncated FROM capture JOIN memento USING (seq)"
            " ORDER BY 1"
        ).fetchall()
        held = reader.article(f"thanh-giang-{ONE.asset_id}")
        assert [tuple(row) for row in rows] == [("2021", None), ("2023", "length")]
        assert reader.capture(held.capture_seq).captured_at.year == 2021


@pytest.mark.parametrize("fault", ["another range", "another record", "damaged", "all of it"])
def test_bytes_that_are_not_the_record_asked_for_are_no_capture(crawls, tmp_path, fault):
    class Faulty(CommonCrawlServer):
        def reply(self, path, headers):
            reply = super().reply(path, headers)
            if reply.status != 206:
                return reply
            match fault:
                case "another range":
                    return Reply(206, (("Content-Range", "bytes 0-9/99"),), reply.body)
                case "damaged":
                    body = bytes([*reply.body[:200], reply.body[200] ^ 1, *reply.body[201:]])
                    return Reply(206, reply.headers, body)
                case "all of it":
                    return Reply(200, (), next(iter(self.files.values())) + bytes(10_000_000))
            return reply

    one, _, _, other = crawls["CC-MAIN-2021-10"]
    with Faulty({"CC-MAIN-2021-10": [one, other]}) as server:
        if fault == "another record":
            first, second = server.lines["CC-MAIN-2021-10"]
            for name in ("offset", "length"):
                first[name] = second[name]
            server.lines["CC-MAIN-2021-10"] = [first]
        recovered = recover_in_process(home_in(tmp_path / "home"), server.where)

    assert recovered.summary["finished"]
    assert recovered.summary["articles"] == 0
    assert recovered.counts["no-capture"] == (1 if fault == "another record" else 2)
    size = sum(path.stat().st_size for path in recovered.home.warc.iterdir())
    assert size < 1_000_000
    with recovered.reader() as reader:
        assert reader.problems()


def test_every_page_of_an_index_is_read(crawls, tmp_path):
    with CommonCrawlServer(crawls, rows=1) as server:
        recovered = recover_in_process(home_in(tmp_path / "home"), server.where, first="2021-01-01")
        pages = [one.path.partition("&page=")[2] for one in server.log if "&page=" in one.path]

    assert pages == ["1", "2", "3"]
    assert recovered.summary["listed"] == 4
    assert recovered.summary["articles"] == 2


def test_an_index_that_knows_of_no_pages_is_the_whole(crawls, tmp_path):
    class Unpaged(CommonCrawlServer):
        def reply(self, path, headers):
            return super().reply(path.removesuffix("&showNumPages=true"), headers)

    with Unpaged({"CC-MAIN-2021-10": crawls["CC-MAIN-2021-10"]}) as server:
        recovered = recover_in_process(home_in(tmp_path / "home"), server.where)

    assert recovered.counts == {"index": 3, "captured": 3}
    assert recovered.summary["problems"] == 0


def test_an_endless_number_of_pages_is_not_believed(crawls, tmp_path):
    class Endless(CommonCrawlServer):
        def reply(self, path, headers):
            if path.endswith("showNumPages=true"):
                return Reply(200, (), b'{"pages": 99999999999}')
            return super().reply(path, headers)

    with Endless({"CC-MAIN-2021-10": crawls["CC-MAIN-2021-10"]}) as server:
        recovered = recover_in_process(home_in(tmp_path / "home"), server.where)

    assert recovered.summary["finished"]
    assert recovered.summary["articles"] == 2
    assert recovered.summary["problems"] == 1


def test_a_line_of_an_index_that_is_none_costs_only_itself(crawls, tmp_path):
    class Torn(CommonCrawlServer):
        def reply(self, path, headers):
            reply = super().reply(path, headers)
            if "-index" not in path or "showNumPages" in path:
                return reply
            return Reply(200, (), b'{"url": "caf\xe9", "timest\n' + reply.body)

    with Torn({"CC-MAIN-2021-10": crawls["CC-MAIN-2021-10"]}) as server:
        recovered = recover_in_process(home_in(tmp_path / "home"), server.where)

    assert recovered.summary["articles"] == 2
    assert recovered.counts["to-be-retried"] == 2
    assert "no JSON: 1" in recovered.summary["detail"]


def test_lines_of_an_index_with_times_that_are_none_are_counted(crawls, tmp_path):
    class Odd(CommonCrawlServer):
        def reply(self, path, headers):
            reply = super().reply(path, headers)
            if "-index" not in path or "showNumPages" in path:
                return reply
            first, *rest = reply.body.splitlines()
            odd = [
                json.dumps(json.loads(first) | {"timestamp": time}).encode()
                for time in ("20210230000000", "2021", "99999999999999", None)
            ]
            return Reply(200, (), b"\n".join([*odd, first, *rest]) + b"\n")

    with Odd({"CC-MAIN-2021-10": crawls["CC-MAIN-2021-10"]}) as server:
        recovered = recover_in_process(home_in(tmp_path / "home"), server.where)

    assert recovered.summary["articles"] == 2
    assert "place is none: 4" in recovered.summary["detail"]
    assert "to-be-retried" not in recovered.counts


@pytest.mark.parametrize("status", [403, 429, 503])
def test_an_index_that_refuses_for_haste_is_asked_again(crawls, tmp_path, status):
    with CommonCrawlServer(crawls) as server:
        server.refusals += [Reply(200, (), server.reply("/collinfo.json", {}).body), Reply(status)]
        recovered = recover_in_process(home_in(tmp_path / "home"), server.where)

    assert recovered.summary["finished"]
    assert recovered.summary["problems"] == 0
    assert recovered.summary["articles"] == 2


def test_a_range_that_comes_short_is_asked_for_again(crawls, tmp_path):
    class Short(CommonCrawlServer):
        def reply(self, path, headers):
            reply = super().reply(path, headers)
            if reply.status != 206 or any(one.status == 206 for one in self.log):
                return reply
            told = reply.headers[0][1].replace("-", "-1", 1)
            return Reply(206, (("Content-Range", told),), reply.body[:-20])

    with Short({"CC-MAIN-2021-10": crawls["CC-MAIN-2021-10"][:1]}) as server:
        recovered = recover_in_process(home_in(tmp_path / "home"), server.where)

    assert recovered.counts == {"index": 3, "to-be-retried": 1, "captured": 1}
    assert recovered.summary["problems"] == 0


def test_a_revisit_that_no_capture_here_explains_costs_no_request(crawls, tmp_path):
    one, *_ = crawls["CC-MAIN-2021-10"]
    with CommonCrawlServer({"CC-MAIN-2021-10": [one, replace(one, body=b"")]}) as server:
        server.lines["CC-MAIN-2021-10"][1] |= {
            "timestamp": "20210405000000",
            "mime": "warc/revisit",
            "status": "304",
        }
        recovered = recover_in_process(home_in(tmp_path / "home"), server.where)

    assert recovered.counts == {"index": 3, "captured": 1, "not-fetched": 1}
    assert recovered.summary["problems"] == 0


def test_a_revisit_of_what_is_held_is_a_capture_more(crawls, tmp_path):
    one, *_ = crawls["CC-MAIN-2021-10"]
    with CommonCrawlServer({"CC-MAIN-2021-10": [one, one]}) as server:
        server.lines["CC-MAIN-2021-10"][1] |= {
            "timestamp": "20210405000000",
            "mime": "warc/revisit",
            "status": "304",
        }
        recovered = recover_in_process(home_in(tmp_path / "home"), server.where)

    assert recovered.counts == {"index": 3, "captured": 1}
    with recovered.reader() as reader:
        assert reader.article(f"thanh-giang-{ONE.asset_id}").captures == 2


def test_an_index_that_wants_fewer_requests_gets_fewer(crawls, tmp_path):
    with CommonCrawlServer(crawls) as server:
        server.refusals += [Reply(503), Reply(503)]
        recovered = recover_in_process(home_in(tmp_path / "home"), server.where, first_pause=0.3)
        waits = [b.at - a.at for a, b in zip(server.log, server.log[1:], strict=False)]

    assert recovered.summary["finished"]
    assert recovered.summary["articles"] == 2
    assert 0.3 <= waits[0] < waits[1]


def test_a_killed_recovery_goes_on_where_it_was(crawls, whole, tmp_path):
    home = home_in(tmp_path / "home")
    prelude = "from support.dying import Steps\nSteps(330).watch()"
    with CommonCrawlServer(crawls) as server:
        died = recover_in_process(home, server.where, first="2021-01-01", prelude=prelude)
        recovered = recover_in_process(home, server.where, first="2021-01-01")

    assert died.killed
    assert recovered.summary["finished"]
    with recovered.reader() as reader:
        assert reader.status().articles == 2
        assert reader.article(f"thanh-giang-{ONE.asset_id}").captures == 1
