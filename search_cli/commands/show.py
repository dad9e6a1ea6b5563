"""`hdnd show`: one article as text or JSON, or the page that it was read from."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from search_cli.command import Command, home
from search_cli.terminal import Marks, marks_for_stdout, width_of_stdout


@click.command(
    cls=Command,
    examples=(
        "hdnd show thanh-giang-3123456",
        "hdnd show thanh-giang-3123456 --highlight 'giam sat'",
        "hdnd show thanh-giang-3123456 --attachments",
        "hdnd show thanh-giang-3123456 --json",
        "hdnd show thanh-giang-3123456 --html -o page.html",
    ),
)
@click.argument("id")
@click.option("--highlight", metavar="QUERY", help="Mark where the words of a search stand.")
@click.option(
    "--attachments", "with_attachments", is_flag=True, help="Show the text of its attachments too."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option("--html", "as_html", is_flag=True, help="Write the stored page as it came.")
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="With --html: write to this file.",
)
def command(
    id: str,
    highlight: str | None,
    with_attachments: bool,
    as_json: bool,
    as_html: bool,
    output: Path | None,
) -> int:
    """Show one article, or the page it was read from.

    ID is what `hdnd search` prints with each answer. --html writes the newest stored page byte
    for byte (content coding undone): to a file or a pipe, never to a terminal.
    """
    from hdnd.usecases.reading import article, stored_page

    if output and not as_html:
        raise click.UsageError("-o goes with --html.", click.get_current_context())
    if as_html and as_json:
        raise click.UsageError("--html and --json exclude each other.", click.get_current_context())
    if as_html and not output and sys.stdout.isatty():
        raise click.UsageError(
            "A page may hold escape codes and is not written to a terminal: give -o FILE.",
            click.get_current_context(),
        )
    if as_html:
        _write(stored_page(home(), id), output)
        return 0
    record = article(home(), id)
    if as_json:
        from hdnd.usecases.reading import attachments_json
        from hdnd.views.article import article_json
        from search_cli.output import print_json

        print_json(article_json(record) | {"attachments": attachments_json(home(), record)})
    else:
        from search_cli.article import article_lines
        from search_cli.render import View

        view = View(marks_for_stdout(), width_of_stdout())
        if highlight and view.marks is Marks.NONE:
            view = View(Marks.BRACKETS, view.width)
        click.echo("\n".join(article_lines(record, view, highlight or "")), color=True)
        if with_attachments:
            from hdnd.usecases.attachments import named_files
            from search_cli.attachment_report import text_lines

            for known_file in named_files(home(), record.id):
                click.echo("\n" + "\n".join(text_lines(known_file, heading=True)))
    return 0


def _write(page: bytes, output: Path | None) -> None:
    if output:
        output.write_bytes(page)
        click.echo(f"{output}: {len(page):,} bytes", err=True)
    else:
        sys.stdout.buffer.write(page)
