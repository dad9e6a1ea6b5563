"""What ends a crawl before its work is done, told apart so that cron can tell them apart."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from http import HTTPStatus
from pathlib import Path

from archive.ground.message import Message
from archive.leases import Lease
from crawler.politeness.disk_space import nearly_full
from crawler.politeness.retry import is_trouble

_LOOK_EVERY = 10
"""Requests from one look at the disk to the next."""


class StopReason(StrEnum):
    """Why a crawl was ended on purpose; the word that its run's record gives as the reason."""

    MAX_REQUESTS = "max-requests"
    UNTIL = "until"
    RATE_LIMITED = "rate-limited"
    FAILING = "failing"
    UNREACHABLE = "unreachable"
    SUSPECT = "suspect"
    LAYOUT = "layout-changed"
    DISK_NEARLY_FULL = "disk-nearly-full"
    LEASE_LOST = "lease-lost"


_GIVE_WAY = (StopReason.MAX_REQUESTS, StopReason.UNTIL, StopReason.SUSPECT)
"""What is said anew by a quarantine: it needs a person, and knows more each time."""


@dataclass(frozen=True, slots=True)
class CrawlBounds:
    """What the operator allows a run: a number of requests, and a moment when it ends."""

    max_requests: int | None = None
    until: datetime | None = None


@dataclass(slots=True)
class StopPolicy:
    """Sees every request and answer of a run, and says when it is enough.

    `lease`: under which the site is visited, where several workers do.
    `stop` and `detail`, what a person is told of it, are set once the run is to end.
    """

    folder: Path
    bounds: CrawlBounds
    most_failures: int
    clock: Callable[[], datetime]
    lease: Lease | None = None
    stop: StopReason | None = None
    detail: Message | None = None
    requests: int = 0
    _failures: int = 0
    _lease_ended: bool = False

    def end(self, stop: StopReason, detail: Message) -> None:
        """End the run. The first reason counts; but what needs a person goes before a bound."""
        if self.stop is None or (stop is StopReason.SUSPECT and self.stop in _GIVE_WAY):
            self.stop, self.detail = stop, detail

    def may_go_on(self) -> bool:
        """Whether another request may be made."""
        most, until = self.bounds.max_requests, self.bounds.until
        if most is not None and self.requests >= most:
            self.end(StopReason.MAX_REQUESTS, Message("crawler.requests-allowed", count=most))
        if until is not None and self.clock() >= until:
            hour = f"{until.astimezone():%H:%M}"
            self.end(StopReason.UNTIL, Message("crawler.was-to-end-at", hour=hour))
        if self.requests % _LOOK_EVERY == 0 and (left := nearly_full(self.folder)):
            self.end(StopReason.DISK_NEARLY_FULL, left)
        self.may_ask()
        return self.stop is None

    def may_ask(self) -> bool:
        """Whether the site may be asked at this very moment; if not, the run is to end."""
        if self.lease is None or (self.lease.may_begin() and not self._lease_ended):
            return True
        self._lease_ended = True
        held = self.lease.holder
        self.end(
            StopReason.LEASE_LOST,
            Message("crawler.lease-lost", worker=held.worker, epoch=held.epoch),
        )
        return False

    def requested(self) -> None:
        """A request is being made."""
        self.requests += 1

    def answered(self, status: int, *, refused: bool = False) -> None:
        """An answer came; several that say the server is in trouble are enough.

        `refused`: this server says with this status that it is asked too often.
        """
        limited = status == HTTPStatus.TOO_MANY_REQUESTS or (refused and not is_trouble(status))
        last = Message("crawler.last-answer", status=status)
        self._count(refused or is_trouble(status), last, limited)

    def failed(self, error: str) -> None:
        """No answer came."""
        self._count(True, Message("crawler.last-error", error=error), False)

    def _count(self, failed: bool, last: Message, limited: bool) -> None:
        self._failures = self._failures + 1 if failed else 0
        if self._failures >= self.most_failures:
            stop = StopReason.RATE_LIMITED if limited else StopReason.FAILING
            self.end(stop, Message("crawler.failed-in-a-row", count=self._failures, last=last))
