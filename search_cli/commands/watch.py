"""`hdnd watch`: kept searches, and what is new for each after every night."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from search_cli.command import Command, CommandGroup, home
from search_cli.safe_text import clean
from search_cli.words import _, in_words

if TYPE_CHECKING:
    from hdnd.views.watch import Watch

_FOUND, _NOTHING, _TROUBLE = 0, 1, 2


@click.group(
    cls=CommandGroup,
    invoke_without_command=True,
    examples=(
        "hdnd watch add 'cây xanh'",
        "hdnd watch add --person 'Tạ Thị Mai Khuê' --edits",
        "hdnd watch add --list names.txt --name dai-bieu",
        "hdnd watch look",
        "hdnd watch",
    ),
)
@click.pass_context
def command(ctx: click.Context) -> int:
    """Keep searches, and say what is new for each: also what was taken out.

    Each refresh ends with a look. In a browser (`hdnd serve`) every watch has a feed of its own.
    Without a command the watches are listed.
    """
    if ctx.invoked_subcommand:
        return _FOUND
    from hdnd.usecases.watch_files import watches

    found = watches(home())
    for watch in found:
        click.echo(clean(_line(watch)))
    if not found:
        click.echo(_("Nothing is watched; `hdnd watch add WORDS` begins."), err=True)
    return _FOUND if found else _NOTHING


@command.command(
    cls=Command,
    examples=(
        "hdnd watch add 'cây xanh' --site thanh-giang",
        "hdnd watch add '\"tiếp xúc cử tri\"' --edits --run 'mail -s HĐND toi@example.org'",
    ),
)
@click.argument("query", nargs=-1)
@click.option("--name", default="", metavar="NAME", help="What it is called [default: its words].")
@click.option(
    "--person",
    default="",
    metavar="NAME",
    help="Articles that name this person in an office, by the facts.",
)
@click.option("--site", "sites", multiple=True, metavar="SITE", help="Of this site alone.")
@click.option(
    "--category", "categories", multiple=True, metavar="NAME", help="Of this category alone."
)
@click.option("--exact", is_flag=True, help="Only words that are spelled as they are typed.")
@click.option("--edits", is_flag=True, help="Also tell every silent edit of what matches.")
@click.option(
    "--list",
    "listed",
    type=click.Path(dir_okay=False, allow_dash=True),
    metavar="FILE",
    help="Watch for each line of a file, as one watch (- for stdin).",
)
@click.option(
    "--run",
    default="",
    metavar="CMD",
    help="Run this for what is new: JSON lines on its stdin; after a kill some come again, with the"
    " same `key`.",
)
def add(query: tuple[str, ...], listed: str | None, **how: Any) -> int:
    """Keep a search with its filters; what it finds now counts as known."""
    from hdnd.usecases.watching import add_watch

    queries = [" ".join(query)] if query else []
    if listed is not None:
        from hdnd.usecases.query_list import read_queries

        if query:
            raise click.UsageError(_("--list takes its words from the file: type none beside it"))
        queries = read_queries(listed, sys.stdin.buffer)
    made = add_watch(home(), queries, **how)
    click.echo(clean(_("Watched from now on: {watch}", watch=_line(made))))
    return _FOUND


@command.command(cls=Command, examples=("hdnd watch remove cay-xanh",))
@click.argument("name")
def remove(name: str) -> int:
    """Forget a watch, and what was told of it."""
    from hdnd.usecases.watch_files import remove_watch

    remove_watch(home(), name)
    click.echo(clean(_("No longer watched: {name}", name=name)))
    return _FOUND


@command.command(cls=Command, examples=("hdnd watch look", "hdnd watch look cay-xanh --json"))
@click.argument("names", nargs=-1, metavar="[NAME]...")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON array.")
def look(names: tuple[str, ...], as_json: bool) -> int:
    """Say what is new for each watch since the last look; nothing is told twice.

    Exit status: 0 there is something new, 1 there is nothing, 2 and above trouble.
    """
    from hdnd.usecases.watching import look as look_at
    from search_cli.watch_news import hand_on, news_lines

    found = look_at(home(), names)
    if as_json:
        from hdnd.messages.telling import in_english
        from hdnd.views.watch import event_json
        from search_cli.output import print_json

        print_json(
            [
                {
                    "watch": news.watch.name,
                    "failure": news.failure and in_english(news.failure),
                    "events": [event_json(event) for event in news.events],
                }
                for news in found
            ]
        )
    else:
        click.echo("\n".join(news_lines(found)))
    failed = [*hand_on(home(), found), *(in_words(news.failure) for news in found if news.failure)]
    for failure in failed:
        click.echo(clean(f"hdnd: {failure}"), err=True)
    if failed:
        return _TROUBLE
    return _FOUND if any(news.events for news in found) else _NOTHING


def _line(watch: Watch) -> str:
    filters = [*watch.sites, *watch.categories]
    filters += [_("exact")] * watch.exact + [_("edits")] * watch.edits
    more = ""
    if len(watch.queries) > 1:
        more = " " + _("and {count} more", count=len(watch.queries) - 1)
    told = f"  ({', '.join(filters)})" if filters else ""
    return f"{watch.name}  {watch.queries[0]}{more}{told}"
