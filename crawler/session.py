"""A crawl under way: the archive, the run, the frontier and the rules of politeness together.

Scheduler, middleware and spider meet here. Every request ends in exactly one counted outcome.
"""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import assert_never
from urllib.parse import urlsplit, urlunsplit

from archive.errors import DiskNearlyFull, HdndError, NothingFetched
from archive.home import Home
from archive.http_block import split_http
from archive.reading import capture_at, page_of, read_stored, settled_in
from archive.records import Capture, Exchange, Link, Outcome, Page, PageKind, Role
from archive.run import RunWriter
from archive.store import Archive
from crawler import alike
from crawler.agent import who_asks
from crawler.alike import Alike, Verdict
from crawler.charset import decode_html
from crawler.entries import Entry, Kind
from crawler.extract import MAX_PAGE, Extractor, decoded_body
from crawler.frontier import Frontier
from crawler.pace import LONGEST_PAUSE, Pace
from crawler.plan import Plan
from crawler.platforms import platform_for
from crawler.retry import MAX_ATTEMPTS, REFUSALS, is_trouble, pause_before_retry, seconds_of
from crawler.robots import RobotsPolicy
from crawler.site import Site
from crawler.space import nearly_full
from crawler.telling import CrawlSummary, Progress, outcome_of
from crawler.urls import absolute, is_allowed, on_site
from crawler.watch import Bounds, Stop, Watch

MAX_HOPS = 5

STALE_SECONDS = 12 * 3600
"""After this a refresh that was cut short is not gone on with: a new one knows better."""

_CONTROL = "control"
"""The category of a listing that is asked for to see whether the site is itself."""


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(slots=True)
class Session:
    """Everything that one crawl of one site has open. `wanted` are the links of a single one."""

    site: Site
    home: Home
    user_agent: str
    kind: Kind = Kind.CRAWL
    wanted: Sequence[Link] = ()
    bounds: Bounds = field(default_factory=Bounds)
    clock: Callable[[], datetime] = _now
    on_progress: Callable[[Progress], None] = lambda progress: None
    counts: Counter[str] = field(default_factory=Counter)
    archive: Archive = field(init=False)
    frontier: Frontier = field(init=False)
    robots: RobotsPolicy = field(init=False)
    pace: Pace = field(init=False)
    watch: Watch = field(init=False)
    resumed: bool = field(init=False)
    run: RunWriter = field(init=False)
    _before: tuple[int, int] = field(init=False)
    _alike: Alike = field(default_factory=Alike)
    _asking: bool = False
    _controlling: bool = False
    _asked: set[str] = field(default_factory=set)
    _robots_asked: int = 0
    _listed: bool = True
    _failing: list[str] = field(default_factory=list)
    _new: int = 0
    _changed: int = 0
    _problems: int = 0

    def open(self) -> None:
        """Take the archive, mend what an earlier crawl left, and know what is to be done."""
        manners = self.site.politeness
        self.pace = Pace(manners.delay_seconds, manners.autothrottle, manners.retry_seconds)
        self.watch = Watch(self.home.path, self.bounds, manners.stop_after_failures, self.clock)
        self.robots = RobotsPolicy(self.user_agent)
        self._need_room()
        self.archive = Archive(self.home, Extractor(), clock=self.clock)
        self.archive.__enter__()
        try:
            self.frontier = Frontier(self.home.frontier)
            self._before = self._held()
            plan = Plan(self.home, self.archive.connection, self.site, self.clock())
            crawl = self._choose_crawl(plan)
            self.resumed = crawl is not None
            self.run = self.archive.begin_run(
                self.site.describe(),
                crawl=crawl,
                robots="obey",
                **who_asks(self.user_agent),
                **{"hdnd-kind": self.kind.value},
            )
            self.frontier.start(
                self.run.crawl,
                self.site.id,
                self.site.reached_at,
                kind=self.kind,
                now=self._timestamp(),
            )
            self._settle_leases()
            self._seed(plan)
            self._heed_earlier_pause()
        except BaseException:
            self.archive.close()
            raise

    def report_to(self, on_progress: Callable[[Progress], None]) -> None:
        """Say how far it is to this, whenever an entry is settled."""
        self.on_progress = on_progress

    def close(self, reason: str) -> CrawlSummary:
        """End the run and say what it did. The crawl stays unfinished if work is left."""
        try:
            if self._alike.at_end() is Verdict.SUSPECT:
                self._suspect()
            finished = self.frontier.pending() == 0
            if finished:
                self.frontier.finish()
            stop = None if finished else self.watch.stop
            reason = stop.value if stop else reason
            articles, versions = self._held()
            self.run.end(reason, dict(self.counts))
            self._listed = self._lists_something()
            return CrawlSummary(
                site=self.site.id,
                run=self.run.id,
                kind=self.kind.value,
                reason=reason,
                stop=stop,
                detail=self.watch.detail if stop else "",
                finished=finished,
                resumed=self.resumed,
                counts=dict(self.counts),
                problems=self._problems,
                articles=articles,
                new_articles=articles - self._before[0],
                new_versions=versions - self._before[1],
                recovery=self.archive.recovery,
                pages=self._pages_met(),
                refused_by_robots=self.robots.refuses(self.site.base_url + "/"),
            )
        finally:
            self.abandon()

    def abandon(self) -> None:
        """Let go of everything, as a process that dies would."""
        self.frontier.close()
        self.archive.close()

    def disappointment(self, summary: CrawlSummary) -> HdndError | None:
        """The error that a run is which ended well and found nothing where something was."""
        if not summary.finished or self.kind is Kind.SINGLE:
            return None
        if summary.pages and self._listed:
            return None
        if summary.pages:
            return NothingFetched(
                f"{summary.site}: its listings show no article any more, and there were some",
                hint="Look at the site: did its pages change, or its addresses?",
            )
        if summary.refused_by_robots:
            return NothingFetched(
                f"{summary.site}: robots.txt allows nothing, or could not be fetched",
                hint="`hdnd status --problems` names the answer. Ask the operator, or try later.",
            )
        outcomes = ", ".join(f"{count} {name}" for name, count in sorted(summary.counts.items()))
        return NothingFetched(
            f"{summary.site}: not one listing or article was found ({outcomes})",
            hint="`hdnd status --problems` names what came instead. Is the description still"
            " right?",
        )

    @property
    def is_over(self) -> bool:
        """Whether nothing is left to do, or nothing more is to be done."""
        return self.watch.stop is not None or self.frontier.pending() == 0

    @property
    def concurrency(self) -> int:
        """Requests at a time."""
        return self.site.politeness.concurrency

    @property
    def may_be_private(self) -> bool:
        """Whether the address of the host may be in a private network: one named by hand."""
        return self.site.reached_at is not None

    def headers(self, entry: Entry) -> dict[str, str]:
        """The conditions of a request (RFC 9110 § 13.1) by which a server may answer 304."""
        if entry.validator is None:
            return {}
        named = {
            "If-None-Match": entry.validator.etag,
            "If-Modified-Since": entry.validator.last_modified,
        }
        return {name: value for name, value in named.items() if value}

    def longest(self, entry: Entry) -> int | None:
        """The usual limit for the bytes of a body."""
        return None

    def next_entry(self) -> Entry | None:
        """The next entry that may be fetched now; what robots.txt refuses is settled on the way."""
        if self.pace.is_paused() or self._controlling or not self.watch.may_go_on():
            return None
        if self.robots.outdated():
            self._asked.clear()
            for url in self.frontier.hosts().values():
                self._ask_for_robots(url)
        while entry := self.frontier.lease(self._timestamp(), self.robots.hosts()):
            if entry.role is Role.ROBOTS or self.robots.allows(entry.url):
                self.watch.requested()
                self._controlling = self._controlling or entry.category == _CONTROL
                return entry
            self._settle_without_response(entry, Outcome.REFUSED, "robots.txt disallows it")
        return None

    def keep(self, entry: Entry, exchange: Exchange) -> tuple[Capture, Page]:
        """A response came: it is on the disk before it is read."""
        capture = self.run.keep(exchange, confirms=self._confirmed(entry, exchange))
        return capture, self.archive.derive_one(capture.seq)

    def settle(self, entry: Entry, capture: Capture, page: Page, latency: float) -> None:
        """An entry has its response; go where the page leads, or try again later."""
        self._controlling = self._controlling and entry.category != _CONTROL
        self.watch.answered(capture.status)
        pause = self._pause_after(entry, capture, latency)
        if pause is not None:
            unasked = capture.status == 304
            self.frontier.retry(entry, self._timestamp() + pause, in_full=unasked)
        else:
            self._note_news(capture, page)
            followed = self._finish(entry, capture, page)
            if entry.role is Role.ROBOTS and not followed:
                self._learn_robots(entry, capture)
            self._compare(entry, capture, page)
        self._mind(entry, failed=is_trouble(capture.status))
        self.counts[outcome_of(capture, page, retried=pause is not None)] += 1
        self._report(entry.url)

    def fail(self, entry: Entry, error: str) -> None:
        """No response came: try again later, or record the failure."""
        self.watch.failed(error)
        self.pace.failed()
        self._controlling = self._controlling and entry.category != _CONTROL
        pause = pause_before_retry(entry, None, self.site.politeness.retry_seconds)
        if pause is not None:
            self.frontier.retry(entry, self._timestamp() + pause)
            return
        if entry.role is Role.ROBOTS:
            self._cannot_ask(entry, error)
        elif entry.category == _CONTROL:
            self._asking = False
            self._suspect()
        self._problems += 1
        self._settle_without_response(entry, Outcome.FAILED, error)
        self._mind(entry, failed=True)

    def _mind(self, entry: Entry, *, failed: bool) -> None:
        """What failed while the whole site did is no end of it: the next run asks again."""
        self._failing = [*self._failing, entry.url] if failed else []
        if self.watch.stop in (Stop.FAILING, Stop.RATE_LIMITED):
            self.frontier.reopen(self._failing)

    def _need_room(self) -> None:
        if left := nearly_full(self.home.path):
            raise DiskNearlyFull(
                f"{self.home.path}: the disk is nearly full ({left})",
                hint="Free some space, or choose a folder on another disk with --home.",
            )

    def _choose_crawl(self, plan: Plan) -> str | None:
        """What this run goes on with, if anything; what it is for is settled with it."""
        if self.kind is Kind.SINGLE:
            return None
        unfinished = self.frontier.unfinished(self.site.id, self.site.reached_at)
        if unfinished and unfinished.kind is Kind.CRAWL:
            self.kind = Kind.CRAWL
            return unfinished.id
        if self.kind is Kind.CRAWL:
            return None
        if unfinished and self._timestamp() - unfinished.started < STALE_SECONDS:
            self.kind = unfinished.kind
            return unfinished.id
        self.kind = Kind.SWEEP if plan.needs_sweep() else Kind.REFRESH
        return None

    def _seed(self, plan: Plan) -> None:
        if self.kind in (Kind.REFRESH, Kind.SWEEP) and not self.resumed:
            self.frontier.know(plan.known())
            for due in plan.due():
                self.frontier.add([due.link], category="", validator=due.validator, later=True)
        if self.kind is Kind.SINGLE:
            self.frontier.add(self.wanted, category="")
        else:
            for path in self.site.categories:
                self.frontier.add(self._listing(path), category=path)
        for url in self.frontier.hosts().values():
            self._ask_for_robots(url)

    def _listing(self, path: str, mark: str = "") -> list[Link]:
        url = absolute(self.site.base_url, path)
        if not url:
            return []
        platform = platform_for(self.site.platform, self.clock().date())
        identity = platform.identity(on_site(self.site, url))
        return [Link(url, Role.LISTING, f"{identity}{mark}")]

    def _heed_earlier_pause(self) -> None:
        left = self.frontier.paused_until(self.site.id) - self._timestamp()
        if left > LONGEST_PAUSE:
            self.watch.end(Stop.RATE_LIMITED, f"the site asked for {left / 60:,.0f} minutes more")
        elif left > 0:
            self.pace.pause(left)

    def _confirmed(self, entry: Entry, exchange: Exchange) -> Capture | None:
        """The capture that a 304 confirms; None if it was not asked for, or is about another."""
        status, headers, _ = split_http(exchange.response_head)
        if status != 304 or entry.validator is None:
            return None
        named = next((value for name, value in headers if name.lower() == "etag"), None)
        if named and entry.validator.etag and _opaque(named) != _opaque(entry.validator.etag):
            return None
        return capture_at(self.archive.connection, entry.validator.confirms)

    def _pause_after(self, entry: Entry, capture: Capture, latency: float) -> float | None:
        """Seconds before this entry is tried again, None if it is settled; sets the pace."""
        first = self.site.politeness.retry_seconds
        if capture.status in REFUSALS:
            asked = seconds_of(self._header(capture, "Retry-After"), self.clock())
            wait = self.pace.refused(asked)
            if wait > LONGEST_PAUSE:
                self.frontier.pause(self.site.id, self._timestamp() + wait)
                self.watch.end(Stop.RATE_LIMITED, f"it asked for {wait / 60:,.0f} minutes of rest")
                return wait
            return wait if entry.attempts + 1 < MAX_ATTEMPTS else None
        if is_trouble(capture.status):
            self.pace.failed()
        else:
            self.pace.answered(latency)
        if capture.status == 304 and entry.validator and not capture.refers_to:
            return first if entry.attempts + 1 < MAX_ATTEMPTS else None
        return pause_before_retry(entry, capture, first)

    def _finish(self, entry: Entry, capture: Capture, page: Page) -> int:
        """Settle an entry; how many of the page's links are new."""
        hops = entry.hops + 1 if page.kind is PageKind.REDIRECT else 0
        links = () if entry.category == _CONTROL else page.links
        inside = [link for link in links if is_allowed(self.site, link.url)]
        for link in links:
            if link not in inside:
                self._note_elsewhere(link, entry)
        added = self.frontier.done(
            entry,
            inside if hops <= MAX_HOPS else [],
            hops=hops,
            total=page.total,
            known_files=self._is_change(capture),
        )
        for link in inside:
            self._ask_for_robots(link.url)
        return added

    def _compare(self, entry: Entry, capture: Capture, page: Page) -> None:
        """Suspect a run whose answers look alike."""
        if entry.category == _CONTROL:
            self._asking = False
            if page.kind is not PageKind.LISTING:
                self._suspect()
        if entry.hops and page.kind is PageKind.UNREADABLE:
            return  # one page behind all the redirects that lead there
        verdict = self._alike.saw(capture, page, lambda: self._text(capture))
        match verdict:
            case Verdict.FINE:
                return
            case Verdict.SUSPECT:
                self._suspect()
            case Verdict.ASK:
                if not self._asking:
                    self._asking = True
                    path = next(iter(self.site.categories))
                    mark = f" {_CONTROL} {capture.seq}"
                    self.frontier.add(self._listing(path, mark), category=_CONTROL)
            case _:
                assert_never(verdict)

    def _suspect(self) -> None:
        if self._alike.captures:
            self.run.doubt(self._alike.captures, alike.REASON)
        number = len(self._alike.captures)
        self.frontier.reopen([capture.url for capture in self._alike.captures])
        self._alike.suspect()
        self.watch.end(
            Stop.SUSPECT,
            f"{number} different addresses gave the same answer, which is kept as a page and"
            " counts as nothing else",
        )

    def _text(self, capture: Capture) -> str:
        stored = read_stored(self.home, self.archive.connection, capture)
        try:
            return decode_html(decoded_body(stored, MAX_PAGE), stored.header("Content-Type"))
        except (ValueError, zlib.error):
            return ""

    def _note_elsewhere(self, link: Link, entry: Entry) -> None:
        if settled_in(self.archive.connection, self.run.crawl, link.url) is None:
            detail = "the site description does not name this host"
            self.run.note(link.url, link.role, Outcome.NOT_FETCHED, detail, entry.url)
            self.counts[Outcome.NOT_FETCHED.value] += 1

    def _settle_without_response(self, entry: Entry, outcome: Outcome, detail: str) -> None:
        self.run.note(entry.url, entry.role, outcome, detail, entry.via)
        self.frontier.done(entry)
        self.counts[outcome.value] += 1
        self._report(entry.url)

    def _learn_robots(self, entry: Entry, capture: Capture) -> None:
        stored = read_stored(self.home, self.archive.connection, capture)
        try:
            rules = decoded_body(stored)
        except (ValueError, zlib.error):
            rules = b""
        if (stored.body and not rules) or capture.truncated not in (None, "length"):
            self._cannot_ask(entry, "robots.txt cannot be read")
        elif is_trouble(capture.status) or 300 <= capture.status < 400:
            self._cannot_ask(entry, f"robots.txt was answered with {capture.status}")
        else:
            self.robots.answered(entry.category, capture.status, rules)
            self.pace.asked = max(self.pace.asked, self.robots.delay(entry.category))

    def _cannot_ask(self, entry: Entry, why: str) -> None:
        """Without its robots.txt nothing of a host may be asked for (RFC 9309 § 2.3.1.4)."""
        self.robots.unreachable(entry.category)
        if urlsplit(entry.category).netloc == urlsplit(self.site.base_url).netloc:
            self.watch.end(Stop.UNREACHABLE, why)

    def _header(self, capture: Capture, name: str) -> str | None:
        return read_stored(self.home, self.archive.connection, capture).header(name)

    def _settle_leases(self) -> None:
        """What a process that died had taken: use what it had kept, put back the rest."""
        for entry in self.frontier.leased():
            seq = settled_in(self.archive.connection, self.run.crawl, entry.url)
            page = None if seq is None else page_of(self.archive.connection, seq)
            if seq is None:
                self.frontier.release(entry)
            elif page is None:
                self.frontier.done(entry)
            else:
                capture = capture_at(self.archive.connection, seq)
                if pause_before_retry(entry, capture, 0) is None:
                    self._finish(entry, capture, page)
                else:
                    self.frontier.release(entry)

    def _ask_for_robots(self, url: str) -> None:
        """Put the robots.txt of the URL's host in, if this process has not asked for it yet."""
        parts = urlsplit(url)
        if parts.netloc not in self._asked:
            self._asked.add(parts.netloc)
            self._robots_asked += 1
            robots = urlunsplit((parts.scheme, parts.netloc, "/robots.txt", "", ""))
            link = Link(robots, Role.ROBOTS, f"{robots} {self.run.id} {self._robots_asked}")
            self.frontier.add([link], category=robots)

    def _is_change(self, capture: Capture) -> bool:
        """Whether this capture is what changed an article last."""
        row = self.archive.connection.execute(
            "SELECT 1 FROM page p JOIN change c ON c.id = p.article AND c.seq = p.seq"
            " WHERE p.seq = ?",
            (capture.seq,),
        ).fetchone()
        return row is not None

    def _note_news(self, capture: Capture, page: Page) -> None:
        self._problems += page.problem is not None
        if page.article and self._is_change(capture):
            row = self.archive.connection.execute(
                "SELECT count(*) FROM observation WHERE article ="
                " (SELECT article FROM page WHERE seq = ?)",
                (capture.seq,),
            ).fetchone()
            self._new += row[0] == 1
            self._changed += row[0] > 1

    def _report(self, url: str) -> None:
        self.on_progress(
            Progress(
                Counter(self.counts),
                self.frontier.pending(),
                url,
                self._new,
                self._changed,
                self._problems,
            )
        )

    def _pages_met(self) -> int:
        """The listings and articles of the whole crawl, of earlier runs too."""
        row = self.archive.connection.execute(
            "SELECT count(*) FROM run JOIN capture ON capture.run = run.id JOIN page USING (seq)"
            " WHERE crawl = ? AND page.kind IN ('listing', 'article')",
            (self.run.crawl,),
        ).fetchone()
        return int(row[0])

    def _lists_something(self) -> bool:
        """Whether a listing of this crawl leads to an article, or the site never had one."""
        row = self.archive.connection.execute(
            "SELECT EXISTS (SELECT 1 FROM run JOIN capture ON capture.run = run.id"
            " JOIN page USING (seq) WHERE crawl = :crawl AND page.kind = 'listing'"
            " AND page.links LIKE '%\"article\"%')"
            " OR NOT EXISTS (SELECT 1 FROM article WHERE site = :site)",
            {"crawl": self.run.crawl, "site": self.site.id},
        ).fetchone()
        return bool(row[0])

    def _held(self) -> tuple[int, int]:
        row = self.archive.connection.execute(
            "SELECT (SELECT count(*) FROM article), (SELECT count(*) FROM version)"
        ).fetchone()
        return row[0], row[1]

    def _timestamp(self) -> float:
        return self.clock().timestamp()


def _opaque(etag: str) -> str:
    """An entity tag for the weak comparison (RFC 9110 § 8.8.3.2)."""
    return etag.strip().removeprefix("W/")
