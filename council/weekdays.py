"""Weekdays that stand before a day and are not that day's."""

from __future__ import annotations

import re

from council.model import DatedPeriod, Impossible
from council.reader import PassageReading

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
