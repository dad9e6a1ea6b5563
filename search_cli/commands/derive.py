"""`hdnd derive`: what is derived is read by the workers of a Spark cluster."""

from __future__ import annotations

import click

from search_cli.command import Command, home
from search_cli.progress import reporting, told


@click.command(
    cls=Command,
    examples=(
        "hdnd derive --spark local[4]",
        "hdnd derive --spark spark://head:7077 --derivation attachments",
    ),
)
@click.option(
    "--spark",
    "master",
    metavar="MASTER",
    required=True,
    help="The master of the Spark cluster, or local[N] for N processes of this machine.",
)
@click.option(
    "--derivation", metavar="NAME", help="Only this one, and what it is made of [default: all]."
)
@click.option("--quiet", is_flag=True, help="Show no progress.")
def command(master: str, derivation: str | None, quiet: bool) -> int:
    """Read pages, attachments and facts with Apache Spark, and bring the index up to date.

    The result is what this machine makes alone. What workers have read is kept, so that an
    interrupted run goes on with it; it may be deleted at any time. Where there is nothing yet and
    $HDND_STORE names object storage, it begins from what is there.
    """
    from hdnd.usecases.bulk_derivation import derive_with_spark
    from search_cli.store_view import taken_over_lines
    from search_cli.summary import derived_lines, indexed_lines, recovery_lines

    where = home()
    for line in taken_over_lines(where):
        click.echo(line)
    with reporting(quiet=quiet) as report:
        done = derive_with_spark(where, master, told(report), name=derivation)
    for note in recovery_lines(done.recovery):
        click.echo(note, err=True)
    for line in derived_lines(done):
        click.echo(line)
    for line in indexed_lines(done.indexed):
        click.echo(line)
    return 0
