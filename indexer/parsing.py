"""From what a person typed to a query tree. No input raises, no word is dropped in silence."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from indexer.analysis import analyse_token, tokens
from indexer.query import All, Any, Atom, Edge, Node, Not, Prefix, Words
from indexer.text import normalise

_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»＂″〝〞", '"'))
_PIECE = re.compile(r'(?P<minus>(?<!\S)[-−–](?=["\w]))?(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))')
_OR = frozenset({"OR", "HOẶC"})


@dataclass(frozen=True, slots=True)
class Query:
    """A query as it was read. `node` is None if there is nothing to look for."""

    text: str
    node: Node | None
    notes: tuple[str, ...] = ()


def parse(text: str) -> Query:
    """Read a query."""
    plain = normalise(text).translate(_QUOTES)
    groups: list[list[Node]] = [[]]
    for match in _PIECE.finditer(plain):
        if match["word"] in _OR and not match["minus"]:
            groups.append([])
            continue
        nodes = _phrase(match["phrase"]) if match["word"] is None else _word(match["word"])
        for node in nodes:
            groups[-1].append(Not(node) if match["minus"] else node)
    parts = [All(tuple(nodes)) if len(nodes) > 1 else nodes[0] for nodes in groups if nodes]
    if not parts:
        return Query(plain, None)
    return Query(plain, parts[0] if len(parts) == 1 else Any(tuple(parts)))


def _word(text: str) -> list[Node]:
    title_only = text.lower().startswith("title:")
    if title_only:
        text = text[len("title:") :]
    found = list(tokens(text))
    if not found:
        return []
    if text.endswith("*"):
        *rest, last = found
        folded, form = analyse_token(text[last.start : last.end])
        return [
            *([_sequence(text, rest, title_only)] if rest else []),
            Prefix(text, Atom(folded, form), title_only),
        ]
    if any(text[token.start : token.end].isdecimal() for token in found):
        return [_sequence(text, found, title_only)]
    return [_sequence(text[token.start : token.end], [token], title_only) for token in found]


def _phrase(text: str) -> list[Node]:
    found = list(tokens(text))
    return [_sequence(text, found, False)] if found else []


def _sequence(text: str, found: list, title_only: bool) -> Words:  # type: ignore[type-arg]
    edges = tuple(
        Edge(place, place + 1, ((Atom(token.folded, token.form),),))
        for place, token in enumerate(found)
    )
    return replace(Words(text, len(found), edges), title_only=title_only)
