"""What the packages below the faces tell by code, and what they still say in sentences."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from babel.messages.pofile import read_po

from archive.ground.message import Message
from hdnd.messages.telling import in_english

ROOT = Path(__file__).parents[2]
LOCALE = ROOT / "hdnd" / "messages" / "locale"
DOMAINS = {
    "archive": ("archive",),
    "crawler": ("crawler",),
    "council": ("council", "hdnd/messages/council.py"),
    "indexer": ("indexer",),
    "web_reader": (
        "web_reader/serving.py",
        "web_reader/reader_request.py",
        "web_reader/pages/replaying.py",
    ),
    "usecases": ("hdnd/usecases", "hdnd/views"),
    "terminal": ("search_cli",),
}
"""The domain of each package's codes, and the folders that may use it."""

CODE = re.compile(rf"(?:{'|'.join(DOMAINS)})\.[a-z0-9]+(?:-[a-z0-9]+)*")
_ADDED = {"Fault": frozenset(("key",))}
"""Values that are added to what a call is given, by whoever takes the message on."""
_THREE_WORDS = re.compile(r"[A-Za-z'’]+(?:,? [A-Za-z'’]+){2,}")
_ENGLISH = re.compile(
    r"(?<![\w-])(?:the|is|are|of|not|was|were|cannot|can't|there|has|have|with|that|which|this|its|it"
    r"|be|been|than)(?![\w-])"
)
_SQL = re.compile(
    r"\b(?:SELECT|INSERT|CREATE|UPDATE|DELETE|WHERE|FROM|PRAGMA|JOIN|ORDER BY|WITH|AND|IS NOT)\b"
)


class Use(NamedTuple):
    """Where a code stands, and the names of the values given with it (None: not to be seen, as
    where it is handed on among other arguments)."""

    code: str
    place: str
    values: frozenset[str] | None


def uses(folder: str) -> Iterator[Use]:
    """Every code in the modules of a folder."""
    for path, tree in _modules(folder):
        in_calls = set()
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and len(node.args) == 1 and (code := _code(node.args[0])):
                names = [one.arg for one in node.keywords]
                values = None if None in names else frozenset(filter(None, names)) - {"hint"}
                if values is not None and isinstance(node.func, ast.Name):
                    values |= _ADDED.get(node.func.id, frozenset())
                in_calls.add(id(node.args[0]))
                yield Use(code, f"{path}:{node.lineno}", values)
        for node in ast.walk(tree):
            if id(node) not in in_calls and isinstance(node, ast.expr) and (code := _code(node)):
                yield Use(code, f"{path}:{node.lineno}", None)


def words(language: str, domain: str) -> dict[str, tuple[str, ...]]:
    """The words of a domain's catalogue in a language, by code; several for a plural."""
    path = LOCALE / language / "LC_MESSAGES" / f"{domain}.po"
    with path.open("rb") as file:
        catalogue = read_po(file, language)
    return {
        message.id if isinstance(message.id, str) else message.id[0]: (
            (message.string,) if isinstance(message.string, str) else tuple(message.string)
        )
        for message in catalogue
        if message.id
    }


def values_of(text: str) -> set[str]:
    """The names of the values in a message's words."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def sentences(folder: str) -> Iterator[str]:
    """What looks like a sentence for people in the modules of a folder, with its place.

    What is logged is for operators and programs, what an `assert` says for programmers.
    """
    for path, tree in _modules(folder):
        left_out = {id(part) for node in ast.walk(tree) for part in _no_sentences(node)}
        for node in ast.walk(tree):
            text = None if id(node) in left_out else _text(node)
            if text and _is_sentence(text):
                yield f"{path}:{getattr(node, 'lineno', 0)}: {text}"


def _no_sentences(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.Expr):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        yield from node.values
    elif isinstance(node, ast.Call) and _logs(node):
        yield from ast.walk(node)
    elif isinstance(node, ast.Assert) and node.msg:
        yield node.msg


def english(message: Message | None) -> str:
    """A message's English words, nothing for None."""
    return in_english(message) if message else ""


def _modules(folder: str) -> Iterator[tuple[str, ast.Module]]:
    for path in _files(ROOT / folder):
        yield str(path.relative_to(ROOT)), ast.parse(path.read_text(encoding="utf-8"))


def _code(node: ast.expr) -> str | None:
    text = node.value if isinstance(node, ast.Constant) else None
    return text if isinstance(text, str) and CODE.fullmatch(text) else None


def _logs(call: ast.Call) -> bool:
    if not isinstance(call.func, ast.Attribute):
        return False
    return call.func.attr == "_log" or "LOGGER" in ast.unparse(call.func.value)


def _text(node: ast.AST) -> str | None:
    if isinstance(node, ast.JoinedStr):
        return "".join(
            str(part.value) if isinstance(part, ast.Constant) else "VALUE" for part in node.values
        )
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def _is_sentence(text: str) -> bool:
    return bool(
        not _SQL.search(text)
        and "<" not in text
        and any(_ENGLISH.search(run) for run in _THREE_WORDS.findall(text))
    )


def _files(place: Path) -> list[Path]:
    return [place] if place.suffix == ".py" else sorted(place.rglob("*.py"))
