"""What every command has: `--home`, `--log` and `--lang` wherever they are typed, and examples."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import click

from hdnd.messages.language import LANGUAGES
from search_cli.log_option import log_beginning, log_option
from search_cli.words import OPTION, _, spoken

if TYPE_CHECKING:
    from archive.ground.home import Home

_HOME = "search_cli.home"
HELP = ["-h", "--help"]
LOGGED = "search_cli.logged"
"""In a context's `meta`: the command is one that logs what it does."""


class Command(click.Command):
    """A command with `--home`, `--log`, `--lang` and an Examples section in its help.

    Its help, the docstring and what stands at its options, is told in the language of the command
    line when it is asked for.
    """

    def __init__(self, *args: Any, examples: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.context_settings["help_option_names"] = HELP
        self.examples = examples
        self.params += home_option(), log_option(), lang_option()
        self._told: dict[tuple[str, int], click.Parameter] = {}

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command, in the sight of a log if there is one."""
        if LOGGED in ctx.meta:
            log_beginning(ctx.command_path, lambda: str(home().path))
        return super().invoke(ctx)

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        """The options and arguments, their help and the names of their values in words."""
        params = super().get_params(ctx)
        return params if spoken() == "en" else [self._in_words(param, ctx) for param in params]

    def _in_words(self, param: click.Parameter, ctx: click.Context) -> click.Parameter:
        """A copy, the same each time: click tells by identity which was given first."""
        from copy import copy

        key = spoken(), id(param)
        if key not in self._told:
            told = self._told[key] = copy(param)
            told.metavar = _with_names_told(param.make_metavar(ctx))
            if isinstance(param, click.Option) and isinstance(told, click.Option) and param.help:
                told.help = _(param.help)
        return self._told[key]

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """What stands in the line of usage after the command."""
        return [_with_names_told(piece) for piece in super().collect_usage_pieces(ctx)]

    def paragraphs(self) -> list[str]:
        """The docstring's paragraphs in English, each on a line; the first says it in short."""
        text = inspect.cleandoc(self.help or "")
        return [" ".join(paragraph.split()) for paragraph in text.split("\n\n")]

    def get_short_help_str(self, limit: int = 45) -> str:
        """What a list of commands says of it, whole."""
        return _(self.paragraphs()[0])

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what the command does."""
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text("\n\n".join(map(_, self.paragraphs())))

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the examples."""
        write_examples(formatter, self.examples)


class CommandGroup(Command, click.Group):
    """A command with commands of its own."""


def write_examples(formatter: click.HelpFormatter, examples: Sequence[str]) -> None:
    """The Examples section of a help text, each line as it is typed."""
    with formatter.section(_("Examples")):
        for example in examples:
            formatter.write(f"{'':>{formatter.current_indent}}{example}\n")


def names_in(metavar: str) -> Iterator[str]:
    """The names of values in `[SITE]...` or `HOST[:PORT]`."""
    yield from _in_capitals().findall(metavar)


def _with_names_told(metavar: str) -> str:
    return _in_capitals().sub(lambda name: _(name[0]), metavar)


def _in_capitals() -> re.Pattern[str]:
    return re.compile(r"[A-Z]{2,}")


def lang_option() -> click.Option:
    """`--lang vi|en`: read before all else (`search_cli.words.choose`), and checked here."""
    return click.Option(
        [OPTION],
        type=click.Choice(list(LANGUAGES)),
        expose_value=False,
        help="Speak Vietnamese or English [default: $HDND_LANG, else the locale's].",
    )


def home_option() -> click.Option:
    """`--home DIR`: given before or after the command's name, the latter wins."""
    return click.Option(
        ["--home"],
        type=click.Path(),
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


def _remember_home(ctx: click.Context, _param: click.Parameter, value: str | None) -> None:
    if value:
        ctx.meta[_HOME] = value
