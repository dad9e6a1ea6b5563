"""A walk through a small portal without a crawl: what its description reads, page by page."""

from __future__ import annotations

from datetime import UTC, date, datetime
from urllib.parse import urlencode, urlsplit

from archive.model import Article, Link, Page, Role, StoredResponse
from crawler.drafts.looking import look
from crawler.extraction.extract import extract
from crawler.extraction.page_forms import posted_back
from crawler.extraction.platforms import platform_of
from crawler.sites.description import Site
from crawler.sites.posted_forms import is_postback, is_posted, split_posted
from support.small_portals import Piece, SmallPortal

AT = datetime(2026, 1, 5, tzinfo=UTC)
HOST = "lamthao.example"


def site_of(portal: SmallPortal, platform: str = "", **more) -> Site:
    """The site that a small portal is, on a platform or by eras of its own."""
    categories = {portal.listing: "HĐND xã"}
    return Site(
        id="lam-thao", name="Xã Lâm Thao", host=HOST, platform=platform, categories=categories,
        **more,
    )  # fmt: skip


def fetched(portal: SmallPortal, url: str, role: Role, *, form: bytes | None = None):
    """What the portal answers, as the archive would give it back."""
    parts = urlsplit(split_posted(url)[0])
    target = parts.path + (f"?{parts.query}" if parts.query else "")
    answer = portal.answer(target, {}, form)
    return StoredResponse(url, role, AT, answer.status, answer.headers, answer.body)


def walk(site: Site, portal: SmallPortal) -> tuple[dict[str, Article], list[Page]]:
    """The articles that the listings lead to, by their addresses, and every page."""
    platform = platform_of(site, date(2026, 1, 5))
    base = f"https://{site.host}"
    todo: list[tuple[Link, bytes]] = [
        (Link(base + path, Role.LISTING, platform.identity(base + path)), b"")
        for path in site.categories
    ]
    seen: set[str] = set()
    articles: dict[str, Article] = {}
    pages: list[Page] = []
    while todo:
        link, before = todo.pop(0)
        if link.identity_url in seen or link.role not in (Role.LISTING, Role.ARTICLE):
            continue
        seen.add(link.identity_url)
        form = None
        if is_posted(link.url):
            fields = split_posted(link.url)[1]
            if is_postback(fields):
                fields = posted_back(before.decode(), fields)
            form = urlencode(fields).encode()
        stored = fetched(portal, link.url, link.role, form=form)
        page = extract(site, stored)
        pages.append(page)
        if page.article:
            articles[link.url.partition("?pageindex")[0]] = page.article
        todo += [(one, stored.body) for one in page.links]
    return articles, pages


def looked_at(portal, start="/"):
    """What is seen of a portal, and the addresses that were asked for."""
    asking, asked = look(f"https://{HOST}{start}"), []
    try:
        asked.append(next(asking))
        while True:
            fields = urlencode(split_posted(asked[-1])[1]).encode()
            came = fetched(portal, asked[-1], Role.OTHER, form=fields)
            asked.append(asking.send(came))
    except StopIteration as end:
        return end.value, asked


def as_read(article: Article) -> tuple:
    """What is compared: title, time, lead, texts, captions and files."""
    at = article.published_at
    return (
        article.title,
        at.replace(tzinfo=None) if at else None,
        article.lead,
        tuple(b.text for b in article.blocks if b.text and b.kind != "caption"),
        tuple(b.text for b in article.blocks if b.kind == "caption"),
        tuple(sorted(a.name for a in article.attachments)),
    )


def expected(
    piece: Piece, *, capitals: bool = False, lead_in_body: bool = False, links: str = ""
) -> tuple:
    """How a piece must be read; `links` is the text of a link to a file in its body."""
    texts = (piece.lead, *piece.paragraphs) if lead_in_body else piece.paragraphs
    shown = [name for name in piece.files if not (links == "Tải về" and name.endswith("pdf"))]
    return (
        piece.title.upper() if capitals else piece.title,
        piece.at,
        None if lead_in_body else piece.lead,
        (*texts, *((links.format(name) for name in shown) if links else ())),
        (piece.caption,) if piece.caption else (),
        tuple(sorted(piece.files)),
    )
