"""What is said of facts is said in both languages, and of each kind that there is."""

from __future__ import annotations

from dataclasses import fields
from datetime import date

import pytest

from council.model import Commitment, Told
from council.promises import Promise, StretchCoverage
from hdnd.messages import council
from hdnd.messages.council import fact_words, promise_words

STATES = ("told", "partly", "none", "not-due", "put-off", "not-enough")
COVERAGE = StretchCoverage(
    date(2023, 1, 1), date(2023, 12, 31), 7, 3, ("2023-02", "2023-03"), date(2024, 1, 5)
)


def promise(state: str) -> Promise:
    value = Commitment("UBND quận", date(2023, 5, 31), "")
    told = Told(
        "f", "a-1", "a", "v", "T", "u", None, "body", 0, "", 0, 1, "q", "", "r", True, value, None
    )
    return Promise(told, state, date(2023, 5, 31), 4, (told,), COVERAGE)


def test_both_languages_have_words_for_the_same() -> None:
    vietnamese, english = council._WORDS["vi"], council._WORDS["en"]
    for field in fields(vietnamese):
        one, other = getattr(vietnamese, field.name), getattr(english, field.name)
        if isinstance(one, dict):
            assert one.keys() == other.keys(), field.name
        elif isinstance(one, str) and field.name != "coverage":
            assert one.count("{}") == other.count("{}"), field.name


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
