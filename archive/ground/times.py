"""Instants as the archive writes them: UTC, microseconds, `Z` (W3C profile of ISO 8601)."""

from __future__ import annotations

from datetime import UTC, datetime


def to_text(moment: datetime) -> str:
    """A UTC timestamp of fixed width, so that text order is time order."""
    return f"{moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='microseconds')}Z"


def from_text(text: str) -> datetime:
    """The instant that `to_text` or a WARC-Date (ISO 28500:2017 § 5.4) stands for.

    A date without a zone is UTC; raises ValueError for no date.
    """
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def to_timestamp14(moment: datetime) -> str:
    """The 14-digit UTC timestamp that web archives use in names and replay URLs."""
    return moment.astimezone(UTC).strftime("%Y%m%d%H%M%S")
