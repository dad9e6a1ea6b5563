"""How runs ended, as errors with exit statuses of their own where it was not well."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from archive.ground.errors import (
    DiskNearlyFull,
    HdndError,
    LayoutChanged,
    RateLimited,
    SiteUnreachable,
    SuspectAnswers,
    Unfinished,
    WithProblems,
)
from hdnd.views.session import MementoCrawlSummary, StopReason
from search_cli.counts import count_of
from search_cli.failures import INTERRUPTED, say

if TYPE_CHECKING:
    from hdnd.views.session import CrawlEnded, CrawlSummary

_MILD = (0, WithProblems.exit_code, Unfinished.exit_code)
_GOES_ON = "The same command goes on from here."

_STOPS: dict[StopReason, tuple[type[HdndError], str, str]] = {
    StopReason.MAX_REQUESTS: (Unfinished, "not finished", _GOES_ON),
    StopReason.UNTIL: (Unfinished, "not finished", _GOES_ON),
    StopReason.RATE_LIMITED: (
        RateLimited,
        "the {host} wants to be left alone",
        f"Wait as long as it says; for a site, `delay_seconds` in its description makes visits"
        f" slower. {_GOES_ON}",
    ),
    StopReason.FAILING: (SiteUnreachable, "the {host} fails", f"Try again later. {_GOES_ON}"),
    StopReason.UNREACHABLE: (
        SiteUnreachable,
        "the site cannot be asked what it allows",
        f"Without its robots.txt nothing is fetched. Try again later. {_GOES_ON}",
    ),
    StopReason.SUSPECT: (
        SuspectAnswers,
        "the answers look alike",
        "Look at the site: is it in maintenance, or does it ask for a login? Then run this again.",
    ),
    StopReason.LAYOUT: (
        LayoutChanged,
        "its description does not read its pages",
        "Look at one with `hdnd sites try`. After a redesign give the era that was its last day and"
        " describe the new one below it (docs/add-a-platform.md).",
    ),
    StopReason.DISK_NEARLY_FULL: (
        DiskNearlyFull,
        "the disk is nearly full",
        f"Free some space. {_GOES_ON}",
    ),
}


def ending_of(summary: CrawlSummary) -> HdndError | None:
    """What a script must know of a run's end; None if all is well or it was interrupted."""
    name, host, what = summary.site, "site", "page"
    if isinstance(summary, MementoCrawlSummary):
        name, host, what = summary.source, "web archive", "capture"
    if summary.stop is not None:
        error, why, hint = _STOPS[summary.stop]
        return error(f"{name}: {why.format(host=host)}: {summary.detail}", hint=hint)
    if summary.finished and summary.problems:
        return WithProblems(
            f"{name}: {count_of(summary.problems, what)} could not be fetched or read",
            hint="`hdnd status --problems` names them.",
        )
    return None


def error_and_status(end: CrawlEnded) -> tuple[HdndError | None, int]:
    """The error that an end is, if it is one, and its exit status."""
    error = end.error or (ending_of(end.summary) if end.summary else None)
    if error is not None:
        return error, error.exit_code
    finished = end.summary is not None and end.summary.finished
    return None, 0 if finished else INTERRUPTED


def one_status(statuses: Sequence[int]) -> int:
    """The exit status of all: the first that is worse than mild, else the highest."""
    return next((one for one in statuses if one not in _MILD), max(statuses, default=0))


def say_ends(ended: Sequence[CrawlEnded]) -> int:
    """Say on stderr what was not well with each; returns the exit status of all."""
    statuses = []
    for end in ended:
        error, status = error_and_status(end)
        statuses.append(status)
        if error is not None:
            say(error.said, error.hint, status)
        elif status == INTERRUPTED:
            click.echo("Not finished: the same command goes on from here.", err=True)
    return one_status(statuses)
