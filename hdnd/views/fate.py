"""What became of words that were searched for in earlier versions."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from archive.ground.message import Message


class FateKind(StrEnum):
    """How it stands with the words."""

    STANDS = "stands"
    REMOVED = "removed"
    LAST_SEEN = "last-seen"
    PAGE_GONE = "page-gone"
    FILE_SWAPPED = "file-swapped"


_LASTS = {FateKind.PAGE_GONE: "usecases.page-gone", FateKind.STANDS: "usecases.words-stood"}


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


def fate_message(fate: Fate) -> Message:
    """What became of the words, as a sentence."""
    if fate.kind is FateKind.REMOVED and fate.before:
        return Message(
            "usecases.words-removed",
            at=fate.at,
            before=fate.before,
            version=fate.version[:8],
            article=fate.article,
        )
    if fate.kind is FateKind.FILE_SWAPPED and fate.before:
        return Message(
            "usecases.file-swapped", at=fate.at, before=fate.before, article=fate.article
        )
    return Message(_LASTS.get(fate.kind, "usecases.words-last-seen"), at=fate.at)
