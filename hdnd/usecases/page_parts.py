"""What the pages of articles need to look as they did, as far as it is held."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from archive.catalogue.queries.export import page_captures, style_sheet_captures
from archive.catalogue.queries.replay import held_of
from archive.reading import ArchiveReader
from crawler import decoded_body
from crawler.extraction.page_charset import decode_html
from crawler.extraction.page_limits import TooMuch, check_markup
from crawler.extraction.requisites import requisites_of_page, requisites_of_style_sheet


def requisites_of(reader: ArchiveReader, articles: Iterable[str]) -> frozenset[str]:
    """The addresses of style sheets, fonts and pictures that pages of articles name, and those that
    their style sheets name; what is not held is left out.
    """
    found: set[str] = set()
    for article in articles:
        record = reader.article(article)
        for seq in page_captures(reader.catalogue, record.id) if record else ():
            found.update(_of_capture(reader, seq))
    sheets = list(held_of(reader.catalogue, sorted(found)))
    for url in sheets:
        found.update(_of_sheets(reader, url))
    return frozenset(held_of(reader.catalogue, sorted(found)))


def _of_capture(reader: ArchiveReader, seq: int) -> list[str]:
    capture = reader.capture(seq)
    text = _text(reader, seq)
    if not (capture.media_type or "").startswith(("text/html", "application/xhtml")):
        return []
    try:
        check_markup(text)
    except TooMuch:
        return []
    return requisites_of_page(text, capture.url)


def _of_sheets(reader: ArchiveReader, url: str) -> Iterator[str]:
    for seq in style_sheet_captures(reader.catalogue, url):
        yield from requisites_of_style_sheet(_text(reader, seq), url)


def _text(reader: ArchiveReader, seq: int) -> str:
    """What a capture says; nothing if it cannot be unpacked."""
    stored = reader.stored(reader.capture(seq))
    try:
        return decode_html(decoded_body(stored), stored.header("Content-Type"))
    except ValueError:
        return ""
