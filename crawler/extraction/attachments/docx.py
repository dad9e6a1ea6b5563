"""Word documents (ISO/IEC 29500-1, WordprocessingML): what stands, nothing that was deleted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from archive.attachment_text import PageText
from crawler.extraction.attachments.blocks import Blocks
from crawler.extraction.attachments.docx_numbers import Numbers, value_of
from crawler.extraction.attachments.xml_parts import Package, local

_LEFT_OUT = {"del", "moveFrom", "Fallback", "instrText", "delText", "rPrChange", "pPrChange"}
_PARAGRAPH, _ROW, _CELL, _BOX = "p", "tr", "tc", "txbxContent"


class _Walk:
    """One part of the package, walked."""

    def __init__(self, blocks: Blocks, notes: Mapping[str, str], numbers: Numbers) -> None:
        self._blocks = blocks
        self._notes = notes
        self._numbers = numbers
        self._labels: list[str] = []
        self._numbered: dict[str, str] | None = None
        self._skipped = 0
        self._text = False
        self._hidden = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        element = local(name)
        if self._skipped or element in _LEFT_OUT:
            if element == "del" and self._numbered is not None:
                self._numbered["deleted"] = "1"
            self._skipped += 1
            return
        if element == "t":
            self._text = not (self._hidden or name.startswith(("m:", "a:")))
        elif element == "r":
            self._hidden = False
        elif element == "vanish" and self._numbered is None:
            self._hidden = value_of(attributes, "val") not in ("0", "false", "off")
        elif element == _PARAGRAPH and name.startswith("w"):
            self._blocks.open_paragraph()
            self._labels.append("")
        elif element == "pPr":
            self._numbered = {}
        elif element in ("pStyle", "numId", "ilvl") and self._numbered is not None:
            self._numbered[element] = value_of(attributes, "val")
        elif element == _ROW:
            self._blocks.open_row()
        elif element == _CELL:
            self._blocks.open_cell()
        elif element == _BOX:
            self._blocks.open_box()
        elif element in ("footnoteReference", "endnoteReference"):
            key = element[:4] + value_of(attributes, "id")
            self._blocks.note(self._notes.get(key, ""))
        else:
            self._sign(element, attributes)

    def _sign(self, element: str, attributes: Mapping[str, str]) -> None:
        if element == "br" and value_of(attributes, "type") == "page":
            self._blocks.break_page()
        elif element in ("lastRenderedPageBreak", "pageBreakBefore"):
            self._blocks.break_page(soft=True)
        elif element == "tab":
            self._blocks.add("\t")
        elif element in ("br", "cr"):
            self._blocks.add("\n")
        elif element == "noBreakHyphen":
            self._blocks.add("-")

    def end(self, name: str) -> None:
        if self._skipped:
            self._skipped -= 1
            return
        element = local(name)
        if element == "t":
            self._text = False
        elif element == "r":
            self._hidden = False
        elif element == _PARAGRAPH and name.startswith("w"):
            self._blocks.close_paragraph()
            del self._labels[-1:]
        elif element == "pPr":
            self._number()
        elif element == _ROW:
            self._blocks.close_row()
        elif element == _CELL:
            self._blocks.close_cell()
        elif element == _BOX:
            self._blocks.close_box()

    def _number(self) -> None:
        """The properties of a paragraph end: it may be an item of a list."""
        held, self._numbered = self._numbered or {}, None
        if self._labels and "deleted" not in held:
            place = held.get("pStyle", ""), held.get("numId", ""), held.get("ilvl", "")
            self._labels[-1] = self._numbers.label(*place)

    def data(self, text: str) -> None:
        if not self._text or self._skipped:
            return
        if self._labels and self._labels[-1]:
            self._blocks.add(f"{self._labels[-1]} ")
            self._labels[-1] = ""
        self._blocks.add(text)


def read_docx(package: Package) -> Iterator[PageText]:
    """The pages as Word last laid them out, or as page breaks part them."""
    numbers = Numbers(package)
    notes = _notes(package, "footnote", numbers) | _notes(package, "endnote", numbers)
    blocks = Blocks()
    walk = _Walk(blocks, notes, numbers)
    try:
        for part in _parts(package, "header"):
            package.parse(part, walk.start, walk.end, walk.data)
        package.parse("word/document.xml", walk.start, walk.end, walk.data)
        for part in _parts(package, "footer"):
            package.parse(part, walk.start, walk.end, walk.data)
    finally:
        blocks.finish()
        yield from blocks.pages()


def _parts(package: Package, kind: str) -> list[str]:
    return package.names(f"word/{kind}")


def _notes(package: Package, kind: str, numbers: Numbers) -> dict[str, str]:
    """The text of each foot- or endnote by its id."""
    notes: dict[str, str] = {}
    blocks = Blocks()
    walk = _Walk(blocks, {}, numbers)
    ids: list[str] = []

    def start(name: str, attributes: Mapping[str, str]) -> None:
        if local(name) == kind:
            ids.append(value_of(attributes, "id"))
        walk.start(name, attributes)

    def end(name: str) -> None:
        walk.end(name)
        if local(name) == kind and ids:
            notes[kind[:4] + ids[-1]] = blocks.take()

    package.parse(f"word/{kind}s.xml", start, end, walk.data)
    return notes
