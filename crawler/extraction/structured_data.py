"""JSON-LD of a page (schema.org), as far as it is about an article."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from archive.ground.untrusted_json import parsed_json

_LONGEST = 1 << 18
_MOST = 50
_ARTICLES = ("Article", "NewsArticle", "BlogPosting", "ReportageNewsArticle", "Report", "WebPage")
"""Types of a thing that a page is about, those first that say it best (schema.org)."""


def article_data(tree: LexborHTMLParser) -> dict[str, Any]:
    """What a page's JSON-LD says of its article; nothing if it has none that can be read."""
    found = [thing for node in tree.css('script[type="application/ld+json"]')[:_MOST]
             for thing in _things(json_of_page(node.text() or ""))]  # fmt: skip
    for kind in _ARTICLES:
        for thing in found:
            kinds = thing.get("@type")
            if kind in (kinds if isinstance(kinds, list) else [kinds]):
                return thing
    return {}


def value_at(data: Any, path: str) -> Any:
    """The value under names with dots between them; of a list the first; None if there is none."""
    for name in path.split("."):
        if isinstance(data, list):
            data = data[0] if data else None
        data = data.get(name) if isinstance(data, dict) else None
    return data


def text_at(data: Any, path: str) -> str:
    """The text or number under a path, empty if there is none."""
    found = value_at(data, path)
    if isinstance(found, list):
        found = found[0] if found else None
    return str(found) if isinstance(found, (str, int, float)) and found is not True else ""


def json_of_page(text: str) -> Any:
    """JSON of a page, None for what is none or too much."""
    if len(text) > _LONGEST:
        return None
    try:
        return parsed_json(text, strict=False)
    except ValueError:
        return None


def _things(data: Any) -> Iterator[dict[str, Any]]:
    if isinstance(data, list):
        for one in data[:_MOST]:
            yield from _things(one) if isinstance(one, (dict, list)) else ()
    elif isinstance(data, dict):
        yield data
        graph = data.get("@graph")
        yield from _things(graph) if isinstance(graph, list) else ()
