"""When a request is worth another attempt, and how long to wait before it."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus

from archive.model import Capture
from crawler.frontier.entries import FrontierEntry

MAX_ATTEMPTS = 3

LONGEST_WAIT = 24 * 3600.0
"""Seconds that a server is left alone for at most: whoever asks for more is asked again then."""

REFUSALS = frozenset((HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE))
"""By these a server asks everyone to wait, not just this request."""

_PASSING = REFUSALS | {408, 425, 500, 502, 504}


def pause_before_retry(
    entry: FrontierEntry, capture: Capture | None, first_pause: float
) -> float | None:
    """Seconds to wait before trying an entry again; None if it is settled as it is.

    `capture` is None if no response came. A body that was cut is worth another attempt, unless it
    was cut for its length. Each pause is three times as long as the one before.
    """
    if capture and capture.status not in _PASSING and capture.truncated in (None, "length"):
        return None
    if entry.attempts + 1 >= MAX_ATTEMPTS:
        return None
    return first_pause * float(3**entry.attempts)


def is_trouble(status: int) -> bool:
    """Whether this answer says that the server cannot serve now, whatever it is asked."""
    return status in REFUSALS or status >= 500


def seconds_of(retry_after: str | None, now: datetime | None = None) -> float | None:
    """Retry-After in either form (RFC 9110 § 10.2.3); None if it names no time to come."""
    told = (retry_after or "").strip()
    if told.isascii() and told.isdecimal():
        wait = float(told)
    else:
        try:
            wanted = parsedate_to_datetime(told)
        except (TypeError, ValueError, OverflowError):
            return None
        wanted = wanted if wanted.tzinfo else wanted.replace(tzinfo=UTC)
        wait = (wanted - (now or datetime.now(UTC))).total_seconds()
    return min(wait, LONGEST_WAIT) if wait > 0 else None
