"""What the packages below the faces tell by code, and what they still say in sentences."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from babel.messages.pofile import read_po

from archive.ground import errors
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
    "usecases": ("hdnd/bulk", "hdnd/usecases", "hdnd/views"),
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
_ERRORS = frozenset(
    name
    for name, one in vars(errors).items()
    if isinstance(one, type) and issubclass(one, errors.HdndError)
)
_VIETNAMESE = re.compile(r"[^\W\d_]+(?:,? [^\W\d_]+){2,}")
_MARKED = re.compile(r"[À-ỹ]")
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
    """What looks like an English sentence for people in the modules of a folder, with its place.

    What is logged is for operators and programs, what an `assert` says for programmers.
    """
    for path, tree in _modules(folder):
        yield from (f"{path}:{line}: {text}" for line, text in _texts(tree) if _is_sentence(text))


def vietnamese(folder: str) -> Iterator[str]:
    """What holds three Vietnamese words in a row in the modules of a folder, with its place."""
    for path, tree in _modules(folder):
        yield from (f"{path}:{line}: {text}" for line, text in _texts(tree) if _is_vietnamese(text))


def errors_without_code(folder: str) -> Iterator[str]:
    """Each error that is made with words in place of a code, with its place."""
    for path, tree in _modules(folder):
        yield from (f"{path}:{line}: {text}" for line, text in _said_by_errors(tree))


def found_in(source: str) -> list[str]:
    """What of a module's source is a sentence, in either language, or an error's words."""
    tree = ast.parse(source)
    said = [text for _, text in _texts(tree) if _is_sentence(text) or _is_vietnamese(text)]
    return said + [text for _, text in _said_by_errors(tree) if text not in said]


def _texts(tree: ast.Module) -> Iterator[tuple[int, str]]:
    left_out = {id(part) for node in ast.walk(tree) for part in _no_sentences(node)}
    for node in ast.walk(tree):
        text = None if id(node) in left_out else _text(node)
        if text:
            yield getattr(node, "lineno", 0), text


def _said_by_errors(tree: ast.Module) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and node.args and _name(node.func) in _ERRORS:
            text = _text(node.args[0])
            if text is not None and not CODE.fullmatch(text):
                yield node.lineno, text


def _name(function: ast.expr) -> str:
    return ast.unparse(function).rpartition(".")[2]


def _no_sentences(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.Expr):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        yield from node.values
    elif isinstance(node, ast.BinOp) and _text(node) is not None:
        yield from (node.left, node.right)
    elif isinstance(node, ast.Call) and _text(node) is not None:
        yield from _pieces(node)
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
    """The text that an expression makes, as far as it stands in the source."""
    match node:
        case ast.Constant(value=str(text)):
            return text
        case ast.JoinedStr(values=parts):
            return "".join(_text(part) or "VALUE" for part in parts)
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            return _put_together("", (left, right))
        case ast.BinOp(left=ast.Constant(value=str(text)), op=ast.Mod()):
            return text
        case ast.Call(func=ast.Attribute(value=ast.Constant(value=str(text)), attr="format")):
            return re.sub(r"\{[^{}]*\}", "VALUE", text)
        case ast.Call(
            func=ast.Attribute(value=ast.Constant(value=str(between)), attr="join"),
            args=[ast.List(elts=parts) | ast.Tuple(elts=parts)],
        ):
            return _put_together(between, parts)
    return None


def _put_together(between: str, parts: Iterable[ast.expr]) -> str | None:
    texts = [_text(part) for part in parts]
    return None if None in texts and not any(texts) else between.join(t or "VALUE" for t in texts)


def _pieces(call: ast.Call) -> Iterator[ast.AST]:
    if isinstance(call.func, ast.Attribute):
        yield call.func.value
        if call.func.attr == "join":
            yield from getattr(call.args[0], "elts", ())


def _is_vietnamese(text: str) -> bool:
    return any(_MARKED.search(run) for run in _VIETNAMESE.findall(text))


def _is_sentence(text: str) -> bool:
    return bool(
        not _SQL.search(text)
        and "<" not in text
        and any(_ENGLISH.search(run) for run in _THREE_WORDS.findall(text))
    )


def _files(place: Path) -> list[Path]:
    return [place] if place.suffix == ".py" else sorted(place.rglob("*.py"))
