"""Plain text and web pages that are attached as documents."""

from __future__ import annotations

import re
from collections.abc import Iterator

from archive.attachment_text import How, PageText
from crawler.extraction.attachments.blocks import page_of
from crawler.extraction.attachments.legacy_lines import line_to_unicode
from crawler.extraction.attachments.limits import MAX_CHARACTERS, PastLimit
from crawler.extraction.attachments.quality import is_better
from crawler.extraction.page_charset import decode_html

_SAMPLE = 1 << 16
_BLOCK = re.compile("p|div|br|li|h[1-6]|tr|table|ul|ol|section|article|header|footer|title")


def read_text(data: bytes) -> Iterator[PageText]:
    """The pages of a text; form feeds part them.

    Raises `PastLimit` for a text that is too long.
    """
    text = _decoded(data)
    for number, page in enumerate(text[:MAX_CHARACTERS].split("\f"), 1):
        yield _page(number, page)
    if len(text) > MAX_CHARACTERS:
        raise PastLimit(f"{MAX_CHARACTERS} characters")


def _decoded(data: bytes) -> str:
    """The text; what is no UTF may be of the Vietnamese code page, or of an old font."""
    text = decode_html(data, None)
    if text.isascii() or data.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        return text
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        sample = data[:_SAMPLE]
        old = "\n".join(map(line_to_unicode, sample.decode("latin-1").splitlines()))
        if is_better(old, decode_html(sample, None)):
            return data.decode("latin-1")
    return text


def read_html(data: bytes) -> Iterator[PageText]:
    """A web page's text, a block a line, the cells of a row set apart by tabs."""
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(decode_html(data, None))
    for node in tree.css("script, style, noscript, template, head"):
        node.decompose()
    parts: list[str] = []
    root = tree.body or tree.root
    for node in root.traverse(include_text=True) if root else ():
        if node.tag == "-text":
            parts.append(re.sub(r"\s+", " ", node.text_content or ""))
        elif node.tag in ("td", "th"):
            parts.append("\t")
        elif _BLOCK.fullmatch(node.tag or ""):
            parts.append("\n")
    yield _page(1, "".join(parts)[:MAX_CHARACTERS])


def _page(number: int, text: str) -> PageText:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    converted = [line_to_unicode(line) for line in lines]
    how = How.LEGACY_FONT if lines != converted else How.TEXT
    return page_of(number, "\n".join(converted), how=how)
