"""Pages of one column, known by a few boxes, for which pdfium's own lines are right as they are.

Most pages of a long file are such, and a box a line costs a fifth of a box a word.
"""

from __future__ import annotations

import ctypes
from itertools import pairwise
from statistics import median
from typing import Any

import pypdfium2.raw as pdfium

_WIDE = 1.0
"""A gap between the pieces of a line, in heights, that may part columns."""
_CUT = "\ufffe"


def simple_lines(text: str, text_page: Any) -> list[str] | None:
    """The lines of a page if they follow each other downwards without a gap in one, else None."""
    if "  " in text:
        return None
    lines = text.split("\r\n")
    widths = _row_widths(text_page, len(lines) + text.count(_CUT))
    if widths is None:
        return None
    if _CUT in text:
        lines = text.replace(_CUT, "-\r\n").split("\r\n")
    if any(line.endswith(" ") or not line for line in lines[:-1]):
        return None
    spread = [width / len(line) for line, width in zip(lines, widths, strict=True) if len(line) > 4]
    if spread and max(spread) > 1.5 * median(spread):
        return None
    return lines


def _row_widths(text_page: Any, expected: int) -> list[float] | None:
    """The widths of the rows, or None if they are not as many as expected, level and in order."""
    count = pdfium.FPDFText_CountRects(text_page, 0, -1)
    if not expected <= count <= 12 * expected:
        return None
    sides = [ctypes.c_double() for _ in range(4)]
    left, top, right, bottom = sides
    by_reference = [ctypes.byref(side) for side in sides]
    boxes: list[tuple[float, float, float, float]] = []
    for number in range(count):
        pdfium.FPDFText_GetRect(text_page, number, *by_reference)
        boxes.append((left.value, -top.value, right.value, -bottom.value))
    rows = [[boxes[0]]]
    for before, box in pairwise(boxes):
        height = max(before[3] - before[1], box[3] - box[1])
        if box[1] < before[3] - 0.3 * height and box[3] > before[1] + 0.3 * height:
            if not -0.3 * height <= box[0] - before[2] < _WIDE * height:
                return None
            rows[-1].append(box)
        elif box[1] >= before[1] and len(rows) < expected:
            rows.append([box])
        else:
            return None
    if len(rows) != expected:
        return None
    if any(row[0][3] - row[0][1] > 2 * (row[-1][2] - row[0][0]) for row in rows if len(rows) > 1):
        return None
    return [row[-1][2] - row[0][0] for row in rows]
