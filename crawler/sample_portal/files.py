"""Pictures and documents made on the fly, the same bytes at every request."""

from __future__ import annotations

import io
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Sequence
from functools import lru_cache
from html import escape

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_DOCX_PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/'
    'vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
    f'Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
}


@lru_cache(maxsize=256)
def png(seed: int, width: int = 300, height: int = 200) -> bytes:
    """A picture of a sky over a ground, in colours that depend on the seed (ISO/IEC 15948)."""
    tint = zlib.crc32(seed.to_bytes(8, "big"))
    sky = (120 + tint % 120, 150 + (tint >> 8) % 100, 225)
    ground = (90 + (tint >> 16) % 120, 130 + (tint >> 24) % 90, 80)
    horizon = height * (50 + tint % 25) // 100
    rows = []
    for y in range(height):
        base = sky if y < horizon else ground
        colour = bytes(min(255, part + 30 * y // height) for part in base)
        rows.append(b"\x00" + colour * width)
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = (
        (b"IHDR", header),
        (b"IDAT", zlib.compress(b"".join(rows), 9)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )


def pdf(title: str, lines: Sequence[str]) -> bytes:
    """A PDF of one page (ISO 32000-1): the title in its metadata, the lines in Helvetica.

    Helvetica has no Vietnamese letters, so the lines are shown without their marks.
    """
    shown = b"\n".join(b"(" + _pdf_text(line) + b") Tj T*" for line in lines)
    content = b"BT /F1 11 Tf 14 TL 60 780 Td\n" + shown + b"\nET"
    heading = title.encode("utf-16-be").hex().encode()
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%b\nendstream" % (len(content), content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< /Title <FEFF%b> >>" % heading,
    )
    out = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    table = b"0000000000 65535 f \n"
    for number, body in enumerate(objects, 1):
        table += b"%010d 00000 n \n" % len(out)
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    count = len(objects) + 1
    trailer = (
        b"xref\n0 %d\n%btrailer\n<< /Size %d /Root 1 0 R /Info 6 0 R >>\nstartxref\n%d\n%%%%EOF\n"
    )
    return bytes(out) + trailer % (count, table, count, len(out))


def docx(paragraphs: Sequence[str]) -> bytes:
    """A Word document (ISO/IEC 29500) of plain paragraphs."""
    body = "".join(
        f'<w:p><w:r><w:t xml:space="preserve">{escape(text, quote=False)}</w:t></w:r></w:p>'
        for text in paragraphs
    )
    parts = {
        **_DOCX_PARTS,
        "word/document.xml": f'<w:document xmlns:w="{_WORD}"><w:body>{body}</w:body></w:document>',
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, text in parts.items():
            entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            package.writestr(entry, '<?xml version="1.0" encoding="UTF-8"?>\n' + text)
    return out.getvalue()


def _pdf_text(line: str) -> bytes:
    bare = unicodedata.normalize("NFD", line).translate({ord("đ"): "d", ord("Đ"): "D"})
    latin = bare.encode("ascii", "ignore")
    return latin.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
