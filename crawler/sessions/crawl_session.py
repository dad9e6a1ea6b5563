"""A session: the archive open for writing, a run, a pace, a stop policy; how it begins and ends.

What is asked for, and where an answer leads, is for each kind of visit to say: the crawl of a
portal (`sessions.site_crawl`), a recovery from a web archive (`web_archives.memento_crawl`).
Scrapy's parts know both by what is here. Every request ends in exactly one counted outcome.
"""

from __future__ import annotations

import logging
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Generic

from archive.catalogue.absence import gone_at
from archive.catalogue.captures import read_stored
from archive.catalogue.queries.crawls import Held, articles_of, held, is_news, problems_met
from archive.ground.errors import DiskNearlyFull, HdndError
from archive.ground.home import Home
from archive.ground.message import Message
from archive.leases import Lease
from archive.model import Capture, Exchange, Outcome, Page
from archive.run import RunWriter
from archive.store import Archive
from crawler.extraction.extract import Extractor
from crawler.frontier.database import FrontierDatabase, Item
from crawler.politeness.disk_space import nearly_full
from crawler.politeness.pace import LONGEST_PAUSE, Pace
from crawler.politeness.user_agent import who_asks
from crawler.sessions.stop_policy import CrawlBounds, StopPolicy, StopReason
from crawler.sessions.summary import CrawlSummary, Progress
from crawler.sites.canonical_urls import as_kept
from crawler.sites.description import Site

_LOGGER = logging.getLogger(__name__)


def _now() -> datetime:
    return datetime.now(UTC)


def _silent(progress: Progress) -> None:
    return None


@dataclass(eq=False)
class CrawlSession(ABC, Generic[Item]):
    """A crawl at work: it knows what to ask for next and what to do with the answers.

    An entry is whatever its own frontier holds. A kind of session sets `pace` and `stop_policy`
    when it is made, and `host_name`, under which it is remembered for how long it was asked to stay
    away. `rest`: seconds after which there may be a next entry
    though nothing comes in between, None where that is not known. 0 after much was settled without
    a request: ask again at once, and hear in between who interrupts. `lease`: under which the site
    is visited, where several workers do; nothing is asked for once it ends.
    """

    site: Site
    home: Home
    user_agent: str
    bounds: CrawlBounds = field(default_factory=CrawlBounds, kw_only=True)
    clock: Callable[[], datetime] = field(default=_now, kw_only=True)
    lease: Lease | None = field(default=None, kw_only=True)
    on_progress: Callable[[Progress], None] = field(default=_silent, kw_only=True)
    counts: Counter[str] = field(default_factory=Counter, init=False)
    problems: int = field(default=0, init=False)
    host_name: str = field(init=False)
    pace: Pace = field(init=False)
    stop_policy: StopPolicy = field(init=False)
    archive: Archive = field(init=False)
    frontier: FrontierDatabase[Item] = field(init=False)
    run: RunWriter = field(init=False)
    resumed: bool = field(default=False, init=False)
    rest: float | None = field(default=None, init=False)
    _opened: ExitStack = field(default_factory=ExitStack, init=False)
    _before: Held = field(init=False)
    _new: int = field(default=0, init=False)
    _changed: int = field(default=0, init=False)

    def open(self) -> None:
        """Take the archive, mend what an earlier run left, and know what is to be done.

        Raises `DiskNearlyFull` before anything is asked for.
        """
        if left := nearly_full(self.home.path):
            raise DiskNearlyFull(
                "crawler.disk-nearly-full",
                folder=self.home.path,
                left=left,
                hint=Message("crawler.free-space-or-choose-a-home"),
            )
        holder = self.lease.holder if self.lease else None
        archive = Archive(self.home, Extractor(), holder=holder, clock=self.clock)
        self.archive = self._opened.enter_context(archive)
        try:
            self._before = held(self.archive.catalogue)
            self._begin()
            self._heed_earlier_pause()
        except BaseException:
            self.abandon()
            raise

    @abstractmethod
    def _begin(self) -> None:
        """Open the frontier, begin the run, settle what a process that died had taken."""

    def _begin_run(self, unfinished: str | None, **about: str) -> None:
        """Begin a run, of the crawl that was cut short if there is one."""
        self.resumed = unfinished is not None
        self.run = self.archive.begin_run(
            self.site.describe(), crawl=unfinished, **who_asks(self.user_agent), **about
        )
        self.problems = problems_met(self.archive.catalogue, self.run.crawl)
        self._log(logging.INFO, "a run begins", host=self.host_name, resumed=self.resumed)

    def report_to(self, on_progress: Callable[[Progress], None]) -> None:
        """Say how far it is to this, whenever an entry is settled."""
        self.on_progress = on_progress

    @abstractmethod
    def close(self, reason: str) -> CrawlSummary:
        """End the run and say what it did. The crawl stays unfinished if work is left."""

    def _end_run(
        self,
        reason: str,
        *,
        finished: bool,
        kind: str,
        pages: int,
        refused_by_robots: bool = False,
        empty_listings: tuple[str, ...] = (),
    ) -> CrawlSummary:
        """End the run; what ended it counts only if work is left."""
        stop = None if finished else self.stop_policy.stop
        reason = stop.value if stop else reason
        self.run.end(reason, dict(self.counts))
        self._log(
            logging.INFO if finished else logging.WARNING,
            "a run ended",
            reason=f"{reason}: {self.stop_policy.detail}" if stop else reason,
            finished=finished,
            requests=sum(self.counts.values()),
            problems=self.problems,
        )
        if self.resumed:
            self.problems = problems_met(self.archive.catalogue, self.run.crawl)
        articles, versions = held(self.archive.catalogue)
        return CrawlSummary(
            site=self.site.id,
            run=self.run.id,
            kind=kind,
            reason=reason,
            stop=stop,
            detail=self.stop_policy.detail if stop else None,
            finished=finished,
            resumed=self.resumed,
            counts=dict(self.counts),
            problems=self.problems,
            articles=articles,
            new_articles=articles - self._before.articles,
            new_versions=versions - self._before.versions,
            recovery=self.archive.recovery,
            pages=pages,
            refused_by_robots=refused_by_robots,
            articles_of_site=articles_of(self.archive.catalogue, self.site.id),
            empty_listings=empty_listings,
        )

    def abandon(self) -> None:
        """Let go of everything, as a process that dies would."""
        self._opened.close()

    def empty_crawl_error(self, summary: CrawlSummary) -> HdndError | None:
        """The error that a run is which ended well and found nothing where something was."""
        return None

    @property
    @abstractmethod
    def is_over(self) -> bool:
        """Whether nothing is left to do, or nothing more is to be done."""

    @property
    def concurrency(self) -> int:
        """Requests at a time."""
        return 1

    @property
    @abstractmethod
    def may_be_private(self) -> bool:
        """Whether the address of the host may be in a private network: one named by hand."""

    def may_ask(self) -> bool:
        """Whether the site may be asked at this very moment; if not, the crawl ends."""
        return self.stop_policy.may_ask()

    def most_seconds(self, usual: float) -> float:
        """How long a request that begins now may last: no longer than the lease."""
        return usual if self.lease is None else max(min(usual, self.lease.seconds_left()), 0.1)

    @abstractmethod
    def next_entry(self) -> Item | None:
        """The next entry that may be fetched now, None if there is none."""

    @abstractmethod
    def headers(self, entry: Item) -> dict[str, str]:
        """What the request for an entry says beside the usual."""

    def form_of(self, entry: Item) -> tuple[str, bytes | None]:
        """Where an entry is asked for, and the form that is posted there; None for a plain GET."""
        return entry.url, None

    def longest(self, entry: Item) -> int | None:
        """Bytes of the body that are of use; None for the usual limit."""
        return None

    def keep(self, came: Iterable[tuple[Item, Exchange]]) -> Iterator[tuple[Capture, Page]]:
        """Responses came: each is on the disk before it is read, and settled before the next."""
        to_keep = [self._to_keep(entry, exchange) for entry, exchange in came]
        for kept in self.run.keep_all(to_keep):
            pages = self.archive.derive_all(kept)
            for (capture, _), page in zip(kept, pages, strict=True):
                if page.problem:
                    self._log(
                        logging.INFO if self._is_gone(page) else logging.WARNING,
                        "a page could not be read",
                        url=capture.url,
                        reason=page.problem,
                        status=capture.status,
                    )
                yield capture, page

    def _is_gone(self, page: Page) -> bool:
        """Whether a page is that of an article which is known to be gone from the site."""
        return gone_at(self.archive.catalogue, self.site.id, page.identity_url)

    @abstractmethod
    def _to_keep(self, entry: Item, exchange: Exchange) -> tuple[Exchange, Capture | None]:
        """What of a response is kept, and the capture that it says is unmodified, if it does."""

    @abstractmethod
    def settle(self, entry: Item, capture: Capture, page: Page, latency: float) -> None:
        """An entry has its response; go where it leads, or try again later."""

    @abstractmethod
    def fail(self, entry: Item, error: str) -> None:
        """No response came: try again later, or record the failure."""

    @abstractmethod
    def _pending(self) -> int:
        """How many entries are still to be fetched or being fetched."""

    def _settle_without_response(
        self, entry: Item, outcome: Outcome, detail: str, *, at: str | None = None
    ) -> None:
        """An entry is settled without what it is about, which lies `at` another address maybe."""
        via = entry.url if at else entry.via
        url = self._as_kept(at or entry.url)
        self.run.note(url, entry.role, outcome, detail, via and self._as_kept(via))
        level = logging.WARNING if outcome is Outcome.FAILED else logging.INFO
        self._log(level, outcome.value, url=at or entry.url, reason=detail)
        self.frontier.done(entry)
        self.counts[outcome.value] += 1
        self._report(entry.url)

    def _as_kept(self, url: str) -> str:
        """The address under which what is asked for at a URL is kept."""
        return as_kept(self.site, url)

    def _report(self, url: str) -> None:
        counts = Counter(self.counts)
        self.on_progress(
            Progress(counts, self._pending(), url, self._new, self._changed, self.problems)
        )

    def _log(self, level: int, what: str, **fields: object) -> None:
        _LOGGER.log(level, what, extra={"run": self.run.id, "site": self.site.id, **fields})

    def _note_news(self, capture: Capture, page: Page) -> None:
        new, changed = is_news(self.archive.catalogue, capture, page)
        self._new += new
        self._changed += changed

    def _rest(self, wait: float, *, asked: bool) -> None:
        """Leave the host alone for so many seconds; what is too long to wait ends the run.

        `asked`: the host named the time itself.
        """
        self.frontier.pause(self.host_name, self._timestamp() + wait)
        self._log(logging.INFO, "the host asks to be left alone", seconds=round(wait))
        if wait > LONGEST_PAUSE:
            code = "crawler.asked-for-a-pause" if asked else "crawler.refuses-without-saying"
            self.stop_policy.end(StopReason.RATE_LIMITED, Message(code, count=round(wait / 60)))

    def _heed_earlier_pause(self) -> None:
        left = self.frontier.paused_until(self.host_name) - self._timestamp()
        if left > LONGEST_PAUSE:
            detail = Message("crawler.refused-before", count=round(left / 60))
            self.stop_policy.end(StopReason.RATE_LIMITED, detail)
        elif left > 0:
            self.pace.pause(left)

    def _header(self, capture: Capture, name: str) -> str | None:
        return read_stored(self.archive.catalogue, capture).header(name)

    def _timestamp(self) -> float:
        return self.clock().timestamp()
