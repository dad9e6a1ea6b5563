"""`hdnd views`: how often articles were read, by the portals' own counts."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import click

from search_cli.command import Command, home
from search_cli.dates import first_day
from search_cli.table_options import table_options
from search_cli.words import _, day_of, in_figures, month_of


@click.command(
    cls=Command,
    examples=("hdnd views --top 20", "hdnd views --since 2024-03-01", "hdnd views --by-month"),
)
@click.option("--top", type=click.IntRange(1), default=10, show_default=True, metavar="N",
              help="At most so many.")  # fmt: skip
@click.option(
    "--since", metavar="DATE", callback=first_day, help="By how much they rose since then (UTC)."
)
@click.option("--by-month", is_flag=True, help="How much all counts rose, month by month.")
@click.option("--site", metavar="SITE", help="Of this site alone.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON array.")
@table_options
def command(
    top: int, since: date | None, by_month: bool, site: str | None, as_json: bool, as_csv: bool
) -> int:
    """List the articles that were read most, by the counts that their pages showed.

    A rise is the difference of two captures: with `--since` of the first one on that day or later
    and the last one, each told with its day; an article that was captured once has none. Exit
    status: 0 there are some, 1 there are none, 2 and above trouble.
    """
    from hdnd.usecases import view_counts
    from search_cli.fact_lines import print_line
    from search_cli.output import print_csv, print_json

    header: tuple[str, ...] = ("views", "article", "title")
    rows: list[tuple[object, ...]] = []
    if by_month:
        header = ("month", "rise")
        rows += view_counts.by_month(home(), site=site)
    elif since is not None:
        start = datetime.combine(since, time(), UTC)
        risen = view_counts.risen_since(home(), start, site=site)[:top]
        header = ("rise", "from", "from_day", "to", "to_day", "article", "title")
        for rise, one in risen:
            counts = one.counts_since(start)
            assert counts is not None
            (at, low), (then, high) = counts
            rows.append((rise, low, at.date(), high, then.date(), one.article, one.title))
    else:
        most = view_counts.most_read(home(), site=site)[:top]
        rows = [(one.last, one.article, one.title) for one in most]
    if as_json:
        print_json([dict(zip(header, map(_plain, row), strict=True)) for row in rows])
    elif as_csv:
        print_csv(header, rows)
    else:
        for row in rows:
            number, *numbers, title = map(_shown, row)
            if by_month:
                number = month_of(number)
            elif since is not None:
                before, first, after, last, article = numbers
                told = _(
                    "{before} on {first} to {after} on {last}",
                    before=before,
                    first=first,
                    after=after,
                    last=last,
                )
                numbers = [told, article]
            print_line("  ".join((f"{number:>9}", *numbers, title)))
        if not rows:
            if since is not None and not by_month:
                said = _(
                    "No count of views rose between two captures since {day}.", day=day_of(since)
                )
            elif by_month:
                said = _("No article has two counts of its views.")
            else:
                said = _("No article has a count of its views.")
            click.echo(said, err=True)
    return 0 if rows else 1


def _shown(value: object) -> str:
    """A number or a day for a person."""
    if isinstance(value, int):
        return in_figures(value)
    return day_of(value) if isinstance(value, date) else str(value)


def _plain(value: object) -> object:
    """A day as ISO 8601."""
    return value.isoformat() if isinstance(value, date) else value
