"""Days, months and quarters, and the year that is meant where a text leaves it to the reader."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from council.model import DatedPeriod, Impossible

FoundDay = tuple[int, int, "DatedPeriod | Impossible", str, bool]
"""Start and end, what is read there, by which rule, and whether it is stated."""


def month_of(year: int, month: int) -> DatedPeriod:
    """A whole month."""
    return DatedPeriod(date(year, month, 1), date(year, month, monthrange(year, month)[1]), "month")


def quarter_of(year: int, quarter: int) -> DatedPeriod:
    """A whole quarter."""
    last = month_of(year, 3 * quarter).last
    return DatedPeriod(date(year, 3 * quarter - 2, 1), last, "quarter")


def nearest(day: int, month: int, published: date) -> date | None:
    """The day of that month in the year that puts it nearest to the publication, or None."""
    found = [
        made
        for year in (published.year, published.year - 1, published.year + 1)
        if (made := day_of(year, month, day))
    ]
    return min(found, key=lambda made: abs((made - published).days), default=None)


def told_year(match: re.Match[str], published: date | None) -> int | None:
    """The year that năm ngoái, năm nay or năm sau is at publication; None if none is told."""
    if published is None or not (match["before"] or match["now"] or match["next"]):
        return None
    return published.year - bool(match["before"]) + bool(match["next"])


def day_of(year: int, month: int, day: int) -> date | None:
    """A day, or None if the calendar has it not."""
    try:
        return date(year, month, day)
    except ValueError:
        return None
