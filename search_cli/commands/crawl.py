"""`hdnd crawl`: from the world into the archive, and on into the index."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from search_cli.bounds import bounds_of, bounds_options, progress_options, visit_options
from search_cli.command import Command, home
from search_cli.progress import reporting, told
from search_cli.words import _, stored

if TYPE_CHECKING:
    from hdnd.views.session import CrawlSummary


@click.command(
    cls=Command,
    examples=(
        "hdnd crawl hai-ba-trung --contact you@example.org",
        "hdnd crawl thanh-giang --host 127.0.0.1:8000",
    ),
)
@click.argument("site", required=False)
@visit_options
@bounds_options
@progress_options
def command(
    site: str | None,
    host: str | None,
    contact: str | None,
    anyway: bool,
    max_requests: int | None,
    until: str | None,
    quiet: bool,
    progress: str,
) -> int:
    """Fetch a site's new and changed pages into the archive.

    SITE may be left out if only one is known; `hdnd sites` lists them. A crawl that was
    interrupted (Ctrl-C) goes on where it was. At its end the search index is brought up to date.
    """
    from hdnd.usecases.crawling import crawl_and_index
    from search_cli.exit_status import one_status
    from search_cli.summary import crawl_lines, recovery_lines, say_indexed

    where = home()
    with reporting(quiet=quiet, form=progress) as report:
        summary, indexed = crawl_and_index(
            where,
            site,
            told(report),
            host=host,
            contact=contact,
            anyway=anyway,
            bounds=bounds_of(max_requests, until),
        )
    for line in recovery_lines(summary.recovery):
        click.echo(line, err=True)
    click.echo("\n".join(crawl_lines(summary)))
    behind = say_indexed(indexed)
    return one_status([_ended(summary), behind])


def _ended(summary: CrawlSummary) -> int:
    from hdnd.views.ending import ending_of
    from search_cli.failures import INTERRUPTED, say_error

    if error := ending_of(summary):
        return say_error(error)
    if summary.finished:
        return 0
    reason = stored(summary.reason)
    said = _("Not finished ({reason}): the same command goes on from here.", reason=reason)
    click.echo(said, err=True)
    return INTERRUPTED
