"""`hdnd archive`: single pages and files of known sites, at once."""

from __future__ import annotations

import click

from search_cli.bounds import progress_options, visit_options
from search_cli.command import Command, home
from search_cli.progress import reporting, told


@click.command(
    cls=Command,
    examples=(
        "hdnd archive https://haibatrung.hanoi.gov.vn/hoat-dong-hdnd/-/view_content/123-a.html",
    ),
)
@click.argument("urls", nargs=-1, required=True, metavar="URL...")
@visit_options
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@progress_options
def command(
    urls: tuple[str, ...],
    host: str | None,
    contact: str | None,
    anyway: bool,
    as_json: bool,
    quiet: bool,
    progress: str,
) -> int:
    """Keep single pages and files of known sites at once.

    An article comes with its images and attachments. Nothing else is followed.
    """
    from hdnd.usecases.crawling import archive_and_index
    from search_cli.output import print_json
    from search_cli.reporting import tell, tell_json

    with reporting(quiet=quiet, form=progress) as report:
        sessions = archive_and_index(
            home(), urls, told(report), host=host, contact=contact, anyway=anyway
        )
    lines, status = tell(sessions)
    if as_json:
        print_json({"status": status, "sites": tell_json(sessions)})
    else:
        click.echo("\n".join(lines))
    return status
