from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from archive.catalogue.absence import gone
from archive.history.article_history import History, history
from archive.history.presence_changes import gone_now, presence_changes
from archive.history.run_report import news_of
from portal_visitor import article
from support.chronicle import DAY, Chronicle
from support.codes import english

STORY, OTHER = article("ky-hop"), article("tin-khac")
STORY_PATH = str(STORY.asset_id)


@pytest.fixture
def chronicle(tmp_path: Path) -> Iterator[Chronicle]:
    with Chronicle(tmp_path / "home", [STORY, OTHER]) as chronicle:
        chronicle.visit()
        yield chronicle


def history_of(chronicle: Chronicle) -> History:
    with chronicle.reader() as reader:
        return history(reader.catalogue, chronicle.id_of(STORY))


def gone_since(chronicle: Chronicle) -> object:
    with chronicle.reader() as reader:
        record = reader.article(chronicle.id_of(STORY))
        assert record is not None
        marked = gone(reader.catalogue).get(record.id)
        assert record.gone_since == (marked.since if marked else None)
        assert reader.status().gone == (marked is not None)
    return record.gone_since


def fail(chronicle: Chronicle, times: int, *, every: timedelta, how: int | str = 404) -> None:
    chronicle.broken = {STORY_PATH: how}
    for _ in range(times):
        chronicle.visit(after=every)


@pytest.mark.parametrize(
    ("how", "answer"),
    [
        (404, "404 Not Found"),
        (410, "410 Gone"),
        (500, "500 Internal Server Error"),
        ("/", "302 Found, leading to https://thanhgiang.example/"),
        ("connection refused", "no response (connection refused)"),
    ],
)
def test_an_article_is_gone_after_three_failures_over_fourteen_days(
    chronicle: Chronicle, how: int | str, answer: str
) -> None:
    fail(chronicle, 2, every=7 * DAY, how=how)
    assert gone_since(chronicle) is None
    fail(chronicle, 1, every=7 * DAY, how=how)
    found = history_of(chronicle)
    assert gone_since(chronicle) == found.checks[1].at
    assert [english(check.answer) for check in found.tombstones[0].failed] == [answer] * 3


def test_a_listing_in_an_articles_place_is_a_failure(chronicle: Chronicle) -> None:
    listing = chronicle.portal.answer("/hoat-dong-hdnd", {"Host": "thanhgiang.example"}).body
    chronicle.swapped = {STORY_PATH: listing}
    for _ in range(3):
        chronicle.visit(after=8 * DAY)
    found = history_of(chronicle)
    assert gone_since(chronicle) is not None
    answer = "200 OK, but a listing came where an article was expected"
    assert english(found.checks[-1].answer) == answer


def test_many_failures_within_days_are_not_enough(chronicle: Chronicle) -> None:
    fail(chronicle, 9, every=DAY)
    assert gone_since(chronicle) is None


def test_two_failures_far_apart_are_not_enough(chronicle: Chronicle) -> None:
    fail(chronicle, 2, every=60 * DAY)
    assert gone_since(chronicle) is None


def test_attempts_of_one_night_are_one_check(chronicle: Chronicle) -> None:
    fail(chronicle, 1, every=DAY)
    fail(chronicle, 3, every=timedelta(minutes=5))
    fail(chronicle, 1, every=20 * DAY)
    assert len(history_of(chronicle).checks) == 3
    assert gone_since(chronicle) is None


def test_a_good_capture_between_failures_begins_the_count_anew(chronicle: Chronicle) -> None:
    fail(chronicle, 2, every=8 * DAY)
    chronicle.broken = {}
    chronicle.visit()
    fail(chronicle, 2, every=8 * DAY)
    assert gone_since(chronicle) is None


def test_too_many_requests_says_nothing_of_the_article(chronicle: Chronicle) -> None:
    fail(chronicle, 4, every=8 * DAY, how=429)
    assert gone_since(chronicle) is None
    assert len(history_of(chronicle).checks) == 1


@pytest.mark.parametrize("to", ["/c/portal/login?p_l_id=7", "/dang-nhap"])
def test_a_login_before_an_article_says_nothing_of_it(chronicle: Chronicle, to: str) -> None:
    fail(chronicle, 4, every=10 * DAY, how=to)
    assert len(history_of(chronicle).checks) == 1
    assert gone_since(chronicle) is None


def test_a_page_that_tries_the_browser_says_nothing_of_the_article(chronicle: Chronicle) -> None:
    chronicle.swapped = {STORY_PATH: b"<html><h1>hd.example</h1>Ray ID: 8f1a</html>"}
    for _ in range(3):
        chronicle.visit(after=8 * DAY)
    assert gone_since(chronicle) is None
    assert len(history_of(chronicle).checks) == 1


def test_a_404_replaces_no_good_content(chronicle: Chronicle) -> None:
    fail(chronicle, 4, every=8 * DAY)
    found = history_of(chronicle)
    assert [len(found.versions), len(found.states), len(found.observations)] == [1, 1, 1]


def test_absence_is_stated_in_a_sentence(chronicle: Chronicle) -> None:
    assert english(history_of(chronicle).presence) == (
        "On the site when it was last checked, on 2024-03-02 02:00 UTC."
    )
    fail(chronicle, 1, every=7 * DAY)
    assert english(history_of(chronicle).presence) == (
        "Not found, but not yet called gone: checked once since it was last seen on"
        " 2024-03-02 02:00 UTC, last on 2024-03-09 02:00 UTC, with the answer: 404 Not Found."
    )
    fail(chronicle, 2, every=7 * DAY)
    assert english(history_of(chronicle).presence) == (
        "Gone from the site: checked 3 times since it was last seen on 2024-03-02 02:00 UTC,"
        " last on 2024-03-23 02:00 UTC, with the answer: 404 Not Found."
    )


def test_what_is_back_is_not_gone_and_its_absence_stays_on_record(chronicle: Chronicle) -> None:
    fail(chronicle, 3, every=8 * DAY)
    chronicle.broken = {}
    chronicle.visit()
    found = history_of(chronicle)
    assert gone_since(chronicle) is None
    assert [stone.back_at for stone in found.tombstones] == [found.checks[-1].at]


def test_to_go_and_to_come_back_are_changes_for_the_index(chronicle: Chronicle) -> None:
    with chronicle.reader() as reader:
        before = reader.last_change()
    fail(chronicle, 3, every=8 * DAY)
    with chronicle.reader() as reader:
        (went,) = reader.changes(before)
        middle = reader.last_change()
    chronicle.broken = {}
    chronicle.visit()
    with chronicle.reader() as reader:
        (came,) = reader.changes(middle)
    assert [went[0], came[0]] == [chronicle.id_of(STORY)] * 2
    assert went[2] is not None
    assert came[2] is not None
    assert [went[2].gone_since is None, came[2].gone_since is None] == [False, True]


def test_good_captures_that_arrive_late_undo_a_tombstone(chronicle: Chronicle) -> None:
    fail(chronicle, 3, every=8 * DAY)
    middle = history_of(chronicle).checks[2].at + DAY
    chronicle.broken = {}
    chronicle.visit(at=middle)
    assert gone_since(chronicle) is None


def test_a_page_is_a_problem_until_its_article_is_known_to_be_gone(chronicle: Chronicle) -> None:
    def problems() -> list[tuple[int, int]]:
        with chronicle.reader() as reader:
            latest = news_of(reader.catalogue, reader.runs()[-1])
            return [(len(reader.problems()), len(latest.problems))]

    fail(chronicle, 2, every=7 * DAY)
    assert problems() == [(1, 1)]
    fail(chronicle, 1, every=7 * DAY)
    assert problems() == [(0, 0)]
    fail(chronicle, 1, every=7 * DAY)
    assert problems() == [(0, 0)]


def test_a_problem_that_came_right_is_none(chronicle: Chronicle) -> None:
    fail(chronicle, 1, every=DAY, how="connection refused")
    chronicle.broken = {}
    chronicle.visit()
    with chronicle.reader() as reader:
        assert reader.problems() == []
        assert news_of(reader.catalogue, reader.runs()[-1]).problems == ()


def test_going_and_coming_back_are_told_with_their_days(chronicle: Chronicle) -> None:
    seen = chronicle.now
    fail(chronicle, 4, every=7 * DAY)
    with chronicle.reader() as reader:
        (gone_one,) = gone_now(reader.catalogue)
    chronicle.broken = {}
    chronicle.visit(after=7 * DAY)
    with chronicle.reader() as reader:
        went, came = presence_changes(reader.catalogue, since=seen)
        assert gone_now(reader.catalogue) == []
        assert presence_changes(reader.catalogue, since=chronicle.now) == []
    assert went == gone_one
    assert (went.is_back, came.is_back) == (False, True)
    assert went.last_found_at <= seen < went.gone_since
    assert (went.found_at - went.gone_since).days == 14
    assert (came.found_at - went.gone_since).days == 28
