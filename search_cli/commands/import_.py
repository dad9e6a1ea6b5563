"""`hdnd import`: WARC and WACZ files of other programs become captures here."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from search_cli.command import Command, home
from search_cli.progress import reporting, told
from search_cli.words import _, in_figures, in_words, ngettext, stored

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hdnd.views.imported import Imported, Trouble


_MOST_HOSTS = 10


@click.command(
    cls=Command,
    examples=(
        "hdnd import haibatrung-2023.warc.gz",
        "hdnd import --site hai-ba-trung crawl.wacz more.warc.gz",
        "hdnd import --site thanh-giang --host 127.0.0.1:8000 wget.warc.gz",
        "hdnd import folder-of-warcs",
    ),
)
@click.argument(
    "files",
    metavar="FILE...",
    nargs=-1,
    required=True,
    type=click.Path(exists=True, path_type=Path),
)
@click.option("--site", metavar="SITE", help="Take in captures of this site alone.")
@click.option(
    "--host",
    metavar="HOST[:PORT]",
    help="The captures were made here, in place of the site's host.",
)
@click.option("--quiet", is_flag=True, help="Show no progress.")
def command(files: tuple[Path, ...], site: str | None, host: str | None, quiet: bool) -> int:
    """Take in the captures of WARC, ARC and WACZ files that other programs made.

    A folder stands for all such files in it. Records are kept byte for byte with the file they came
    from, each once however often it is imported. A capture goes to the site whose description names
    its host, if it was made within the site's dates of validity; a site that only the archive of
    the file describes is taken from there. Exit status: 0 all was taken in but what is of other
    hosts, other dates or no web page, 14 something else was not, and is named.
    """
    from archive.ground.errors import HdndError, ImportIncomplete
    from archive.ground.message import Message
    from hdnd.usecases.importing import import_and_index
    from search_cli.summary import say_indexed

    with reporting(quiet=quiet) as report:
        done, indexed = import_and_index(
            home(), files, told(report), site=site, host=host, on_trouble=_say
        )
    if isinstance(indexed, HdndError):
        click.echo("\n".join(_lines(done, 0)))
        behind = say_indexed(indexed)
    else:
        click.echo("\n".join(_lines(done, indexed.put_in)))
        behind = 0
    if done.troubles:
        raise ImportIncomplete(
            "terminal.not-taken-in",
            count=done.troubles,
            hint=Message("terminal.named-above"),
        )
    return behind


def _say(trouble: Trouble) -> None:
    from search_cli.safe_text import clean

    where = _("{file}, offset {offset}", file=trouble.file, offset=str(trouble.place))
    click.echo(clean(f"{where}: {in_words(trouble.what)}"), err=True)


def _lines(done: Imported, indexed: int) -> Iterator[str]:
    from archive.ground.message import Message
    from hdnd.views.imported import EXPECTED
    from search_cli.counts import count_of

    kinds = ", ".join(
        f"{in_figures(count)} {stored(role)}" for role, count in sorted(done.taken.items())
    )
    captures = count_of(done.taken.total(), "capture")
    if kinds:
        yield _("{captures} taken in: {kinds}.", captures=captures, kinds=kinds)
    else:
        yield _("{captures} taken in.", captures=captures)
    articles = count_of(done.articles, "new article")
    yield _("{articles}, {count} indexed.", articles=articles, count=indexed)
    if done.known:
        yield _("{captures} known already.", captures=count_of(done.known, "capture"))
    for reason, count in sorted(done.skipped.items()):
        if reason in EXPECTED:
            yield _("{count} left out: {reason}.", count=count, reason=Message(reason))
    if done.hosts:
        yield from _host_lines(done)


def _host_lines(done: Imported) -> Iterator[str]:
    from search_cli.safe_text import clean

    for host, count in done.hosts.most_common(_MOST_HOSTS):
        yield "  " + _("{count} of {host}", count=count, host=clean(host))
    if (more := len(done.hosts) - _MOST_HOSTS) > 0:
        yield "  " + ngettext("and {count} host more", "and {count} hosts more", more)
    yield _(
        "No site description names these hosts. docs/add-a-site.md says how to write one; `--site"
        " SITE --host HOST` says that one of them stands for a known site's."
    )
