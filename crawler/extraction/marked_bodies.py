"""The parts of a page that are an article's body, as HTML in which is marked what is no text of it.

Pictures that a script loads later get their addresses where a reader looks for them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from selectolax.lexbor import LexborNode

from crawler.extraction.body_blocks import CAPTION, LEFT_OUT, MARK

_LAZY = ("data-original", "data-src", "data-lazy-src", "data-lazy")
_PLACEHOLDERS = ("data:", "about:")


def marked_html(
    nodes: Sequence[LexborNode], *, left_out: Iterable[LexborNode], captions: Iterable[LexborNode]
) -> str:
    """The HTML of these elements, with marks that `read_body` knows."""
    for node in nodes:
        for forged in node.css(f"[{MARK}]"):
            del forged.attrs[MARK]
        for picture in node.css("img"):
            _wake(picture)
    for caption in captions:
        caption.attrs[MARK] = CAPTION
    for node in left_out:
        node.attrs[MARK] = LEFT_OUT
    return "".join(f"<div>{node.inner_html or ''}</div>" for node in outermost(nodes))


def outermost(nodes: Sequence[LexborNode]) -> list[LexborNode]:
    """The elements that lie in no other of them, each once."""
    known = {node.mem_id for node in nodes}
    found: dict[int, LexborNode] = {}
    for node in nodes:
        parent = node.parent
        while parent is not None and parent.mem_id not in known:
            parent = parent.parent
        if parent is None:
            found.setdefault(node.mem_id, node)
    return list(found.values())


def _wake(picture: LexborNode) -> None:
    """Give a picture that is loaded late the address that it will have."""
    there = picture.attributes.get("src") or ""
    late = next((v for name in _LAZY if (v := picture.attributes.get(name))), None)
    if late:
        picture.attrs["src"] = late
    elif there.startswith(_PLACEHOLDERS):
        picture.attrs["src"] = ""
