"""A platform that is a description: which pages are articles, which listings, and where they lead.

It offers what a module of a platform offers (`crawler.extraction.platforms.Platform`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser

from archive.model import Article, Link, Page, PageKind, Role, StoredResponse
from crawler.extraction.body_blocks import MEDIA_TYPES
from crawler.extraction.node_texts import PagePlaces, text_of
from crawler.extraction.platforms.described_addresses import DescribedAddresses
from crawler.extraction.platforms.described_article import (
    DOES_NOT_FIT,
    ArticleRead,
    read_article,
)
from crawler.extraction.platforms.described_listing import (
    ListingRead,
    read_json_listing,
    read_listing,
)
from crawler.sites.canonical_urls import absolute, file_name, on_site
from crawler.sites.categories import category_of, is_category
from crawler.sites.description import Site
from crawler.sites.page_eras import PageEra

_SHORT = 400
"""Letters of a text that may be no more than a message."""


class DescribedPlatform(DescribedAddresses):
    """The pages of one site in one era."""

    def __init__(self, site: Site, era: PageEra) -> None:
        super().__init__(site, era.addresses)
        self._era = era

    @property
    def lists_by_script(self) -> bool:
        """Whether the page of a category has no item itself, but a script of it loads them."""
        more = self._era.listing.more
        return more is not None and more.first == 1

    def read(self, site: Site, stored: StoredResponse, html: str) -> Page:
        """An article, a listing, a message in an article's place (soft 404), or neither."""
        tree = LexborHTMLParser(html)
        here = self.identity(on_site(site, stored.url))
        looks_so = stored.role is not Role.LISTING and self.is_article_url(here)
        is_expected = stored.role is Role.ARTICLE or looks_so
        listing = read_listing(self._era.listing, tree, stored.url)
        if not is_expected and (listing.hrefs or is_category(site, here)):
            return self._listing_page(site, stored, listing, here)
        if is_expected and self._is_missing(tree):
            return Page(PageKind.SOFT_404, here, problem="the page says that there is no article")
        found = self._article(site, stored, tree, here)
        if found.article is not None:
            own = here if found.article.asset_id else self._canonical(site, stored, tree, here)
            return self._article_page(site, stored, found, found.article, own)
        if is_expected:
            return _no_article(here, found, listing)
        if listing.is_one:
            return self._listing_page(site, stored, listing, here)
        return Page(PageKind.UNREADABLE, here, problem=f"{DOES_NOT_FIT}: no article, no listing")

    def read_json(self, site: Site, stored: StoredResponse, text: str) -> Page:
        """A listing that came as JSON."""
        here = self.identity(on_site(site, stored.url))
        listing = read_json_listing(self._era.listing, text, stored.url)
        return self._listing_page(site, stored, listing, here)

    def _canonical(
        self, site: Site, stored: StoredResponse, tree: LexborHTMLParser, here: str
    ) -> str:
        """The address by which a page names itself (RFC 6596), if it is another one of its own.

        An article without a number may lie in two categories, or in two languages' folders.
        """
        node = tree.css_first("link[rel=canonical]")
        url = absolute(stored.url, node.attributes.get("href") or "") if node is not None else None
        known = self.identity(on_site(site, url)) if url else here
        same = urlsplit(known).netloc == urlsplit(here).netloc and _slug(known) == _slug(here)
        return known if same and self.is_article_url(known) else here

    def _is_missing(self, tree: LexborHTMLParser) -> bool:
        """Whether the page has the sign of one that is missing, or says little but that it is."""
        missing, places = self._era.missing, PagePlaces(tree)
        if places.elements(missing.sign):
            return True
        if not missing.texts:
            return False
        article = self._era.article
        bodies = places.elements(article.body) or places.elements(article.root)
        title = places.first(article.title)
        said = [text_of(node) for node in bodies] if bodies else [text_of(tree.body)]
        short = [text for text in said if len(text) <= _SHORT or not bodies]
        told = [*short, *([title.text] if title else [])]
        return any(one.lower() in text.lower() for one in missing.texts for text in told)

    def _article(
        self, site: Site, stored: StoredResponse, tree: LexborHTMLParser, here: str
    ) -> ArticleRead:
        return read_article(
            self._era.article,
            tree,
            link=self._linking(site, stored),
            asset_id=self.asset_id_in(here),
            category=category_of(site, here),
        )

    def _linking(self, site: Site, stored: StoredResponse) -> Callable[[str], str | None]:
        def link(href: str) -> str | None:
            url = absolute(stored.url, href)
            return self.identity(on_site(site, url)) if url else None

        return link

    def _article_page(
        self, site: Site, stored: StoredResponse, found: ArticleRead, article: Article, here: str
    ) -> Page:
        hrefs = [(href, Role.IMAGE) for href in found.image_hrefs]
        hrefs += [(href, Role.ATTACHMENT) for href in found.file_hrefs]
        links = [
            Link(url, role, self.identity(on_site(site, url)))
            for href, role in hrefs
            if (url := absolute(stored.url, href))
        ]
        shown = any(block.images for block in article.blocks)
        has_text = any(block.text for block in article.blocks) or article.lead
        empty = not (has_text or shown or article.attachments)
        problem = "an article without text" if empty else None
        return Page(PageKind.ARTICLE, here, article=article, links=_once(links), problem=problem)

    def _listing_page(
        self, site: Site, stored: StoredResponse, listing: ListingRead, here: str
    ) -> Page:
        """Every item is a link, whatever its address looks like, or part of a problem."""
        links, lost = [], 0
        for href in listing.hrefs:
            url = absolute(stored.url, href) if href else None
            if url is None:
                lost += 1
            elif (link := self.item(site, url, here)) is not None:
                links.append(link)
        problem = None
        if not listing.is_one and listing.next_url is None:
            problem = f"{DOES_NOT_FIT}: no item of a listing"
        elif lost:
            problem = f"{lost} of its {len(listing.hrefs)} items have no address to be asked for"
        following = listing.next_url
        if following:
            known = self.identity(on_site(site, following))
            if known != here:
                links.append(Link(following, Role.LISTING, known))
        kind = PageKind.UNREADABLE if problem and not links and not lost else PageKind.LISTING
        return Page(kind, here, links=_once(links), total=listing.total, problem=problem)

    def item(self, site: Site, url: str, here: str) -> Link | None:
        """What an item of a listing leads to; None if that is the listing itself."""
        known = self.identity(on_site(site, url))
        if known == here:
            return None
        if self.is_article_url(known):
            return Link(url, Role.ARTICLE, known, self.asset_id_in(known))
        if file_name(url).rpartition(".")[2].lower() in MEDIA_TYPES:
            return Link(url, Role.ATTACHMENT, known)
        return Link(url, Role.LISTING if is_category(site, known) else Role.ARTICLE, known)


def _no_article(here: str, found: ArticleRead, listing: ListingRead) -> Page:
    if listing.hrefs and "title" in found.lacks:
        problem = "a listing came where an article was expected"
        return Page(PageKind.SOFT_404, here, problem=problem)
    problem = f"{DOES_NOT_FIT}: no {', no '.join(found.lacks)}"
    return Page(PageKind.UNREADABLE, here, problem=problem)


def _once(links: Iterable[Link]) -> tuple[Link, ...]:
    """Links of which each leads elsewhere."""
    found: dict[tuple[Role, str], Link] = {}
    for link in links:
        found.setdefault((link.role, link.asset_id or link.identity_url), link)
    return tuple(found.values())


def _slug(url: str) -> str:
    return urlsplit(url).path.rstrip("/").rpartition("/")[2]
