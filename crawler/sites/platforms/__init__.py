"""The software that portals run, described: a TOML file for each in this folder.

A platform knows addresses and markup, and nothing of any one site. It may change over the years:
each of its eras is right for captures up to its last day, so that old captures stay readable when
a newer layout comes. The annotations are read by cattrs at run time, so they are no texts.
"""

import tomllib
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path

from crawler.sites.page_eras import PageEra
from crawler.sites.page_values import Selectors, Texts
from crawler.sites.structuring import structured
from crawler.sites.values import Text

_FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class PlatformSigns:
    """By what a portal is known to run a platform: any one of these on a page, or in an address."""

    generator: Texts = ()
    selectors: Selectors = ()
    html: Texts = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlatformDescription:
    """A platform: how its pages look, what that is concluded from, and what nobody has tried yet.

    `hook` names the module that reads what selectors cannot say; only platforms of the program
    have one.
    """

    name: Text
    evidence: Text
    untried: Texts = ()
    hook: Text = ""
    signs: PlatformSigns = field(default_factory=PlatformSigns)
    eras: tuple[PageEra, ...]


@cache
def platform_names() -> tuple[str, ...]:
    """The names by which site descriptions call the platforms."""
    return tuple(sorted(path.stem for path in _FOLDER.glob("*.toml")))


@lru_cache(maxsize=32)
def described_platform(name: str) -> PlatformDescription:
    """A platform by its name. Raises ValueError for a name that is none."""
    if name not in platform_names():
        raise ValueError(f"unknown platform {name!r}")
    text = (_FOLDER / f"{name}.toml").read_text(encoding="utf-8")
    return structured(PlatformDescription, tomllib.loads(text))
