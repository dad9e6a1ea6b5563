"""Word 97 to 2003 ([MS-DOC]): the text of the piece table, with pages, cells and notes."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator

from olefile import OleFileIO

from archive.attachment_text import How, PageText
from crawler.extraction.attachments import problems
from crawler.extraction.attachments.blocks import page_of
from crawler.extraction.attachments.doc_tables import Tables
from crawler.extraction.attachments.findings import UnreadableFile
from crawler.extraction.attachments.legacy_lines import line_to_unicode
from crawler.extraction.attachments.limits import MAX_CHARACTERS, PastLimit
from crawler.extraction.attachments.table_rows import lines_of

_ENCRYPTED, _TABLE_1 = 0x0100, 0x0200
_CCP = 0x4C
"""Where the lengths of main text, footnotes, headers, comments … stand ([MS-DOC] 2.5.5)."""
_CLX = 0x1A2
_PARTS_KEPT = (True, True, True, False, False, True, True, False)
"""Main text, notes, headers, macros, comments, endnotes, text boxes, boxes of headers."""
_FIELD_CODE = re.compile("\x13[^\x13-\x15]*(?:\x14|(?=\x15))|[\x13-\x15]")
_ROW_END = re.compile("\x07\x07")
_OWN_SIGNS = str.maketrans({"\r": "\n", "\x0b": "\n", "\x1e": "-", "\x1f": None, "\xa0": " "})
_DROPPED = re.compile("[\x01-\x06\x08]")


def read_doc(ole: OleFileIO) -> Iterator[PageText]:
    """The pages as their breaks part them. Raises UnreadableFile."""
    word = ole.openstream("WordDocument").read()
    if len(word) < _CLX + 8 or struct.unpack_from("<H", word, 0)[0] not in (0xA5EC, 0xA5DC):
        raise UnreadableFile(problems.DAMAGED)
    flags = struct.unpack_from("<H", word, 0x0A)[0]
    if flags & _ENCRYPTED:
        raise UnreadableFile(problems.ENCRYPTED)
    table = ole.openstream("1Table" if flags & _TABLE_1 else "0Table").read()
    lengths = struct.unpack_from("<8i", word, _CCP)
    tables = Tables(word, table)
    text = _pieces(word, table, tables)
    parts, at = [], 0
    for length, kept in zip(lengths, _PARTS_KEPT, strict=True):
        if kept and length > 0:
            parts.append(text[at : at + length])
        at += max(0, length)
    main, others = (parts[0], parts[1:]) if parts else (text, [])
    pages = _without_fields(main).split("\x0c")
    pages[-1] += "\r" + "\r".join(map(_without_fields, others))
    while len(pages) > 1 and not pages[-1].strip():
        pages.pop()
    for number, page in enumerate(pages, 1):
        yield _page(number, page if tables else _ROW_END.sub("\r", page))


def _pieces(word: bytes, table: bytes, tables: Tables) -> str:
    """The whole text, piece after piece ([MS-DOC] 2.9.38 Clx, 2.9.177 Pcd)."""
    start, length = struct.unpack_from("<II", word, _CLX)
    clx = table[start : start + length]
    at = 0
    while at < len(clx) and clx[at] == 1:
        at += 3 + struct.unpack_from("<H", clx, at + 1)[0]
    if at >= len(clx) or clx[at] != 2:
        raise UnreadableFile(problems.DAMAGED)
    plc = clx[at + 5 :]
    count = (len(plc) - 4) // 12
    ends = struct.unpack_from(f"<{count + 1}I", plc, 0)
    texts, size = [], 0
    for number in range(count):
        characters = ends[number + 1] - ends[number]
        place = struct.unpack_from("<I", plc, 4 * (count + 1) + 8 * number + 2)[0]
        size += max(0, characters)
        if size > MAX_CHARACTERS:
            raise PastLimit(f"{MAX_CHARACTERS} characters")
        if place & 0x40000000:
            first = (place & 0x3FFFFFFF) // 2
            piece = word[first : first + characters].decode("cp1252", "replace")
            texts.append(tables.marked(piece, first, 1))
        else:
            raw = word[place : place + 2 * characters]
            texts.append(tables.marked(raw.decode("utf-16-le", "replace"), place, 2))
    return "".join(texts)


def _without_fields(text: str) -> str:
    """The text with what fields show, without their codes."""
    for _ in range(8):
        text, changed = _FIELD_CODE.subn("", text)
        if not changed:
            break
    return text


def _page(number: int, text: str) -> PageText:
    text = _DROPPED.sub("", text).translate(_OWN_SIGNS)
    lines = [stripped for line in lines_of(text) if (stripped := line.strip())]
    converted = [line_to_unicode(line) for line in lines]
    how = How.LEGACY_FONT if lines != converted else How.TEXT
    return page_of(number, "\n".join(converted), how=how)
