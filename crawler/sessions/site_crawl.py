"""A crawl under way: the frontier, the rules of politeness and the archive together.

Scheduler, middleware and spider meet here.
"""

from __future__ import annotations

import heapq
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode, urlsplit

from archive.catalogue.captures import (
    capture_at,
    is_quarantined,
    page_of,
    read_stored,
    settled_in,
)
from archive.catalogue.queries.crawls import (
    article_before,
    articles_met,
    is_change,
    is_quarantined_payload,
    last_pages,
    lists_something,
    pages_met,
    payload_before,
    quarantined_captures,
    title_at,
)
from archive.ground.errors import NothingFetched
from archive.ground.message import Message
from archive.model import Capture, Exchange, Link, Outcome, Page, PageKind, Role
from crawler.extraction.extract import MAX_PAGE, decoded_body, extract
from crawler.extraction.feeds import is_source
from crawler.extraction.follow_rules import is_wanted
from crawler.extraction.page_charset import decode_html
from crawler.extraction.page_forms import posted_back
from crawler.extraction.platforms import Platform, platform_of
from crawler.extraction.platforms.described import DescribedPlatform
from crawler.extraction.uniform_responses import REASON, TOO_MANY
from crawler.frontier.entries import EntryKind, FrontierEntry, Validator
from crawler.frontier.frontier import NOTHING_NEW, Followed, Frontier
from crawler.politeness.conditional_requests import conditions, confirmed
from crawler.politeness.pace import LONGEST_PAUSE, Pace
from crawler.politeness.retry import (
    MAX_ATTEMPTS,
    REFUSALS,
    is_trouble,
    pause_before_retry,
    seconds_of,
)
from crawler.politeness.robots import RobotsPolicy
from crawler.sessions import alike_files, removed_articles
from crawler.sessions.alike_files import AlikeFiles
from crawler.sessions.crawl_session import CrawlSession
from crawler.sessions.empty_crawl import empty_crawl_error
from crawler.sessions.layout_watch import LayoutWatch
from crawler.sessions.page_requisites import PageRequisites
from crawler.sessions.removed_articles import RemovedArticles
from crawler.sessions.revisit_plan import RevisitPlan
from crawler.sessions.robots_gate import RobotsGate
from crawler.sessions.seeds import choose_crawl, listed_addresses, listing
from crawler.sessions.stop_policy import StopPolicy, StopReason
from crawler.sessions.summary import RETRIED, CrawlSummary, outcome_of
from crawler.sessions.uniformity_probe import UniformityProbe, is_probe
from crawler.sites.canonical_urls import at_base, is_allowed, on_site
from crawler.sites.posted_forms import is_postback, is_posted, split_posted

MAX_HOPS = 5

_NOT_WANTED = "the site description does not want this address"
_IN_A_SWEEP = "further sitemaps are read when listings are walked to their ends"

_RECALLED = 20
"""Captures that earlier runs came to doubt, which this one knows again."""


@dataclass(eq=False)
class SiteCrawl(CrawlSession[FrontierEntry]):
    """Everything that one crawl of one site has open. `wanted` are the links of a single one."""

    kind: EntryKind = EntryKind.CRAWL
    wanted: Sequence[Link] = ()
    frontier: Frontier = field(init=False)
    _robots_gate: RobotsGate = field(init=False)
    _probe: UniformityProbe = field(init=False)
    _files: AlikeFiles = field(init=False)
    _watch: LayoutWatch = field(init=False)
    _plan: RevisitPlan = field(init=False)
    _requisites: PageRequisites = field(init=False)
    _platform: Platform = field(init=False)
    _removed: RemovedArticles = field(init=False)
    _listed: bool = field(default=True, init=False)
    _failing: list[str] = field(default_factory=list, init=False)
    _due: list[float] = field(default_factory=list, init=False)

    def __post_init__(self) -> None:
        politeness = self.site.politeness
        self.host_name = self.site.id
        self.pace = Pace(
            politeness.delay_seconds, politeness.autothrottle, politeness.retry_seconds
        )
        self.stop_policy = StopPolicy(
            self.home.path, self.bounds, politeness.stop_after_failures, self.clock, self.lease
        )

    def _begin(self) -> None:
        self.frontier = self._opened.enter_context(closing(Frontier(self.home.frontier)))
        self._platform = platform_of(self.site, self.clock().date())
        plan = RevisitPlan(self.archive.catalogue, self.site, self.clock())
        self._plan = plan
        self._removed = RemovedArticles(self.archive.catalogue, self.site, self._platform)
        self._requisites = PageRequisites(self.site, self._platform, self._text)
        unfinished = self.frontier.unfinished(self.site.id, self.site.reached_at)
        if self.lease and self.lease.changed_hands:
            unfinished = None  # another worker has fetched what was left here
        self.kind, crawl = choose_crawl(self.kind, unfinished, plan, self._timestamp())
        self._begin_run(crawl, robots="obey", **{"hdnd-kind": self.kind.value})
        self.frontier.start(
            self.run.crawl,
            self.site.id,
            self.site.reached_at,
            kind=self.kind,
            now=self._timestamp(),
        )
        robots = RobotsPolicy(self.user_agent)
        self._robots_gate = RobotsGate(robots, self.frontier, self.pace, self.run.id)
        self._watch = LayoutWatch(
            self.run,
            self.stop_policy,
            text=self._text,
            before=lambda capture: article_before(self.archive.catalogue, capture.seq),
            known=lambda url: title_at(self.archive.catalogue, self.site.id, self._identity(url)),
            reopen=lambda urls: self.frontier.reopen([self._asked_at(url) for url in urls]),
            by_selectors=isinstance(self._platform, DescribedPlatform),
        )
        self._probe = UniformityProbe(
            self.frontier,
            self.run,
            self.stop_policy,
            listing=self._first_listing,
            text=self._text,
            before=lambda capture: article_before(self.archive.catalogue, capture.seq),
            asked_at=self._asked_at,
        )
        catalogue = self.archive.catalogue
        self._files = AlikeFiles(
            before=lambda capture, page: payload_before(
                catalogue, self.site.id, page.identity_url, capture.seq
            ),
            is_doubted=lambda digest: is_quarantined_payload(catalogue, digest),
        )
        self._probe.recall_quarantined(
            self._answers(
                quarantined_captures(self.archive.catalogue, self.site.id, REASON, _RECALLED)
            )
        )
        if self.resumed:
            articles = articles_met(self.archive.catalogue, self.run.crawl)
            last = last_pages(self.archive.catalogue, self.run.crawl, 2 * TOO_MANY)
            self._probe.recall(self._answers(last), articles)
        self._seed(plan)
        self.frontier.sync()
        if self.resumed:
            self._settle_kept()
        self._robots_gate.ask_hosts()

    def close(self, reason: str) -> CrawlSummary:
        """End the run and say what it did. The crawl stays unfinished if work is left."""
        try:
            self._watch.conclude()
            self._probe.conclude()
            finished = self.frontier.pending() == 0
            if finished:
                self.frontier.finish()
            catalogue, crawl = self.archive.catalogue, self.run.crawl
            self._listed = lists_something(catalogue, crawl)
            return self._end_run(
                reason,
                finished=finished,
                kind=self.kind.value,
                pages=pages_met(catalogue, crawl),
                refused_by_robots=self._robots_gate.policy.refuses(self.site.base_url + "/"),
                empty_listings=self._empty_listings() if finished else (),
            )
        finally:
            self.abandon()

    def empty_crawl_error(self, summary: CrawlSummary) -> NothingFetched | None:
        """The error that a run is which ended well and found nothing where something was."""
        if not summary.finished or self.kind is EntryKind.SINGLE:
            return None
        return empty_crawl_error(summary, listed=self._listed)

    @property
    def is_over(self) -> bool:
        """Whether nothing is left to do, or nothing more is to be done."""
        return self.stop_policy.stop is not None or self.frontier.pending() == 0

    @property
    def concurrency(self) -> int:
        """Requests at a time."""
        return self.site.politeness.concurrency

    @property
    def may_be_private(self) -> bool:
        """Whether the address of the host may be in a private network: one named by hand."""
        return self.site.reached_at is not None

    def headers(self, entry: FrontierEntry) -> dict[str, str]:
        """The conditions by which a server may answer 304."""
        return conditions(entry)

    def form_of(self, entry: FrontierEntry) -> tuple[str, bytes | None]:
        """Where an entry is asked for; what is posted back holds what the page before it held."""
        if not is_posted(entry.url):
            return entry.url, None
        target, fields = split_posted(entry.url)
        if is_postback(fields) and entry.via:
            seq = settled_in(self.archive.catalogue, self.run.crawl, self._as_kept(entry.via))
            html = self._text(capture_at(self.archive.catalogue, seq)) if seq is not None else ""
            fields = posted_back(html, fields)
        return target, urlencode(fields).encode("ascii")

    def next_entry(self) -> FrontierEntry | None:
        """The next entry that may be fetched now; what robots.txt refuses is settled on the way."""
        self.rest = self._until_due()
        if not self.stop_policy.may_go_on() or self.pace.is_paused() or self._probe.waits:
            return None
        self._robots_gate.renew()
        known = self._robots_gate.policy.hosts()
        while entry := self.frontier.lease(self._timestamp(), known):
            if entry.role is not Role.ROBOTS and self._removed.has(entry.url):
                self._settle_without_response(entry, Outcome.NOT_FETCHED, removed_articles.WHY)
                continue
            if self._robots_gate.allows(entry):
                self.stop_policy.requested()
                self._probe.asked(entry)
                return entry
            self._settle_without_response(entry, Outcome.REFUSED, "robots.txt disallows it")
        return None

    def _retry(self, entry: FrontierEntry, pause: float, *, in_full: bool = False) -> None:
        due = self._timestamp() + pause
        self.frontier.retry(entry, due, in_full=in_full)
        heapq.heappush(self._due, due)

    def _until_due(self) -> float | None:
        """Seconds until the first entry is due that waits for another attempt."""
        now = self._timestamp()
        while self._due and self._due[0] <= now:
            heapq.heappop(self._due)
        return self._due[0] - now if self._due else None

    def _to_keep(self, entry: FrontierEntry, exchange: Exchange) -> tuple[Exchange, Capture | None]:
        via = exchange.via and self._as_kept(exchange.via)
        target = exchange.target and self._as_kept(exchange.target)
        kept = replace(exchange, url=self._as_kept(exchange.url), via=via, target=target)
        return kept, confirmed(self.archive.catalogue, entry, exchange)

    def settle(self, entry: FrontierEntry, capture: Capture, page: Page, latency: float) -> None:
        """An entry has its response; go where the page leads, or try again later."""
        self._probe.heard(entry)
        self.stop_policy.answered(capture.status)
        pause = self._pause_after(entry, capture, latency)
        if pause is not None:
            unasked = capture.status == 304
            self._retry(entry, pause, in_full=unasked)
        else:
            self.problems += page.problem is not None and not self._is_gone(page)
            self._note_news(capture, page)
            followed = self._finish(entry, capture, page)
            if entry.role is Role.ROBOTS and not followed:
                self._learn_robots(entry, capture, page)
            if not is_probe(entry):
                self._watch.weigh(capture, page)
            self._probe.weigh(entry, capture, page)
            if doubtful := self._files.saw(capture, page):
                self.run.doubt(doubtful, alike_files.REASON)
                self.problems += len(doubtful)
        self._mind(entry, failed=is_trouble(capture.status))
        self.counts[outcome_of(capture, page, retried=pause is not None)] += 1
        self._report(entry.url)

    def fail(self, entry: FrontierEntry, error: str) -> None:
        """No response came: try again later, or record the failure."""
        self.stop_policy.failed(error)
        self.pace.failed()
        self._probe.heard(entry)
        pause = pause_before_retry(entry, None, self.site.politeness.retry_seconds)
        if pause is not None:
            self._retry(entry, pause)
            self.counts[RETRIED] += 1
            self._report(entry.url)
            return
        if entry.role is Role.ROBOTS:
            self._cannot_ask(entry, error)
        self._probe.gave_up(entry)
        self.problems += 1
        self._settle_without_response(entry, Outcome.FAILED, error)
        self._mind(entry, failed=True)

    def _mind(self, entry: FrontierEntry, *, failed: bool) -> None:
        """What failed while the whole site did is no end of it: the next run asks again."""
        self._failing = [*self._failing, entry.url] if failed else []
        if self.stop_policy.stop in (StopReason.FAILING, StopReason.RATE_LIMITED):
            self.frontier.reopen(self._failing)

    def _seed(self, plan: RevisitPlan) -> None:
        if self.kind in (EntryKind.REFRESH, EntryKind.SWEEP) and not self.resumed:
            self.frontier.know(plan.known())
            for due in plan.due():
                self.frontier.add([due.link], category="", validator=due.validator, later=True)
        if self.kind is EntryKind.SINGLE:
            self.frontier.add(self.wanted, category="")
        else:
            sources = self.site.sources
            for path in (*self.site.categories, *sources.feeds, *sources.sitemaps):
                self.frontier.add(self._listing(path), category=path)
            self.frontier.add(listed_addresses(self.home, self.site, self._platform), category="")

    def _listing(self, path: str, suffix: str = "") -> list[Link]:
        return listing(self.site, path, self.clock().date(), suffix)

    def _empty_listings(self) -> tuple[str, ...]:
        catalogue, crawl = self.archive.catalogue, self.run.crawl
        return tuple(
            path
            for path in self.site.categories
            for link in self._listing(path)
            if self.kind is not EntryKind.SINGLE
            and not lists_something(catalogue, crawl, link.identity_url)
        )

    def _first_listing(self, suffix: str) -> list[Link]:
        return self._listing(next(iter(self.site.categories)), suffix)

    def _pause_after(self, entry: FrontierEntry, capture: Capture, latency: float) -> float | None:
        """Seconds before this entry is tried again, None if it is settled; sets the pace."""
        first = self.site.politeness.retry_seconds
        if capture.status in REFUSALS:
            asked = seconds_of(self._header(capture, "Retry-After"), self.clock())
            wait = self.pace.refused(asked)
            self._rest(wait, asked=asked is not None)
            again = wait > LONGEST_PAUSE or entry.attempts + 1 < MAX_ATTEMPTS
            return wait if again else None
        if is_trouble(capture.status):
            self.pace.failed()
        else:
            self.pace.answered(latency)
        if capture.status == 304 and entry.validator and not capture.refers_to:
            return first if entry.attempts + 1 < MAX_ATTEMPTS else None
        return pause_before_retry(entry, capture, first)

    def _finish(self, entry: FrontierEntry, capture: Capture, page: Page) -> int:
        """Settle an entry; how many of the page's links are new."""
        hops = entry.hops + 1 if page.kind is PageKind.REDIRECT else 0
        links = () if is_probe(entry) else self._reached(page.links)
        inside: list[Link] = []
        elsewhere: list[Link] = []
        for link in links:
            (inside if is_allowed(self.site, link.url) else elsewhere).append(link)
        inside = self._wanted(inside, entry)
        self._note_elsewhere(elsewhere, entry)
        if entry.role is Role.ROBOTS:
            inside = [self._robots_gate.onward(entry, link) for link in inside]
        if entry.role is not Role.ROBOTS and (why := self._why_endless(entry, inside, hops)):
            self._give_up_on(inside[0], why, entry)
            inside = []
        followed = self.frontier.done(
            entry,
            inside if hops <= MAX_HOPS else [],
            hops=hops,
            total=page.total,
            known_files=is_change(self.archive.catalogue, capture),
            validator_of=self._validator_of,
            walks=self._walks(entry, page),
        )
        self._note_left(followed, entry)
        if entry.role is Role.LISTING:
            self._look_at_dropped()
        if entry.role is not Role.ROBOTS:
            for link in inside:
                self._robots_gate.ask(link.url)
        self._requisites.saw(capture, page)
        self._ask_for_requisites()
        return followed.added

    def _settle_without_response(
        self, entry: FrontierEntry, outcome: Outcome, detail: str, *, at: str | None = None
    ) -> None:
        super()._settle_without_response(entry, outcome, detail, at=at)
        self._ask_for_requisites()

    def _ask_for_requisites(self) -> None:
        """Once everything else is settled, ask for what pages need to look as they did.

        A refresh asks for what is not held yet; a crawl and a sweep look at all again, by what the
        server said of it the last time.
        """
        if self.frontier.pending() or self.kind is EntryKind.SINGLE:
            return
        for link in self._requisites.new():
            if self.frontier.has_file(link.identity_url):
                continue
            if self.kind is not EntryKind.REFRESH or not self._plan.holds(link):
                validator = self._plan.validator_of(link)
                self.frontier.add([link], category="", validator=validator)
                self._robots_gate.ask(link.url)

    def _walks(self, entry: FrontierEntry, page: Page) -> bool:
        """Whether a listing's pages follow each other from this one on.

        Those of a sitemap do not; a page without items whose items a script loads comes before.
        """
        if is_source(self.site, self._as_kept(entry.url)):
            return False
        platform = self._platform
        by_script = isinstance(platform, DescribedPlatform) and platform.lists_by_script
        return not by_script or any(link.role is Role.ARTICLE for link in page.links)

    def _wanted(self, links: Sequence[Link], entry: FrontierEntry) -> list[Link]:
        """The links that the description's own rules let pass; of others it is recorded why."""
        if entry.role is not Role.LISTING:
            return list(links)
        from_source = is_source(self.site, self._as_kept(entry.url))
        wanted: list[Link] = []
        left: dict[str, list[Link]] = {}
        for link in links:
            is_sitemap = from_source and link.role is Role.LISTING
            if is_sitemap and self.kind is EntryKind.REFRESH:
                left.setdefault(_IN_A_SWEEP, []).append(link)
            elif link.role is Role.ARTICLE and not is_wanted(
                self.site, self._platform, link, from_source=from_source
            ):
                left.setdefault(_NOT_WANTED, []).append(link)
            else:
                wanted.append(link)
        if self.kind is not EntryKind.REFRESH:
            for why, those in left.items():
                self._note_not_fetched(those, entry, why)
        return wanted

    def _validator_of(self, link: Link) -> Validator | None:
        return None if self.kind is EntryKind.CRAWL else self._plan.validator_of(link)

    def _look_at_dropped(self) -> None:
        """Once a sweep has walked all listings, what is no longer in them is looked at."""
        if self.kind is EntryKind.SWEEP and not self.frontier.lists_on():
            for due in self._plan.dropped(self.run.crawl):
                self.frontier.add([due.link], category="", validator=due.validator)

    def _note_left(self, followed: Followed, entry: FrontierEntry) -> None:
        """Record the pages of a listing that are not walked on to; that all is known is no news."""
        if followed.why == NOTHING_NEW and self.kind is not EntryKind.CRAWL:
            return
        for link in followed.left:
            url, via = self._as_kept(link.url), self._as_kept(entry.url)
            self.run.note(url, link.role, Outcome.NOT_FETCHED, followed.why, via)
            self.counts[Outcome.NOT_FETCHED.value] += 1

    def _why_endless(self, entry: FrontierEntry, links: Sequence[Link], hops: int) -> str | None:
        """Why a redirect is not followed, if it leads on and on."""
        if not (hops and links):
            return None
        if links[0].url in self.frontier.way_to(entry):
            return "its redirects lead in a circle"
        return f"more than {MAX_HOPS} redirects in a row" if hops > MAX_HOPS else None

    def _give_up_on(self, link: Link, why: str, entry: FrontierEntry) -> None:
        url, via = self._as_kept(link.url), self._as_kept(entry.url)
        self.run.note(url, link.role, Outcome.FAILED, why, via)
        self.problems += 1
        self.counts[Outcome.FAILED.value] += 1

    def _reached(self, links: Sequence[Link]) -> Sequence[Link]:
        """The links as they are asked for."""
        return [replace(link, url=self._asked_at(link.url)) for link in links]

    def _asked_at(self, url: str) -> str:
        """Where an address of the site is asked for: of what stands in for its host, if it does."""
        return at_base(self.site, url) if self.site.reached_at else url

    def _answers(self, seqs: Iterable[int]) -> Iterator[tuple[Capture, Page]]:
        catalogue = self.archive.catalogue
        for seq in seqs:
            capture = capture_at(catalogue, seq)
            yield capture, extract(self.site, read_stored(catalogue, capture))

    def _identity(self, url: str) -> str:
        return self._platform.identity(on_site(self.site, url))

    def _text(self, capture: Capture) -> str:
        stored = read_stored(self.archive.catalogue, capture)
        try:
            return decode_html(decoded_body(stored, MAX_PAGE), stored.header("Content-Type"))
        except (ValueError, zlib.error):
            return ""

    def _note_elsewhere(self, links: Sequence[Link], entry: FrontierEntry) -> None:
        """Record links to hosts that the description does not name."""
        self._note_not_fetched(links, entry, "the site description does not name this host")

    def _note_not_fetched(self, links: Sequence[Link], entry: FrontierEntry, why: str) -> None:
        """Record links that are not followed, each once in a crawl."""
        catalogue, crawl = self.archive.catalogue, self.run.crawl
        roles: dict[str, Role] = {}
        for link in links:
            if link.url not in roles and settled_in(catalogue, crawl, link.url) is None:
                roles[link.url] = link.role
        if roles:
            via = self._as_kept(entry.url)
            kept = [(self._as_kept(url), role) for url, role in roles.items()]
            self.run.note_all(kept, Outcome.NOT_FETCHED, why, via)
            self.counts[Outcome.NOT_FETCHED.value] += len(roles)

    def _learn_robots(self, entry: FrontierEntry, capture: Capture, page: Page) -> None:
        stored = read_stored(self.archive.catalogue, capture)
        endless = any(is_allowed(self.site, link.url) for link in self._reached(page.links))
        if why := self._robots_gate.learn(entry, capture, stored, endless=endless):
            self._cannot_ask(entry, why)
        elif self.pace.asked > LONGEST_PAUSE:
            self.stop_policy.end(
                StopReason.RATE_LIMITED,
                Message("crawler.robots-ask-for-pauses", count=round(self.pace.asked / 60)),
            )

    def _cannot_ask(self, entry: FrontierEntry, why: str) -> None:
        """Without its robots.txt nothing of a host may be asked for (RFC 9309 § 2.3.1.4)."""
        self._robots_gate.policy.unreachable(entry.category)
        if urlsplit(entry.category).netloc == urlsplit(self.site.base_url).netloc:
            self.stop_policy.end(
                StopReason.UNREACHABLE, Message("crawler.robots-not-had", why=why.rstrip("."))
            )

    def _settle_kept(self) -> None:
        """Use what the crawl had kept before it was cut short; put back what was under way.

        A power cut takes the last steps from the frontier and none from the segments: an entry that
        is still to be fetched may have its capture, and so may those that this one leads to.
        """
        seen: set[int] = set()
        while left := [entry for entry in self.frontier.leased() if entry.id not in seen]:
            for entry in left:
                seen.add(entry.id)
                self._settle_from_catalogue(entry)
        while left := [entry for entry in self.frontier.todo() if entry.id not in seen]:
            for entry in left:
                seen.add(entry.id)
                if not is_probe(entry) and self._has_answer(entry):
                    self._settle_from_catalogue(entry)

    def _has_answer(self, entry: FrontierEntry) -> bool:
        """Whether the crawl has a capture for this entry that may be concluded from."""
        catalogue = self.archive.catalogue
        seq = settled_in(catalogue, self.run.crawl, self._as_kept(entry.url))
        if seq is None or page_of(catalogue, seq) is None or is_quarantined(catalogue, seq):
            return False
        capture = capture_at(catalogue, seq)
        return not (entry.validator and capture.status == 304) and not _may_pass(entry, capture)

    def _settle_from_catalogue(self, entry: FrontierEntry) -> None:
        catalogue = self.archive.catalogue
        seq = settled_in(catalogue, self.run.crawl, self._as_kept(entry.url))
        page = None if seq is None else page_of(catalogue, seq)
        if seq is None:
            self.frontier.release(entry)
        elif page is None:
            self.frontier.done(entry)
        else:
            capture = capture_at(catalogue, seq)
            if _may_pass(entry, capture):
                self.frontier.release(entry)
            else:
                self._finish(entry, capture, page)

    def _pending(self) -> int:
        return self.frontier.pending()


def _may_pass(entry: FrontierEntry, capture: Capture) -> bool:
    """Whether an answer is of an attempt that others may follow, however many there were."""
    return pause_before_retry(replace(entry, attempts=0), capture, 0) is not None
