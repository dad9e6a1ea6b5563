"""Office files put together part by part, right and wrong ones."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Mapping, Sequence
from html import escape

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def package(parts: Mapping[str, str | bytes]) -> bytes:
    """A zip file of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), text)
    return out.getvalue()


def run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{escape(text, quote=False)}</w:t></w:r>'


def paragraph(*content: str) -> str:
    return f"<w:p>{''.join(content)}</w:p>"


def inserted(text: str) -> str:
    return f'<w:ins w:id="1" w:author="a">{run(text)}</w:ins>'


def deleted(text: str) -> str:
    return f'<w:del w:id="2" w:author="a"><w:r><w:delText>{text}</w:delText></w:r></w:del>'


def table(*rows: Sequence[str]) -> str:
    cells = ("".join(f"<w:tc>{paragraph(run(text))}</w:tc>" for text in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def text_box(text: str) -> str:
    """A box as Word writes it: once for new readers, once more for old ones."""
    content = f"<w:txbxContent>{paragraph(run(text))}</w:txbxContent>"
    return (
        f"<w:r><mc:AlternateContent><mc:Choice><wps:txbx>{content}</wps:txbx></mc:Choice>"
        f"<mc:Fallback><w:pict>{content}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


PAGE_BREAK = paragraph('<w:r><w:br w:type="page"/></w:r>')
FOOTNOTE = '<w:r><w:footnoteReference w:id="2"/></w:r>'


def docx(*body: str, footnote: str = "", header: str = "", head: str = "") -> bytes:
    """A Word document with this body; `head` goes before its root element."""
    spaces = f'xmlns:w="{W}" xmlns:mc="{_MC}" xmlns:wps="urn:wps"'
    parts = {
        "[Content_Types].xml": _TYPES,
        "word/document.xml": f"{head}<w:document {spaces}><w:body>{''.join(body)}</w:body>"
        "</w:document>",
    }
    if footnote:
        note = f'<w:footnote w:id="2">{paragraph(run(footnote))}</w:footnote>'
        parts["word/footnotes.xml"] = f"<w:footnotes {spaces}>{note}</w:footnotes>"
    if header:
        parts["word/header1.xml"] = f"<w:hdr {spaces}>{paragraph(run(header))}</w:hdr>"
    return package(parts)


def odt(body: str, *, kind: str = "text", styles: str = "") -> bytes:
    """An OpenDocument file with this content."""
    names = "office text table draw style fo svg presentation"
    spaces = " ".join(f'xmlns:{name}="urn:{name}"' for name in names.split())
    return package(
        {
            "mimetype": f"application/vnd.oasis.opendocument.{kind}",
            "content.xml": f"<office:document-content {spaces}>"
            f"<office:automatic-styles>{styles}</office:automatic-styles>"
            f"<office:body><office:{kind}>{body}</office:{kind}></office:body>"
            "</office:document-content>",
        }
    )


def xlsx(sheets: Mapping[str, str], *, shared: Sequence[str] = (), head: str = "") -> bytes:
    """A workbook: the rows of each sheet as XML."""
    names = "".join(
        f'<sheet name="{name}" r:id="rId{number}"/>' for number, name in enumerate(sheets, 1)
    )
    targets = "".join(
        f'<Relationship Id="rId{number}" Target="worksheets/sheet{number}.xml"/>'
        for number in range(1, len(sheets) + 1)
    )
    texts = "".join(f"<si><t>{text}</t></si>" for text in shared)
    formats = "".join(f'<xf numFmtId="{number}"/>' for number in (0, 14, 3, 10))
    formats = f"<cellXfs>{formats}</cellXfs>"
    return package(
        {
            "[Content_Types].xml": _TYPES,
            "xl/workbook.xml": f'<workbook xmlns:r="{_OFFICE}"><sheets>{names}</sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f"<Relationships>{targets}</Relationships>",
            "xl/sharedStrings.xml": f"<sst>{texts}</sst>",
            "xl/styles.xml": f"<styleSheet>{formats}</styleSheet>",
            **{
                f"xl/worksheets/sheet{number}.xml": f"{head}<worksheet><sheetData>{rows}"
                "</sheetData></worksheet>"
                for number, rows in enumerate(sheets.values(), 1)
            },
        }
    )


def pptx(*slides: Sequence[str]) -> bytes:
    """A presentation: the paragraphs of each slide."""
    ids = "".join(f'<p:sldId id="{256 + n}" r:id="rId{n}"/>' for n in range(1, len(slides) + 1))
    targets = "".join(
        f'<Relationship Id="rId{n}" Target="slides/slide{n}.xml"/>'
        for n in range(1, len(slides) + 1)
    )
    return package(
        {
            "[Content_Types].xml": _TYPES,
            "ppt/presentation.xml": f'<p:presentation xmlns:p="urn:p" xmlns:r="{_OFFICE}">'
            f"<p:sldIdLst>{ids}</p:sldIdLst></p:presentation>",
            "ppt/_rels/presentation.xml.rels": f"<Relationships>{targets}</Relationships>",
            **{
                f"ppt/slides/slide{number}.xml": '<p:sld xmlns:p="urn:p" xmlns:a="urn:a">'
                + "".join(f"<a:p><a:r><a:t>{text}</a:t></a:r></a:p>" for text in texts)
                + "</p:sld>"
                for number, texts in enumerate(slides, 1)
            },
        }
    )


def compound(streams: Mapping[str, bytes]) -> bytes:
    """A compound file ([MS-CFB]) of these streams, each padded to 4096 bytes at least."""
    end, free, sector = 0xFFFFFFFE, 0xFFFFFFFF, 512
    padded = {
        name: data.ljust(max(4096, -(-len(data) // sector) * sector), b"\0")
        for name, data in streams.items()
    }
    fat = [0xFFFFFFFD, end]
    starts = {}
    for name, data in padded.items():
        starts[name] = len(fat)
        count = len(data) // sector
        fat += [*range(len(fat) + 1, len(fat) + count), end]
    assert len(fat) <= 128
    entries = [_entry("Root Entry", 5, end, 0, child=1)]
    for number, (name, data) in enumerate(padded.items(), 1):
        after = number + 1 if number < len(padded) else free
        entries.append(_entry(name, 2, starts[name], len(data), right=after))
    entries += [_entry("", 0, 0, 0)] * (4 - len(entries))
    header = struct.pack(
        "<8s16x5H6x9I", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6,
        0, 1, 1, 0, 4096, end, 0, end, 0,
    )  # fmt: skip
    table = struct.pack("<109I", 0, *[free] * 108)
    allocation = struct.pack("<128I", *fat, *[free] * (128 - len(fat)))
    return header + table + allocation + b"".join(entries) + b"".join(padded.values())


def _entry(name: str, kind: int, start: int, size: int, *, child=0xFFFFFFFF, right=0xFFFFFFFF):
    encoded = (name + "\0").encode("utf-16-le") if name else b""
    return encoded.ljust(64, b"\0") + struct.pack(
        "<HBBIII16xI8x8xIQ", len(encoded), kind, 1, 0xFFFFFFFF, right, child, 0, start, size
    )


def doc(text: str, *, encrypted: bool = False, notes: str = "") -> bytes:
    """A Word 97 file ([MS-DOC]) of one piece, `\\r` at a paragraph's end, then its footnotes."""
    whole = (text + notes).encode("utf-16-le")
    start = 2048
    word = bytearray(start) + whole
    struct.pack_into("<H", word, 0, 0xA5EC)
    struct.pack_into("<H", word, 0x0A, 0x0200 | (0x0100 if encrypted else 0))
    struct.pack_into("<II", word, 0x18, start, len(word))
    struct.pack_into("<2i", word, 0x4C, len(text), len(notes))
    pieces = struct.pack("<2I", 0, len(text) + len(notes)) + struct.pack("<HIH", 0, start, 0)
    clx = b"\x02" + struct.pack("<I", len(pieces)) + pieces
    struct.pack_into("<II", word, 0x1A2, 0, len(clx))
    return compound({"WordDocument": bytes(word), "1Table": clx})


def xls(name: str, rows: Sequence[Sequence[str | float]]) -> bytes:
    """An Excel 97 file ([MS-XLS]) of one sheet."""
    label = struct.pack("<BB", len(name), 1) + name.encode("utf-16-le")
    begin = _record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0))
    sheet_at = len(begin) + 4 + 6 + len(label) + 4
    out = begin + _record(0x85, struct.pack("<IH", sheet_at, 0) + label) + _record(0x0A, b"")
    out += _record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 0))
    for row, cells in enumerate(rows):
        for column, value in enumerate(cells):
            place = struct.pack("<HHH", row, column, 0)
            if isinstance(value, str):
                text = struct.pack("<HB", len(value), 1) + value.encode("utf-16-le")
                out += _record(0x204, place + text)
            else:
                out += _record(0x203, place + struct.pack("<d", value))
    return compound({"Workbook": out + _record(0x0A, b"")})


def _record(kind: int, data: bytes) -> bytes:
    return struct.pack("<HH", kind, len(data)) + data
