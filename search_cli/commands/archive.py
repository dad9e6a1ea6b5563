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
    from archive.ground.errors import HdndError
    from hdnd.usecases.crawling import archive_and_index
    from search_cli.exit_status import one_status
    from search_cli.output import print_json
    from search_cli.reporting import not_indexed_json, tell, tell_json
    from search_cli.summary import not_indexed_lines

    with reporting(quiet=quiet, form=progress) as report:
        sessions, indexed = archive_and_index(
            home(), urls, told(report), host=host, contact=contact, anyway=anyway
        )
    lines, status = tell(sessions)
    failed = indexed if isinstance(indexed, HdndError) else None
    if failed:
        status = one_status([status, failed.exit_code])
        lines += not_indexed_lines(failed)
    if as_json:
        told_of = {"status": status, "sites": tell_json(sessions)}
        print_json(told_of | not_indexed_json(indexed))
    else:
        click.echo("\n".join(lines))
    return status
