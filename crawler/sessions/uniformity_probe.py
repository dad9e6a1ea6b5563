"""Doubt in a run whose answers look alike, and the listing that is asked for to settle it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from typing import assert_never

from archive.ground.message import Message
from archive.model import Article, Capture, Link, Page, PageKind
from archive.run import RunWriter
from crawler.extraction import uniform_responses
from crawler.extraction.uniform_responses import UniformResponses, Verdict
from crawler.extraction.word_pairs import are_alike, words_of_body, words_of_page
from crawler.frontier.entries import FrontierEntry
from crawler.frontier.frontier import Frontier
from crawler.sessions.stop_policy import StopPolicy, StopReason

_PROBE = "probe"
"""The category of a listing that is asked for to see whether the site is itself."""


@dataclass(slots=True)
class UniformityProbe:
    """What is to be thought of a run's answers; one that is suspect is ended.

    `listing` gives the link of a listing by a suffix, `text` the HTML of a capture, `before` what
    stood of the article that a capture shows until then, `asked_at` where a kept address is asked
    for.
    """

    frontier: Frontier
    run: RunWriter
    stop_policy: StopPolicy
    listing: Callable[[str], list[Link]]
    text: Callable[[Capture], str]
    before: Callable[[Capture], Article | None]
    asked_at: Callable[[str], str]
    _alike: UniformResponses = field(default_factory=UniformResponses)
    _asking: bool = False
    _waiting: bool = False

    @property
    def waits(self) -> bool:
        """Whether nothing more is to be asked until the probe is answered."""
        return self._waiting

    def recall(self, answers: Iterable[tuple[Capture, Page]], articles: int) -> None:
        """Take into account what earlier runs of the crawl met last, and how many articles."""
        for capture, page in answers:
            self._saw(capture, page)
        self._alike.articles = articles

    def recall_quarantined(self, answers: Iterable[tuple[Capture, Page]]) -> None:
        """Take into account what earlier runs came to doubt more than once: one more is enough."""
        texts = [
            words_of_body(page.article) if page.article else words_of_page(self.text(capture))
            for capture, page in answers
        ]
        self._alike.notices = [
            one for one in dict.fromkeys(texts) if sum(are_alike(one, other) for other in texts) > 1
        ]

    def asked(self, entry: FrontierEntry) -> None:
        """An entry is being asked for."""
        self._waiting = self._waiting or is_probe(entry)

    def heard(self, entry: FrontierEntry) -> None:
        """An entry is answered, or no answer came."""
        self._waiting = self._waiting and not is_probe(entry)

    def gave_up(self, entry: FrontierEntry) -> None:
        """No answer will come."""
        if is_probe(entry):
            self._asking = False
            self._alike.suspect_pages()
            self._suspect()

    def weigh(self, entry: FrontierEntry, capture: Capture, page: Page) -> None:
        """Take a settled answer into account."""
        if entry.hops and page.kind is PageKind.UNREADABLE and not is_probe(entry):
            return  # one page behind all the redirects that lead there
        verdict = self._saw(capture, page)
        if is_probe(entry):
            self._asking = False
            if page.kind is not PageKind.LISTING:
                self._alike.suspect_pages()
                verdict = Verdict.SUSPECT
        match verdict:
            case Verdict.FINE:
                return
            case Verdict.SUSPECT:
                self._suspect()
            case Verdict.ASK:
                self._ask(entry, capture)
            case _:
                assert_never(verdict)

    def _saw(self, capture: Capture, page: Page) -> Verdict:
        return self._alike.saw(
            capture,
            page,
            before=partial(self.before, capture),
            text=partial(self.text, capture),
        )

    def _ask(self, entry: FrontierEntry, capture: Capture) -> None:
        """Have a listing fetched, unless one has shown already that the site is well.

        What the archive knew before may have gone from a site that is well; where its listings
        lead to now must be there.
        """
        if self._alike.are_cleared():
            if entry.via and self._alike.are_too_many():
                self._suspect()
        elif not self._asking:
            self._asking = True
            suffix = f" {_PROBE} {capture.seq}"
            self.frontier.add(self.listing(suffix), category=_PROBE, sooner=True)

    def conclude(self) -> None:
        """Nothing more comes."""
        if self._alike.at_end() is Verdict.SUSPECT:
            self._suspect()

    def _suspect(self) -> None:
        if captures := self._alike.suspects():
            self.run.doubt(captures, uniform_responses.REASON)
            self.frontier.reopen([self.asked_at(capture.url) for capture in captures])
        number = self._alike.number
        self.stop_policy.end(
            StopReason.SUSPECT,
            Message("crawler.answer-doubted-before")
            if number == 1
            else Message("crawler.answers-alike", number=number),
        )


def is_probe(entry: FrontierEntry) -> bool:
    """Whether an entry is there as a probe alone, and leads nowhere."""
    return entry.category == _PROBE
