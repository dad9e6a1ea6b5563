"""What the addresses of articles have in common: a pattern, and where in it their number is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile
from urllib.parse import parse_qsl, unquote, urlsplit

from crawler.sites.address_patterns import compiled, is_pattern

_DIGITS = re.compile(r"\d+")
_LEAST = 2
_NAMED = re.compile(r"(item|article|news|tin|bai|post|content|doc)?_?-?id$", re.IGNORECASE)


def pattern_of(urls: Sequence[str], others: Sequence[str] = ()) -> str | None:
    """The pattern that all these addresses fit; None if they have too little in common.

    `others` are addresses of listings: a pattern that they fit as well is made narrower.
    """
    if not urls:
        return None
    by_query = _by_query(urls)
    candidates = [by_query] if by_query else [*_by_number(urls), *_by_slug(urls)]
    usable = [one for one in candidates if one and is_pattern(one) and _fits_all(one, urls)]
    narrow = [one for one in usable if not any(compiled(one).matches(url) for url in others)]
    return next(iter(narrow or usable), None)


def _fits_all(pattern: str, urls: Sequence[str]) -> bool:
    rule = compiled(pattern)
    numbers = [rule.id_in(url) for url in urls]
    told = "{id}" not in pattern or len(set(numbers)) == len(set(urls))
    return told and all(rule.matches(url) for url in urls)


def _by_query(urls: Sequence[str]) -> str | None:
    """A parameter whose digits differ from article to article, as `?ItemID={id}`."""
    queries = [dict(parse_qsl(urlsplit(url).query)) for url in urls]
    paths = {unquote(urlsplit(url).path) for url in urls}
    shared = set.intersection(*(set(query) for query in queries))
    found = [
        name for name in shared
        if all(query[name].isdecimal() for query in queries)
        and (len({query[name] for query in queries}) == len(set(urls)) > 1
             or (len(urls) == 1 and _NAMED.search(name)))
    ]  # fmt: skip
    if not found or len(paths) > max(1, len(urls) // 2):
        return None
    name = min(found, key=lambda one: (not _NAMED.search(one), one))
    path = next(iter(paths)) if len(paths) == 1 else "/{path}" + _ending(paths)
    return f"{path}?{name}={{id}}"


def _by_number(urls: Sequence[str]) -> list[str]:
    """The digits of the path that name the article, with what stands around them."""
    paths = [unquote(urlsplit(url).path).rstrip("/") for url in urls]
    ending = _ending(set(paths))
    stems = [path.removesuffix(ending) for path in paths]
    found: list[str] = []
    at_end = [re.fullmatch(r"(.*?)(\d+)", stem) for stem in stems]
    if all(m is not None and len(m[2]) >= _LEAST for m in at_end):
        before = _shared_end([m[1] for m in at_end if m])
        if mark := re.search(r"[-_/.][a-z]{0,6}$", before):
            found += [f"{base}{mark[0]}{{id}}{ending}" for base in _bases(stems, mark[0])]
    lasts = [stem.rpartition("/")[2] for stem in stems]
    at_start = [re.match(r"(\d+)[-_]\D", last) for last in lasts]
    if all(m is not None and len(m[1]) >= _LEAST for m in at_start):
        sign = lasts[0][len(at_start[0][1])] if at_start[0] else "-"
        folder = "/{path}/" if any(stem.count("/") > 1 for stem in stems) else "/"
        found.append(f"{folder}{{id}}{sign}{{slug}}{ending}")
    segments = [stem.split("/") for stem in stems]
    for place in range(1, min(map(len, segments))):
        values = [segment[place] for segment in segments]
        if all(v.isdecimal() and len(v) > 2 for v in values) and len(set(values)) == len(values):
            before = "/{path}/" if place > 1 else "/"
            after = {len(segment) - place - 1 for segment in segments}
            found += [f"{before}{{id}}{'/{slug}' * number}{ending}" for number in after]
    return found


def _bases(stems: Sequence[str], sign: str) -> list[str]:
    """What may stand before a number, the widest first."""
    if sign.startswith("/"):
        return ["/{path}"] if all(stem.count("/") > 1 for stem in stems) else [""]
    folders = {stem.rpartition("/")[0] for stem in stems}
    if folders == {""}:
        return ["/{slug}"]
    shared = _shared_start([f"{folder}/" for folder in folders])
    return ["/{path}", f"{shared.rpartition('/')[0]}/{{path}}"]


def _by_slug(urls: Sequence[str]) -> list[str]:
    """Addresses without a number: the folder that they share, or none at all."""
    paths = [unquote(urlsplit(url).path).rstrip("/") for url in urls]
    ending = _ending(set(paths))
    folders = {path.rpartition("/")[0] for path in paths}
    depth = {path.count("/") for path in paths}
    found = [f"{next(iter(folders))}/{{slug}}{ending}"] if len(folders) == 1 else []
    if len(depth) == 1:
        segments = [path.split("/")[1:-1] for path in paths]
        columns = zip(*segments, strict=True)
        shared = list(takewhile(lambda column: len(set(column)) == 1, columns))
        names = list(takewhile(lambda name: not name.isdecimal(), (one[0] for one in shared)))
        rest = next(iter(depth)) - len(names)
        found.append("".join(f"/{name}" for name in names) + "/{slug}" * rest + ending)
    return [*found, f"/{{path}}{ending}"]


def _ending(paths: Sequence[str] | set[str]) -> str:
    found = {match[0] if (match := re.search(r"\.[a-z]{3,5}$", path)) else "" for path in paths}
    return next(iter(found)) if len(found) == 1 else ""


def _shared_start(texts: Sequence[str]) -> str:
    first, last = min(texts), max(texts)
    length = next((n for n, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), None)
    return first[: len(min(first, last, key=len)) if length is None else length]


def _shared_end(texts: Sequence[str]) -> str:
    return _shared_start([text[::-1] for text in texts])[::-1]
