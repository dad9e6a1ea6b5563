"""`hdnd changes`: what became of articles after they were published, a line each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

import click

from search_cli.command import Command, home
from search_cli.dates import first_day
from search_cli.pager import print_lines
from search_cli.words import _, day_of

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
        first = since or _first_day()
        found = changes(home(), since=datetime.combine(first, time(), UTC), site=site)
    if as_json:
        print_json([change_json(change) for change in found])
    elif found:
        print_lines(_line(change) for change in found)
    else:
        click.echo(_nothing(site, since, gone=gone), err=True)
    return 0 if found else 1


def _nothing(site: str | None, since: date | None, *, gone: bool) -> str:
    """That there is nothing, of which site and since when."""
    if gone and since is None:
        if site:
            return _("No article of {site} was found to be gone.", site=site)
        return _("No article was found to be gone.")
    day = day_of(since or _first_day())
    if gone:
        if site:
            return _("No article of {site} was found to be gone since {day}.", site=site, day=day)
        return _("No article was found to be gone since {day}.", day=day)
    if site:
        return _("No change of {site} was found since {day}.", site=site, day=day)
    return _("No change was found since {day}.", day=day)


def _first_day() -> date:
    return datetime.now(UTC).date() - timedelta(days=_DAYS)


def _line(change: Edit | PresenceChange) -> str:
    from hdnd.views.change import SHORT, PresenceChange, event_of
    from search_cli.safe_text import clean
    from search_cli.vocabulary import word, words

    if isinstance(change, PresenceChange):
        what = word(event_of(change))
        after, by = day_of(change.last_found_at), day_of(change.gone_since)
        if change.is_back:
            rest = _("gone after {after}, by {by}", after=after, by=by)
        else:
            rest = _("after {after}, by {by}", after=after, by=by)
        file = ""
    else:
        what = words(change.kinds)
        old, new = (name.partition(":")[2] or name for name in (change.old, change.new))
        rest = f"{old[:SHORT]} → {new[:SHORT]}"
        file = f"  {clean(change.file)}" if change.file else ""
    rough = None if isinstance(change, PresenceChange) else change.found_in
    day = rough or day_of(change.found_at)
    return f"{day}  {clean(change.article)}  {what}  {rest}  {clean(change.title)}{file}"
