"""What stands at the places that a description names: texts and attributes of a page's elements."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from crawler.extraction.legacy_text import texts_to_unicode
from crawler.extraction.page_limits import TooMuch
from crawler.extraction.structured_data import article_data, text_at
from crawler.sites.page_values import STRUCTURED, split_source

_OF_THE_PAGE = ("meta", "link", "html", "head", "body", "title")
"""Elements that are looked for on the whole page, wherever a description's root is."""
_NO_TEXT = ("script", "style", "noscript", "template")
MOST = 2000
"""Elements that are looked at for one key."""

MOST_LETTERS = 4 << 20
"""Letters that are read of a page for its fields: as many as a page may have."""


class PlaceText(NamedTuple):
    """A text, and the element that it is of, if it is of one."""

    text: str
    node: LexborNode | None


class PagePlaces:
    """A page, or the part of it that `root` is, to be asked for what a description names."""

    def __init__(self, tree: LexborHTMLParser, root: LexborNode | None = None) -> None:
        self.tree = tree
        self.root = root if root is not None else tree.root
        self._data: dict[str, Any] | None = None
        self._letters = 0

    def elements(self, selectors: Sequence[str]) -> list[LexborNode]:
        """The elements of the first selector that finds any."""
        for selector in selectors:
            if found := self._css(selector):
                return found
        return []

    def all(self, sources: Sequence[str], attribute: str | None = None) -> Iterator[PlaceText]:
        """All that stands at the places, in the order in which they are named; nothing empty.

        `attribute` is taken where a source names none.
        """
        for source in sources:
            if source.startswith(STRUCTURED):
                text = text_at(self._structured(), source.removeprefix(STRUCTURED).strip())
                yield from [PlaceText(" ".join(text.split()), None)] if text.strip() else ()
                continue
            selector, named = split_source(source)
            for node in self._css(selector):
                name = named or attribute
                text = text_of(node) if name is None else (node.attributes.get(name) or "").strip()
                self._letters += len(text)
                if self._letters > MOST_LETTERS:
                    raise TooMuch("its description has the same text of it read again and again")
                if text:
                    yield PlaceText(text, node)

    def first(self, sources: Sequence[str]) -> PlaceText | None:
        """What the first place has that has something."""
        return next(self.all(sources), None)

    def _css(self, selector: str) -> list[LexborNode]:
        whole = selector.startswith(_OF_THE_PAGE) or self.root is None
        node: Any = self.tree if whole else self.root
        return list(node.css(selector)[:MOST])

    def _structured(self) -> dict[str, Any]:
        if self._data is None:
            self._data = article_data(self.tree)
        return self._data


def spaced_text_of(node: LexborNode | None) -> str:
    """The text of an element with a space wherever an element begins or ends."""
    if node is None:
        return ""
    return " ".join(" ".join(_texts_of(node)).split())


def text_of(node: LexborNode | None) -> str:
    """The text of an element in Unicode, every run of white space one space."""
    if node is None:
        return ""
    return " ".join(texts_to_unicode(_texts_of(node)).split())


def _texts_of(node: LexborNode) -> list[str]:
    return [
        part.text_content or ""
        for part in node.traverse(include_text=True)
        if part.parent is None or part.parent.tag not in _NO_TEXT
    ]
