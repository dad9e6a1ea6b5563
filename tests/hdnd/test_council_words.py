"""What is said of facts is said in both languages, and of each kind that there is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from council.model import (
    Activity,
    Commitment,
    Count,
    DatedPeriod,
    Money,
    Person,
    Post,
    Session,
    Term,
    Told,
    Value,
    Vote,
)
from council.promises import Promise, StretchCoverage
from hdnd.messages.council import fact_words, promise_words

STATES = ("told", "partly", "none", "not-due", "put-off", "not-enough")
COVERAGE = StretchCoverage(
    date(2023, 1, 1), date(2023, 12, 31), 7, 3, ("2023-02", "2023-03"), date(2024, 1, 5)
)


def promise(state: str) -> Promise:
    value = Commitment("UBND quận", date(2023, 5, 31), "")
    told = fact(value)
    return Promise(told, state, date(2023, 5, 31), 4, (told,), COVERAGE)


def fact(value: Value) -> Told:
    return Told(
        "f", "a-1", "a", "v", "T", "u", None, "body", 0, "", 0, 1, "q", "", "r", True, value, None
    )


@pytest.mark.parametrize(
    ("value", "english", "vietnamese"),
    [
        (Person("Lê Văn Tám", private=True), "Lê Văn Tám (no office is named here)",
         "Lê Văn Tám (ở đây không nêu chức vụ)"),
        (
            Post("Lê Văn Tám", "Chủ tịch", "HĐND quận", "acting"),
            "Lê Văn Tám: Chủ tịch HĐND quận (acting)",
            "Lê Văn Tám: Chủ tịch HĐND quận (quyền)",
        ),
        (Term(20, (2021, 2026), "HĐND"), "HĐND term 20 2021-2026", "HĐND khóa 20 2021-2026"),
        (Session(9, "chuyên đề", 20), "session 9 (chuyên đề), term 20",
         "kỳ họp thứ 9 (chuyên đề), khóa 20"),
        (DatedPeriod(date(2023, 4, 1), date(2023, 6, 30), "quarter"), "quarter 2/2023",
         "quý 2/2023"),
        (DatedPeriod(date(2023, 4, 1), date(2023, 9, 30), "quarter"), "quarters 2/2023 - 3/2023",
         "quý 2/2023 - quý 3/2023"),
        (
            Activity("giám sát", DatedPeriod(date(2023, 4, 1), date(2023, 4, 1)), "postponed",
                     chairs=("A", "B"), wards=("Lò Gốm", "xã Hạ")),
            "giám sát, 01/04/2023 · postponed · phường Lò Gốm, xã Hạ · in the chair: A, B",
            "giám sát, 01/04/2023 · hoãn · phường Lò Gốm, xã Hạ · chủ trì: A, B",
        ),
        (Count("kỳ họp", 2, None, "planned", "2023"), "at least 2 kỳ họp (2023, planned)",
         "ít nhất 2 kỳ họp (2023, dự kiến)"),
        (Vote(28, 33, 8485), "28/33 · 84.85%", "28/33 · 84,85%"),
        (Vote(36, None, None, "tín nhiệm cao"), "36 · tín nhiệm cao", "36 · tín nhiệm cao"),
        (Money(1_500, 2_000), "1,500 to 2,000 đồng", "1.500 đến 2.000 đồng"),
    ],
)  # fmt: skip
def test_a_fact_is_told_in_both_languages(value: Value, english: str, vietnamese: str) -> None:
    assert (fact_words(fact(value), "en"), fact_words(fact(value), "vi")) == (english, vietnamese)


def test_what_is_not_due_and_has_no_number_names_its_articles_alone() -> None:
    one = replace(promise("not-due"), planned=None)
    assert promise_words(one, "en") == "Not due yet; articles on it: a-1"


@pytest.mark.parametrize("state", STATES)
def test_a_promise_is_told_in_the_language_of_the_page(state: str) -> None:
    vietnamese, english = promise_words(promise(state)), promise_words(promise(state), "en")
    assert english.isascii()
    assert not vietnamese.isascii()
    if state in ("none", "not-enough", "partly"):
        assert "held from 01/01/2023 to 31/12/2023: 7; months with any: 3" in english
        assert "kho có 7 bài từ 01/01/2023 đến 31/12/2023, 3 tháng có bài" in vietnamese


def test_names_and_bodies_stay_as_articles_have_them() -> None:
    assert fact_words(promise("none").told, "en") == "UBND quận: by 31/05/2023"
    assert fact_words(promise("none").told) == "UBND quận: hạn 31/05/2023"
