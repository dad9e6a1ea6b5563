"""The links of a page that belong together: which of them are the items of a listing."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import urlsplit

from selectolax.lexbor import LexborNode

from crawler.drafts.seen_pages import SeenPage, ancestors, is_hidden, text_in
from crawler.extraction.body_blocks import MEDIA_TYPES
from crawler.extraction.written_moments import read_moment
from crawler.sites.address_patterns import compiled
from crawler.sites.canonical_urls import absolute, file_name

_ASIDE = re.compile(
    r"menu|nav\b|navbar|footer|header|side|banner|breadcrumb|related|lien-?quan|hot|most|xem-?nhieu"
    r"|right|lien-?ket|weblink|slide|marquee|pag(er|ination)",
    re.IGNORECASE,
)
_TITLED = re.compile(r"title|tieu-?de|name|headline", re.IGNORECASE)
_HEADINGS = ("h1", "h2", "h3", "h4", "h5")
_LONG_ENOUGH = 14
_LEVELS = 6
_PICTURES = ("gif", "jpeg", "jpg", "png", "svg", "webp")


@dataclass(frozen=True, slots=True)
class LinkGroup:
    """Links that stand alike on a page; `addresses` are where they lead, each once, in order.

    `is_frame`: most of them stand on other kinds of pages, too.
    """

    links: tuple[LexborNode, ...]
    addresses: tuple[str, ...]
    titles: tuple[str, ...]
    score: float
    is_frame: bool = False


def link_groups(page: SeenPage, elsewhere: Collection[str] = ()) -> list[LinkGroup]:
    """The groups of a page's links, the likeliest listing first.

    `elsewhere` are addresses that other kinds of pages link to, too: what stands in a menu or a
    column of every page is no listing of this one.
    """
    sorted_out: dict[tuple[str, ...], list[tuple[LexborNode, str, str]]] = defaultdict(list)
    for link in page.tree.css("a[href]"):
        url = absolute(page.url, link.attributes.get("href") or "")
        if url and _may_be_article(page.url, url):
            sorted_out[_shape(link)].append((link, url, _label(link)))
    groups = [_group(members, elsewhere) for members in sorted_out.values()]
    return sorted((one for one in groups if one.score > 0), key=lambda one: -one.score)


def featured_groups(page: SeenPage, items: LinkGroup, pattern: str) -> list[LinkGroup]:
    """Other links of a listing to articles that the items do not lead to, such as the big first."""
    rule, known = compiled(pattern), set(items.addresses)
    found = []
    for group in link_groups(page):
        new = [url for url in group.addresses if url not in known]
        if new and all(map(rule.matches, group.addresses)) and not is_aside(group.links[0]):
            found.append(group)
            known |= set(new)
    return found


def own_host(one: str, other: str) -> bool:
    """Whether two addresses are of one host, with or without `www`."""
    hosts = {urlsplit(url).netloc.removeprefix("www.") for url in (one, other)}
    return len(hosts) == 1


def is_aside(node: LexborNode) -> bool:
    """Whether an element stands in a menu, a column, a foot, by what it is called."""
    for around in ancestors(node):
        if around.tag in ("nav", "footer", "header", "aside") or is_hidden(around):
            return True
        named = f"{around.attributes.get('id') or ''} {around.attributes.get('class') or ''}"
        if around.tag != "body" and _ASIDE.search(named):
            return True
    return False


def _label(link: LexborNode) -> str:
    """What a link calls its page: a heading in it, its title where its text is cut, its text."""
    heading = link.css_first("h1, h2, h3, h4, h5, [class*=title], [class*=Title], [class*=name]")
    named = text_in(heading) if heading is not None and heading.mem_id != link.mem_id else ""
    text = text_in(link)
    told = " ".join((link.attributes.get("title") or "").split())
    if len(named) >= _LONG_ENOUGH:
        return named
    return told if text.endswith(("...", "…")) and len(told) > len(text) else text


def _may_be_article(here: str, url: str) -> bool:
    if not own_host(here, url) or url == here or urlsplit(url).path in ("", "/"):
        return False
    return file_name(url).rpartition(".")[2].lower() not in {*MEDIA_TYPES, *_PICTURES}


def _shape(link: LexborNode) -> tuple[str, ...]:
    """What an element and those around it are, by their names, without numbers."""
    around = list(ancestors(link))[:_LEVELS]
    return tuple(
        f"{node.tag}.{re.sub('[0-9]+', '#', ' '.join(sorted(_classes(node))))}" for node in around
    )


def _classes(node: LexborNode) -> list[str]:
    names = (node.attributes.get("class") or "").split()
    return [name for name in names if name not in ("first", "last", "odd", "even", "active")]


def _group(members: list[tuple[LexborNode, str, str]], elsewhere: Collection[str]) -> LinkGroup:
    titles: dict[str, str] = {}
    for _, url, text in members:
        if len(text) > len(titles.get(url, "")):
            titles[url] = text
    told = [text for text in titles.values() if len(text) >= _LONG_ENOUGH]
    links = tuple(link for link, url, _ in members)
    score = len(told) * min(sum(map(len, told)) / max(len(told), 1), 80)
    if 2 * len(told) < len(titles) or not told:
        score = 0
    first = links[0]
    score *= 0.15 if is_aside(first) else 1
    around = list(ancestors(first))[:3]
    if any(n.tag in _HEADINGS or _TITLED.search(n.attributes.get("class") or "") for n in around):
        score *= 1.4
    score *= 1.3 if _has_day(first) else 1
    known = sum(url in elsewhere for url in titles)
    is_frame = 5 * known >= 3 * len(titles)
    score *= 0.02 if is_frame else 1
    return LinkGroup(links, tuple(titles), tuple(titles.values()), score, is_frame)


def _has_day(link: LexborNode) -> bool:
    """Whether a date stands in the item around a link."""
    for around in list(ancestors(link))[1:5]:
        text = text_in(around)
        if len(text) > 1000:
            return False
        if read_moment(text[-300:]) or read_moment(text[:300]):
            return True
    return False
