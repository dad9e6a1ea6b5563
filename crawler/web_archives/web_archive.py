"""Web archives as a guest meets them: what they list, and where they hand out a capture."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Protocol
from urllib.parse import quote

from archive.ground.errors import UsageError
from archive.ground.message import Message
from archive.model import MementoForm
from crawler.extraction.publication_stamp import PORTAL_ZONE
from crawler.sites.description import Site

_UNFIT = re.compile(r"[\x00-\x20\x7f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class TimeSpan:
    """The time from which captures are wanted, both ends included; None leaves an end open."""

    since: datetime | None = None
    until: datetime | None = None

    def holds(self, moment: datetime) -> bool:
        """Whether a moment lies in it."""
        return not (
            (self.since is not None and moment < self.since)
            or (self.until is not None and moment > self.until)
        )


@dataclass(frozen=True, slots=True)
class IndexLine:
    """One capture as the index of a web archive lists it.

    `status` is None where the index gives none, as for a revisit. `fetch_url` is where the archive
    hands it out, `byte_range` the part of that file if it is one member of a WARC file.
    """

    url: str
    captured_at: datetime
    status: int | None
    media_type: str
    digest: str
    fetch_url: str
    byte_range: tuple[int, int] | None = None

    @property
    def is_revisit(self) -> bool:
        """Whether the archive found the same bytes again and kept only that."""
        return self.media_type == "warc/revisit"


@dataclass(frozen=True, slots=True)
class IndexAnswer:
    """What an index answered: captures, and the queries that go on from here.

    `fault` says why some of it could not be read; asked again, the index may do better. `unread`
    says how many lines name no capture, as often as they are asked for.
    """

    lines: tuple[IndexLine, ...] = ()
    following: tuple[str, ...] = ()
    fault: str = ""
    unread: str = ""


def answer_of(
    lines: Sequence[IndexLine | None], following: tuple[str, ...], *, fault: str = ""
) -> IndexAnswer:
    """An answer of lines, None for each that names no capture; those are counted."""
    read = tuple(line for line in lines if line is not None)
    none = len(lines) - len(read)
    unread = f"lines whose time, address or place is none: {none}" if none else ""
    return IndexAnswer(read, following, fault, unread)


class WebArchive(Protocol):
    """A web archive: its interface, and how fast it lets itself be asked (in seconds)."""

    @property
    def name(self) -> str:
        """How captures name where they come from."""

    @property
    def address(self) -> str:
        """Where its index lies."""

    @property
    def form(self) -> MementoForm:
        """How it hands out a capture."""

    @property
    def refusals(self) -> frozenset[int]:
        """The statuses by which it asks to be left alone for a while."""

    @property
    def query_seconds(self) -> float:
        """From one query of the index to the next."""

    @property
    def capture_seconds(self) -> float:
        """From one capture to the next."""

    @property
    def is_named_by_hand(self) -> bool:
        """Whether it is one that the operator named, wherever it lies."""

    def queries(self, site: Site, span: TimeSpan) -> list[str]:
        """The addresses to begin with."""

    def read(self, query: str, status: int, body: bytes, site: Site, span: TimeSpan) -> IndexAnswer:
        """What came for a query; raises ValueError if it is no answer of such an index."""

    def redirected(self, fetch_url: str, location: str) -> IndexLine | None:
        """The capture that a redirect of the archive leads to; None if it leads to no capture."""


def span_of(site: Site, first: date | None, last: date | None) -> TimeSpan:
    """The days of a site's validity, and of those the ones from `first` to `last`.

    Days are those of the portal's own time zone.

    Raises `UsageError` for days that the site does not have.
    """
    since = max((day for day in (site.valid_from, first) if day), default=None)
    until = min((day for day in (site.valid_until, last) if day), default=None)
    if since and until and until < since:
        raise UsageError(
            "crawler.no-day-between",
            site=site.name,
            since=since,
            until=until,
            hint=Message("crawler.where-its-dates-are"),
        )
    day = timedelta(days=1)
    return TimeSpan(
        None if since is None else datetime.combine(since, time(), PORTAL_ZONE),
        None
        if until is None
        else datetime.combine(until + day, time(), PORTAL_ZONE) - timedelta(seconds=1),
    )


def status_of(text: str) -> int | None:
    """The HTTP status in an index; None where it has none."""
    return int(text) if re.fullmatch("[1-9][0-9][0-9]", text) else None


def from_timestamp14(text: str) -> datetime:
    """The UTC time that the 14 digits of an index stand for; raises ValueError for no time."""
    if len(text) != len("YYYYmmddHHMMSS") or not text.isdecimal():
        raise ValueError(text)
    return datetime.strptime(text, "%Y%m%d%H%M%S").replace(tzinfo=UTC)


def text_of(body: bytes) -> str:
    """An index's answer; bytes that are no UTF-8 are kept for `address_of`."""
    return body.decode("utf-8", errors="surrogateescape")


def address_of(original: str) -> str:
    """An address as an index gives it, with what no address holds percent-encoded."""
    return _UNFIT.sub(lambda found: quote(_bytes_of(found[0]), safe=""), original)


def _bytes_of(text: str) -> bytes:
    try:
        return text.encode("utf-8", errors="surrogateescape")
    except UnicodeEncodeError:
        return text.encode("utf-8", errors="surrogatepass")


def as_asked_for(url: str) -> str:
    """An archived address as it goes to the end of another: what no URL may hold is encoded."""
    return quote(url, safe="/:@!$&()*+,;=~-._%?")
