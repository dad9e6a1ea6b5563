"""The words of a Vietnamese text, each a date, a number, a name or mere wording.

A word is a run of letters and digits with what may stand inside it (`1.250`, `17/8`, `UBND-VP`), or
one other mark. A date is written in figures, with `ngày`, `tháng`, `năm`, `quý` or a time of day; a
name is a run of capitalised syllables that a sentence's beginning does not explain.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class WordKind(StrEnum):
    """What a word is to a reader, the most telling first."""

    DATE = "date"
    NUMBER = "number"
    NAME = "name"
    WORDING = "wording"


@dataclass(frozen=True, slots=True)
class Word:
    """One word; `spaced` says that a space stands before it."""

    text: str
    spaced: bool
    kind: WordKind


_WORD = re.compile(r"\w+(?:[./:,\-–]\w+)*%?|\S")
_DATE = re.compile(
    r"""
    \b (?: [Nn]gày | [Ss]áng | [Cc]hiều | [Tt]ối ) \s+ \d{1,2} (?: [/.-] \d{1,2} ){1,2} \b
    | \b [Nn]gày \s+ (?: mồng \s+ | mùng \s+ )? \d{1,2} \b
    | \b [Tt]háng \s+ \d{1,2} (?: [/.-] \d{4} )? \b
    | \b [Nn]ăm \s+ \d{4} (?: \s* [-–] \s* \d{4} )? \b
    | \b [Qq]uý \s+ (?: [IVX]+ | \d ) (?: [/] \d{4} )? \b
    | \b [Tt]hứ \s+ (?: Hai | Ba | Tư | Năm | Sáu | Bảy ) \b | \b [Cc]hủ \s+ [Nn]hật \b
    | (?<! \d ) (?: 0?[1-9] | [12]\d | 3[01] ) ([/.-]) (?: 0?[1-9] | 1[0-2] ) \1 \d{4} (?! \d )
    | (?<! \d ) (?: 0?[1-9] | 1[0-2] ) / (?: 19 | 20 ) \d{2} (?! \d )
    | (?<! \d ) (?: [01]?\d | 2[0-4] ) (?: h \d{0,2} | : [0-5]\d | \s* giờ (?: \s* [0-5]?\d \b )? )
    """,
    re.VERBOSE,
)
_NUMBER = re.compile(r"(?=.*\d).+|[IVXLC]{2,}", re.DOTALL)
_SENTENCE_ENDS = frozenset(".!?:;…\"“”'‘’-–•*(")


def words_of(text: str) -> list[Word]:
    """The words of a text in order; joined again with their spaces they are the text."""
    found = list(_WORD.finditer(text))
    dates = _dates(text)
    capital = [match[0][0].isupper() for match in found] if text != text.upper() else []
    words: list[Word] = []
    for n, match in enumerate(found):
        spaced = match.start() > 0 and text[match.start() - 1].isspace()
        if dates[match.start()]:
            kind = WordKind.DATE
        elif _NUMBER.fullmatch(match[0]):
            kind = WordKind.NUMBER
        elif capital and capital[n] and not _is_explained(found, capital, n):
            kind = WordKind.NAME
        else:
            kind = WordKind.WORDING
        words.append(Word(match[0], spaced, kind))
    return words


def join(words: Sequence[Word]) -> str:
    """The text that words stand for."""
    return "".join(f" {word.text}" if word.spaced else word.text for word in words)


def kinds_of(removed: Sequence[Word], added: Sequence[Word]) -> tuple[WordKind, ...]:
    """The kinds of which the two sides have not the same words."""
    return tuple(
        kind
        for kind in WordKind
        if Counter(w.text for w in removed if w.kind is kind)
        != Counter(w.text for w in added if w.kind is kind)
    ) or (WordKind.WORDING,)


def _dates(text: str) -> bytearray:
    marked = bytearray(len(text))
    for match in _DATE.finditer(text):
        marked[match.start() : match.end()] = b"\x01" * (match.end() - match.start())
    return marked


def _is_explained(found: Sequence[re.Match[str]], capital: list[bool], n: int) -> bool:
    """Whether a capital is there because a sentence begins: no capital stands beside it."""
    begins = n == 0 or found[n - 1][0] in _SENTENCE_ENDS
    beside = capital[max(n - 1, 0) : n] + capital[n + 1 : n + 2]
    return begins and not any(beside)
