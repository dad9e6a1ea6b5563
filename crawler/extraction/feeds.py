"""Feeds (RSS 2.0, Atom) and sitemaps (sitemaps.org, Google News): the addresses that they name.

What else they say is not believed: the date of an article is that on its page.
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit
from xml.parsers import expat

from archive.model import Link, Page, PageKind, Role, StoredResponse
from crawler.extraction.platforms import Platform
from crawler.sites.canonical_urls import absolute, on_site
from crawler.sites.description import Site

MOST = 50_000
"""Addresses that a sitemap may have (sitemaps.org)."""

_SITEMAPS = (".xml", ".xml.gz")


def is_source(site: Site, url: str) -> bool:
    """Whether an address is that of a feed or sitemap which a site's description names.

    What looks like a sitemap, and lies on the host of one, may be named by it.
    """
    parts = urlsplit(url)
    here = f"{parts.path}?{parts.query}" if parts.query else parts.path
    named = {_path(path) for path in (*site.sources.feeds, *site.sources.sitemaps)}
    further = bool(site.sources.sitemaps) and parts.path.lower().endswith(_SITEMAPS)
    return here in named or further


def read_source(site: Site, platform: Platform, stored: StoredResponse, body: bytes) -> Page:
    """The articles that a feed or sitemap names, and further sitemaps."""
    here = platform.identity(on_site(site, stored.url))
    names = _Names()
    try:
        names.read(body)
    except expat.ExpatError as error:
        if not names.articles and not names.sitemaps:
            problem = f"no feed or sitemap: {expat.ErrorString(error.code)}"
            return Page(PageKind.UNREADABLE, here, problem=problem)
    links = []
    for role, addresses in ((Role.ARTICLE, names.articles), (Role.LISTING, names.sitemaps)):
        for address in dict.fromkeys(addresses):
            if not (url := absolute(stored.url, address)):
                continue
            known = platform.identity(on_site(site, url))
            asset = platform.asset_id_in(known) if role is Role.ARTICLE else None
            links.append(Link(url, role, known, asset))
    if not links and not names.is_one:
        return Page(PageKind.UNREADABLE, here, problem="no feed or sitemap")
    return Page(PageKind.LISTING, here, links=tuple(links))


class _Names:
    """Collects addresses while expat reads; entities are dropped, declared or not."""

    def __init__(self) -> None:
        self.articles: list[str] = []
        self.sitemaps: list[str] = []
        self.is_one = False
        self._open: list[str] = []
        self._text: list[str] = []

    def read(self, body: bytes) -> None:
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text.append
        parser.DefaultHandler = lambda _: None
        parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        parser.Parse(body.lstrip(), True)

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        local = name.rpartition(":")[2]
        if not self._open:
            self.is_one = local in ("rss", "RDF", "feed", "urlset", "sitemapindex")
        self._open.append(local)
        self._text.clear()
        is_atom = local == "link" and self._open[-2:-1] == ["entry"]
        if is_atom and attributes.get("rel", "alternate") == "alternate" and "href" in attributes:
            self._add(self.articles, attributes["href"])

    def _end(self, name: str) -> None:
        inner, text = self._open[-2:], "".join(self._text).strip()
        self._open.pop()
        self._text.clear()
        if not text:
            return
        if inner in (["url", "loc"], ["item", "link"]):
            self._add(self.articles, text)
        elif inner == ["sitemap", "loc"]:
            self._add(self.sitemaps, text)

    def _add(self, to: list[str], address: str) -> None:
        if len(self.articles) + len(self.sitemaps) < MOST:
            to.append(address)


def _path(path: str) -> str:
    return path if path.startswith("/") else f"/{path}"
