"""`hdnd index`: what the archive holds becomes searchable."""

from __future__ import annotations

import click

from search_cli.command import Command, home
from search_cli.progress import reporting, told


@click.command(cls=Command, examples=("hdnd index", "hdnd index --rebuild"))
@click.option("--rebuild", is_flag=True, help="Build the index anew, whatever its state.")
@click.option("--quiet", is_flag=True, help="Show no progress.")
def command(rebuild: bool, quiet: bool) -> int:
    """Bring the search index up to date with the archive.

    A crawl does this at its end too. What an interrupted crawl has kept is read first. An index
    that is damaged, or that another release wrote, is built anew.
    """
    from hdnd.usecases.catch_up import catch_up
    from hdnd.usecases.indexing import indexing_stage, update_index
    from search_cli.summary import catch_up_lines, indexed_lines

    where = home()
    with reporting(quiet=quiet) as report:
        on_progress = told(report)
        caught_up = catch_up(where, on_progress)
        told_of = indexing_stage(on_progress)
        done = update_index(where, rebuild=rebuild, take_over=rebuild, on_progress=told_of)
    for note in catch_up_lines(caught_up):
        click.echo(note, err=True)
    for line in indexed_lines(done):
        click.echo(line)
    return 0
