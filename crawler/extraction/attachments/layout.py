"""From words with their places to lines in the order in which a person reads them.

A page is rows of words. Where a ruled grid stands, the words of a cell belong together and the
cells of a row make one line, set apart by tabs. Elsewhere a gap that runs down several rows parts
columns: columns of running text are read one after the other, what looks like a table by rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median
from typing import NamedTuple

from crawler.extraction.attachments.columns import band_lines, find_bands
from crawler.extraction.attachments.grids import Grid, find_grids
from crawler.extraction.attachments.rows import Row, rows_of
from crawler.extraction.attachments.words import PlacedWord, Rule


class Line(NamedTuple):
    """A line as it is read, and how high on the page it begins."""

    text: str
    top: float


def lay_out(words: Sequence[PlacedWord], rules: Sequence[Rule]) -> list[str]:
    """The lines of a page in reading order."""
    if not words:
        return []
    size = median(word.bottom - word.top for word in words) or 1.0
    grids = find_grids(rules, words) if rules else []
    inside: dict[int, list[PlacedWord]] = {}
    outside: list[PlacedWord] = []
    for word in words:
        number = next((n for n, grid in enumerate(grids) if grid.holds(word)), None)
        if number is None:
            outside.append(word)
        else:
            inside.setdefault(number, []).append(word)
    lines = _free_lines(rows_of(outside), size, [grids[number].top for number in inside])
    for number, held in inside.items():
        lines += _grid_lines(grids[number], held)
    lines.sort(key=lambda line: line.top)
    return [line.text for line in lines]


def _free_lines(rows: list[Row], size: float, breaks: list[float]) -> list[Line]:
    lines: list[Line] = []
    for band in find_bands(rows, size, breaks):
        top = band.rows[0].top
        texts = band_lines(band) if band.parted else [row.text for row in band.rows]
        if band.parted:
            lines += [Line(text, top) for text in texts]
        else:
            lines += [Line(text, row.top) for text, row in zip(texts, band.rows, strict=True)]
    return lines


def _grid_lines(grid: Grid, words: list[PlacedWord]) -> list[Line]:
    return [Line(text, grid.top) for text in grid.lines(words)]
