"""`hdnd status`: what is held, how fresh the index is, and what could not be read."""

from __future__ import annotations

import click

from search_cli.command import Command, home
from search_cli.pager import print_lines


@click.command(
    cls=Command, examples=("hdnd status", "hdnd status --problems", "hdnd status --json")
)
@click.option("--problems", is_flag=True, help="List what could not be read or fetched.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def command(problems: bool, as_json: bool) -> int:
    """Say what the archive holds, and what it could not read."""
    from hdnd.usecases.reading import status
    from hdnd.views.status import status_json
    from search_cli.output import print_json
    from search_cli.status_view import problem_lines, status_lines

    held = status(home(), with_problems=problems)
    if as_json:
        print_json(status_json(held))
    else:
        print_lines(problem_lines(held) if problems else status_lines(held))
    return 0
