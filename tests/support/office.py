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


def docx(
    *body: str,
    footnote: str = "",
    header: str = "",
    head: str = "",
    numbering: str = "",
    styles: str = "",
    pictures: Mapping[str, bytes] | None = None,
) -> bytes:
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
    if numbering:
        parts["word/numbering.xml"] = f"<w:numbering {spaces}>{numbering}</w:numbering>"
    if styles:
        parts["word/styles.xml"] = f"<w:styles {spaces}>{styles}</w:styles>"
    if header:
        parts["word/header1.xml"] = f"<w:hdr {spaces}>{paragraph(run(header))}</w:hdr>"
    held: dict[str, str | bytes] = {**parts}
    for name, picture in (pictures or {}).items():
        held[f"word/media/{name}"] = picture
    return package(held)


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


def doc_of_paragraphs(*paragraphs: tuple[str, int]) -> bytes:
    """A Word 97 file of paragraphs: 0 plain, 1 in a table, 2 a row's end, 3 on a new page."""
    text = "".join(one for one, _ in paragraphs)
    start = 2048
    word = bytearray(start) + text.encode("utf-16-le")
    word = word.ljust(-(-len(word) // 512) * 512, b"\0")
    ends = [start]
    for one, _ in paragraphs:
        ends.append(ends[-1] + 2 * len(one))
    page, places, free = bytearray(512), [], 510
    for _, kind in paragraphs:
        grpprl = struct.pack("<HHB", 0, 0x2416, kind in (1, 2))
        grpprl += struct.pack("<HB", 0x2407, 1) if kind == 3 else b""
        grpprl += struct.pack("<HB", 0x2417, 1) if kind == 2 else b""
        grpprl += b"\0" * (1 - len(grpprl) % 2)
        free -= len(grpprl) + 1 + (len(grpprl) + 1) % 2
        page[free : free + 1 + len(grpprl)] = bytes([(len(grpprl) + 1) // 2]) + grpprl
        places.append(free // 2)
    struct.pack_into(f"<{len(ends)}I", page, 0, *ends)
    for number, place in enumerate(places):
        page[4 * len(ends) + 13 * number] = place
    page[511] = len(paragraphs)
    number = len(word) // 512
    word += page
    struct.pack_into("<H", word, 0, 0xA5EC)
    struct.pack_into("<H", word, 0x0A, 0x0200)
    struct.pack_into("<i", word, 0x4C, len(text))
    pieces = struct.pack("<2I", 0, len(text)) + struct.pack("<HIH", 0, start, 0)
    clx = b"\x02" + struct.pack("<I", len(pieces)) + pieces
    plc = struct.pack("<3I", ends[0], ends[-1], number)
    struct.pack_into("<II", word, 0x1A2, 0, len(clx))
    struct.pack_into("<II", word, 0x102, len(clx), len(plc))
    return compound({"WordDocument": bytes(word), "1Table": clx + plc})


def ppt(slides: Sequence[tuple[str, str]], *, before: Sequence[str] = ()) -> bytes:
    """A PowerPoint 97 file ([MS-PPT]) of slides with notes; `before` stood in an earlier one."""
    stream = bytearray()

    def saved(data: bytes) -> int:
        stream.extend(data)
        return len(stream) - len(data)

    def box(text: str) -> bytes:
        return _atom(0xF00D, _atom(0x0FA0, text.encode("utf-16-le")), container=True)

    def slide(text: str, notes: int) -> bytes:
        head = _atom(0x03EF, struct.pack("<16xIII", notes, 0, 0))
        return _atom(0x03EE, head + box(text), container=True)

    for text in before:
        saved(slide(text, 0))
    places, shown, told = [0], b"", b""
    for number, (text, notes) in enumerate(slides):
        places.append(saved(slide(text, 900 + number if notes else 0)))
        shown += _atom(0x03F3, struct.pack("<4I", len(places), 0, 0, 256 + number))
        if notes:
            places.append(saved(_atom(0x03F0, box(notes), container=True)))
            told += _atom(0x03F3, struct.pack("<4I", len(places), 0, 0, 900 + number))
    lists = _atom(0x0FF0, shown, container=True)
    lists += _atom(0x0FF0, told, container=True, instance=2)
    places[0] = saved(_atom(0x03E8, lists, container=True))
    directory = struct.pack(f"<I{len(places)}I", len(places) << 20 | 1, *places)
    at = saved(_atom(0x1772, directory))
    edit = saved(_atom(0x0FF5, struct.pack("<7I", 0, 0, 0, at, 1, 0, 0)))
    user = struct.pack("<12xII", 0xE391C05F, edit)
    return compound({"Current User": user, "PowerPoint Document": bytes(stream)})


def _atom(kind: int, data: bytes, *, container: bool = False, instance: int = 0) -> bytes:
    return struct.pack("<HHI", instance << 4 | (15 if container else 0), kind, len(data)) + data


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
