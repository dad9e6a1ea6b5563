"""Rows of tables as lines of text: cells set apart by tabs, the lines of a cell by spaces."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from crawler.extraction.attachments.paper_blocks import are_paper_blocks

CELL, WITHIN = "\x07", "\x1d"
"""The end of a cell, and of a paragraph inside one, in text that is in the making."""


def row_lines(cells: Sequence[Sequence[str]]) -> list[str]:
    """A row, each cell given by its lines, as one line.

    The two blocks of a paper's head or foot are no row, though many are typed as one.
    """
    if len(cells) == 2 and are_paper_blocks(line for cell in cells for line in cell):
        return [line for cell in cells for line in cell]
    return ["\t".join(" ".join(cell) for cell in cells).strip("\t")]


def lines_of(text: str) -> Iterator[str]:
    """The lines of a text whose rows have marks in them."""
    for line in text.split("\n"):
        if CELL not in line:
            yield line.replace(WITHIN, " ")
            continue
        cells = [[part.strip() for part in cell.split(WITHIN)] for cell in line.split(CELL)]
        held = [[part for part in cell if part] for cell in cells]
        yield from row_lines(held if held[-1] else held[:-1])
