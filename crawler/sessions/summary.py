"""What a crawl tells while it goes on and when it ends."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from archive.ground.message import Message
from archive.model import Capture, Page, PageKind
from archive.store import CrashRecovery
from crawler.sessions.stop_policy import StopReason


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a crawl is: outcomes so far, what is still to do, and the URL just settled.

    `new` and `changed` count articles, `problems` pages that could not be had or read.
    """

    counts: Counter[str]
    pending: int
    url: str
    new: int = 0
    changed: int = 0
    problems: int = 0


@dataclass(frozen=True, slots=True)
class CrawlSummary:
    """What a crawl did. `counts` has every request under its one outcome.

    `kind` is what it was for (`crawler.frontier.entries.Kind`). `stop` says why it was ended before
    its work was done, `detail` more of it; None if it was not, or if it was interrupted.
    `pages` are the listings and articles it met; `refused_by_robots`: the site wants no visit.
    `articles_of_site` are held of this site, `articles` of all; `empty_listings` are the categories
    whose listings lead to no article. `problems` are those of the whole crawl, of all its runs.
    """

    site: str
    run: str
    kind: str
    reason: str
    stop: StopReason | None
    detail: Message | None
    finished: bool
    resumed: bool
    counts: dict[str, int]
    problems: int
    articles: int
    new_articles: int
    new_versions: int
    recovery: CrashRecovery
    pages: int
    refused_by_robots: bool
    articles_of_site: int
    empty_listings: tuple[str, ...]


RETRIED = "to-be-retried"
"""The outcome of a request that is made once more, answered or not."""


def outcome_of(capture: Capture, page: Page, *, retried: bool) -> str:
    """The outcome under which a response is counted."""
    if retried:
        return RETRIED
    if capture.status == 304 and capture.refers_to:
        return "not-modified"
    if page.kind is PageKind.REDIRECT:
        return "redirected"
    if page.kind is PageKind.ERROR and page.problem:
        return "error-status"
    return "revisit" if capture.refers_to else "captured"
