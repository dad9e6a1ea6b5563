"""From a text to tokens, as plain data: what every index of ours is fed, and every query asks for.

A token stands at a position. Several tokens may share one: a roman numeral and its number, all that
makes up one date. A term is a token's folded letters, a space and its form (`hoi hôi5`), so that
all spellings of a word lie next to each other in a sorted dictionary.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from indexer.vietnamese import analyse_word

ANALYSIS_VERSION = 1
"""Counted up whenever the same text gives other tokens; an index of another version is rebuilt."""

LEAD_START = 1024
BODY_START = 4096
PARAGRAPH_GAP = 8
_ZONE_GAP = 64

_WORD = re.compile(r"[^\W\d_]+(?:[\u0300-\u036f]+[^\W\d_]*)*|\d+")


class Token(NamedTuple):
    """A word at a position, and where it is written in the text (characters, end excluded)."""

    folded: str
    form: str
    position: int
    start: int
    end: int


def term(folded: str, form: str) -> str:
    """The dictionary key of a spelling: `hoi hôi5`."""
    return f"{folded} {form}"


def tokens(text: str, first: int = 0) -> Iterator[Token]:
    """The tokens of one paragraph (normalised text), positions counted from `first`."""
    position = first
    for match in _WORD.finditer(text):
        folded, form = analyse_token(match.group())
        if folded:
            yield Token(folded, form, position, match.start(), match.end())
            position += 1


def analyse_token(word: str) -> tuple[str, str]:
    """Folded letters and form of a word or number; 02 is 2."""
    if word.isdecimal():
        number = str(int(word)) if len(word) < 40 else word.lstrip("0")
        return number, number + "0"
    return analyse_word(word)


class Occurrences:
    """Where one spelling stands in one document: counts by zone and all positions in order."""

    __slots__ = ("body", "lead", "positions", "title")

    def __init__(self) -> None:
        self.title = 0
        self.lead = 0
        self.body = 0
        self.positions: array[int] = array("I")


def analyse_document(title: str, lead: str | None, body: Iterable[str]) -> dict[str, Occurrences]:
    """The terms of a document. Title, lead and body have positions of their own, in this order."""
    found: dict[str, Occurrences] = {}
    end = _add_zone(found, "title", (title,), 0)
    end = _add_zone(found, "lead", (lead or "",), max(LEAD_START, end + _ZONE_GAP))
    _add_zone(found, "body", body, max(BODY_START, end + _ZONE_GAP))
    return found


def _add_zone(
    found: dict[str, Occurrences], zone: str, paragraphs: Iterable[str], first: int
) -> int:
    for paragraph in paragraphs:
        last = first
        for token in tokens(paragraph, first):
            key = term(token.folded, token.form)
            occurrences = found.get(key)
            if occurrences is None:
                occurrences = found[key] = Occurrences()
            setattr(occurrences, zone, getattr(occurrences, zone) + 1)
            occurrences.positions.append(token.position)
            last = token.position
        first = last + PARAGRAPH_GAP
    return first
