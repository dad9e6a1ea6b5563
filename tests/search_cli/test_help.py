"""Every command explains itself, with examples that are true, and the docs say the same."""

from __future__ import annotations

import shlex

import click
import pytest

from search_cli.app import SECTIONS
from search_cli.command import Command, CommandGroup
from support.commands_page import PAGE, all_commands, help_of
from support.hdnd import run_hdnd

COMMANDS = {name: (command, context) for name, command, context in all_commands()}


@pytest.mark.parametrize("name", COMMANDS)
def test_the_docs_have_the_help_of_every_command(name: str) -> None:
    text = f"## {name}\n\n```text\n{help_of(*COMMANDS[name])}\n```\n"
    assert text in PAGE.read_text("utf-8"), "run python -P tests/support/commands_page.py"


@pytest.mark.parametrize("name", COMMANDS)
def test_the_help_ends_with_examples_of_the_command(name: str) -> None:
    command, context = COMMANDS[name]
    assert isinstance(command, Command | CommandGroup)
    assert "\nExamples:\n" in help_of(command, context)
    assert command.examples
    assert all(example.startswith(f"{name} ") or example == name for example in command.examples)


@pytest.mark.parametrize("name", COMMANDS)
def test_examples_can_be_typed_as_they_stand(name: str) -> None:
    """Each line is read as click reads it; the files that it names need not be there."""
    command, _ = COMMANDS[name]
    for example in getattr(command, "examples", ()):
        arguments = shlex.split(example)[len(name.split()) :]
        try:
            command.make_context(name, arguments)
        except click.BadParameter as error:
            if "does not exist" not in error.format_message():
                raise


@pytest.mark.parametrize("name", [name for commands in SECTIONS.values() for name in commands])
def test_the_list_says_of_a_command_what_its_own_help_begins_with(name: str) -> None:
    short = next(commands[name] for commands in SECTIONS.values() if name in commands)
    command, _ = COMMANDS[f"hdnd {name}"]
    assert (command.help or "").splitlines()[0] == short


def test_every_command_takes_a_home() -> None:
    assert all("--home" in help_of(*found) for found in COMMANDS.values())


def test_help_comes_with_every_command_and_hdnd_alone_points_to_it() -> None:
    assert run_hdnd("--help").status == 0
    assert run_hdnd("search", "--help").out.startswith("Usage: hdnd search [OPTIONS] [QUERY]...")
    alone = run_hdnd()
    assert alone.status == 2
    assert alone.err.startswith("Usage: hdnd [OPTIONS] COMMAND")


def test_help_can_be_had_in_every_usual_way() -> None:
    whole = run_hdnd("search", "--help").out
    assert run_hdnd("search", "-h").out == run_hdnd("help", "search").out == whole
    assert run_hdnd("help").out == run_hdnd("-h").out == run_hdnd("--help").out
    assert run_hdnd("help", "sites", "check").out.startswith("Usage: hdnd sites check ")


def test_a_slip_of_the_finger_is_understood() -> None:
    done = run_hdnd("serach", "giám sát")
    assert done.status == 2
    assert "No such command 'serach'. Did you mean: search?" in done.err
    assert "Did you mean" not in run_hdnd("zzz").err
