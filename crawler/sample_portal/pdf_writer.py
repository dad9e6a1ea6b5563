"""PDF files (ISO 32000-1) with Vietnamese text, written object by object.

The fonts are not embedded: codes above the ASCII ones stand for the Vietnamese letters that a file
has, by glyph names that viewers know. A file in the fonts of TCVN3 has their bytes instead.
"""

from __future__ import annotations

import struct
import unicodedata
import zlib
from collections.abc import Sequence
from typing import NamedTuple

A4 = (595, 842)
_FIRST = 128
_WIDTHS = (
    250, 333, 408, 500, 500, 833, 778, 180, 333, 333, 500, 564, 250, 333, 250, 278, 500, 500, 500,
    500, 500, 500, 500, 500, 500, 500, 278, 278, 564, 564, 564, 444, 921, 722, 667, 667, 722, 611,
    556, 722, 722, 333, 389, 722, 611, 889, 722, 722, 556, 722, 667, 556, 611, 722, 722, 944, 722,
    722, 611, 333, 278, 333, 469, 500, 333, 444, 500, 444, 500, 444, 333, 500, 500, 278, 278, 500,
    278, 778, 500, 500, 500, 500, 333, 389, 278, 500, 500, 722, 500, 500, 444, 480, 200, 480, 541,
)  # fmt: skip
"""The widths of Times-Roman from the space to the tilde, in thousandths of its size."""


class PdfText(NamedTuple):
    """A line of text: where it begins (or its middle, if centred), from the page's lower left."""

    x: float
    y: float
    text: str
    size: int = 13
    bold: bool = False
    centred: bool = False


class Stroke(NamedTuple):
    """A thin line."""

    x0: float
    y0: float
    x1: float
    y1: float


class Picture(NamedTuple):
    """A picture of one bit a dot that fills its page: the data of a PNG file (ISO/IEC 15948)."""

    png: bytes


Item = PdfText | Stroke | Picture


def write_pdf(title: str, pages: Sequence[Sequence[Item]], *, tcvn3: bool = False) -> bytes:
    """A file of these pages, the same bytes for the same pages."""
    letters = _letters(pages)
    font = _tcvn3_fonts() if tcvn3 else _fonts(letters)
    codes = {} if tcvn3 else {letter: _FIRST + n for n, letter in enumerate(letters)}
    head = 3 + len(font)
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"", *font]
    objects.append(b"<< /Title <FEFF%b> >>" % title.encode("utf-16-be").hex().encode())
    kids = []
    for items in pages:
        kids.append(len(objects) + 1)
        pictures = [item for item in items if isinstance(item, Picture)]
        resources = b"/Font << /F1 3 0 R /F2 4 0 R >>"
        if pictures:
            resources += b" /XObject << /P %d 0 R >>" % (len(objects) + 3)
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Contents %d 0 R "
            b"/Resources << %b >> >>" % (*A4, len(objects) + 2, resources)
        )
        objects.append(_stream(b"\n".join(_drawn(item, codes) for item in items)))
        objects += [_picture(one) for one in pictures]
    listed = b" ".join(b"%d 0 R" % kid for kid in kids)
    objects[1] = b"<< /Type /Pages /Kids [%b] /Count %d >>" % (listed, len(kids))
    return _file(objects, info=head)


def width(text: str, size: float) -> float:
    """How wide a line is, in points; a letter with marks is as wide as without."""
    return sum(map(_width, text)) * size / 1000


def wrapped(text: str, size: float, room: float, indent: float = 0) -> list[str]:
    """The text in lines that fit, the first of them shorter by the indent."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        fits = width(longer, size) <= room - (indent if len(lines) <= 1 else 0)
        if lines and fits:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _letters(pages: Sequence[Sequence[Item]]) -> list[str]:
    """The letters beyond ASCII; those that find no code are left out when text is shown."""
    texts = [item.text for items in pages for item in items if isinstance(item, PdfText)]
    found = sorted({letter for text in texts for letter in text if not letter.isascii()})
    return found[: 256 - _FIRST]


def _width(letter: str) -> int:
    base = "d" if letter in "đĐ" else unicodedata.normalize("NFD", letter)[0]
    place = ord(base) - 32
    return _WIDTHS[place] if 0 <= place < len(_WIDTHS) else 500


def _fonts(letters: Sequence[str]) -> list[bytes]:
    names = b" ".join(b"/uni%04X" % ord(letter) for letter in letters)
    widths = b" ".join(b"%d" % _width(chr(c)) for c in range(32, 127)) + b" 500"
    widths += b"".join(b" %d" % _width(letter) for letter in letters)
    encoding = b"<< /Type /Encoding /BaseEncoding /WinAnsiEncoding /Differences [128 %b] >>" % names
    ours = b"/FirstChar 32 /LastChar %d /Widths [%b] /Encoding %b /ToUnicode 5 0 R" % (
        127 + len(letters),
        widths,
        encoding,
    )
    pairs = [(code, chr(code)) for code in range(32, 127)]
    pairs += [(_FIRST + n, letter) for n, letter in enumerate(letters)]
    return [
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman %b >>" % ours,
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Times-Bold %b >>" % ours,
        _stream(_to_unicode(pairs)),
    ]


def _to_unicode(pairs: Sequence[tuple[int, str]]) -> bytes:
    """A map from codes to letters (ISO 32000-1 § 9.10.3), a hundred at a time."""
    blocks = b""
    for first in range(0, len(pairs), 100):
        some = pairs[first : first + 100]
        rows = b"\n".join(b"<%02X> <%04X>" % (code, ord(letter)) for code, letter in some)
        blocks += b"%d beginbfchar\n%b\nendbfchar\n" % (len(some), rows)
    return (
        b"/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        b"/CMapName /Vietnamese def\n/CMapType 2 def\n"
        b"1 begincodespacerange\n<00> <FF>\nendcodespacerange\n" + blocks + b"endcmap\n"
        b"CMapName currentdict /CMap defineresource pop\nend\nend\n"
    )


def _tcvn3_fonts() -> list[bytes]:
    font = b"<< /Type /Font /Subtype /TrueType /BaseFont /.VnTime /Encoding /WinAnsiEncoding >>"
    return [font, font, b"null"]


def _drawn(item: Item, codes: dict[str, int]) -> bytes:
    if isinstance(item, Stroke):
        return b"%.1f %.1f m %.1f %.1f l S" % item
    if isinstance(item, Picture):
        return b"q %d 0 0 %d 0 0 cm /P Do Q" % A4
    x = item.x - width(item.text, item.size) / 2 if item.centred else item.x
    data = bytes(code for letter in item.text if (code := _code(letter, codes)) is not None)
    font = b"/F2" if item.bold else b"/F1"
    shown = data.hex().encode()
    return b"BT %b %d Tf %.1f %.1f Td <%b> Tj ET" % (font, item.size, x, item.y, shown)


def _code(letter: str, codes: dict[str, int]) -> int | None:
    if letter.isascii():
        return ord(letter)
    return codes.get(letter, ord(letter) if not codes and ord(letter) < 256 else None)


def _picture(picture: Picture) -> bytes:
    """The picture as an image object: the data of a PNG file are what a PDF reader undoes too."""
    wide, high = struct.unpack(">II", picture.png[16:24])
    data, at = b"", 8
    while at < len(picture.png):
        (length,) = struct.unpack(">I", picture.png[at : at + 4])
        if picture.png[at + 4 : at + 8] == b"IDAT":
            data += picture.png[at + 8 : at + 8 + length]
        at += 12 + length
    return (
        b"<< /Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceGray "
        b"/BitsPerComponent 1 /Filter /FlateDecode /DecodeParms << /Predictor 15 /Colors 1 "
        b"/BitsPerComponent 1 /Columns %d >> /Length %d >>\nstream\n%b\nendstream"
        % (wide, high, wide, len(data), data)
    )


def _stream(data: bytes) -> bytes:
    packed = zlib.compress(data, 9)
    return b"<< /Length %d /Filter /FlateDecode >>\nstream\n%b\nendstream" % (len(packed), packed)


def _file(objects: Sequence[bytes], *, info: int) -> bytes:
    out = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    table = b"0000000000 65535 f \n"
    for number, body in enumerate(objects, 1):
        table += b"%010d 00000 n \n" % len(out)
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    count = len(objects) + 1
    trailer = (
        b"xref\n0 %d\n%btrailer\n<< /Size %d /Root 1 0 R /Info %d 0 R >>\nstartxref\n%d\n%%%%EOF\n"
    )
    return bytes(out) + trailer % (count, table, count, info, len(out))
