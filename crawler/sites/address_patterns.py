"""Patterns of addresses, as in descriptions: `/[vi/]news/{path}-{id}.html`, `/view?id={id}`.

`{id}` are the digits that name an article, `{number}` other digits, `{slug}` a piece of a segment,
`{path}` anything, `{any}` a value of a query; what stands in square brackets may be missing. They
are no regular expressions: a description may come with a stranger's archive, and a pattern is
matched in time that grows little with an address.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import parse_qsl, unquote, urlsplit

from crawler.sites.values import Fault

LONGEST = 2000
"""Letters of a path that is compared with a pattern; a longer one is like none."""

_PLACES = {
    "id": r"(?P<id>\d{1,20})",
    "number": r"\d{1,20}",
    "slug": r"[^/]+",
    "path": r".+",
}
_PIECE = re.compile(r"\{([a-z]*)\}|([\[\]])|([^{}\[\]]+)|(.)")
_VALUES = ("{id}", "{number}", "{any}")


@dataclass(frozen=True, slots=True)
class AddressPattern:
    """What addresses look like: their path, and the parameters without which they are others."""

    path: re.Pattern[str]
    query: tuple[tuple[str, str], ...]

    def matches(self, url: str) -> bool:
        """Whether an address is one of these."""
        return self._match(url) is not None

    def id_in(self, url: str) -> str | None:
        """The digits that name the article, if the pattern has any and the address fits."""
        return self._match(url) or None

    def names(self) -> frozenset[str]:
        """The parameters that it asks for."""
        return frozenset(name for name, _ in self.query)

    def _match(self, url: str) -> str | None:
        """None for an address that is not such a one; its id, or nothing, for one that is."""
        parts = urlsplit(url)
        path = unquote(parts.path).rstrip("/")
        found = self.path.fullmatch(path) if len(path) <= LONGEST else None
        if found is None:
            return None
        number = found.groupdict().get("id") or ""
        given = dict(parse_qsl(parts.query, keep_blank_values=True))
        for name, wanted in self.query:
            value = given.get(name, "")
            if not value or (wanted in ("{id}", "{number}") and not _is_number(value)):
                return None
            if wanted not in _VALUES and value != wanted:
                return None
            number = value if wanted == "{id}" else number
        return number


def compiled(text: str) -> AddressPattern:
    """The pattern that a text is. Raises `Fault`, which says what is wrong, for none."""
    return _compiled(text)


def is_pattern(text: str) -> bool:
    """Whether a text is a pattern."""
    try:
        _compiled(text)
    except Fault:
        return False
    return True


@lru_cache(maxsize=256)
def _compiled(text: str) -> AddressPattern:
    path, _, query = text.partition("?")
    if not path.startswith(("/", "[/")):
        raise Fault("crawler.pattern-must-begin-with-slash", value=text)
    asked = []
    for part in query.split("&") if query else ():
        name, equals, value = part.partition("=")
        if not name or not equals or ("{" in value and value not in _VALUES):
            raise Fault("crawler.pattern-query", value=text, part=part)
        asked.append((name, value))
    return AddressPattern(re.compile(_regex(path.rstrip("/"), text), re.IGNORECASE), tuple(asked))


def _regex(path: str, text: str) -> str:
    """The path of a pattern, whose whole is `text`, as a regular expression."""
    pieces, places, depth = [], [], 0
    for name, bracket, plain, stray in _PIECE.findall(path):
        if stray or (not name and not bracket and not plain):
            raise Fault("crawler.pattern-stray-bracket", value=text)
        if bracket:
            depth += 1 if bracket == "[" else -1
            pieces.append("(?:" if bracket == "[" else ")?")
        elif plain:
            pieces.append(re.escape(plain))
        elif name not in _PLACES:
            known = [f"{{{one}}}" for one in _PLACES]
            raise Fault("crawler.pattern-unknown-place", value=text, place=name, known=known)
        else:
            pieces.append(_PLACES[name])
            places.append(name)
        if not 0 <= depth <= 1:
            raise Fault("crawler.pattern-brackets-nested", value=text)
    if depth:
        raise Fault("crawler.pattern-bracket-open", value=text)
    _check_places(path, places, text)
    return "".join(pieces)


def _check_places(path: str, places: list[str], text: str) -> None:
    """Few open places, so that matching never takes long."""
    slugs = max(segment.count("{slug}") for segment in path.split("/"))
    if places.count("id") > 1 or places.count("path") > 1:
        raise Fault("crawler.pattern-place-twice", value=text)
    if slugs > (1 if "path" in places else 2):
        raise Fault("crawler.pattern-too-many-slugs", value=text)
    if len(places) > 6 or "}{" in path:
        raise Fault("crawler.pattern-too-many-places", value=text)


def _is_number(value: str) -> bool:
    return value.isascii() and value.isdecimal() and len(value) <= 20


@dataclass(frozen=True, slots=True)
class Alias:
    """Paths that lead to the page of another path, such as a print view."""

    path: re.Pattern[str]
    target: str

    def resolve(self, path: str) -> str | None:
        """The other path of the page, None for a path that is no such alias."""
        found = self.path.fullmatch(path) if len(path) <= LONGEST else None
        return self.target.replace("{path}", found["path"]) if found else None


@lru_cache(maxsize=64)
def alias(path: str, target: str) -> Alias:
    """An alias such as `/news/print/{path}` for `/news/{path}`. Raises `Fault` for none."""
    if path.count("{path}") != 1 or target.count("{path}") != 1 or not path.startswith("/"):
        raise Fault("crawler.no-alias", value=path)
    before, after = path.split("{path}")
    return Alias(re.compile(f"{re.escape(before)}(?P<path>.+){re.escape(after)}"), target)
