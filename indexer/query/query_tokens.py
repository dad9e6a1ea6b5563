"""The positions of what was typed, each with all the ways to read it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from indexer.language.analysis import Token, marker, tokens
from indexer.language.dates import WrittenDate, dates
from indexer.query.abbreviations import Table
from indexer.query.tree import Atom

Option = tuple[Atom, ...]
_WORD = r"[^\W\d_]+|\d+"
_JOINTS = frozenset("&+/-")


class QueryToken(NamedTuple):
    """One position of what was typed, from `start` to `end` in it.

    Each of the `options` may stand there. `whole` is the same for a word that takes up this token
    and others up to `width` (khóaXX typed as one). `joined` says that a joint (&, -, /) follows.
    """

    text: str
    start: int
    end: int
    options: tuple[Option, ...]
    joined: bool = False
    whole: tuple[Option, ...] = ()
    width: int = 1
    date: WrittenDate | None = None


def query_tokens(text: str, abbreviations: Table) -> list[QueryToken]:
    """The tokens of a run of typed words; a date is one token."""
    found: list[QueryToken] = []
    place = 0
    for date in dates(text):
        found += _between(text, place, date.start, abbreviations)
        found.append(_date(text, date))
        place = date.end
    found += _between(text, place, len(text), abbreviations)
    return found


def loose_query_tokens(date: QueryToken, abbreviations: Table) -> list[QueryToken]:
    """The words of a date, each in a token of its own."""
    return [
        query_token
        for match in re.finditer(_WORD, date.text)
        for query_token in _between(date.text, match.start(), match.end(), abbreviations)
    ]


def things(row: list[QueryToken], text: str) -> Iterator[tuple[int, int]]:
    """Stretches of tokens that are one thing: a date, a document's number, a word in parts."""
    first = 0
    for last in range(1, len(row) + 1):
        if last < len(row) and _glued(row[last - 1], row[last], text):
            continue
        stretch = row[first:last]
        numbered = len(stretch) > 1 and any(
            c.isdecimal() for query_token in stretch for c in query_token.text
        )
        if (
            numbered
            or stretch[0].date is not None
            or any(query_token.whole for query_token in stretch)
        ):
            yield first, last
        first = last


def _glued(left: QueryToken, right: QueryToken, text: str) -> bool:
    if left.date is not None or right.date is not None:
        return False
    return not any(character.isspace() for character in text[left.end : right.start])


def _between(text: str, start: int, end: int, abbreviations: Table) -> Iterator[QueryToken]:
    part = text[start:end]
    groups = [list(group) for _, group in groupby(tokens(part), key=lambda token: token.position)]
    for place, group in enumerate(groups):
        shortest = min(token.end for token in group)
        long = [token for token in group if token.end > shortest]
        short = [token for token in group if token.end == shortest]
        width = 1
        if long:
            width = sum(others[0].start < long[0].end for others in groups[place:])
        yield QueryToken(
            text=part[short[0].start : shortest],
            start=start + short[0].start,
            end=start + shortest,
            options=tuple(_options(part, short, abbreviations)),
            joined=part[shortest : shortest + 2].lstrip()[:1] in _JOINTS,
            whole=tuple((Atom(token.folded, token.form),) for token in long),
            width=width,
        )


def _options(text: str, group: list[Token], abbreviations: Table) -> Iterator[Option]:
    for token in group:
        starred = text[token.end : token.end + 1] == "*" and not token.folded.startswith("=")
        yield (Atom(token.folded, token.form, prefix=starred),)
    letter = group[0].folded
    if len(group) == 1 and len(letter) == 1 and not letter.isdecimal():
        folded, form = marker(f"={letter}.")
        if abbreviations.shorts(folded):
            yield (Atom(folded, form),)


def _date(text: str, date: WrittenDate) -> QueryToken:
    other = [marker(part) for part in date.parts() if not part.startswith("=d")]
    rest = tuple(Atom(folded, form) for folded, form in other)
    days = tuple(Atom(*marker(f"=d{day}")) for day in date.days)
    options = tuple((day, *rest) for day in days) or (rest,)
    return QueryToken(text[date.start : date.end], date.start, date.end, options, date=date)
