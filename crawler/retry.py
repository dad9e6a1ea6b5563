"""When a request is worth another attempt, and how long to wait before it."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from archive.records import Capture
from crawler.frontier import Entry

MAX_ATTEMPTS = 3
FIRST_PAUSE = 5.0
"""Seconds before the second attempt; each further pause is three times as long."""
LONGEST_PAUSE = 600.0

_PASSING = frozenset((408, 425, 429, 500, 502, 503, 504))


def pause_before_retry(
    entry: Entry, capture: Capture | None, retry_after: str | None = None
) -> float | None:
    """Seconds to wait before trying an entry again; None if it is settled as it is.

    `capture` is None if no response came. A body that was cut is worth another attempt, unless it
    was cut for its length.
    """
    if capture and capture.status not in _PASSING and capture.truncated in (None, "length"):
        return None
    if entry.attempts + 1 >= MAX_ATTEMPTS:
        return None
    asked = _seconds(retry_after)
    return FIRST_PAUSE * 3**entry.attempts if asked is None else asked


def _seconds(retry_after: str | None) -> float | None:
    """Retry-After in either form (RFC 9110 § 10.2.3)."""
    if not retry_after:
        return None
    try:
        wait = float(retry_after)
    except ValueError:
        try:
            wait = (parsedate_to_datetime(retry_after) - datetime.now(UTC)).total_seconds()
        except (TypeError, ValueError):
            return None
    return min(max(wait, 0.0), LONGEST_PAUSE)
