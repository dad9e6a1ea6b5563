"""What was typed, cut into pieces at its signs: words, phrases, groups in brackets, operators.

A sign is one only where it can be: a minus after a space and before a letter, brackets around
operators or fields. Elsewhere it is punctuation, and does no harm.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from archive.ground.message import Message
from indexer.named_tuple import NamedTuple
from indexer.query.fields import FIELDS, OPERATORS, ORS

_BEGINS = r"(?<![^\s(])"
_OPERAND = r'(?=[^\W\d_]|["(=*])'
_PREFIX = (
    rf"\s*(?P<minus>{_BEGINS}-{_OPERAND})?"
    rf"(?P<field>(?:{_BEGINS}|(?<={_BEGINS}-))(?:{'|'.join(FIELDS)}):\s*(?=\S))?"
    rf"(?(field)(?P<within>-{_OPERAND})?)"
    r'(?P<exact>=(?=\**[^\W_]|"))?'
)
_PHRASE = r'"(?P<words>[^"]*)(?P<closed>"(?:~(?P<order>>?)(?P<near>\d+))?)?'
_WORD = r'[^\s"]+'
# Without any of these a query is words alone.
_SIGNS = frozenset('-:"=(')

_BRACKETS = r'"[^"]*"|[()]'
_OPERATOR = rf"(?:{'|'.join(sorted(OPERATORS))})"
_INSIDE = rf"[\s(](?:{_OPERATOR}(?=[\s(]|$)|[-=]{_OPERAND}|(?i:{'|'.join(FIELDS)}):\S)|\*\w"
_BEFORE = rf"(?:{_BEGINS}-|{_BEGINS}-?(?i:{'|'.join(FIELDS)}):\s*-?|(?:^|\s){_OPERATOR}\s+)$"
_AFTER = rf"\s+{_OPERATOR}\s"
_MOST_GROUPS = 50
_DIGITS = 20
_FARTHEST = 999
"""How many words may stand between others that are to be near, at most."""


class QueryPiece(NamedTuple):
    """A word or a phrase with its signs, or a `group` of pieces that stood in brackets.

    Words of a phrase may have up to `near` others between them, if that is not None, in any order
    unless `ordered`.
    """

    text: str
    quoted: bool = False
    negative: bool = False
    field: str = ""
    exact: bool = False
    near: int | None = None
    ordered: bool = False
    group: tuple[QueryPiece, ...] = ()

    @property
    def run(self) -> str | None:
        """The field of a bare word, empty for none; None for what is no bare word of a text."""
        bare = not (self.quoted or self.negative or self.exact or self.group)
        return self.field if bare and self.field in ("", "title") else None

    @property
    def plain(self) -> bool:
        """Whether it is a word and nothing else."""
        return self.run == ""

    @property
    def operator(self) -> bool:
        """Whether it may be an operator."""
        return self.plain and self.text in OPERATORS

    @property
    def is_or(self) -> bool:
        """Whether it may be an OR."""
        return self.plain and self.text in ORS

    def within(self, field: str) -> QueryPiece:
        """The same, as it is under a field that stands before its brackets."""
        group = tuple(piece.within(field) for piece in self.group)
        return self._replace(group=group, field=self.field or ("" if self.operator else field))


@cache
def _compiled(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """Compiled when the first query with signs comes."""
    return re.compile(pattern, flags)


def pieces_of(text: str, notes: list[Message]) -> list[QueryPiece]:
    """The pieces of a query (normalised, its quotation marks and dashes plain)."""
    if _SIGNS.isdisjoint(text):
        return [*map(QueryPiece, text.split())]
    return [*_read(text, 0, len(text), _groups(text), notes)]


def _read(
    text: str, place: int, end: int, groups: dict[int, int], notes: list[Message]
) -> Iterator[QueryPiece]:
    while prefix := _compiled(_PREFIX, re.IGNORECASE).match(text, place, end):
        place = prefix.end()
        if place >= end:
            return
        field = (prefix["field"] or "").lower().rstrip().rstrip(":")
        negative = bool(prefix["minus"] or prefix["within"])
        close = groups.get(place)
        if close is not None:
            inside = tuple(_read(text, place + 1, close, groups, notes))
            group = tuple(piece.within(field) for piece in inside) if field else inside
            yield QueryPiece(text[place : close + 1], negative=negative, field=field, group=group)
            place = close + 1
        elif phrase := _compiled(_PHRASE).match(text, place, end):
            place = phrase.end()
            if phrase["closed"]:
                near = min(int(phrase["near"][:4]), _FARTHEST) if phrase["near"] else None
                if near == _FARTHEST < int(phrase["near"][:_DIGITS]):
                    notes.append(Message("indexer.near-at-most", most=_FARTHEST))
                yield QueryPiece(
                    phrase["words"],
                    True,
                    negative,
                    field,
                    bool(prefix["exact"]),
                    near,
                    bool(phrase["order"]),
                )
            else:
                notes.append(Message("indexer.quotation-mark-alone"))
                yield from _unclosed(
                    phrase["words"], negative=negative, field=field, exact=bool(prefix["exact"])
                )
        elif text[place] == "(":
            # A bracket that groups nothing is punctuation, and hides no sign behind it.
            place += 1
        elif word := _compiled(_WORD).match(text, place, end):
            place = word.end()
            written = word.group().rstrip(")") if field else word.group()
            yield QueryPiece(written or word.group(), False, negative, field, bool(prefix["exact"]))


def _unclosed(text: str, *, negative: bool, field: str, exact: bool) -> Iterator[QueryPiece]:
    """What follows a quotation mark without a partner, with the signs that stand before it."""
    words = tuple(QueryPiece(word, exact=exact).within(field) for word in text.split())
    if words and field not in ("", "title"):
        yield QueryPiece(text.strip(), True, negative, field)
    elif words and negative:
        yield QueryPiece(text, negative=True, field=field, group=words)
    else:
        yield from words


def _groups(text: str) -> dict[int, int]:
    """Where brackets that group open, and where each of them closes."""
    opened: list[int] = []
    pairs: list[tuple[int, int]] = []
    for match in _compiled(_BRACKETS).finditer(text):
        if match.group() == "(":
            opened.append(match.start())
        elif match.group() == ")" and opened:
            pairs.append((opened.pop(), match.start()))
    if len(pairs) > _MOST_GROUPS:
        return {}
    return {
        first: last
        for first, last in pairs
        if last > first + 1
        and (first == 0 or text[first - 1] in " \t\n(-:")
        and (
            _compiled(_INSIDE).search(text, first, last)
            or _compiled(_BEFORE).search(text[:first])
            or _compiled(_AFTER).match(text, last + 1)
        )
    }
