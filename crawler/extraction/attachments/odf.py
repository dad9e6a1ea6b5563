"""OpenDocument texts, sheets and slides (ISO/IEC 26300): what stands, nothing deleted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from archive.attachment_text import PageText
from crawler.extraction.attachments.blocks import Blocks
from crawler.extraction.attachments.odf_lists import Lists
from crawler.extraction.attachments.xml_parts import Package

_LEFT_OUT = {
    "text:tracked-changes",
    "office:annotation",
    "office:scripts",
    "office:font-face-decls",
    "table:tracked-changes",
    "text:note-citation",
    "svg:title",
    "svg:desc",
    "presentation:settings",
    "text:page-number",
}
_PARAGRAPHS = ("text:p", "text:h")
_MAX_SPACES = 100


class _Walk:
    """The parts of the package, walked one after the other."""

    def __init__(self) -> None:
        self.blocks = Blocks()
        self._skipped = 0
        self._style = ""
        self._breaking: set[str] = set()
        self._note: list[Blocks] = []
        self._lists = Lists()

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if self._skipped or name in _LEFT_OUT:
            self._skipped += 1
        elif name.startswith("text:list"):
            self._lists.start(name, attributes)
        elif name == "style:style":
            self._style = attributes.get("style:name", "")
            if attributes.get("style:master-page-name"):
                self._breaking.add(self._style)
        elif name == "style:paragraph-properties" and attributes.get("fo:break-before") == "page":
            self._breaking.add(self._style)
        elif name in _PARAGRAPHS:
            if attributes.get("text:style-name") in self._breaking:
                self.blocks.break_page(soft=True)
            self.blocks.open_paragraph()
            if label := self._lists.take():
                self.blocks.add(f"{label} ")
        elif name == "table:table-row":
            self.blocks.open_row()
        elif name in ("table:table-cell", "table:covered-table-cell"):
            self.blocks.open_cell()
        elif name == "draw:text-box":
            self.blocks.open_box()
        elif name == "text:note-body":
            self._note.append(self.blocks)
            self.blocks = Blocks()
        elif name == "text:s":
            count = attributes.get("text:c", "1")
            self.blocks.add(" " * min(int(count) if count.isdecimal() else 1, _MAX_SPACES))
        elif name == "text:tab":
            self.blocks.add("\t")
        elif name == "text:line-break":
            self.blocks.add("\n")
        elif name == "text:soft-page-break":
            self.blocks.break_page(soft=True)

    def end(self, name: str) -> None:
        if self._skipped:
            self._skipped -= 1
        elif name == "text:list":
            self._lists.end(name)
        elif name in _PARAGRAPHS:
            self.blocks.close_paragraph()
        elif name == "table:table-row":
            self.blocks.close_row()
        elif name in ("table:table-cell", "table:covered-table-cell"):
            self.blocks.close_cell()
        elif name == "draw:text-box":
            self.blocks.close_box()
        elif name == "text:note-body" and self._note:
            note = self.blocks.take()
            self.blocks = self._note.pop()
            self.blocks.note(note)

    def data(self, text: str) -> None:
        if not self._skipped:
            self.blocks.add(text)


class _NamedParts(_Walk):
    """Sheets (`table:table`) or slides (`draw:page`): each a page of its own, in `parts`."""

    def __init__(self, element: str, attribute: str) -> None:
        super().__init__()
        self.parts: list[PageText] = []
        self._element, self._attribute = element, attribute
        self._name = ""
        self._depth = 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == self._element:
            self._depth += 1
            if self._depth == 1:
                self._name = attributes.get(self._attribute, "")
        super().start(name, attributes)

    def end(self, name: str) -> None:
        super().end(name)
        if name == self._element:
            self._depth -= 1
            if self._depth == 0:
                self.close()

    def close(self) -> None:
        """The sheet or slide ends, or is read no further."""
        self.blocks.finish()
        number = len(self.parts) + 1
        for page in self.blocks.pages(self._name, number)[:1]:
            self.parts.append(page)
        self.blocks = Blocks()


def read_odf(package: Package, kind: str) -> Iterator[PageText]:
    """The pages of a text document (`odt`), the sheets of `ods`, the slides of `odp`."""
    if kind in ("ods", "odp"):
        element = "table:table" if kind == "ods" else "draw:page"
        attribute = "table:name" if kind == "ods" else "draw:name"
        parts = _NamedParts(element, attribute)
        try:
            package.parse("content.xml", parts.start, parts.end, parts.data)
        finally:
            parts.close()
            yield from parts.parts
        return
    walk = _Walk()
    try:
        package.parse("styles.xml", walk.start, walk.end, walk.data)
        package.parse("content.xml", walk.start, walk.end, walk.data)
    finally:
        walk.blocks.finish()
        yield from walk.blocks.pages()
