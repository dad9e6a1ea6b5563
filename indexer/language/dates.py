"""Dates as they are written in Vietnamese news, in full or in part.

`17/8/2020`, `17-08-2020`, `17.8.2020`, `2020-08-17` and `ngày 17 tháng 8 năm 2020` are one day;
`tháng 8/2020`, `08/2020`, `T8/2020` and `tháng 8 năm 2020` one month; `ngày 17/8`, `tháng 8` and
`năm 2020` are parts of a date, and so is `tháng tám`. `17, 18/8/2020` are several days at once, and
`10-14/6/2024` and `từ 25/5 đến 29/5/2020` are all days between, too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from indexer.language.spelled_numbers import with_month_figures
from indexer.language.text import plain_signs
from indexer.named_tuple import NamedTuple


class WrittenDate(NamedTuple):
    """A date in a text: where it is written, and what it says."""

    start: int
    end: int
    days: tuple[int, ...]
    month: int | None
    year: int | None
    months: tuple[int, ...] = ()
    """The months of a span, if there are several; with days, those that lie wholly between two
    others, and it is what stands between these."""

    def parts(self) -> tuple[str, ...]:
        """The words that stand for it in an index (`=d17`, `=m8`, `=y2020`)."""
        months = [f"=m{month}" for month in self.months or (self.month,) if month]
        years = [f"=y{self.year}"] if self.year else []
        return (*(f"=d{day}" for day in self.days), *months, *years)

    @property
    def whole(self) -> bool:
        """Whether it says more than one thing: a day of a month, or a month of a year."""
        return self.month is not None and bool(self.days or self.year)


_DAY = r"ng[àa]y\s+"
_MONTH = r"th[áa]ng\s+"
_YEAR = r"n[ăa]m\s+"
_TO = r"-|[đd][ếe]n(?:\s+h[ếe]t)?(?:\s+ng[àa]y)?|t[ớo]i(?:\s+ng[àa]y)?"
_MORE = rf"(?P<more>(?:\d{{1,2}}\s*(?:,|v[àa]|{_TO})\s*)*)"
_FREE = r"(?:(?<![\w/.\-])|(?<=\d[/.]\d-)|(?<=\d[/.]\d\d-)|(?<=\d[/.]\d{4}-))"
_CLEAR = r"(?![\w]|[/.]\w|-(?!\d{1,2}[/.](?:\d{1,2}[/.])?\d{4}(?!\d))\w)"
"""Not before more of a number, but for a span without blanks (25/5-29/5/2020)."""

_BEFORE_A_DAY = "|".join(
    rf"(?<={word}\s)" for word in (
        "lễ", "le", "dịp", "dip", "sáng", "sang", "trưa", "trua", "chiều", "chieu", "tối", "toi",
        "đêm", "dem", "hôm", "hom",
    )
)  # fmt: skip
"""After which two numbers with a dot or a hyphen between are a day and a month."""

_NO_COUNT = (
    r"(?!\s*(?:%|(?:gi[ờo]|h|ti[ếe]ng|ph[úu]t|l[ầa]n|ng[ưu][ờo]i|tri[ệe]u|t[ỷyỉi]|[đd][ồo]ng|[đd][ộo]"
    r"|[đd]i[ểe]m|k?m)(?!\w)))"
)
"""Not before what two numbers count: tối 3-4 giờ."""

_PATTERNS = (
    # 2020-08-17, 2020-08-17T10:48
    rf"{_FREE}(?P<year>\d{{4}})-(?P<month>\d{{1,2}})-(?P<day>\d{{1,2}})(?:(?=T\d)|{_CLEAR})",
    # ngày 17/8/2020, 17-18.8.2020
    rf"(?:{_DAY}|{_FREE}){_MORE}(?P<day>\d{{1,2}})\s?(?P<mark>[/.\-])\s?(?P<month>\d{{1,2}})"
    rf"\s?(?P=mark)\s?(?P<year>\d{{4}}){_CLEAR}",
    rf"(?:{_DAY}|{_FREE})(?P<day>\d{{1,2}})/(?P<month>\d{{1,2}})/(?P<year>\d\d){_CLEAR}",
    # ngày 17 tháng 8 năm 2020, 17 tháng 8/2020, ngày 17 tháng 8
    rf"(?:{_DAY})?(?:m[ùuồô]ng\s+)?(?<!\d){_MORE}(?P<day>\d{{1,2}})\s+{_MONTH}(?P<month>\d{{1,2}})"
    rf"(?:\s*(?:[/.\-,]\s*(?:{_YEAR})?|{_YEAR})(?P<year>\d{{4}}))?{_CLEAR}",
    # ngày 17/8, ngày 17-8/2020
    rf"{_DAY}{_MORE}(?P<day>\d{{1,2}})\s?[/\-.]\s?(?P<month>\d{{1,2}})"
    rf"(?:\s?[/\-.]\s?(?P<year>\d{{4}}))?{_CLEAR}",
    # 25.5 đến 29.5.2020: where the last day of a span says that it is the first
    rf"{_FREE}(?P<day>\d{{1,2}})\.(?P<month>\d{{1,2}})"
    rf"(?=\s*(?:{_TO})\s*\d{{1,2}}\.\d{{1,2}}\.\d{{4}}(?!\d))",
    # sáng 17-8, lễ 30.4
    rf"(?:{_BEFORE_A_DAY})(?P<day>\d{{1,2}})[.\-](?P<month>\d{{1,2}}){_CLEAR}{_NO_COUNT}",
    # tháng 3-6/2024, tháng 3 đến tháng 6 năm 2024
    rf"{_MONTH}(?P<first>\d{{1,2}})\s*(?:{_TO})\s*(?:{_MONTH})?(?P<month>\d{{1,2}})"
    rf"(?:\s*[/.\-]\s*|\s*,?\s*{_YEAR})(?P<year>\d{{4}}){_CLEAR}",
    # tháng 8 năm 2020, tháng 8/2020, tháng 8
    rf"{_MONTH}(?P<month>\d{{1,2}})"
    rf"(?:\s*(?:[/.\-,]\s*(?:{_YEAR})?|{_YEAR})(?P<year>\d{{4}}))?{_CLEAR}",
    # 8/2020, T8/2020, but not quý 3/2020
    rf"(?:\bT|{_FREE})(?<!\bqu[ýyíi]\s)(?P<month>\d{{1,2}})\s?[/.\-]\s?(?P<year>(?:19|20)\d\d){_CLEAR}",
    # 17/8
    rf"{_FREE}(?P<day>\d{{1,2}})/(?P<month>\d{{1,2}}){_CLEAR}",
    # ngày 17; năm 2020
    rf"{_DAY}(?P<day>\d{{1,2}}){_CLEAR}",
    rf"{_YEAR}(?P<year>(?:1[5-9]|20)\d\d){_CLEAR}",
)
_START = r"ng[àa]y\s+|th[áa]ng\s+\d|n[ăa]m\s+\d|m[ùuồô]ng\s+\d|\bT(?=\d)|\d"
_NUMBER = re.compile(r"\d+")
# The numbers that can belong to a date: after a word that ends as ngày, tháng, năm or mùng does, or
# before what may join them to the next. All others are passed over without trying the patterns.
_CANDIDATE = (
    r"\d(?<!\d\d)(?:(?<=[ygm]\s.)|(?<=\s\s.)"
    r"|(?=\d{3}-\d)|(?=\d?(?:\s*(?:[/.,\-]|v[àa]|[đd][ếe]n)|\s+th[áa]ng)))"
)


@cache
def _compiled(*patterns: str) -> tuple[re.Pattern[str], ...]:
    """Compiled when the first text with a digit comes."""
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in patterns)


def dates(text: str) -> Iterator[WrittenDate]:
    """The dates in a text (normalised), from left to right, none overlapping."""
    text = with_month_figures(text)
    if not _NUMBER.search(text):
        return
    text = plain_signs(text)
    before: WrittenDate | None = None
    for date in _written(text):
        if before is not None and _are_months(before, date, text[before.end : date.start]):
            before, date = _spanned_months(before, date)
            yield before
        elif before is not None:
            yield from _span(before, date, text[before.end : date.start])
            date = _until(before, date, text[before.end : date.start])
        before = date
    if before is not None:
        yield before


def _written(text: str) -> Iterator[WrittenDate]:
    """The dates, each for itself."""
    candidate, beginning = _compiled(_CANDIDATE, _START)
    place = 0
    while (number := candidate.search(text, place)) is not None:
        start = beginning.search(text, _two_words_before(text, place, number.start())) or number
        found = _date_at(text, start.start())
        if found is None:
            place = start.end()
            while place < len(text) and text[place - 1].isdecimal() and text[place].isdecimal():
                place += 1
        else:
            yield found
            place = found.end


def _are_months(first: WrittenDate, last: WrittenDate, between: str) -> bool:
    """Whether two dates are the first and the last month of a span of two years at most."""
    if first.days or last.days or first.months or last.months or len(between) > _LONGEST_LINK:
        return False
    if not (first.month and last.month and last.year):
        return False
    (to,) = _compiled(rf"\s*(?:{_TO})\s*")
    year = _year_of(first, last) or 0
    ordered = (year, first.month) < (last.year, last.month) and last.year - year <= 1
    return ordered and to.fullmatch(between) is not None


def _spanned_months(first: WrittenDate, last: WrittenDate) -> tuple[WrittenDate, WrittenDate]:
    """The same with the months between, each in its year."""
    year, month, end = _year_of(first, last), first.month or 1, last.month or 12
    if year == last.year:
        return first._replace(year=year, months=tuple(range(month, end))), last
    return (
        first._replace(year=year, months=tuple(range(month, 13))),
        last._replace(months=tuple(range(1, end + 1))),
    )


def _is_span(first: WrittenDate, last: WrittenDate, between: str) -> bool:
    """Whether two dates are the first and the last day of a span of a year at most."""
    if not (len(between) <= _LONGEST_LINK and first.days and last.days):
        return False
    if first.month is None or last.month is None or (first.year and not last.year):
        return False
    (to,) = _compiled(rf"\s*(?:{_TO})\s*")
    months = 12 * ((last.year or 0) - (_year_of(first, last) or 0)) + last.month - first.month
    ordered = 0 < months < 12 or (months == 0 and first.days[-1] < last.days[0])
    return ordered and to.fullmatch(between) is not None


def are_joined(between: str) -> bool:
    """Whether what stands between two dates says that a span runs from one to the other."""
    (to,) = _compiled(rf"\s*(?:{_TO})\s*")
    return len(between) <= _LONGEST_LINK and to.fullmatch(between) is not None


def are_ends(first: WrittenDate, last: WrittenDate, between: str) -> bool:
    """Whether two dates, as `dates` gives them, are the ends of a span with this between them."""
    if not are_joined(between):
        return False
    of_months = bool(first.months and last.month) and not (first.days or last.days)
    return of_months or _is_span(first, last, between)


def _year_of(first: WrittenDate, last: WrittenDate) -> int | None:
    """The year of the first day of a span, which the last may say for both."""
    if first.year or not last.year:
        return first.year
    return last.year - ((first.month or 0) > (last.month or 0))


def _span(first: WrittenDate, last: WrittenDate, between: str) -> Iterator[WrittenDate]:
    """The first day of a span with those that follow in its month, and the months between.

    What is no span is the first date alone.
    """
    if not _is_span(first, last, between):
        yield first
        return
    from calendar import monthrange

    year, month, day = _year_of(first, last), first.month or 0, first.days[-1]
    same = (year, month) == (last.year, last.month)
    end = last.days[0] if same else monthrange(year or _LEAP, month)[1] + 1
    yield first._replace(days=(*first.days[:-1], *range(day, end)), year=year)
    word = re.search(r"\w+", between)
    months = range(month + 1, (last.month or 0) if year == last.year else 13)
    if word and months and not (year != last.year and (last.month or 0) > 1):
        start = first.end + word.start()
        yield WrittenDate(start, start + len(word[0]), tuple(range(1, 32)), None, year, (*months,))


def _until(first: WrittenDate, last: WrittenDate, between: str) -> WrittenDate:
    """The last day of a span with those before it in its month, if they are in no other date."""
    if not _is_span(first, last, between) or first.month == last.month:
        return last
    return last._replace(days=(*range(1, last.days[0]), *last.days))


def _two_words_before(text: str, start: int, end: int) -> int:
    before = text[start:end].rsplit(None, 2)
    return start + len(before[0]) if len(before) == 3 else start


def _date_at(text: str, start: int) -> WrittenDate | None:
    for pattern in _compiled(*_PATTERNS):
        match = pattern.match(text, start)
        if match is not None:
            parts = match.groupdict()
            days = _days(parts.get("more") or "", parts.get("day"))
            month = int(parts["month"]) if parts.get("month") else None
            year = _year(parts["year"]) if parts.get("year") else None
            first = int(parts.get("first") or 0)
            months = tuple(range(first, (month or 0) + 1)) if first else ()
            possible = all(1 <= day <= 31 for day in days) and bool(months) == bool(first)
            if possible and (month is None or 1 <= month <= 12):
                return WrittenDate(start, match.end(), tuple(days), month, year, months)
    return None


def _year(digits: str) -> int:
    number = int(digits)
    if len(digits) == 4:
        return number
    return number + (2000 if number < 70 else 1900)


def _days(more: str, last: str | None) -> list[int]:
    """The days of a month that are named, and those between where a span is."""
    days: list[int] = []
    spanned = False
    for match in re.finditer(r"(\d+)\s*([^\d\s,]*)", f"{more}{last or ''}"):
        day, link = int(match[1]), match[2].lower()
        days += range(days[-1] + 1, day) if spanned and days[-1] < day <= 31 else ()
        days.append(day)
        spanned = link not in ("", "và", "va")
    return days


_LONGEST_LINK = 20
_LEAP = 2020
"""A year that has every day, for days without a year."""
