"""`hdnd recover`: what it says, how it ends, and that what it took can be searched at once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from crawler.sample_portal import SamplePortal
from portal_visitor import article, path_of
from support.crawling import home_in
from support.hdnd import run_hdnd
from support.web_archives import Reply, WaybackMachine, visit

STORY = article("ky-hop", title="Kỳ họp thứ tám")


@pytest.fixture
def machine() -> Iterator[WaybackMachine]:
    with SamplePortal([STORY], gzip=False) as portal:
        kept = [visit(portal, path_of(STORY), "20190102000000")]
    with WaybackMachine(kept) as machine:
        yield machine


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return home_in(tmp_path / "home").path


def test_what_was_taken_is_told_and_found(home: Path, machine: WaybackMachine) -> None:
    done = run_hdnd("recover", "thanh-giang", "--from-archive", machine.where, home=home)

    assert done.status == 0, done.err
    assert "1 capture listed, 1 of them wanted" in done.out
    assert "2 requests: 1 captured, 1 index." in done.out
    assert "1 new article, 0 new versions of articles known before; 1 article held." in done.out
    assert run_hdnd("search", "ky hop", "--count", home=home).out == "1\n"


def test_captures_are_asked_for_a_second_apart_and_say_who_asks(
    home: Path, machine: WaybackMachine
) -> None:
    run_hdnd(
        "recover",
        "thanh-giang",
        "--from-archive",
        machine.where,
        "--contact",
        "you@example.org",
        home=home,
    )
    index, capture = machine.log

    assert capture.at - index.at >= 1.0
    assert all("(+you@example.org)" in one.headers["User-Agent"] for one in machine.log)


def test_nothing_to_take_has_its_own_status(home: Path, machine: WaybackMachine) -> None:
    done = run_hdnd(
        "recover", "thanh-giang", "--from-archive", machine.where, "--to", "2018", home=home
    )

    assert done.status == 9
    assert "no web archive holds" in done.err


def test_an_archive_that_asks_for_an_hour_of_rest_has_its_own_status(
    home: Path, machine: WaybackMachine
) -> None:
    machine.refusals.append(Reply(429, (("Retry-After", "3600"),)))
    done = run_hdnd("recover", "thanh-giang", "--from-archive", machine.where, home=home)

    assert done.status == 21
    assert "the web archive wants to be left alone: it asked for 60 minutes" in done.err
    assert "The same command goes on from here" in done.err


def test_a_number_of_requests_is_a_budget_and_the_same_command_goes_on(
    home: Path, machine: WaybackMachine
) -> None:
    words = ("recover", "thanh-giang", "--from-archive", machine.where)
    first = run_hdnd(*words, "--max-requests", "1", home=home)
    rest = run_hdnd(*words, "--max-requests", "9", home=home)

    assert first.status == 22
    assert "not finished: 1 request was allowed" in first.err
    assert rest.status == 0, rest.err
    assert "went on where it was" in rest.out
    assert [one.path.partition("?")[0][:5] for one in machine.log] == ["/cdx/", "/web/"]


def test_it_can_be_told_when_to_end_as_a_crawl_can(home: Path, machine: WaybackMachine) -> None:
    words = ("recover", "thanh-giang", "--from-archive", machine.where)
    done = run_hdnd(*words, "--until", "25:00", home=home)

    assert done.status == 2
    assert "give a time of day" in done.err
    assert machine.log == []


def test_days_that_the_site_does_not_have_are_refused(home: Path) -> None:
    done = run_hdnd("recover", "hai-ba-trung", "--from", "2026-01-01", home=home)

    assert done.status == 2
    assert "has no day between" in done.err


def test_a_site_that_has_ended_is_sent_to_web_archives(home: Path) -> None:
    done = run_hdnd("crawl", "hai-ba-trung", home=home)

    assert done.status == 4
    assert "`hdnd recover hai-ba-trung`" in done.err
