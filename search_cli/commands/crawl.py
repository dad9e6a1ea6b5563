"""`hdnd crawl`: from the world into the archive, and on into the index."""

from __future__ import annotations

import click

from search_cli.command import Command, home
from search_cli.progress import reporting


@click.command(
    cls=Command,
    examples=(
        "hdnd crawl hai-ba-trung --contact you@example.org",
        "hdnd crawl thanh-giang --host 127.0.0.1:8000",
    ),
)
@click.argument("site", required=False)
@click.option(
    "--host",
    metavar="HOST[:PORT]",
    help="Reach the site here over plain HTTP, such as a copy served on this computer.",
)
@click.option(
    "--contact", metavar="ADDRESS", help="Your e-mail or web address, told to the site's operator."
)
@click.option("--anyway", is_flag=True, help="Visit the live host of a site that has ended.")
@click.option("--quiet", is_flag=True, help="Show no progress.")
def command(
    site: str | None, host: str | None, contact: str | None, anyway: bool, quiet: bool
) -> int:
    """Fetch a site's new and changed pages into the archive.

    SITE may be left out if only one is known; `hdnd sites` lists them. A crawl that was
    interrupted (Ctrl-C) goes on where it was. At its end the search index is brought up to date.
    """
    from search_cli.crawling import crawl_and_index
    from search_cli.failures import INTERRUPTED
    from search_cli.summary import crawl_lines, indexed_lines, recovery_lines

    where = home()
    with reporting(quiet=quiet) as report:
        summary, indexed = crawl_and_index(
            where, site, report, host=host, contact=contact, anyway=anyway
        )
    for line in recovery_lines(summary.recovery):
        click.echo(line, err=True)
    for line in [*crawl_lines(summary), *indexed_lines(indexed)]:
        click.echo(line)
    if summary.counts.get("failed"):
        click.echo("Some pages failed: `hdnd status --problems` names them.", err=True)
    if summary.finished:
        return 0
    click.echo(f"Not finished ({summary.reason}): the same command goes on from here.", err=True)
    return INTERRUPTED
