"""A recovery under way: what one web archive holds of one site, taken into the archive here.

First the archive's index is read to its end; then each capture of a page or file that is wanted is
asked for once.
"""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass, field, replace
from http import HTTPStatus

from archive.catalogue.captures import capture_at, read_stored, settled_in
from archive.catalogue.mementos import FoundMemento
from archive.catalogue.queries import mementos as memento_queries
from archive.ground.message import Message
from archive.model import Capture, Exchange, MementoForm, Outcome, Page
from archive.warc.http_response import split_http
from crawler.extraction.platforms import platform_of
from crawler.politeness.pace import Pace
from crawler.politeness.retry import is_trouble, seconds_of
from crawler.sessions import removed_articles
from crawler.sessions.crawl_session import CrawlSession
from crawler.sessions.removed_articles import RemovedArticles
from crawler.sessions.stop_policy import StopPolicy
from crawler.sessions.summary import RETRIED
from crawler.sites.canonical_urls import absolute
from crawler.web_archives.fetch_tasks import FetchTask, weight_of
from crawler.web_archives.index_reader import IndexReader
from crawler.web_archives.known_mementos import KnownMementos
from crawler.web_archives.memento_frontier import MementoFrontier, turn_of
from crawler.web_archives.scope import Scope
from crawler.web_archives.summary import MementoCrawlSummary
from crawler.web_archives.web_archive import TimeSpan, WebArchive

KIND = "recover"

FIRST_PAUSE = 60.0
"""Seconds that an archive is left alone after its first refusal; each further one trebles them."""

UNHEARD_PAUSE = 5.0
"""Seconds before an archive is tried again that has not answered as one: it may not be there."""

MOST_FAILURES = 4
"""Requests in a row that an archive may refuse or fail before the recovery is put off."""

MAX_HOPS = 5

MOST_AT_ONCE = 200
"""Captures that are settled without a request before an interruption can be heard."""

MOST_BARREN = 100
"""Pages of an index that may list nothing new before it is taken for one without an end."""


@dataclass(eq=False)
class MementoCrawl(CrawlSession[FetchTask]):
    """Everything that the recovery of one site from one web archive has open."""

    source: WebArchive
    span: TimeSpan
    frontier: MementoFrontier = field(init=False)
    _wanted: Scope = field(init=False)
    _index: IndexReader = field(init=False)
    _unasked: KnownMementos = field(init=False)
    _removed: RemovedArticles = field(init=False)
    _faults: list[str] = field(default_factory=list, init=False)
    _exhausted: bool = field(default=False, init=False)
    _heard: bool = field(default=False, init=False)

    def __post_init__(self) -> None:
        self.host_name = self.source.name
        self.pace = Pace(self.source.query_seconds, False, FIRST_PAUSE)
        self.stop_policy = StopPolicy(self.home.path, self.bounds, MOST_FAILURES, self.clock)

    def _begin(self) -> None:
        self.frontier = self._opened.enter_context(closing(MementoFrontier(self.home.frontier)))
        unfinished = self.frontier.unfinished(*self._what)
        about = {"hdnd-kind": KIND, "hdnd-web-archive": self.source.name}
        self._begin_run(unfinished, robots="ignore", **about)
        self.frontier.start(self.run.crawl, *self._what)
        self._wanted = Scope(self.site, self.archive.catalogue)
        platform = platform_of(self.site, self.clock().date())
        self._removed = RemovedArticles(self.archive.catalogue, self.site, platform)
        self._index = IndexReader(self.source, self.site, self.span, self._wanted)
        self._unasked = KnownMementos(self.source, self.archive, self.run)
        self._settle_leases()
        self.frontier.add_queries(self.source.queries(self.site, self.span))

    @property
    def _what(self) -> tuple[str, str]:
        """What is recovered, in words: a site and an archive, and the time."""
        subject = f"{self.site.id} {self.source.address}"
        return subject, f"{self.span.since} {self.span.until}"

    def turn(self) -> tuple[int, int]:
        """When its turn is among recoveries from other archives, as a key to sort by."""
        return turn_of(self.home.frontier, *self._what)

    def close(self, reason: str) -> MementoCrawlSummary:
        """End the run and say what it did. The recovery stays unfinished if work is left."""
        try:
            finished = self._exhausted and self._pending() == 0
            if finished:
                self.frontier.finish()
            summary = self._end_run(
                reason, finished=finished, kind=KIND, pages=self.frontier.wanted()
            )
            faults = [Message("crawler.index-fault", why=why) for why in self._faults]
            told = Message("crawler.index-faults", faults=faults) if faults else None
            return MementoCrawlSummary.of(
                replace(summary, detail=summary.detail or told),
                source=self.source.name,
                listed=self.frontier.listed(),
                same=self._unasked.same,
                held_before=self._unasked.held,
            )
        finally:
            self.abandon()

    @property
    def is_over(self) -> bool:
        """Whether nothing is left to do, or nothing more is to be done."""
        return self.stop_policy.stop is not None or (self._exhausted and self._pending() == 0)

    @property
    def may_be_private(self) -> bool:
        """Whether the archive may lie in a private network: one that was named by hand."""
        return self.source.is_named_by_hand

    def headers(self, task: FetchTask) -> dict[str, str]:
        """What a request says beside the usual: which part of a file it is about."""
        return task.headers()

    def longest(self, task: FetchTask) -> int | None:
        """Bytes of the body that are of use; None for the usual limit."""
        return task.length

    def next_entry(self) -> FetchTask | None:
        """The next thing to ask for; captures that need no request are settled on the way."""
        if not self.stop_policy.may_go_on() or self.pace.is_paused():
            return None
        self.rest = None
        task = self._next()
        if task is not None:
            self.stop_policy.requested()
        return task

    def _next(self) -> FetchTask | None:
        if query := self.frontier.lease_query():
            self.pace.delay = self.source.query_seconds
            return query
        if self.frontier.open_queries():
            return None
        self.pace.delay = self.source.capture_seconds
        for _ in range(MOST_AT_ONCE):
            task = self.frontier.lease_line()
            if task is None:
                if self.frontier.open_lines():
                    return None
                self._wanted.learn()
                if not self.frontier.want(self._wanted.known_as):
                    self._exhausted = True
                    return None
            elif task.line and self._removed.has(task.line.url):
                self._leave(task, removed_articles.WHY, task.line.url)
            elif self._unasked.settles(task):
                self.frontier.done(task)
            elif task.line and task.line.is_revisit and task.byte_range:
                self._leave(task, "a revisit of what is not held", task.line.url)
            else:
                return task
        self.rest = 0.0
        return None

    def _to_keep(self, task: FetchTask, exchange: Exchange) -> tuple[Exchange, Capture | None]:
        """An exchange stands for a capture unless that is held, is of a time that was not asked
        for, or was cut on its way here and will be asked for again.
        """
        status, headers, _ = split_http(exchange.response_head)
        found = task.found_in(self.source, status, headers, exchange.body)
        cut = task.is_cut(exchange.truncated, status, len(exchange.body))
        if found and self._is_new(found) and (task.is_last() or not cut):
            exchange = replace(exchange, memento=task.memento(self.source))
        return exchange, None

    def _is_new(self, found: FoundMemento) -> bool:
        at, name = found.captured_at, self.source.name
        held = memento_queries.held(self.archive.catalogue, name, found.url, at)
        return self.span.holds(at) and held is None

    def settle(self, task: FetchTask, capture: Capture, page: Page, latency: float) -> None:
        """An task has its response; take what it lists or leads to, or try again later."""
        self._heard = True
        status = 200 if capture.source is not None else capture.status
        self.stop_policy.answered(status, refused=status in self.source.refusals)
        if self._is_trouble(status):
            outcome = self._set_back(task, capture)
        else:
            self.pace.answered(latency)
            self._note_news(capture, page)
            outcome = self._conclude(task, capture)
        self.counts[outcome] += 1
        self._report(task.url)

    def fail(self, task: FetchTask, error: str) -> None:
        """No response came: wait and try again, or record the failure."""
        self.stop_policy.failed(error)
        self.pace.refused(None if self._heard else UNHEARD_PAUSE)
        if self._may_give_up(task):
            self.problems += 1
            self._settle_without_response(task, Outcome.FAILED, error)
        else:
            self.counts[self._try_again(task)] += 1
            self._report(task.url)

    def _set_back(self, task: FetchTask, capture: Capture) -> str:
        """The archive wants rest, or is in trouble: leave it alone for a while."""
        asked = seconds_of(self._header(capture, "Retry-After"), self.clock())
        self._rest(self.pace.refused(asked), asked=asked is not None)
        weight = weight_of(capture.status)
        if capture.status == HTTPStatus.TOO_MANY_REQUESTS or not self._may_give_up(task, weight):
            return self._try_again(task, weight)
        self.frontier.done(task)
        self.problems += 1
        return "error-status"

    def _try_again(self, task: FetchTask, weight: float = 1) -> str:
        self.frontier.release(task, attempts=weight)
        return RETRIED

    def _may_give_up(self, task: FetchTask, weight: float = 1) -> bool:
        """Whether it was tried often enough. Without its index, or a page of it, all is in vain;
        but of several indexes one may be missing.
        """
        of_many = self.source.form is not MementoForm.PLAYBACK and self._heard
        return task.is_last(weight) and (task.line is not None or of_many)

    def _is_trouble(self, status: int) -> bool:
        return is_trouble(status) or status in self.source.refusals

    def _conclude(self, task: FetchTask, capture: Capture) -> str:
        """An task is settled by its answer, whatever that is; the outcome it is counted under."""
        if capture.source is not None:
            self.frontier.done(task)
            return "captured"
        cut = task.is_cut(capture.truncated, capture.status, capture.payload_length)
        if cut and not task.is_last():
            return self._try_again(task)
        if task.line is None:
            return self._read_index(task, capture)
        if 300 <= capture.status < 400:
            self._follow(task, capture)
            return "redirected"
        self.frontier.done(task)
        stored = read_stored(self.archive.catalogue, capture)
        if task.found_in(self.source, stored.status, stored.headers, stored.body):
            return "another-capture"
        self.problems += 1
        return "no-capture" if capture.status in (200, 206) else "error-status"

    def _follow(self, task: FetchTask, capture: Capture) -> None:
        """The archive leads elsewhere: to a capture of another time, asked for as what it is."""
        location = self._header(capture, "Location") or ""
        line = self.source.redirected(task.url, location)
        if line is None:
            why = "the archive leads to no capture"
        elif task.hops >= MAX_HOPS:
            why = "the archive leads from capture to capture"
        elif not self._index.holds(line):
            why = "the archive leads to a capture that was not asked for"
        else:
            self.frontier.led_to(task, line, self._wanted.identity(line.url))
            return
        self._leave(task, why, absolute(task.url, location) or task.url)

    def _leave(self, task: FetchTask, why: str, at: str) -> None:
        self._settle_without_response(task, Outcome.NOT_FETCHED, why, at=at)

    def _read_index(self, task: FetchTask, capture: Capture) -> str:
        stored = read_stored(self.archive.catalogue, capture)
        answer = self._index.read(task.url, stored)
        if answer.fault and capture.status == 200 and not task.is_last():
            self.pace.pause(UNHEARD_PAUSE)
            return self._try_again(task)
        if answer.fault:
            self._index_failed(task, answer.fault)
        if answer.unread:
            self._index_failed(task, answer.unread)
        lines = self._index.lines_in(answer)
        following = () if self._is_barren() else answer.following
        added = self.frontier.answered(task, lines, following)
        if answer.following and not added:
            self._index_failed(task, "the index leads on and on to where it has been read")
        return "index" if capture.status == 200 else "none-listed"

    def _is_barren(self) -> bool:
        """Whether an index that is one long list leads on and lists next to nothing."""
        one_list = self.source.form is MementoForm.PLAYBACK
        return one_list and self.frontier.queries() > self.frontier.listed() + MOST_BARREN

    def _index_failed(self, task: FetchTask, why: str) -> None:
        self._faults.append(why)
        self.problems += 1
        self.run.note(task.url, task.role, Outcome.FAILED, why, task.via)

    def _settle_leases(self) -> None:
        """What a process that died had taken: use what it had kept, put back the rest."""
        catalogue = self.archive.catalogue
        for task in self.frontier.leased():
            seq = None
            if task.byte_range is None:
                seq = settled_in(catalogue, self.run.crawl, task.url)
            capture = None if seq is None else capture_at(catalogue, seq)
            if capture is None or (capture.source is None and self._is_trouble(capture.status)):
                self.frontier.release(task)
            else:
                self._conclude(task, capture)

    def _pending(self) -> int:
        return self.frontier.open_queries() + self.frontier.open_lines()
