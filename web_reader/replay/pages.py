"""Captured pages: led to the archive, without what would run, load or send anything.

A page is parsed as browsers parse it (HTML Living Standard) and written anew, so that what is
looked at here is what a browser sees. The policy it is sent with (`web_reader.headers`) forbids the
same things once more.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urljoin

from selectolax.lexbor import LexborHTMLParser, LexborNode

from web_reader.replay.style_sheets import rewritten_css

_DROPPED = frozenset(
    {"script", "base", "iframe", "frame", "frameset", "object", "embed", "applet", "portal"}
    | {"template", "fencedframe", "animate", "set"}
)
_LEADS = frozenset({"a", "area"})
_LOADS = frozenset({"src", "href", "xlink:href", "poster", "background", "lowsrc", "dynsrc"})
_DRAWN = frozenset(
    {"fill", "stroke", "filter", "mask", "clip-path", "cursor"}
    | {"marker", "marker-start", "marker-mid", "marker-end"}
)
"""Attributes of drawings that may name an address as a style sheet does (SVG 2)."""
_DROPPED_ATTRIBUTES = frozenset(
    {"ping", "srcdoc", "action", "formaction", "target", "integrity", "nonce", "crossorigin"}
    | {"http-equiv", "manifest", "codebase", "archive", "data", "classid", "profile", "longdesc"}
    | {"cite", "usemap", "download", "autofocus", "attributionsrc", "imagesrcset"}
)


@dataclass
class ReplayedPage:
    """A page made over; `loads` are the addresses of what it shows, in their order, `left_out` is
    how many links were taken out with their words."""

    html: str
    loads: list[str] = field(default_factory=list)
    left_out: int = 0


def rewritten_page(
    html: str, url: str, page_at: Callable[[str], str | None], part_at: Callable[[str], str]
) -> ReplayedPage:
    """Make a captured page over. `page_at` and `part_at` give where the archive has a page that is
    linked to, and a style sheet or picture; a link to a page of which it gives None must not be
    shown, nor the words on it.
    """
    tree = LexborHTMLParser(html)
    made = ReplayedPage("")
    base = _base(tree, url)

    def part(address: str) -> str:
        whole = _whole(base, address)
        if whole is None:
            return ""
        made.loads.append(whole)
        return part_at(whole)

    root = tree.root
    for node in list(root.traverse(include_text=False)) if root is not None else ():
        if _is_dropped(node):
            node.decompose()
    root = tree.root
    for node in list(root.traverse(include_text=False)) if root is not None else ():
        if _must_go(node, base, page_at):
            node.replace_with("…")
            made.left_out += 1
        else:
            _make_over(node, base, lambda one: page_at(one) or "", part)
    made.html = f"<!doctype html>\n{tree.html or ''}"
    made.loads = list(dict.fromkeys(made.loads))
    return made


def _base(tree: LexborHTMLParser, url: str) -> str:
    node = tree.css_first("base[href]")
    href = node.attributes.get("href") if node is not None else None
    return (_whole(url, href) if href else None) or url


def _whole(base: str, address: str) -> str | None:
    try:
        whole = urljoin(base, address.strip())
    except ValueError:
        return None
    return whole.partition("#")[0] if whole.startswith(("http://", "https://")) else None


def _is_dropped(node: LexborNode) -> bool:
    tag = node.tag
    if tag in _DROPPED:
        return True
    if tag == "meta":
        return "http-equiv" in node.attributes or "charset" in node.attributes
    if tag == "link":
        kinds = (node.attributes.get("rel") or "").lower().split()
        return "stylesheet" not in kinds or "alternate" in kinds
    return False


def _must_go(node: LexborNode, base: str, page_at: Callable[[str], str | None]) -> bool:
    """Whether a link leads to what must not be shown."""
    if node.tag not in _LEADS:
        return False
    targets = (value for name, value in node.attributes.items() if name.lower() in _LOADS)
    wholes = (_whole(base, target or "") for target in targets)
    return any(whole is not None and page_at(whole) is None for whole in wholes)


def _make_over(
    node: LexborNode, base: str, page_at: Callable[[str], str], part: Callable[[str], str]
) -> None:
    tag, attributes = node.tag or "", dict(node.attributes)
    for name, value in attributes.items():
        low = name.lower()
        if low.startswith("on") or low in _DROPPED_ATTRIBUTES:
            del node.attrs[name]
        elif low in _LOADS and tag in _LEADS:
            _lead(node, name, value or "", base, page_at)
        elif low in _LOADS:
            _load(node, name, value or "", part)
        elif low == "srcset":
            node.attrs[name] = _sources(value or "", part)
        elif low == "style" or (value and "(" in value and low in _DRAWN):
            node.attrs[name] = rewritten_css(value or "", part)
    if tag == "style":
        node.inner_html = rewritten_css(node.text(), part).replace("</", "<\\/")


def _lead(
    node: LexborNode, name: str, value: str, base: str, page_at: Callable[[str], str]
) -> None:
    """A link leads to the archive's capture, in place of our banner and all."""
    if value.strip().startswith("#"):
        return
    whole = _whole(base, value)
    if whole is None:
        del node.attrs[name]
        return
    node.attrs[name] = page_at(whole)
    node.attrs["target"] = "_top"


def _load(node: LexborNode, name: str, value: str, part: Callable[[str], str]) -> None:
    if value.startswith("data:image/") and node.tag in ("img", "input", "source", "image"):
        return
    if node.tag in ("use", "image") and value.startswith("#"):
        return
    if loaded := part(value):
        node.attrs[name] = loaded
    else:
        del node.attrs[name]


def _sources(value: str, part: Callable[[str], str]) -> str:
    """The candidates of a `srcset`, each with its descriptor."""
    made = []
    for candidate in value.split(","):
        address, *descriptor = candidate.split()[:2] or [""]
        if address and (loaded := part(address)):
            made.append(" ".join([loaded, *descriptor]))
    return ", ".join(made)
