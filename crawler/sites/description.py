"""A site is a description, not code: one small TOML file says all that the crawler must know."""

from __future__ import annotations

import ipaddress
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from archive.ground.errors import SiteError
from archive.ground.home import Home
from crawler.extraction.platforms import PLATFORMS
from crawler.politeness.revisit_schedule import RevisitSchedule

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_HOST = re.compile(r"(?!-)[a-z0-9-]+(\.[a-z0-9-]+)+")
_KEYS = {
    "id": str,
    "name": str,
    "host": str,
    "scheme": str,
    "platform": str,
    "categories": dict,
    "valid_from": date,
    "valid_until": date,
    "asset_hosts": list,
    "politeness": dict,
    "refresh": dict,
    "note": str,
}
_REQUIRED = ("id", "name", "host", "platform", "categories")
_POLITENESS = {
    "delay_seconds": (int, float),
    "concurrency": (int,),
    "autothrottle": (bool,),
    "retry_seconds": (int, float),
    "stop_after_failures": (int,),
}
_AT_LEAST_ONE = ("concurrency", "stop_after_failures")


@dataclass(frozen=True, slots=True)
class Politeness:
    """How the site wants to be visited. The defaults suit a small office's server.

    `retry_seconds` go by before a second attempt, three times as many before each further one.
    """

    delay_seconds: float = 1.0
    concurrency: int = 1
    autothrottle: bool = True
    retry_seconds: float = 5.0
    stop_after_failures: int = 10


@dataclass(frozen=True, slots=True)
class Site:
    """One site. `categories` maps the paths of its HĐND listings to their labels.

    `reached_at` is a `host:port` (plain HTTP) that stands in for the site's host during a crawl,
    such as a copy served on loopback; addresses in the archive stay those of the site.
    """

    id: str
    name: str
    host: str
    platform: str
    categories: Mapping[str, str]
    valid_from: date | None = None
    valid_until: date | None = None
    asset_hosts: tuple[str, ...] = ()
    politeness: Politeness = field(default_factory=Politeness)
    refresh: RevisitSchedule = field(default_factory=RevisitSchedule)
    note: str = ""
    scheme: str = "https"
    reached_at: str | None = None

    @property
    def ended(self) -> bool:
        """Whether the site, by its own description, is no longer there."""
        return self.valid_until is not None and self.valid_until < datetime.now(UTC).date()

    @property
    def base_url(self) -> str:
        """Where requests go: the host itself, or the plain HTTP of what stands in for it."""
        return f"http://{self.reached_at}" if self.reached_at else f"{self.scheme}://{self.host}"

    @property
    def hosts(self) -> tuple[str, ...]:
        """The `host` or `host:port` of every address that may be asked for."""
        own = (self.reached_at,) if self.reached_at else (self.host, f"www.{self.host}")
        return (*own, *self.asset_hosts)

    def describe(self) -> dict[str, Any]:
        """The whole description as plain values, as a `warcinfo` record keeps it."""
        return {
            "id": self.id,
            "name": self.name,
            "host": self.host,
            "scheme": self.scheme,
            "platform": self.platform,
            "categories": dict(self.categories),
            "valid_from": self.valid_from and self.valid_from.isoformat(),
            "valid_until": self.valid_until and self.valid_until.isoformat(),
            "asset_hosts": list(self.asset_hosts),
            "politeness": asdict(self.politeness),
            "refresh": asdict(self.refresh),
            "note": self.note,
            "reached_at": self.reached_at,
        }

    @classmethod
    def from_description(cls, values: Mapping[str, Any]) -> Site:
        """The site that `describe` or a TOML file describes."""
        dates = {
            key: date.fromisoformat(value) if isinstance(value, str) else value
            for key in ("valid_from", "valid_until")
            if (value := values.get(key))
        }
        return cls(
            id=values["id"],
            name=values["name"],
            host=values["host"],
            platform=values["platform"],
            categories=dict(values["categories"]),
            asset_hosts=tuple(values.get("asset_hosts") or ()),
            politeness=Politeness(**(values.get("politeness") or {})),
            refresh=RevisitSchedule(**(values.get("refresh") or {})),
            note=values.get("note") or "",
            scheme=values.get("scheme") or "https",
            reached_at=values.get("reached_at"),
            **dates,
        )


def read_site(path: Path) -> Site:
    """The site that a file describes; `SiteError` names the file and all that is wrong with it."""
    problems = check_site_file(path)
    if problems:
        raise SiteError(
            f"{path}: {'; '.join(problems)}",
            hint="docs/add-a-site.md describes every key; `hdnd sites check FILE` checks a file.",
        )
    return Site.from_description(tomllib.loads(path.read_text(encoding="utf-8")))


def load_sites(home: Home) -> dict[str, Site]:
    """All sites that can be used, by id: those shipped, and the operator's own over them.

    A wrong description is left out, so that it harms no other site; `faulty_sites` names it.
    """
    sites = {}
    for path in [*_shipped(), *sorted(home.sites.glob("*.toml"))]:
        if not check_site_file(path):
            site = read_site(path)
            sites[site.id] = site
    return sites


def faulty_sites(home: Home) -> dict[Path, list[str]]:
    """The operator's descriptions that cannot be used, and what is wrong with each."""
    faults: dict[Path, list[str]] = {}
    first: dict[str, Path] = {}
    for path in sorted(home.sites.glob("*.toml")):
        problems = check_site_file(path)
        if not problems:
            earlier = first.setdefault(read_site(path).id, path)
            if earlier != path:
                problems = [f"{earlier.name} has the same `id`, and only one can be used"]
        if problems:
            faults[path] = problems
    return faults


def _shipped() -> list[Path]:
    return sorted(Path(__file__).parent.glob("*.toml"))


def check_site_file(path: Path) -> list[str]:
    """What is wrong in a description, a sentence a fault; empty when it can be used."""
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        return [f"the file cannot be read ({error.strerror})"]
    except UnicodeDecodeError:
        return ["the file is not UTF-8 text"]
    except tomllib.TOMLDecodeError as error:
        return [f"the file is not TOML: {error}"]
    return list(_faults(values))


def _faults(values: dict[str, Any]) -> Iterator[str]:
    for key in sorted(values.keys() - _KEYS.keys()):
        yield f"`{key}` is no key of a site description"
    for key in _REQUIRED:
        if key not in values:
            yield f"`{key}` is missing"
    wrong = [k for k, kind in _KEYS.items() if k in values and not isinstance(values[k], kind)]
    for key in wrong:
        yield f"`{key}` must be {_WORDS[_KEYS[key]]}"
    good = {key: value for key, value in values.items() if key not in wrong}
    if "id" in good and not _ID.fullmatch(good["id"]):
        yield "`id` must be of a–z, 0–9 and single hyphens, such as hai-ba-trung"
    yield from _host_faults("host", [good["host"]] if "host" in good else [])
    yield from _host_faults("asset_hosts", good.get("asset_hosts", []))
    if "platform" in good and good["platform"] not in PLATFORMS:
        yield f"`platform` must be one of: {', '.join(sorted(PLATFORMS))}"
    if good.get("scheme", "https") not in ("https", "http"):
        yield "`scheme` must be https or http"
    yield from _category_faults(good.get("categories"))
    yield from _politeness_faults(good.get("politeness", {}))
    yield from _refresh_faults(good.get("refresh", {}))
    if {"valid_from", "valid_until"} <= good.keys() and good["valid_until"] < good["valid_from"]:
        yield "`valid_until` lies before `valid_from`"


_WORDS = {
    str: "a text in quotes",
    dict: "a table",
    date: "a date such as 2025-06-30",
    list: "a list of texts",
}


def _host_faults(key: str, hosts: list[Any]) -> Iterator[str]:
    for host in hosts:
        if not isinstance(host, str) or not _HOST.fullmatch(host) or _is_address(host):
            yield f"`{key}`: {host!r} is no host name such as haibatrung.hanoi.gov.vn"


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _category_faults(categories: Any) -> Iterator[str]:
    if categories is None:
        return
    if not categories:
        yield "`categories` names no listing"
    for path, label in categories.items():
        if not path.startswith("/") or "?" in path or " " in path:
            yield f"`categories`: {path!r} must be a path that begins with /"
        if not isinstance(label, str) or not label.strip():
            yield f"`categories`: {path!r} needs a label"


def _politeness_faults(politeness: dict[str, Any]) -> Iterator[str]:
    for key, value in politeness.items():
        kinds = _POLITENESS.get(key)
        if kinds is None:
            yield f"`politeness.{key}` is not known"
        elif not isinstance(value, kinds) or (isinstance(value, bool) and bool not in kinds):
            yield f"`politeness.{key}` has a value of the wrong kind"
        elif value < 0 or (key in _AT_LEAST_ONE and value < 1):
            yield f"`politeness.{key}` is too small"


def _refresh_faults(refresh: dict[str, Any]) -> Iterator[str]:
    known = {one.name for one in fields(RevisitSchedule)}
    for key, value in refresh.items():
        if key not in known:
            yield f"`refresh.{key}` is not known"
        elif not isinstance(value, (int, float)) or isinstance(value, bool):
            yield f"`refresh.{key}` must be a number of days"
        elif value <= 0:
            yield f"`refresh.{key}` must be more than no days"
