"""Dates: what is written, and which day that is, given when the article was published."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from council.lunar import solar, year_named
from council.model import DatedPeriod, Impossible
from council.numbers import WORDS, number_of
from council.reader import PassageReading
from indexer.language.dates import WrittenDate, dates

# Before two numbers with a slash that are a day and not a share (5/8 cầu thang).
_TIME_WORD = re.compile(
    r"(?:sáng|trưa|chiều|tối|đêm|hôm|ngày|trước|đến|tới|từ|và|hạn|qua|nay|mai|chủ nhật|vào"
    r"|chậm nhất|muộn nhất|hết|cuối tuần)"
    r" ?\(?$|\($",
    re.IGNORECASE,
)
_TO = re.compile(r"\s*(?:đến hết|đến|tới|-)\s*")
_AND = re.compile(r"\s*(?:,|và)\s*")
_YEAR_BEHIND = re.compile(
    r",? năm (?:(?P<year>(?:19|20)\d\d)(?! ?- ?\d)|(?P<before>ngoái|trước|qua)|(?P<now>nay)"
    r"|(?P<next>sau|tới))(?!\w)"
)
"""A year behind a day or a month: `20/7 năm 2021`, `tháng 8 năm ngoái`."""
_IN_ROW = re.compile(r"\s*(?:,|và|,? và|-|đến|tới)\s*(?:ngày\s*)?")
_QUARTER = re.compile(
    r"\b[Qq]u[ýí] (?P<n>IV|I{1,3}|[1-4])(?P<more>(?:(?:, | và |, và | ?- ?)(?:[Qq]u[ýí] )?"
    r"(?:IV|I{1,3}|[1-4])(?![\w/]\d{1,2}(?!\d)))*)(?!\w)"
    r"(?:\s?[/-]\s?(?P<y>\d{4})|,? năm (?P<z>\d{4})"
    r"|,? năm (?:(?P<before>ngoái|trước)|(?P<now>nay)|(?P<next>sau|tới)))?(?!\w)"
)
_NEAR = re.compile(
    r"(?P<same>\b[Cc]ùng ngày)\b|(?:\b[Hh]ôm|\b[Ss]áng|\b[Tt]rưa|\b[Cc]hiều|\b[Tt]ối) "
    r"(?:(?P<today>nay)|(?P<yesterday>qua))\b(?! ?\(?\d)(?!,? ngày)"
)
_MONTHS = r"giêng|một|hai|ba|tư|năm|sáu|bảy|tám|chín|mười một|mười hai|mười|chạp|\d{1,2}"
_IN_WORDS = re.compile(
    rf"\b(?:(?P<day>(?:ngày|m[ùồ]ng) (?:\d{{1,2}}|{WORDS}))|(?P<full>(?:ngày )?rằm)) "
    rf"tháng (?P<month>{_MONTHS})(?!\w)"
    r"(?P<rest> âm lịch| năm (?P<year>\d{4})| năm (?:(?P<before>ngoái|trước)|(?P<now>nay)"
    r"|(?P<next>sau|tới))(?!\w)| (?:năm )?(?P<stem>Giáp|Ất|Bính|Đinh|Mậu|K[ỷỉ]|Canh|"
    r"Tân|Nhâm|Qu[ýí]) (?P<branch>Tý|Tí|Sửu|Dần|Mão|Thìn|Tỵ|Tị|Ngọ|Mùi|Thân|Dậu|Tuất|Hợi))?",
    re.IGNORECASE,
)
_LUNAR_MONTHS = {"giêng": 1, "tư": 4, "chạp": 12}
_HALF_A_YEAR = 183


def read_days(reading: PassageReading) -> None:
    """Note every date of a passage."""
    taken: list[tuple[int, int]] = []
    for start, end, when, rule, stated in _all(reading):
        if any(start < last and first < end for first, last in taken):
            continue
        taken.append((start, end))
        reading.add(when, start, end, rule, stated=stated)


_WEEKDAYS = {"hai": 0, "ba": 1, "tư": 2, "năm": 3, "sáu": 4, "bảy": 5, "nhật": 6}
_WEEKDAY = re.compile(
    r"(?:(?P<begins>^|[\n.:;,(“\"?!] ?)|\b(?:[Ss]áng|[Tt]rưa|[Cc]hiều|[Tt]ối|[Đđ]êm|[Vv]ào|[Hh]ôm"
    r"|[Tt]ừ|đến|tới) )(?:[Tt]hứ (?P<day>[Hh]ai|[Bb]a|[Tt]ư|[Nn]ăm|[Ss]áu|[Bb]ảy)"
    r"|[Cc]hủ (?P<sunday>nhật)),? ?\(?$"
)
"""A weekday, and no third session, question or fire."""
_FIRST = re.compile(r"\b[Tt]hứ nhất\b")


def read_weekdays(reading: PassageReading) -> None:
    """Note the days that are stated with a weekday that is not theirs."""
    for fact in list(reading.found(DatedPeriod)):
        when = fact.value
        assert isinstance(when, DatedPeriod)
        if when.unit != "day" or when.first != when.last or when.basis != "stated":
            continue
        match = _WEEKDAY.search(reading.text, 0, fact.start)
        if match is None or (match["begins"] is not None and _FIRST.search(reading.text)):
            continue
        named = _WEEKDAYS[(match["day"] or match["sunday"]).lower()]
        if named != when.first.weekday():
            start = match.start("day") - 4 if match["day"] else match.start("sunday") - 4
            written = reading.passage.text[start : fact.end]
            reading.add(Impossible(written, when.first), start, fact.end, "date-weekday")


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
        if (made := _date(year, month, day))
    ]
    return min(found, key=lambda made: abs((made - published).days), default=None)


_Found = tuple[int, int, "DatedPeriod | Impossible", str, bool]


def _all(reading: PassageReading) -> Iterator[_Found]:
    yield from _in_words(reading)
    yield from _quarters(reading)
    yield from _in_digits(reading)
    yield from _near(reading)


def _in_digits(reading: PassageReading) -> Iterator[_Found]:
    text, published = reading.text, reading.whole.published
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
        when = _resolved(first, last, published)
        if near and isinstance(when, DatedPeriod):
            when = replace(when, basis="published")
        if when is not None:
            stated = isinstance(when, Impossible) or when.basis == "stated"
            rule = "date-impossible" if isinstance(when, Impossible) else "date-written"
            yield first.start, last.end, when, rule, stated


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
    return found._replace(end=match.end(), year=_told_year(match, published)), True


def _told_year(match: re.Match[str], published: date | None) -> int | None:
    """The year that năm ngoái, năm nay or năm sau is at publication; None if none is told."""
    if published is None or not (match["before"] or match["now"] or match["next"]):
        return None
    return published.year - bool(match["before"]) + bool(match["next"])


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
        start = _date(earlier, month, first.days[0])
        end = _date(last.year or year, last_month, last.days[-1])
        basis = "stated"
    if start is None or end is None:
        day = first.days[0] if start is None else last.days[-1]
        wrong = f"{day:02d}/{(month if start is None else last_month):02d}"
        return Impossible(f"{wrong}/{year}" if year else wrong)
    return DatedPeriod(min(start, end), max(start, end), "day", basis)


def _quarters(reading: PassageReading) -> Iterator[_Found]:
    published = reading.whole.published
    for match in _QUARTER.finditer(reading.text):
        quarter = number_of(match["n"])
        year = match["y"] or match["z"]
        assert quarter is not None
        further = [number_of(n) or 0 for n in re.findall(r"IV|I+|[1-4]", match["more"])]
        if further and further != list(range(quarter + 1, quarter + 1 + len(further))):
            further = []
        if year:
            whole = quarter_of(int(year), quarter)
            if further:
                whole = replace(whole, last=quarter_of(int(year), further[-1]).last)
            yield *match.span(), whole, "date-quarter", True
        elif published is not None:
            middle = nearest(15, 3 * quarter - 1, published)
            assert middle is not None
            near = _told_year(match, published) or middle.year
            whole = quarter_of(near, quarter)
            last = quarter_of(near, further[-1]).last if further else whole.last
            when = DatedPeriod(whole.first, last, "quarter", "published")
            yield *match.span(), when, "date-quarter", False


def _near(reading: PassageReading) -> Iterator[_Found]:
    published = reading.whole.published
    for match in _NEAR.finditer(reading.text):
        if match["same"]:
            yield (
                *match.span(),
                DatedPeriod(date.min, date.min, "day", "same-day"),
                "date-same-day",
                False,
            )
        elif published is not None and reading.passage.field in ("lead", "body"):
            day = published - timedelta(days=bool(match["yesterday"]))
            yield *match.span(), DatedPeriod(day, day, "day", "published"), "date-near", False


def _in_words(reading: PassageReading) -> Iterator[_Found]:
    published = reading.whole.published
    for match in _IN_WORDS.finditer(reading.text):
        written = match["month"].lower()
        month = _LUNAR_MONTHS.get(written) or number_of(written)
        day = 15 if match["full"] else number_of(match["day"].split(" ", 1)[1])
        year = int(match["year"]) if match["year"] else None
        lunar = written in ("giêng", "chạp") or match["full"] or match["stem"]
        lunar = lunar or (match["rest"] or "").strip().lower() == "âm lịch"
        if month is None or day is None:
            continue
        if not lunar:
            if written.isdigit() and match["day"].split(" ", 1)[1].isdigit():
                continue
            near = year or _told_year(match, published)
            made = _date(near, month, day) if near else published and nearest(day, month, published)
            if made:
                basis = "stated" if year else "published"
                yield *match.span(), DatedPeriod(made, made, "day", basis), "date-words", bool(year)
            continue
        told = _told_year(match, published)
        near = year or told or (published.year if published else None)
        if near and match["stem"]:
            near = year_named(match["stem"], match["branch"], near)
        sure = year or told or match["stem"]
        choices = [near] if near and sure else near and [near - 1, near, near + 1]
        days = [made for one in choices or () if (made := solar(day, month, one))]
        if days:
            reference = published or days[0]
            made = min(days, key=lambda one: abs((one - reference).days))
            yield *match.span(), DatedPeriod(made, made, "day", "lunar"), "date-lunar", False


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
