"""Excel 97 to 2003, by calamine: the cells that have a value, row by row."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from archive.attachment_text import How, PageText
from crawler.extraction.attachments import problems
from crawler.extraction.attachments.blocks import page_of
from crawler.extraction.attachments.findings import UnreadableFile
from crawler.extraction.attachments.legacy_lines import line_to_unicode
from crawler.extraction.attachments.limits import MAX_CHARACTERS, PastLimit


def read_xls(data: bytes) -> Iterator[PageText]:
    """The sheets in the workbook's order, each a page with the sheet's name.

    Raises `UnreadableFile` for what is no workbook, `PastLimit` for one that is too large.
    """
    size = 0
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        for number, name in enumerate(book.sheet_names, 1):
            lines = []
            for row in book.get_sheet_by_name(name).iter_rows():
                line = "\t".join(shown for value in row if (shown := _shown(value)))
                size += len(line)
                if size > MAX_CHARACTERS:
                    raise PastLimit(f"{MAX_CHARACTERS} characters")
                if line:
                    lines.append(line)
            converted = [line_to_unicode(line) for line in lines]
            how = How.LEGACY_FONT if lines != converted else How.TEXT
            yield page_of(number, "\n".join(converted), name, how)
    except PasswordError:
        raise UnreadableFile(problems.ENCRYPTED) from None
    except CalamineError:
        raise UnreadableFile(problems.DAMAGED) from None


def _shown(value: Any) -> str:
    if isinstance(value, datetime):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, float):
        return f"{value:.15g}"
    return " ".join(str(value).split())
