"""A page as a picture that OCR reads well: grey, upright, without stamp and ink."""

from __future__ import annotations

import ctypes
import math
from itertools import compress

import pypdfium2
import pypdfium2.raw as pdfium

from crawler.extraction.attachments import problems
from crawler.extraction.attachments.findings import UnreadableFile
from crawler.extraction.attachments.limits import MAX_PICTURE, MAX_PIXELS
from crawler.extraction.attachments.pdf import open_pdf

DPI, COARSE = 200, 150
PIXELS = f"{MAX_PICTURE // 1_000_000} megapixels"
_COLOURED = 48
"""How far red and blue are apart in a dot that has a colour, of 255."""
_DARK = 96
_BELOW = 24
"""How much darker than ink on paper a dot is that has a letter below the ink."""


def drawn(data: bytes, number: int, dpi: int, askew: float = 0.0) -> tuple[bytes, int]:
    """A page of a PDF as a picture (netpbm), turned back by `askew` radians; its dots an inch.

    Those are as many as asked for, or fewer if the page is huge.

    A red stamp and blue ink over the text are left out.
    """
    page = open_pdf(data)[number - 1]
    points = page.get_size()
    area = max(1.0, points[0] * points[1])
    scale = min(dpi / 72, (MAX_PIXELS / area) ** 0.5)
    width, height = (max(1, round(side * scale)) for side in points)
    bitmap = pypdfium2.PdfBitmap.new_native(width, height, pdfium.FPDFBitmap_BGR)
    bitmap.fill_rect((255, 255, 255, 255), 0, 0, width, height)
    matrix = _turned(scale, -askew, points)
    clip = pdfium.FS_RECTF(0, 0, width, height)
    pdfium.FPDF_RenderPageBitmapWithMatrix(
        bitmap, page, ctypes.byref(matrix), ctypes.byref(clip), pdfium.FPDF_ANNOT
    )
    pixels = bytes(bitmap.buffer)
    rows = range(0, height * bitmap.stride, bitmap.stride)
    blue, red = (
        b"".join(pixels[row + first : row + 3 * width : 3] for row in rows) for first in (0, 2)
    )
    return b"P5 %d %d 255\n" % (width, height) + without_colour(red, blue), round(scale * 72)


def dpi_for(data: bytes, number: int) -> int:
    """The dots an inch at which a page is best drawn: those of its scan, if they are enough.

    Raises UnreadableFile for a page with a picture so large that it is not drawn.

    Measured: a scan of 150 is read best as it is, one of 100 at 150: at 200 lines are lost.
    """
    page = open_pdf(data)[number - 1]
    width = page.get_width()
    widest, dpi = 0.0, float(DPI)
    for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=2):
        across, down = item.get_px_size()
        if across * down > MAX_PICTURE:
            raise UnreadableFile(problems.LIMIT, PIXELS)
        left, _, right, _ = item.get_bounds()
        if right - left > max(widest, width / 2):
            widest = right - left
            dpi = across * 72 / widest
    if dpi < 110:
        return COARSE
    return round(dpi) if 140 <= dpi <= DPI else DPI


def _turned(scale: float, angle: float, points: tuple[float, float]) -> pdfium.FS_MATRIX:
    """The matrix that scales a page and turns it about its middle, y growing downwards."""
    a, b = scale * math.cos(angle), scale * math.sin(angle)
    x, y = points[0] / 2, points[1] / 2
    return pdfium.FS_MATRIX(a, b, -b, a, scale * x - a * x + b * y, scale * y - b * x - a * y)


def without_colour(red: bytes, blue: bytes) -> bytes:
    """The dots in grey, those in colour as white as paper: a stamp, a pen.

    A letter below the ink is darker than the ink on paper, and stays. If most of what is printed is
    in colour, it is what the page says: it is kept dark. All dots are compared at once, as the
    digits of large numbers; the last bit of each counts for nothing.
    """
    if red == blue:
        return red
    size = len(red)
    a, b = int.from_bytes(red, "big"), int.from_bytes(blue, "big")
    half_a, half_b = a >> 1 & _digits(0x7F, size), b >> 1 & _digits(0x7F, size)
    high = _digits(0x80, size)
    reddish = (half_a | high) - half_b & high
    mask = _spread(reddish)
    lighter = a & mask | b & ~mask
    darker = b & mask | a & ~mask
    difference = (lighter >> 1 & _digits(0x7F, size)) - (darker >> 1 & _digits(0x7F, size))
    coloured = difference + _digits(0x80 - _COLOURED // 2, size) & high
    dark = size - _at_least(lighter, _DARK, size).bit_count()
    if coloured.bit_count() > 2 * dark:
        return darker.to_bytes(size, "big")
    white = 0
    for ink in (coloured & reddish, coloured & ~reddish):
        white |= ink & _at_least(lighter, _usual(lighter, ink, size) - _BELOW, size)
    under = _spread(coloured & ~white)
    return (lighter & ~under | darker & under | _spread(white)).to_bytes(size, "big")


def _usual(values: int, where: int, size: int) -> int:
    """The median of the bytes at those places; 255 if there are none."""
    if not where:
        return 255
    held = sorted(compress(values.to_bytes(size, "big"), where.to_bytes(size, "big")))
    return held[len(held) // 2]


def _at_least(values: int, bound: int, size: int) -> int:
    """The highest bit of each byte that is no less than the bound."""
    half = values >> 1 & _digits(0x7F, size)
    return half + _digits(0x80 - bound // 2, size) & _digits(0x80, size)


def _digits(byte: int, size: int) -> int:
    return int.from_bytes(bytes([byte]) * size, "big")


def _spread(high: int) -> int:
    """Of each byte whose highest bit is set all bits."""
    return high | high - (high >> 7)
