"""Thirty nights of `hdnd refresh`, on a clock of their own: the history is what happened."""

from __future__ import annotations

import json
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest

from archive.history.article_history import history
from archive.history.run_report import news_of
from archive.reading import ArchiveReader
from archive.store import Archive
from crawler.extraction.extract import Extractor
from support import thirty_nights
from support.crawling import environment, home_in
from support.keeping import dump_of
from support.thirty_nights import (
    DOWN,
    EDITED,
    FIRST,
    NEW,
    NIGHTS,
    OLD,
    RETURNING,
    REVERTED,
    SECOND,
    VANISHING,
)
from support.warcs import faults


@pytest.fixture(scope="module")
def nights(tmp_path_factory):
    home = home_in(tmp_path_factory.mktemp("nights"))
    done = subprocess.run(
        [sys.executable, "-P", str(Path(thirty_nights.__file__)), str(home.path)],
        capture_output=True,
        text=True,
        cwd=home.path,
        env=environment(),
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return home, json.loads(done.stdout)


@pytest.fixture
def reader(nights):
    with ArchiveReader.open(nights[0]) as reader:
        yield reader


def past_of(reader, one):
    return history(reader.catalogue, f"thanh-giang-{one.asset_id}")


def night_of(moment):
    return (moment - FIRST).days


def states_of(reader, one):
    """The first paragraph of each state, with the night on which it was seen first."""
    past = past_of(reader, one)
    texts = {v.digest: v.article.blocks[0].text for v in past.versions}
    return [(night_of(s.first_captured_at), texts[s.digest]) for s in past.states]


FIRST_TEXT = OLD[0].paragraphs[0]


def test_every_article_is_held_from_the_night_of_its_day(reader):
    for one in OLD:
        assert night_of(past_of(reader, one).states[0].first_captured_at) == 0
    for night, one in NEW.items():
        assert night_of(past_of(reader, one).states[0].first_captured_at) == night


def test_an_edit_is_found_the_night_after_it(reader):
    assert states_of(reader, EDITED) == [(0, FIRST_TEXT), (5, SECOND)]


def test_an_edit_that_is_taken_back_makes_three_states_of_two_versions(reader):
    assert states_of(reader, REVERTED) == [(0, FIRST_TEXT), (7, SECOND), (10, FIRST_TEXT)]
    assert len(past_of(reader, REVERTED).versions) == 2


def test_an_edit_made_while_the_portal_was_down_is_found_when_it_is_back(reader):
    assert states_of(reader, NEW[9]) == [(9, FIRST_TEXT), (max(DOWN) + 1, SECOND)]


def test_what_never_changed_has_one_state(reader):
    for one in (OLD[4], NEW[2], NEW[3], NEW[16], NEW[22], VANISHING, RETURNING):
        assert len(past_of(reader, one).states) == 1


def test_what_vanished_is_gone_since_the_first_night_without_it(reader):
    past = past_of(reader, VANISHING)

    (stone,) = past.tombstones
    assert night_of(stone.since) == 8
    assert night_of(stone.last_found_at) == 7
    assert stone.back_at is None


def test_what_came_back_was_gone_and_is_not_any_more(reader):
    (stone,) = past_of(reader, RETURNING).tombstones

    assert night_of(stone.since) == 11
    assert 27 <= night_of(stone.back_at) <= NIGHTS


def test_nothing_else_is_ever_called_gone(reader):
    for one in (*OLD, *NEW.values()):
        if one not in (VANISHING, RETURNING):
            assert past_of(reader, one).tombstones == ()


def test_nights_without_an_answer_say_so_and_ask_for_nothing_but_robots_txt(nights):
    _, told = nights

    assert [n for n, night in enumerate(told) if night["error"]] == list(DOWN)
    assert {told[n]["error"] for n in DOWN} == {"SiteUnreachable"}
    assert all(told[n]["counts"] == {"to-be-retried": 2, "failed": 1} for n in DOWN)


def test_listings_are_walked_to_their_ends_once_a_week(nights):
    _, told = nights
    sweeps = [n for n, night in enumerate(told) if night["kind"] == "sweep" and n not in DOWN]

    assert sweeps[0] == 0
    assert [later - earlier for earlier, later in pairwise(sweeps)] == [7, 8, 7, 7]


def test_old_articles_are_looked_at_ever_more_rarely(reader):
    looks = [night_of(o.captured_at) for o in past_of(reader, OLD[4]).observations]
    up = [n for n in range(NIGHTS) if n not in DOWN]

    assert looks[:9] == up[:9]
    assert len(looks) < len(up)


def test_each_runs_news_are_what_happened_that_day(nights, reader):
    _, told = nights
    runs = {run.id: run for run in reader.runs()}
    found = {}
    for number, night in enumerate(told):
        news = news_of(reader.catalogue, runs[night["run"]])
        for kind in ("new", "changed", "gone", "back"):
            for item in getattr(news, kind):
                found.setdefault(kind, {}).setdefault(number, set()).add(item.article)

    def ids(*some):
        return {f"thanh-giang-{one.asset_id}" for one in some}

    assert found["new"] == {0: ids(*OLD), **{n: ids(one) for n, one in NEW.items()}}
    assert found["changed"] == {
        5: ids(EDITED),
        7: ids(REVERTED),
        10: ids(REVERTED),
        max(DOWN) + 1: ids(NEW[9]),
    }
    assert {one for some in found["gone"].values() for one in some} == ids(VANISHING, RETURNING)
    assert {one for some in found["back"].values() for one in some} == ids(RETURNING)


def test_a_rebuild_tells_the_same_history(nights):
    home, _ = nights
    before = dump_of(home)
    assert not faults(home.warc)
    with Archive(home, Extractor()) as archive:
        archive.rebuild()

    assert dump_of(home) == before


def test_a_page_that_is_not_there_is_a_problem_until_its_article_is_known_to_be_gone(
    nights, reader
):
    _, ended = nights
    (vanished,) = past_of(reader, VANISHING).tombstones
    (returned,) = past_of(reader, RETURNING).tombstones
    known = max(night_of(stone.known_at) for stone in (vanished, returned))
    problems = [end["problems"] for end in ended]
    assert max(number or 0 for number in problems[:known]) > 0
    assert known < NIGHTS - 2
    assert set(problems[known:]) == {0}
