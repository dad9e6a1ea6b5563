"""What Scrapy's parts need of whatever is under way: a crawl of a portal, or a recovery."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import datetime
from typing import Any, Protocol

from archive.errors import HdndError
from archive.home import Home
from archive.records import Capture, Exchange, Page
from archive.store import Archive
from crawler.pace import Pace
from crawler.site import Site
from crawler.telling import CrawlSummary, Progress


class Visit(Protocol):
    """A guest at work: it knows what to ask for next and what to do with the answers.

    An entry is whatever its own frontier holds; it has a `url`, a `role` and a `via`.
    """

    site: Site
    home: Home
    user_agent: str
    counts: Counter[str]
    archive: Archive
    pace: Pace

    @property
    def is_over(self) -> bool:
        """Whether nothing is left to do, or nothing more is to be done."""

    @property
    def concurrency(self) -> int:
        """Requests at a time."""

    @property
    def may_be_private(self) -> bool:
        """Whether the address of the host may be in a private network."""

    def clock(self) -> datetime:
        """What time it is."""

    def report_to(self, on_progress: Callable[[Progress], None]) -> None:
        """Say how far it is to this, whenever an entry is settled."""

    def open(self) -> None:
        """Take the archive and know what is to be done."""

    def close(self, reason: str) -> CrawlSummary:
        """End the run and say what it did."""

    def abandon(self) -> None:
        """Let go of everything, as a process that dies would."""

    def disappointment(self, summary: CrawlSummary) -> HdndError | None:
        """The error that a run is which ended well and found nothing."""

    def next_entry(self) -> Any:
        """The next entry that may be fetched now, None if there is none."""

    def headers(self, entry: Any) -> dict[str, str]:
        """What the request for an entry says beside the usual."""

    def longest(self, entry: Any) -> int | None:
        """Bytes of the body that are of use; None for the usual limit."""

    def keep(self, entry: Any, exchange: Exchange) -> tuple[Capture, Page]:
        """A response came: it is on the disk before it is read."""

    def settle(self, entry: Any, capture: Capture, page: Page, latency: float) -> None:
        """An entry has its response."""

    def fail(self, entry: Any, error: str) -> None:
        """No response came."""
