"""From tesseract's table of words (TSV) to the lines of a page."""

from __future__ import annotations

import math
from itertools import pairwise
from statistics import median

from crawler.extraction.attachments.columns import band_lines, find_bands
from crawler.extraction.attachments.rows import Row
from crawler.extraction.attachments.words import PlacedWord, upright

_WORD = "5"
_FIELDS = 12
_SURE, _SURE_IF_SHORT = 12.0, 30.0
"""Confidence, in percent, below which a mark on the paper is no word."""
_SIGNS = frozenset("-–—+•/()…")


def lines_from_tsv(table: str) -> list[str]:
    """The lines in tesseract's order; gaps that run down several of them part columns."""
    rows = _rows(table)
    if not rows:
        return []
    shown: list[str] = []
    for band in find_bands(rows, median(row.bottom - row.top for row in rows), []):
        if band.parted:
            shown += band_lines(band)
        else:
            shown += [" ".join(word.text for word in row.words) for row in band.rows]
    return shown


def skew_of(table: str) -> float:
    """The angle, in radians, by which lines fall to the right (y grows downwards)."""
    slopes = []
    for row in _rows(table):
        first, last = row.words[0], row.words[-1]
        across = last.x0 + last.x1 - first.x0 - first.x1
        if len(row.words) >= 4 and across > 0:
            slopes.append((last.top + last.bottom - first.top - first.bottom) / across)
    return math.atan(median(slopes)) if len(slopes) >= 3 else 0.0


def _rows(table: str) -> list[Row]:
    """Tesseract's lines, upright."""
    lines: dict[tuple[int, ...], list[PlacedWord]] = {}
    for row in table.split("\n")[1:]:
        fields = row.split("\t")
        if len(fields) != _FIELDS or fields[0] != _WORD or not fields[11].strip():
            continue
        left, top, width, height = map(float, fields[6:10])
        text = fields[11].strip()
        if not _is_word(text, float(fields[10])):
            continue
        place = tuple(map(int, fields[1:5]))
        lines.setdefault(place, []).append(PlacedWord(text, left, top, left + width, top + height))
    turn = _turn(list(lines.values()))
    return [_row([upright(word, turn) for word in words]) for words in lines.values()]


def _is_word(text: str, sure: float) -> bool:
    if not any(letter.isalnum() for letter in text) and text not in _SIGNS:
        return False
    return sure >= (_SURE_IF_SHORT if len(text) < 3 else _SURE)


def _row(words: list[PlacedWord]) -> Row:
    return Row(words, min(word.top for word in words), max(word.bottom for word in words))


def _turn(lines: list[list[PlacedWord]]) -> int:
    """By how many quarter turns the paper lay askew: tesseract tells places as it lay."""
    across = down = 0.0
    for words in lines:
        for before, after in pairwise(words):
            across += after.x0 + after.x1 - before.x0 - before.x1
            down += after.top + after.bottom - before.top - before.bottom
    if abs(across) >= abs(down):
        return 0 if across >= 0 else 2
    return 1 if down >= 0 else 3
