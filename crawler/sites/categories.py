"""Which listing of a site an address is that of, or lies below."""

from __future__ import annotations

from urllib.parse import parse_qsl, unquote, urlsplit

from crawler.sites.description import Site


def is_category(site: Site, url: str) -> bool:
    """Whether an address is that of a listing which the description names, on any page of it."""
    parts = urlsplit(url)
    path = unquote(parts.path).rstrip("/")
    given = set(parse_qsl(parts.query, keep_blank_values=True))
    for category in site.categories:
        named, _, query = category.partition("?")
        if path == unquote(named).rstrip("/") and set(parse_qsl(query)) <= given:
            return True
    return False
