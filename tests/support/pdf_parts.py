"""PDF files put together object by object, right and wrong ones."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman /Encoding /WinAnsiEncoding >>"


def pdf(objects: Sequence[bytes], *, header: bytes = b"%PDF-1.4\n", startxref: int = -1) -> bytes:
    """A file of these objects, numbered from 1; the first is the catalogue."""
    out = bytearray(header)
    table = b"0000000000 65535 f \n"
    for number, body in enumerate(objects, 1):
        table += b"%010d 00000 n \n" % len(out)
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    start = len(out) if startxref < 0 else startxref
    count = len(objects) + 1
    out += b"xref\n0 %d\n%btrailer\n<< /Size %d /Root 1 0 R >>\n" % (count, table, count)
    return bytes(out) + b"startxref\n%d\n%%%%EOF\n" % start


def stream(data: bytes, entries: bytes = b"", *, times: int = 1) -> bytes:
    """A stream object, deflated `times` times."""
    for _ in range(times):
        data = zlib.compress(data, 9)
    filters = b" ".join([b"/FlateDecode"] * times)
    return b"<< /Length %d /Filter [%b] %b >>\nstream\n%b\nendstream" % (
        len(data),
        filters,
        entries,
        data,
    )


def one_page(content: bytes, font: bytes = FONT, *, times: int = 1, extra: bytes = b"") -> bytes:
    """A file of one page with this content; F1 is the font, object 5."""
    return pdf(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
            b"/Resources << /Font << /F1 5 0 R >> %b >> >>" % extra,
            stream(content, times=times),
            font,
        ]
    )


def shown(lines: Sequence[bytes], size: int = 13) -> bytes:
    """The operators that show lines of bytes one below the other."""
    texts = b"\n".join(b"<%b> Tj T*" % line.hex().encode() for line in lines)
    return b"BT /F1 %d Tf 18 TL 70 780 Td\n%b\nET" % (size, texts)
