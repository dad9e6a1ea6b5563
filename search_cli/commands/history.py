"""`hdnd history`: how an article came to be what it is, and whether it is still there."""

from __future__ import annotations

import click

from search_cli.command import Command, home
from search_cli.pager import print_lines
from search_cli.terminal import marks_for_stdout, width_of_stdout


@click.command(
    cls=Command,
    examples=("hdnd history thanh-giang-3123456", "hdnd history thanh-giang-3123456 --json"),
)
@click.argument("id")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def command(id: str, as_json: bool) -> int:
    """Show an article's versions, changes, files and captures.

    A change is known by its bounds: after one capture, and no later than the next. Versions are
    named by their digest, so that a name stays right when older captures are added. All times are
    in UTC.
    """
    from hdnd.usecases.reading import article_history
    from hdnd.views.history import history_json
    from search_cli.history_view import history_lines
    from search_cli.output import print_json
    from search_cli.render import View

    found = article_history(home(), id)
    if as_json:
        print_json(history_json(found))
    else:
        view = View(marks_for_stdout(), width_of_stdout())
        print_lines(history_lines(found, view))
    return 0
