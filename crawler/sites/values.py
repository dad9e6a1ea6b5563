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
from typing import TYPE_CHECKING, Annotated, Any

from archive.ground.message import Message

if TYPE_CHECKING:
    from archive.ground.message import Value

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_SCHEMES = ("https", "http")
TLS_VERSIONS = ("1.0", "1.1", "1.2", "1.3")
_HOST = re.compile(r"(?!-)[a-z0-9-]+(\.[a-z0-9-]+)+")


class Fault(ValueError):
    """What is wrong with a value, by code; the key that has it is not known here."""

    def __init__(self, code: str, /, **values: Value) -> None:
        super().__init__(code)
        self.code = code
        self.values = values

    def at(self, key: str) -> Message:
        """The fault, of the value of a key."""
        return Message(self.code, key=key, **self.values)


@dataclass(frozen=True, slots=True)
class ValueCheck:
    """Turns a value as TOML or JSON has it into the one to keep; raises `Fault`."""

    of: Callable[[Any], Any]


def _of_kind(value: Any, kind: type | tuple[type, ...], code: str) -> Any:
    if not isinstance(value, kind) or isinstance(value, bool):
        raise Fault(code)
    return value


def _text(value: Any) -> str:
    return str(_of_kind(value, str, "crawler.must-be-text"))


def _site_id(value: Any) -> str:
    if not _ID.fullmatch(_text(value)):
        raise Fault("crawler.must-be-an-id")
    return str(value)


def _host(value: Any) -> str:
    if not isinstance(value, str) or not _HOST.fullmatch(value) or _is_address(value):
        raise Fault("crawler.no-host-name", value=str(value))
    return value


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _hosts(value: Any) -> tuple[str, ...]:
    return tuple(
        _host(host) for host in _of_kind(value or [], list, "crawler.must-be-texts-in-a-list")
    )


def _scheme(value: Any) -> str:
    if value not in _SCHEMES:
        raise Fault("crawler.must-be-one-of", words=_SCHEMES)
    return str(value)


def _tls_version(value: Any) -> str:
    if value not in TLS_VERSIONS:
        raise Fault("crawler.must-be-one-of-in-quotes", words=TLS_VERSIONS)
    return str(value)


def _categories(value: Any) -> dict[str, str]:
    if not _of_kind(value, Mapping, "crawler.must-be-a-table"):
        raise Fault("crawler.names-no-listing")
    for path, label in value.items():
        if not path.startswith("/") or "#" in path or " " in path:
            raise Fault("crawler.must-be-a-path", value=path)
        if not isinstance(label, str) or not label.strip():
            raise Fault("crawler.needs-a-label", value=path)
    return dict(value)


def _day(value: Any) -> date:
    return date.fromisoformat(value) if isinstance(value, str) else _toml_day(value)


def _toml_day(value: Any) -> date:
    kept: date = _of_kind(value, date, "crawler.must-be-a-date")
    return kept


def _at_least(
    least: float, kind: Any, code: str = "crawler.must-be-a-number"
) -> Callable[[Any], Any]:
    def check(value: Any) -> Any:
        if not isinstance(value, kind) or isinstance(value, bool):
            raise Fault(code)
        if value < least:
            raise Fault("crawler.too-small")
        return value

    return check


def _switch(value: Any) -> bool:
    if not isinstance(value, bool):
        raise Fault("crawler.must-be-true-or-false")
    return value


def _days(value: Any) -> float:
    number = float(_of_kind(value, (int, float), "crawler.must-be-a-number-of-days"))
    if number <= 0:
        raise Fault("crawler.must-be-more-than-no-days")
    return number


def _terms(value: Any) -> dict[str, list[int]]:
    for number, years in _of_kind(value, Mapping, "crawler.must-be-a-table").items():
        if not number.isdecimal() or not _is_span(years):
            raise Fault("crawler.must-be-a-term", value=number)
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
Count = Annotated[int, ValueCheck(_at_least(1, int, "crawler.must-be-a-whole-number"))]
Switch = Annotated[bool, ValueCheck(_switch)]
Days = Annotated[float, ValueCheck(_days)]
Terms = Annotated[Mapping[str, list[int]], ValueCheck(_terms)]
"""The terms of a council: first and last year of each, by its number."""
