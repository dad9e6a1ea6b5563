"""Workbooks (ISO/IEC 29500-1, SpreadsheetML): the cells that have a value, row by row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from archive.attachment_text import How, PageText
from crawler.extraction.attachments.blocks import Blocks, page_of
from crawler.extraction.attachments.xml_parts import Package, local

_BUILT_IN_DATES = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
_DATE_SIGNS = re.compile("[dmyhs]", re.IGNORECASE)
_QUOTED = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')
_EPOCH, _EPOCH_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)


class _Texts:
    """The shared strings: the text of each `si`, without phonetic readings."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._parts: list[str] = []
        self._reading = False
        self._phonetic = 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        element = local(name)
        self._phonetic += element == "rPh"
        self._reading = element == "t" and not self._phonetic
        if element == "si":
            self._parts = []

    def end(self, name: str) -> None:
        element = local(name)
        self._phonetic -= element == "rPh"
        self._reading = False
        if element == "si":
            self.texts.append("".join(self._parts))

    def data(self, text: str) -> None:
        if self._reading:
            self._parts.append(text)


class _Styles:
    """How the cell styles show a number: as a date, in percent, with its thousands set apart."""

    def __init__(self) -> None:
        self.shown: list[str] = []
        self._formats: dict[str, str] = {}
        self._in_cells = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        element = local(name)
        if element == "numFmt":
            code = _QUOTED.sub("", attributes.get("formatCode", ""))
            self._formats[attributes.get("numFmtId", "")] = code
        elif element == "cellXfs":
            self._in_cells = True
        elif element == "xf" and self._in_cells:
            self.shown.append(self._shown(attributes.get("numFmtId", "0")))

    def _shown(self, number: str) -> str:
        built_in = int(number) if number.isdecimal() else -1
        code = self._formats.get(number, "").replace("General", "")
        if built_in in _BUILT_IN_DATES or _DATE_SIGNS.search(code):
            return "date"
        if built_in in (9, 10) or "%" in code:
            return "percent"
        return "thousands" if built_in in (3, 4, *range(37, 45)) or "#,##" in code else ""

    def end(self, name: str) -> None:
        if local(name) == "cellXfs":
            self._in_cells = False


class _Book:
    """The sheets by name, in order, and the day that dates are counted from."""

    def __init__(self) -> None:
        self.sheets: list[tuple[str, str]] = []
        self.epoch = _EPOCH
        self.targets: dict[str, str] = {}

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        element = local(name)
        if element == "sheet":
            key = next((v for n, v in attributes.items() if local(n) == "id"), "")
            self.sheets.append((attributes.get("name", ""), key))
        elif element == "workbookPr" and attributes.get("date1904") in ("1", "true"):
            self.epoch = _EPOCH_1904
        elif element == "Relationship":
            target = attributes.get("Target", "")
            path = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            self.targets[attributes.get("Id", "")] = path


class _Sheet:
    """One sheet: a line a row."""

    def __init__(self, texts: list[str], styles: list[str], epoch: datetime) -> None:
        self.blocks = Blocks()
        self._texts, self._styles, self._epoch = texts, styles, epoch
        self._kind, self._style = "", 0
        self._value: list[str] = []
        self._reading = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        element = local(name)
        if element == "row":
            self.blocks.open_row()
        elif element == "c":
            self._kind = attributes.get("t", "n")
            style = attributes.get("s", "0")
            self._style = int(style) if style.isdecimal() else 0
            self._value = []
        self._reading = element in ("v", "t")

    def end(self, name: str) -> None:
        element = local(name)
        self._reading = False
        if element == "row":
            self.blocks.close_row()
        elif element == "c" and (text := self._shown("".join(self._value))):
            self.blocks.open_cell()
            self.blocks.open_paragraph()
            self.blocks.add(text)
            self.blocks.close_paragraph()
            self.blocks.close_cell()

    def data(self, text: str) -> None:
        if self._reading:
            self._value.append(text)

    def _shown(self, value: str) -> str:
        if self._kind == "s":
            number = int(value) if value.isdecimal() else -1
            return self._texts[number] if 0 <= number < len(self._texts) else ""
        if self._kind != "n":
            return value
        shown = self._styles[self._style] if self._style < len(self._styles) else ""
        return _as_date(value, self._epoch) if shown == "date" else _as_number(value, shown)


def _as_date(value: str, epoch: datetime) -> str:
    try:
        moment = epoch + timedelta(days=float(value))
    except (ValueError, OverflowError):
        return value
    return f"{moment:%d/%m/%Y}" if float(value) >= 1 else f"{moment:%H:%M}"


def _as_number(value: str, shown: str) -> str:
    """The number as Excel shows it in Vietnam, without the noise of binary fractions.

    Grouped numbers have points, and a comma before decimals: 1.250.000,5.
    """
    try:
        number = float(value)
        plain = f"{number:.15g}" if "." in value or "E" in value else value
        if shown == "percent":
            return f"{number * 100:.6g}%".replace(".", ",")
        if shown == "thousands":
            decimals = len(plain.partition(".")[2])
            grouped = f"{number:,.{min(decimals, 6)}f}"
            return grouped.translate(str.maketrans(",.", ".,"))
        return plain
    except (ValueError, OverflowError):
        return value


def read_xlsx(package: Package) -> Iterator[PageText]:
    """The sheets in the workbook's order, each a page with the sheet's name."""
    texts, styles, book = _Texts(), _Styles(), _Book()
    package.parse("xl/workbook.xml", book.start, _nothing, _nothing)
    package.parse("xl/_rels/workbook.xml.rels", book.start, _nothing, _nothing)
    package.parse("xl/sharedStrings.xml", texts.start, texts.end, texts.data)
    package.parse("xl/styles.xml", styles.start, styles.end, _nothing)
    for number, (name, key) in enumerate(book.sheets, 1):
        sheet = _Sheet(texts.texts, styles.shown, book.epoch)
        try:
            package.parse(book.targets.get(key, ""), sheet.start, sheet.end, sheet.data)
        finally:
            sheet.blocks.finish()
            pages = sheet.blocks.pages(name, number)
            yield pages[0] if pages else page_of(number, "", name, How.TEXT)


def _nothing(_: str) -> None:
    """Nothing to do at the end of an element, or with text."""
