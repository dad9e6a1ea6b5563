"""A year that is told beside a day, a month or a quarter is its year."""

from datetime import date

import pytest

from council import Council, VersionPassage, VersionText, facts_of
from support.scoring import line_of

OURS = Council("quận", "Lam Khê")


def told(text, kind):
    passages = (VersionPassage("title", 0, "Tin"), VersionPassage("body", 0, text))
    facts = facts_of(VersionText(passages, date(2022, 6, 10), OURS))
    return [line_of(fact) for fact in facts if fact.kind == kind]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Ngày 20/7 năm 2021, quận họp.", ["2021-07-20"]),
        ("Ngày 15/1 năm 2020, quận họp.", ["2020-01-15"]),
        ("Từ ngày 5/1 đến ngày 10/1 năm 2021, quận họp.", ["2021-01-05/2021-01-10"]),
        ("Ngày 15/6 năm ngoái, quận họp.", ["2021-06-15"]),
        ("Ngày 15/6 năm trước, quận họp.", ["2021-06-15"]),
        ("Ngày 5/1 năm sau, quận họp.", ["2023-01-05"]),
        ("Mùng 7 tháng Sáu năm ngoái, quận họp.", ["2021-06-07"]),
        ("Hồi tháng 8 năm ngoái, quận họp.", ["2021-08"]),
        ("Thu ngân sách T8/2020 vượt kế hoạch.", ["2020-08"]),
        ("Quý I năm ngoái, quận họp.", ["2021-Q1"]),
        ("Trong quý I, II/2023, quận họp.", ["2023-Q1/2023-Q2"]),
        ("Quý 3, 4/2021, quận họp.", ["2021-Q3/2021-Q4"]),
        ("Quý I và quý II năm 2021, quận họp.", ["2021-Q1/2021-Q2"]),
        ("Tháng 3, 4/2021, quận họp.", ["2021-03", "2021-04"]),
        ("Ngày 5/3, 7/3 và 9/3/2021, quận họp.", ["2021-03-05", "2021-03-07", "2021-03-09"]),
        ("Ngày 28/12 và 05/01/2020, quận họp.", ["2019-12-28", "2020-01-05"]),
    ],
)
def test_a_year_that_is_told_is_the_year(text, days):
    assert told(text, "date") == days


def test_a_day_of_the_lunar_calendar_is_none_of_the_other():
    assert told("Ngày 10/3 âm lịch, quận dâng hương.", "date") == ["2022-04-10"]
    assert told("Ngày 31/6 âm lịch và 30/2 âm lịch, quận họp.", "impossible") == []


def test_a_count_of_two_quarters_is_of_these():
    text = "Trong quý I, II/2022, HĐND quận tổ chức 5 cuộc giám sát."
    assert told(text, "count") == ["giám sát = 5 reported 2022-Q1/2022-Q2 HĐND quận"]


@pytest.mark.parametrize(
    "words",
    [
        "Theo Kế hoạch số 12/KH-UBND ngày 3/3/2022, chợ mở lại.",
        "Chợ sẽ xong trước ngày 30/9/2022.",
        "Ông Hà Kiên Định sinh ngày 2/2/1970 tại đây.",
        "Theo báo cáo ngày 1/2/2022 của UBND quận, chợ còn hở mái.",
    ],
)
def test_the_same_day_is_that_on_which_something_took_place(words):
    text = f"Chiều 12/7/2022, HĐND quận họp. {words} Cùng ngày, Ban Pháp chế khảo sát chợ."
    facts = facts_of(VersionText((VersionPassage("body", 0, text),), date(2022, 7, 14), OURS))
    (same,) = [fact for fact in facts if fact.rule == "date-same-day"]
    assert line_of(same) == "2022-07-12"
