"""`hdnd demo`: the whole path from a portal to an answer, on this computer alone."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from search_cli.command import Command, given_home
from search_cli.progress import reporting, told
from search_cli.render import View, answer_lines
from search_cli.terminal import WIDTH_IF_UNKNOWN, Highlighting, shows_colour, width_of_stdout
from search_cli.words import _

if TYPE_CHECKING:
    from hdnd.usecases.demonstration import Demonstration

_HITS = 2


@click.command(
    cls=Command,
    examples=(
        "hdnd demo",
        "hdnd demo --articles my-texts --home my-demo",
        "hdnd demo --serve --port 8000",
    ),
)
@click.option(
    "--articles",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="DIR",
    help="Show the article texts (*.txt) of this folder instead of the bundled ones.",
)
@click.option("--serve", is_flag=True, help="Only serve the portal, until Ctrl-C.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=0,
    metavar="PORT",
    help="Serve at this port of 127.0.0.1 [default: any that is free].",
)
def command(articles: Path | None, serve: bool, port: int) -> int:
    """Crawl, archive and search a sample portal on this computer.

    Serves the portal of a made-up district on loopback, crawls it into an archive, indexes that
    and asks it three questions. Without --home and $HDND_HOME the archive is a folder of its own,
    hdnd-demo, beside the usual one. An article text has a title, a line such as "Ngày đăng
    05/02/2024 | 17:00 | Lượt xem: 407", and paragraphs with blank lines between them.
    """
    from hdnd.usecases.demonstration import Demonstration, demo_home

    given = given_home()
    demonstration = Demonstration(demo_home(given), articles, port=port)
    host = demonstration.portal.host
    click.echo(_("The portal of a made-up district: http://{host}/", host=host))
    if serve:
        return _serve(demonstration, given)
    click.echo(_("The archive: {folder}", folder=demonstration.home.path))
    if behind := _crawl(demonstration):
        return behind
    _search(demonstration, given)
    return 0


def _serve(demonstration: Demonstration, given: str | None) -> int:
    from hdnd.usecases.demonstration import SITE
    from search_cli.as_typed import as_typed

    portal = demonstration.portal
    crawl = as_typed(demonstration.home, given, "crawl", SITE, "--host", portal.host)
    try:
        click.echo(_("Crawl it from another terminal:"))
        click.echo(f"  {crawl}")
        click.echo(_("Ctrl-C ends it."))
        portal.serve_forever()
    except KeyboardInterrupt:
        click.echo("\n" + _("No longer served."))
    return 0


def _crawl(demonstration: Demonstration) -> int:
    """Crawl and index; the exit status of the index."""
    from hdnd.usecases.crawling import crawl_and_index
    from hdnd.usecases.demonstration import SITE
    from search_cli.summary import crawl_lines, say_indexed

    with demonstration.portal as portal, reporting() as report:
        summary, indexed = crawl_and_index(demonstration.home, SITE, told(report), host=portal.host)
    click.echo("\n".join(crawl_lines(summary)))
    return say_indexed(indexed)


def _search(demonstration: Demonstration, given: str | None) -> None:
    from search_cli.as_typed import as_typed

    highlighting = Highlighting.COLOUR if shows_colour(sys.stdout) else Highlighting.BRACKETS
    view = View(highlighting, width_of_stdout() or WIDTH_IF_UNKNOWN)
    home, first = demonstration.home, ""
    for asked in demonstration.searches:
        typed = ("search", *asked.query, *asked.options, "--limit", str(_HITS))
        click.echo(f"\n$ {as_typed(home, given, *typed)}")
        answer = demonstration.ask(asked, _HITS)
        click.echo("\n".join(answer_lines(answer, 1, _HITS, view)), color=True)
        first = first or next((hit.id for hit in answer.hits), "")
    click.echo("\n" + _("Now ask with words of your own, or read an article:"))
    click.echo(f"  {as_typed(home, given, 'show', first)}")
    click.echo(f"  {as_typed(home, given, 'search', 'cu', 'tri')}")
    click.echo("\n" + _("Or see it in a browser:"))
    click.echo(f"  {as_typed(home, given, 'serve')}")
