"""`hdnd export`: what leaves the archive, in forms that others read."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from search_cli.command import Command, home
from search_cli.output import print_text
from search_cli.progress import reporting, told
from search_cli.words import _

if TYPE_CHECKING:
    from hdnd.views.selection import Selected

_PACKAGES = ("wacz", "bagit")
_TEXTS = ("cdxj", "jsonl", "csv", "jsonld")
_TABLE = "xlsx"
_OF_ARTICLES = ("jsonl", "csv", _TABLE, "jsonld")
_FACTS = ("facts", "facts-csv", "popolo", "ftm")


@click.command(
    cls=Command,
    examples=(
        "hdnd export --format wacz --to hdnd.wacz",
        "hdnd export --format wacz --to giam-sat.wacz --query 'giám sát'",
        "hdnd export --format jsonl thanh-giang-3123456 | jq .title",
        "hdnd export --format popolo --to people.json",
    ),
)
@click.argument("ids", nargs=-1, metavar="[ID...]")
@click.option(
    "--format",
    "form",
    type=click.Choice([*_PACKAGES, *_TEXTS, _TABLE, *_FACTS]),
    required=True,
    help="What to write.",
)
@click.option(
    "--to",
    "target",
    type=click.Path(path_type=Path),
    metavar="PATH",
    help="Where to; a bag is a folder. What is text goes to stdout without it.",
)
@click.option("--site", metavar="SITE", help="Of this site alone.")
@click.option("--query", metavar="QUERY", help="Of the articles that this search finds alone.")
@click.option(
    "--versions", is_flag=True, help="With jsonl, csv, jsonld: every version of each article."
)
@click.option(
    "--title",
    default="HĐND archive",
    show_default=True,
    metavar="TEXT",
    help="What a package is called.",
)
@click.option("--quiet", is_flag=True, help="Show no progress.")
def command(
    ids: tuple[str, ...],
    form: str,
    target: Path | None,
    site: str | None,
    query: str | None,
    versions: bool,
    title: str,
    quiet: bool,
) -> int:
    """Write the archive, or a part of it, in a form that others read.

    wacz replays in a browser or with pywb; bagit is for a preservation archive; cdxj is an index
    over the archive's own WARC files; jsonl, csv, xlsx and jsonld hold the articles. With IDs or
    --query a package holds the records of those articles and of their files alone. facts holds
    what articles state, a line of JSON a fact, facts-csv the same as a folder of tables; popolo
    and ftm (FollowTheMoney) hold people in an office, their posts and events. What is withheld is
    left out, and so are private people.
    """
    from hdnd.usecases.exporting import chosen_part, texts, write_table, write_texts
    from search_cli.counts import count_of

    if form in (*_PACKAGES, _TABLE) and target is None:
        said = _("--format {form} needs --to PATH.", form=form)
        raise click.UsageError(said, click.get_current_context())
    if form == "facts-csv" and target is None:
        said = _("--format facts-csv needs --to DIR.")
        raise click.UsageError(said, click.get_current_context())
    if ids and query:
        raise click.UsageError(_("Give IDs or --query, not both."), click.get_current_context())
    if form in _FACTS:
        return _write_facts(form, target, site, ids, query)
    if versions and form not in _OF_ARTICLES:
        said = _("--versions goes with {forms}.", forms=", ".join(_OF_ARTICLES))
        raise click.UsageError(said, click.get_current_context())
    with chosen_part(
        home(), site=site, ids=ids, query=query, versions=versions, with_parts=form in _PACKAGES
    ) as chosen:
        if form in _PACKAGES and target is not None:
            _write_package(chosen, form, target, title, quiet)
        elif form == _TABLE and target is not None:
            click.echo(f"{target}: {count_of(write_table(chosen, target), 'row')}", err=True)
        elif target is None:
            for text in texts(chosen, form):
                print_text(text, as_json=form != "csv")
        else:
            noun = "capture" if form == "cdxj" else "article"
            written = count_of(write_texts(chosen, form, target), noun)
            click.echo(f"{target}: {written}", err=True)
    return 0


def _write_facts(
    form: str, target: Path | None, site: str | None, ids: tuple[str, ...], query: str | None
) -> int:
    from hdnd.usecases.exporting import ids_found, write_lines
    from hdnd.usecases.exporting_facts import fact_texts, write_fact_tables

    chosen = ids_found(home(), query) if query else frozenset(ids)
    if form == "facts-csv" and target is not None:
        for path in write_fact_tables(home(), target, site=site, ids=chosen):
            click.echo(str(path), err=True)
        return 0
    lines = fact_texts(home(), form, site=site, ids=chosen)
    if target is None:
        for line in lines:
            print_text(line, as_json=True)
    else:
        write_lines(lines, target)
        click.echo(str(target), err=True)
    return 0


def _write_package(chosen: Selected, form: str, target: Path, title: str, quiet: bool) -> None:
    from hdnd.usecases.exporting import write_package
    from search_cli.counts import count_of

    with reporting(quiet=quiet) as report:
        captures = write_package(chosen, form, target, title=title, on_progress=told(report))
    click.echo(f"{target}: {count_of(captures, 'capture')}", err=True)
