"""`hdnd demo`: the whole path from a portal to an answer, on this computer alone."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from search_cli.command import Command, given_home
from search_cli.progress import reporting
from search_cli.render import View, answer_lines
from search_cli.terminal import WIDTH_IF_UNKNOWN, Marks, shows_colour, width_of_stdout

if TYPE_CHECKING:
    from archive.ground.home import Home
    from crawler.sample_portal import SamplePortal

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
    help="Serve at this port of 127.0.0.1 [default: any that is free].",
)
def command(articles: Path | None, serve: bool, port: int) -> int:
    """Crawl, archive and search a sample portal on this computer.

    Serves the portal of a made-up district on loopback, crawls it into an archive, indexes that
    and asks it three questions. Without --home and $HDND_HOME the archive is a folder of its own,
    hdnd-demo, beside the usual one. An article text has a title, a line such as "Ngày đăng
    05/02/2024 | 17:00 | Lượt xem: 407", and paragraphs with blank lines between them.
    """
    from crawler.sample_portal import SamplePortal, bundled_articles, load_articles
    from search_cli.demonstration import SEARCHES, demo_home, searches_for, write_description

    given = given_home()
    home = demo_home(given)
    shown = load_articles(articles) if articles else bundled_articles()
    portal = SamplePortal(shown, port=port)
    write_description(home)
    click.echo(f"The portal of a made-up district: http://{portal.host}/")
    if serve:
        return _serve(portal, home, given)
    click.echo(f"The archive: {home.path}")
    _crawl(portal, home)
    searches = searches_for(shown) if articles else SEARCHES
    _search(searches, home, given)
    return 0


def _serve(portal: SamplePortal, home: Home, given: str | None) -> int:
    from search_cli.demonstration import SITE, as_typed

    crawl = as_typed(home, given, "crawl", SITE, "--host", portal.host)
    try:
        click.echo(f"Crawl it from another terminal:\n  {crawl}\nCtrl-C ends it.")
        portal.serve_forever()
    except KeyboardInterrupt:
        click.echo("\nNo longer served.")
    return 0


def _crawl(portal: SamplePortal, home: Home) -> None:
    from search_cli.crawling import crawl_and_index
    from search_cli.demonstration import SITE
    from search_cli.summary import crawl_lines, indexed_lines

    with portal, reporting() as report:
        summary, indexed = crawl_and_index(home, SITE, report, host=portal.host)
    for line in [*crawl_lines(summary), *indexed_lines(indexed)]:
        click.echo(line)


def _search(searches: Sequence[Sequence[str]], home: Home, given: str | None) -> None:
    from search_cli.commands import search
    from search_cli.demonstration import as_typed

    marks = Marks.COLOUR if shows_colour(sys.stdout) else Marks.BRACKETS
    view = View(marks, width_of_stdout() or WIDTH_IF_UNKNOWN)
    first = ""
    for arguments in (("search", *typed, "--limit", str(_HITS)) for typed in searches):
        click.echo(f"\n$ {as_typed(home, given, *arguments)}")
        options = search.command.make_context("search", [*arguments[1:]]).params
        with search.open_index(home) as index:
            answer, _ = search.ask(home, index, **options)
        click.echo("\n".join(answer_lines(answer, 1, _HITS, view)), color=True)
        first = first or next((hit.id for hit in answer.hits), "")
    click.echo("\nNow ask with words of your own, or read an article:")
    click.echo(f"  {as_typed(home, given, 'show', first)}")
    click.echo(f"  {as_typed(home, given, 'search', 'cu', 'tri')}")
