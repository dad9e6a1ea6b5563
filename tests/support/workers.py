"""Workers of a cluster as processes that can be stopped and killed, at portals on loopback."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic

from archive.ground.home import Home
from support.crawling import environment, home_in
from support.hostile_portal import HostilePortal

_CHILD = Path(__file__).with_name("worker_child.py")
_SITE = """
id = "{site}"
name = "Xã {site}"
host = "{site}.example"
platform = "liferay"
categories = {{ "/hoat-dong-hdnd" = "Hoạt động HĐND" }}

[politeness]
delay_seconds = {delay}
concurrency = 2
autothrottle = false
retry_seconds = 0.05
"""


@dataclass
class WorkerProcess:
    """A worker with a home; each process it runs in tells the portals another contact.

    `runs` is what its command line begins with, as of a host; `more` stands in its environment.
    `stopped`: since when it is, on the monotonic clock; 0 if it is not.
    """

    name: str
    home: Home
    store: str
    hosts: dict[str, str]
    seconds: float
    runs: tuple[str, ...] = ()
    more: dict[str, str] = field(default_factory=dict)
    begun: int = 0
    process: subprocess.Popen[str] | None = field(default=None, repr=False)
    stopped: float = 0

    @property
    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def start(self) -> None:
        self.begun += 1
        job = {
            "home": str(self.home.path),
            "worker": self.name,
            "store": self.store,
            "hosts": self.hosts,
            "seconds": self.seconds,
            "contact": f"https://{self.name}-{self.begun}.example",
        }
        self.process = subprocess.Popen(
            [*self.runs, sys.executable, "-P", str(_CHILD), json.dumps(job)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=environment() | self.more,
        )

    def signal(self, number: int) -> None:
        assert self.process is not None
        os.kill(self.process.pid, number)
        self.stopped = monotonic() if number == signal.SIGSTOP else 0

    def kill(self) -> None:
        assert self.process is not None
        self.process.kill()
        self.process.communicate()
        self.process, self.stopped = None, 0

    def ends(self, *, fails: bool = False) -> list[dict[str, str]]:
        """Wait for its end; how its sites ended. None where the whole night `fails`, if it may."""
        assert self.process is not None
        out, err = self.process.communicate(timeout=120)
        assert fails or self.process.returncode == 0, err
        assert fails or "Traceback" not in err, err
        self.process = None
        return json.loads(out or "[]")


def worker_home(folder: Path, sites: list[str], *, delay: float) -> Home:
    """A home that knows these sites alone."""
    home = home_in(folder, *(_SITE.format(site=site, delay=delay) for site in sites))
    (home.sites / "thanh-giang.toml").unlink()
    return home


def visitors(portal: HostilePortal) -> list[str]:
    """The contact that each request of a portal's log told, in the order of the requests."""
    agents = [asked.headers.get("User-Agent", "") for asked in portal.requests]
    return [agent.partition("https://")[2].partition(".example")[0] for agent in agents]
