"""Pictures and documents made on the fly, the same bytes at every request."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Sequence
from functools import lru_cache
from html import escape

from crawler.sample_portal.pdf_writer import PdfText, write_pdf

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
    """A PDF of one page: the title in its metadata, the lines one below the other."""
    shown = [PdfText(60, 780 - 14 * number, line, 11) for number, line in enumerate(lines)]
    return write_pdf(title, [shown])


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
