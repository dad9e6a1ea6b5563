"""Paragraphs, cells, rows and pages as the walk of an office document meets them."""

from __future__ import annotations

from archive.attachment_text import How, PageText
from crawler.extraction.attachments.legacy_lines import line_to_unicode
from crawler.extraction.attachments.limits import MAX_CHARACTERS, PastLimit
from crawler.extraction.attachments.quality import judge
from crawler.extraction.attachments.table_rows import row_lines
from crawler.extraction.attachments.tidy import tidy


class Blocks:
    """Text in the making. A row of a table is one line, its cells set apart by tabs.

    The text of a box follows the paragraph that it is anchored in; notes stand at a page's end.
    """

    def __init__(self) -> None:
        self._pages: list[list[str]] = [[]]
        self._notes: list[str] = []
        self._open: list[list[str]] = []
        self._cells: list[list[str]] = []
        self._rows: list[list[list[str]]] = []
        self._boxes: list[tuple[list[list[str]], list[list[str]], list[list[list[str]]]]] = []
        self._boxed: list[str] = []
        self._legacy: set[int] = set()
        self._size = 0

    def open_paragraph(self) -> None:
        """A paragraph begins."""
        self._open.append([])

    def close_paragraph(self) -> None:
        """A paragraph ends; it is a line of its page, or a part of its cell."""
        if self._open:
            self._line("".join(self._open.pop()))

    def add(self, text: str) -> None:
        """Text of the paragraph. Raises PastLimit."""
        self._size += len(text)
        if self._size > MAX_CHARACTERS:
            raise PastLimit(f"{MAX_CHARACTERS} characters")
        if self._open:
            self._open[-1].append(text)

    def open_row(self) -> None:
        """A row of a table begins."""
        self._rows.append([])

    def open_cell(self) -> None:
        """A cell begins."""
        self._cells.append([])

    def close_cell(self) -> None:
        """A cell ends."""
        if self._cells:
            lines = [line for line in self._cells.pop() if line]
            if self._rows:
                self._rows[-1].append(lines)

    def close_row(self) -> None:
        """A row ends: one line, or a part of the cell that holds its table."""
        if self._rows:
            self._line("\n".join(row_lines(self._rows.pop())))

    def open_box(self) -> None:
        """A text box begins, within a paragraph or, on a slide, within none."""
        self._boxes.append((self._open, self._cells, self._rows))
        self._open, self._cells, self._rows = [], [[]], []

    def close_box(self) -> None:
        """A text box ends."""
        if self._boxes:
            held = self._cells[0] if self._cells else []
            self._open, self._cells, self._rows = self._boxes.pop()
            if self._open:
                self._boxed += held
            else:
                (self._cells or self._pages)[-1].extend(filter(None, held))

    def note(self, text: str) -> None:
        """A note that this page refers to."""
        if text:
            self._notes.append(text)

    def break_page(self, *, soft: bool = False) -> None:
        """A page ends here. A soft break is where it happened to end: none where one just was."""
        begun = bool(self._pages[-1]) or any(any(map(str.strip, part)) for part in self._open)
        if self._cells or self._rows or (soft and not begun):
            return
        if self._open and (text := "".join(self._open[-1])).strip():
            self._line(text)
            self._open[-1].clear()
        self._end_page()
        self._pages.append([])

    def _end_page(self) -> None:
        self._pages[-1] += self._notes
        self._notes = []

    def _line(self, text: str) -> None:
        boxed, self._boxed = (self._boxed, []) if not self._boxes else ([], self._boxed)
        for line in [*text.split("\n"), *boxed]:
            if self._cells:
                self._cells[-1].append(self._converted(line))
            elif line.strip():
                self._pages[-1].append(self._converted(line))

    def _converted(self, line: str) -> str:
        line = line.strip()
        if line.isascii():
            return line
        converted = line_to_unicode(line)
        if converted != tidy(line):
            self._legacy.add(len(self._pages))
        return converted

    def finish(self) -> None:
        """The document ends, or is read no further."""
        for part in self._open:
            if text := "".join(part).strip():
                self._pages[-1].append(self._converted(text))
        self._open = []
        self._end_page()

    def take(self) -> str:
        """All lines until here as one text; begins anew."""
        self.finish()
        text = "\n".join(line for page in self._pages for line in page)
        self._pages = [[]]
        return text

    def pages(self, part: str = "", first: int = 1) -> list[PageText]:
        """The pages, none if nothing is written on any."""
        if not any(self._pages):
            return []
        return [
            page_of(
                number,
                "\n".join(lines),
                part,
                How.LEGACY_FONT if number - first + 1 in self._legacy else How.TEXT,
            )
            for number, lines in enumerate(self._pages, first)
        ]


def page_of(number: int, text: str, part: str = "", how: How = How.TEXT) -> PageText:
    """A page of a document that has no picture of itself, so that no OCR could better it."""
    text = tidy(text)
    return PageText(number, text, how, judge(text), part=part)
