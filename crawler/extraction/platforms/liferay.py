"""Liferay 6.2 as the Hanoi portals ran it: what the selectors of its description leave open."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from archive.model import Article, Link, Page, PageKind, Role, StoredResponse
from crawler.extraction.body_blocks import MEDIA_TYPES, Body, read_body
from crawler.extraction.legacy_text import texts_to_unicode
from crawler.extraction.platforms.liferay_addresses import (
    asset_id_in,
    identity,
    is_article_url,
    leads_astray,
)
from crawler.extraction.publication_stamp import read_stamp, to_count
from crawler.sites.canonical_urls import absolute, file_name, on_site
from crawler.sites.description import Site
from crawler.sites.page_eras import ArticleRules, ListingRules, PageEra

__all__ = ["LiferayPlatform", "asset_id_in", "identity", "is_article_url", "leads_astray"]

_ASSET_ELEMENT = re.compile(r"_101_(?:INSTANCE_[0-9A-Za-z]+_)?(\d+)")
_TOTAL = re.compile(r"(\d[\d.,]*)\s*(?:kết quả|results?)", re.IGNORECASE)
_MOST_NAMED = 3
_LATER_PAGE = re.compile(r"[?&][^=]*_cur=(?!1(?:&|$))")


class LiferayPlatform:
    """The pages of a site in one era, by the selectors of that."""

    def __init__(self, site: Site, era: PageEra) -> None:
        self._era = era

    def identity(self, url: str) -> str:
        """A page's URL without session, return path, print view and time of rendering."""
        return identity(url)

    def asset_id_in(self, url: str) -> str | None:
        """The asset id in an article's URL."""
        return asset_id_in(url)

    def is_article_url(self, url: str) -> bool:
        """Whether this is the address of an article."""
        return is_article_url(url)

    def leads_astray(self, url: str) -> bool:
        """Whether a language is appended to an article's path."""
        return leads_astray(url)

    def read(self, site: Site, stored: StoredResponse, html: str) -> Page:
        """An article, a listing, a listing in an article's place (soft 404), or neither."""
        return _read(self._era, site, stored, html)


def _read(era: PageEra, site: Site, stored: StoredResponse, html: str) -> Page:
    tree = LexborHTMLParser(html)
    here = identity(on_site(site, stored.url))
    content = _article_content(era.article, tree)
    if content is not None:
        return _article_page(era.article, site, stored, tree, content, here)
    items = tree.css(era.listing.link[0])
    announced = _total(era.listing, tree)
    if stored.role is Role.ARTICLE or is_article_url(stored.url):
        problem = "a listing came where an article was expected" if items else "no article in it"
        kind = PageKind.SOFT_404 if items else PageKind.UNREADABLE
        return Page(kind, here, total=announced, problem=problem)
    if items or announced is not None or tree.css_first(era.listing.sign[0]) is not None:
        return _listing_page(era.listing, site, stored, tree, items, here, announced)
    return Page(PageKind.UNREADABLE, here, problem=_why_neither(tree, html))


def _why_neither(tree: LexborHTMLParser, html: str) -> str:
    """What is to be said of a page that is neither, maybe for it is other software's."""
    if any(mark in html for mark in ("Liferay", "liferay", "p_p_id")):
        return "neither an article nor a listing"
    named = tree.css_first('meta[name="generator"]')
    software = (named.attributes.get("content") or "").strip() if named is not None else ""
    why = "no page of a Liferay portal, which the description says this is"
    return f"{why}; it names its software: {software[:60]}" if software else why


def _article_content(rules: ArticleRules, tree: LexborHTMLParser) -> LexborNode | None:
    for node in tree.css(rules.root[0]):
        if _ASSET_ELEMENT.fullmatch(node.attributes.get("id") or ""):
            return node
    whole = tree.css_first(".asset-full-content")
    if whole is not None and tree.css_first(rules.title[0]) is not None:
        return whole.css_first(".asset-content") or whole
    return None


def _article_page(
    rules: ArticleRules,
    site: Site,
    stored: StoredResponse,
    tree: LexborHTMLParser,
    content: LexborNode,
    here: str,
) -> Page:
    asset = _ASSET_ELEMENT.fullmatch(content.attributes.get("id") or "")
    title = _text(tree.css_first(rules.title[0]))
    stamp = _text(tree.css_first(rules.stamp[0]))
    seen = read_stamp(stamp) if stamp else None
    node = content.css_first(rules.body[0]) or content
    body = read_body(
        node.html or "",
        link=lambda href: _address(site, stored.url, href),
    )
    if not title:
        return Page(PageKind.UNREADABLE, here, problem="an article without a title")
    article = Article(
        asset_id=(asset[1] if asset else None) or asset_id_in(stored.url),
        title=title,
        lead=_text(content.css_first(rules.lead[0])) or None,
        published_at=seen.published_at if seen else None,
        blocks=body.blocks,
        attachments=body.attachments,
        views=seen.views if seen else None,
        category=_category(rules, site, tree, here),
        poster=body.poster,
        stamp=stamp or None,
    )
    problem = None
    if not (body.blocks or article.lead):
        problem = "an article without text"
    elif tree.css_first(".journal-content-article .taglib-page-iterator") is not None:
        problem = "the article goes on on further pages, which are not read"
    return Page(
        PageKind.ARTICLE,
        here,
        article=article,
        links=_file_links(site, stored, body),
        problem=problem,
    )


def _category(rules: ArticleRules, site: Site, tree: LexborHTMLParser, here: str) -> str | None:
    path = unquote(urlsplit(here).path)
    for listing, label in site.categories.items():
        if path == listing or path.startswith(listing.rstrip("/") + "/"):
            return label
    return _text(tree.css_first(rules.category[0])) or None


def _listing_page(
    rules: ListingRules,
    site: Site,
    stored: StoredResponse,
    tree: LexborHTMLParser,
    items: list[LexborNode],
    here: str,
    announced: int | None,
) -> Page:
    """Every item of a listing is a link, whatever its address looks like, or part of a problem.

    So is the address of an article that stands beside the items: pinned, on a picture, of another
    theme.
    """
    addresses = [absolute(stored.url, item.attributes.get("href") or "") for item in items]
    links = [link for url in addresses if url and (link := _item(site, url, here))]
    shown = {name for link in links for name in (link.identity_url, link.asset_id)}
    for link in (_item(site, url, here) for url in _articles_in(rules, tree, items, stored.url)):
        if link and not {link.identity_url, link.asset_id or link.identity_url} & shown:
            links.append(link)
    problem = None
    lost = [item for item, url in zip(items, addresses, strict=True) if url is None]
    if lost:
        named = ", ".join(map(_named, lost[:_MOST_NAMED])) + (", …" if lost[_MOST_NAMED:] else "")
        problem = f"{len(lost)} of its {len(items)} items have no address that can be asked for"
        problem += f": {named}"
    following = _next_page(rules, tree)
    url = absolute(stored.url, following) if following else None
    if url and not is_article_url(url):
        links.append(Link(url, Role.LISTING, identity(on_site(site, url))))
    elif items and (announced or 0) > len(items) and not _LATER_PAGE.search(stored.url):
        problem = f"it announces {announced} articles, shows {len(items)} and leads to no next page"
    return Page(
        PageKind.LISTING, here, links=tuple(dict.fromkeys(links)), total=announced, problem=problem
    )


def _articles_in(
    rules: ListingRules, tree: LexborHTMLParser, items: list[LexborNode], base: str
) -> list[str]:
    """The addresses of articles in the portlets that hold items, or in any if there are none."""
    portlets = tree.css(rules.sign[0])
    holding = [one for one in portlets if one.css_first(rules.link[0]) is not None]
    hrefs = [
        anchor.attributes.get("href") or ""
        for portlet in (holding if items else portlets)
        for anchor in portlet.css("a[href]")
    ]
    addresses = (absolute(base, href) for href in dict.fromkeys(hrefs))
    return [url for url in addresses if url and is_article_url(url)]


def _named(item: LexborNode) -> str:
    """What a reader knows an item by: its title, else what stands for an address."""
    href = " ".join((item.attributes.get("href") or "").split())
    return f"“{_text(item)[:60] or href[:60]}”"


def _item(site: Site, url: str, here: str) -> Link | None:
    """What an item of a listing leads to; None if that is the listing itself."""
    known = identity(on_site(site, url))
    if known == here:
        return None
    if is_article_url(url):
        return Link(url, Role.ARTICLE, known, asset_id_in(url))
    if file_name(url).rpartition(".")[2].lower() in MEDIA_TYPES or "/documents/" in url:
        return Link(url, Role.ATTACHMENT, known)
    is_listing = urlsplit(known).path.rstrip("/") in {p.rstrip("/") for p in site.categories}
    return Link(url, Role.LISTING if is_listing else Role.ARTICLE, known)


def _next_page(rules: ListingRules, tree: LexborHTMLParser) -> str | None:
    """The pager's third button (first, previous, next, last), whatever its label says."""
    pager = tree.css_first(rules.next[0])
    if pager is None:
        return None
    steps = [
        item
        for item in pager.css("li")
        if not {"first", "last"} & set((item.attributes.get("class") or "").split())
    ]
    if len(steps) < 2 or "disabled" in (steps[1].attributes.get("class") or "").split():
        return None
    anchor = steps[1].css_first("a")
    href = (anchor.attributes.get("href") or "") if anchor is not None else ""
    return None if href.startswith("javascript:") else href


def _total(rules: ListingRules, tree: LexborHTMLParser) -> int | None:
    found = _TOTAL.search(_text(tree.css_first(rules.total[0])))
    return to_count(found[1]) if found else None


def _file_links(site: Site, stored: StoredResponse, body: Body) -> tuple[Link, ...]:
    roles = [(url, Role.IMAGE) for url in body.image_hrefs]
    roles += [(url, Role.ATTACHMENT) for url in body.attachment_hrefs]
    links = []
    for href, role in roles:
        url = absolute(stored.url, href)
        if url:
            links.append(Link(url, role, identity(on_site(site, url))))
    return tuple(dict.fromkeys(links))


def _address(site: Site, base: str, href: str) -> str | None:
    url = absolute(base, href)
    return identity(on_site(site, url)) if url else None


def _text(node: LexborNode | None) -> str:
    if node is None:
        return ""
    texts = [part.text_content or "" for part in node.traverse(include_text=True)]
    return " ".join(texts_to_unicode(texts).split())
