"""A crawl under way: the archive, the run, the frontier and the rules of politeness together.

Scheduler, middleware and spider meet here. Every request ends in exactly one counted outcome.
"""

from __future__ import annotations

import time
import zlib
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from urllib.parse import urlsplit, urlunsplit

from archive.home import Home
from archive.reading import capture_at, page_of, read_stored, settled_in
from archive.records import Capture, Exchange, Link, Outcome, Page, PageKind, Role
from archive.run import RunWriter
from archive.store import Archive, Recovery
from crawler.extract import Extractor, decoded_body
from crawler.frontier import Entry, Frontier
from crawler.platforms import platform_for
from crawler.retry import pause_before_retry
from crawler.robots import RobotsPolicy
from crawler.site import Site
from crawler.urls import absolute, is_allowed, on_site

MAX_HOPS = 5


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a crawl is: outcomes so far, what is still to do, and the URL just settled."""

    counts: Counter[str]
    pending: int
    url: str


@dataclass(frozen=True, slots=True)
class CrawlSummary:
    """What a crawl did. `counts` has every request under its one outcome.

    `pages` are the listings and articles it met; `refused_by_robots`: the site wants no visit.
    """

    site: str
    run: str
    reason: str
    finished: bool
    resumed: bool
    counts: dict[str, int]
    articles: int
    new_articles: int
    new_versions: int
    recovery: Recovery
    pages: int
    refused_by_robots: bool


@dataclass(slots=True)
class Session:
    """Everything that one crawl of one site has open."""

    site: Site
    home: Home
    user_agent: str
    on_progress: Callable[[Progress], None] = lambda progress: None
    counts: Counter[str] = field(default_factory=Counter)
    archive: Archive = field(init=False)
    frontier: Frontier = field(init=False)
    robots: RobotsPolicy = field(init=False)
    resumed: bool = field(init=False)
    run: RunWriter = field(init=False)
    _before: tuple[int, int] = field(init=False)
    _asked: set[str] = field(default_factory=set)

    def open(self) -> None:
        """Take the archive, mend what an earlier crawl left, and know what is to be done."""
        self.archive = Archive(self.home, Extractor())
        self.archive.__enter__()
        try:
            self.frontier = Frontier(self.home.frontier)
            self.robots = RobotsPolicy(self.user_agent)
            self._before = self._held()
            unfinished = self.frontier.unfinished(self.site.id, self.site.reached_at)
            self.resumed = unfinished is not None
            self.run = self.archive.begin_run(
                self.site.describe(),
                crawl=unfinished,
                robots="obey",
                **{"http-header-user-agent": self.user_agent},
            )
            self.frontier.start(self.run.crawl, self.site.id, self.site.reached_at)
            self._settle_leases()
            self._seed()
        except BaseException:
            self.archive.close()
            raise

    def close(self, reason: str) -> CrawlSummary:
        """End the run and say what it did. The crawl stays unfinished if work is left."""
        try:
            finished = self.frontier.pending() == 0
            if finished:
                self.frontier.finish()
            articles, versions = self._held()
            self.run.end(reason, dict(self.counts))
            return CrawlSummary(
                site=self.site.id,
                run=self.run.id,
                reason=reason,
                finished=finished,
                resumed=self.resumed,
                counts=dict(self.counts),
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

    def next_entry(self) -> Entry | None:
        """The next entry that may be fetched now; what robots.txt refuses is settled on the way."""
        while entry := self.frontier.lease(time.time(), self.robots.hosts()):
            if entry.role is Role.ROBOTS or self.robots.allows(entry.url):
                return entry
            self._settle_without_response(entry, Outcome.REFUSED, "robots.txt disallows it")
        return None

    def keep(self, entry: Entry, exchange: Exchange) -> tuple[Capture, Page]:
        """A response came: it is on the disk before it is read."""
        capture = self.run.keep(exchange)
        return capture, self.archive.derive_one(capture.seq)

    def settle(self, entry: Entry, capture: Capture, page: Page) -> None:
        """An entry has its response; go where the page leads, or try again later."""
        pause = pause_before_retry(entry, capture, self._retry_after(capture))
        if pause is not None:
            self.frontier.retry(entry, time.time() + pause)
        else:
            followed = self._finish(entry, page)
            if entry.role is Role.ROBOTS and not followed:
                self._learn_robots(entry, capture)
        self.counts[_outcome_of(capture, page, retried=pause is not None)] += 1
        self._report(entry.url)

    def fail(self, entry: Entry, error: str) -> None:
        """No response came: try again later, or record the failure."""
        pause = pause_before_retry(entry, None)
        if pause is not None:
            self.frontier.retry(entry, time.time() + pause)
            return
        if entry.role is Role.ROBOTS:
            self.robots.unreachable(entry.category)
        self._settle_without_response(entry, Outcome.FAILED, error)

    def _finish(self, entry: Entry, page: Page) -> int:
        """Settle an entry; how many of the page's links are new."""
        hops = entry.hops + 1 if page.kind is PageKind.REDIRECT else 0
        inside = [link for link in page.links if is_allowed(self.site, link.url)]
        for link in page.links:
            if link not in inside:
                self._note_elsewhere(link, entry)
        added = self.frontier.done(entry, inside if hops <= MAX_HOPS else [], hops=hops)
        for link in inside:
            self._ask_for_robots(link.url)
        return added

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
        if stored.body and not rules or capture.truncated not in (None, "length"):
            self.robots.unreachable(entry.category)
        else:
            self.robots.answered(entry.category, capture.status, rules)

    def _retry_after(self, capture: Capture) -> str | None:
        if capture.status not in (429, 503):
            return None
        return read_stored(self.home, self.archive.connection, capture).header("Retry-After")

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
                if pause_before_retry(entry, capture) is None:
                    self._finish(entry, page)
                else:
                    self.frontier.release(entry)

    def _seed(self) -> None:
        platform = platform_for(self.site.platform, datetime.now(UTC).date())
        for path in self.site.categories:
            url = absolute(self.site.base_url, path)
            if url:
                link = Link(url, Role.LISTING, platform.identity(on_site(self.site, url)))
                self.frontier.add([link], category=path)
        for url in self.frontier.hosts().values():
            self._ask_for_robots(url)

    def _ask_for_robots(self, url: str) -> None:
        """Put the robots.txt of the URL's host in, if this process has not asked for it yet."""
        parts = urlsplit(url)
        if parts.netloc not in self._asked:
            self._asked.add(parts.netloc)
            robots = urlunsplit((parts.scheme, parts.netloc, "/robots.txt", "", ""))
            link = Link(robots, Role.ROBOTS, f"{robots} {self.run.id}")
            self.frontier.add([link], category=robots)

    def _report(self, url: str) -> None:
        self.on_progress(Progress(Counter(self.counts), self.frontier.pending(), url))

    def _pages_met(self) -> int:
        """The listings and articles of the whole crawl, of earlier runs too."""
        row = self.archive.connection.execute(
            "SELECT count(*) FROM run JOIN capture ON capture.run = run.id JOIN page USING (seq)"
            " WHERE crawl = ? AND kind IN ('listing', 'article')",
            (self.run.crawl,),
        ).fetchone()
        return int(row[0])

    def _held(self) -> tuple[int, int]:
        row = self.archive.connection.execute(
            "SELECT (SELECT count(*) FROM article), (SELECT count(*) FROM version)"
        ).fetchone()
        return row[0], row[1]


def _outcome_of(capture: Capture, page: Page, *, retried: bool) -> str:
    if retried:
        return "to-be-retried"
    if page.kind is PageKind.REDIRECT:
        return "redirected"
    if page.kind is PageKind.ERROR and page.problem:
        return "error-status"
    return "revisit" if capture.refers_to else "captured"
