"""Abbreviations and what they stand for, from a table that a person can extend."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from itertools import chain
from typing import TYPE_CHECKING

from archive.ground.errors import UsageError
from archive.ground.message import Message
from indexer.language.analysis import WORD, in_capitals, marker, read, tokens
from indexer.language.text import normalise
from indexer.language.vietnamese import analyse_word, fold_all

if TYPE_CHECKING:
    from pathlib import Path

Words = tuple[tuple[str, str], ...]
"""Words in a row, each as its folded letters and its form."""


Pair = tuple[str, str]
"""A row of the table as it is written: an abbreviation, and the words for which it stands."""

_WORD = r"[^\W\d_]+|\d+"
_OF_SEVERAL_LINES = (
    *(
        f"{body} thành phố{name}"
        for body in ("hội đồng nhân dân", "ủy ban nhân dân")
        for name in ("", " hồ chí minh", " hà nội")
    ),
    "sở giáo dục và đào tạo",
    "phòng giáo dục và đào tạo",
)
"""What a query often reads as one thing by several lines of the table: UBND TP, sở GD&ĐT."""

_FIRST_WORDS = rf"(?m)^[\W_]*?({_WORD})"
"""The first word of each line, where every line has one."""


class Table:
    """All abbreviations, found by the folded letters of either side's first word.

    Rows are analysed when they are asked for: a query meets few of them.
    """

    def __init__(self, pairs: list[Pair]) -> None:
        self._shorts = _by_first_word(pairs, 0)
        self._fulls = _by_first_word(pairs, 1)

    def shorts(
        self, folded: str, fits: Callable[[Words], bool] = bool
    ) -> list[tuple[Words, Words]]:
        """(abbreviation, words) for all abbreviations that fit whose first word is this one."""
        return [
            (side, words_of(full))
            for short, full in self._shorts.get(folded, ())
            if fits(side := _short(short))
        ]

    def fulls(self, folded: str, fits: Callable[[Words], bool] = bool) -> list[tuple[Words, Words]]:
        """(words, abbreviation) for all words that fit whose first, written out, is this one."""
        return [
            (side, _short(short))
            for short, full in self._fulls.get(folded, ())
            if fits(side := words_of(full))
        ]

    def written(self) -> Iterator[Words]:
        """All ways to write what a query reads as one thing by the table: each part of it in words,
        or abbreviated.

        That is what a line of the table has in words, or what several often have together. Some
        come several times.
        """
        shorts: dict[Words, list[Words]] = {}
        for short, full in chain.from_iterable(self._fulls.values()):
            shorts.setdefault(words_of(full), []).append(_short(short))

        def ways(words: Words) -> Iterator[Words]:
            if not words:
                yield ()
            for place in range(len(words)):
                first, others = words[: place + 1], words[place + 1 :]
                begins = [*shorts.get(first, ()), *([first] if not place else ())]
                yield from (begin + rest for rest in ways(others) for begin in begins)

        return chain.from_iterable(map(ways, [*shorts, *map(words_of, _OF_SEVERAL_LINES)]))


@cache
def table(extra: Path | str | None = None) -> Table:
    """The table that comes with the program, with the rows of a file of one's own added.

    Raises `UsageError` if the file can't be read, or a line of it is not of the form described in
    its head: abbreviation, tab, words.
    """
    pairs = [*_pairs(_text(f"{__file__.removesuffix('.py')}.tsv"))]
    if extra is not None:
        try:
            own = normalise(_text(extra).removeprefix("\ufeff"))
        except (OSError, UnicodeDecodeError) as error:
            from archive.ground.causes import cause_of

            raise UsageError(
                "indexer.abbreviations-unreadable", path=extra, reason=cause_of(error)
            ) from error
        for number, line in enumerate(own.splitlines(), start=1):
            for pair in _pairs(line):
                if not all(re.search(_WORD, side) for side in pair):
                    raise UsageError(
                        "indexer.no-abbreviation",
                        path=extra,
                        line=number,
                        text=line,
                        hint=Message("indexer.write-abbreviations"),
                    )
                pairs.append(pair)
    return Table(pairs)


def _text(path: Path | str) -> str:
    with open(path, encoding="utf-8") as file:  # noqa: PTH123  (see `archive.ground.home`)
        return file.read()


def lines_of(path: str) -> Iterator[str]:
    """The lines of a table that comes with the program."""
    return _lines(_text(path))


def _lines(text: str) -> Iterator[str]:
    return (line for line in text.splitlines() if line.strip() and not line.startswith("#"))


def _pairs(text: str) -> Iterator[Pair]:
    for line in _lines(text):
        short, _, full = line.partition("\t")
        yield short.strip(), full


def _by_first_word(pairs: list[Pair], side: int) -> dict[str, list[Pair]]:
    firsts = re.findall(_FIRST_WORDS, "\n".join([pair[side] for pair in pairs]))
    found: dict[str, list[Pair]] = {}
    for folded, pair in zip(fold_all(firsts), pairs, strict=True):
        # One letter alone is what a marker of the index stands for.
        one_letter = len(folded) == 1 and side == 0 and sum(map(str.isalnum, pair[0])) == 1
        found.setdefault(f"={folded}." if one_letter else folded, []).append(pair)
    return found


@cache
def _short(text: str) -> Words:
    """An abbreviation; a part of it that is a syllable too (CA, TƯ) is meant in capitals alone.

    Not beside capitals that are no syllable (AN-QP).
    """
    words = words_of(text)
    if len(words) == 1 and len(words[0][0]) == 1:
        return (marker(f"={words[0][0]}."),)
    capitals = [word for word in re.findall(_WORD, text) if word.isupper() and len(word) > 1]
    marked = {
        form: in_capitals(word, form) for word in capitals for form in (analyse_word(word)[1],)
    }
    if None in marked.values():
        return words
    return tuple(marked.get(form) or (folded, form) for folded, form in words)


@lru_cache(maxsize=1 << 12)
def words_of(text: str) -> Words:
    """A row of words as a query reads them: each once, whatever else it means."""
    if not any(map(str.isdigit, text)):
        return tuple(
            [(folded, form) for folded, form, _ in map(read, WORD.findall(text)) if folded]
        )
    words: list[tuple[str, str]] = []
    end = 0
    for token in tokens(text):
        # What else a word means or is made of (ThS) begins within it.
        if token.start >= end:
            words.append((token.folded, token.form))
            end = token.end
    return tuple(words)


EMPTY = Table([])
"""No abbreviations: what is to be found is what was typed."""
