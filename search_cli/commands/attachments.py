"""`hdnd attachments`: the text of the files beside the news."""

from __future__ import annotations

import click

from search_cli.command import Command, home
from search_cli.progress import reporting, told
from search_cli.words import _


@click.command(
    cls=Command,
    examples=(
        "hdnd attachments",
        "hdnd attachments --ocr",
        "hdnd attachments thanh-giang-3123456",
        "hdnd attachments 5f3a9c --json",
    ),
)
@click.argument("names", nargs=-1, metavar="[ID]...")
@click.option("--ocr", is_flag=True, help="Read the pages that wait for it by OCR too.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option("--quiet", is_flag=True, help="Show no progress.")
def command(names: tuple[str, ...], ocr: bool, as_json: bool, quiet: bool) -> int:
    """Read the text of attachments; say what can't be read, and why.

    A crawl does this at its end too, without OCR; pages that wait for it are listed. With IDs, of
    articles or of files by the first signs of their digests, their text is printed. A run that was
    cut short goes on where it was.
    """
    from hdnd.usecases.attachments import known_files
    from hdnd.usecases.catch_up import catch_up
    from hdnd.usecases.indexing import indexing_stage, update_index
    from hdnd.usecases.ocr import ocr_lacks, read_by_ocr
    from hdnd.views.attachment import file_json
    from search_cli.attachment_report import report_lines
    from search_cli.counts import count_of
    from search_cli.output import print_json
    from search_cli.summary import catch_up_lines

    where = home()
    if names:
        return _print_texts(names, as_json=as_json)
    with reporting(quiet=quiet) as report:
        on_progress = told(report)
        caught_up = catch_up(where, on_progress)
        done = read_by_ocr(where, on_progress) if ocr else None
        update_index(where, on_progress=indexing_stage(on_progress))
    for note in catch_up_lines(caught_up):
        click.echo(note, err=True)
    if done and done.failed:
        pages = count_of(done.failed, "page")
        click.echo(_("{pages} could not be read by OCR.", pages=pages), err=True)
    known = known_files(where)
    if as_json:
        print_json({"attachments": [file_json(one) for one in known]})
    else:
        click.echo("\n".join(report_lines(known, ocr_lacks())))
    return 0


def _print_texts(names: tuple[str, ...], *, as_json: bool) -> int:
    from hdnd.usecases.attachments import named_files
    from hdnd.views.attachment import file_json
    from search_cli.attachment_report import text_lines
    from search_cli.output import print_json

    found = [known for name in names for known in named_files(home(), name)]
    if as_json:
        print_json({"attachments": [file_json(known) for known in found]})
        return 0
    lines = [line for known in found for line in text_lines(known, heading=len(found) > 1)]
    click.echo("\n".join(lines) if lines else _("No attachment."))
    return 0
