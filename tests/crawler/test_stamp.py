"""The line under the title, in all forms that were seen."""

from datetime import datetime, timedelta, timezone

import pytest

from crawler.extraction.publication_stamp import read_stamp

HANOI = timezone(timedelta(hours=7))


def at(*when):
    return datetime(*when, tzinfo=HANOI)


@pytest.mark.parametrize(
    ("line", "published", "views"),
    [
        ("Ngày đăng 05/02/2024 | 17:00 \u00a0|\u00a0Lượt xem: 407", at(2024, 2, 5, 17, 0), 407),
        ("Ngày đăng 09/09/2020 | 05:07 PM  | View count: 842", at(2020, 9, 9, 17, 7), 842),
        ("Ngày đăng 18/03/2019 | 3:06 PM | View count: 5", at(2019, 3, 18, 15, 6), 5),
        ("21/12/2012 | 12:00 AM", at(2012, 12, 21), None),
        ("Ngày đăng 05/02/2024 | 05:00 CH | Lượt xem: 1", at(2024, 2, 5, 17, 0), 1),
        ("Ngày đăng 05/02/2024 | 05:00 SA | Lượt xem: 1", at(2024, 2, 5, 5, 0), 1),
        ("Ngày đăng 05/02/2024 | 12:30 PM", at(2024, 2, 5, 12, 30), None),
        ("Ngày đăng 05/02/2024 | 12:30 SA", at(2024, 2, 5, 0, 30), None),
        (
            "Ngày đăng\n\t\t05/02/2024 | 17:00\n\t&nbsp".replace("&nbsp", "\u00a0"),
            at(2024, 2, 5, 17),
            None,
        ),
        ("Ngày đăng 5/2/2024 | 7:05", at(2024, 2, 5, 7, 5), None),
        ("Ngày đăng 05/02/2024", at(2024, 2, 5), None),
        ("Ngày đăng 05/02/2024 | Lượt xem: 1.407", at(2024, 2, 5), 1407),
        ("Ngày đăng 05/02/2024 | 17:00 | View count: 12,345", at(2024, 2, 5, 17, 0), 12345),
        ("Lượt xem: 0", None, 0),
        ("", None, None),
        ("Ngày đăng", None, None),
        ("Ngày đăng 31/02/2024 | 17:00", None, None),
        ("Ngày đăng 05/02/2024 | 25:00", None, None),
        ("Ngày đăng 05/13/2024 | 17:00", None, None),
        ("Ngày đăng 01/01/0001 | 00:00", None, None),
        ("Lượt xem: 99999999999999999999999", None, None),
        ("Lượt xem: " + "9" * 5000, None, None),
    ],
)
def test_a_stamp_says_when_in_hanoi_and_how_often(line, published, views):
    stamp = read_stamp(line)
    assert stamp.published_at == published
    assert stamp.views == views


def test_local_time_is_seven_hours_ahead_all_year():
    for month in (1, 7):
        found = read_stamp(f"Ngày đăng 05/0{month}/2024 | 17:00").published_at
        assert found.isoformat().endswith("+07:00")


def test_the_stamp_is_kept_as_it_stands_in_one_line():
    assert read_stamp("Ngày đăng\n 05/02/2024 |\u00a017:00").text == "Ngày đăng 05/02/2024 | 17:00"
