"""A moment as portals write it."""

from datetime import datetime

import pytest

from crawler.extraction.written_moments import read_moment


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("Ngày đăng 05/02/2024 | 17:00 | Lượt xem: 407", "2024-02-05 17:00"),
        ("15:55 | 10/07/2026", "2026-07-10 15:55"),
        ("Thứ Sáu, 16/09/2022, 23:14", "2022-09-16 23:14"),
        ("Thứ năm - 05/02/2024 17:00", "2024-02-05 17:00"),
        ("5 Tháng Hai, 2024 lúc 9:05 chiều", "2024-02-05 21:05"),
        ("Tháng Mười Hai 15, 2024 7:30", "2024-12-15 07:30"),
        ("Ngày 05 tháng 02 năm 2024, 14h30", "2024-02-05 14:30"),
        ("22/03/2026 01:18:37 PM", "2026-03-22 13:18:37"),
        ("(Ngày đăng :01/10/2013 12:00:00 SA)", "2013-10-01 00:00"),
        ("05/10/2026 15:42 GMT+7", "2026-10-05 15:42"),
        ("2024-02-05T10:00:00Z", "2024-02-05 17:00"),
        ("2024-02-05T17:00:00.000+0700", "2024-02-05 17:00"),
        ("2024-02-05T17:00:00", "2024-02-05 17:00"),
        ("February 5, 2024 3:07 pm", "2024-02-05 15:07"),
        ("/Date(1707127200000)/", "2024-02-05 17:00"),
        ("7 giờ 05 phút ngày 10.5.2024", "2024-05-10 07:05"),
    ],
)
def test_a_moment_is_read_to_the_minute(text, moment):
    found = read_moment(text)
    assert found is not None
    assert found.has_clock
    assert found.at.replace(tzinfo=None) == datetime.fromisoformat(moment)
    assert found.at.utcoffset().total_seconds() == 7 * 3600


@pytest.mark.parametrize("text", ["Đăng ngày 17 - 05 - 2024", "17 tháng 5, 2024", "17/5/2024"])
def test_a_day_without_a_clock_is_its_midnight_and_says_so(text):
    found = read_moment(text)
    assert (found.at.isoformat(), found.has_clock) == ("2024-05-17T00:00:00+07:00", False)


@pytest.mark.parametrize(
    "text",
    ["2024-02-05+0717:00:00", "31/02/2024", "Số 12/2024", "17:00", "", "1/2/3/2024", "9" * 500],
)
def test_what_is_malformed_is_no_moment(text):
    assert read_moment(text) is None


def test_a_date_is_read_in_the_order_that_the_description_says():
    assert read_moment("02/05/2024 17:00", "mdy").at.isoformat() == "2024-02-05T17:00:00+07:00"
