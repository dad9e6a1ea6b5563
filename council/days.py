"""Dates: what is written, and which day that is, given when the article was published."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from council.days_in_digits import days_in_digits
from council.lunar import solar, year_named
from council.model import DatedPeriod
from council.numbers import WORDS, number_of
from council.reader import PassageReading
from council.tenses import by_tense
from council.years import FoundDay, day_of, nearest, quarter_of, told_year

_DIGIT = re.compile(r"\d")
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
_DASHED = re.compile(
    r"\b(?:[Ss]áng|[Tt]rưa|[Cc]hiều|[Tt]ối|[Đđ]êm|[Hh]ôm)(?: nay| qua)?,? \(?(?P<day>\d{1,2})-"
    r"(?P<month>0?[1-9]|1[0-2])(?![\w/.-]?\d)(?! ?(?:h\b|giờ|tuổi|%|người|phút|ngày|tháng))(?!\w)"
)
"""`Sáng 4-12`: a day, where a time of day stands before it."""
_FROM_TO = re.compile(
    r"\b[Tt]ừ (?P<first>\d{1,2}) (?:đến|tới|-) (?P<last>\d{1,2})[/-](?P<month>0?[1-9]|1[0-2])"
    r"(?:[/-](?P<year>\d{4}))?(?![\w/.-]?\d)(?!\w)"
)
"""`Từ 11 đến 13/12`: the days between, where no `ngày` stands before them."""
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


def read_days(reading: PassageReading) -> None:
    """Note every date of a passage."""
    taken: list[tuple[int, int]] = []
    for start, end, when, rule, stated in _all(reading):
        if any(start < last and first < end for first, last in taken):
            continue
        taken.append((start, end))
        if isinstance(when, DatedPeriod):
            when = by_tense(reading, start, end, when)
        reading.add(when, start, end, rule, stated=stated)


def _all(reading: PassageReading) -> Iterator[FoundDay]:
    text = reading.text
    month = "áng" in text or "ÁNG" in text
    if month:
        yield from _in_words(reading)
    if "uý" in text or "uí" in text:
        yield from _quarters(reading)
    digit = _DIGIT.search(text) is not None
    if digit:
        yield from _from_to(reading)
    if digit or month:
        yield from days_in_digits(reading)
    if digit:
        yield from _dashed(reading)
    if "nay" in text or " qua" in text or "ùng ngày" in text:
        yield from _near(reading)


def _from_to(reading: PassageReading) -> Iterator[FoundDay]:
    published = reading.whole.published
    for match in _FROM_TO.finditer(reading.text):
        first, last, month = (int(match[name]) for name in ("first", "last", "month"))
        year = int(match["year"]) if match["year"] else None
        if year is None and published is not None:
            near = nearest(last, month, published)
            year = near.year if near else None
        begin, end = (day_of(year, month, day) if year else None for day in (first, last))
        if begin and end and begin < end:
            basis = "stated" if match["year"] else "published"
            stated = basis == "stated"
            yield (
                match.start("first"), match.end(),
                DatedPeriod(begin, end, "day", basis), "date-written", stated,
            )  # fmt: skip


def _dashed(reading: PassageReading) -> Iterator[FoundDay]:
    published = reading.whole.published
    for match in _DASHED.finditer(reading.text) if published else ():
        assert published is not None
        made = nearest(int(match["day"]), int(match["month"]), published)
        if made is not None:
            when = DatedPeriod(made, made, "day", "published")
            yield match.start("day"), match.end("month"), when, "date-written", False


def _quarters(reading: PassageReading) -> Iterator[FoundDay]:
    published = reading.whole.published
    for match in _QUARTER.finditer(reading.text):
        quarter = number_of(match["n"])
        year = match["y"] or match["z"]
        assert quarter is not None
        further = [number_of(n) or 0 for n in re.findall(r"IV|I+|[1-4]", match["more"])]
        if further and further != list(range(quarter + 1, quarter + 1 + len(further))):
            yield from _each_quarter(match, published)
            continue
        if year:
            whole = quarter_of(int(year), quarter)
            if further:
                whole = replace(whole, last=quarter_of(int(year), further[-1]).last)
            yield *match.span(), whole, "date-quarter", True
        elif published is not None:
            middle = nearest(15, 3 * quarter - 1, published)
            assert middle is not None
            near = told_year(match, published) or middle.year
            whole = quarter_of(near, quarter)
            last = quarter_of(near, further[-1]).last if further else whole.last
            when = DatedPeriod(whole.first, last, "quarter", "published")
            yield *match.span(), when, "date-quarter", False


def _each_quarter(match: re.Match[str], published: date | None) -> Iterator[FoundDay]:
    """The quarters of `quý I, III/2024`, which do not follow each other: each for itself."""
    year = match["y"] or match["z"]
    for found in re.finditer(r"IV|I+|[1-4]", match.string[match.start() : match.end("more")]):
        number = number_of(found.group())
        assert number is not None
        start, end = match.start() + found.start(), match.start() + found.end()
        if found.start() == match.start("n") - match.start():
            start = match.start()
        if year:
            yield start, end, quarter_of(int(year), number), "date-quarter", True
        elif published is not None:
            near = told_year(match, published) or published.year
            when = replace(quarter_of(near, number), basis="published")
            yield start, end, when, "date-quarter", False


def _near(reading: PassageReading) -> Iterator[FoundDay]:
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


def _in_words(reading: PassageReading) -> Iterator[FoundDay]:
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
            near = year or told_year(match, published)
            made = (
                day_of(near, month, day) if near else published and nearest(day, month, published)
            )
            if made:
                basis = "stated" if year else "published"
                yield *match.span(), DatedPeriod(made, made, "day", basis), "date-words", bool(year)
            continue
        told = told_year(match, published)
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
