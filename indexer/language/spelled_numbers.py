"""Numbers in words: ordinals (kỳ họp thứ mười hai), months (tháng tám), cardinals (hai mươi lăm).

What stands after *thứ*, *lần*, *hạng*, *quý* or *khóa* is read as a number up to 999, a month after
*tháng*, a day before *tháng*. In a text with marks the number has its own (*lần sau* is no sixth
time); in one without any it has none. A number of several syllables with its marks is one wherever
it stands (quận mười hai).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from indexer.language.vietnamese import fold
from indexer.named_tuple import NamedTuple

_UNITS = {
    "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5, "nhăm": 5,
    "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9,
}  # fmt: skip
_FIRSTS = {"nhất": 1, "nhì": 2}
_MONTHS = {"giêng": 1, "chạp": 12}
_TEN, _TENS, _HUNDRED, _AND = "mười", "mươi", "trăm", ("linh", "lẻ")
_AFTER_TENS = ("mốt", "tư", "lăm", "nhăm")
"""Units before which the word for tens may be left out: hai mốt."""

_AFTER_TENS_ALONE = ("mốt", "lăm", "nhăm")
"""Those of them that are nothing else."""

_WITHIN = (_TEN, _TENS, _HUNDRED, *_AFTER_TENS_ALONE)
"""One of which a number of several syllables has."""

CARDINALS = ("một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười")
"""One to ten as they are counted."""

_HUNDREDS, _FOUR = 100, 4

_HEADS = ("thứ", "lần", "hạng", "quý", "khóa", "khoá")


class SpelledNumber(NamedTuple):
    """A number in words, and where it is written (characters, end excluded).

    An `ordinal` stands after a word such as thứ.
    """

    start: int
    end: int
    value: int
    ordinal: bool = True


def ordinals(text: str) -> Iterator[SpelledNumber]:
    """The ordinals in words of a text (NFC), from left to right."""
    bare = text.isascii()
    lowered = text.lower() if bare or text.isupper() else text
    clues = _BARE_CLUES if bare else _CLUES
    if any(_may_follow(lowered, clue) for clue in clues if clue in lowered):
        for match in _ordinal(bare).finditer(text):
            yield SpelledNumber(*match.span(1), _value(match[1]))


def cardinals(text: str) -> Iterator[SpelledNumber]:
    """The numbers of several syllables, with marks, of a text (NFC), from left to right."""
    if text.isascii():
        return
    if any(map(text.lower().__contains__, _WITHIN)):
        for match in _cardinal(False).finditer(text):
            yield SpelledNumber(*match.span(), _value(match.group()), ordinal=False)


def folded_cardinal(words: str) -> int | None:
    """What several folded syllables are worth if they may be a number; None if they may not."""
    syllables = words.split()
    if len(syllables) < 2 or not _FOLDED.issuperset(syllables):
        return None
    return _value(words) if _cardinal(True).fullmatch(words) else None


def _may_follow(text: str, clue: str) -> bool:
    """Whether a number in words may follow anywhere on what a word before one ends with."""
    after = (part.lstrip()[:2].lower() for part in text.split(clue)[1:])
    return any(map(_BEGINNINGS.__contains__, after))


def with_month_figures(text: str) -> str:
    """The text with months in words, and days before them, as figures; no offset changes."""
    bare = text.isascii()
    if not any(map(text.__contains__, ("hang ", "HANG ") if bare else ("háng ", "HÁNG "))):
        return text
    return _month(bare).sub(_figures, text)


def value_of(word: str) -> int | None:
    """What a cardinal up to ten with all its marks is worth; None for another word."""
    return CARDINALS.index(word) + 1 if word in CARDINALS else None


def value_in_words(words: str) -> int:
    """What a number in words with marks is worth, up to 999."""
    return _value(words)


def are_of_numbers(words: str) -> bool:
    """Whether each of some words is one of a number, with its marks or without (not muối)."""
    return all(map(_values().__contains__, words.lower().split()))


def in_words(number: int) -> list[str]:
    """The ways to say a number from 1 to 99, or hundreds up to 900; none of another one."""
    if not 0 < number < 10 * _HUNDREDS:
        return []
    if number <= len(CARDINALS):
        return [CARDINALS[number - 1]]
    if number >= _HUNDREDS:
        hundreds, rest = divmod(number, _HUNDREDS)
        return [f"{CARDINALS[hundreds - 1]} {_HUNDRED}"] if not rest else []
    tens, unit = divmod(number, len(CARDINALS))
    ten = _TEN if tens == 1 else f"{CARDINALS[tens - 1]} {_TENS}"
    if not unit:
        return [ten]
    usual = {1: "mốt" if tens > 1 else "một", 5: "lăm"}.get(unit, CARDINALS[unit - 1])
    return [f"{ten} {usual}"] + ([f"{ten} tư"] if unit == _FOUR and tens > 1 else [])


def _figures(match: re.Match[str]) -> str:
    words = match[1] or match[2]
    return match.group()[: -len(words)] + str(_value(words)).rjust(len(words))


def _value(words: str) -> int:
    values = _values()
    numbers = [values[word] for word in words.lower().split() if word in values]
    if 100 in numbers:
        return 100 * numbers[0] + (_of(numbers[2:]) if numbers[2:] else 0)
    return _of(numbers)


def _of(numbers: list[int]) -> int:
    if 10 not in numbers:
        return numbers[0] if len(numbers) == 1 else 10 * numbers[0] + numbers[1]
    place = numbers.index(10)
    return 10 * (sum(numbers[:place]) or 1) + sum(numbers[place + 1 :])


@cache
def _values() -> dict[str, int]:
    known = {**_UNITS, **_FIRSTS, **_MONTHS, _TEN: 10, _TENS: 10, _HUNDRED: 100}
    return {fold(word): value for word, value in known.items()} | known


def _number(*others: str, bare: bool) -> str:
    """A number up to 999 as a regular expression, or one of some other words."""

    def any_of(words: tuple[str, ...]) -> str:
        return "|".join(dict.fromkeys(fold(word) if bare else word for word in words))

    unit, ten, tens = any_of(tuple(_UNITS)), any_of((_TEN,)), any_of((_TENS,))
    last, hundred = any_of(_AFTER_TENS), any_of((_HUNDRED,))
    up_to_99 = rf"(?:{unit})\s+(?:{tens})(?:\s+(?:{unit}))?|(?:{ten})(?:\s+(?:{unit}))?"
    alone = any_of((*others, *_UNITS))
    # Năm before figures is a year.
    return (
        rf"(?:(?:{unit})\s+(?:{hundred})(?:\s+(?:{any_of(_AND)})\s+(?:{unit})|\s+(?:{up_to_99}))?"
        rf"|{up_to_99}|(?:{unit})\s+(?:{last})|(?:{alone}))"
        r"(?!\w)(?!(?<=[ăa]m)\s+\d)"
    )


@cache
def _ordinal(bare: bool) -> re.Pattern[str]:
    heads = "|".join(dict.fromkeys(fold(head) if bare else head for head in _HEADS))
    return re.compile(rf"(?<!\w)(?:{heads})\s+({_number(*_FIRSTS, bare=bare)})", re.IGNORECASE)


def cardinal_pattern(*, bare: bool = False) -> str:
    """The numbers in words from eleven to 999, folded or with marks, as a regular expression.

    Năm after mười counts years, and hai ba is two or three.
    """

    def any_of(*words: str) -> str:
        return "|".join(dict.fromkeys(fold(word) if bare else word for word in words))

    unit = any_of(*(word for word in _UNITS if word != "năm"))
    digit, ten, tens = any_of(*_UNITS), any_of(_TEN), any_of(_TENS)
    up_to_99 = (
        rf"(?:{digit})\s+{tens}(?:\s+(?:{unit})(?!\w))?|{ten}\s+(?:{unit})(?!\w)"
        rf"|(?:{unit})\s+(?:{any_of(*_AFTER_TENS_ALONE)})(?!\w)"
    )
    beyond = rf"\s+(?:{any_of(*_AND)})\s+(?:{digit})(?!\w)|\s+(?:{up_to_99})(?!\w)"
    return rf"(?:{digit})\s+{any_of(_HUNDRED)}(?:{beyond})?|{up_to_99}"


@cache
def _cardinal(bare: bool) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{cardinal_pattern(bare=bare)})(?!\w)", re.IGNORECASE)


@cache
def _month(bare: bool) -> re.Pattern[str]:
    day, month, before = (
        ("ngay|mung|mong", "thang", "ngay") if bare else ("ngày|mùng|mồng", "tháng", "ngày")
    )
    return re.compile(
        rf"(?<!\w)(?:(?:{day})\s+({_number(bare=bare)})(?=\s+{month}\s)"
        rf"|(?<!{before}\s){month}\s+({_number(*_MONTHS, bare=bare)}))",
        re.IGNORECASE,
    )


_BARE_CLUES = ("thu ", "lan ", "hang ", "quy ", "khoa ")
_CLUES = ("hứ ", "ần ", "ạng ", "uý ", "hóa ", "hoá ")
"""One of which a text with marks has, if it has an ordinal in words and small letters."""

_FOLDED = {fold(word) for word in (*_UNITS, _TEN, _TENS, _HUNDRED, *_AND)}
"""The syllables of cardinals, folded."""

_BEGINNINGS = {
    word[:2] for spelled in (*_UNITS, *_FIRSTS, _TEN) for word in (spelled, fold(spelled))
}
"""How a number in words begins."""
