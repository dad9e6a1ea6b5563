"""Which distinctions are given, and which are only spoken of."""

from datetime import date

import pytest

from council import VersionPassage, VersionText, facts_of


def awards(text):
    passages = VersionPassage("title", 0, "Tin"), VersionPassage("body", 0, text)
    found = facts_of(VersionText(passages, date(2019, 3, 20), None))
    return [fact.value.name for fact in found if fact.kind == "award"]


@pytest.mark.parametrize(
    "text",
    [
        "Làm đủ thủ tục thì được khen, từ giấy khen cho đến Huân chương Lao động hạng Ba.",
        "Đơn vị có thể được tặng Huân chương Lao động hạng Ba.",
        "Nếu đạt, phường được tặng Bằng khen.",
        "Ai được nhận Bằng khen?",
    ],
)
def test_what_may_be_given_is_no_award(text):
    assert awards(text) == []


def test_what_is_given_is_one():
    assert awards("Đơn vị đón nhận Huân chương Lao động hạng Ba.") == [
        "Huân chương Lao động hạng Ba"
    ]
    assert awards("Đội được trao Huy chương Vàng trong năm qua.") == ["Huy chương Vàng"]
