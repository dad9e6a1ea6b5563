"""Text that fits a terminal, with its matches made visible."""

from __future__ import annotations

import pytest

from search_cli.terminal import Highlighting, columns, lines

TEXT = "Thường trực HĐND quận giám sát an toàn"
MATCH = [(22, 26), (27, 30)]


def test_lines_are_broken_between_words_within_the_width() -> None:
    broken = list(lines(TEXT, width=21))
    assert broken == ["Thường trực HĐND quận", "giám sát an toàn"]
    assert max(map(columns, broken)) <= 21


def test_a_word_wider_than_the_terminal_stays_whole() -> None:
    assert list(lines("a https://example.org/very-long b", width=10)) == [
        "a",
        "https://example.org/very-long",
        "b",
    ]


def test_marks_above_letters_take_no_column_and_wide_characters_two() -> None:
    assert columns("e\u0302\u0301") == 1
    assert columns("水a") == 3


def test_without_a_width_a_text_is_one_line() -> None:
    assert list(lines(TEXT * 20)) == [TEXT * 20]


def test_plain_text_has_no_marks() -> None:
    assert list(lines(TEXT, MATCH)) == [TEXT]


def test_brackets_hold_neighbouring_matches_together() -> None:
    (line,) = lines(TEXT, MATCH, highlighting=Highlighting.BRACKETS)
    assert line == "Thường trực HĐND quận [giám sát] an toàn"


def test_brackets_count_as_width() -> None:
    assert all(
        columns(line) <= 12
        for line in lines(TEXT, MATCH, highlighting=Highlighting.BRACKETS, width=12)
    )


def test_a_match_across_a_line_end_is_coloured_on_both_lines() -> None:
    first, second = lines(TEXT, MATCH, highlighting=Highlighting.COLOUR, width=26)
    assert first.endswith("\x1b[33m\x1b[1mgiám\x1b[0m")
    assert second.startswith("\x1b[33m\x1b[1msát\x1b[0m")


@pytest.mark.parametrize("highlighting", list(Highlighting))
def test_an_escape_code_from_a_page_never_comes_through(highlighting: Highlighting) -> None:
    (line,) = lines("\x1b]0;x\x07 giám", [(7, 11)], highlighting=highlighting)
    assert "]0;x" in line
    assert line.count("\x1b") == (3 if highlighting is Highlighting.COLOUR else 0)
