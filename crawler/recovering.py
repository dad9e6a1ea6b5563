"""A recovery under way: what one web archive holds of one site, taken into the archive here.

First the archive's index is read to its end; then each capture of a page or file that is wanted is
asked for once. Every request ends in exactly one counted outcome.
"""

from __future__ import annotations

import time
import zlib
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from archive import memento_rows
from archive.errors import DiskNearlyFull, HdndError
from archive.home import Home
from archive.http_block import split_http
from archive.reading import capture_at, read_stored
from archive.records import Capture, Exchange, Memento, MementoForm, Outcome, Page
from archive.run import RunWriter
from archive.store import Archive
from crawler.agent import who_asks
from crawler.extract import Extractor, decoded_body
from crawler.frontier import Frontier
from crawler.pace import LONGEST_PAUSE, Pace
from crawler.recover_frontier import Errand, RecoverFrontier
from crawler.recovered import RecoverSummary
from crawler.retry import MAX_ATTEMPTS, REFUSALS, is_trouble, seconds_of
from crawler.site import Site
from crawler.space import nearly_full
from crawler.telling import CrawlSummary, Progress
from crawler.wanted import Wanted
from crawler.watch import Bounds, Stop, Watch
from crawler.web_archives import IndexAnswer, IndexLine, Span, WebArchive

KIND = "recover"

FIRST_PAUSE = 60.0
"""Seconds that an archive is left alone after its first refusal; each further one trebles them."""

UNHEARD_PAUSE = 5.0
"""Seconds before an archive is tried again that has not answered once: it may not be there."""

MOST_FAILURES = 4
"""Requests in a row that an archive may refuse or fail before the recovery is put off."""

MAX_HOPS = 5

_CUT_ON_THE_WAY = ("disconnect", "time")


def _now() -> datetime:
    return datetime.now(UTC)


def _silent(progress: Progress) -> None:
    return None


@dataclass(slots=True)
class RecoverSession:
    """Everything that the recovery of one site from one web archive has open."""

    site: Site
    home: Home
    user_agent: str
    source: WebArchive
    span: Span
    clock: Callable[[], datetime] = field(default=_now)
    on_progress: Callable[[Progress], None] = field(default=_silent)
    counts: Counter[str] = field(default_factory=Counter)
    archive: Archive = field(init=False)
    frontier: RecoverFrontier = field(init=False)
    pace: Pace = field(init=False)
    watch: Watch = field(init=False)
    resumed: bool = field(init=False)
    run: RunWriter = field(init=False)
    _pauses: Frontier = field(init=False)
    _wanted: Wanted = field(init=False)
    _before: tuple[int, int] = field(init=False)
    _faults: list[str] = field(default_factory=list)
    _exhausted: bool = False
    _heard: bool = False
    _same: int = 0
    _held: int = 0
    _problems: int = 0

    def open(self) -> None:
        """Take the archive, mend what an earlier run left, and know what is to be done."""
        self.pace = Pace(self.source.query_seconds, False, FIRST_PAUSE)
        self.watch = Watch(self.home.path, Bounds(), MOST_FAILURES, self.clock)
        self._need_room()
        self.archive = Archive(self.home, Extractor(), clock=self.clock)
        self.archive.__enter__()
        try:
            # Also sees to it that the file is sound and of this release.
            self._pauses = Frontier(self.home.frontier)
            self.frontier = RecoverFrontier(self.home.frontier)
            self._heed_earlier_pause()
            self._wanted = Wanted(self.site, self.archive.connection)
            self._before = self._articles_and_versions()
            subject = f"{self.site.id} {self.source.name}"
            span = f"{self.span.since} {self.span.until}"
            unfinished = self.frontier.unfinished(subject, span)
            self.resumed = unfinished is not None
            self.run = self.archive.begin_run(
                self.site.describe(),
                crawl=unfinished,
                robots="ignore",
                **who_asks(self.user_agent),
                **{"hdnd-kind": KIND, "hdnd-web-archive": self.source.name},
            )
            self.frontier.start(self.run.crawl, subject, span)
            self._settle_leases()
            self.frontier.add_queries(self.source.name, self.source.queries(self.site, self.span))
        except BaseException:
            self.archive.close()
            raise

    def report_to(self, on_progress: Callable[[Progress], None]) -> None:
        """Say how far it is to this, whenever an errand is settled."""
        self.on_progress = on_progress

    def close(self, reason: str) -> RecoverSummary:
        """End the run and say what it did. The recovery stays unfinished if work is left."""
        try:
            finished = self._exhausted and self.watch.stop is None and not self._open_errands()
            if finished:
                self.frontier.finish()
            stop = None if finished else self.watch.stop
            reason = stop.value if stop else reason
            articles, versions = self._articles_and_versions()
            self.run.end(reason, dict(self.counts))
            return RecoverSummary(
                site=self.site.id,
                run=self.run.id,
                kind=KIND,
                reason=reason,
                stop=stop,
                detail=self.watch.detail if stop else "; ".join(self._faults),
                finished=finished,
                resumed=self.resumed,
                counts=dict(self.counts),
                problems=self._problems,
                articles=articles,
                new_articles=articles - self._before[0],
                new_versions=versions - self._before[1],
                recovery=self.archive.recovery,
                pages=self.frontier.wanted(self.source.name),
                refused_by_robots=False,
                source=self.source.name,
                listed=self.frontier.listed(self.source.name),
                same=self._same,
                held_before=self._held,
            )
        finally:
            self.abandon()

    def abandon(self) -> None:
        """Let go of everything, as a process that dies would."""
        self.frontier.close()
        self._pauses.close()
        self.archive.close()

    def disappointment(self, summary: CrawlSummary) -> HdndError | None:
        """None: that one web archive has nothing is for `crawler.recoveries` to judge."""
        return None

    @property
    def is_over(self) -> bool:
        """Whether nothing is left to do, or nothing more is to be done."""
        if self.watch.stop is not None:
            return True
        return self._exhausted and self._open_errands() == 0

    @property
    def concurrency(self) -> int:
        """Requests at a time."""
        return 1

    @property
    def may_be_private(self) -> bool:
        """Whether the archive may lie in a private network: one that was named by hand."""
        return self.source.is_named_by_hand

    def headers(self, errand: Errand) -> dict[str, str]:
        """What a request says beside the usual: which part of a file it is about."""
        if errand.line is None or errand.line.byte_range is None:
            return {}
        first, last = errand.line.byte_range
        return {"Accept-Encoding": "identity", "Range": f"bytes={first}-{last}"}

    def longest(self, errand: Errand) -> int | None:
        """Bytes of the body that are of use; None for the usual limit."""
        if errand.line is None or errand.line.byte_range is None:
            return None
        first, last = errand.line.byte_range
        return last - first + 1

    def next_entry(self) -> Errand | None:
        """The next thing to ask for; captures that need no request are settled on the way."""
        if self.pace.is_paused() or not self.watch.may_go_on():
            return None
        errand = self._next()
        if errand is not None:
            self.watch.requested()
        return errand

    def _next(self) -> Errand | None:
        name = self.source.name
        if query := self.frontier.lease_query(name):
            self.pace.delay = self.source.query_seconds
            return query
        if self.frontier.open_queries(name):
            return None
        self.pace.delay = self.source.capture_seconds
        while True:
            errand = self.frontier.lease_line(name)
            if errand is None:
                if self.frontier.open_lines(name):
                    return None
                self._wanted.learn()
                if not self.frontier.want(name, self._wanted.known_as):
                    self._exhausted = True
                    return None
            elif not self._needs_no_request(errand):
                return errand

    def _needs_no_request(self, errand: Errand) -> bool:
        """Settle a capture that is held, or that is known to have the content of one held."""
        line = errand.line
        assert line is not None
        connection = self.archive.connection
        if memento_rows.held(connection, self.source.name, line.url, line.captured_at) is not None:
            self._held += 1
        elif (twin := self._twin(errand, line)) is not None:
            memento = replace(self._memento(errand, line), form=MementoForm.INDEX)
            self.run.keep_same(memento, line.fetch_url, twin, errand.via)
            self._same += 1
        else:
            return False
        self.frontier.done(errand)
        return True

    def _twin(self, errand: Errand, line: IndexLine) -> str | None:
        """The record with the very content that the index says this capture has.

        A revisit repeats what may lie under another address; anything else counts for its own
        address and status alone.
        """
        if not line.digest.isalnum() or (line.status is None and not line.is_revisit):
            return None
        row = memento_rows.twin(
            self.archive.connection,
            self.source.name,
            line.digest,
            identity_url=None if line.is_revisit else errand.identity_url,
            status=line.status,
        )
        return None if row is None else str(row["record_id"])

    def _memento(self, errand: Errand, line: IndexLine) -> Memento:
        assert errand.wanted_as is not None
        return Memento(
            source=self.source.name,
            url=line.url,
            captured_at=line.captured_at,
            role=errand.wanted_as,
            form=self.source.form,
            digest=line.digest or None,
        )

    def keep(self, errand: Errand, exchange: Exchange) -> tuple[Capture, Page]:
        """A response came: it is on the disk before it is read."""
        if errand.line is not None and _is_the_range(errand.line, exchange):
            exchange = replace(exchange, memento=self._memento(errand, errand.line))
        capture = self.run.keep(exchange)
        return capture, self.archive.derive_one(capture.seq)

    def settle(self, errand: Errand, capture: Capture, page: Page, latency: float) -> None:
        """An errand has its response; take what it lists or leads to, or try again later."""
        self._heard = True
        replayed = capture.source is not None
        self.watch.answered(200 if replayed else capture.status)
        if not replayed and is_trouble(capture.status):
            outcome = self._set_back(errand, capture)
        else:
            self.pace.answered(latency)
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
        self._problems += 1
        self.counts[Outcome.FAILED.value] += 1
        self._report(errand.url)

    def _set_back(self, errand: Errand, capture: Capture) -> str:
        """The archive wants rest, or is in trouble: leave it alone for a while."""
        header = self._header(capture, "Retry-After")
        wait = self.pace.refused(seconds_of(header, self.clock()))
        if wait > LONGEST_PAUSE:
            self._pauses.pause(self.source.name, time.time() + wait)
            self.watch.end(Stop.RATE_LIMITED, f"it asked for {wait / 60:,.0f} minutes of rest")
        if capture.status in REFUSALS or not self._may_give_up(errand):
            self.frontier.release(errand, attempts=1)
            return "to-be-retried"
        self.frontier.done(errand)
        self._problems += 1
        return "error-status"

    def _may_give_up(self, errand: Errand) -> bool:
        """Whether it was tried often enough. Without its index, or a page of it, all is in vain;
        but of several indexes one may be missing.
        """
        is_needed = errand.line is None and (
            self.source.form is MementoForm.PLAYBACK or not self._heard
        )
        return errand.attempts + 1 >= MAX_ATTEMPTS and not is_needed

    def _need_room(self) -> None:
        if left := nearly_full(self.home.path):
            raise DiskNearlyFull(
                f"{self.home.path}: the disk is nearly full ({left})",
                hint="Free some space, or choose a folder on another disk with --home.",
            )

    def _conclude(self, errand: Errand, capture: Capture) -> str:
        """An errand is settled by its answer, whatever that is; the outcome it is counted under."""
        if capture.truncated in _CUT_ON_THE_WAY and errand.attempts + 1 < MAX_ATTEMPTS:
            self.frontier.release(errand, attempts=1)
            return "to-be-retried"
        if errand.line is None:
            return self._read_index(errand, capture)
        if capture.source is not None:
            self.frontier.done(errand)
            return "captured"
        if 300 <= capture.status < 400:
            self._follow(errand, capture)
            return "redirected"
        self.frontier.done(errand)
        self._problems += 1
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
        self.run.note(location or errand.url, errand.role, Outcome.NOT_FETCHED, why, errand.url)
        self.counts[Outcome.NOT_FETCHED.value] += 1
        self.frontier.done(errand)

    def _read_index(self, errand: Errand, capture: Capture) -> str:
        stored = read_stored(self.home, self.archive.connection, capture)
        try:
            answer = self.source.read(
                errand.url, capture.status, decoded_body(stored), self.site, self.span
            )
        except (ValueError, zlib.error) as error:
            answer = IndexAnswer()
            self._index_failed(errand, str(error))
        lines = [
            (line, identity, self._wanted.by_address(line.url))
            for line in answer.lines
            if self.span.holds(line.captured_at) and self._wanted.is_of_the_site(line.url)
            for identity in (self._wanted.identity(line.url),)
        ]
        added = self.frontier.answered(errand, lines, answer.following)
        if answer.following and not added:
            self._index_failed(errand, "the index leads back to where it has been read")
        return "index" if capture.status == 200 else "none-listed"

    def _index_failed(self, errand: Errand, why: str) -> None:
        self._faults.append(why)
        self._problems += 1
        self.run.note(errand.url, errand.role, Outcome.FAILED, why, errand.via)

    def _settle_leases(self) -> None:
        """What a process that died had taken: use what it had kept, put back the rest."""
        connection = self.archive.connection
        for errand in self.frontier.leased():
            seq = None
            if errand.line is None or errand.line.byte_range is None:
                seq = memento_rows.settled_in(connection, self.run.crawl, errand.url)
            capture = None if seq is None else capture_at(connection, seq)
            if capture is None or (capture.source is None and is_trouble(capture.status)):
                self.frontier.release(errand)
            else:
                self._conclude(errand, capture)

    def _heed_earlier_pause(self) -> None:
        left = self._pauses.paused_until(self.source.name) - time.time()
        if left > LONGEST_PAUSE:
            self.watch.end(
                Stop.RATE_LIMITED, f"the archive asked for {left / 60:,.0f} minutes more"
            )
        elif left > 0:
            self.pace.pause(left)

    def _open_errands(self) -> int:
        name = self.source.name
        return self.frontier.open_queries(name) + self.frontier.open_lines(name)

    def _header(self, capture: Capture, name: str) -> str | None:
        return read_stored(self.home, self.archive.connection, capture).header(name)

    def _report(self, url: str) -> None:
        new = self._articles_and_versions()[0] - self._before[0]
        self.on_progress(
            Progress(
                Counter(self.counts), self._open_errands(), url, new=new, problems=self._problems
            )
        )

    def _articles_and_versions(self) -> tuple[int, int]:
        row = self.archive.connection.execute(
            "SELECT (SELECT count(*) FROM article), (SELECT count(*) FROM version)"
        ).fetchone()
        return row[0], row[1]


def _is_the_range(line: IndexLine, exchange: Exchange) -> bool:
    """Whether the bytes that came are those of the line, if it is about a part of a file."""
    if line.byte_range is None:
        return True
    status, headers, _ = split_http(exchange.response_head)
    stated = next((value for name, value in headers if name.lower() == "content-range"), "")
    first, last = line.byte_range
    return status == 206 and stated.partition("/")[0].split() == ["bytes", f"{first}-{last}"]
