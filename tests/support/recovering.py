"""Recoveries in the tests: each in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from archive.home import Home
from support.crawling import Crawled, end_of, environment

_CHILD = Path(__file__).with_name("recover_child.py")


def start_recovery(
    home: Home,
    archive: str,
    *,
    site: str = "thanh-giang",
    first: str | None = None,
    last: str | None = None,
    first_pause: float = 0.02,
    prelude: str = "",
) -> subprocess.Popen[str]:
    """A recovery from one web archive that has begun; `prelude` is what its process runs first."""
    job = {
        "home": str(home.path),
        "site": site,
        "archive": archive,
        "first": first,
        "last": last,
        "first_pause": first_pause,
        "prelude": prelude,
    }
    return subprocess.Popen(
        [sys.executable, "-P", str(_CHILD), json.dumps(job)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=home.path,
        env=environment(),
    )


def recover_in_process(home: Home, archive: str, **how: object) -> Crawled:
    """Recover to the end."""
    return end_of(home, start_recovery(home, archive, **how))  # type: ignore[arg-type]
