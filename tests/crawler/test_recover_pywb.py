"""Raw replay as pywb, another's program, does it over a real collection."""

from __future__ import annotations

import gzip
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from http.client import HTTPConnection

import pytest

from archive.reading import ArchiveReader
from crawler.sample_portal import SamplePortal
from portal_visitor import article, path_of
from support.crawling import Crawled, home_in
from support.pywb import pywb_serving
from support.recovering import recover_in_process
from support.tools import run_tool, tool
from support.web_archives import HOST, Kept, Reply, WaybackMachine, visit, write_warc

STORY = article("ky-hop", title="Kỳ họp thứ tám", paragraphs=("Câu một.", "Câu hai."))
HTML = (("Content-Type", "text/html; charset=UTF-8"),)


@pytest.fixture(scope="module")
def kept() -> list[Kept]:
    """An article, once as it was sent compressed, edited later; a redirect, an error, a revisit."""
    path = path_of(STORY)
    url = f"https://{HOST}{path}"
    with SamplePortal([STORY], gzip=False) as portal:
        first = visit(portal, path, "20190102030405", headers=HTML)
        listing = visit(portal, "/hoat-dong-hdnd", "20190102030500", headers=HTML)
        edited = article("ky-hop", title="Kỳ họp thứ chín", paragraphs=("Câu một.", "Câu ba."))
        portal.articles[STORY.asset_id] = edited
        later = visit(portal, path, "20200102030405").body
    coded = (*HTML, ("Content-Encoding", "gzip"))
    return [
        first,
        listing,
        Kept(url, "20200102030405", gzip.compress(later), headers=coded),
        Kept(url, "20210102030405", first.body, headers=HTML, revisit=True),
        Kept(url, "20220102030405", b"", 302, (("Location", f"https://{HOST}/"), *HTML)),
        Kept(url, "20230102030405", b"<html>not here</html>", 404, HTML),
    ]


class InFrontOfPywb(WaybackMachine):
    """An index with resume keys, which pywb does not have; the replay is pywb's."""

    def __init__(self, captures: Sequence[Kept], pywb: str) -> None:
        super().__init__(captures, rows=2)
        self._pywb = pywb

    def reply(self, path: str, headers: Mapping[str, str]) -> Reply:
        if not path.startswith("/web/"):
            return super().reply(path, headers)
        with closing(HTTPConnection(self._pywb, timeout=20)) as connection:
            asked = {"Accept-Encoding": headers.get("Accept-Encoding", "identity")}
            connection.request("GET", path, headers=asked)
            response = connection.getresponse()
            told = tuple(
                (name, value)
                for name, value in response.getheaders()
                if name.lower() not in ("content-length", "transfer-encoding", "connection")
            )
            return Reply(response.status, told, response.read())


@pytest.fixture(scope="module")
def recovered(
    kept: list[Kept], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Crawled, InFrontOfPywb]]:
    folder = tmp_path_factory.mktemp("pywb")
    tool("wayback")
    write_warc(folder / "portal.warc.gz", kept)
    run_tool("wb-manager", "init", "web", cwd=folder)
    run_tool("wb-manager", "add", "web", folder / "portal.warc.gz", cwd=folder)
    with pywb_serving(folder) as where, InFrontOfPywb(kept, where) as front:
        yield recover_in_process(home_in(folder / "home"), front.where), front


def test_every_capture_comes_with_its_day_status_and_bytes(
    kept: list[Kept], recovered: tuple[Crawled, InFrontOfPywb]
) -> None:
    done, _ = recovered
    assert done.summary["finished"], done
    assert done.summary["problems"] == 0, done.counts
    with ArchiveReader.open(done.home) as reader:
        rows = reader.catalogue.connection.execute(
            "SELECT seq FROM memento ORDER BY seq"
        ).fetchall()
        captures = [reader.capture(row["seq"]) for row in rows]
        stored = {one.captured_at: reader.stored(one) for one in captures}

    assert {one.captured_at for one in captures} == {one.moment for one in kept}
    for one in kept:
        found = stored[one.moment]
        assert (found.url, found.status, found.body) == (one.url, one.status, one.body)
        assert found.header("Location") == dict(one.headers).get("Location")


def test_the_article_has_its_versions_in_the_order_of_their_days(
    recovered: tuple[Crawled, InFrontOfPywb],
) -> None:
    done, _ = recovered
    with ArchiveReader.open(done.home) as reader:
        held = reader.article(f"thanh-giang-{STORY.asset_id}")
        assert held is not None
        assert (held.versions, held.captures) == (2, 3)
        assert held.article.title == STORY.title


def test_a_revisit_costs_no_request(recovered: tuple[Crawled, InFrontOfPywb]) -> None:
    _, front = recovered
    asked = [one.path for one in front.log if one.path.startswith("/web/")]

    assert not any("20210102030405" in path for path in asked)
    assert len(asked) == 5
