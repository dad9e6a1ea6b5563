"""`hdnd index`: what the archive holds becomes searchable."""

from __future__ import annotations

import click

from search_cli.command import Command, home
from search_cli.progress import reporting


@click.command(cls=Command, examples=("hdnd index", "hdnd index --rebuild"))
@click.option("--rebuild", is_flag=True, help="Build the index anew, whatever its state.")
@click.option("--quiet", is_flag=True, help="Show no progress.")
def command(rebuild: bool, quiet: bool) -> int:
    """Bring the search index up to date with the archive.

    A crawl does this at its end too. What an interrupted crawl has kept is read first. An index
    that is damaged, or that another release wrote, is built anew.
    """
    from search_cli.catch_up import catch_up
    from search_cli.indexing import update_index
    from search_cli.summary import indexed_lines

    where = home()
    with reporting(quiet=quiet) as report:
        notes = catch_up(where, report)
        done = update_index(
            where, rebuild=rebuild, on_progress=lambda at, total: report("Indexing", at, total)
        )
    for note in notes:
        click.echo(note, err=True)
    for line in indexed_lines(done):
        click.echo(line)
    return 0
