"""What became of words that were searched for in earlier versions."""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo
from enum import StrEnum
from typing import NamedTuple


class FateKind(StrEnum):
    """How it stands with the words."""

    STANDS = "stands"
    REMOVED = "removed"
    LAST_SEEN = "last-seen"
    PAGE_GONE = "page-gone"
    FILE_SWAPPED = "file-swapped"


class Fate(NamedTuple):
    """What became of an article's words.

    `at` is when they were last seen, or since when the page is gone; `before` the capture that no
    longer had them, and `version` the digest of the last version that did, if they were removed.
    """

    kind: FateKind
    article: str
    at: datetime
    before: datetime | None = None
    version: str = ""


def fate_text(fate: Fate, zone: tzinfo | None = UTC) -> str:
    """A sentence; times in a zone, None for that of this computer."""

    def told(moment: datetime) -> str:
        shown = moment.astimezone(zone)
        return f"{shown:%d/%m/%Y %H:%M}{' UTC' if zone is UTC else ''}"

    if fate.kind is FateKind.REMOVED and fate.before:
        return (
            f"These words are gone: removed between {told(fate.at)} and {told(fate.before)}"
            f" (version {fate.version[:8]}, see `hdnd history {fate.article}`)."
        )
    if fate.kind is FateKind.FILE_SWAPPED and fate.before:
        return (
            f"These words are gone: the file was swapped between {told(fate.at)} and"
            f" {told(fate.before)} (see `hdnd history {fate.article}`)."
        )
    return {
        FateKind.PAGE_GONE: "The page is gone since {}.",
        FateKind.STANDS: "These words still stood on {}.",
    }.get(fate.kind, "These words were last seen on {}.").format(told(fate.at))
