"""From a text to tokens, as plain data: what every index of ours is fed, and every query asks for.

A token stands at a position. Several tokens may share one: a roman numeral and its number, all that
makes up one date. A term is a token's folded letters, a space and its form (`hoi hôi5`), so that
all spellings of a word lie next to each other in a sorted dictionary. A token that begins with `=`
is no word of the text but what it means: `=d17` the day of a date, `=q.` one letter that stands for
a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from indexer.language.dates import WrittenDate, dates
from indexer.language.numerals import GROUPED, is_roman, roman
from indexer.language.vietnamese import analyse_word

ANALYSIS_VERSION = 3
"""Counted up whenever the same text gives other tokens; an index of another version is rebuilt."""

WORD = re.compile(r"[^\W\d_]+(?:[\u0300-\u036f]+[^\W\d_]*)*|\d+")
_DIGIT = re.compile(r"\d")
_ONE_LETTER = r"[BCDGHKLMNPQRSTVX](?:\.|\s?\d|\s[^\W\d_])"


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


def marker(meaning: str) -> tuple[str, str]:
    """Folded letters and form of a token that stands for a meaning, such as `=d17`."""
    return meaning, meaning + "0"


def number(digits: str) -> tuple[str, str]:
    """Folded letters and form of a number; 02 is 2."""
    plain = digits.lstrip("0") or "0"
    if not plain.isascii():
        plain = "".join(str(int(digit)) for digit in plain)
    return plain, plain + "0"


def tokens(text: str, first: int = 0) -> list[Token]:
    """The tokens of one paragraph (normalised text), positions counted from `first`."""
    found: list[Token] = []
    position = first
    place = 0
    for start, end, date in figures(text):
        position, _ = words(found, text, place, start, position)
        figure(found, text, start, end, date, position)
        position += 1
        place = end
    words(found, text, place, len(text), position)
    return found


def figures(text: str) -> Iterator[tuple[int, int, WrittenDate | None]]:
    """Where a paragraph has dates and, with None, grouped numbers: each takes one position."""
    if not _DIGIT.search(text):
        return
    spans: list[tuple[int, int, WrittenDate | None]] = [
        (match.start(), match.end(), None) for match in re.finditer(GROUPED, text)
    ]
    spans += [(date.start, date.end, date) for date in dates(text)]
    place = 0
    for span in sorted(spans):
        if span[0] >= place:
            yield span
            place = span[1]


def figure(
    found: list[Token], text: str, start: int, end: int, date: WrittenDate | None, position: int
) -> None:
    """Add what one of the `figures` stands for."""
    if date is None:
        found.append(Token(*number(text[start:end].replace(".", "")), position, start, end))
    else:
        _date(found, text, date, position)


@lru_cache(maxsize=1 << 16)
def read(word: str) -> tuple[str, str, bool]:
    """Folded letters, form, and whether the word may be more than itself."""
    if word.isdecimal():
        return *number(word), False
    folded, form = analyse_word(word)
    cased = word.islower() or word.isupper() or word.istitle()
    odd = not cased or is_roman(word) or (len(word) == 1 and word.isupper())
    return folded, form, odd


def words(
    found: list[Token], text: str, start: int, end: int, position: int, before: str = ""
) -> tuple[int, str]:
    """Add the words of a stretch without `figures`, after the word `before` (folded).

    Returns the position that follows, and the last word.
    """
    add = found.append
    for match in WORD.finditer(text, start, end):
        folded, form, odd = read(match.group())
        if folded:
            first, last = match.span()
            add(Token(folded, form, position, first, last))
            if odd:
                position = _more(found, text, match, before, position)
            before = folded
            position += 1
    return position, before


def _more(found: list[Token], text: str, match: re.Match[str], before: str, position: int) -> int:
    """Add what a word is besides itself; the position of the last token."""
    word = match.group()
    value = roman(word, before)
    if value is not None:
        found.append(Token(*number(str(value)), position, *match.span()))
    elif len(word) == 1 and re.match(_ONE_LETTER, text[match.start() : match.end() + 2]):
        found.append(Token(*marker(f"={word.lower()}."), position, *match.span()))
    elif not (word.islower() or word.isupper() or word.istitle()):
        return _humps(found, word, match.start(), position)
    return position


def _humps(found: list[Token], word: str, start: int, position: int) -> int:
    """Add the parts of a word such as khóaXX or eOffice; the last one's position."""
    humps = [
        place
        for place in range(1, len(word))
        if word[place].isupper() and word[place - 1].islower()
    ]
    before = ""
    for first, last in pairwise([0, *humps, len(word)] if humps else []):
        folded, form = analyse_word(word[first:last])
        found.append(Token(folded, form, position, start + first, start + last))
        value = roman(word[first:last], before)
        if value is not None:
            found.append(Token(*number(str(value)), position, start + first, start + last))
        before = folded
        position += 1
    return position - 1 if humps else position


def _date(found: list[Token], text: str, date: WrittenDate, position: int) -> None:
    for match in WORD.finditer(text, date.start, date.end):
        word = match.group()
        folded, form, _ = read(word)
        found.append(Token(folded, form, position, *match.span()))
    for part in date.parts():
        found.append(Token(*marker(part), position, date.start, date.end))


ZONES = 3
"""Title, lead and body of a document."""


def pack_counts(title: int, lead: int, body: int) -> int:
    """Counts of a word in the zones of a document, in a byte: 2 bits, 2 bits, 4 bits."""
    return min(title, 3) << 6 | min(lead, 3) << 4 | min(body, 15)
