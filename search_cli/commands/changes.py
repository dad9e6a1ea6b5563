"""`hdnd changes`: what became of articles after they were published, a line each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

import click

from search_cli.command import Command, home
from search_cli.dates import first_day
from search_cli.pager import print_lines

if TYPE_CHECKING:
    from hdnd.views.change import Edit, PresenceChange

_DAYS = 30


@click.command(
    cls=Command,
    examples=(
        "hdnd changes",
        "hdnd changes --gone",
        "hdnd changes --since 2024 --site hai-ba-trung --json",
    ),
)
@click.option(
    "--since",
    metavar="DATE",
    callback=first_day,
    help=f"Found on this day (UTC) or later [default: the last {_DAYS} days; with --gone: ever].",
)
@click.option("--gone", is_flag=True, help="List the articles that are gone from their sites now.")
@click.option("--site", metavar="SITE", help="Of this site alone.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON array.")
def command(since: date | None, gone: bool, site: str | None, as_json: bool) -> int:
    """List what sites edited or took away after publishing it, and what came back.

    An edit is made between two captures, of an article or of its files; the day shown is that of
    the second. `hdnd diff` shows the words, `hdnd history` the checks by which an article is known
    to be gone. Exit status: 0 there is something, 1 there is nothing, 2 and above trouble.
    """
    from hdnd.usecases.reading import changes, gone_articles
    from hdnd.views.change import change_json
    from search_cli.output import print_json

    found: Sequence[Edit | PresenceChange]
    if gone:
        start = datetime.combine(since, time(), UTC) if since else None
        found = gone_articles(home(), since=start, site=site)
    else:
        first = since or datetime.now(UTC).date() - timedelta(days=_DAYS)
        found = changes(home(), since=datetime.combine(first, time(), UTC), site=site)
    if as_json:
        print_json([change_json(change) for change in found])
    elif found:
        print_lines(_line(change) for change in found)
    else:
        of = f" of {site}" if site else ""
        what = "No article" if gone else "No change"
        when = "" if gone and not since else f" since {since or first:%Y-%m-%d}"
        click.echo(f"{what}{of} was found{' to be gone' if gone else ''}{when}.", err=True)
    return 0 if found else 1


def _line(change: Edit | PresenceChange) -> str:
    from hdnd.views.change import SHORT, PresenceChange, event_of
    from search_cli.safe_text import clean

    if isinstance(change, PresenceChange):
        what = event_of(change)
        bounds = f"after {change.last_found_at:%Y-%m-%d}, by {change.gone_since:%Y-%m-%d}"
        rest = bounds if what == "gone" else f"gone {bounds}"
        file = ""
    else:
        what = ", ".join(change.kinds)
        old, new = (name.partition(":")[2] or name for name in (change.old, change.new))
        rest = f"{old[:SHORT]} → {new[:SHORT]}"
        file = f"  {clean(change.file)}" if change.file else ""
    rough = None if isinstance(change, PresenceChange) else change.found_in
    day = rough or f"{change.found_at:%Y-%m-%d}"
    return f"{day}  {clean(change.article)}  {what}  {rest}  {clean(change.title)}{file}"
