"""`hdnd diff`: the words that an edit removed and added."""

from __future__ import annotations

import click

from search_cli.command import Command, home
from search_cli.pager import print_lines
from search_cli.terminal import marks_for_stdout, width_of_stdout
from search_cli.words import _


@click.command(
    cls=Command,
    examples=(
        "hdnd diff thanh-giang-3123456",
        "hdnd diff thanh-giang-3123456 1f0c22ab 9b1d7e03",
        "hdnd diff thanh-giang-3123456 --html > diff.html",
    ),
)
@click.argument("id")
@click.argument("versions", nargs=-1, metavar="[V1 V2]")
@click.option("--json", "form", flag_value="json", help="Print one JSON object.")
@click.option("--html", "form", flag_value="html", help="Print a page of HTML.")
def command(id: str, versions: tuple[str, ...], form: str | None) -> int:
    """Show what changed between two versions of an article.

    V1 and V2 are digests, or how they begin, as `hdnd history` prints them; without them the last
    change is shown. Each change is sorted: number, date, name, wording, or what it is if it is no
    text. Exit status: 0 there are changes, 1 there are none, 2 and above trouble.
    """
    from hdnd.usecases.reading import article_history, compare_versions
    from hdnd.views.difference import comparison_json
    from search_cli.comparison import comparison_html, comparison_lines
    from search_cli.output import print_json
    from search_cli.render import View

    if len(versions) not in (0, 2):
        raise click.UsageError(_("Give two versions or none."), click.get_current_context())
    found = article_history(home(), id)
    comparison = compare_versions(found, versions)
    if comparison is None:
        click.echo(_("{article} has never changed.", article=found.id), err=True)
        return 1
    if form == "json":
        print_json(comparison_json(comparison))
    elif form == "html":
        click.echo(comparison_html(comparison))
    else:
        view = View(marks_for_stdout(), width_of_stdout())
        print_lines(comparison_lines(comparison, view))
    return 0 if comparison.difference.changes else 1
