"""What the terminal's code says without asking for a translation."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

_MARKED = {"_": 1, "N_": 1, "ngettext": 2, "forms": 2}
"""Functions that translate or mark, and how many of their arguments are messages."""
_PRINTING = frozenset(("echo", "print_line", "print_none", "say", "append", "prompt", "confirm"))
_CODES = frozenset(
    [
        "Message",
        "Option",
        "TypeVar",
        "argument",
        "compile",
        "count_of",
        "critical",
        "error",
        "find_spec",
        "get_close_matches",
        "getattr",
        "getLogger",
        "hasattr",
        "log_failure",
        "import_module",
        "info",
        "isoformat",
        "option",
        "print_csv",
        "print_json",
        "print_none",
        "reconfigure",
        "replace",
        "setattr",
        "strftime",
        "sub",
    ]
)
"""Functions that take names, patterns, headers, options (their help is told by
`search_cli.command`) and what goes into a log; all but the first argument of `print_none`."""
_NOT_SAID = frozenset(("encoding", "errors", "fg", "timespec", "param_hint", "extra"))
_TYPED = re.compile(
    r"`[^`]*`|--[\w-]+|\$\w+|https?://|<[^>]*>|\baside/|\b(?:hdnd|UTC|Python)\b:?|\w+\.\w[\w.-]*"
)
_WORD = re.compile(r"[^\W\d_][\w-]+")


def unmarked(source: str) -> Iterator[tuple[int, str]]:
    """Each text of a module that a person may read untranslated, with its line.

    Sentences are found wherever they stand, single words where they are printed, yielded or
    returned. Left out are docstrings, annotations, decorators, keys, what is compared with, and the
    `SECTIONS` of the list of commands.
    """
    for part in ast.parse(source).body:
        if not (isinstance(part, ast.Assign) and ast.unparse(part.targets[0]) == "SECTIONS"):
            yield from _in(part, said=False)


def _in(node: ast.AST, *, said: bool) -> Iterator[tuple[int, str]]:
    match node:
        case ast.Expr(value=ast.Constant()):
            return
        case ast.Constant(value=str(text)):
            if _is_text(text, said):
                yield node.lineno, text
        case ast.JoinedStr(values=parts):
            text = "".join(part.value for part in parts if isinstance(part, ast.Constant))
            if _is_text(text, True):
                yield node.lineno, text
            for part in parts:
                if isinstance(part, ast.FormattedValue):
                    yield from _in(part.value, said=said)
        case ast.Call():
            yield from _in_call(node)
        case _:
            said = said or isinstance(node, ast.Return | ast.Yield | ast.YieldFrom)
            said = said and not isinstance(node, ast.Tuple | ast.Set | ast.Dict)
            for part in _said_of(node):
                yield from _in(part, said=said)


def _said_of(node: ast.AST) -> Iterator[ast.AST]:
    """The parts of a node that can come to be said."""
    match node:
        case ast.FunctionDef(body=body) | ast.ClassDef(body=body) | ast.match_case(body=body):
            yield from body
        case ast.AnnAssign(value=value):
            yield from [value] if value else []
        case ast.Dict(values=values):
            yield from values
        case ast.Compare() | ast.Subscript():
            parts = ast.iter_child_nodes(node)
            yield from (part for part in parts if isinstance(part, ast.Call))
        case ast.IfExp(body=body, orelse=orelse):
            yield from (body, orelse)
        case _:
            yield from ast.iter_child_nodes(node)


def _in_call(call: ast.Call) -> Iterator[tuple[int, str]]:
    function = call.func
    name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
    yield from _in(function, said=False)
    for place, part in enumerate(call.args):
        if place < _MARKED.get(name, 0):
            continue
        if name in _CODES and not (name == "print_none" and not place):
            continue
        yield from _in(part, said=name in _PRINTING)
    for keyword in call.keywords if name not in _CODES else ():
        if keyword.arg not in _NOT_SAID:
            yield from _in(keyword.value, said=False)


def _is_text(text: str, said: bool) -> bool:
    words = _WORD.findall(_TYPED.sub("", text))
    return bool(words) and (said or len(words) > 1 or words[0].istitle())
