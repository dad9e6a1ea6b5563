"""Recoveries in the tests: each in a process of its own."""

from __future__ import annotations

import atexit
import json
import socket
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

from archive.ground.home import Home
from support.crawling import Crawled, environment

_CHILD = Path(__file__).with_name("recover_child.py")


def recover_in_process(
    home: Home,
    *archives: str,
    site: str = "thanh-giang",
    first: str | None = None,
    last: str | None = None,
    first_pause: float = 0.02,
    prelude: str = "",
    max_requests: int | None = None,
) -> Crawled:
    """Recover from web archives to the end, and tell of the last one asked.

    `prelude` is what the process runs before.
    """
    with tempfile.TemporaryDirectory() as folder:
        job = {
            "home": str(home.path),
            "site": site,
            "archives": archives,
            "max_requests": max_requests,
            "first": first,
            "last": last,
            "first_pause": first_pause,
            "prelude": prelude,
            "out": str(Path(folder, "out")),
            "err": str(Path(folder, "err")),
        }
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(120)
            connection.connect(_process())
            connection.sendall(json.dumps(job).encode() + b"\n")
            status = int(connection.makefile().read())
        if status < 0:
            return Crawled(home, killed=True)
        assert status == 0, Path(folder, "err").read_text(encoding="utf-8")
        return Crawled(home, **json.loads(Path(folder, "out").read_text(encoding="utf-8")))


@cache
def _process() -> str:
    """The socket of a process that makes a copy of itself for each recovery."""
    folder = tempfile.TemporaryDirectory(prefix="hdnd-")
    address = str(Path(folder.name, "socket"))
    process = subprocess.Popen(
        [sys.executable, "-P", str(_CHILD), address],
        stdout=subprocess.PIPE,
        text=True,
        env=environment(),
    )
    assert process.stdout
    assert process.stdout.readline() == "ready\n"

    def end() -> None:
        process.kill()
        process.wait()
        folder.cleanup()

    atexit.register(end)
    return address
