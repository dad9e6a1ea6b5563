"""The Vietnamese lunar calendar, for dates such as “mùng 9 tháng Giêng năm Quý Mão” and Tết.

A month begins on the day of the new moon, the month with the winter solstice is the eleventh, and
the first month after it without a principal term is a leap month; all by the time of UTC+7.
New moons and the sun's longitude after Meeus, Astronomical Algorithms (1998), ch. 49 and 25,
abridged; good to a few minutes, which is enough for the day.
"""

from __future__ import annotations

import math
from datetime import date
from functools import cache

_STEMS = ("giáp", "ất", "bính", "đinh", "mậu", "kỷ", "canh", "tân", "nhâm", "quý")
_BRANCHES = ("tý", "sửu", "dần", "mão", "thìn", "tỵ", "ngọ", "mùi", "thân", "dậu", "tuất", "hợi")
_ALSO = {"tí": "tý", "tị": "tỵ", "kỉ": "kỷ", "quí": "quý", "mẹo": "mão"}
_EPOCH = 1721424.5  # Julian day of day 0 of `date.toordinal`
_ZONE = 7 / 24


def year_named(stem: str, branch: str, near: int) -> int | None:
    """The year that bears a name such as Quý Mão, the one nearest to `near`."""
    first, second = (_ALSO.get(word.lower(), word.lower()) for word in (stem, branch))
    if first not in _STEMS or second not in _BRANCHES:
        return None
    for distance in range(31):
        for year in (near - distance, near + distance):
            if (year - 4) % 10 == _STEMS.index(first) and (year - 4) % 12 == _BRANCHES.index(
                second
            ):
                return year
    return None


@cache
def solar(day: int, month: int, year: int) -> date | None:
    """The day of the common calendar on which a lunar day (of no leap month) falls, or None."""
    if not (1 <= day <= 30 and 1 <= month <= 12):
        return None
    if month >= 11:
        start, after = _eleventh(year), _eleventh(year + 1)
        steps = month - 11
    else:
        start, after = _eleventh(year - 1), _eleventh(year)
        steps = month + 1
    if after - start == 13:
        steps += steps >= _leap(start)
    return date.fromordinal(_new_moon_day(start + steps) + day - 1)


def tet(year: int) -> date:
    """The first day of a lunar year."""
    found = solar(1, 1, year)
    assert found is not None
    return found


@cache
def _eleventh(year: int) -> int:
    """The number of the new moon that begins the month with the winter solstice of a year."""
    end = date(year, 12, 31).toordinal()
    number = int((end - 693596) / 29.530588853)
    while _new_moon_day(number) > end:
        number -= 1
    # The solstice (270°, the ninth of twelve parts) lies in this month or the one before.
    return number - 1 if _sector(_new_moon_day(number)) >= 9 else number


def _leap(start: int) -> int:
    """How many months after the eleventh the leap month comes: the first that begins and ends with
    the sun in the same twelfth."""
    sectors = [_sector(_new_moon_day(start + step)) for step in range(15)]
    return next(step for step in range(1, 14) if sectors[step] == sectors[step + 1])


@cache
def _new_moon_day(number: int) -> int:
    """The day (ordinal, UTC+7) of a new moon; number 0 is that of January 1900."""
    centuries = number / 1236.85
    squared = centuries * centuries
    mean = 2415020.75933 + 29.53058868 * number + 0.0001178 * squared
    mean += 0.00033 * math.sin(math.radians(166.56 + 132.87 * centuries - 0.009173 * squared))
    sun = math.radians(359.2242 + 29.10535608 * number - 0.0000333 * squared)
    moon = math.radians(306.0253 + 385.81691806 * number + 0.0107306 * squared)
    node = math.radians(21.2964 + 390.67050646 * number - 0.0016528 * squared)
    terms = (
        (0.1734 - 0.000393 * centuries, sun), (0.0021, 2 * sun), (-0.4068, moon),
        (0.0161, 2 * moon), (-0.0004, 3 * moon), (0.0104, 2 * node), (-0.0051, sun + moon),
        (-0.0074, sun - moon), (0.0004, 2 * node + sun), (-0.0004, 2 * node - sun),
        (-0.0006, 2 * node + moon), (0.0010, 2 * node - moon), (0.0005, 2 * moon + sun),
    )  # fmt: skip
    moment = mean + sum(size * math.sin(angle) for size, angle in terms)
    dynamical = -0.000278 + 0.000265 * centuries + 0.000262 * squared
    return math.floor(moment - dynamical + _ZONE - _EPOCH)


@cache
def _sector(day: int) -> int:
    """In which twelfth of its way (from the March equinox) the sun stands as a day begins."""
    centuries = (day + _EPOCH - _ZONE - 2451545.0) / 36525
    anomaly = math.radians(357.52910 + 35999.05030 * centuries)
    longitude = 280.46645 + 36000.76983 * centuries
    longitude += (1.914600 - 0.004817 * centuries) * math.sin(anomaly)
    longitude += 0.019993 * math.sin(2 * anomaly) + 0.000290 * math.sin(3 * anomaly)
    return int(longitude % 360 // 30)
