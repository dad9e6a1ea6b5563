"""A search that was cut short says so wherever it counts, in the language of the command."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest

from search_cli.main import main
from search_cli.words import choose
from support.hdnd import Demo

COSTLY = '"h* đ*"'
FOUND = {"en": "at least 8 articles found, no. 1:", "vi": "Tìm thấy ít nhất 8 bài, bài số 1:"}
COUNTS = {"en": "At least:", "vi": "Ít nhất:"}
NOTHING = {
    "en": "No article found among those looked at.",
    "vi": "Không tìm thấy bài nào trong số đã xem.",
}
NOTE = {"en": "too much to look through", "vi": "chưa xem hết"}


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    yield
    choose(())


@pytest.fixture
def searched(
    demo: Demo, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Searched:
    monkeypatch.setenv("HDND_HOME", str(demo.home))
    return Searched(monkeypatch, capsys)


class Searched:
    """A search with so many steps: what it says, and in which notes."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self._monkeypatch = monkeypatch
        self._capsys = capsys

    def __call__(self, steps: int, *arguments: str) -> tuple[list[str], str]:
        self._monkeypatch.setattr("indexer.engines.local.search.search.STEPS", steps)
        main(["search", *arguments])
        done = self._capsys.readouterr()
        return done.out.splitlines(), done.err


@pytest.mark.parametrize("language", ["en", "vi"])
def test_it_is_said_of_the_list_and_of_counts_and_that_nothing_was_found_so_far(
    searched: Searched, language: str
) -> None:
    in_it = ("--lang", language, COSTLY)
    found, notes = searched(2_500, *in_it, "--limit", "1")
    assert FOUND[language] in found
    assert NOTE[language] in notes
    counts, _ = searched(2_500, *in_it, "--by", "year")
    assert counts[0] == COUNTS[language]
    assert counts[1].startswith("2016 ")
    assert searched(0, *in_it, "--by", "year")[0] == [NOTHING[language]]


def test_each_line_of_a_list_says_it(searched: Searched, tmp_path: Path) -> None:
    queries = tmp_path / "queries.txt"
    queries.write_text(f"giám sát\n{COSTLY}\n", encoding="utf-8")
    lines, _ = searched(2_500, "--list", str(queries))
    assert "≥8  " in lines[1]
    assert "≥" not in lines[0]
    rows = csv.DictReader(
        io.StringIO("\n".join(searched(2_500, "--list", str(queries), "--csv")[0]))
    )
    assert [row["at_least"] for row in rows] == ["False", "True"]
