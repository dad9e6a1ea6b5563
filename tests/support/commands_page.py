"""Writes docs/commands.md from the commands' help: `python -P tests/support/commands_page.py`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from search_cli.app import hdnd
from search_cli.command import HELP
from search_cli.words import choose

PAGE = Path(__file__).parents[2] / "docs" / "commands.md"
_WIDTH = 90
_HEAD = """\
# Commands

Made from the help of each command (`hdnd COMMAND --help`) by `tests/support/commands_page.py`; a
test compares the two. What commands end with is in [exit-status.md](exit-status.md).

- **Where data lives**: `--home DIR`, before or after the command's name, else `$HDND_HOME`, else
  the platform's data folder.
- **Output**: what was asked for goes to stdout, all else (progress, notes, errors) to stderr.
  `--json` prints one object in UTF-8 on one line, `--csv` a header and rows (RFC 4180) in which no
  text can act as a formula.
- **Matches** are coloured on a terminal. Where colour is not wanted (`NO_COLOR` is set, or `TERM`
  is `dumb`) they stand in [brackets]. In a pipe or file text has no marks, and lines are not
  broken; `hdnd demo` alone marks its answers there too.
- **What came from a page** is shown without control, escape and bidirectional characters.
"""


def all_commands() -> Iterator[tuple[str, click.Command, click.Context]]:
    """Every command and subcommand with its full name, `hdnd` itself first; in English."""
    choose((), {})
    top = click.Context(
        hdnd,
        info_name="hdnd",
        terminal_width=_WIDTH,
        max_content_width=_WIDTH,
        help_option_names=HELP,
    )
    yield from _with_subcommands("hdnd", hdnd, top)


def help_of(command: click.Command, context: click.Context) -> str:
    """The help text as a terminal shows it."""
    lines = command.get_help(context).splitlines()
    return "\n".join(line.rstrip() for line in lines)


def page() -> str:
    """All of docs/commands.md."""
    parts = [_HEAD]
    for name, command, context in all_commands():
        parts.append(f"\n## {name}\n\n```text\n{help_of(command, context)}\n```\n")
    return "".join(parts)


def _with_subcommands(
    name: str, command: click.Command, context: click.Context
) -> Iterator[tuple[str, click.Command, click.Context]]:
    yield name, command, context
    if isinstance(command, click.Group):
        for child in command.list_commands(context):
            found = command.get_command(context, child)
            assert found is not None
            inner = click.Context(
                found,
                parent=context,
                info_name=child,
                terminal_width=_WIDTH,
                max_content_width=_WIDTH,
            )
            yield from _with_subcommands(f"{name} {child}", found, inner)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
