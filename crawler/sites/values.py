"""The kinds of values that a site description has, each with its check.

A field of a description is annotated with one of these types; `crawler.sites.structuring` calls the
check. So the classes are the only list of what a description may say.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
TLS_VERSIONS = ("1.0", "1.1", "1.2", "1.3")
_HOST = re.compile(r"(?!-)[a-z0-9-]+(\.[a-z0-9-]+)+")


class Fault(ValueError):
    """What is wrong with a value, as the end of a sentence that begins with its key."""


@dataclass(frozen=True, slots=True)
class ValueCheck:
    """Turns a value as TOML or JSON has it into the one to keep; raises `Fault`."""

    of: Callable[[Any], Any]


def _of_kind(value: Any, kind: type | tuple[type, ...], words: str) -> Any:
    if not isinstance(value, kind) or isinstance(value, bool):
        raise Fault(f" must be {words}")
    return value


def _text(value: Any) -> str:
    return str(_of_kind(value, str, "a text in quotes"))


def _site_id(value: Any) -> str:
    if not _ID.fullmatch(_text(value)):
        raise Fault(" must be of a–z, 0–9 and single hyphens, such as hai-ba-trung")
    return str(value)


def _host(value: Any) -> str:
    if not isinstance(value, str) or not _HOST.fullmatch(value) or _is_address(value):
        raise Fault(f": {value!r} is no host name such as haibatrung.hanoi.gov.vn")
    return value


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _hosts(value: Any) -> tuple[str, ...]:
    return tuple(_host(host) for host in _of_kind(value or [], list, "a list of texts"))


def _scheme(value: Any) -> str:
    if value not in ("https", "http"):
        raise Fault(" must be https or http")
    return str(value)


def _tls_version(value: Any) -> str:
    if value not in TLS_VERSIONS:
        raise Fault(f" must be one of: {', '.join(TLS_VERSIONS)}, in quotes")
    return str(value)


def _categories(value: Any) -> dict[str, str]:
    if not _of_kind(value, Mapping, "a table"):
        raise Fault(" names no listing")
    for path, label in value.items():
        if not path.startswith("/") or "#" in path or " " in path:
            raise Fault(f": {path!r} must be a path that begins with /")
        if not isinstance(label, str) or not label.strip():
            raise Fault(f": {path!r} needs a label")
    return dict(value)


def _day(value: Any) -> date:
    return date.fromisoformat(value) if isinstance(value, str) else _toml_day(value)


def _toml_day(value: Any) -> date:
    kept: date = _of_kind(value, date, "a date such as 2025-06-30, without quotes")
    return kept


def _at_least(
    least: float, kind: Any, words: str = "a number, without quotes"
) -> Callable[[Any], Any]:
    def check(value: Any) -> Any:
        if not isinstance(value, kind) or isinstance(value, bool):
            raise Fault(f" has a value of the wrong kind: it must be {words}")
        if value < least:
            raise Fault(" is too small")
        return value

    return check


def _switch(value: Any) -> bool:
    if not isinstance(value, bool):
        raise Fault(" has a value of the wrong kind: it must be true or false, without quotes")
    return value


def _days(value: Any) -> float:
    number = float(_of_kind(value, (int, float), "a number of days"))
    if number <= 0:
        raise Fault(" must be more than no days")
    return number


def _terms(value: Any) -> dict[str, list[int]]:
    for number, years in _of_kind(value, Mapping, "a table").items():
        if not number.isdecimal() or not _is_span(years):
            raise Fault(f": {number!r} must be a number with two years, such as [2021, 2026]")
    return {number: list(years) for number, years in value.items()}


def _is_span(years: Any) -> bool:
    return (
        isinstance(years, (list, tuple))
        and len(years) == 2
        and all(isinstance(year, int) for year in years)
        and 1945 < years[0] < years[1]
    )


SiteId = Annotated[str, ValueCheck(_site_id)]
Text = Annotated[str, ValueCheck(_text)]
HostName = Annotated[str, ValueCheck(_host)]
HostNames = Annotated[tuple[str, ...], ValueCheck(_hosts)]
Scheme = Annotated[str, ValueCheck(_scheme)]
TlsVersion = Annotated[str, ValueCheck(_tls_version)]
Categories = Annotated[Mapping[str, str], ValueCheck(_categories)]
Day = Annotated[date, ValueCheck(_day)]
"""A TOML date, or an ISO date in JSON."""
Seconds = Annotated[float, ValueCheck(_at_least(0, (int, float)))]
Count = Annotated[int, ValueCheck(_at_least(1, int, "a whole number, without quotes"))]
Switch = Annotated[bool, ValueCheck(_switch)]
Days = Annotated[float, ValueCheck(_days)]
Terms = Annotated[Mapping[str, list[int]], ValueCheck(_terms)]
"""The terms of a council: first and last year of each, by its number."""
