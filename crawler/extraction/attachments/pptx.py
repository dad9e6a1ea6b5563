"""Presentations (ISO/IEC 29500-1, PresentationML): the text of each slide, then its notes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from archive.attachment_text import PageText
from crawler.extraction.attachments.blocks import Blocks, page_of
from crawler.extraction.attachments.xml_parts import Package, local


class _Walk:
    """One slide."""

    def __init__(self) -> None:
        self.blocks = Blocks()
        self._text = False
        self._skipped = 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if self._skipped or name == "mc:Fallback":
            self._skipped += 1
        elif name == "a:p":
            self.blocks.open_paragraph()
        elif name == "a:tr":
            self.blocks.open_row()
        elif name == "a:tc":
            self.blocks.open_cell()
        elif name == "a:br":
            self.blocks.add("\n")
        self._text = name == "a:t" and not self._skipped

    def end(self, name: str) -> None:
        self._text = False
        if self._skipped:
            self._skipped -= 1
        elif name == "a:p":
            self.blocks.close_paragraph()
        elif name == "a:tr":
            self.blocks.close_row()
        elif name == "a:tc":
            self.blocks.close_cell()

    def data(self, text: str) -> None:
        if self._text:
            self.blocks.add(text)


class _Order:
    """The slides in the order in which they are shown."""

    def __init__(self) -> None:
        self.ids: list[str] = []
        self.targets: dict[str, str] = {}

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if local(name) == "sldId":
            self.ids.append(next((v for n, v in attributes.items() if n.endswith(":id")), ""))
        elif local(name) == "Relationship":
            self.targets[attributes.get("Id", "")] = attributes.get("Target", "")


def read_pptx(package: Package) -> Iterator[PageText]:
    """Each slide as a page."""
    order = _Order()
    package.parse("ppt/presentation.xml", order.start, _nothing, _nothing)
    package.parse("ppt/_rels/presentation.xml.rels", order.start, _nothing, _nothing)
    slides = [order.targets[key].lstrip("/") for key in order.ids if key in order.targets]
    for number, target in enumerate(slides, 1):
        slide = target if target.startswith("ppt/") else f"ppt/{target}"
        walk = _Walk()
        try:
            package.parse(slide, walk.start, walk.end, walk.data)
            for notes in _notes_of(package, slide):
                package.parse(notes, walk.start, walk.end, walk.data)
        finally:
            walk.blocks.finish()
            pages = walk.blocks.pages("", number)
            yield pages[0] if pages else page_of(number, "")


def _notes_of(package: Package, slide: str) -> list[str]:
    relations = _Order()
    name = re.sub(r"slides/([^/]+)$", r"slides/_rels/\1.rels", slide)
    package.parse(name, relations.start, _nothing, _nothing)
    found = [target for target in relations.targets.values() if "notesSlide" in target]
    return [f"ppt/{target.removeprefix('../')}" for target in found]


def _nothing(_: str) -> None:
    """Nothing to do at the end of an element, or with text."""
