"""The line above a list says what was counted, and what is shown beside it."""

from __future__ import annotations

import pytest

from indexer import Answer, Hit
from search_cli.render import View, answer_lines, heading
from search_cli.terminal import Highlighting


def hits(*lacking: bool) -> tuple[Hit, ...]:
    return tuple(
        Hit(f"h{n}", "s", "Tin", "u", None, None, "", 1.0, partial=one)
        for n, one in enumerate(lacking)
    )


FULL = (False,) * 10
SOME = (False, True, True)


@pytest.mark.parametrize(
    ("answer", "first", "expected"),
    [
        (Answer(1, hits(False), as_typed=1), 1, "1 article found."),
        (Answer(31, hits(*FULL), as_typed=31), 1, "31 articles found, 1–10:"),
        (Answer(31, hits(*FULL), as_typed=31, at_least=True), 11,
         "at least 31 articles found, 11–20:"),
        (Answer(31, hits(False), as_typed=31), 2, "31 articles found, no. 2:"),
        (Answer(5, (), as_typed=5), 491, "5 articles found, none of them on this page."),
        (Answer(9051, hits(*FULL), as_typed=8390, exact=370), 1,
         "9,051 articles found: 8,390 with every mark typed (370 exactly so),"
         " 661 with the same letters only; 1–10:"),
        (Answer(64, hits(*FULL), as_typed=8, exact=8), 1,
         "64 articles found: 8 as typed, 56 with the same letters only; 1–10:"),
        (Answer(1, hits(*SOME), as_typed=1, exact=1, beside=12), 1,
         "1 article found; no. 1; beside them, not counted: 12 that lack some of the words, 2–3:"),
        (Answer(1, hits(True, True), as_typed=1, beside=12), 11,
         "1 article found; beside them, not counted: 12 that lack some of the words, 11–12:"),
        (Answer(2, hits(True, False, False), as_typed=2, beside=9), 1,
         "2 articles found; 1–3, of which 1 lack some of the words, not counted:"),
        (Answer(0, ()), 1, "No article found."),
        (Answer(0, (), at_least=True), 1, "No article found among those looked at."),
        (Answer(0, (), fallback="partial"), 491,
         "No article found as typed, and no near miss on this page."),
        (Answer(0, hits(True), fallback="partial"), 1,
         "No article has all of these words. Those that have most of them:"),
    ],
)  # fmt: skip
def test_a_heading_tells_both_apart(answer: Answer, first: int, expected: str) -> None:
    assert heading(answer, first) == expected


def test_what_has_all_words_behind_what_lacks_some_is_told() -> None:
    answer = Answer(1, hits(True, False), as_typed=1, beside=1)
    lines = list(answer_lines(answer, 1, 10, View(Highlighting.NONE, None)))
    assert [line for line in lines if line.startswith("—")] == [
        "— without some of the words —",
        "— with all of the words —",
    ]
