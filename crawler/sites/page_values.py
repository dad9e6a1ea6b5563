"""The kinds of values by which a description says how pages look, each with its check."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Annotated, Any

from crawler.sites.address_patterns import alias, compiled
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
        raise Fault("crawler.must-be-texts")
    if len(values) > MOST:
        raise Fault("crawler.too-many-values", most=MOST)
    return tuple(values)


def _checked(check: Callable[[str], object]) -> Callable[[Any], tuple[str, ...]]:
    def of(value: Any) -> tuple[str, ...]:
        found = _texts(value)
        for one in found:
            check(one)
        return found

    return of


def _check_selector(selector: str) -> None:
    if split_source(selector)[1] is not None:
        raise Fault("crawler.attribute-not-wanted", value=selector)
    _check_elements(selector, selector)


def _check_source(source: str) -> None:
    if not source.startswith(STRUCTURED):
        _check_elements(split_source(source)[0], source)
    elif not _JSON_PATH.fullmatch(source.removeprefix(STRUCTURED).strip()):
        raise Fault("crawler.names-no-property", value=source)


def _check_elements(selector: str, value: str) -> None:
    """Refuse what is no CSS selector; `value` is the whole of what was given."""
    # Only descriptions of pages need the parser, and most commands read none.
    from selectolax.lexbor import LexborHTMLParser, SelectolaxError

    if len(selector) > LONGEST:
        raise Fault("crawler.too-long", value=value, most=LONGEST)
    try:
        LexborHTMLParser("<p>").css(selector)
    except (SelectolaxError, ValueError):
        raise Fault("crawler.no-selector", value=value) from None


def _check_path(path: str) -> None:
    if not _JSON_PATH.fullmatch(path):
        raise Fault("crawler.no-path-of-names", value=path)


def _aliases(value: Any) -> dict[str, str]:
    table = _table(value)
    for path, target in table.items():
        alias(path, target)
    return table


def _table(value: Any) -> dict[str, str]:
    if not isinstance(value, Mapping) or not all(isinstance(one, str) for one in value.values()):
        raise Fault("crawler.must-be-a-table-of-texts")
    return dict(value)


def _values(value: Any) -> dict[str, str]:
    table = _table(value)
    for how in table.values():
        source = how.removesuffix("?").strip()
        if not source.startswith(SCRIPT):
            _check_source(source)
    return table


def _one_of(*words: str) -> Callable[[Any], str]:
    def check(value: Any) -> str:
        if value not in words:
            raise Fault("crawler.must-be-one-of", words=words)
        return str(value)

    return check


def _listed(*words: str) -> Callable[[Any], tuple[str, ...]]:
    def check(value: str) -> None:
        if value not in words:
            raise Fault("crawler.none-of", value=value, words=words)

    return _checked(check)


Selectors = Annotated[tuple[str, ...], ValueCheck(_checked(_check_selector))]
"""CSS selectors of elements; the first that finds something counts."""
Sources = Annotated[tuple[str, ...], ValueCheck(_checked(_check_source))]
"""Where a value stands: `h1.title`, `time::attr(datetime)`, `json-ld: headline`; the first counts.
"""
AddressPatterns = Annotated[tuple[str, ...], ValueCheck(_checked(compiled))]
Aliases = Annotated[Mapping[str, str], ValueCheck(_aliases)]
JsonPath = Annotated[tuple[str, ...], ValueCheck(_checked(_check_path))]
Texts = Annotated[tuple[str, ...], ValueCheck(_texts)]
Table = Annotated[Mapping[str, str], ValueCheck(_table)]
Values = Annotated[Mapping[str, str], ValueCheck(_values)]
"""Names and where a page says them: a source, or `script: NAME`; `?` behind what may be missing."""
StampOrder = Annotated[str, ValueCheck(_one_of(*STAMP_ORDERS))]
Method = Annotated[str, ValueCheck(_one_of("GET", "POST"))]
Required = Annotated[tuple[str, ...], ValueCheck(_listed("title", "body", "stamp", "lead"))]
