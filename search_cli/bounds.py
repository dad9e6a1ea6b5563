"""The options by which an operator says how a visit to a site is made and when it ends."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, TypeVar

import click

from search_cli.words import _

if TYPE_CHECKING:
    from hdnd.views.session import CrawlBounds

_F = TypeVar("_F", bound=Callable[..., Any])

host_option = click.option(
    "--host",
    metavar="HOST[:PORT]",
    help="Reach the site here over plain HTTP, such as a copy served on this computer.",
)
contact_option = click.option(
    "--contact",
    metavar="ADDRESS",
    help="Your e-mail or web address, told to the site's operator.",
)
_VISIT = (
    host_option,
    contact_option,
    click.option("--anyway", is_flag=True, help="Visit the live host of a site that has ended."),
)
_BOUNDS = (
    click.option(
        "--max-requests",
        type=click.IntRange(min=1),
        metavar="N",
        help="End after this many requests; the same command goes on from there.",
    ),
    click.option(
        "--until", metavar="HH:MM", help="End at this time of day; the same command goes on later."
    ),
)
_PROGRESS = (
    click.option("--quiet", is_flag=True, help="Show no progress."),
    click.option(
        "--progress",
        "progress",
        type=click.Choice(["auto", "json"]),
        default="auto",
        help="json: a JSON object a line on stderr, for programs.",
    ),
)


def visit_options(command: _F) -> _F:
    """`--host`, `--contact`, `--anyway`."""
    return _with(command, _VISIT)


def bounds_options(command: _F) -> _F:
    """`--max-requests`, `--until`."""
    return _with(command, _BOUNDS)


def progress_options(command: _F) -> _F:
    """`--quiet`, `--progress`."""
    return _with(command, _PROGRESS)


def bounds_of(max_requests: int | None, until: str | None) -> CrawlBounds:
    """The bounds that these options mean; the next time that the clock shows `until`."""
    from hdnd.views.session import CrawlBounds

    if until is None:
        return CrawlBounds(max_requests)
    hour, minute = time_of_day(until, "--until")
    now = datetime.now().astimezone()
    moment = now.replace(hour=hour, minute=minute, second=0, microsecond=0)
    return CrawlBounds(max_requests, moment if moment > now else moment + timedelta(days=1))


def time_of_day(text: str, option: str) -> tuple[int, int]:
    """The hour and minute that an option was given; `click.BadParameter` names it if it was not."""
    found = re.fullmatch(r"([01]?\d|2[0-3]):([0-5]\d)", text)
    if not found:
        raise click.BadParameter(_("give a time of day such as 05:30"), param_hint=f"'{option}'")
    return int(found[1]), int(found[2])


def _with(command: _F, options: tuple[Callable[[_F], _F], ...]) -> _F:
    for option in reversed(options):
        command = option(command)
    return command
