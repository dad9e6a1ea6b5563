"""Progress: a live line for a person, now and then a line for a log, none where it is quiet."""

from __future__ import annotations

from pathlib import Path

import pytest

from search_cli import progress
from search_cli.progress import SECONDS_BETWEEN_LINES, reporting
from support.hdnd import run_hdnd_on_terminal


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    now = [1000.0]
    monkeypatch.setattr(progress.time, "monotonic", lambda: now[0])
    return now


def test_a_log_gets_a_line_at_the_start_every_minute_and_at_the_end(
    clock: list[float], capsys: pytest.CaptureFixture[str]
) -> None:
    with reporting() as report:
        for done in range(1, 151):
            report("Crawling", done, 150)
            clock[0] += 1.0
    assert SECONDS_BETWEEN_LINES == 60.0
    shown = [f"Crawling {done}/150" for done in (1, 61, 121, 150)]
    assert capsys.readouterr().err.splitlines() == shown


def test_each_piece_of_work_has_its_first_and_last_line(
    clock: list[float], capsys: pytest.CaptureFixture[str]
) -> None:
    with reporting() as report:
        report("Preparing")
        for what in ("Crawling", "Indexing"):
            for done in (1, 2, 3):
                report(what, done, 3)
    assert capsys.readouterr().err.splitlines() == [
        "Preparing",
        "Crawling 1/3",
        "Crawling 3/3",
        "Indexing 1/3",
        "Indexing 3/3",
    ]


def test_a_quiet_one_says_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    with reporting(quiet=True) as report:
        report("Crawling", 1, 2)
    assert capsys.readouterr() == ("", "")


def test_a_terminal_gets_a_live_line_that_is_wiped_at_the_end(copy_of_demo: Path) -> None:
    done = run_hdnd_on_terminal("index", "--rebuild", home=copy_of_demo)
    assert done.status == 0
    assert "\x1b[2K" in done.out
    assert done.lines[-1].endswith("Search index built: 68 articles.")
