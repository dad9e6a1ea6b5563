"""From what a person typed to a query tree. No input raises, no word is dropped in silence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

from indexer.language.dates import WrittenDate
from indexer.language.text import normalise, plain_signs
from indexer.query.abbreviations import Table, table
from indexer.query.fields import FIELDS, OPERATORS, Scope, field_node, scope_of
from indexer.query.query_tokens import QueryToken, loose_query_tokens, query_tokens, things
from indexer.query.token_graph import TokenGraph, clusters
from indexer.query.tree import And, Node, Not, Or, Zone, describe

_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»＂″〝〞❝❞", '"'))
# Without any of these a query is words alone. A minus is an operator only after a space and before
# a letter or a quotation mark.
_MARKS = frozenset('-:"')
_PIECE = (
    r'(?P<minus>(?<!\S)-(?=[^\W\d_]|"))?'
    rf"(?P<field>(?:(?<!\S)|(?<=(?<!\S)-))(?:{'|'.join(FIELDS)}):\s*(?=\S))?"
    r'(?:"(?P<phrase>[^"]*)(?P<closed>")?|(?P<word>[^\s"]+))'
)
_USUAL = frozenset(".,;:!?&/()'-")
_SHOWN = 40


class Query(NamedTuple):
    """A query as it was read. `node` is None if there is nothing to look for.

    `plain` says that it was words and nothing else; `notes` how it was read where it was not.
    `scope` is where all of it is to be looked for, by `in:`; empty for anywhere.
    """

    text: str
    node: Node | None
    plain: bool = True
    notes: tuple[str, ...] = ()
    scope: Scope = ""


class _Piece(NamedTuple):
    text: str
    quoted: bool = False
    negative: bool = False
    field: str = ""

    @property
    def plain(self) -> bool:
        return not (self.quoted or self.negative or self.field)

    @property
    def is_or(self) -> bool:
        return self.text in OPERATORS and self.plain


def parse(text: str, abbreviations: Table | None = None) -> Query:
    """Read a query."""
    return _Parser(abbreviations or table()).parse(text)


class _Parser:
    def __init__(self, abbreviations: Table) -> None:
        self._table = abbreviations
        self._notes: list[str] = []
        self._zone: Zone = ""

    def parse(self, text: str) -> Query:
        clean = plain_signs(normalise(text)).translate(_QUOTES)
        scopes, pieces = _scoped(self._pieces(clean))
        scope = scopes[-1] if scopes else ""
        self._zone = "title" if scope == "title" else "body" if scope else ""
        groups = list(self._alternatives(pieces))
        parts = [all_of(nodes) for nodes in map(self._group, groups) if nodes]
        if not parts:
            self._notes.append("there is no word to look for")
            return Query(clean, None, False, tuple(self._notes), scope)
        node = parts[0] if len(parts) == 1 else Or(tuple(parts))
        plain = all(piece.plain for piece in pieces) and len(groups) == 1 and "*" not in clean
        plain = plain and not scope
        if not plain:
            said = describe(node)
            self._notes.insert(0, f"read as: in:{scope} {said}" if scope else f"read as: {said}")
        return Query(clean, node, plain, tuple(self._notes), scope)

    def _pieces(self, text: str) -> Iterator[_Piece]:
        if _MARKS.isdisjoint(text):
            yield from map(_Piece, text.split())
            return
        for match in re.finditer(_PIECE, text, re.IGNORECASE):
            quoted = match["phrase"] is not None
            word = match["phrase"] if quoted else match["word"]
            if quoted and not match["closed"]:
                self._notes.append("a quotation mark has no partner: left out")
                yield from (_Piece(part) for part in word.split())
                continue
            field = (match["field"] or "").lower().rstrip().rstrip(":")
            yield _Piece(word, quoted, bool(match["minus"]), field)

    def _alternatives(self, pieces: list[_Piece]) -> Iterator[list[_Piece]]:
        """What stands between the ORs; an OR with nothing on one side is a word."""
        group: list[_Piece] = []
        for place, piece in enumerate(pieces):
            after = pieces[place + 1 : place + 2]
            if piece.is_or and group and after and not after[0].is_or:
                yield group
                group = []
            else:
                group.append(piece)
        yield group

    def _group(self, pieces: list[_Piece]) -> list[Node]:
        nodes: list[Node] = []
        for plain, run in groupby(pieces, key=lambda piece: piece.plain):
            if plain:
                nodes += self._run([piece.text for piece in run], zone=self._zone)
            else:
                for piece in run:
                    nodes += self._special(piece)
        return nodes

    def _special(self, piece: _Piece) -> list[Node]:
        if piece.field and piece.field != "title":
            node = field_node(piece.field, piece.text)
            if node is None:
                self._notes.append(f"{piece.field}:{piece.text} makes no sense: read as words")
                return self._run([piece.field, piece.text], zone=self._zone)
            nodes: list[Node] = [node]
        elif piece.quoted:
            nodes = self._phrase(piece.text, zone="title" if piece.field == "title" else self._zone)
        else:
            nodes = self._run([piece.text], zone="title" if piece.field == "title" else self._zone)
        if nodes and piece.negative:
            return [Not(all_of(nodes))]
        return nodes

    def _phrase(self, text: str, *, zone: Zone) -> list[Node]:
        row = query_tokens(text, self._table)
        if not row:
            self._left_out([f'"{text}"'])
            return []
        lattice = TokenGraph(row, self._table)
        return [lattice.words(0, len(row), zone=zone, quoted=True)]

    def _run(self, words: list[str], *, zone: Zone) -> list[Node]:
        """The nodes of plain words: each for itself, but for what is one thing."""
        self._left_out([word for word in words if not any(c.isalnum() for c in word)])
        text = " ".join(words)
        row = query_tokens(text, self._table)
        if not row:
            return []
        lattice = TokenGraph(row, self._table)
        fixed = list(things(row, text))
        spans = [span for span in lattice.spans if span not in fixed]
        joined = [(place, place + one.width) for place, one in enumerate(row) if one.hyphenated]
        nodes: list[Node] = []
        place = 0
        for first, last in [*clusters([*fixed, *spans, *joined]), (len(row), len(row))]:
            nodes += [lattice.words(lone, lone + 1, zone) for lone in range(place, first)]
            if (first, last) in fixed and row[first].date is not None:
                nodes.append(self._date(lattice, row, first, zone))
            elif (first, last) in fixed or last - first == 1:
                nodes.append(lattice.words(first, last, zone))
            elif first < last:
                alone = [lattice.words(lone, lone + 1, zone) for lone in range(first, last)]
                whole = lattice.words(first, last, zone)
                label = "" if (first, last) in joined else whole.text
                nodes.append(Or((whole, all_of(list(alone))), label))
            place = last
        return nodes

    def _date(self, lattice: TokenGraph, row: list[QueryToken], place: int, zone: Zone) -> Node:
        """A date that says little, or that may be a document's number, may be just its words."""
        query_token = row[place]
        meant = lattice.words(place, place + 1, zone)
        loose = loose_query_tokens(query_token, self._table)
        plain = TokenGraph(loose, self._table)
        if query_token.date is None or len(loose) < 2:
            return meant
        if not (isinstance(query_token.date, WrittenDate) and query_token.date.whole):
            alone = [plain.words(lone, lone + 1, zone) for lone in range(len(loose))]
            return Or((meant, all_of(list(alone))), query_token.text)
        if any(character.isalpha() for character in query_token.text):
            return meant
        return Or((meant, plain.words(0, len(loose), zone)), query_token.text)

    def _left_out(self, words: list[str]) -> None:
        odd = [word[:_SHOWN] for word in words if not _USUAL.issuperset(word)]
        if odd:
            self._notes.append(f"left out, having no letter or digit: {' '.join(odd)[:_SHOWN]}")


def _scoped(pieces: Iterable[_Piece]) -> tuple[list[Scope], list[_Piece]]:
    """The scopes that pieces name, and the pieces that name none."""
    scopes: list[Scope] = []
    others: list[_Piece] = []
    for piece in pieces:
        scope = scope_of(piece.text) if piece.field == "in" and not piece.negative else None
        if scope is None:
            others.append(piece)
        else:
            scopes.append(scope)
    return scopes, others


def all_of(nodes: list[Node]) -> Node:
    """One node that asks for all of these."""
    return nodes[0] if len(nodes) == 1 else And(tuple(nodes))
