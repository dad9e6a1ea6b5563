"""Words that stand on one line of the page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from crawler.extraction.attachments.words import Word

_TOGETHER = 0.12
"""The gap, as a share of the height, under which two pieces are one word."""


@dataclass(slots=True)
class Row:
    """Words from left to right."""

    words: list[Word]
    top: float
    bottom: float

    @property
    def text(self) -> str:
        """The words, spaced."""
        return joined(self.words)


def rows_of(words: Iterable[Word]) -> list[Row]:
    """The rows of a page from top to bottom: words with their middles at nearly one height."""
    rows: list[Row] = []
    for word in sorted(words, key=lambda word: (word.top + word.bottom, word.x0)):
        middle = (word.top + word.bottom) / 2
        row = rows[-1] if rows else None
        if row and _middle(row) + _reach(row, word) >= middle:
            row.words.append(word)
        else:
            rows.append(Row([word], word.top, word.bottom))
    for row in rows:
        row.words.sort(key=lambda word: word.x0)
    return rows


def _middle(row: Row) -> float:
    return (row.top + row.bottom) / 2


def _reach(row: Row, word: Word) -> float:
    return 0.4 * max(row.bottom - row.top, word.bottom - word.top)


def joined(words: list[Word]) -> str:
    """The words of a line as text. Pieces that touch are one word: a change of font within it."""
    text = ""
    last: Word | None = None
    for word in words:
        if last is not None and word.x0 - last.x1 > _TOGETHER * (word.bottom - word.top):
            text += " "
        text += word.text
        last = word
    return text
