"""PDF (ISO 32000-1), by pdfium; by pypdf where pdfium's text of a page is no language."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterator
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from archive.attachment_text import How, PageText, Want
from crawler.extraction.attachments import problems
from crawler.extraction.attachments.annotations import annotations_of
from crawler.extraction.attachments.findings import Embedded, UnreadableFile
from crawler.extraction.attachments.layout import lay_out
from crawler.extraction.attachments.legacy_lines import line_to_unicode
from crawler.extraction.attachments.limits import MAX_PAGES, PastLimit
from crawler.extraction.attachments.quality import judge, want
from crawler.extraction.attachments.simple_pages import simple_lines
from crawler.extraction.attachments.tidy import tidy
from crawler.extraction.attachments.words import rules_of, turned, words_of

_FEW = 40
"""Words below which a picture that fills the page is what the page says."""
_MAX_NAMES = 100
_GRID = 5
"""Ruled lines from which on a page may have a table."""


def read_pdf(data: bytes) -> Iterator[PageText | Embedded]:
    """The pages of a PDF, then the names of the files inside it.

    Raises `UnreadableFile` for what is no PDF, `PastLimit` for one with too many pages.
    """
    document = open_pdf(data)
    count = len(document)
    broken = 0
    for number in range(1, min(count, MAX_PAGES) + 1):
        page = _read_page(document, number, data)
        broken += page is None
        yield page or PageText(number, "")
    names = [_name(document, n) for n in range(min(document.count_attachments(), _MAX_NAMES))]
    if names:
        yield Embedded(tuple(names))
    if count > MAX_PAGES:
        raise PastLimit(f"{MAX_PAGES} pages")
    if broken:
        raise UnreadableFile(problems.DAMAGED, f"{broken} of {count} pages")


def open_pdf(data: bytes) -> Any:
    """The document as pdfium has it. Raises UnreadableFile."""
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if error.err_code == pdfium.FPDF_ERR_PASSWORD:
            raise UnreadableFile(problems.ENCRYPTED) from None
        cut = b"%%EOF" not in data[-2048:]
        raise UnreadableFile(problems.DAMAGED, "cut short" if cut else "") from None


def _name(document: Any, number: int) -> str:
    try:
        return file_name_of(str(document.get_attachment(number).get_name()))
    except pypdfium2.PdfiumError:
        return "?"


def file_name_of(told: str) -> str:
    """A name that came byte by byte though it is in UTF-16 or UTF-8 with its mark (7.9.2.2)."""
    try:
        data = told.encode("latin-1")
        if data.startswith((b"\xfe\xff", b"\xff\xfe")):
            return data.decode("utf-16")
        if data.startswith(b"\xef\xbb\xbf"):
            return data.decode("utf-8-sig")
    except UnicodeError:
        pass
    return told


def _read_page(document: Any, number: int, data: bytes) -> PageText | None:
    """A page, None if pdfium cannot load it."""
    try:
        page = document[number - 1]
    except pypdfium2.PdfiumError:
        return None
    shown, filled_in = annotations_of(page.raw)
    if shown and pdfium.FPDFPage_Flatten(page.raw, pdfium.FLAT_NORMALDISPLAY):
        page.close()
        page = document[number - 1]
    page.set_rotation(0)
    text_page = page.get_textpage()
    plain = text_page.get_text_range() if text_page.count_chars() else ""
    read = as_page(number, [*_lines(page.raw, plain, text_page.raw), *filled_in])
    if read.want is Want.UNREADABLE:
        other = as_page(number, _by_pypdf(data, number))
        read = other if other.want is None else read
    if read.want is Want.UNREADABLE:
        read = PageText(number, "", How.TEXT, read.quality, read.want)
    elif read.quality.words < _FEW and read.want is not Want.ABSENT and _is_scan(page):
        read = PageText(number, read.text, read.how, read.quality, Want.ABSENT)
    elif read.want is Want.ABSENT and not pdfium.FPDFPage_CountObjects(page.raw):
        read = PageText(number, "")
    text_page.close()
    page.close()
    return read


def _lines(page: Any, plain: str, text_page: Any) -> list[str]:
    rules = rules_of(page) if plain else []
    if len(rules) < _GRID and (lines := simple_lines(plain, text_page)) is not None:
        return lines
    words, others, turn = words_of(plain, text_page)
    lines = lay_out(words, [turned(rule, turn) for rule in rules])
    return [*lines, " ".join(word.text for word in others)] if others else lines


def as_page(number: int, lines: list[str]) -> PageText:
    """A page of these lines, judged."""
    converted = [line_to_unicode(line) for line in lines]
    legacy = any(_differ(one, other) for one, other in zip(lines, converted, strict=True))
    if legacy:
        converted = [line_to_unicode(line, beside_legacy=True) for line in lines]
    text = tidy("\n".join(converted))
    quality = judge(text)
    how = How.LEGACY_FONT if legacy else How.TEXT
    return PageText(number, text, how, quality, want(text, quality, "".join(lines)))


def _differ(line: str, converted: str) -> bool:
    return not line.isascii() and unicodedata.normalize("NFC", line) != converted


def _by_pypdf(data: bytes, number: int) -> list[str]:
    """The lines of a page by the other library, which keeps bytes that pdfium takes for signs."""
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        return PdfReader(io.BytesIO(data)).pages[number - 1].extract_text().split("\n")
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError):
        return []


def _is_scan(page: Any) -> bool:
    """Whether pictures fill more than half of the page."""
    width, height = page.get_size()
    covered = 0.0
    for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=2):
        left, bottom, right, top = item.get_bounds()
        covered += max(0.0, right - left) * max(0.0, top - bottom)
        if covered > 0.5 * width * height:
            return True
    return False
