"""An article's page as a description has it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from urllib.parse import parse_qsl, unquote, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from archive.model import Article, Attachment, Block
from crawler.extraction.body_blocks import FILE_TYPES, MEDIA_TYPES, Body, read_body
from crawler.extraction.marked_bodies import marked_html
from crawler.extraction.node_texts import PagePlaces, PlaceText, spaced_text_of, text_of
from crawler.extraction.publication_stamp import read_stamp, to_count
from crawler.extraction.written_moments import Moment, read_moment
from crawler.sites.canonical_urls import file_name
from crawler.sites.page_eras import ArticleRules

DOES_NOT_FIT = "the site's description does not fit the page"
"""How the problem of a page begins that has not what its description says."""

_NUMBER = re.compile(r"\d[\d.,]*")
_DIGITS = re.compile(r"\d+")
_QUOTED = re.compile(r"""['"]([^'"\s]*/[^'"]+|[^'"\s]+\.[A-Za-z]{3,4})['"]""")
_LONGEST_NAME, _MOST_FILES = 200, 200
_EMBEDDED = ("iframe", "embed", "object")


@dataclass(frozen=True, slots=True)
class ArticleRead:
    """What came of a page: an article with the hrefs of its files, or what it lacks."""

    article: Article | None = None
    image_hrefs: tuple[str, ...] = ()
    file_hrefs: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()


def read_article(
    rules: ArticleRules,
    tree: LexborHTMLParser,
    *,
    link: Callable[[str], str | None],
    asset_id: str | None,
    category: str | None,
) -> ArticleRead:
    """The article of a page, or what it has not of what an article of this era has.

    `link` turns a link as it stands into its identity; `asset_id` and `category` are what the
    address tells.
    """
    root = PagePlaces(tree).elements(rules.root)
    if rules.root and not root:
        return ArticleRead(lacks=("article",))
    places = PagePlaces(tree, root[0] if root else None)
    title, lead = places.first(rules.title), places.first(rules.lead)
    stamp, moment = _stamp(places, rules)
    bodies = places.elements(rules.body)
    there = {"title": title, "lead": lead, "stamp": moment, "body": bodies or None}
    lacks = [name for name in (*rules.required, "title") if there[name] is None]
    if lacks or title is None:
        return ArticleRead(lacks=tuple(dict.fromkeys(lacks)))
    views, poster = places.first(rules.views), places.first(rules.poster)
    told = places.first(rules.category)
    own = [one.node for one in (title, lead, stamp, views, poster) if one and one.node is not None]
    embedded = [] if rules.body == () else _embedded(bodies)
    files = [*_named_files(places, rules), *embedded]
    title_text = _without(title, stamp)
    html = marked_html(
        bodies,
        left_out=[node for node in (*own, *_each(places, rules.leave_out)) if node not in bodies],
        captions=_each(places, rules.captions),
    )
    body = read_body(html, link=link, is_marked=True)
    if not (files or body.attachments or any(block.text for block in body.blocks)):
        files = _embedded(root or [node for node in (tree.body,) if node is not None])
    pictures = [one.text for one in places.all(rules.pictures, "src")]
    article = Article(
        asset_id=_last_digits(places.first(rules.id)) or asset_id,
        title=title_text,
        lead=lead.text if lead else None,
        published_at=moment.at if moment else None,
        blocks=_with_pictures(pictures, body, link),
        attachments=_attachments(body, files, link),
        views=_views(views, stamp),
        category=category or (told.text if told else None),
        poster=poster.text if poster else None,
        stamp=stamp.text if stamp else None,
    )
    return ArticleRead(
        article,
        tuple(dict.fromkeys((*pictures, *body.image_hrefs))),
        tuple(dict.fromkeys((*body.attachment_hrefs, *(href for href, _ in files)))),
    )


def _each(places: PagePlaces, selectors: tuple[str, ...]) -> list[LexborNode]:
    """The elements of all selectors."""
    return [node for selector in selectors for node in places.elements((selector,))]


def _stamp(places: PagePlaces, rules: ArticleRules) -> tuple[PlaceText | None, Moment | None]:
    """The first place that says a moment to the minute; else the first that says a day."""
    day: tuple[PlaceText | None, Moment | None] = (None, None)
    for found in places.all(rules.stamp):
        moment = moment_at(found, rules.stamp_order)
        if moment is not None and moment.has_clock:
            return found, moment
        if moment is not None and day[1] is None:
            day = found, moment
    return day


def _without(title: PlaceText, stamp: PlaceText | None) -> str:
    """A title without the stamp that stands in the same element."""
    if title.node is None or stamp is None or stamp.node is None or not stamp.text:
        return title.text
    around = stamp.node.parent
    while around is not None and around.mem_id != title.node.mem_id:
        around = around.parent
    if around is None or not title.text.endswith(stamp.text):
        return title.text
    return title.text.removesuffix(stamp.text).rstrip(" |-–(") or title.text


def moment_at(place: PlaceText, order: str = "dmy") -> Moment | None:
    """The moment that a place says; day and clock may be elements with nothing between them."""
    moment = read_moment(place.text, order)
    if moment is not None and moment.has_clock:
        return moment
    spaced = spaced_text_of(place.node)
    return (read_moment(spaced, order) if len(spaced) > len(place.text) else None) or moment


def _views(views: PlaceText | None, stamp: PlaceText | None) -> int | None:
    for found in filter(None, (views, stamp)):
        labelled = read_stamp(found.text).views
        if labelled is not None:
            return labelled
    number = _NUMBER.search(views.text) if views else None
    return to_count(number[0]) if number else None


def _last_digits(found: PlaceText | None) -> str | None:
    numbers = _DIGITS.findall(found.text) if found else []
    return numbers[-1] if numbers else None


def _with_pictures(
    hrefs: list[str], body: Body, link: Callable[[str], str | None]
) -> tuple[Block, ...]:
    """A body's blocks with the pictures before it that it does not show itself."""
    shown = {url for block in body.blocks for url in block.images}
    urls = [url for href in hrefs if (url := link(href)) and url not in shown]
    return (*(Block("", "image", (url,)) for url in dict.fromkeys(urls)), *body.blocks)


def _attachments(
    body: Body, files: list[tuple[str, str]], link: Callable[[str], str | None]
) -> tuple[Attachment, ...]:
    """Files that the body links to, then those that stand elsewhere or are shown in it."""
    found = {one.url: one for one in body.attachments}
    for href, text in files:
        if url := link(href):
            name = _file_name(url, text)
            kind = FILE_TYPES.get(name.rpartition(".")[2].lower())
            found.setdefault(url, Attachment(name, url, kind))
    return tuple(found.values())


def _file_name(url: str, text: str) -> str:
    """The name of a file by its address, or by the text of its link if that has none."""
    name = file_name(url)
    named = name.rpartition(".")[2].lower() in FILE_TYPES
    return name if named or not text else text[:_LONGEST_NAME]


def _named_files(places: PagePlaces, rules: ArticleRules) -> list[tuple[str, str]]:
    """What the description's own places lead to: hrefs, with the texts of the links."""
    found = []
    for one in islice(places.all(rules.files, "href"), _MOST_FILES):
        text = text_of(one.node) if one.node is not None else ""
        quoted = _QUOTED.search(one.text) if "(" in one.text else None
        found.append((quoted[1] if quoted else one.text, text))
    return found


def _embedded(bodies: list[LexborNode]) -> list[tuple[str, str]]:
    """Files that a body shows in a frame, itself or by a viewer that is handed their address."""
    found = []
    for body in bodies:
        for node in body.css(", ".join(_EMBEDDED)):
            shown = node.attributes.get("src") or node.attributes.get("data") or ""
            found += [(href, "") for href in _shown_files(shown)]
    return list(dict.fromkeys(found))


def _shown_files(address: str) -> Iterator[str]:
    try:
        parts = urlsplit(address)
    except ValueError:
        return
    if _is_file(parts.path):
        yield address
        return
    for query in (parts.query, parts.fragment):
        yield from (value for _, value in parse_qsl(query) if _is_file(value.partition("?")[0]))


def _is_file(path: str) -> bool:
    return unquote(path).rpartition(".")[2].lower() in MEDIA_TYPES
