"""Crawls in the tests: a home with site descriptions, and a crawl in a process of its own."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryFile
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

NEWS_ALONE = "page_requisites = false\n"
"""What is told of a crawl in the tests is told of its pages; requisites have tests of their own."""

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
    ours = THANH_GIANG_FILE.read_text(encoding="utf-8")
    (home.sites / "thanh-giang.toml").write_text(NEWS_ALONE + ours, encoding="utf-8")
    for number, text in enumerate(descriptions):
        (home.sites / f"site-{number}.toml").write_text(NEWS_ALONE + text, encoding="utf-8")
    return home


def thanh_giang() -> Site:
    """The sample portal's site."""
    return read_site(THANH_GIANG_FILE)


def _job(
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
) -> str:
    return json.dumps(
        {
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
            "environment": environment(),
        }
    )


def crawl_command(
    home: Home, portal: SamplePortal | HostilePortal | str | None, **how: Any
) -> list[str]:
    """The command of a crawl; `how` it is made, and within which bounds.

    `prelude` is Python that its process runs first; its clock is some `days` ahead; `urls` are
    kept singly in place of a crawl.
    """
    return [sys.executable, "-P", str(_CHILD), _job(home, portal, **how)]


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
    return _came_of(home, process.returncode, out, err)


def _came_of(home: Home, status: int, out: str, err: str) -> Crawled:
    if status < 0:
        return Crawled(home, killed=True)
    assert status == 0, err
    return Crawled(home, **json.loads(out))


def crawl_in_process(
    home: Home, portal: SamplePortal | HostilePortal | str | None, **how: Any
) -> Crawled:
    """Crawl to the end; `portal` stands in for the site's host.

    The process is forked from one that has the crawler loaded: a third of a second in place of one.
    """
    with TemporaryFile("w+") as out, TemporaryFile("w+") as err, _one_at_a_time:
        status = _status_of(_job(home, portal, **how), out.fileno(), err.fileno())
        out.seek(0)
        err.seek(0)
        return _came_of(home, status, out.read(), err.read())


_one_at_a_time = threading.Lock()


def _status_of(job: str, out: int, err: int) -> int:
    server = _loaded()
    socket.send_fds(server, [job.encode()], [out, err])
    try:
        return int(server.recv(64))
    except TimeoutError:
        _loaded.cache_clear()
        raise


@cache
def _loaded() -> socket.socket:
    """The socket of a process that has the crawler loaded; it ends when the socket is closed."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    subprocess.Popen(
        [sys.executable, "-P", str(_CHILD), str(theirs.fileno())],
        pass_fds=[theirs.fileno()],
        env=environment(),
    )
    theirs.close()
    ours.settimeout(120)
    return ours
