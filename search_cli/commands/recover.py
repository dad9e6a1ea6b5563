"""`hdnd recover`: from web archives into the archive, and on into the index."""

from __future__ import annotations

from datetime import date

import click

from search_cli.bounds import bounds_of, bounds_options, progress_options
from search_cli.command import Command, home
from search_cli.dates import first_day, last_day
from search_cli.progress import reporting, told


@click.command(
    cls=Command,
    examples=(
        "hdnd recover hai-ba-trung --contact you@example.org",
        "hdnd recover hai-ba-trung --from 2019 --to 2021-06-30 --until 05:30",
        "hdnd recover hai-ba-trung --from-archive https://archive.example.org",
    ),
)
@click.argument("site", required=False)
@click.option(
    "--from", "first", callback=first_day, metavar="DATE", help="Captures from this day on."
)
@click.option("--to", "last", callback=last_day, metavar="DATE", help="Captures up to this day.")
@click.option(
    "--from-archive",
    metavar="URL",
    help="Ask this web archive instead; it needs the Wayback Machine's interface. A URL that ends"
    " in /collinfo.json is one with Common Crawl's.",
)
@click.option(
    "--contact", metavar="ADDRESS", help="Your e-mail or web address, told to the web archives."
)
@bounds_options
@progress_options
def command(
    site: str | None,
    first: date | None,
    last: date | None,
    from_archive: str | None,
    contact: str | None,
    max_requests: int | None,
    until: str | None,
    quiet: bool,
    progress: str,
) -> int:
    """Take what web archives hold of a site into the archive.

    The Wayback Machine and Common Crawl are asked for the site's listings, articles and their
    files, as captured within the site's dates of validity. That is done slowly, and may take hours;
    when it was interrupted, the same command goes on where it was. At its end the search index is
    brought up to date.
    """
    from hdnd.usecases.crawling import recover_and_index
    from search_cli.exit_status import one_status, say_ends
    from search_cli.recovering import recovered_lines
    from search_cli.summary import recovery_lines, say_indexed

    where = home()
    with reporting(quiet=quiet, form=progress) as report:
        ended, indexed = recover_and_index(
            where,
            site,
            told(report),
            first=first,
            last=last,
            from_archive=from_archive,
            contact=contact,
            bounds=bounds_of(max_requests, until),
        )
    for one in ended:
        if one.summary is not None:
            for line in recovery_lines(one.summary.recovery):
                click.echo(line, err=True)
    for line in recovered_lines(ended):
        click.echo(line)
    behind = say_indexed(indexed)
    return one_status([say_ends(ended), behind])
