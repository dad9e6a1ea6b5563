"""`hdnd rebuild`: everything derived is made again from the WARC segments."""

from __future__ import annotations

import click

from search_cli.command import Command, home
from search_cli.progress import reporting, told
from search_cli.words import _


@click.command(cls=Command, examples=("hdnd rebuild", "hdnd rebuild --home ~/hdnd-copy"))
@click.option("--quiet", is_flag=True, help="Show no progress.")
def command(quiet: bool) -> int:
    """Make the catalogue and the index again from the WARC files.

    Throws both away first: the WARC files alone are the archive, and no byte of them is changed.
    Where there is nothing yet and $HDND_STORE names object storage, it begins from what is there.
    Where a file lies nowhere that the manifest names, nothing is thrown away (exit status 6).
    """
    from hdnd.usecases.catch_up import rebuild_catalogue
    from hdnd.usecases.index_places import demand_names
    from hdnd.usecases.indexing import indexing_stage, update_index
    from search_cli.counts import count_of
    from search_cli.store_view import taken_over_lines
    from search_cli.summary import indexed_lines

    where = home()
    for line in taken_over_lines(where):
        click.echo(line)
    demand_names(where)
    with reporting(quiet=quiet) as report:
        on_progress = told(report)
        records = rebuild_catalogue(where, on_progress)
        done = update_index(where, rebuild=True, on_progress=indexing_stage(on_progress))
    made = count_of(records, "record")
    click.echo(_("Catalogue made again from {records}.", records=made))
    for line in indexed_lines(done):
        click.echo(line)
    return 0
