"""Dates as people type them."""

from __future__ import annotations

from datetime import date

import click
import pytest

from search_cli.dates import first_day, last_day

CONTEXT = click.Context(click.Command("search"))
OPTION = click.Option(["--from"])


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("2020-08-17", date(2020, 8, 17), date(2020, 8, 17)),
        ("17/8/2020", date(2020, 8, 17), date(2020, 8, 17)),
        ("17.08.2020", date(2020, 8, 17), date(2020, 8, 17)),
        ("2020-02", date(2020, 2, 1), date(2020, 2, 29)),
        ("2/2021", date(2021, 2, 1), date(2021, 2, 28)),
        ("2020", date(2020, 1, 1), date(2020, 12, 31)),
    ],
)
def test_a_month_or_year_stands_for_its_first_and_last_day(
    typed: str, first: date, last: date
) -> None:
    assert first_day(CONTEXT, OPTION, typed) == first
    assert last_day(CONTEXT, OPTION, typed) == last


@pytest.mark.parametrize("typed", ["", "yesterday", "31/2/2020", "2020-13", "0000", "17/8/20"])
def test_what_is_no_date_is_refused(typed: str) -> None:
    with pytest.raises(click.BadParameter):
        first_day(CONTEXT, OPTION, typed)
