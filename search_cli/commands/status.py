"""`hdnd status`: what is held, how fresh the index is, and what could not be read."""

from __future__ import annotations

import click

from search_cli.command import Command, home


@click.command(
    cls=Command, examples=("hdnd status", "hdnd status --problems", "hdnd status --json")
)
@click.option("--problems", is_flag=True, help="List what could not be read or fetched.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def command(problems: bool, as_json: bool) -> int:
    """Say what the archive holds, and what it could not read."""
    from archive.reading import ArchiveReader
    from search_cli.holdings import Holdings
    from search_cli.indexing import freshness
    from search_cli.output import print_json

    where = home()
    with ArchiveReader.open(where) as reader:
        reader.hold_still()
        listed = reader.problems() if problems else None
        holdings = Holdings(where, reader.status(), freshness(where, reader), listed)
    if as_json:
        print_json(holdings.as_json())
    elif problems:
        click.echo("\n".join(holdings.problem_lines()))
    else:
        click.echo("\n".join(holdings.lines()))
    return 0
