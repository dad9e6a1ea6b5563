"""The Vietnamese lunar calendar, against known days."""

from datetime import date

import pytest

from council.lunar import solar, tet, year_named

KNOWN = {
    1985: (1, 21), 2007: (2, 17), 2016: (2, 8), 2017: (1, 28), 2020: (1, 25), 2023: (1, 22),
    2024: (2, 10), 2025: (1, 29), 2026: (2, 17), 2030: (2, 2), 2034: (2, 19),
}  # fmt: skip


@pytest.mark.parametrize("year", KNOWN)
def test_tet_falls_on_its_day(year):
    """1985 and 2007 differ from the Chinese calendar."""
    assert tet(year) == date(year, *KNOWN[year])


@pytest.mark.parametrize(
    ("day", "month", "year", "common"),
    [
        (10, 3, 2024, date(2024, 4, 18)),
        (15, 8, 2020, date(2020, 10, 1)),
        (15, 8, 2023, date(2023, 9, 29)),
        (23, 12, 2023, date(2024, 2, 2)),
    ],
)
def test_a_lunar_day_is_found_past_a_leap_month(day, month, year, common):
    assert solar(day, month, year) == common


def test_a_year_is_known_by_its_name():
    assert year_named("Quý", "Mão", 2024) == 2023
    assert year_named("Giáp", "Thìn", 2020) == 2024
    assert year_named("Giáp", "Mão", 2020) is None


def test_no_month_has_a_thirty_first():
    assert solar(31, 1, 2024) is None
