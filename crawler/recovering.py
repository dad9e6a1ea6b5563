"""A recovery under way: what one web archive holds of one site, taken into the archive here.

First the archive's index is read to its end; then each capture of a page or file that is wanted is
asked for once.
"""

from __future__ import annotations

import zlib
from contextlib import closing
from dataclasses import dataclass, field, replace
from http import HTTPStatus

from archive import memento_rows
from archive.http_block import split_http
from archive.mementos import Found
from archive.reading import capture_at, read_stored
from archive.records import Capture, Exchange, MementoForm, Outcome, Page
from crawler.errands import Errand
from crawler.extract import decoded_body
from crawler.pace import Pace
from crawler.recover_frontier import RecoverFrontier
from crawler.recovered import RecoverSummary
from crawler.retry import MAX_ATTEMPTS, REFUSALS, is_trouble, seconds_of
from crawler.unasked import Unasked
from crawler.urls import absolute
from crawler.visit import Visit
from crawler.wanted import Wanted
from crawler.watch import Watch
from crawler.web_archives import IndexAnswer, Span, WebArchive

KIND = "recover"

FIRST_PAUSE = 60.0
"""Seconds that an archive is left alone after its first refusal; each further one trebles them."""

UNHEARD_PAUSE = 5.0
"""Seconds before an archive is tried again that has not answered as one: it may not be there."""

MOST_FAILURES = 4
"""Requests in a row that an archive may refuse or fail before the recovery is put off."""

MAX_HOPS = 5

_CUT_ON_THE_WAY = ("disconnect", "time")


@dataclass(eq=False)
class RecoverSession(Visit):
    """Everything that the recovery of one site from one web archive has open."""

    source: WebArchive
    span: Span
    frontier: RecoverFrontier = field(init=False)
    _wanted: Wanted = field(init=False)
    _unasked: Unasked = field(init=False)
    _faults: list[str] = field(default_factory=list, init=False)
    _exhausted: bool = field(default=False, init=False)
    _heard: bool = field(default=False, init=False)

    def __post_init__(self) -> None:
        self.host_name = self.source.name
        self.pace = Pace(self.source.query_seconds, False, FIRST_PAUSE)
        self.watch = Watch(self.home.path, self.bounds, MOST_FAILURES, self.clock)

    def _begin(self) -> None:
        self.frontier = self._opened.enter_context(closing(RecoverFrontier(self.home.frontier)))
        subject = f"{self.site.id} {self.source.address}"
        span = f"{self.span.since} {self.span.until}"
        unfinished = self.frontier.unfinished(subject, span)
        about = {"hdnd-kind": KIND, "hdnd-web-archive": self.source.name}
        self._begin_run(unfinished, robots="ignore", **about)
        self.frontier.start(self.run.crawl, subject, span)
        self._wanted = Wanted(self.site, self.archive.connection)
        self._unasked = Unasked(self.source, self.archive, self.run)
        self._settle_leases()
        self.frontier.add_queries(self.source.queries(self.site, self.span))

    def close(self, reason: str) -> RecoverSummary:
        """End the run and say what it did. The recovery stays unfinished if work is left."""
        try:
            finished = self._exhausted and self._pending() == 0
            if finished:
                self.frontier.finish()
            summary = self._end_run(
                reason, finished=finished, kind=KIND, pages=self.frontier.wanted()
            )
            return RecoverSummary.of(
                replace(summary, detail=summary.detail or "; ".join(self._faults)),
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
        return self.watch.stop is not None or (self._exhausted and self._pending() == 0)

    @property
    def may_be_private(self) -> bool:
        """Whether the archive may lie in a private network: one that was named by hand."""
        return self.source.is_named_by_hand

    def headers(self, errand: Errand) -> dict[str, str]:
        """What a request says beside the usual: which part of a file it is about."""
        return errand.headers()

    def longest(self, errand: Errand) -> int | None:
        """Bytes of the body that are of use; None for the usual limit."""
        return errand.length

    def next_entry(self) -> Errand | None:
        """The next thing to ask for; captures that need no request are settled on the way."""
        if not self.watch.may_go_on() or self.pace.is_paused():
            return None
        errand = self._next()
        if errand is not None:
            self.watch.requested()
        return errand

    def _next(self) -> Errand | None:
        if query := self.frontier.lease_query():
            self.pace.delay = self.source.query_seconds
            return query
        if self.frontier.open_queries():
            return None
        self.pace.delay = self.source.capture_seconds
        while True:
            errand = self.frontier.lease_line()
            if errand is None:
                if self.frontier.open_lines():
                    return None
                self._wanted.learn()
                if not self.frontier.want(self._wanted.known_as):
                    self._exhausted = True
                    return None
            elif self._unasked.settles(errand):
                self.frontier.done(errand)
            elif errand.line and errand.line.is_revisit and errand.byte_range:
                self._leave(errand, errand.line.url, "a revisit of what is not held")
            else:
                return errand

    def _to_keep(self, errand: Errand, exchange: Exchange) -> tuple[Exchange, Capture | None]:
        """It stands for a capture unless that is held, is of another time than is asked for, or was
        cut on its way here and will be asked for again.
        """
        status, headers, _ = split_http(exchange.response_head)
        found = errand.found_in(self.source, status, headers, exchange.body)
        cut = exchange.truncated in _CUT_ON_THE_WAY and not _is_last(errand)
        if found and not cut and self._is_new(found):
            exchange = replace(exchange, memento=errand.memento(self.source))
        return exchange, None

    def _is_new(self, found: Found) -> bool:
        at, name = found.captured_at, self.source.name
        held = memento_rows.held(self.archive.connection, name, found.url, at)
        return self.span.holds(at) and held is None

    def settle(self, errand: Errand, capture: Capture, page: Page, latency: float) -> None:
        """An errand has its response; take what it lists or leads to, or try again later."""
        self._heard = True
        status = 200 if capture.source is not None else capture.status
        self.watch.answered(status, refused=status in self.source.refusals)
        if self._is_trouble(status):
            outcome = self._set_back(errand, capture)
        else:
            self.pace.answered(latency)
            self._note_news(capture, page)
            outcome = self._conclude(errand, capture)
        self.counts[outcome] += 1
        self._report(errand.url)

    def fail(self, errand: Errand, error: str) -> None:
        """No response came: wait and try again, or record the failure."""
        self.watch.failed(error)
        self.pace.refused(None if self._heard else UNHEARD_PAUSE)
        if not self._may_give_up(errand):
            self.frontier.release(errand, attempts=1)
            self.counts["to-be-retried"] += 1
            return
        self.run.note(errand.url, errand.role, Outcome.FAILED, error, errand.via)
        self.frontier.done(errand)
        self.problems += 1
        self.counts[Outcome.FAILED.value] += 1
        self._report(errand.url)

    def _set_back(self, errand: Errand, capture: Capture) -> str:
        """The archive wants rest, or is in trouble: leave it alone for a while."""
        asked = seconds_of(self._header(capture, "Retry-After"), self.clock())
        self._rest(self.pace.refused(asked))
        weight = 0.5 if capture.status in REFUSALS else 1
        if capture.status == HTTPStatus.TOO_MANY_REQUESTS or not self._may_give_up(errand, weight):
            self.frontier.release(errand, attempts=weight)
            return "to-be-retried"
        self.frontier.done(errand)
        self.problems += 1
        return "error-status"

    def _may_give_up(self, errand: Errand, weight: float = 1) -> bool:
        """Whether it was tried often enough. Without its index, or a page of it, all is in vain;
        but of several indexes one may be missing.
        """
        is_needed = errand.line is None and (
            self.source.form is MementoForm.PLAYBACK or not self._heard
        )
        return _is_last(errand, weight) and not is_needed

    def _is_trouble(self, status: int) -> bool:
        return is_trouble(status) or status in self.source.refusals

    def _conclude(self, errand: Errand, capture: Capture) -> str:
        """An errand is settled by its answer, whatever that is; the outcome it is counted under."""
        if capture.source is not None:
            self.frontier.done(errand)
            return "captured"
        if _is_cut(errand, capture) and not _is_last(errand):
            self.frontier.release(errand, attempts=1)
            return "to-be-retried"
        if errand.line is None:
            return self._read_index(errand, capture)
        if 300 <= capture.status < 400:
            self._follow(errand, capture)
            return "redirected"
        self.frontier.done(errand)
        stored = read_stored(self.home, self.archive.connection, capture)
        if errand.found_in(self.source, stored.status, stored.headers, stored.body):
            return "another-capture"
        self.problems += 1
        return "no-capture" if capture.status in (200, 206) else "error-status"

    def _follow(self, errand: Errand, capture: Capture) -> None:
        """The archive leads elsewhere: to a capture of another time, asked for as what it is."""
        location = self._header(capture, "Location") or ""
        line = self.source.redirected(errand.url, location)
        if line is None:
            why = "the archive leads to no capture"
        elif errand.hops >= MAX_HOPS:
            why = "the archive leads from capture to capture"
        elif not self.span.holds(line.captured_at) or not self._wanted.is_of_the_site(line.url):
            why = "the archive leads to a capture that was not asked for"
        else:
            self.frontier.led_to(errand, line, self._wanted.identity(line.url))
            return
        self._leave(errand, absolute(errand.url, location) or errand.url, why)

    def _leave(self, errand: Errand, url: str, why: str) -> None:
        """An errand is settled without what it is about, which lies at this address."""
        self.run.note(url, errand.role, Outcome.NOT_FETCHED, why, errand.url)
        self.counts[Outcome.NOT_FETCHED.value] += 1
        self.frontier.done(errand)

    def _read_index(self, errand: Errand, capture: Capture) -> str:
        stored = read_stored(self.home, self.archive.connection, capture)
        try:
            answer = self.source.read(
                errand.url, capture.status, decoded_body(stored), self.site, self.span
            )
        except (ValueError, RecursionError, zlib.error) as error:
            answer = IndexAnswer(fault=str(error))
        if answer.fault and capture.status == 200 and not _is_last(errand):
            self.pace.pause(UNHEARD_PAUSE)
            self.frontier.release(errand, attempts=1)
            return "to-be-retried"
        if answer.fault:
            self._index_failed(errand, answer.fault)
        lines = [
            (line, self._wanted.identity(line.url), self._wanted.by_address(line.url))
            for line in answer.lines
            if self.span.holds(line.captured_at) and self._wanted.is_of_the_site(line.url)
        ]
        added = self.frontier.answered(errand, lines, answer.following)
        if answer.following and not added:
            self._index_failed(errand, "the index leads back to where it has been read")
        return "index" if capture.status == 200 else "none-listed"

    def _index_failed(self, errand: Errand, why: str) -> None:
        self._faults.append(why)
        self.problems += 1
        self.run.note(errand.url, errand.role, Outcome.FAILED, why, errand.via)

    def _settle_leases(self) -> None:
        """What a process that died had taken: use what it had kept, put back the rest."""
        connection = self.archive.connection
        for errand in self.frontier.leased():
            seq = None
            if errand.byte_range is None:
                seq = memento_rows.settled_in(connection, self.run.crawl, errand.url)
            capture = None if seq is None else capture_at(connection, seq)
            if capture is None or (capture.source is None and self._is_trouble(capture.status)):
                self.frontier.release(errand)
            else:
                self._conclude(errand, capture)

    def _pending(self) -> int:
        return self.frontier.open_queries() + self.frontier.open_lines()


def _is_last(errand: Errand, weight: float = 1) -> bool:
    """Whether this attempt is the last; one that was refused weighs less."""
    return errand.attempts + weight >= MAX_ATTEMPTS


def _is_cut(errand: Errand, capture: Capture) -> bool:
    """Whether less came than was sent, or than was asked for."""
    wanted = errand.length if capture.status == 206 else None
    return capture.truncated in _CUT_ON_THE_WAY or capture.payload_length < (wanted or 0)
