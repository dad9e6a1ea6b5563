"""Dates in digits: which are dates, which belong together, and the year that a row states once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import pairwise

from council.lunar import solar
from council.model import DatedPeriod, Impossible
from council.reader import PassageReading
from council.years import FoundDay, day_of, month_of, nearest, told_year
from indexer.language.dates import WrittenDate, dates

# Before two numbers with a slash that are a day and not a share (5/8 cầu thang).
_TIME_WORD = re.compile(
    r"(?:sáng|trưa|chiều|tối|đêm|hôm|ngày|trước|đến|tới|từ|và|hạn|qua|nay|mai|chủ nhật|vào"
    r"|chậm nhất|muộn nhất|hết|cuối tuần)"
    r" ?\(?$|\($",
    re.IGNORECASE,
)
_MOON = re.compile(r" \(?[âÂ]m lịch\)?")
_SPAN = re.compile(
    r"từ (?:(?<=ngày từ )|(?<=ngày, từ )|(?<=ngày \(từ )|(?<=\bhọp từ )|(?<=\bdiễn ra từ )"
    r"|(?<=\btổ chức từ )|(?<=\bkéo dài từ ))\d{1,2}-\d{1,2} (?:đến|tới)"
    r"(?: hết)?(?: ngày)? \d{1,2}-\d{1,2}(?![\w/-]|\.\d)"
)
"""Two days with a hyphen in each: `diễn ra trong 3 ngày từ 4-12 đến 6-12`."""
_TO = re.compile(r"\s*(?:đến hết|đến|tới|-)\s*")
_AND = re.compile(r"\s*(?:,|và)\s*")
_YEAR_BEHIND = re.compile(
    r",? năm (?:(?P<year>(?:19|20)\d\d)(?! ?- ?\d)|(?P<before>ngoái|trước|qua)|(?P<now>nay)"
    r"|(?P<next>sau|tới))(?!\w)"
)
"""A year behind a day or a month: `20/7 năm 2021`, `tháng 8 năm ngoái`."""
_IN_ROW = re.compile(r"\s*(?:,|và|,? và|-|đến|tới)\s*(?:ngày\s*)?")


def days_in_digits(reading: PassageReading) -> Iterator[FoundDay]:
    """The dates of a passage that are written in digits."""
    text, published = _SPAN.sub(_with_slashes, reading.text), reading.whole.published
    found_all = list(dates(text))
    plain = [
        found
        for number, found in enumerate(found_all)
        if _is_date(text, found) or _is_within_row(text, found_all[max(0, number - 1) : number + 2])
    ]
    read = [_with_year(text, found, published) for found in plain]
    written, relative = [one for one, _ in read], [near for _, near in read]
    years = _years_of_rows(text, written)
    number = 0
    while number < len(written):
        first = last = written[number]
        near = relative[number]
        if first.year is None:
            first = first._replace(year=years[number])
        after = written[number + 1] if number + 1 < len(written) else None
        number += 1
        if after is not None and _joined(text, written[number - 1], after):
            last, near = after, near or relative[number]
            number += 1
        if (moon := _MOON.match(text, last.end)) is not None:
            if first.start == last.start and (by_moon := _by_moon(first, published)):
                yield first.start, moon.end(), by_moon, "date-lunar", False
            continue
        when = _resolved(first, last, published)
        if near and isinstance(when, DatedPeriod):
            when = replace(when, basis="published")
        if when is not None:
            stated = isinstance(when, Impossible) or when.basis == "stated"
            rule = "date-impossible" if isinstance(when, Impossible) else "date-written"
            yield first.start, last.end, when, rule, stated


def _with_slashes(span: re.Match[str]) -> str:
    return span.group().replace("-", "/")


def _by_moon(found: WrittenDate, published: date | None) -> DatedPeriod | None:
    """A day of the lunar calendar, in the year that is stated or puts it nearest."""
    if not found.days or found.month is None or not (found.year or published):
        return None
    near = found.year or (published.year if published else 0)
    years = [near] if found.year else [near - 1, near, near + 1]
    days = [made for year in years if (made := solar(found.days[-1], found.month, year))]
    reference = published or (days[0] if days else date.min)
    made = min(days, key=lambda day: abs((day - reference).days), default=None)
    return DatedPeriod(made, made, "day", "lunar") if made else None


def _is_within_row(text: str, three: list[WrittenDate]) -> bool:
    """Whether the middle one is a day between days of a row with a year: `5/3, 7/3 và 9/3/2021`."""
    if len(three) < 3 or not (all(one.days and one.month for one in three) and three[2].year):
        return False
    gaps = (text[one.end : other.start] for one, other in pairwise(three))
    return all(_IN_ROW.fullmatch(gap) for gap in gaps) and _is_date(text, three[0])


def _with_year(text: str, found: WrittenDate, published: date | None) -> tuple[WrittenDate, bool]:
    """A date with the year that stands behind it, and whether that is told from publication."""
    match = _YEAR_BEHIND.match(text, found.end) if found.year is None else None
    if match is None or (published is None and not match["year"]):
        return found, False
    if match["year"]:
        return found._replace(end=match.end(), year=int(match["year"])), False
    return found._replace(end=match.end(), year=told_year(match, published)), True


def _years_of_rows(text: str, written: list[WrittenDate]) -> list[int | None]:
    """The year of each date: `tháng 3, 4/2021` and `5/3 và 7/3/2021` state it once for all."""
    years = [found.year for found in written]
    for number in range(len(written) - 2, -1, -1):
        first, after = written[number], written[number + 1]
        year = years[number + 1]
        if years[number] is not None or year is None or bool(first.days) != bool(after.days):
            continue
        if first.month and after.month and _IN_ROW.fullmatch(text[first.end : after.start]):
            years[number] = year - (first.month > after.month)
    return years


def _is_date(text: str, found: WrittenDate) -> bool:
    if found.month is None:
        return False
    written = text[found.start : found.end]
    if found.days and not found.year and written[:1].isdigit() and "th" not in written:
        return _TIME_WORD.search(text[max(0, found.start - 12) : found.start]) is not None
    # “7 tháng đầu năm” after “tháng”; “tháng 7 tháng đầu năm” is no month either.
    return found.days != () or found.year is not None or text[found.end :][:6] != " tháng"


def _joined(text: str, first: WrittenDate, after: WrittenDate) -> bool:
    between = text[first.end : after.start]
    if not (first.days and after.days):
        return False
    if _TO.fullmatch(between):
        return True
    consecutive = first.month == after.month and after.days[0] == first.days[-1] + 1
    return consecutive and first.year is None and _AND.fullmatch(between) is not None


def _resolved(
    first: WrittenDate, last: WrittenDate, published: date | None
) -> DatedPeriod | Impossible | None:
    year = first.year or last.year
    month, last_month = first.month, last.month
    assert month is not None
    assert last_month is not None
    if not first.days:
        if year is None and published is None:
            return None
        if year is None:
            assert published is not None
            middle = nearest(15, month, published)
            assert middle is not None
            whole = month_of(middle.year, month)
            return DatedPeriod(whole.first, whole.last, "month", "published")
        return month_of(year, month)
    if year is None:
        if published is None:
            return None
        start = nearest(first.days[0], month, published)
        end = nearest(last.days[-1], last_month, published)
        basis = "published"
    else:
        # A span over the turn of the year states the year of its end.
        earlier = first.year or (year - (month > last_month))
        start = day_of(earlier, month, first.days[0])
        end = day_of(last.year or year, last_month, last.days[-1])
        basis = "stated"
    if start is None or end is None:
        day = first.days[0] if start is None else last.days[-1]
        wrong = f"{day:02d}/{(month if start is None else last_month):02d}"
        return Impossible(f"{wrong}/{year}" if year else wrong)
    return DatedPeriod(min(start, end), max(start, end), "day", basis)
