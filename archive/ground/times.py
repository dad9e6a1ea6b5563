"""Instants as the archive writes them: UTC, microseconds, `Z` (W3C profile of ISO 8601)."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from archive.ground.message import Message

_YEAR_OR_MONTH = re.compile(r"\d{4}(-\d\d)?")

_DAY = re.compile(r"\d{4}-\d\d-\d\d([Tt ]\d\d|$)", re.ASCII)
_ROUGH = re.compile(r"\d{4}(-\d\d(-\d\d(T\d\d(:\d\d)?(Z|[+-]\d\d(:?\d\d)?)?)?)?)?")


def to_text(moment: datetime) -> str:
    """A UTC timestamp of fixed width, so that text order is time order."""
    return f"{moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='microseconds')}Z"


def from_text(text: str) -> datetime:
    """The instant that `to_text` or a WARC-Date (ISO 28500:2017 § 5.4) stands for.

    A date without a zone is UTC, a year or month its first instant. Raises ValueError for no date,
    and for one that UTC has no year from 1 to 9999 for.
    """
    if shortened := _YEAR_OR_MONTH.fullmatch(text):
        text += "-01" if shortened[1] else "-01-01"
    elif not _DAY.match(text):
        raise ValueError(Message("archive.no-date", text=text[:40]))
    moment = datetime.fromisoformat(text.upper())
    try:
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except OverflowError:
        raise ValueError(Message("archive.beyond-the-years", text=text)) from None


def rough(text: str) -> str | None:
    """A WARC-Date that names no second, as it stands; None for one that does."""
    return text if _ROUGH.fullmatch(text) else None


def to_timestamp14(moment: datetime) -> str:
    """The 14-digit UTC timestamp that web archives use in names and replay URLs."""
    at = moment.astimezone(UTC)
    return f"{at.year:04}{at:%m%d%H%M%S}"


def day_and_time(moment: datetime) -> str:
    """An instant for a citation: to the minute, in UTC, and saying so."""
    return f"{to_text(moment)[:16].replace('T', ' ')} UTC"
