"""The form by which a page of ASP.NET is posted back to itself."""

from __future__ import annotations

from selectolax.lexbor import LexborHTMLParser

from crawler.sites.posted_forms import EVENT_ARGUMENT, EVENT_TARGET, Fields

_MOST = 100


def posted_back(html: str, fields: Fields) -> Fields:
    """All that a page's form holds unseen, and what of it these fields say anew."""
    said = dict(fields)
    form = LexborHTMLParser(html).css_first("form:has(input[name=__VIEWSTATE])")
    hidden = form.css("input[type=hidden][name]")[:_MOST] if form is not None else []
    held = {str(node.attributes["name"]): node.attributes.get("value") or "" for node in hidden}
    held.pop(EVENT_TARGET, None)
    held.pop(EVENT_ARGUMENT, None)
    return (*said.items(), *((k, v) for k, v in held.items() if k not in said))
