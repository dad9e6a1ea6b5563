"""`hdnd gather`: what several crawlers put into the store, as one archive."""

from __future__ import annotations

import click

from search_cli.command import Command, home
from search_cli.progress import reporting, told
from search_cli.words import _


@click.command(cls=Command, examples=("hdnd gather", "hdnd gather --home ~/hdnd-all"))
@click.option("--quiet", is_flag=True, help="Show no progress.")
def command(quiet: bool) -> int:
    """Take in what several crawlers put into the store, and make it searchable.

    Reads the manifest of every worker from the store ($HDND_STORE) and takes in the segments that
    this archive does not have yet. Catalogue and index come out the same whatever came first.
    Nothing in the store is changed. See docs/many-crawlers.md.
    """
    from hdnd.usecases.gathering import gather_all
    from search_cli.counts import count_of
    from search_cli.exit_status import one_status
    from search_cli.failures import say_error
    from search_cli.summary import say_indexed

    with reporting(quiet=quiet) as report:
        done = gather_all(home(), told(report))
    segments, records = count_of(done.segments, "segment"), count_of(done.records, "record")
    click.echo(_("Gathered: {segments}, {records}.", segments=segments, records=records))
    if done.made_again:
        click.echo(_("The catalogue was made again, so that it is in order."))
    behind = say_indexed(done.indexed)
    return one_status([*map(say_error, done.failed), behind])
