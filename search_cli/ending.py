"""How a run ended, as an error with an exit status of its own where it was not well."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive.errors import (
    DiskNearlyFull,
    HdndError,
    RateLimited,
    SiteUnreachable,
    SuspectAnswers,
    Unfinished,
    WithProblems,
)
from crawler import Stop
from search_cli.render import count_of

if TYPE_CHECKING:
    from crawler import CrawlSummary

_GOES_ON = "The same command goes on from here."

_STOPS: dict[Stop, tuple[type[HdndError], str, str]] = {
    Stop.MAX_REQUESTS: (Unfinished, "not finished", _GOES_ON),
    Stop.UNTIL: (Unfinished, "not finished", _GOES_ON),
    Stop.RATE_LIMITED: (
        RateLimited,
        "the site wants to be left alone",
        f"Wait as long as it says, or raise `delay_seconds` in its description. {_GOES_ON}",
    ),
    Stop.FAILING: (SiteUnreachable, "the site fails", f"Try again later. {_GOES_ON}"),
    Stop.UNREACHABLE: (
        SiteUnreachable,
        "the site cannot be asked what it allows",
        f"Without its robots.txt nothing is fetched. Try again later. {_GOES_ON}",
    ),
    Stop.SUSPECT: (
        SuspectAnswers,
        "the answers look alike",
        "Look at the site: is it in maintenance, or does it ask for a login? Then run this again.",
    ),
    Stop.DISK_NEARLY_FULL: (
        DiskNearlyFull,
        "the disk is nearly full",
        f"Free some space. {_GOES_ON}",
    ),
}


def ending_of(summary: CrawlSummary) -> HdndError | None:
    """What a script must know of a run's end; None if all is well or it was interrupted."""
    if summary.stop is not None:
        error, what, hint = _STOPS[summary.stop]
        return error(f"{summary.site}: {what}: {summary.detail}", hint=hint)
    if summary.finished and summary.problems:
        return WithProblems(
            f"{summary.site}: {count_of(summary.problems, 'page')} could not be fetched or read",
            hint="`hdnd status --problems` names them.",
        )
    return None
