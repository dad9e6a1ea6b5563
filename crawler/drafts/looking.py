"""Which pages of a site are looked at before it is described: few, one after the other.

A generator yields addresses and is sent what came for each; who asks for them, and how politely, is
not its business.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Generator, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import parse_qsl, urljoin, urlsplit

from selectolax.lexbor import LexborNode

from archive.model import Role, StoredResponse
from crawler.drafts.draft_addresses import pattern_of
from crawler.drafts.link_groups import (
    LinkGroup,
    featured_groups,
    is_aside,
    link_groups,
    own_host,
)
from crawler.drafts.script_calls import JsonShape, ScriptCall, json_shape, script_calls
from crawler.drafts.seen_pages import SeenPage, ancestors, text_in
from crawler.drafts.selectors import names_of
from crawler.extraction.extract import MAX_PAGE, decoded_body
from crawler.extraction.page_charset import decode_html
from crawler.extraction.platforms.described_listing import read_listing
from crawler.extraction.platforms.pagers import next_in_pager
from crawler.sites.address_patterns import compiled
from crawler.sites.canonical_urls import absolute
from crawler.sites.page_eras import ListingRules
from crawler.sites.posted_forms import is_posted

Asking = Generator[str, StoredResponse | None, SeenPage | None]

_COUNCIL = re.compile(r"hđnd|hội đồng nhân dân|cử tri|kỳ họp|đại biểu", re.IGNORECASE)
_NEWS = re.compile(r"tin tức|tin hoạt động|sự kiện|thời sự|tin mới|bản tin|news", re.IGNORECASE)
_OTHER = re.compile(r"văn bản|lịch|liên hệ|giới thiệu|thư viện|video|hỏi đáp|cơ cấu", re.IGNORECASE)
_NO_LIST = re.compile(r"^(liên hệ|giới thiệu|sơ đồ|bản đồ|cơ cấu|hỏi đáp|góp ý)", re.IGNORECASE)
_NEXT = re.compile(r"sau|tiếp|next|›|»|>|xem thêm", re.IGNORECASE)
_ARTICLES, _MORE, _SECTIONS, _GROUPS = 6, 3, 3, 3
_LONGEST_LABEL = 60
_FRONT = re.compile(
    r"/?|/(vi|en|vi-vn|home|index|default|trang-?chu|web/[\w-]+|portal)(\.\w{3,5})?/?",
    re.IGNORECASE,
)
"""Paths at which a site begins."""


@dataclass
class SeenSite:
    """What was seen of a site. `sections` are the listings, by their addresses, with their labels.

    `frame` are addresses to which a page that lists nothing links, too; `pager` is the selector of
    a pager's links, `pattern` that of the articles' addresses;
    `made_up` is what came for an address at which there is no article.
    """

    front: SeenPage | None = None
    listing: SeenPage | None = None
    second: SeenPage | None = None
    group: LinkGroup | None = None
    pattern: str | None = None
    pager: str | None = None
    sections: dict[str, str] = field(default_factory=dict)
    articles: list[SeenPage] = field(default_factory=list)
    made_up: StoredResponse | None = None
    feeds: dict[str, StoredResponse] = field(default_factory=dict)
    frame: set[str] = field(default_factory=set)
    call: ScriptCall | None = None
    shape: JsonShape | None = None

    @property
    def pages(self) -> list[SeenPage]:
        """Every page that can be read."""
        return [p for p in (self.front, self.listing, self.second, *self.articles) if p is not None]


def look(start: str) -> Generator[str, StoredResponse | None, SeenSite]:
    """Look at a front page or listing, and from there at a listing's pages and some articles."""
    looked = SeenSite()
    looked.front = yield from _page(start)
    if looked.front is None:
        return looked
    begun = looked.front
    is_front = _FRONT.fullmatch(urlsplit(begun.url).path) is not None
    is_front = is_front and not urlsplit(begun.url).query
    frame = yield from _frame(begun)
    looked.frame = _links_of(frame) if frame is not None else set()
    candidates = _sections(begun) if is_front else [(begun.url, "")]
    if not candidates:
        candidates = [(begun.url, "")]
    seen: list[tuple[SeenPage, str]] = []
    for url, label in candidates[: 3 * _SECTIONS]:
        page = begun if url == begun.url else (yield from _page(url))
        if page is not None:
            seen.append((page, label))
            yield from _listing(looked, page, _strong_groups(page, looked.frame))
        if looked.listing is not None:
            break
    # Few links, or such as stand beside a text: they may be a listing where nothing else is one.
    for page, _ in seen if looked.listing is None else ():
        yield from _by_script(looked, page)
        if looked.listing is None:
            yield from _listing(looked, page, link_groups(page, looked.frame)[:_GROUPS])
        if looked.listing is not None:
            break
    yield from _other_sections(looked, candidates[: 3 * _SECTIONS], seen)
    if looked.listing is not None:
        yield from _further(looked)
    return looked


def _strong_groups(page: SeenPage, frame: set[str]) -> list[LinkGroup]:
    return [
        one
        for one in link_groups(page, frame)[:_GROUPS]
        if len(one.addresses) > 2 and not one.is_frame and not is_aside(one.links[0])
    ]


def _other_sections(
    looked: SeenSite, candidates: Sequence[tuple[str, str]], seen: Sequence[tuple[SeenPage, str]]
) -> Generator[str, StoredResponse | None, None]:
    """The listing, and what of the site lists the council's news in the same way."""
    if looked.listing is None:
        return
    label = next((label for page, label in seen if page is looked.listing), "")
    looked.sections[looked.listing.url] = label or _heading(looked.listing)
    known = {page.url: page for page, _ in seen}
    for url, label in candidates:
        if len(looked.sections) >= _SECTIONS:
            break
        if not _COUNCIL.search(label) or _is_article(looked, url):
            continue
        page = known.get(url) or (yield from _page(url))
        if page is not None and _lists_alike(looked, page):
            looked.sections[page.url] = label


def _page(url: str, shown_as: str = "") -> Asking:
    """A page, behind redirects on its own host; None for what is none."""
    for _ in range(4):
        stored = yield url
        if stored is None:
            return None
        onward = stored.header("Location") if 300 <= stored.status < 400 else None
        if onward is None:
            return _seen(stored, shown_as)
        target = absolute(url, onward)
        if target is None or not own_host(url, target):
            return None
        url = target
    return None


def _seen(stored: StoredResponse, shown_as: str = "") -> SeenPage | None:
    kind = (stored.header("Content-Type") or "text/html").lower()
    if stored.status != 200 or "html" not in kind:
        return None
    try:
        return SeenPage.of(stored, shown_as)
    except (ValueError, zlib.error, RecursionError):
        return None


def _frame(page: SeenPage) -> Asking:
    """A page that lists no news, such as the contact: what it links to is of every page."""
    for link in page.tree.css("a[href]"):
        url = absolute(page.url, link.attributes.get("href") or "")
        label = text_in(link)
        if url and own_host(page.url, url) and url != page.url and _NO_LIST.search(label):
            return (yield from _page(url))
    return None


def _sections(page: SeenPage) -> list[tuple[str, str]]:
    """Parts of the site that may list the council's news, the likeliest first."""
    found: dict[str, tuple[int, str]] = {}
    for link in page.tree.css("a[href]"):
        url = absolute(page.url, link.attributes.get("href") or "")
        label = text_in(link) or (link.attributes.get("title") or "").strip()
        if not url or not label or len(label) > _LONGEST_LABEL or not own_host(page.url, url):
            continue
        if urlsplit(url).path in ("", "/") and not urlsplit(url).query:
            continue
        worth = 10 if _COUNCIL.search(label) else 5 if _NEWS.search(label) else 0
        worth -= 6 if _OTHER.search(label) else 0
        worth += 1 if re.search(r"hđnd|hội đồng nhân dân", label, re.IGNORECASE) else 0
        worth -= 3 if len(label) > 35 else 0
        if worth > 0 and worth > found.get(url, (0, ""))[0]:
            found[url] = worth, label
    ranked = sorted(found.items(), key=lambda item: -item[1][0])
    return [(url, label) for url, (_, label) in ranked]


def _listing(
    looked: SeenSite, page: SeenPage, groups: Sequence[LinkGroup]
) -> Generator[str, StoredResponse | None, None]:
    """Take a page for the listing if some of its links lead to what they say."""
    for group in groups:
        articles: list[SeenPage] = []
        for url, title in _chosen(group):
            article = yield from _page(url, title)
            if article is not None:
                articles.append(article)
            if len(articles) == 2 and not any(map(_says_its_title, articles)):
                break
        told = [one for one in articles if _says_its_title(one)]
        if told and 2 * len(told) >= len(articles):
            looked.listing, looked.articles = page, told
            best = _best_group(page, told, looked.frame) if group.links else None
            looked.group = best or group
            others = [page.url, *(url for url, _ in _sections(page))]
            looked.pattern = pattern_of(looked.group.addresses, others)
            if looked.pattern and looked.group.links:
                yield from _featured(looked, page, looked.group, looked.pattern)
            return


def _by_script(looked: SeenSite, page: SeenPage) -> Generator[str, StoredResponse | None, None]:
    """Take a page for the listing whose items come by a script, as JSON or as pieces of HTML."""
    for call in script_calls(page, first=1):
        url = read_listing(ListingRules(link=("x",), more=call.more), page.tree, page.url).next_url
        stored = (yield url) if url and own_host(page.url, url) else None
        if stored is None or stored.status != 200:
            continue
        shape = json_shape(_text_of(stored))
        groups: list[LinkGroup] = []
        if shape is not None:
            urls = [absolute(page.url, link) or "" for link in shape.links]
            groups = [LinkGroup((), tuple(urls), shape.titles, 1.0)]
        elif (piece := _seen(stored)) is not None:
            groups = link_groups(piece)[:1]
        yield from _listing(looked, page, groups)
        if looked.listing is not None:
            looked.call, looked.shape = call, shape
            return


def _text_of(stored: StoredResponse) -> str:
    try:
        body = decoded_body(replace(stored, role=Role.LISTING), MAX_PAGE)
    except (ValueError, zlib.error):
        return ""
    return decode_html(body, stored.header("Content-Type"))


def _more_by_script(
    looked: SeenSite, page: SeenPage, known: set[str]
) -> Generator[str, StoredResponse | None, None]:
    """A call of the listing's scripts that gives other articles than the page has."""
    for call in script_calls(page, first=2):
        url = read_listing(ListingRules(link=("x",), more=call.more), page.tree, page.url).next_url
        stored = (yield url) if url and own_host(page.url, url) else None
        piece = _seen(stored) if stored is not None else None
        if piece is not None and _has_more(piece, looked, known):
            looked.call = call
            yield from _more_articles(looked, piece)
            return


def _chosen(group: LinkGroup) -> list[tuple[str, str]]:
    """Some of a group's links, from all over it."""
    known = [(u, t) for u, t in zip(group.addresses, group.titles, strict=True) if t]
    if len(known) <= _ARTICLES:
        return known
    step = (len(known) - 1) / (_ARTICLES - 1)
    return [known[round(n * step)] for n in range(_ARTICLES)]


def _says_its_title(page: SeenPage) -> bool:
    """Whether a page has a heading, and it or the page's own title is what the link said."""
    told = page.shown_as.lower().rstrip(". …")
    named = text_of_title(page).lower()
    texts = [text_in(node).lower() for node in page.tree.css("h1, h2, h3, [class*=itle]")[:60]]
    own = [text for text in texts if len(text) > 14]
    return bool(told) and (
        any(told in one for one in [named, *texts]) or any(text in told for text in own)
    )


def text_of_title(page: SeenPage) -> str:
    """What a page's head calls it."""
    node = page.tree.css_first("title")
    return " ".join((node.text() or "").split()) if node is not None else ""


def _best_group(page: SeenPage, articles: Sequence[SeenPage], frame: set[str]) -> LinkGroup | None:
    """The likeliest listing, with known what stands on every article's page as well."""
    sets = [_links_of(article) for article in articles]
    everywhere = set.intersection(*sets) if len(sets) > 2 else set()
    opened = {article.url for article in articles}
    groups = link_groups(page, everywhere | frame)
    return next((one for one in groups if opened & set(one.addresses)), None)


def _links_of(page: SeenPage) -> set[str]:
    urls = (absolute(page.url, a.attributes.get("href") or "") for a in page.tree.css("a[href]"))
    return {url for url in urls if url}


def _lists_alike(looked: SeenSite, page: SeenPage) -> bool:
    """Whether another section has links that look like the first one's articles."""
    if looked.pattern is None or page.url in looked.sections:
        return False
    rule = compiled(looked.pattern)
    groups = link_groups(page)
    return bool(groups) and sum(map(rule.matches, groups[0].addresses)) >= 1


def _is_article(looked: SeenSite, url: str) -> bool:
    """Whether an address is known to be that of an article."""
    opened = {page.url for page in looked.articles}
    fits = looked.pattern is not None and compiled(looked.pattern).matches(url)
    listed = looked.group is not None and url in looked.group.addresses
    return (
        url in opened
        or listed
        or (fits and looked.listing is not None and url not in looked.sections)
    )


def _heading(page: SeenPage) -> str:
    node = page.tree.css_first("h1")
    text = text_in(node) if node is not None else ""
    title = re.split(r"\s[-|]\s", text_of_title(page))[0]
    return next((t for t in (text, title) if 0 < len(t) <= _LONGEST_LABEL), "Tin HĐND")


def _further(looked: SeenSite) -> Generator[str, StoredResponse | None, None]:
    """The second page of the listing, what comes for an article that is none, and feeds."""
    listing = looked.listing
    if listing is None:
        return
    known = set(looked.group.addresses) if looked.group else set()
    for selector, url in _pagers(listing):
        if is_posted(url):
            looked.pager = selector
            break
        page = yield from _page(url)
        if page is not None and _has_more(page, looked, known):
            looked.pager, looked.second = selector, page
            yield from _more_articles(looked, page)
            break
    if looked.pager is None and looked.call is None:
        yield from _more_by_script(looked, listing, known)
    if looked.articles:
        looked.made_up = yield made_up(looked.articles[0].url, looked.pattern)
    for url in _feeds(listing)[:1]:
        stored = yield url
        if stored is not None and stored.status == 200:
            looked.feeds[url] = stored


def _featured(
    looked: SeenSite, page: SeenPage, items: LinkGroup, pattern: str
) -> Generator[str, StoredResponse | None, None]:
    """The articles that a listing shows otherwise than its items."""
    opened = {one.url for one in looked.articles}
    for group in featured_groups(page, items, pattern)[:2]:
        url, title = group.addresses[0], group.titles[0]
        article = (yield from _page(url, title)) if url not in opened else None
        if article is not None and _says_its_title(article):
            looked.articles.append(article)


def _more_articles(looked: SeenSite, page: SeenPage) -> Generator[str, StoredResponse | None, None]:
    """Some articles of the second page, for what the first ones may not have."""
    rule = compiled(looked.pattern) if looked.pattern else None
    opened = {one.url for one in looked.articles}
    new: dict[str, str] = {}
    for group in link_groups(page):
        for url, title in zip(group.addresses, group.titles, strict=True):
            if title and url not in opened and rule is not None and rule.matches(url):
                new.setdefault(url, title)
    for url, title in list(new.items())[:_MORE]:
        article = yield from _page(url, title)
        if article is not None and _says_its_title(article):
            looked.articles.append(article)


def _has_more(page: SeenPage, looked: SeenSite, known: set[str]) -> bool:
    rule = compiled(looked.pattern) if looked.pattern else None
    links = _links_of(page)
    return any(rule is None or rule.matches(url) for url in links - known - {page.url})


def _pagers(page: SeenPage) -> list[tuple[str, str]]:
    """Selectors of links that may be a pager's, each with the next page that it leads to."""
    found: dict[str, str] = {}
    for link in page.tree.css("a[href]"):
        text, given = text_in(link).strip("[]() "), link.attributes
        told = " ".join(filter(None, (text, given.get("title"), given.get("aria-label"))))
        number = text.isdecimal() and len(text) < 4
        short = len(told.strip()) < 25 and _NEXT.search(told) is not None
        if not (number or short or link.attributes.get("rel") == "next"):
            continue
        few_first = sorted(_pager_selectors(link), key=lambda one: len(page.tree.css(one)) > 15)
        for selector in few_first:
            links = page.tree.css(selector)
            if len(links) > 40 or selector in found:
                continue
            following = next_in_pager(
                page.url, [(one.attributes.get("href") or "", one) for one in links]
            )
            if following and own_host(page.url, following):
                found[selector] = following
                break
    return list(found.items())[:3]


def _pager_selectors(link: LexborNode) -> list[str]:
    around = list(ancestors(link))[1:4]
    own = [f"a[rel={link.attributes['rel']}]"] if link.attributes.get("rel") == "next" else []
    inner = [f"{name} a" for node in around for name in names_of(node) if name not in ("main",)]
    number = text_in(link).strip("[]() ")
    query = parse_qsl(urlsplit(link.attributes.get("href") or "").query)
    by_query = [f"a[href*='{name}=']" for name, value in query if value == number]
    return [*own, *inner, *by_query, *names_of(link)]


def made_up(url: str, pattern: str | None) -> str:
    """The address of an article that there is not."""
    number = compiled(pattern).id_in(url) if pattern else None
    if number:
        other = "9" * len(number) if number != "9" * len(number) else "8" * len(number)
        head, _, tail = url.rpartition(number)
        return f"{head}{other}{tail}"
    parts = urlsplit(url)
    stem, dot, ending = parts.path.rstrip("/").partition(".")
    return urljoin(url, f"{stem}-khong-co-bai-nay{dot}{ending}")


def _feeds(page: SeenPage) -> list[str]:
    links = page.tree.css("link[rel=alternate][type*=rss], link[rel=alternate][type*=atom]")
    urls = [absolute(page.url, link.attributes.get("href") or "") for link in links]
    return [url for url in urls if url and own_host(page.url, url)]
