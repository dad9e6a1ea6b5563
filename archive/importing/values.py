"""What an import is handed and what it returns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol

from archive.model import Role


class LeftOut(StrEnum):
    """Why a record is not taken in."""

    OTHER_HOST = "of another host"
    OTHER_DATES = "outside the site's dates of validity"
    NO_WEB_PAGE = "no web page"
    OWN_NOTE = "what the archive it comes from noted of its runs"
    NO_ADDRESS = "a record without an address"
    BAD_ADDRESS = "its address is none that can be read"
    NO_SCHEME = "its address has no scheme, such as https:"
    NO_DATE = "its date is none that can be told in UTC"
    IMPOSSIBLE_DATE = "its date lies in the future, or before there was a Web"
    NOT_GET = "not asked for with GET"
    NO_HTTP = "no HTTP response"
    NO_STATUS = "an HTTP response whose status is none"
    WRONG_PAYLOAD = "its payload digest is wrong, and it has no block digest"
    LATER_PART = "a later part of a record that is split over several"
    UNRESOLVED = "a revisit of a response that is not here"
    CONTRADICTED = "a revisit whose payload digest or address is not that of the response it names"
    OUTDATED = "a 304 whose ETag or Last-Modified is of another state than the response it confirms"


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
    what: str


@dataclass(slots=True)
class Imported:
    """What an import did.

    `skipped` counts records by the reason why they were left out, `hosts` those of another host by
    that host; `troubles` is the number of places that were told one by one.
    """

    taken: Counter[str] = field(default_factory=Counter)
    known: int = 0
    skipped: Counter[str] = field(default_factory=Counter)
    hosts: Counter[str] = field(default_factory=Counter)
    troubles: int = 0
    articles: int = 0
