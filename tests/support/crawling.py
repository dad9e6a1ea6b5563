"""Crawls in the tests: a home with site descriptions, and a crawl in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Any

from archive.ground.home import Home
from archive.reading import ArchiveReader
from crawler.sample_portal import SamplePortal
from crawler.sites.description import Site
from crawler.sites.known_sites import read_site
from support.hostile_portal import HostilePortal

_CHILD = Path(__file__).with_name("crawl_child.py")
THANH_GIANG_FILE = Path(str(files("crawler.sample_portal") / "thanh-giang.toml"))
HERE = Path(__file__).parents[1]

MOC_SON_TOML = """
id = "moc-son"
name = "Huyện Mộc Sơn"
host = "mocson.example"
platform = "liferay"

[categories]
"/web/moc-son/hoi-dong-nhan-dan" = "Hội đồng nhân dân huyện"
"/web/moc-son/y-kien-cu-tri" = "Ý kiến cử tri"

[politeness]
delay_seconds = 0
concurrency = 4
autothrottle = false
retry_seconds = 0.05
"""


@dataclass(frozen=True)
class Crawled:
    """What came of a crawl: its summary, or the name of the error that ended it."""

    home: Home
    summary: dict[str, Any] = field(default_factory=dict)
    progress: list[tuple[str, int]] = field(default_factory=list)
    error: str = ""
    message: str = ""
    hint: str = ""
    killed: bool = False

    @property
    def counts(self) -> dict[str, int]:
        return dict(self.summary["counts"])

    def reader(self) -> ArchiveReader:
        return ArchiveReader.open(self.home)


def environment(**more: str) -> dict[str, str]:
    """The environment of a child process that imports from `tests/` as its parent does."""
    paths = [str(HERE), *filter(None, [os.environ.get("PYTHONPATH")])]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(paths), **more}


def home_in(folder: Path, *descriptions: str) -> Home:
    """A home that knows the sample portal's site, and others by their TOML."""
    home = Home(folder)
    home.sites.mkdir(parents=True)
    (home.sites / "thanh-giang.toml").write_bytes(THANH_GIANG_FILE.read_bytes())
    for number, text in enumerate(descriptions):
        (home.sites / f"site-{number}.toml").write_text(text, encoding="utf-8")
    return home


def thanh_giang() -> Site:
    """The sample portal's site."""
    return read_site(THANH_GIANG_FILE)


def crawl_command(
    home: Home,
    portal: SamplePortal | HostilePortal | str | None,
    *,
    site: str = "thanh-giang",
    anyway: bool = False,
    prelude: str = "",
    kind: str = "crawl",
    days: float = 0,
    urls: Sequence[str] = (),
    until_in: float | None = None,
    **bounds: Any,
) -> list[str]:
    """The command of a crawl within bounds; `prelude` is Python that its process runs first.

    Its clock is some `days` ahead. `urls` are kept singly in place of a crawl.
    """
    job = {
        "home": str(home.path),
        "site": site,
        "host": getattr(portal, "host", portal),
        "anyway": anyway,
        "kind": kind,
        "days": days,
        "urls": urls,
        "until_in": until_in,
        "bounds": bounds,
        "prelude": prelude,
    }
    return [sys.executable, "-P", str(_CHILD), json.dumps(job)]


def start_crawl(
    home: Home, portal: SamplePortal | HostilePortal | str | None, **how: Any
) -> subprocess.Popen[str]:
    """A crawl that has begun (see `crawl_command`)."""
    return subprocess.Popen(
        crawl_command(home, portal, **how),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=home.path,
        env=environment(),
    )


def end_of(home: Home, process: subprocess.Popen[str]) -> Crawled:
    """What came of a crawl that was started."""
    out, err = process.communicate(timeout=120)
    if process.returncode < 0:
        return Crawled(home, killed=True)
    assert process.returncode == 0, err
    answer = json.loads(out)
    return Crawled(home, **answer)


def crawl_in_process(
    home: Home, portal: SamplePortal | HostilePortal | str | None, **how: Any
) -> Crawled:
    """Crawl to the end; `portal` stands in for the site's host."""
    return end_of(home, start_crawl(home, portal, **how))
