"""Page requisites: what a page needs to look as it did, beside what it says.

Style sheets, what these load (fonts, pictures, further sheets), and the pictures of the page around
the article. Scripts are none: a replay runs none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser

from crawler.sites.canonical_urls import absolute

_IN_STYLES = re.compile(
    r"""(?:\burl\(\s*|@import\s+(?!url\())(?P<quote>["']?)(?P<url>[^"'()\\\n]+)(?P=quote)""",
    re.IGNORECASE,
)
_STYLED = "link[rel~=stylesheet i][href], link[rel~=icon i][href]"
_SHOWN = "img[src], input[type=image][src], table[background], td[background], body[background]"


def requisites_of_page(html: str, url: str) -> list[str]:
    """The addresses of a page's style sheets and pictures, in its order, each once."""
    tree = LexborHTMLParser(html)
    base = next((node.attributes.get("href") for node in tree.css("base[href]")), None)
    return _whole(_in_page(tree), (base and absolute(url, base)) or url)


def requisites_of_style_sheet(css: str, url: str) -> list[str]:
    """The addresses of what a style sheet loads, in its order, each once."""
    return _whole(_in_styles(css), url)


def _in_page(tree: LexborHTMLParser) -> Iterator[str]:
    for node in tree.css(_STYLED):
        yield node.attributes.get("href") or ""
    for node in tree.css(_SHOWN):
        yield node.attributes.get("src") or node.attributes.get("background") or ""
    for node in tree.css("style"):
        yield from _in_styles(node.text())
    for node in tree.css("[style*='url(' i]"):
        yield from _in_styles(node.attributes.get("style") or "")


def _in_styles(css: str) -> Iterator[str]:
    return (found["url"] for found in _IN_STYLES.finditer(css))


def _whole(addresses: Iterator[str], base: str) -> list[str]:
    whole = (absolute(base, one) for one in addresses if not one.strip().startswith("data:"))
    return list(dict.fromkeys(one for one in whole if one))
