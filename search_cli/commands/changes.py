"""`hdnd changes`: silent edits across the archive, a line each."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import click

from search_cli.command import Command, home
from search_cli.dates import first_day


@click.command(
    cls=Command,
    examples=(
        "hdnd changes --since 2024-03-01",
        "hdnd changes --since 2024 --site hai-ba-trung --json",
    ),
)
@click.option(
    "--since",
    required=True,
    metavar="DATE",
    callback=first_day,
    help="Found on this day (UTC) or later.",
)
@click.option("--site", metavar="SITE", help="Of this site alone.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON array.")
def command(since: date, site: str | None, as_json: bool) -> int:
    """List the edits that sites made to articles and files after publishing them.

    An edit is made between two captures; the day shown is that of the second. `hdnd diff` shows
    the words. Exit status: 0 there are edits, 1 there are none, 2 and above trouble.
    """
    from hdnd.usecases.reading import silent_edits
    from hdnd.views.edit import SHORT, edit_json
    from search_cli.output import print_json
    from search_cli.safe_text import clean

    found = silent_edits(home(), since=datetime.combine(since, time(), UTC), site=site)
    if as_json:
        print_json([edit_json(edit) for edit in found])
        return 0 if found else 1
    for edit in found:
        old, new = (name.partition(":")[2] or name for name in (edit.old, edit.new))
        file = f"  {clean(edit.file)}" if edit.file else ""
        click.echo(
            f"{edit.found_at:%Y-%m-%d}  {clean(edit.article)}  {', '.join(edit.kinds)}"
            f"  {old[:SHORT]} → {new[:SHORT]}  {clean(edit.title)}{file}"
        )
    if not found:
        click.echo("No edit was found.", err=True)
    return 0 if found else 1
