"""Doubt in a run whose answers look alike, and the listing that is asked for to settle it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from typing import assert_never

from archive.model import Capture, Link, Page, PageKind
from archive.run import RunWriter
from crawler.extraction import uniform_responses
from crawler.extraction.uniform_responses import UniformResponses, Verdict
from crawler.frontier.entries import FrontierEntry
from crawler.frontier.frontier import Frontier
from crawler.sessions.stop_policy import StopPolicy, StopReason

_CONTROL = "control"
"""The category of a listing that is asked for to see whether the site is itself."""

_TOO_MANY = 4 * uniform_responses.MANY
"""Pages in a row that listings lead to and that look alike, however well the site seems."""


@dataclass(slots=True)
class UniformityProbe:
    """What is to be thought of a run's answers; one that is suspect is ended.

    `listing` gives the link of a listing under a mark, `text` the HTML of a capture.
    """

    frontier: Frontier
    run: RunWriter
    watch: StopPolicy
    listing: Callable[[str], list[Link]]
    text: Callable[[Capture], str]
    _alike: UniformResponses = field(default_factory=UniformResponses)
    _asking: bool = False
    _waiting: bool = False
    _asked_for: str = ""
    _cleared: str = ""

    @property
    def waits(self) -> bool:
        """Whether nothing more is to be asked until the control is answered."""
        return self._waiting

    def recall(self, answers: Iterable[tuple[Capture, Page]], articles: int) -> None:
        """Take into account what earlier runs of the crawl met last, and how many articles."""
        for capture, page in answers:
            self._alike.saw(capture, page, partial(self.text, capture))
        self._alike.articles = articles

    def asked(self, entry: FrontierEntry) -> None:
        """An entry is being asked for."""
        self._waiting = self._waiting or is_control(entry)

    def heard(self, entry: FrontierEntry) -> None:
        """An entry is answered, or no answer came."""
        self._waiting = self._waiting and not is_control(entry)

    def gave_up(self, entry: FrontierEntry) -> None:
        """No answer will come."""
        if is_control(entry):
            self._asking = False
            self._suspect()

    def weigh(self, entry: FrontierEntry, capture: Capture, page: Page) -> None:
        """Take a settled answer into account."""
        if is_control(entry):
            self._asking = False
            if page.kind is not PageKind.LISTING:
                self._suspect()
            self._cleared = self._asked_for or self._alike.look
        if entry.hops and page.kind is PageKind.UNREADABLE:
            return  # one page behind all the redirects that lead there
        verdict = self._alike.saw(capture, page, partial(self.text, capture))
        match verdict:
            case Verdict.FINE:
                return
            case Verdict.SUSPECT:
                self._suspect()
            case Verdict.ASK:
                self._ask(entry, capture)
            case _:
                assert_never(verdict)

    def _ask(self, entry: FrontierEntry, capture: Capture) -> None:
        """Have a listing fetched, unless one has shown already that the site is well.

        What the archive knew before may have gone from a site that is well; where its listings
        lead to now must be there.
        """
        if self._alike.look == self._cleared:
            if entry.via and len(self._alike.captures) >= _TOO_MANY:
                self._suspect()
        elif not self._asking:
            self._asking, self._asked_for = True, self._alike.look
            mark = f" {_CONTROL} {capture.seq}"
            self.frontier.add(self.listing(mark), category=_CONTROL, sooner=True)

    def conclude(self) -> None:
        """Nothing more comes."""
        if self._alike.at_end() is Verdict.SUSPECT:
            self._suspect()

    def _suspect(self) -> None:
        if self._alike.captures:
            self.run.doubt(self._alike.captures, uniform_responses.REASON)
        number = len(self._alike.captures)
        self.frontier.reopen([capture.url for capture in self._alike.captures])
        self._alike.suspect()
        self.watch.end(
            StopReason.SUSPECT,
            f"{number} different addresses gave the same answer, which is kept as a page and"
            " counts as nothing else",
        )


def is_control(entry: FrontierEntry) -> bool:
    """Whether an entry is there for control alone, and leads nowhere."""
    return entry.category == _CONTROL
