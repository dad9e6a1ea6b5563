"""Which paragraphs of a Word 97 file stand in tables ([MS-DOC] PlcBtePapx, PapxFkp)."""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from crawler.extraction.attachments.table_rows import CELL, WITHIN

_PAGE = 512
_BTE_PAPX = 0x102
"""Where the place and length of the table of pages of paragraph properties stand."""
_IN_TABLE, _ROW_END, _BREAK_BEFORE = 0x2416, 0x2417, 0x2407
_OPERAND = (1, 1, 2, 4, 2, 2, 0, 3)
"""Bytes of an operand by the highest three bits of its code; 0 tells its own length."""
_INSIDE = str.maketrans({"\r": WITHIN, "\x0b": WITHIN})
_END = str.maketrans({CELL: "\r", "\r": "\r"})


class Paragraph(NamedTuple):
    """Bytes `start` to `end` of the stream; `in_table`, the mark that ends a row, on a new page."""

    start: int
    end: int
    in_table: bool
    ends_row: bool
    on_new_page: bool


class Tables:
    """The paragraphs in tables or on new pages; none if the file does not say."""

    def __init__(self, word: bytes, table: bytes) -> None:
        try:
            found = sorted(_paragraphs(word, table))
        except (struct.error, IndexError):
            found = []
        self._found = [one for one in found if one.in_table or one.on_new_page]
        self._are_told = bool(found)
        self._starts = [paragraph.start for paragraph in self._found]

    def __bool__(self) -> bool:
        return self._are_told

    def marked(self, text: str, first: int, width: int) -> str:
        """A piece of text that stands from byte `first` on, `width` bytes a character.

        Paragraphs inside cells end with WITHIN, rows with a paragraph's end, what comes before a
        new page with its break; its length stays.
        """
        last = first + width * len(text)
        at = max(0, bisect_right(self._starts, first) - 1)
        parts, done = [], 0
        for paragraph in self._found[at:]:
            if paragraph.start >= last:
                break
            start = max(done, (paragraph.start - first) // width)
            end = min(len(text), (paragraph.end - first) // width)
            if end <= start:
                continue
            before = text[done:start]
            if paragraph.on_new_page and not paragraph.in_table:
                parts.append(before[:-1] + "\f" if before.endswith("\r") else before)
                done = start
                continue
            marks = _END if paragraph.ends_row else _INSIDE
            parts += [before, text[start:end].translate(marks)]
            done = end
        return "".join([*parts, text[done:]])


def _paragraphs(word: bytes, table: bytes) -> Iterator[Paragraph]:
    start, length = struct.unpack_from("<II", word, _BTE_PAPX)
    plc = table[start : start + length]
    count = max(0, (len(plc) - 4) // 8)
    for number in range(count):
        (page,) = struct.unpack_from("<I", plc, 4 * (count + 1) + 4 * number)
        yield from _of_page(word[_PAGE * page : _PAGE * (page + 1)])


def _of_page(page: bytes) -> Iterator[Paragraph]:
    runs = page[_PAGE - 1]
    ends = struct.unpack_from(f"<{runs + 1}I", page, 0)
    for number in range(runs):
        offset = 2 * page[4 * (runs + 1) + 13 * number]
        in_table = ends_row = on_new_page = False
        if offset:
            size, first = 2 * page[offset] - 1, offset + 1
            if size < 0:
                size, first = 2 * page[offset + 1], offset + 2
            for code, value in _properties(page[first + 2 : first + size]):
                in_table = in_table or (code == _IN_TABLE and bool(value))
                ends_row = ends_row or (code == _ROW_END and bool(value))
                on_new_page = on_new_page or (code == _BREAK_BEFORE and bool(value))
        yield Paragraph(ends[number], ends[number + 1], in_table, ends_row, on_new_page)


def _properties(grpprl: bytes) -> Iterator[tuple[int, int]]:
    """Each property and the first byte of its operand ([MS-DOC] 2.6.1 Sprm)."""
    at = 0
    while at + 3 <= len(grpprl):
        (code,) = struct.unpack_from("<H", grpprl, at)
        size = _OPERAND[code >> 13]
        yield code, grpprl[at + 2]
        if code in (0xD606, 0xD608):
            size = 1 + struct.unpack_from("<H", grpprl, at + 2)[0] if at + 4 <= len(grpprl) else 1
        elif not size:
            size = 1 + grpprl[at + 2]
        at += 2 + size
