"""The kinds of values by which a description says how pages look, each with its check."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Annotated, Any

from crawler.sites.address_patterns import alias, fault_of
from crawler.sites.values import Fault, ValueCheck

MOST = 40
"""Selectors or patterns of one key."""

LONGEST = 400
"""Letters of a selector: it may come with a stranger's archive."""

STRUCTURED = "json-ld:"
SCRIPT = "script:"
_ATTRIBUTE = re.compile(r"^(.*?)::attr\(([A-Za-z_:][-\w:.]*)\)$", re.DOTALL)
_JSON_PATH = re.compile(r"[@\w$-]+(\.[@\w$-]+)*")
STAMP_ORDERS = ("dmy", "mdy", "ymd")


def split_source(source: str) -> tuple[str, str | None]:
    """A source's selector and the attribute that it takes, None where it takes the text."""
    found = _ATTRIBUTE.match(source)
    return (found[1].strip(), found[2]) if found else (source, None)


def _texts(value: Any) -> tuple[str, ...]:
    values = [value] if isinstance(value, str) else value
    if not isinstance(values, (list, tuple)) or not all(isinstance(one, str) for one in values):
        raise Fault(" must be a text in quotes, or a list of such")
    if len(values) > MOST:
        raise Fault(f" has more than {MOST} values")
    return tuple(values)


def _checked(check: Callable[[str], str | None]) -> Callable[[Any], tuple[str, ...]]:
    def of(value: Any) -> tuple[str, ...]:
        found = _texts(value)
        for one in found:
            if (fault := check(one)) is not None:
                raise Fault(f": {one!r} {fault}")
        return found

    return of


def _selector_fault(selector: str) -> str | None:
    # Only descriptions of pages need the parser, and most commands read none.
    from selectolax.lexbor import LexborHTMLParser, SelectolaxError

    if len(selector) > LONGEST:
        return f"is longer than {LONGEST} letters"
    if split_source(selector)[1] is not None:
        return "takes an attribute, and this key wants elements"
    try:
        LexborHTMLParser("<p>").css(selector)
    except (SelectolaxError, ValueError):
        return "is no CSS selector"
    return None


def _source_fault(source: str) -> str | None:
    if source.startswith(STRUCTURED):
        path = source.removeprefix(STRUCTURED).strip()
        return None if _JSON_PATH.fullmatch(path) else "names no property, such as headline"
    return _selector_fault(split_source(source)[0])


def _path_fault(path: str) -> str | None:
    return None if _JSON_PATH.fullmatch(path) else "is no path of names with dots between them"


def _aliases(value: Any) -> dict[str, str]:
    table = _table(value)
    for path, target in table.items():
        try:
            alias(path, target)
        except ValueError as error:
            raise Fault(f": {path!r} {error}") from None
    return table


def _table(value: Any) -> dict[str, str]:
    if not isinstance(value, Mapping) or not all(isinstance(one, str) for one in value.values()):
        raise Fault(" must be a table of texts in quotes")
    return dict(value)


def _values(value: Any) -> dict[str, str]:
    table = _table(value)
    for how in table.values():
        source = how.removesuffix("?").strip()
        fault = None if source.startswith(SCRIPT) else _source_fault(source)
        if fault is not None:
            raise Fault(f": {how!r} {fault}")
    return table


def _one_of(*words: str) -> Callable[[Any], str]:
    def check(value: Any) -> str:
        if value not in words:
            raise Fault(f" must be one of: {', '.join(words)}")
        return str(value)

    return check


def _listed(*words: str) -> Callable[[Any], tuple[str, ...]]:
    return _checked(lambda one: None if one in words else f"is none of: {', '.join(words)}")


Selectors = Annotated[tuple[str, ...], ValueCheck(_checked(_selector_fault))]
"""CSS selectors of elements; the first that finds something counts."""
Sources = Annotated[tuple[str, ...], ValueCheck(_checked(_source_fault))]
"""Where a value stands: `h1.title`, `time::attr(datetime)`, `json-ld: headline`; the first counts.
"""
AddressPatterns = Annotated[tuple[str, ...], ValueCheck(_checked(fault_of))]
Aliases = Annotated[Mapping[str, str], ValueCheck(_aliases)]
JsonPath = Annotated[tuple[str, ...], ValueCheck(_checked(_path_fault))]
Texts = Annotated[tuple[str, ...], ValueCheck(_texts)]
Table = Annotated[Mapping[str, str], ValueCheck(_table)]
Values = Annotated[Mapping[str, str], ValueCheck(_values)]
"""Names and where a page says them: a source, or `script: NAME`; `?` behind what may be missing."""
StampOrder = Annotated[str, ValueCheck(_one_of(*STAMP_ORDERS))]
Method = Annotated[str, ValueCheck(_one_of("GET", "POST"))]
Required = Annotated[tuple[str, ...], ValueCheck(_listed("title", "body", "stamp", "lead"))]
