"""The command `hdnd`: its commands by name, each loaded only when it is called."""

from __future__ import annotations

import gc
from collections.abc import Sequence
from importlib import import_module
from keyword import iskeyword

import click

from search_cli.command import LOGGED, CommandGroup
from search_cli.log_option import forget
from search_cli.words import _, choose

SECTIONS = {
    "Find": {
        "search": "Find articles by their words.",
        "show": "Show one article, or write the page it was read from or a file of it.",
        "cite": "Print a citation of an article as it was captured.",
        "serve": "Show the archive in a browser, until Ctrl-C.",
    },
    "Ask": {
        "who": "Say who holds or held which post, each with the words that say so.",
        "cited": "List the documents that articles cite, the most cited first, each with its"
        " articles.",
        "activities": "List the activities that articles tell of, by day; one event in two articles"
        " comes once.",
        "promises": "List what was planned or promised, and what the archive has of it.",
        "anomalies": "Point at what looks odd: a year that slipped, a day that no calendar has, a"
        " wrong weekday.",
        "facts": "Show everything that an article states, each fact with the words that state it.",
        "views": "List the articles that were read most, by the counts that their pages showed.",
    },
    "Follow": {
        "history": "Show an article's versions, changes, files and captures.",
        "diff": "Show what changed between two versions of an article.",
        "watch": "Keep searches, and say what is new for each: also what was taken out.",
        "changes": "List what sites edited or took away after publishing it, and what came back.",
    },
    "Collect": {
        "crawl": "Fetch a site's new and changed pages into the archive.",
        "refresh": "Bring sites up to date: what is new, and what is due to be looked at again.",
        "archive": "Keep single pages and files of known sites at once.",
        "recover": "Take what web archives hold of a site into the archive.",
        "import": "Take in the captures of WARC, ARC and WACZ files that other programs made.",
        "gather": "Take in what several crawlers put into the store, and make it searchable.",
        "sites": "List the known sites; describe one, try and check a description.",
    },
    "Look after": {
        "coverage": "Compare what listings announce with what is held; show gaps in time.",
        "runs": "List the runs, or show what one of them brought.",
        "schedule": "Print a systemd service with its timer, and a crontab line, for every night.",
        "status": "Say what the archive holds, and what it could not read.",
        "attachments": "Read the text of attachments; say what can't be read, and why.",
        "index": "Bring the search index up to date with the archive.",
        "derive": "Read pages, attachments and facts with Apache Spark, and bring the index up to"
        " date.",
        "rebuild": "Make the catalogue and the index again from the WARC files.",
        "verify": "Check every byte of the archive; say what is not as it was written.",
        "repair": "Mend a damaged archive: set damaged files aside, make anew what is derived.",
        "backup": "Copy the archive as it is at this moment into a new folder.",
        "store": "Keep the WARC files in object storage, too, or there alone.",
        "withhold": "Keep an article from being shown; list what was withheld.",
        "release": "Show an article again that was withheld.",
        "remove": "Delete every record of a withheld article for good; this cannot be undone.",
    },
    "Give away": {
        "export": "Write the archive, or a part of it, in a form that others read.",
    },
    "Try out": {
        "demo": "Crawl, archive and search a sample portal on this computer.",
    },
}
"""The commands in the order the help lists them, with the first sentence of each one's own help."""

_SHORT = frozenset(SECTIONS["Find"]) - {"serve"}
"""What is over before the garbage that it makes could matter (see `search_cli.main.run`), and has
nothing to log."""


class LazyGroup(CommandGroup):
    """Knows its commands' names and short helps without importing them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All commands, in the order of the help."""
        return [name for commands in SECTIONS.values() for name in commands]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of this name, imported now."""
        if cmd_name not in self.list_commands(ctx):
            return None
        command: click.Command = import_module(f"search_cli.commands.{_module(cmd_name)}").command
        if cmd_name not in _SHORT:
            gc.enable()
            ctx.meta[LOGGED] = True
            from search_cli import signals

            signals.end_when_asked()
            signals.keep_others_from_writing()
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that is meant; one that is not known may be a slip of the finger.

        Raises `UsageError` with the nearest names for a command that is none.
        """
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            from difflib import get_close_matches

            meant = get_close_matches(args[0], self.list_commands(ctx), n=2)
            if not meant:
                raise
            names = _(" or ").join(meant)
            message = _("{error} Did you mean: {names}?", error=error.message, names=names)
            raise click.UsageError(message, ctx) from None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands by section, importing none of them."""
        for title, commands in SECTIONS.items():
            with formatter.section(_(title)):
                rows = [(name, _(short)) for name, short in commands.items()]
                formatter.write_dl(rows, col_max=10)


def _module(name: str) -> str:
    return f"{name}_" if iskeyword(name) else name


def _print_version(ctx: click.Context, _param: click.Parameter, wanted: bool) -> None:
    if wanted:
        from importlib import metadata

        click.echo(f"hdnd {metadata.version('hdnd-archive')}")
        ctx.exit()


@click.group(
    cls=LazyGroup,
    examples=(
        "hdnd demo",
        "hdnd crawl hai-ba-trung",
        "hdnd search giám sát",
        "hdnd --home ~/hdnd status",
    ),
)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_print_version,
    help="Print the version and exit.",
)
def hdnd() -> None:
    """Archive and search the news of a People's Council (HĐND).

    Pages are kept as they came in standard WARC files; what they say is found by its Vietnamese
    words, typed with or without marks.
    """


def call(arguments: Sequence[str]) -> int:
    """Run a command line; its exit status. All that goes wrong is raised.

    Click's own `main` is passed by: it would end a broken pipe with status 1.
    """
    forget()
    choose(arguments)
    if arguments[:1] == ["help"]:
        arguments = [*arguments[1:], "--help"]
    try:
        with hdnd.make_context("hdnd", list(arguments)) as context:
            return hdnd.invoke(context) or 0
    except click.exceptions.Exit as end:
        return end.exit_code
