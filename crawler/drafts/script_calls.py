"""Calls by which the scripts of a listing load further items: an address, and maybe a form.

Only what is plainly written is read: an address in quotation marks, a form as an object of
constants, of the number of the page, and of names that the page's scripts set.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from crawler.drafts.seen_pages import SeenPage
from crawler.extraction.structured_data import json_of_page
from crawler.sites.page_eras import FurtherPages

_LOADING = re.compile(
    r"(?P<post>\$\.post\(\s*|(?:type|method)\s*:\s*['\"]POST['\"])|\$\.(?:get|getJSON|ajax)\("
    r"|fetch\(|\burl\s*[:=]|\.load\(|axios",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"['\"`]((?:https?://[^'\"`\s]+|/)[^'\"`\s<>]*)['\"`]\s*(\+\s*(\w+))?")
_OBJECT = re.compile(r"\{([^{}]*)\}")
_PAIR = re.compile(r"['\"]?(\w+)['\"]?\s*:\s*(?:'([^']*)'|\"([^\"]*)\"|([\w.+ -]+))")
_PAGE = re.compile(
    r"^(page|pageindex|pagenum|pageno|pagenumber|trang|p|pg|currentpage|n|i|idx)$", re.I
)
_IN_QUERY = re.compile(r"([?&](?:page|pageindex|pagenum|pageno|trang|p|pg)=)(\d*)(?=&|$)", re.I)
_IN_TEMPLATE = re.compile(r"\$\{\w+\}")
_NO_PAGES = re.compile(r"\.(js|css|png|jpe?g|gif|svg|woff2?)(\?|$)", re.IGNORECASE)
_MOST = 6


@dataclass(frozen=True)
class ScriptCall:
    """One way to have further items: what is asked for, as a description says it."""

    more: FurtherPages


@dataclass(frozen=True)
class JsonShape:
    """Where in JSON the items of a listing are, which key leads to the article, and their links."""

    items: str
    link: str
    links: tuple[str, ...] = ()
    titles: tuple[str, ...] = field(default=())


def script_calls(page: SeenPage, first: int) -> Iterator[ScriptCall]:
    """The calls in a page's scripts that have a page's number; `first` is the first to ask for."""
    found: dict[str, ScriptCall] = {}
    for node in page.tree.css("script"):
        text = node.text() or ""
        if node.attributes.get("src") or len(text) > 1 << 17:
            continue
        for loading in _LOADING.finditer(text):
            near = text[loading.start() : loading.start() + 900]
            for call in _calls(near, page, first, is_post=_is_post(near)):
                found.setdefault(f"{call.more.method} {call.more.address} {call.more.form}", call)
    yield from list(found.values())[:_MOST]


def json_shape(text: str) -> JsonShape | None:
    """The likeliest list of articles in JSON: of things with an address and a title."""
    best: JsonShape | None = None
    stack: list[tuple[str, Any]] = [("", json_of_page(text))]
    while stack:
        path, value = stack.pop()
        if isinstance(value, dict):
            stack += [(f"{path}.{key}".lstrip("."), v) for key, v in list(value.items())[:50]]
        elif isinstance(value, list) and (shape := _shape(path, value)) is not None:
            best = shape if best is None or len(shape.links) > len(best.links) else best
    return best


def _shape(path: str, items: list[Any]) -> JsonShape | None:
    things = [item for item in items if isinstance(item, dict)]
    if not things or len(things) < len(items):
        return None
    for key in things[0]:
        links = [str(thing.get(key) or "") for thing in things]
        if all(re.match(r"(https?:/)?/\S+$", link) for link in links) and not any(
            _NO_PAGES.search(link) for link in links
        ):
            return JsonShape(path, key, tuple(links), tuple(_title(thing) for thing in things))
    return None


def _title(thing: dict[str, Any]) -> str:
    named = [v for k, v in thing.items() if re.search("title|name|tieude|headline", k, re.I)]
    texts = [v for v in named if isinstance(v, str) and len(v) > 5]
    return texts[0] if texts else ""


def _is_post(near: str) -> bool:
    head = near[:400]
    return bool(re.search(r"\$\.post\(|(type|method)\s*:\s*['\"]POST['\"]", head, re.IGNORECASE))


def _calls(near: str, page: SeenPage, first: int, *, is_post: bool) -> Iterator[ScriptCall]:
    """The calls that begin in a piece of a script."""
    addresses = [m for m in _ADDRESS.finditer(near) if not _NO_PAGES.search(m[1])]
    for match in addresses[:2]:
        address = _with_page(match[1], match[3])
        forms = [_form(m[1]) for m in _OBJECT.finditer(near[match.end() :])]
        form = next((one for one in forms if "{page}" in one.values()), {})
        if "{page}" not in address and not form:
            continue
        names = {value[1:-1] for value in form.values() if re.fullmatch(r"\{\w+\}", value)}
        values = {name: f"script: {name}" for name in sorted(names - {"page"})}
        method = "POST" if is_post else "GET"
        yield ScriptCall(
            FurtherPages(address=address, method=method, form=form, values=values, first=first)
        )


def _with_page(address: str, added: str | None) -> str:
    """An address with the place of the page's number in it, if it has one."""
    address = _IN_TEMPLATE.sub("{page}", address, count=1)
    if "{page}" in address:
        return address
    if added and _PAGE.match(added):
        return f"{address}{{page}}"
    return _IN_QUERY.sub(r"\1{page}", address, count=1)


def _form(text: str) -> dict[str, str]:
    """The fields of a form that is written as an object."""
    fields: dict[str, str] = {}
    for name, single, double, bare in _PAIR.findall(text):
        word = bare.strip()
        if single or double or not word:
            fields[name] = single or double
        elif _PAGE.match(name) or _PAGE.match(word.split(" ")[0]):
            fields[name] = "{page}"
        elif re.fullmatch(r"\d+|true|false", word):
            fields[name] = word
        elif re.fullmatch(r"[A-Za-z_]\w*", word):
            fields[name] = f"{{{word}}}"
    return fields
