"""What an import is handed and what it returns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol

from archive.ground.message import Message
from archive.model import Role


class LeftOut(StrEnum):
    """Why a record is not taken in, by the code of its message."""

    OTHER_HOST = "archive.other-host"
    OTHER_DATES = "archive.other-dates"
    NO_WEB_PAGE = "archive.no-web-page"
    OWN_NOTE = "archive.note-of-another-archive"
    NO_ADDRESS = "archive.no-address"
    BAD_ADDRESS = "archive.bad-address"
    NO_SCHEME = "archive.no-scheme"
    NO_DATE = "archive.no-utc-date"
    IMPOSSIBLE_DATE = "archive.impossible-date"
    NOT_GET = "archive.not-asked-with-get"
    NO_HTTP = "archive.no-http-response"
    NO_STATUS = "archive.http-without-status"
    WRONG_PAYLOAD = "archive.payload-digest-wrong-alone"
    LATER_PART = "archive.later-part"
    UNRESOLVED = "archive.response-not-here"
    CONTRADICTED = "archive.revisit-contradicted"
    OUTDATED = "archive.revisit-outdated"


EXPECTED = frozenset(
    (LeftOut.OTHER_HOST, LeftOut.OTHER_DATES, LeftOut.NO_WEB_PAGE, LeftOut.OWN_NOTE)
)
"""The reasons that every file of another program has; all others are told one by one."""


@dataclass(frozen=True, slots=True)
class CapturePlace:
    """Where a capture belongs: the description of its site, and what it is there."""

    site: Mapping[str, Any]
    role: Role


class ImportRouting(Protocol):
    """Which site a capture belongs to, as the archive is handed it."""

    def __call__(
        self, url: str, captured_at: datetime, media_type: str | None
    ) -> CapturePlace | LeftOut:
        """The place of a capture, or the reason why it has none."""

    def learn(self, description: str) -> None:
        """A site's description, as the `warcinfo` of an archive like this has it."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something in a file that was not taken in: which file, where in it, what.

    `place` is an offset in bytes, empty for what has none.
    """

    file: str
    place: str
    what: Message


@dataclass(slots=True)
class Imported:
    """What an import did.

    `skipped` counts records by the code of why they were left out, `hosts` those of another host by
    that host; `troubles` is the number of places that were told one by one.
    """

    taken: Counter[str] = field(default_factory=Counter)
    known: int = 0
    skipped: Counter[str] = field(default_factory=Counter)
    hosts: Counter[str] = field(default_factory=Counter)
    troubles: int = 0
    articles: int = 0
