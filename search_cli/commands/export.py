"""`hdnd export`: what leaves the archive, in forms that others read."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from search_cli.command import Command, home
from search_cli.progress import reporting

if TYPE_CHECKING:
    from archive.export import Selected
    from archive.ground.home import Home

_PACKAGES = ("wacz", "bagit")
_TEXTS = ("cdxj", "jsonl", "csv", "jsonld")


@click.command(
    cls=Command,
    examples=(
        "hdnd export --format wacz --to hdnd.wacz",
        "hdnd export --format wacz --to giam-sat.wacz --query 'giám sát'",
        "hdnd export --format jsonl thanh-giang-3123456 | jq .title",
    ),
)
@click.argument("ids", nargs=-1, metavar="[ID...]")
@click.option(
    "--format",
    "form",
    type=click.Choice([*_PACKAGES, *_TEXTS]),
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
    "--title", default="HĐND archive", show_default=True, help="What a package is called."
)
@click.option("--quiet", is_flag=True, help="Show no progress.")
def command(
    ids: tuple[str, ...],
    form: str,
    target: Path | None,
    site: str | None,
    query: str | None,
    title: str,
    quiet: bool,
) -> int:
    """Write the archive, or a part of it, in a form that others read.

    wacz replays in a browser or with pywb; bagit is for a preservation archive; cdxj is an index
    over the archive's own WARC files; jsonl, csv and jsonld hold the articles. With IDs or
    --query a package holds the records of those articles and of their files alone. What is
    withheld is left out.
    """
    from archive.export import Selection, selected
    from archive.ground.durable import atomic_write
    from archive.reading import ArchiveReader

    if form in _PACKAGES and target is None:
        raise click.UsageError(f"--format {form} needs --to PATH.", click.get_current_context())
    if ids and query:
        raise click.UsageError("Give IDs or --query, not both.", click.get_current_context())
    where = home()
    named = frozenset(ids) or (_found(where, query) if query else None)
    with (
        ArchiveReader.open(where) as reader,
        selected(reader, Selection(site, named)) as chosen,
    ):
        if form in _PACKAGES and target is not None:
            _write_package(chosen, form, target, title, quiet)
        elif target is None:
            for text in _texts(chosen, form):
                click.echo(text, nl=False)
        else:
            with atomic_write(target) as unfinished:
                _write_texts(unfinished, _texts(chosen, form))
    return 0


def _found(home: Home, query: str) -> frozenset[str]:
    """The ids of the articles that match, without what a fall-back finds."""
    from archive.ground.errors import UsageError
    from search_cli.commands.search import open_index

    with open_index(home) as index:
        total = index.count(query)
        hits = index.search(query, limit=total).hits if total else ()
    if not hits:
        raise UsageError(f"no article matches {query!r}", hint="Try it with `hdnd search` first.")
    return frozenset(hit.id for hit in hits)


def _write_package(chosen: Selected, form: str, target: Path, title: str, quiet: bool) -> None:
    from archive.export import write_bag, write_wacz
    from search_cli.render import count_of

    write = write_wacz if form == "wacz" else write_bag
    with reporting(quiet=quiet) as report:
        write(
            chosen,
            target,
            title=title,
            on_progress=lambda done, total: report("Exporting", done, total),
        )
    click.echo(f"{target}: {count_of(chosen.captures, 'capture')}", err=True)


def _texts(chosen: Selected, form: str) -> Iterable[str]:
    from archive.export import to_cdxj, to_csv, to_json_ld, to_json_lines

    write = {"cdxj": to_cdxj, "jsonl": to_json_lines, "csv": to_csv, "jsonld": to_json_ld}
    return write[form](chosen)


def _write_texts(path: Path, texts: Iterable[str]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        file.writelines(texts)
