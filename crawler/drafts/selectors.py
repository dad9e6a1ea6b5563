"""CSS selectors that find given elements on every page that was looked at, the plainest first."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from selectolax.lexbor import LexborHTMLParser, LexborNode

from crawler.drafts.seen_pages import ancestors

_NAME = re.compile(r"-?[A-Za-z_][\w-]*")
_OF_A_PAGE = re.compile(r"\d{3,}|^(active|current|first|last|odd|even|selected|clearfix|row)$")
_ATTRIBUTES = ("itemprop", "data-role", "role", "type", "data-type")
_TAGS = ("h1", "h2", "h3", "h4", "article", "main", "time", "figure", "section")
_LEVELS = 7
_MOST = 60


def names_of(node: LexborNode) -> Iterator[str]:
    """Selectors of an element by itself, the most telling first."""
    given = node.attributes
    own_id = given.get("id") or ""
    if _NAME.fullmatch(own_id) and not _OF_A_PAGE.search(own_id):
        yield f"#{own_id}"
    for name in _ATTRIBUTES:
        if (value := given.get(name)) and _NAME.fullmatch(value):
            yield f"[{name}={value}]"
    classes = [c for c in (given.get("class") or "").split() if _is_stable(c)]
    tag = node.tag or ""
    for one in classes:
        yield f"{tag}.{one}" if tag in _TAGS else f".{one}"
    yield from (f"{tag}.{one}" for one in classes if tag not in _TAGS)
    if len(classes) > 1:
        yield "".join(f".{one}" for one in classes[:3])
    if tag in _TAGS:
        yield tag


def paths_to(node: LexborNode) -> Iterator[str]:
    """Selectors of an element, by itself or within one that is around it."""
    own = [*names_of(node)]
    yield from own
    plain = [*own, node.tag or "*"]
    outer = list(ancestors(node))[1:_LEVELS]
    yielded = 0
    for around in outer:
        for name in names_of(around):
            for inner in dict.fromkeys(plain):
                yield f"{name} {inner}"
                yielded += 1
                if yielded > _MOST:
                    return


def selector_of(
    wanted: Sequence[tuple[LexborHTMLParser, LexborNode]],
    fits: Callable[[LexborHTMLParser, LexborNode, LexborNode], bool] | None = None,
) -> str | None:
    """The plainest selector whose first element is the wanted one, on each page."""
    same = fits or (lambda tree, found, node: found.mem_id == node.mem_id)
    for _, start in wanted[:2]:
        for selector in paths_to(start):
            found = [(tree.css_first(selector), tree, node) for tree, node in wanted]
            if all(one is not None and same(tree, one, node) for one, tree, node in found):
                return selector
    return None


def selector_of_links(tree: LexborHTMLParser, links: Sequence[LexborNode]) -> str | None:
    """The plainest selector that finds links with these hrefs, and no other text links."""
    wanted = {link.attributes.get("href") for link in links}
    for start in (*links[:1], *links[-1:]):
        for selector in paths_to(start):
            found = tree.css(selector)
            if len(found) <= 4 * len(links) + 4:
                hrefs = {node.attributes.get("href") for node in found}
                if hrefs == wanted:
                    return selector
    return None


def _is_stable(name: str) -> bool:
    return _NAME.fullmatch(name) is not None and not _OF_A_PAGE.search(name)
