"""The catalogues of messages: what stands in the code, brought into each `.po`, and compiled.

Run by hand (`make messages`) it writes new messages into `hdnd/messages/locale/*/LC_MESSAGES/*.po`
without a translation, and takes out those that stand nowhere any more. The domain `hdnd` has what
the faces say, with the help of every command; the domain `click` what click says itself.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import click
from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from search_cli.app import SECTIONS
from search_cli.command import Command, names_in
from support.commands_page import all_commands

ROOT = Path(__file__).parents[2]
LANGUAGES = ("vi",)
_METHODS = [("web_reader/templates/**", "jinja2"), ("**.py", "python")]
_OPTIONS = {"web_reader/templates/**": {"trimmed": "true", "newstyle_gettext": "true"}}
_PACKAGES = ("hdnd", "web_reader", "search_cli")
_KEYWORDS = DEFAULT_KEYWORDS | {"forms": (1, 2)}
DOMAINS = ("hdnd", "click")


def messages(domain: str = "hdnd") -> Catalog:
    """Every message of a domain, by its English."""
    if domain == "click":
        return _of_click()
    found = Catalog(fuzzy=False)
    for text in _help_texts():
        found.add(text)
    for package in _PACKAGES:
        for name, _, message, comments, context in extract_from_dir(
            ROOT / package, _methods(package), _options(package), _KEYWORDS
        ):
            found.add(
                message,
                locations=[(f"{package}/{name}", 0)],
                context=context,
                auto_comments=comments,
            )
    return found


def asked_for(source: str) -> Iterator[tuple[ast.Call, str, bool]]:
    """Each message that a module's code asks for, and whether an f-string stands around it."""
    tree = ast.parse(source)
    inside = {
        id(part)
        for text in ast.walk(tree)
        if isinstance(text, ast.JoinedStr)
        for part in ast.walk(text)
    }
    for call in ast.walk(tree):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name):
            for argument in call.args[: _ASKS.get(call.func.id, 0)]:
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                    yield call, argument.value, id(call) in inside


_ASKS = {"_": 1, "N_": 1, "ngettext": 2, "forms": 2}
"""How many arguments of a function are messages."""


def _help_texts() -> Iterator[str]:
    """What the help of every command says, and the names of what options take."""
    for title, commands in SECTIONS.items():
        yield from (title, *commands.values())
    for _, command, context in all_commands():
        assert isinstance(command, Command)
        yield from command.paragraphs()
        for piece in command.collect_usage_pieces(context):
            yield from names_in(piece)
        for param in command.params:
            if not getattr(param, "is_flag", False):
                yield from names_in(param.make_metavar(context))
            if isinstance(param, click.Option):
                assert param.help, f"{command.name}: {param.opts[0]} has no help"
                yield param.help


def _of_click() -> Catalog:
    """What click says of command lines, in prompts and in help."""
    found = Catalog(fuzzy=False)
    for name, _, message, _, _ in extract_from_dir(Path(click.__file__).parent):
        if name not in _NOT_SHOWN:
            found.add(message)
    for word in _BY_VALUE:
        found.add(word)
    return found


_BY_VALUE = ("required",)
"""What click translates without naming it where it does."""
_NOT_SHOWN = ("_winconsole.py", "shell_completion.py", "_termui_impl.py")
"""Modules of click whose words no command here leads to."""


def catalogue(language: str, domain: str = "hdnd", root: Path = ROOT) -> Catalog:
    """The catalogue of a language as it is kept."""
    with _po(language, domain, root).open("rb") as file:
        return read_po(file, language)


def compile_all(locale: Path) -> None:
    """Compile each catalogue below a folder beside its source."""
    for source in locale.glob("*/LC_MESSAGES/*.po"):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            with source.open("rb") as read, target.open("wb") as write:
                write_mo(write, read_po(read, source.parts[-3]))


def update() -> None:
    """Bring every catalogue up to date with the code."""
    for domain in DOMAINS:
        for language in LANGUAGES:
            known = catalogue(language, domain)
            known.update(messages(domain), no_fuzzy_matching=True, update_creation_date=False)
            known.obsolete.clear()
            with _po(language, domain, ROOT).open("wb") as file:
                write_po(file, known, sort_output=True, no_location=True, width=96)


def _po(language: str, domain: str, root: Path) -> Path:
    return root / "hdnd" / "messages" / "locale" / language / "LC_MESSAGES" / f"{domain}.po"


def _methods(package: str) -> list[tuple[str, str]]:
    start = f"{package}/"
    return [(one.removeprefix(start), method) for one, method in _METHODS]


def _options(package: str) -> dict[str, dict[str, str]]:
    start = f"{package}/"
    return {one.removeprefix(start): options for one, options in _OPTIONS.items()}


def _untranslated(language: str, domain: str) -> Iterator[str]:
    for message in catalogue(language, domain):
        if message.id and not (
            message.string if isinstance(message.string, str) else all(message.string)
        ):
            yield str(message.id)


if __name__ == "__main__":
    update()
    for domain in DOMAINS:
        for one in LANGUAGES:
            for missing in _untranslated(one, domain):
                print(f"{one}: {missing}")
