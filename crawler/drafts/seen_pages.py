"""A page that was looked at, cut into pieces of text with their places."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from selectolax.lexbor import LexborHTMLParser, LexborNode

from archive.model import StoredResponse
from crawler.extraction.extract import MAX_PAGE, decoded_body
from crawler.extraction.legacy_text import to_unicode
from crawler.extraction.page_charset import decode_html
from crawler.extraction.page_limits import check_markup

_UNSEEN = ("script", "style", "noscript", "template", "head", "title", "option")
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class TextPiece:
    """A text that can be seen, the element right around it, and whether it is part of a link."""

    text: str
    node: LexborNode
    order: int
    link: LexborNode | None


@dataclass(slots=True)
class SeenPage:
    """A page of a site, as it came; `shown_as` is the text of the link that led to it."""

    stored: StoredResponse
    html: str
    tree: LexborHTMLParser
    shown_as: str = ""
    _pieces: list[TextPiece] = field(default_factory=list)
    _held: dict[int, list[TextPiece]] = field(default_factory=dict)

    @classmethod
    def of(cls, stored: StoredResponse, shown_as: str = "") -> SeenPage:
        """Raises ValueError for a page beyond a limit, `zlib.error` for no page at all."""
        body = decoded_body(stored, MAX_PAGE)
        html = decode_html(body, stored.header("Content-Type"))
        check_markup(html)
        return cls(stored, html, LexborHTMLParser(html), shown_as)

    @property
    def url(self) -> str:
        """Where it was asked for."""
        return self.stored.url

    @property
    def at(self) -> datetime:
        """When it came."""
        return self.stored.captured_at

    @property
    def pieces(self) -> list[TextPiece]:
        """All of its text, in order."""
        if not self._pieces and self.tree.body is not None:
            self._pieces = list(_pieces(self.tree.body))
        return self._pieces

    def pieces_in(self, node: LexborNode) -> list[TextPiece]:
        """The pieces of text within an element of this page, in order."""
        if not self._held:
            for piece in self.pieces:
                for around in ancestors(piece.node):
                    self._held.setdefault(around.mem_id, []).append(piece)
        return self._held.get(node.mem_id, [])

    def text_within(self, node: LexborNode) -> str:
        """The text of an element of this page that can be seen."""
        return " ".join(piece.text for piece in self.pieces_in(node))

    def first(self, source: str) -> LexborNode | None:
        """The first element that a source of a description finds; None for one that is no element.

        A source is a selector, an attribute of one (`::attr(x)`), or a property of the page's
        JSON-LD (`json-ld: x`).
        """
        if source.startswith("json-ld:"):
            return None
        return self.tree.css_first(source.partition("::")[0])


def plain_text(text: str) -> str:
    """A text in Unicode, every run of white space one space."""
    return " ".join(to_unicode(text).split())


def cut(text: str, most: int = 80) -> str:
    """The beginning of a text, in a line of so many letters."""
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: most - 1]}…"


def text_in(node: LexborNode | None) -> str:
    """The text of an element that can be seen."""
    if node is None:
        return ""
    return plain_text("".join(f"{piece.text} " for piece in _pieces(node)))


def ancestors(node: LexborNode) -> Iterator[LexborNode]:
    """The element itself, then those around it, up to the page's body."""
    current: LexborNode | None = node
    while current is not None and current.tag not in ("html", "-undef"):
        yield current
        current = current.parent


def is_hidden(node: LexborNode) -> bool:
    """Whether an element itself says that it is not shown, by its style or a class of Bootstrap."""
    given = node.attributes
    classes = set((given.get("class") or "").split())
    return (
        "hidden" in given
        or bool(classes & {"hidden", "d-none", "sr-only", "visually-hidden"})
        or _HIDDEN.search(given.get("style") or "") is not None
    )


def _pieces(top: LexborNode) -> Iterator[TextPiece]:
    order = 0
    stack: list[tuple[LexborNode, LexborNode | None]] = [(top, None)]
    while stack:
        node, link = stack.pop()
        child = node.child
        inner: list[tuple[LexborNode, LexborNode | None]] = []
        if node.tag == "-text":
            text = plain_text(node.text_content or "")
            if text and node.parent is not None:
                order += 1
                yield TextPiece(text, node.parent, order, link)
            continue
        if node.tag in _UNSEEN or node.tag == "-comment" or is_hidden(node):
            continue
        link = node if node.tag == "a" else link
        while child is not None:
            inner.append((child, link))
            child = child.next
        stack.extend(reversed(inner))
