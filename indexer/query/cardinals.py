"""Small numbers that count a word or are a name's: hai cấp and 2 cấp, quận bảy and quận 7."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from indexer.language.analysis import number
from indexer.language.spelled_numbers import (
    are_of_numbers,
    in_words,
    value_in_words,
    value_of,
)
from indexer.language.vietnamese import analyse_word, fold
from indexer.named_tuple import NamedTuple
from indexer.query.abbreviations import Words
from indexer.query.query_tokens import QueryToken

_ALSO_OTHERS = ("một",)
"""Cardinals that are mostly other words: some."""

_ASKING = ("nao",)
"""What no number counts: năm nào asks for a year."""

_NAMED = frozenset(
    analyse_word(written)
    for word in ("quận", "phường", "lớp", "vòng", "tầng", "ấp", "khối", "số")
    for written in (word, fold(word))
)
"""Words after which a number is a name: quận bảy, lớp một, số một."""


MULTIPLIERS = frozenset({"nghin", "ngan", "trieu", "ty", "ti"})
"""Words that belong to a number before its unit, folded: 2 triệu đồng."""


class Cardinal(NamedTuple):
    """The tokens from `first` to `last` are a number, which is also written in these `ways`.

    That is so before the next word, which it counts, or `named` after the word before it.
    """

    first: int
    last: int
    ways: tuple[Words, ...]
    named: bool


def cardinals(row: Sequence[QueryToken]) -> Iterator[Cardinal]:
    """The numbers of a row of tokens that have other ways, in words or in digits."""
    for first, last, value in _numbers(row):
        ways = _ways(row[first], value)
        before, after = row[first - 1 : first], row[last : last + 1]
        if before and before[0].end == row[first].start:
            continue
        if before and before[0].options[0][0][:2] in _NAMED:
            yield Cardinal(first, last, ways, True)
        if after and _is_counted(row[last - 1], after[0]) and row[first].text not in _ALSO_OTHERS:
            yield Cardinal(first, last, ways, False)


def is_cardinal(text: str) -> bool:
    """Whether it is a small number, in digits or one word."""
    return text.isdecimal() or value_of(text) is not None


def behind_numbers(words: Sequence[str]) -> set[int]:
    """The places in a row of folded words that are behind a number, or a word that belongs to it.

    What stands there may be a unit.
    """
    return {
        place
        for place, word in enumerate(words, start=1)
        if word in MULTIPLIERS or word.replace(",", "").isdecimal()
    }


def _numbers(row: Sequence[QueryToken]) -> Iterator[tuple[int, int, int]]:
    """Where numbers stand, and what they are worth; of several words the longest."""
    done = 0
    for place, token in enumerate(row):
        if place < done or len(token.options) != 1:
            continue
        if token.text.isdecimal() and token.text.isascii() and in_words(int(token.text[:4])):
            yield place, place + 1, int(token.text)
        elif token.number:
            done = place + token.width
            words = " ".join(one.text for one in row[place:done])
            if are_of_numbers(words):
                yield place, done, value_in_words(words)
        elif (value := value_of(token.text)) is not None:
            yield place, place + 1, value


def _ways(token: QueryToken, value: int) -> tuple[Words, ...]:
    if not token.text.isdecimal():
        return ((number(str(value)),),)
    return tuple(tuple(map(analyse_word, words.split())) for words in in_words(value))


def _is_counted(last: QueryToken, after: QueryToken) -> bool:
    """Whether a word is counted by the number before it."""
    return (
        after.start == last.end + 1
        and after.text.isalpha()
        and after.text.islower()
        and after.date is None
        and after.options[0][0].folded not in _ASKING
        and value_of(after.text) is None
    )
