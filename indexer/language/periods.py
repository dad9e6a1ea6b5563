"""Days, months and years as people type them where a date is asked for."""

from __future__ import annotations

import re
from datetime import date

_FORMS = (
    r"(?P<year>\d{4})(-(?P<month>\d{1,2})(-(?P<day>\d{1,2}))?)?",
    r"((?P<day>\d{1,2})(?P<mark>[/.\-]))?(?P<month>\d{1,2})(?(mark)(?P=mark)|[/.\-])(?P<year>\d{4})",
)


def span(first: str, last: str) -> tuple[date | None, date | None, bool]:
    """The days from one date to another as they were typed, an empty one for an open end; and
    whether they were turned round, since the second lies before the first.

    Raises `ValueError` for what is no date.
    """
    begins, ends = (_days(text) if text else None for text in (first, last))
    if begins and ends and begins[0] > ends[1]:
        return ends[0], begins[1], True
    return begins and begins[0], ends and ends[1], False


def _days(text: str) -> tuple[date, date]:
    found = period(text)
    if found is None:
        raise ValueError(text)
    return found


def period(text: str) -> tuple[date, date] | None:
    """First and last day of a year, a month or a day: `2020`, `2020-08`, `8/2020`, `17/8/2020`.

    None if it is of no such form. Raises `ValueError` if there is no such day.
    """
    from calendar import monthrange

    for form in _FORMS:
        if found := re.fullmatch(form, text.strip()):
            year, month, day = (int(found[part] or 0) for part in ("year", "month", "day"))
            if day:
                return date(year, month, day), date(year, month, day)
            if found["month"]:
                first = date(year, month, 1)
                return first, date(year, month, monthrange(year, month)[1])
            return date(year, 1, 1), date(year, 12, 31)
    return None
