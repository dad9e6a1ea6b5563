"""`hdnd activities`: what the council did, and what it counts up to."""

from __future__ import annotations

from datetime import date

import click

from search_cli.command import Command, home
from search_cli.dates import first_day, last_day
from search_cli.fact_lines import options, print_facts, print_line, print_none
from search_cli.words import _, in_words


@click.command(
    cls=Command,
    examples=(
        "hdnd activities --year 2024",
        "hdnd activities --kind 'giám sát' --chair 'tran quyet thang'",
        "hdnd activities --kind txct --by ward",
    ),
)
@click.option("--kind", default="", metavar="KIND", help="Of this kind, such as 'giám sát'.")
@click.option("--year", type=click.IntRange(1, 9999), metavar="YEAR", help="In this year.")
@click.option("--from", "first", metavar="DATE", callback=first_day, help="On this day or later.")
@click.option("--to", "last", metavar="DATE", callback=last_day, help="On this day or earlier.")
@click.option("--chair", default="", metavar="NAME", help="Chaired by this person.")
@click.option("--body", default="", metavar="BODY", help="By this body, such as 'Ban Pháp chế'.")
@click.option(
    "--by", type=click.Choice(("type", "ward", "month", "chair")), help="Count them by this."
)
@options
def command(
    kind: str,
    year: int | None,
    first: date | None,
    last: date | None,
    chair: str,
    body: str,
    by: str | None,
    why: bool,
    as_json: bool,
    as_csv: bool,
) -> int:
    """List the activities that articles tell of, by day; one event in two articles comes once.

    They are those that were reported and are held, not all that took place. Exit status: 0 there
    are some, 1 there are none, 2 and above trouble.
    """
    from hdnd.messages.council import NOT_ALL
    from hdnd.usecases.council_questions import activities, counted
    from search_cli.output import print_csv, print_json

    if year is not None:
        first, last = first or date(year, 1, 1), last or date(year, 12, 31)
    if first and last and first > last:
        raise click.UsageError(
            _("nothing lies from {first} to {last}; turn the days round", first=first, last=last)
        )
    found = activities(home(), kind=kind, first=first, last=last, chair=chair, body=body)
    if by is None:
        status = print_facts(found, why=why, as_json=as_json, as_csv=as_csv)
    else:
        counts = counted(found, by)  # type: ignore[arg-type]
        if as_json:
            print_json([{by: name, "count": count} for name, count in counts])
        elif as_csv:
            print_csv((by, "count"), counts)
        else:
            for name, count in counts:
                print_line(f"{count:>5}  {name}")
        status = 0 if counts else 1
    if not (as_json or as_csv) and found:
        print_line(f"({in_words(NOT_ALL)})")
    if not found:
        print_none(_("No activity was found."), "activity")
    return status
