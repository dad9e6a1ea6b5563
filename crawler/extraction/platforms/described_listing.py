"""A listing's page as a description has it: its items, and how to come to its next page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

from selectolax.lexbor import LexborHTMLParser

from crawler.extraction.node_texts import PagePlaces
from crawler.extraction.platforms.pagers import next_in_pager
from crawler.extraction.publication_stamp import to_count
from crawler.extraction.structured_data import json_of_page, text_at, value_at
from crawler.sites.canonical_urls import absolute
from crawler.sites.page_eras import FurtherPages, JsonItems, ListingRules
from crawler.sites.page_values import SCRIPT
from crawler.sites.posted_forms import posted, split_posted

_NUMBER = re.compile(r"\d[\d.,]*")
_OPTIONAL = "?"
_PLACE = re.compile(r"\{([A-Za-z_]\w*)\}")
_MOST = 2000


@dataclass(frozen=True, slots=True)
class ListingRead:
    """The hrefs of a listing's items as they stand, where its next page is, and what it announces.

    `is_one`: the page has the sign of a listing, even if it has no item.
    """

    hrefs: tuple[str, ...] = ()
    next_url: str | None = None
    total: int | None = None
    is_one: bool = False


def read_listing(rules: ListingRules, tree: LexborHTMLParser, here: str) -> ListingRead:
    """What a page has of a listing; `here` is where it was asked for."""
    places = PagePlaces(tree)
    hrefs = tuple(_hrefs(places, rules, tree))
    signed = bool(hrefs) or bool(places.elements(rules.sign)) or _is_further(rules, here)
    following = next_in_pager(here, [(f.text, f.node) for f in places.all(rules.next, "href")])
    if following is None and rules.more is not None:
        following = _further(rules.more, places, here, has_items=bool(hrefs))
    total = places.first(rules.total)
    counted = _NUMBER.findall(total.text) if total else []
    return ListingRead(hrefs, following, to_count(counted[-1]) if counted else None, signed)


def read_json_listing(rules: ListingRules, text: str, here: str) -> ListingRead:
    """What a listing has that is JSON: items, or a piece of HTML with items."""
    form, data = rules.json, json_of_page(text)
    if form is None or data is None:
        return ListingRead()
    for path in form.html:
        if html := text_at(data, path):
            return _with_more(rules, read_listing(rules, LexborHTMLParser(html), here), here)
    items: Any = next((v for p in form.items if isinstance(v := value_at(data, p), list)), None)
    if not form.items and isinstance(data, list):
        items = data
    if not isinstance(items, list):
        return ListingRead()
    hrefs = tuple(_href_of(form, item) for item in items[:_MOST])
    counted = next((t for p in form.total if (t := text_at(data, p))), "")
    total = to_count(counted) if counted.isdecimal() else None
    return _with_more(rules, ListingRead(hrefs, None, total, True), here)


def _with_more(rules: ListingRules, read: ListingRead, here: str) -> ListingRead:
    if read.next_url or rules.more is None:
        return read
    places = PagePlaces(LexborHTMLParser(""))
    following = _further(rules.more, places, here, has_items=bool(read.hrefs))
    return ListingRead(read.hrefs, following, read.total, read.is_one)


def _hrefs(places: PagePlaces, rules: ListingRules, tree: LexborHTMLParser) -> Iterator[str]:
    """The link of each item; an item without one is told as empty."""
    if not rules.items:
        yield from (found.text for found in places.all(rules.link, "href"))
        return
    for item in places.elements(rules.items):
        found = next(PagePlaces(tree, item).all(rules.link or ("a",), "href"), None)
        yield found.text if found else ""


def _href_of(form: JsonItems, item: Any) -> str:
    for path in form.link:
        if href := text_at(item, path):
            return href
    if not form.address:
        return ""
    values = {name: text_at(item, name) for name in _PLACE.findall(form.address)}
    return _filled(form.address, values, quoting=True) if all(values.values()) else ""


def _is_further(rules: ListingRules, here: str) -> bool:
    """Whether a page was asked for as one to which no link leads: an empty one is the last."""
    return rules.more is not None and _number_asked(rules.more, *split_posted(here)) is not None


def _further(more: FurtherPages, places: PagePlaces, here: str, *, has_items: bool) -> str | None:
    """The page after this one, where no link leads to it."""
    if not more.address:
        return None
    asked, fields = split_posted(here)
    number = _number_asked(more, asked, fields)
    if number is None:
        values = {name: _value(places, how) for name, how in more.values.items()}
        needed = [name for name, how in more.values.items() if not how.endswith(_OPTIONAL)]
        if not all(values[name] for name in needed):
            return None
        values["page"] = str(more.first)
        address = _filled(more.address, values, quoting=True)
        fields = tuple((name, _filled(text, values)) for name, text in sorted(more.form.items()))
    elif not has_items:
        return None
    else:
        address, fields = _one_page_on(more, asked, fields, number)
    if more.method == "POST":
        url = absolute(here, address)
        return posted(url, fields) if url else None
    parts = urlsplit(address)
    query = "&".join(filter(None, (parts.query, urlencode(list(fields)))))
    return absolute(here, urlunsplit((parts.scheme, parts.netloc, parts.path, query, "")))


def _number_asked(more: FurtherPages, asked: str, fields: Sequence[tuple[str, str]]) -> int | None:
    """The number of the page that was asked for as a further one, None for the first."""
    path = more.address.partition("?")[0]
    pattern = re.escape(path).replace(re.escape("{page}"), r"(\d{1,6})")
    pattern = re.sub(r"\\\{\w+\\\}", "[^/]*", pattern)
    at = re.search(f"{pattern}$", urlsplit(asked).path)
    if at is None:
        return None
    if "{page}" in path:
        return int(at[1])
    given = dict(fields) or dict(parse_qsl(urlsplit(asked).query, keep_blank_values=True))
    number = given.get(_page_name(more) or "", "")
    return int(number) if number.isascii() and number.isdecimal() and len(number) < 7 else None


def _page_name(more: FurtherPages) -> str | None:
    """The parameter that has the number of the page."""
    named = [*more.form.items(), *parse_qsl(more.address.partition("?")[2])]
    return next((name for name, text in named if text == "{page}"), None)


def _one_page_on(
    more: FurtherPages, asked: str, fields: tuple[tuple[str, str], ...], number: int
) -> tuple[str, tuple[tuple[str, str], ...]]:
    name, following = _page_name(more), str(number + 1)
    if name is None:
        _, _, tail = more.address.partition("?")[0].partition("{page}")
        path = urlsplit(asked).path
        end = len(path) - len(tail)
        before = path[:end].removesuffix(str(number))
        return urlunsplit(("", "", before + following + tail, urlsplit(asked).query, "")), fields
    if fields:
        return asked, tuple((k, following if k == name else v) for k, v in fields)
    parts = urlsplit(asked)
    query = [(k, following if k == name else v)
             for k, v in parse_qsl(parts.query, keep_blank_values=True)]  # fmt: skip
    return urlunsplit((parts.scheme, parts.netloc, parts.path, urlencode(query), "")), ()


def _value(places: PagePlaces, how: str) -> str:
    """What a page says under a name: at a place, or as a script sets it; empty if it does not."""
    how = how.removesuffix(_OPTIONAL).strip()
    if not how.startswith(SCRIPT):
        found = places.first((how,))
        return found.text if found else ""
    name = re.escape(how.removeprefix(SCRIPT).strip())
    pattern = re.compile(rf"(?<![\w-]){name}['\"]?\s*[:=]\s*(?:'([^']*)'|\"([^\"]*)\"|([\w.-]+))")
    for node in places.tree.css("script"):
        if match := pattern.search(node.text() or ""):
            return next(filter(None, match.groups()), "")
    return ""


def _filled(text: str, values: dict[str, str], *, quoting: bool = False) -> str:
    def value(place: re.Match[str]) -> str:
        told = values.get(place[1], place[0])
        return quote(told, safe="/:-._~") if quoting else told

    return _PLACE.sub(value, text)
