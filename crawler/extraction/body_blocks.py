"""An article's body, whatever a clerk pasted into it, as blocks in order.

A block ends where a reader sees a new line begin: at the edge of a block-level element or at two
line breaks in a row. Bare text counts, empty blocks do not. A table row whose cells each hold one
line of text is one block; other tables are read cell by cell.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PageElement, PreformattedString, Tag

from archive.model import Attachment, Block
from crawler.extraction.legacy_text import texts_to_unicode, to_unicode
from crawler.extraction.page_limits import TimeLimit
from crawler.sites.canonical_urls import file_name

MEDIA_TYPES = {
    "doc": "application/msword",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "odp": "application/vnd.oasis.opendocument.presentation",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odt": "application/vnd.oasis.opendocument.text",
    "pdf": "application/pdf",
    "ppt": "application/vnd.ms-powerpoint",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "rar": "application/vnd.rar",
    "rtf": "application/rtf",
    "xls": "application/vnd.ms-excel",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
}
"""The kinds of document, with their media types (IANA)."""

_PICTURES = {
    "bmp": "image/bmp",
    "gif": "image/gif",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "png": "image/png",
    "tif": "image/tiff",
    "tiff": "image/tiff",
    "webp": "image/webp",
}
FILE_TYPES = MEDIA_TYPES | _PICTURES | {"txt": "text/plain"}
"""The kinds of file that make a link in a body an attachment: all that are read (or OCR reads)."""

_BLOCK_NAMES = """
    address article aside blockquote caption center dd details dialog dir div dl dt fieldset
    figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li listing main menu nav
    ol optgroup option p plaintext pre search section summary table tbody td tfoot th thead tr ul
    xmp
"""
"""As browsers show them (HTML § 15.3)."""
_BLOCK_LEVEL = frozenset(_BLOCK_NAMES.split())
_INVISIBLE = frozenset(("script", "style", "noscript", "template", "iframe", "object"))
_RAISED = {
    "sup": dict(zip("0123456789+-−()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁽⁾ⁿ", strict=True)),
    "sub": dict(zip("0123456789+-−()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₍₎", strict=True)),
}
_NUMBER_BEGINS = re.compile(r"[+−-]?\d")
_CAPTION_CLASS = re.compile(r"caption|chu-?thich", re.IGNORECASE)
_KINDS = {"li": "list-item", "figcaption": "caption", "caption": "caption"} | {
    f"h{level}": "heading" for level in range(1, 7)
}
MARK, LEFT_OUT, CAPTION = "data-hdnd-mark", "left-out", "caption"
"""An attribute by which a described platform marks elements of a body, and its values."""
_BREAK = "\n"
_VOID = re.compile(
    "<((?:area|base|basefont|bgsound|br|col|embed|frame|hr|img|input|keygen|link|meta|param|source"
    r'|track|wbr)(?:\s[^\s=<>"/]+(?:="[^"]*")?)*)>'
)
"""An element without an end tag, as an HTML serialisation writes it (HTML § 13.3)."""


@dataclass(slots=True)
class Body:
    """What a body holds. The `…_hrefs` are as they stand in the page, in order, each once."""

    blocks: tuple[Block, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    poster: str | None = None
    image_hrefs: tuple[str, ...] = ()
    attachment_hrefs: tuple[str, ...] = ()


@dataclass(slots=True)
class _Reader:
    link: Callable[[str], str | None]
    is_marked: bool = False
    blocks: list[Block] = field(default_factory=list)
    attachments: dict[str, Attachment] = field(default_factory=dict)
    poster: str | None = None
    image_hrefs: dict[str, None] = field(default_factory=dict)
    attachment_hrefs: dict[str, None] = field(default_factory=dict)
    parts: list[str] = field(default_factory=list)
    images: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    time: TimeLimit = field(default_factory=TimeLimit)

    def walk(self, parent: Tag, kind: str) -> None:
        for child in parent.children:
            self._node(child, kind)

    def _node(self, node: PageElement, kind: str) -> None:
        self.time.check()
        if isinstance(node, NavigableString):
            if not isinstance(node, PreformattedString):
                self.parts.append(re.sub(r"\s+", " ", str(node)))
            return
        if not isinstance(node, Tag) or node.name in _INVISIBLE:
            return
        classes = " ".join(str(c) for c in node.get_attribute_list("class"))
        mark = node.get(MARK) if self.is_marked else None
        if mark == LEFT_OUT:
            if node.name in _BLOCK_LEVEL:
                self.flush(kind)
        elif mark == CAPTION:
            self.flush(kind)
            self.walk(node, "caption")
            self.flush("caption")
        elif "view-content-author" in classes and not self.is_marked:
            self.poster = _clean(node.get_text(" ")) or self.poster
        elif node.name == "br":
            self._line_break(kind)
        elif node.name == "img":
            self._image(str(node.get("src") or ""))
        elif node.name in _RAISED:
            self._raised(node, kind)
        elif node.name == "tr" and _is_one_line(node):
            self._row(node, kind)
        elif node.name in _BLOCK_LEVEL:
            self.flush(kind)
            inner = _KINDS.get(node.name, kind)
            if _CAPTION_CLASS.search(classes):
                inner = "caption"
            self.walk(node, inner)
            self.flush(inner)
        else:
            if node.name == "a":
                self._anchor(node)
            self.walk(node, kind)

    def _line_break(self, kind: str) -> None:
        last = next((p for part in reversed(self.parts) if (p := part.rstrip(" \u00a0"))), "")
        if last.endswith(_BREAK):
            self.flush(kind)
        else:
            self.parts.append(_BREAK)

    def _raised(self, node: Tag, kind: str) -> None:
        """What stands higher or lower than the number before it is no digit of that."""
        begin, before = len(self.parts), next((p[-1] for p in reversed(self.parts) if p), "")
        self.walk(node, kind)
        text = "".join(self.parts[begin:])
        if before.isdigit() and _NUMBER_BEGINS.match(text):
            forms = _RAISED[node.name]
            whole = all(character in forms for character in text)
            self.parts[begin:] = ["".join(forms[c] for c in text) if whole else f" {text}"]

    def _row(self, row: Tag, kind: str) -> None:
        self.flush(kind)
        cells = row.find_all(["td", "th"], recursive=False)
        filled = 0
        for cell in cells:
            if filled and _clean(cell.get_text()):
                self.parts.append(" | ")
            filled += bool(_clean(cell.get_text()))
            self.walk_inline(cell, kind)
        self.flush(_row_kind(row, kind))

    def walk_inline(self, cell: Tag, kind: str) -> None:
        for child in cell.children:
            if isinstance(child, Tag) and child.name in _BLOCK_LEVEL:
                self.walk_inline(child, kind)
            else:
                self._node(child, kind)

    def _image(self, src: str) -> None:
        url = self.link(src)
        if url:
            self.images.append(url)
            self.image_hrefs.setdefault(src)

    def _anchor(self, anchor: Tag) -> None:
        href = str(anchor.get("href") or "")
        url = self.link(href)
        if not url:
            return
        self.links.append(url)
        name = file_name(url)
        extension = name.rpartition(".")[2].lower()
        # A picture that leads to a larger one of itself is shown, not attached.
        enlarges = extension in _PICTURES and anchor.find("img") is not None
        if (extension in FILE_TYPES and not enlarges) or "/documents/" in url:
            self.attachment_hrefs.setdefault(href)
            self.attachments.setdefault(url, Attachment(name, url, FILE_TYPES.get(extension)))

    def leave_out_what_is_shown(self) -> None:
        """A picture that the body shows is no attachment, even if it links it too."""
        shown = {self.link(src) for src in self.image_hrefs}
        twice = {
            url
            for url, found in self.attachments.items()
            if url in shown and found.media_type in _PICTURES.values()
        }
        for href in [href for href in self.attachment_hrefs if self.link(href) in twice]:
            del self.attachment_hrefs[href]
        for url in twice:
            del self.attachments[url]

    def flush(self, kind: str) -> None:
        text = _lines_of(texts_to_unicode(self.parts))
        if text or self.images:
            self.blocks.append(
                Block(
                    text,
                    kind if text else "image",
                    tuple(dict.fromkeys(self.images)),
                    tuple(dict.fromkeys(self.links)),
                )
            )
        self.parts, self.images, self.links = [], [], []


def read_body(html: str, *, link: Callable[[str], str | None], is_marked: bool = False) -> Body:
    """Read a body's HTML. `link` turns a link as it stands into its identity, None for no link.

    `is_marked`: attributes `MARK` say what is left out, and what is a caption.
    """
    reader = _Reader(link, is_marked)
    # Beautiful Soup looks through all elements left open like these at every end tag.
    reader.walk(BeautifulSoup(_VOID.sub(r"<\1/>", html), "html.parser"), "paragraph")
    reader.flush("paragraph")
    reader.leave_out_what_is_shown()
    return Body(
        tuple(reader.blocks),
        tuple(reader.attachments.values()),
        reader.poster,
        tuple(reader.image_hrefs),
        tuple(reader.attachment_hrefs),
    )


def _is_one_line(row: Tag) -> bool:
    for cell in row.find_all(["td", "th"], recursive=False):
        filled = 0
        for inner in cell.descendants:
            if not isinstance(inner, Tag):
                continue
            if inner.name in ("table", "br"):
                return False
            filled += inner.name in _BLOCK_LEVEL and bool(inner.get_text().strip())
            if filled > 1:
                return False
    return True


def _row_kind(row: Tag, kind: str) -> str:
    """The row of text right under a row of pictures, in a table of nothing else, is a caption."""
    above = row.find_previous_sibling("tr")
    if above is not None and above.find("img") and not _clean(above.get_text()):
        return "caption"
    return "table-row" if len(row.find_all(["td", "th"])) > 1 else kind


def _clean(text: str) -> str:
    return _lines_of(to_unicode(text))


def _lines_of(text: str) -> str:
    lines = (" ".join(line.split()) for line in text.split(_BREAK))
    return _BREAK.join(line for line in lines if line)
