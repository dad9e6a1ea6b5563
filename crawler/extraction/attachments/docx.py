"""Word documents (ISO/IEC 29500-1, WordprocessingML): what stands, nothing that was deleted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from archive.attachment_text import PageText
from crawler.extraction.attachments.blocks import Blocks
from crawler.extraction.attachments.xml_parts import Package, local

_LEFT_OUT = {"del", "moveFrom", "Fallback", "instrText", "delText", "rPrChange", "pPrChange"}
_PARAGRAPH, _ROW, _CELL, _BOX = "p", "tr", "tc", "txbxContent"


class _Walk:
    """One part of the package, walked."""

    def __init__(self, blocks: Blocks, notes: Mapping[str, str]) -> None:
        self._blocks = blocks
        self._notes = notes
        self._skipped = 0
        self._text = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        element = local(name)
        if self._skipped or element in _LEFT_OUT:
            self._skipped += 1
            return
        if element == "t":
            self._text = not name.startswith(("m:", "a:"))
        elif element == _PARAGRAPH and name.startswith("w"):
            self._blocks.open_paragraph()
        elif element == _ROW:
            self._blocks.open_row()
        elif element == _CELL:
            self._blocks.open_cell()
        elif element == _BOX:
            self._blocks.open_box()
        elif element in ("footnoteReference", "endnoteReference"):
            key = element[:4] + _attribute(attributes, "id")
            self._blocks.note(self._notes.get(key, ""))
        else:
            self._sign(element, attributes)

    def _sign(self, element: str, attributes: Mapping[str, str]) -> None:
        if element == "br" and _attribute(attributes, "type") == "page":
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
        elif element == _PARAGRAPH and name.startswith("w"):
            self._blocks.close_paragraph()
        elif element == _ROW:
            self._blocks.close_row()
        elif element == _CELL:
            self._blocks.close_cell()
        elif element == _BOX:
            self._blocks.close_box()

    def data(self, text: str) -> None:
        if self._text and not self._skipped:
            self._blocks.add(text)


def _attribute(attributes: Mapping[str, str], wanted: str) -> str:
    return next((value for name, value in attributes.items() if local(name) == wanted), "")


def read_docx(package: Package) -> Iterator[PageText]:
    """The pages as Word last laid them out, or as page breaks part them."""
    notes = _notes(package, "footnote") | _notes(package, "endnote")
    blocks = Blocks()
    walk = _Walk(blocks, notes)
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


def _notes(package: Package, kind: str) -> dict[str, str]:
    """The text of each foot- or endnote by its id."""
    notes: dict[str, str] = {}
    blocks = Blocks()
    walk = _Walk(blocks, {})
    ids: list[str] = []

    def start(name: str, attributes: Mapping[str, str]) -> None:
        if local(name) == kind:
            ids.append(_attribute(attributes, "id"))
        walk.start(name, attributes)

    def end(name: str) -> None:
        walk.end(name)
        if local(name) == kind and ids:
            notes[kind[:4] + ids[-1]] = blocks.take()

    package.parse(f"word/{kind}s.xml", start, end, walk.data)
    return notes
