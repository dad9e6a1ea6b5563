"""The line under an article's title: when it was published and how often it was read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

PORTAL_ZONE = timezone(timedelta(hours=7))
"""Asia/Ho_Chi_Minh, which has had no summer time since 1975 (IANA time zone database)."""

_DATE = re.compile(r"(?<!\d)(\d{1,2})/(\d{1,2})/((?:19|20)\d{2})(?!\d)")
_TIME = re.compile(r"(?<!\d)(\d{1,2}):(\d{2})(?::(\d{2}))?\s*(AM|PM|SA|CH)?(?!\w)", re.IGNORECASE)
_VIEWS = re.compile(
    r"(?:lượt xem|lượt đọc|view count|views?|hits)\s*:?\s*(\d[\d.,]*)", re.IGNORECASE
)
_LONGEST_COUNT = 12
_AFTERNOON = {"PM", "CH"}


@dataclass(frozen=True, slots=True)
class PublicationStamp:
    """What a stamp says; None for what it does not say or says impossibly."""

    text: str
    published_at: datetime | None
    views: int | None


def read_stamp(text: str) -> PublicationStamp:
    """Read a stamp in either language and clock.

    Without a time the day alone stands, at midnight, as migrated articles have it.
    """
    line = " ".join(text.split())
    views = _VIEWS.search(line)
    return PublicationStamp(line, _moment(line), to_count(views[1]) if views else None)


def to_count(digits: str) -> int | None:
    """A number with dots or commas between its digits; None for one that counts nothing real."""
    plain = re.sub(r"[.,]", "", digits)
    return int(plain) if len(plain) <= _LONGEST_COUNT else None


def _moment(line: str) -> datetime | None:
    day = _DATE.search(line)
    if not day:
        return None
    hour, minute, second = 0, 0, 0
    time = _TIME.search(line, day.end())
    if time:
        hour, minute, second = int(time[1]), int(time[2]), int(time[3] or 0)
        half = (time[4] or "").upper()
        if half and hour <= 12:
            hour = hour % 12 + (12 if half in _AFTERNOON else 0)
    try:
        return datetime(
            int(day[3]), int(day[2]), int(day[1]), hour, minute, second, tzinfo=PORTAL_ZONE
        )
    except ValueError:
        return None
