"""The day of a decision on a person is that of its own sentence, or there is none."""

from datetime import date

import pytest

from council.follow_the_money import entities
from council.identity import people
from council.popolo import popolo
from support.telling import COUNCILS, tell

PUBLISHED = date(2024, 3, 20)
OPENED = "Ngày 19/3/2024, HĐND quận khai mạc kỳ họp thứ 9."


def decisions(*paragraphs):
    told = tell("a", PUBLISHED, *paragraphs)
    return [(one.value.what, one.value.when) for one in told if one.kind == "personnel"]


@pytest.mark.parametrize(
    ("text", "what", "when"),
    [
        ("Ngày 18/3/2024, HĐND quận bầu ông Lê Văn Tám giữ chức Phó Chủ tịch UBND quận.",
         "elected", "2024-03-18"),
        ("Chiều 18/3, Quận ủy công bố quyết định bổ nhiệm ông Lê Văn Tám giữ chức Chánh Văn phòng"
         " Quận ủy.", "appointed", "2024-03-18"),
        ("Tháng 11/2015, ông Lê Văn Tám được bổ nhiệm giữ chức Trưởng phòng Tài chính quận.",
         "appointed", "2015-11"),
        ("Ông Lê Văn Tám được bầu giữ chức Chủ tịch UBND quận ngày 01/4/2018.",
         "elected", "2018-04-01"),
        ("Ngày 18/3/2024, HĐND quận miễn nhiệm chức vụ Phó Chủ tịch UBND quận đối với ông Lê Văn"
         " Tám.", "dismissed", "2024-03-18"),
        ("HĐND quận bầu ông Lê Văn Tám giữ chức Phó Chủ tịch UBND quận.", "elected", ""),
        ("Ông Lê Văn Tám (sinh ngày 02/5/1970) được bầu giữ chức Chủ tịch UBND quận.",
         "elected", ""),
        ("Tháng 9/2015 đến nay, ông Lê Văn Tám được bổ nhiệm giữ chức Trưởng phòng Tài chính quận.",
         "appointed", ""),
        ("Theo đề nghị của Bộ trưởng Nội vụ ngày 11/5/2023, Thủ tướng miễn nhiệm chức vụ Phó Chủ"
         " tịch UBND quận đối với ông Lê Văn Tám.", "dismissed", ""),
        ("Ngày 18/3/2024, quận họp về việc ông Lê Văn Tám trước đó đã được bổ nhiệm giữ chức Trưởng"
         " phòng Tài chính quận.", "appointed", ""),
        ("Ngày 18/3/2024, ông Hứa Văn Năm cho biết ông Lê Văn Tám được bầu giữ chức Chủ tịch UBND"
         " quận.", "elected", ""),
        ("Từ ngày 01/4/2018 đến nay, ông Lê Văn Tám được bầu giữ chức Chủ tịch UBND quận.",
         "elected", ""),
    ],
)  # fmt: skip
def test_the_day_of_a_decision(text, what, when):
    assert decisions(OPENED, text) == [(what, when)]


def test_each_decision_of_a_career_has_its_own_day():
    text = (
        "Ngày 9/4/2016, ông Lê Văn Tám được bầu giữ chức Phó Bí thư Quận ủy;"
        " ngày 27/6/2016, ông Lê Văn Tám được bầu giữ chức Chủ tịch UBND quận."
    )
    assert decisions(OPENED, text) == [("elected", "2016-04-09"), ("elected", "2016-06-27")]


def dates(*told):
    facts = [fact for each in told for fact in each]
    known = people(facts, COUNCILS)
    document = popolo(known, facts, COUNCILS)
    occupancies = [
        one["properties"]
        for one in entities(known, facts, COUNCILS)
        if one["schema"] == "Occupancy"
    ]
    found = [
        (one.get("start_date", ""), one.get("end_date", "")) for one in document["memberships"]
    ]
    assert found == [
        (one.get("startDate", [""])[0], one.get("endDate", [""])[0]) for one in occupancies
    ]
    return found


ELECTED = "Ngày 09/4/2016, HĐND quận bầu ông Lê Văn Tám giữ chức Phó Chủ tịch UBND quận."


def test_no_export_takes_the_day_of_another_event_of_the_article():
    assert dates(tell("a", PUBLISHED, OPENED, ELECTED)) == [("2016-04-09", "")]
    assert dates(tell("a", PUBLISHED, OPENED, ELECTED.replace("Ngày 09/4/2016, ", ""))) == [
        ("", "")
    ]


def test_an_end_before_another_beginning_ends_nothing():
    taken = (
        "Ngày 05/5/{}, HĐND quận miễn nhiệm chức vụ Phó Chủ tịch UBND quận đối với ông Lê Văn Tám."
    )
    told = (
        (2015, {("2016-04-09", ""), ("", "2015-05-05")}),
        (2017, {("2016-04-09", "2017-05-05")}),
    )
    for year, held in told:
        found = dates(tell("a", PUBLISHED, ELECTED), tell("b", PUBLISHED, taken.format(year)))
        assert set(found) == held
