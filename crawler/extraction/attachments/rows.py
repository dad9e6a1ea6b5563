"""Words that stand on one line of the page."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from crawler.extraction.attachments.words import PlacedWord

_LEVEL = 0.12
"""How much lower, in heights, what stands on one line of writing may end."""
_OFFSET = 1.0
"""How much lower, in heights, what stands side by side may be."""
_LETTERS = 4
"""So many single letters at least make a line whose letters are set apart."""
_TOGETHER = 0.12
"""The gap, as a share of the height, under which two pieces are one word."""


@dataclass(slots=True)
class Row:
    """Words from left to right."""

    words: list[PlacedWord]
    top: float
    bottom: float

    @property
    def text(self) -> str:
        """The words, spaced."""
        return joined(self.words)


def rows_of(words: Iterable[PlacedWord]) -> list[Row]:
    """The rows of a page from top to bottom: words with their middles at nearly one height."""
    rows: list[Row] = []
    for level in _levels(words):
        above = rows[-1] if rows else None
        if above and _middle(above) + _reach(above, level) >= _middle(level):
            above.words += level.words
        else:
            rows.append(level)
    for row in rows:
        row.words.sort(key=lambda word: word.x0)
    return _side_by_side(rows)


def _levels(words: Iterable[PlacedWord]) -> list[Row]:
    """Words that stand on one line of writing: their boxes end there, but marks heighten some."""
    levels: list[list[PlacedWord]] = []
    for word in sorted(words, key=lambda word: (word.bottom, word.x0)):
        first = levels[-1][0] if levels else None
        if first and word.bottom - first.bottom <= _LEVEL * (first.bottom - first.top):
            levels[-1].append(word)
        else:
            levels.append([word])
    rows = []
    for level in levels:
        bottom = level[0].bottom
        rows.append(Row(level, bottom - median(w.bottom - w.top for w in level), bottom))
    return rows


def _side_by_side(rows: list[Row]) -> list[Row]:
    """The rows, those as one that stand side by side at somewhat different heights."""
    merged: list[Row] = []
    for row in rows:
        above = merged[-1] if merged else None
        if above and row.top - above.top < _OFFSET * (row.bottom - row.top) and _apart(above, row):
            words = sorted([*above.words, *row.words], key=lambda word: word.x0)
            bottom = max(above.bottom, row.bottom)
            merged[-1] = Row(words, above.top, bottom)
        else:
            merged.append(row)
    return merged


def _apart(one: Row, other: Row) -> bool:
    """Whether there is a gap between two rows, from left to right, as between columns."""
    gap = max(other.words[0].x0 - one.words[-1].x1, one.words[0].x0 - other.words[-1].x1)
    return gap > one.bottom - one.top


def _middle(row: Row) -> float:
    return (row.top + row.bottom) / 2


def _reach(one: Row, other: Row) -> float:
    return 0.4 * max(one.bottom - one.top, other.bottom - other.top)


def _wide(words: list[PlacedWord]) -> float:
    """The gap from which on it parts words, in a line whose letters are set apart."""
    if len(words) < _LETTERS or any(len(word.text) > 1 for word in words):
        return math.inf
    return 1.5 * median(after.x0 - before.x1 for before, after in pairwise(words))


def joined(words: list[PlacedWord]) -> str:
    """The words of a line as text.

    Pieces that touch are one word: a change of font within it. Between words of a line whose
    letters are set apart there are two spaces.
    """
    text = ""
    last: PlacedWord | None = None
    wide = _wide(words)
    for word in words:
        if last is not None and word.x0 - last.x1 > _TOGETHER * (word.bottom - word.top):
            text += "  " if word.x0 - last.x1 > wide else " "
        text += word.text
        last = word
    return text
