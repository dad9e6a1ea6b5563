"""The sections of a site that a stored page links to: its menu, whatever the portal's software."""

from __future__ import annotations

import zlib
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from selectolax.lexbor import LexborHTMLParser

from archive.model import StoredResponse
from crawler.extraction.extract import MAX_PAGE, decoded_body
from crawler.extraction.page_charset import decode_html
from crawler.extraction.platforms import platform_of
from crawler.sites.canonical_urls import absolute, on_site
from crawler.sites.description import Site

_LONGEST_LABEL = 60


class Section(NamedTuple):
    """The path of a part of a site, and what a link calls it."""

    path: str
    label: str


def linked_sections(site: Site, stored: StoredResponse) -> list[Section]:
    """Paths of the site itself that a page links to, in its order, each once.

    Articles, files, the front page and what the description names are left out.
    """
    try:
        html = decode_html(decoded_body(stored, MAX_PAGE), stored.header("Content-Type"))
    except (ValueError, zlib.error):
        return []
    platform = platform_of(site, stored.captured_at.date())
    found: dict[str, Section] = {}
    for anchor in LexborHTMLParser(html).css("a[href]"):
        url = absolute(stored.url, anchor.attributes.get("href") or "")
        label = " ".join((anchor.text() or "").split())
        if not url or not label or len(label) > _LONGEST_LABEL:
            continue
        parts = urlsplit(on_site(site, url))
        path = unquote(parts.path).rstrip("/")
        is_file = "." in path.rpartition("/")[2]
        own = parts.netloc in (site.host, f"www.{site.host}")
        if own and path and not is_file and not platform.is_article_url(url):
            found.setdefault(path, Section(path, label))
    return [one for one in found.values() if not is_described(site, one.path)]


def section_of(url: str) -> str:
    """The path of the section that an article's address lies in."""
    path = unquote(urlsplit(url).path)
    return path.partition("/-/")[0] if "/-/" in path else path.rpartition("/")[0]


def is_described(site: Site, path: str) -> bool:
    """Whether a path is that of a category which the description names, or lies within one."""
    within = (category.partition("?")[0].rstrip("/") for category in site.categories)
    return any(path == category or path.startswith(f"{category}/") for category in within)
