"""The year of a day that is written without one: by the words and the tense it is told in."""

from datetime import date

import pytest

from council import VersionPassage, VersionText, facts_of
from support.scoring import line_of

DECEMBER = date(2018, 12, 18)


def told(kind, text, published=DECEMBER):
    passages = VersionPassage("title", 0, "Tin hoạt động"), VersionPassage("body", 0, text)
    facts = facts_of(VersionText(passages, published, None))
    return [line_of(fact) for fact in facts if fact.kind == kind]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Tháng 4 vừa qua, ông Hùng bị khiển trách.", "2018-04"),
        ("Tháng 3 vừa rồi, quận giám sát chợ.", "2018-03"),
        ("Ngày 15/5 vừa qua, quận họp.", "2018-05-15"),
        ("Quý I vừa qua thu đủ.", "2018-Q1"),
        ("Ngày 15 tháng Tư vừa qua, quận họp.", "2018-04-15"),
        ("Từ ngày 12/4 đến ngày 20/4 vừa qua, quận kiểm tra.", "2018-04-12/2018-04-20"),
        ("Từ tháng 4 đến nay, quận cấp 30 giấy phép.", "2018-04"),
        ("Tính đến ngày 30/4, quận giải ngân 40%.", "2018-04-30"),
        ("Trước đó, hồi tháng 4, đoàn kiểm tra.", "2018-04"),
        ("Ngày 12/4, đoàn đã kiểm tra.", "2018-04-12"),
    ],
)
def test_what_is_past_lies_before_the_publication(text, day):
    assert told("date", text) == [day]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Tháng 4 tới, quận giám sát chợ.", "2019-04"),
        ("Ngày 10/10 tới, quận họp.", "2019-10-10"),
        ("Quận đã yêu cầu làm xong trước ngày 30/4.", "2019-04-30"),
        ("Quận đã duyệt kế hoạch giám sát ngày 12/1.", "2019-01-12"),
        ("Ngày 25/12, quận họp.", "2018-12-25"),
        ("Tổ bầu cử đã tiếp xúc cử tri trước đợt bầu cử vào ngày 22/5.", "2019-05-22"),
    ],
)
def test_what_is_to_come_or_not_told_as_past_is_not_moved_back(text, day):
    assert told("date", text) == [day]


def test_an_event_told_as_earlier_is_held():
    text = "Trước đó, ngày 12/4, HĐND quận tổ chức kỳ họp."
    assert told("activity", text) == ["kỳ họp 2018-04-12 held"]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Quận sẽ khởi công cầu trong tháng 3.", "2019-03"),
        ("HĐND quận dự kiến họp vào ngày 10/7.", "2019-07-10"),
        ("Quận đã hứa sẽ khởi công trong tháng 7.", "2018-07"),
        ("Tháng 7, quận nói sẽ làm cầu.", "2018-07"),
    ],
)
def test_what_will_be_lies_behind_the_publication(text, day):
    assert told("date", text) == [day]
