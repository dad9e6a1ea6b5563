"""A moment as portals write it: in digits or words, with or without a clock, or as ISO 8601.

`05/02/2024 | 17:00`, `15:55 | 10/07/2026`, `Thứ Năm, 17/07/2025, 23:14`, `17 - 05 - 2024`,
`5 Tháng Hai, 2024`, `Ngày 05 tháng 02 năm 2024, 14h30`, `22/03/2026 01:18:37 CH`,
`2024-02-05T17:00:00+07:00`. What is malformed is no moment: another place on the page may have a
good one.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from typing import NamedTuple

from crawler.extraction.publication_stamp import PORTAL_ZONE

LONGEST = 400
"""Letters of a text in which a moment is looked for."""


class Moment(NamedTuple):
    """A moment with the portal's zone; without a clock it is the day's midnight."""

    at: datetime
    has_clock: bool


_ISO = re.compile(
    r"(?<![\d/.-])((?:19|20)\d\d)-(\d\d)-(\d\d)"
    r"(?:[T ]\s?(\d\d):(\d\d)(?::(\d\d)(?:[.,]\d{1,9})?)?\s?(Z\b|[+-]\d\d:?\d\d(?![\d:]))?)?"
    r"(?![\d+:T])"
)
_DIGITS = re.compile(r"(?<![\d/.-])(\d{1,2})\s?([/.-])\s?(\d{1,2})\s?\2\s?((?:19|20)\d\d)(?![\d/])")
_YEAR_FIRST = re.compile(r"(?<![\d/.-])((?:19|20)\d\d)([/.-])(\d{1,2})\2(\d{1,2})(?![\d/])")
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "một giêng january jan",
            "hai february feb",
            "ba march mar",
            "tư bốn april apr",
            "năm may",
            "sáu june jun",
            "bảy bẩy july jul",
            "tám august aug",
            "chín september sep",
            "mười october oct",
            "mười_một november nov",
            "mười_hai chạp december dec",
        ),
        1,
    )
    for name in names.split()
}
_VIETNAMESE = r"mười\s+một|mười\s+hai|một|giêng|hai|ba|tư|bốn|năm|sáu|bảy|bẩy|tám|chín|mười|chạp"
_ENGLISH = "|".join(name for name in sorted(_MONTHS, key=len, reverse=True) if name.isascii())
_WORDS = re.compile(
    rf"(?<!\d)(\d{{1,2}})\s*[,-]?\s*(?:tháng|thg)\s*(\d{{1,2}}(?!\d)|{_VIETNAMESE})\b"
    r"\s*[,/.-]?\s*(?:năm\s+)?((?:19|20)\d\d)(?!\d)",
    re.IGNORECASE,
)
_MONTH_FIRST = re.compile(
    rf"\b(?:(?:tháng|thg)\s*(\d{{1,2}}(?!\d)|{_VIETNAMESE})|({_ENGLISH})\.?)\s+(\d{{1,2}})(?!\d)"
    r"\s*,?\s*(?:năm\s+)?((?:19|20)\d\d)(?!\d)",
    re.IGNORECASE,
)
_ENGLISH_DAY_FIRST = re.compile(
    rf"(?<!\d)(\d{{1,2}})\s+({_ENGLISH})\.?,?\s+((?:19|20)\d\d)(?!\d)", re.IGNORECASE
)
_CLOCK = re.compile(
    r"(?<![\d:+])(\d{1,2})\s?(?::|h|giờ)\s?(\d{2})(?:\s?(?::|phút)\s?(\d{2})(?!\d))?"
    r"\s*(AM|PM|SA|CH|sáng|trưa|chiều|tối)?(?![\w:])",
    re.IGNORECASE,
)
_EPOCH = re.compile(r"(?:/Date\()?(\d{10}|\d{13})(?:[+-]\d{4})?(?:\)/)?")
_AFTERNOON = ("PM", "CH", "CHIỀU", "TỐI")
_HALVES = ("AM", "SA", "SÁNG", "TRƯA", *_AFTERNOON)


def read_moment(text: str, order: str = "dmy") -> Moment | None:
    """The moment that a text says, None if it says none. `order` is that of a date in digits."""
    line = " ".join(text[:LONGEST].split())
    if epoch := _EPOCH.fullmatch(line):
        return _since_epoch(epoch[1])
    for found, day in _days(line, order):
        moment = _moment(line, found, day)
        if moment is not None:
            return moment
    return None


def _days(line: str, order: str) -> list[tuple[re.Match[str], tuple[int, int, int]]]:
    """The dates of a line (year, month, day), the first written first."""
    found = [(m, (int(m[1]), int(m[2]), int(m[3]))) for m in _ISO.finditer(line)]
    for match in _DIGITS.finditer(line):
        first, second = int(match[1]), int(match[3])
        day, month = (second, first) if order == "mdy" else (first, second)
        found.append((match, (int(match[4]), month, day)))
    for match in _YEAR_FIRST.finditer(line):
        if match[2] != "-":
            found.append((match, (int(match[1]), int(match[3]), int(match[4]))))
    for match in _WORDS.finditer(line):
        found.append((match, (int(match[3]), _month(match[2]), int(match[1]))))
    for match in _MONTH_FIRST.finditer(line):
        found.append((match, (int(match[4]), _month(match[1] or match[2]), int(match[3]))))
    for match in _ENGLISH_DAY_FIRST.finditer(line):
        found.append((match, (int(match[3]), _month(match[2]), int(match[1]))))
    return sorted(found, key=lambda one: one[0].start())


def _moment(line: str, found: re.Match[str], day: tuple[int, int, int]) -> Moment | None:
    zone: timezone = PORTAL_ZONE
    clock: tuple[int, int, int] | None = None
    if found.re is _ISO and found[4]:
        clock = int(found[4]), int(found[5]), int(found[6] or 0)
        zone = _zone(found[7])
    else:
        clock = _clock(line, found)
    try:
        at = datetime(*day, *(clock or (0, 0, 0)), tzinfo=zone).astimezone(PORTAL_ZONE)
    except (ValueError, OverflowError):
        return None
    return Moment(at, clock is not None)


def _clock(line: str, day: re.Match[str]) -> tuple[int, int, int] | None:
    """The time of the clock that stands next to a date: behind it, else before it."""
    before = list(_CLOCK.finditer(line, 0, day.start()))
    for found in (_CLOCK.search(line, day.end()), *before[-1:]):
        if found is None:
            continue
        hour, half = int(found[1]), (found[4] or "").upper()
        if half in _HALVES and hour <= 12:
            noon = half == "TRƯA" and hour in (11, 12)
            hour = hour if noon else hour % 12 + (12 if half in (*_AFTERNOON, "TRƯA") else 0)
        if hour < 24 and int(found[2]) < 60:
            return hour, int(found[2]), min(int(found[3] or 0), 59)
    return None


def _zone(text: str | None) -> timezone:
    if not text:
        return PORTAL_ZONE
    if text == "Z":
        return UTC
    hours, minutes = int(text[1:3]), int(text[-2:])
    if hours > 14 or minutes > 59:
        return PORTAL_ZONE
    offset = timedelta(hours=hours, minutes=minutes)
    return timezone(-offset if text[0] == "-" else offset)


def _since_epoch(digits: str) -> Moment | None:
    seconds = int(digits) / (1000 if len(digits) == 13 else 1)
    at = datetime.fromtimestamp(seconds, UTC).astimezone(PORTAL_ZONE)
    return Moment(at.replace(microsecond=0), True)


def _month(word: str) -> int:
    return int(word) if word.isdecimal() else _MONTHS["_".join(word.lower().split())]
