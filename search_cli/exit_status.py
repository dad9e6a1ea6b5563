"""The exit statuses of runs, and what is said of those that did not end well."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from archive.ground.errors import HdndError, Unfinished, WithProblems
from hdnd.views.ending import ending_of
from search_cli.failures import INTERRUPTED, say_error
from search_cli.words import _

if TYPE_CHECKING:
    from hdnd.views.session import CrawlEnded

_MILD = (0, WithProblems.exit_code, Unfinished.exit_code)


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
            say_error(error)
        elif status == INTERRUPTED:
            click.echo(_("Not finished: the same command goes on from here."), err=True)
    return one_status(statuses)
