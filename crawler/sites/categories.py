"""Which listing of a site an address is that of, or lies below."""

from __future__ import annotations

from urllib.parse import parse_qsl, unquote, urlsplit

from crawler.sites.description import Site


def is_category(site: Site, url: str) -> bool:
    """Whether an address is that of a listing which the description names, on any page of it."""
    return category_of_listing(site, url) is not None


def category_of(site: Site, url: str) -> str | None:
    """The label of the category below whose listing an address lies; None if it tells none."""
    path = unquote(urlsplit(url).path)
    for listing, label in site.categories.items():
        if "?" not in listing and path.startswith(listing.rstrip("/") + "/"):
            return label
    return None


def category_of_listing(site: Site, url: str) -> str | None:
    """The label of the category whose listing an address is, on any page of it."""
    parts = urlsplit(url)
    path = unquote(parts.path).rstrip("/")
    given = set(parse_qsl(parts.query, keep_blank_values=True))
    for category, label in site.categories.items():
        named, _, query = category.partition("?")
        if path == unquote(named).rstrip("/") and set(parse_qsl(query)) <= given:
            return label
    return None
