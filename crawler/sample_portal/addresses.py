"""The portal's URLs: how they are written, and what a requested one means."""

from __future__ import annotations

import re
import unicodedata
import uuid
from dataclasses import dataclass
from enum import Enum, auto
from urllib.parse import parse_qsl, quote_plus, unquote

from crawler.sample_portal.articles import SampleArticle
from crawler.sample_portal.layout import Layout

URL_TITLE_LENGTH = 100
_LANGUAGES = ("vi", "en")


class RouteKind(Enum):
    """What a path leads to."""

    FRONT = auto()
    LISTING = auto()
    ARTICLE = auto()
    PRINT = auto()
    TRAP = auto()


@dataclass(frozen=True, slots=True)
class Route:
    """A path understood. `article` is the last segment of an article's URL, id or not.

    `tail` holds the language suffixes of a trapped URL, `/vi/vi` say; `language` is `vi` or `en`
    if the path names one.
    """

    kind: RouteKind
    category: str = ""
    article: str = ""
    has_id: bool = False
    tail: str = ""
    language: str = ""


def url_title(title: str) -> str:
    """A title as the portal writes it into URLs: marks dropped, đ and all else a hyphen, cut."""
    letters = "".join(
        char
        for char in unicodedata.normalize("NFD", title.lower())
        if not unicodedata.combining(char)
    )
    return re.sub(r"[^a-z0-9]+", "-", letters)[:URL_TITLE_LENGTH]


def article_path(layout: Layout, category: str, asset_id: int, slug: str) -> str:
    """The path of an article under one of its categories."""
    page = f"{layout.prefix}/{category}/-"
    if layout.url_form == "view_content":
        return f"{page}/view_content/{asset_id}-{slug}.html"
    return f"{page}/asset_publisher/{layout.instance}/content/{slug}"


def print_path(layout: Layout, category: str, asset_id: int, slug: str) -> str:
    """The path and query of an article's print view."""
    name = f"{asset_id}-{slug}.html"
    return f"{layout.prefix}/{category}/-/view_content/pop_up/{name}?_101_viewMode=print"


def page_query(layout: Layout, cur: int) -> str:
    """The query of page `cur` of a listing."""
    portlet, own = layout.portlet, f"_{layout.portlet}_"
    return (
        f"p_p_id={portlet}&p_p_lifecycle=0&p_p_state=normal&p_p_mode=view"
        f"&p_p_col_id={layout.column}&p_p_col_pos={layout.position}&p_p_col_count=3"
        f"&{own}delta=20&{own}keywords=&{own}advancedSearch=false&{own}andOperator=true"
        f"&p_r_p_564233524_resetCur=false&{own}cur={cur}"
    )


def image_path(asset_id: int, index: int, tick: int) -> str:
    """The URL of an article's picture as written at one rendering."""
    return f"/image/journal/article?img_id={asset_id * 100 + index}&t={milliseconds(tick)}"


def attachment_path(layout: Layout, article: SampleArticle, index: int) -> str:
    """The URL of an attachment: a plain file with raw spaces, or one of the document library."""
    name = article.attachments[index].name
    if " " in name and index % 2 == 0:
        return f"/UploadFile/Tinbai/{article.asset_id}/{name}"
    key = uuid.uuid5(uuid.NAMESPACE_URL, f"{layout.host}/{article.asset_id}/{name}")
    folder = f"/documents/{layout.group_id}/{article.asset_id}"
    return f"{folder}/{quote_plus(name)}/{key}?t={milliseconds(index)}"


def milliseconds(tick: int) -> int:
    """A time stamp in the manner of the portal's `t=`, later for every rendering."""
    return 1_661_571_175_221 + tick * 1_009


def requested_page(query: str) -> int:
    """The number of the listing page that a query asks for; 1 if it names none."""
    for key, value in parse_qsl(query):
        if key.startswith("_101") and key.endswith("_cur") and value.isdecimal():
            return max(1, int(value))
    return 1


def route(layout: Layout, path: str, query: str) -> Route | None:
    """What a page's path means, whatever session id or language it carries; None if nothing."""
    segments = [part for part in map(unquote, clean(path).split("/")) if part]
    language = ""
    if segments and segments[0] in _LANGUAGES:
        language = segments.pop(0)
    prefix = [part for part in layout.prefix.split("/") if part]
    if segments in ([], prefix):
        return Route(RouteKind.FRONT, language=language)
    if segments[: len(prefix)] != prefix or segments[len(prefix)] not in layout.categories:
        return None
    category, *rest = segments[len(prefix) :]
    if not rest:
        return Route(RouteKind.LISTING, category, language=language)
    if rest[0] != "-":
        return None
    tail: list[str] = []
    while rest[-1] in _LANGUAGES:
        tail.insert(0, rest.pop())
    if tail:
        return Route(
            RouteKind.TRAP, category, tail="".join(f"/{part}" for part in tail), language=tail[-1]
        )
    asked = dict(parse_qsl(query))
    printed = asked.get("p_p_state") == "pop_up" or asked.get("_101_viewMode") == "print"
    kind = RouteKind.PRINT if printed else RouteKind.ARTICLE
    match rest[1:]:
        case ["view_content", name]:
            return Route(kind, category, name, has_id=True, language=language)
        case ["view_content", "pop_up", name]:
            return Route(RouteKind.PRINT, category, name, has_id=True, language=language)
        case ["asset_publisher", _, "content", name]:
            return Route(kind, category, name, language=language)
    return None


def clean(path: str) -> str:
    """A path without session ids."""
    return re.sub(r";[^/]*", "", path)
