"""`hdnd show`: one article as text or JSON, the page it was read from, or a file of it."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from search_cli.command import Command, home
from search_cli.pager import print_lines
from search_cli.terminal import Highlighting, marks_for_stdout, width_of_stdout
from search_cli.words import _


@click.command(
    cls=Command,
    examples=(
        "hdnd show thanh-giang-3123456",
        "hdnd show thanh-giang-3123456 --highlight 'giam sat'",
        "hdnd show thanh-giang-3123456 --attachments",
        "hdnd show thanh-giang-3123456 --json",
        "hdnd show thanh-giang-3123456 --html -o page.html",
        "hdnd show thanh-giang-3123456 --version 1f0c22ab",
        "hdnd show thanh-giang-3123456 --file 1 -o nghi-quyet.pdf",
    ),
)
@click.argument("id")
@click.option("--highlight", metavar="QUERY", help="Mark where the words of a search stand.")
@click.option(
    "--attachments", "with_attachments", is_flag=True, help="Show the text of its attachments too."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option("--html", "as_html", is_flag=True, help="Write the stored page as it came.")
@click.option("--version", metavar="DIGEST", help="As this version said it [default: the last].")
@click.option(
    "--file",
    "number",
    type=click.IntRange(min=1),
    metavar="N",
    help="Write its file of this number: an attachment or a picture.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="With --html or --file: write to this file.",
)
def command(
    id: str,
    highlight: str | None,
    with_attachments: bool,
    as_json: bool,
    as_html: bool,
    version: str | None,
    number: int | None,
    output: Path | None,
) -> int:
    """Show one article, or write the page it was read from or a file of it.

    ID is what `hdnd search` prints with each answer; the article's number or its address do as
    well. `hdnd history` prints its versions. --html and --file write the stored bytes (content
    coding undone) to a file or a pipe, never to a terminal; files have the numbers that are shown.
    """
    from hdnd.usecases.reading import article, stored_file, stored_page

    _check_options(as_json=as_json, as_html=as_html, number=number, output=output)
    if as_html:
        _write(stored_page(home(), id, version=version), output)
        return 0
    if number is not None:
        _write(stored_file(home(), id, number, version=version), output)
        return 0
    record = article(home(), id, version=version)
    if as_json:
        from hdnd.usecases.reading import attachments_json
        from hdnd.views.article import article_json
        from search_cli.output import print_json

        print_json(article_json(record) | {"attachments": attachments_json(home(), record)})
    else:
        from search_cli.article import article_lines
        from search_cli.render import View

        view = View(marks_for_stdout(), width_of_stdout())
        if highlight and view.highlighting is Highlighting.NONE:
            view = View(Highlighting.BRACKETS, view.width)
        print_lines(article_lines(record, view, highlight or ""))
        if with_attachments:
            from hdnd.usecases.attachments import named_files
            from search_cli.attachment_report import text_lines

            for known_file in named_files(home(), record.id):
                click.echo("\n" + "\n".join(text_lines(known_file, heading=True)))
    return 0


def _check_options(
    *, as_json: bool, as_html: bool, number: int | None, output: Path | None
) -> None:
    context = click.get_current_context()
    if sum((as_json, as_html, number is not None)) > 1:
        raise click.UsageError(_("--html, --file and --json exclude each other."), context)
    writes = as_html or number is not None
    if output and not writes:
        raise click.UsageError(_("-o goes with --html or --file."), context)
    if writes and not output and sys.stdout.isatty():
        raise click.UsageError(
            _("It may hold escape codes and is not written to a terminal: give -o FILE."), context
        )


def _write(content: bytes, output: Path | None) -> None:
    if output is None:
        sys.stdout.buffer.write(content)
        return
    from archive.ground.causes import cause_of
    from archive.ground.errors import StorageFailed
    from archive.ground.message import Message

    try:
        output.write_bytes(content)
    except OSError as error:
        raise StorageFailed(
            "terminal.file-cannot-be-written",
            path=output,
            why=cause_of(error),
            hint=Message("terminal.name-another-file"),
        ) from error
    click.echo(_("{file}: {size} bytes", file=output, size=len(content)), err=True)
