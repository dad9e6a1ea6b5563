"""Whether a text says what was typed: marks or not, abbreviations or words written out.

As in a search: typed marks must stand in the text, marks that were not typed may.
"""

from __future__ import annotations

import re
from functools import lru_cache

from indexer.language.text import normalise
from indexer.language.vietnamese import analyse_word, carries
from indexer.query.abbreviations import table

_WORD = re.compile(r"[^\W_]+")
Word = tuple[str, str]


def says(typed: str, text: str) -> bool:
    """Whether the words of `typed` stand in `text`, in a row."""
    words = _written_out(text)
    return any(_stands_in(asked, words) for asked in _meanings(typed))


def _stands_in(asked: tuple[Word, ...], words: tuple[Word, ...]) -> bool:
    return any(
        all(
            folded == other and (not form or not other_form or carries(other_form, form))
            for (folded, form), (other, other_form) in zip(asked, words[start:], strict=False)
        )
        for start in range(len(words) - len(asked) + 1)
    )


@lru_cache(maxsize=1 << 12)
def _words(text: str) -> tuple[Word, ...]:
    return tuple(
        (word.lstrip("0") or "0", "") if word.isdecimal() else analyse_word(word)
        for word in _WORD.findall(normalise(text))
    )


@lru_cache(maxsize=1 << 12)
def _written_out(text: str) -> tuple[Word, ...]:
    """The words of a text, abbreviations of one meaning written out."""
    words, done = _words(text), 0
    result: list[Word] = []
    while done < len(words):
        found = [full for short, full in table().shorts(words[done][0]) if _is(short, words, done)]
        meanings = {tuple(folded for folded, _ in full) for full in found}
        if len(meanings) == 1:
            short = next(short for short, _ in table().shorts(words[done][0]))
            result += found[0]
            done += len(short)
        else:
            result.append(words[done])
            done += 1
    return tuple(result)


def _is(short: tuple[Word, ...], words: tuple[Word, ...], place: int) -> bool:
    here = [folded for folded, _ in words[place : place + len(short)]]
    return here == [folded for folded, _ in short]


@lru_cache(maxsize=1 << 8)
def _meanings(typed: str) -> tuple[tuple[Word, ...], ...]:
    """What was typed, as it is and with each meaning of its abbreviations; marks of these count
    for nothing."""
    plain = _words(typed)
    readings: list[tuple[Word, ...]] = [()]
    place = 0
    while place < len(plain):
        options: list[tuple[int, tuple[Word, ...]]] = [(1, (plain[place],))]
        options += [
            (len(short), tuple((folded, "") for folded, _ in full))
            for short, full in table().shorts(plain[place][0])
            if _is(short, plain, place)
        ]
        step = max(length for length, _ in options)
        chosen = [words for length, words in options if length == step]
        if step == 1:
            chosen = [words for _, words in options]
        readings = [(*before, *words) for before in readings for words in chosen][:64]
        place += step
    return tuple(dict.fromkeys(readings))
