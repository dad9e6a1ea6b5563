"""`hdnd refresh`: sites brought up to date, every night, unattended."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from search_cli.bounds import bounds_of, bounds_options, progress_options, visit_options
from search_cli.command import Command, home
from search_cli.progress import reporting, told

if TYPE_CHECKING:
    from hdnd.views.session import CrawlEnded


@click.command(
    cls=Command,
    examples=(
        "hdnd refresh",
        "hdnd refresh hai-ba-trung --until 05:30",
        "hdnd refresh --json --notify 'mail -s hdnd you@example.org'",
    ),
)
@click.argument("sites", nargs=-1, metavar="[SITE]...")
@visit_options
@bounds_options
@click.option(
    "--notify",
    metavar="CMD",
    help="Run this when something needs a person: the summary on its stdin, $HDND_STATUS set.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@progress_options
def command(
    sites: tuple[str, ...],
    host: str | None,
    contact: str | None,
    anyway: bool,
    max_requests: int | None,
    until: str | None,
    notify: str | None,
    as_json: bool,
    quiet: bool,
    progress: str,
) -> int:
    """Bring sites up to date: what is new, and what is due to be looked at again.

    Walks the listings from the newest on until they show nothing new, now and then to their ends,
    and looks again at known articles: every day for a fortnight, then ever more rarely. At its end
    the search index is brought up to date. Each way to end has an exit status of its own
    (docs/exit-status.md); `hdnd schedule` prints what cron or systemd need.
    """
    from hdnd.usecases.crawling import refresh_and_index
    from search_cli.output import print_json
    from search_cli.reporting import tell, tell_json
    from search_cli.summary import indexed_lines

    where = home()
    with reporting(quiet=quiet, form=progress) as report:
        ended, indexed = refresh_and_index(
            where,
            sites,
            told(report),
            host=host,
            contact=contact,
            anyway=anyway,
            bounds=bounds_of(max_requests, until),
        )
    lines, status = tell(where, ended)
    if as_json:
        print_json({"status": status, "sites": tell_json(where, ended)})
    else:
        lines += list(indexed_lines(indexed)) if indexed else []
        click.echo("\n".join(lines))
    _notify(notify, lines, status, ended)
    return status


def _notify(notify: str | None, lines: list[str], status: int, ended: list[CrawlEnded]) -> None:
    from search_cli.failures import INTERRUPTED
    from search_cli.reporting import call_a_person

    if notify and status not in (0, INTERRUPTED) and not all(_is_bounded(end) for end in ended):
        call_a_person(notify, "\n".join(lines), status)


def _is_bounded(end: CrawlEnded) -> bool:
    """Whether it ended because the operator had said when."""
    from hdnd.views.session import StopReason

    return end.summary is not None and end.summary.stop in (
        StopReason.UNTIL,
        StopReason.MAX_REQUESTS,
    )
