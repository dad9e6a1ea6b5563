"""How a crawl ended, as an error with an exit status of its own where it was not well."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive.ground.errors import (
    DiskNearlyFull,
    HdndError,
    LayoutChanged,
    LeaseLost,
    RateLimited,
    SiteUnreachable,
    SuspectAnswers,
    Unfinished,
    WithProblems,
)
from archive.ground.message import Message
from hdnd.views.session import MementoCrawlSummary, StopReason

if TYPE_CHECKING:
    from hdnd.views.session import CrawlSummary

_STOPS: dict[StopReason, tuple[type[HdndError], str, str]] = {
    StopReason.MAX_REQUESTS: (Unfinished, "usecases.not-finished", "usecases.goes-on"),
    StopReason.UNTIL: (Unfinished, "usecases.not-finished", "usecases.goes-on"),
    StopReason.RATE_LIMITED: (
        RateLimited,
        "usecases.site-wants-to-be-left-alone",
        "usecases.wait-as-it-says",
    ),
    StopReason.FAILING: (SiteUnreachable, "usecases.site-fails", "usecases.try-again-later"),
    StopReason.UNREACHABLE: (
        SiteUnreachable,
        "usecases.site-cannot-be-asked",
        "usecases.nothing-without-robots",
    ),
    StopReason.SUSPECT: (SuspectAnswers, "usecases.answers-alike", "usecases.look-at-the-site"),
    StopReason.LAYOUT: (LayoutChanged, "usecases.pages-not-read", "usecases.describe-a-new-era"),
    StopReason.DISK_NEARLY_FULL: (
        DiskNearlyFull,
        "usecases.disk-nearly-full",
        "usecases.free-some-space",
    ),
    StopReason.LEASE_LOST: (LeaseLost, "usecases.lease-lost", "usecases.another-goes-on"),
}
_OF_AN_ARCHIVE = {
    StopReason.RATE_LIMITED: "usecases.archive-wants-to-be-left-alone",
    StopReason.FAILING: "usecases.archive-fails",
}
"""What is said otherwise of a web archive than of a site."""


def ending_of(summary: CrawlSummary) -> HdndError | None:
    """What a script must know of a run's end; None if all is well or it was interrupted."""
    of_archive = isinstance(summary, MementoCrawlSummary)
    name = summary.source if isinstance(summary, MementoCrawlSummary) else summary.site
    if summary.stop is not None:
        error, code, hint = _STOPS[summary.stop]
        said = _OF_AN_ARCHIVE.get(summary.stop, code) if of_archive else code
        return error(said, name=name, detail=summary.detail or "", hint=Message(hint))
    if summary.finished and summary.problems:
        code = "usecases.captures-with-problems" if of_archive else "usecases.pages-with-problems"
        where = Message("usecases.where-problems-are-named")
        return WithProblems(code, name=name, count=summary.problems, hint=where)
    return None
