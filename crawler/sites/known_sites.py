"""The sites that are known: those shipped with the program, and the operator's own."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

from cattrs import ClassValidationError

from archive.ground.errors import SiteError
from archive.ground.home import Home
from archive.ground.message import Message
from crawler.sites.description import Site
from crawler.sites.platforms import platform_names
from crawler.sites.structuring import faults, structured

_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def read_site(path: Path) -> Site:
    """The site that a file describes; `SiteError` names the file and all that is wrong with it."""
    site, problems = _read(path)
    if site is None:
        raise SiteError(
            "crawler.description-faulty",
            path=path,
            faults=problems,
            hint=Message("crawler.read-how-to-describe"),
        )
    return site


def check_site_file(path: Path) -> list[Message]:
    """What is wrong in a description; empty when it can be used."""
    return _read(path)[1]


def load_sites(home: Home) -> dict[str, Site]:
    """All sites that can be used, by id: those shipped, and the operator's own over them.

    A wrong description is left out, so that it harms no other site; `faulty_sites` names it.
    """
    found = (_read(path)[0] for path in [*_shipped(), *sorted(home.sites.glob("*.toml"))])
    return {site.id: site for site in found if site is not None}


def faulty_sites(home: Home) -> dict[Path, list[Message]]:
    """The operator's descriptions that cannot be used, and what is wrong with each."""
    wrong: dict[Path, list[Message]] = {}
    first: dict[str, Path] = {}
    for path in sorted(home.sites.glob("*.toml")):
        site, problems = _read(path)
        if site is not None:
            earlier = first.setdefault(site.id, path)
            if earlier != path:
                problems = [Message("crawler.same-id", file=earlier.name)]
        if problems:
            wrong[path] = problems
    return wrong


def description_files(home: Home, site: str) -> list[Path]:
    """The files that describe a site of this id, the one that counts first; wrong ones by name."""
    files = [*sorted(home.sites.glob("*.toml"), reverse=True), *_shipped()]
    return [path for path in files if path.stem == site or _id_in(path) == site]


def _id_in(path: Path) -> str | None:
    found = _read(path)[0]
    return found.id if found else None


def _shipped() -> list[Path]:
    return sorted(Path(__file__).parent.glob("*.toml"))


def _read(path: Path) -> tuple[Site | None, list[Message]]:
    """The site of a file, or what is wrong with it."""
    if path.exists() and not path.is_file():
        return None, [Message("crawler.no-plain-file")]
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        return None, [Message("crawler.file-unreadable", why=error.strerror or str(error))]
    except UnicodeDecodeError:
        return None, [Message("crawler.not-utf8")]
    except (ValueError, RecursionError) as error:
        return None, [Message("crawler.not-toml", why=str(error))]
    try:
        values = _with_own_platform(path, values)
    except (OSError, ValueError, RecursionError) as error:
        return None, [Message("crawler.platform-unreadable", why=str(error))]
    problems = [*_not_in_a_file(values), *_without_pages(values)]
    try:
        site = structured(Site, values)
    except ClassValidationError as error:
        return None, [*faults(error), *problems]
    if site.valid_from and site.valid_until and site.valid_until < site.valid_from:
        problems.append(Message("crawler.ends-before-it-begins"))
    problems += _wrong_with_eras(site)
    return (None if problems else site), problems


def _with_own_platform(path: Path, values: dict[str, Any]) -> dict[str, Any]:
    """A description with the eras of the operator's own platform, if it names one."""
    name = values.get("platform")
    if not isinstance(name, str) or not _NAME.fullmatch(name) or values.get("eras"):
        return values
    file = path.parent / "platforms" / f"{name}.toml"
    if name in platform_names() or not file.is_file():
        return values
    own = tomllib.loads(file.read_text(encoding="utf-8-sig"))
    return {**values, "eras": own.get("eras", [])}


def _without_pages(values: dict[str, Any]) -> Iterator[Message]:
    """What is wrong where nothing says how the site's pages look."""
    platform = values.get("platform")
    if not values.get("eras") and platform not in platform_names():
        code = "crawler.platform-unknown" if platform else "crawler.platform-missing"
        yield Message(code, known=platform_names())


def _wrong_with_eras(site: Site) -> Iterator[Message]:
    ends = [era.valid_until for era in site.eras]
    for number, (end, following) in enumerate(pairwise(ends), 1):
        if end is None or (following is not None and following <= end):
            yield Message("crawler.era-ends-too-late", number=number)


def _not_in_a_file(values: dict[str, Any]) -> list[Message]:
    """Keys that a description has, but no file: they say how a crawl was made."""
    if "reached_at" in values:
        return [Message("crawler.reached-at-in-file")]
    eras = values.get("eras")
    dated = [("", values)]
    if isinstance(eras, list):
        dated += [(f"eras[{n}].", era) for n, era in enumerate(eras, 1) if isinstance(era, dict)]
    return [
        Message("crawler.must-be-a-date", key=f"{table}{key}")
        for table, keys in dated
        for key in ("valid_from", "valid_until")
        if isinstance(keys.get(key), str)
    ]
