"""What a page says can't act on a terminal, a spreadsheet or a reader of JSON."""

from __future__ import annotations

import csv
import io
import json
import sys
import unicodedata

import pytest

from archive.ground.spreadsheets import csv_lines
from search_cli.output import print_csv, print_json
from search_cli.safe_text import clean, clean_marked, escape_in_json

UNSAFE = [
    chr(code)
    for code in range(sys.maxunicode + 1)
    if unicodedata.category(chr(code)) in ("Cc", "Cf", "Cs", "Zl", "Zp")
]


def test_no_control_format_or_surrogate_character_of_unicode_gets_through() -> None:
    assert not set(clean("".join(UNSAFE))) - {" "}


def test_vietnamese_and_other_writing_stays_as_it_is() -> None:
    text = "Kỳ họp thứ 9 – “chất vấn”\u00a0ở phường Xóm Đê, 水 и e\u0301"
    assert clean(text) == text


def test_line_ends_and_tabs_become_one_space() -> None:
    assert clean("một\r\n\thai\u2028ba") == "một hai ba"


def test_a_colour_code_loses_its_escape() -> None:
    assert clean("\x1b[31mđỏ\x9b0m") == "[31mđỏ0m"


def test_matches_move_with_the_characters_that_are_taken_out() -> None:
    text, spans = clean_marked("\u202egiám\u200b sát \x1bở quận", [(1, 6), (7, 10), (12, 13)])
    assert [text[start:end] for start, end in spans] == ["giám", "sát", "ở"]
    assert text == "giám sát ở quận"


def test_json_says_unsafe_characters_by_their_numbers_and_loses_none() -> None:
    value = {"title": "a" + "-".join(UNSAFE) + "đ"}
    text = escape_in_json(json.dumps(value, ensure_ascii=False))
    assert not set(text) & set(UNSAFE)
    assert json.loads(text) == value


def test_json_leaves_vietnamese_readable(capsys: pytest.CaptureFixture[str]) -> None:
    print_json({"title": "Hội đồng nhân dân"})
    assert capsys.readouterr().out == '{"title": "Hội đồng nhân dân"}\n'


INVISIBLE = ("\t", "\r", " ", "\x1b", "\u200b", "\xa0", "\ufeff", "\u2060", "\u0301", " " * 99)


@pytest.mark.parametrize(
    "formula",
    [
        *("=1+1", "+84 24", "-covid", "@SUM(A1)", "＝1"),
        *(f"{first}=1+1" for first in INVISIBLE),
    ],
)
def test_no_text_starts_a_formula_in_csv(formula: str, capsys: pytest.CaptureFixture[str]) -> None:
    print_csv(["title"], [[formula]])
    _, (cell,) = csv.reader(io.StringIO(capsys.readouterr().out))
    assert cell.startswith("'")


def test_numbers_and_what_is_absent_stay_plain_in_csv(capsys: pytest.CaptureFixture[str]) -> None:
    print_csv(["score", "date", "title"], [[-1.5, None, "Kỳ họp, thứ 9"]])
    assert list(csv.reader(io.StringIO(capsys.readouterr().out))) == [
        ["score", "date", "title"],
        ["-1.5", "", "Kỳ họp, thứ 9"],
    ]


@pytest.mark.parametrize("first", [*INVISIBLE, "\u202e", "\u2060\xad"])
def test_nothing_invisible_hides_a_formula_from_the_guard_of_exports(first: str) -> None:
    assert csv_lines([[f"{first}=1+1"]]).lstrip('"').startswith("'")
    assert csv_lines([["Kỳ họp", -1, None]]) == "Kỳ họp,-1,\r\n"
