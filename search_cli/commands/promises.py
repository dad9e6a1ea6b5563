"""`hdnd promises`: plans and commitments, and what the archive has of them."""

from __future__ import annotations

from datetime import date

import click

from search_cli.command import Command, home
from search_cli.dates import first_day, last_day
from search_cli.fact_lines import options, print_evidence, print_fact, print_line, print_none
from search_cli.words import _, spoken

STATES = ("told", "partly", "none", "not-due", "put-off", "not-enough")


@click.command(
    cls=Command,
    examples=(
        "hdnd promises --year 2024",
        "hdnd promises --due 2024-01..2024-06",
        "hdnd promises --state not-due --json",
    ),
)
@click.option("--year", type=click.IntRange(1, 9999), metavar="YEAR", help="Due in this year.")
@click.option(
    "--due",
    default="",
    metavar="A..B",
    help="Due then: 2024, 2024-06, A.., ..B.",
)
@click.option("--state", type=click.Choice(STATES), help="In this state alone.")
@options
@click.pass_context
def command(
    context: click.Context,
    year: int | None,
    due: str,
    state: str | None,
    why: bool,
    as_json: bool,
    as_csv: bool,
) -> int:
    """List what was planned or promised, and what the archive has of it.

    An article is evidence only where kind, body and period agree. That nothing is here says
    nothing of what was done: the coverage stands beside it. Exit status: 0 there are some, 1 there
    are none, 2 and above trouble.
    """
    from hdnd.messages.council import promise_words
    from hdnd.usecases.council_questions import promised
    from hdnd.views.fact import HEADER, fact_row, promise_json
    from search_cli.output import print_csv, print_json

    found = promised(home(), year=year, due=_bounds(context, due), state=state or "")
    if as_json:
        print_json([promise_json(one) for one in found])
    elif as_csv:
        rows = ((*fact_row(one.told), one.state, promise_words(one)) for one in found)
        print_csv((*HEADER, "state", "says"), rows)
    else:
        for one in found:
            print_fact(one.told, why=why)
            print_line(f"→ {promise_words(one, spoken())}", 2)
            for told in (*one.evidence, *one.put_off):
                print_evidence(told, why=why, indent=4)
            for passage in one.passages:
                day = f"{passage.published:%d/%m/%Y}"
                print_line(f"{passage.article}  {day}  “{passage.quote}”", 4)
    if not found:
        print_none(_("No plan and no commitment was found."), "commitment", "count")
    return 0 if found else 1


def _bounds(context: click.Context, typed: str) -> tuple[date | None, date | None]:
    if not typed:
        return None, None
    first, dots, last = typed.partition("..")
    param = next(param for param in context.command.params if param.name == "due")
    if not (first or last):
        raise click.BadParameter(_("write 2024-01..2024-06, 2024-06 or 2024"), context, param)
    bounds = (
        first_day(context, param, first or None),
        last_day(context, param, (last if dots else first) or None),
    )
    if bounds[0] and bounds[1] and bounds[0] > bounds[1]:
        raise click.BadParameter(_("'{value}' ends before it begins", value=typed), context, param)
    return bounds
