"""Captures from web archives in a WACZ: pywb replays them as what they were on their day."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from http.client import HTTPConnection
from pathlib import Path
from zipfile import ZipFile

import pytest

from archive.export import Selection, selected, to_cdxj, write_wacz
from archive.export.replayable import MADE
from archive.ground.home import Home
from archive.reading import ArchiveReader
from crawler.sample_portal import SamplePortal
from portal_visitor import article, path_of
from support.crawling import home_in
from support.pywb import pywb_serving
from support.recovering import recover_in_process
from support.tools import run_tool, tool
from support.warcs import faults, records
from support.web_archives import CommonCrawlServer, Kept, WaybackMachine, visit

STORY = article("ky-hop", title="Kỳ họp thứ tám")


@pytest.fixture(scope="module")
def kept() -> list[Kept]:
    """An article by two archives, and once more with the same bytes."""
    with SamplePortal([STORY], gzip=False) as portal:
        first = visit(portal, path_of(STORY), "20190102030405")
        portal.articles[STORY.asset_id] = replace(STORY, title="Kỳ họp thứ chín")
        second = visit(portal, path_of(STORY), "20220102030405")
    return [first, replace(first, timestamp="20200102030405"), second]


@pytest.fixture(scope="module")
def wacz(kept: list[Kept], tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wacz")
    home = home_in(folder / "home")
    with WaybackMachine(kept[:2]) as machine:
        recover_in_process(home, machine.where)
    with CommonCrawlServer({"CC-MAIN-2022-05": kept[2:]}) as server:
        recover_in_process(home, server.where)
    with ArchiveReader.open(home) as reader, selected(reader, Selection()) as chosen:
        write_wacz(chosen, folder / "hdnd.wacz", title="HĐND")
    return folder / "hdnd.wacz"


@pytest.fixture(scope="module")
def unpacked(wacz: Path) -> Path:
    with ZipFile(wacz) as package:
        package.extractall(wacz.parent / "unpacked")
    return wacz.parent / "unpacked"


def test_each_capture_is_a_record_of_its_own_address_and_day(
    kept: list[Kept], unpacked: Path
) -> None:
    made = unpacked / "archive" / MADE
    shown = [one for one in records(made) if one.type != "warcinfo"]

    assert faults(unpacked / "archive") == []
    assert [one.type for one in shown] == ["response", "revisit", "response"]
    assert [one.url for one in shown] == [one.url for one in kept]
    assert [one.fields["WARC-Date"][:10] for one in shown] == [
        "2019-01-02",
        "2020-01-02",
        "2022-01-02",
    ]
    assert [one.payload for one in shown] == [kept[0].body, b"", kept[2].body]
    held = {
        one.fields["WARC-Record-ID"]
        for path in (unpacked / "archive").iterdir()
        for one in records(path)
        if path != made
    }
    assert {one.fields["HDND-Made-From"] for one in shown} <= held


def test_the_index_over_our_own_segments_lists_the_exchanges_as_what_they_are(
    wacz: Path,
) -> None:
    with (
        ArchiveReader.open(Home(wacz.parent / "home")) as reader,
        selected(reader, Selection()) as chosen,
    ):
        lines = list(to_cdxj(chosen))

    assert lines
    assert not any(line.startswith("example,thanhgiang)") for line in lines)


@pytest.fixture(scope="module")
def pywb(wacz: Path) -> Iterator[str]:
    tool("wayback")
    folder = wacz.parent
    run_tool("wb-manager", "init", "hdnd", cwd=folder)
    run_tool("wb-manager", "add", "--unpack-wacz", "hdnd", wacz, cwd=folder)
    with pywb_serving(folder) as where:
        yield where


@pytest.mark.parametrize("number", range(3))
def test_pywb_replays_it_at_its_address_and_time(kept: list[Kept], pywb: str, number: int) -> None:
    one = kept[number]
    with closing(HTTPConnection(pywb, timeout=20)) as connection:
        connection.request("GET", f"/hdnd/{one.timestamp}id_/{one.url}")
        response = connection.getresponse()
        body = response.read()

    assert response.status == 200
    assert body == one.body
    assert response.headers["Memento-Datetime"].split()[3] == one.timestamp[:4]
