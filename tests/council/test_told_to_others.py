"""What is given away of people and bodies says no more than the articles."""

from datetime import date

import pytest

from council import Council, Session, VersionPassage, VersionText, facts_of

COUNCIL = Council("quận", "Thanh Giang", {})


def read(text):
    passages = VersionPassage("title", 0, "Tin HĐND"), VersionPassage("body", 0, text)
    return facts_of(VersionText(passages, date(2019, 7, 20), COUNCIL))


@pytest.mark.parametrize("degree", ["TS", "PGS.TS", "KTS", "ThS."])
def test_a_degree_makes_nobody_public(degree):
    people = [
        f.value for f in read(f"{degree} Trần Thị Hoa nói về việc này.") if f.kind == "person"
    ]
    assert [(one.name, one.private) for one in people] == [("Trần Thị Hoa", True)]


def test_who_speaks_for_a_house_with_a_degree_is_public():
    facts = read("TS. Trần Thị Hoa, Học viện Hành chính trình bày chuyên đề thứ nhất.")
    assert [f.value.private for f in facts if f.kind == "person"] == [False]


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("Kỳ họp thứ 9 - HĐND thành phố khai mạc.", "HĐND thành phố"),
        ("Kỳ họp thứ 14 (kỳ họp bất thường) HĐND tỉnh khai mạc.", "HĐND tỉnh"),
        ("HĐND phường Bến Sứ tổ chức kỳ họp thứ 9.", "HĐND phường"),
        ("Kỳ họp thứ 7 HĐND Đà Nẵng khai mạc.", "HĐND thành phố"),
        ("Hội đồng nhân dân (HĐND) TP khai mạc. Kỳ họp thứ 7 bắt đầu.", ""),
    ],
)
def test_a_session_is_of_the_council_that_its_words_name(text, body):
    assert [f.value.body for f in read(text) if isinstance(f.value, Session)] == [body]


def test_a_session_of_the_party_is_none():
    text = "Ban Chấp hành Trung ương Đảng có kỳ họp thứ 9."
    assert [f for f in read(text) if f.kind == "session"] == []
