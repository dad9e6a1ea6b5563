"""The words of a PDF page with their places, each page as it stands upright.

Coordinates are points; y grows downwards after `upright`. Everything here calls pdfium through its
own C interface, since a word costs two calls and a page has hundreds.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections import Counter
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

_CUT = "\ufffe\x02"
"""What pdfium puts for a hyphen that ends a line, in the place of the break too."""
_WORD = re.compile(f"[^\\s{_CUT}]+[{_CUT}]?")
_MAX_OBJECTS = 20_000
_MAX_RULES = 1_500
_THIN = 3.0


class PlacedWord(NamedTuple):
    """A word and its box."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float


class Rule(NamedTuple):
    """A ruled line, level or upright."""

    x0: float
    top: float
    x1: float
    bottom: float


def words_of(text: str, text_page: Any) -> tuple[list[PlacedWord], list[PlacedWord], int]:
    """The words that stand upright, the others, and by how many quarter turns they were turned."""
    box = pdfium.FS_RECTF()
    reference = ctypes.byref(box)
    found: dict[int, list[PlacedWord]] = {}
    for match in _WORD.finditer(text):
        first, last = match.start(), match.end() - 1
        piece = match[0]
        if piece[-1] in _CUT:
            piece = piece[:-1] + "-"
            last = max(first, last - 1)
        if not pdfium.FPDFText_GetLooseCharBox(text_page, first, reference):
            continue
        left, bottom, right, top = box.left, box.bottom, box.right, box.top
        if last > first:
            pdfium.FPDFText_GetLooseCharBox(text_page, last, reference)
            left, bottom = min(left, box.left), min(bottom, box.bottom)
            right, top = max(right, box.right), max(top, box.top)
        turn = _quarter_turns(pdfium.FPDFText_GetCharAngle(text_page, first))
        found.setdefault(turn, []).append(PlacedWord(piece, left, -top, right, -bottom))
    if not found:
        return [], [], 0
    counts = Counter({turn: sum(len(w.text) for w in words) for turn, words in found.items()})
    main = max(sorted(counts), key=lambda turn: counts[turn])
    if main == -1 and len(found) > 1:
        main = max(sorted(t for t in counts if t != -1), key=lambda turn: counts[turn])
    short = found.pop(main)
    return (
        [upright(word, main) for word in short] if main else short,
        [word for turn in sorted(found) for word in found[turn]],
        main,
    )


def _quarter_turns(angle: float) -> int:
    """0 to 3 for text that runs right, down, left or up; -1 for one that runs askew."""
    quarters = angle / (math.pi / 2)
    nearest = round(quarters)
    return nearest % 4 if abs(quarters - nearest) < 0.17 else -1


def upright(word: PlacedWord, turn: int) -> PlacedWord:
    """The word in coordinates in which its text runs to the right."""
    text, x0, top, x1, bottom = word
    if turn == 1:
        return PlacedWord(text, top, -x1, bottom, -x0)
    if turn == 2:
        return PlacedWord(text, -x1, -bottom, -x0, -top)
    if turn == 3:
        return PlacedWord(text, -bottom, x0, -top, x1)
    return word


def turned(rule: Rule, turn: int) -> Rule:
    """The rule in the coordinates of words that were turned upright."""
    return Rule(*upright(PlacedWord("", *rule), turn)[1:]) if turn > 0 else rule


def rules_of(page: Any) -> list[Rule]:
    """The ruled lines of a page: paths, or sides of rectangles, that are level or upright.

    None if there are so many that they draw a picture.
    """
    rules: list[Rule] = []
    count = min(pdfium.FPDFPage_CountObjects(page), _MAX_OBJECTS)
    sides = [ctypes.c_float() for _ in range(4)]
    left, bottom, right, top = sides
    for number in range(count):
        item = pdfium.FPDFPage_GetObject(page, number)
        if pdfium.FPDFPageObj_GetType(item) != pdfium.FPDF_PAGEOBJ_PATH:
            continue
        if not pdfium.FPDFPageObj_GetBounds(item, *map(ctypes.byref, sides)):
            continue
        box = Rule(left.value, -top.value, right.value, -bottom.value)
        rules += [box] if _is_thin(box) else _sides(item, box)
        if len(rules) > _MAX_RULES:
            return []
    return rules


def _is_thin(box: Rule) -> bool:
    return box.x1 - box.x0 <= _THIN or box.bottom - box.top <= _THIN


def _sides(path: Any, box: Rule) -> list[Rule]:
    """The four sides of a stroked box; of a path of several lines, each of them."""
    count = pdfium.FPDFPath_CountSegments(path)
    if count > 400:
        return []
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(path, ctypes.byref(matrix))
    x, y = ctypes.c_float(), ctypes.c_float()
    lines: list[Rule] = []
    here = start = (0.0, 0.0)
    for number in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(path, number)
        if not pdfium.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y)):
            continue
        point = (
            matrix.a * x.value + matrix.c * y.value + matrix.e,
            -(matrix.b * x.value + matrix.d * y.value + matrix.f),
        )
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            start = point
        elif kind == pdfium.FPDF_SEGMENT_LINETO:
            lines.append(_between(here, point))
        here = point
        if pdfium.FPDFPathSegment_GetClose(segment):
            lines.append(_between(here, start))
    return [line for line in lines if _is_thin(line)]


def _between(one: tuple[float, float], other: tuple[float, float]) -> Rule:
    return Rule(
        min(one[0], other[0]),
        min(one[1], other[1]),
        max(one[0], other[0]),
        max(one[1], other[1]),
    )
