"""What every command has: `--home` and `--log` wherever they are typed, and examples."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from search_cli.log_option import log_beginning, log_option

if TYPE_CHECKING:
    from archive.ground.home import Home

_HOME = "search_cli.home"
HELP = ["-h", "--help"]
LOGGED = "search_cli.logged"
"""In a context's `meta`: the command is one that logs what it does."""


class Command(click.Command):
    """A command with `--home`, `--log` and an Examples section in its help."""

    def __init__(self, *args: Any, examples: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.context_settings["help_option_names"] = HELP
        self.examples = examples
        self.params += home_option(), log_option()

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command, in the sight of a log if there is one."""
        if LOGGED in ctx.meta:
            log_beginning(ctx.command_path, lambda: str(home().path))
        return super().invoke(ctx)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the examples."""
        write_examples(formatter, self.examples)


class CommandGroup(Command, click.Group):
    """A command with commands of its own."""


def write_examples(formatter: click.HelpFormatter, examples: Sequence[str]) -> None:
    """The Examples section of a help text, each line as it is typed."""
    with formatter.section("Examples"):
        for example in examples:
            formatter.write(f"{'':>{formatter.current_indent}}{example}\n")


def home_option() -> click.Option:
    """`--home DIR`: given before or after the command's name, the latter wins."""
    return click.Option(
        ["--home"],
        type=click.Path(file_okay=False),
        metavar="DIR",
        expose_value=False,
        callback=_remember_home,
        help="The archive's folder [default: $HDND_HOME, else the platform's data folder].",
    )


def given_home() -> str | None:
    """What `--home` was given on the command line, if it was."""
    home: str | None = click.get_current_context().meta.get(_HOME)
    return home


def home() -> Home:
    """The home that this command line means."""
    from archive.ground.home import find_home

    return find_home(given_home())


def _remember_home(ctx: click.Context, _: click.Parameter, value: str | None) -> None:
    if value:
        ctx.meta[_HOME] = value
