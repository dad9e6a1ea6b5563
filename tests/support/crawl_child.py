"""One crawl in a process of its own, for Scrapy's reactor runs once in a process.

The job comes as JSON in the first argument; what came of it goes to stdout as JSON.
"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path

from scrapy.core.engine import ExecutionEngine

from archive.errors import HdndError
from archive.home import Home
from crawler.running import crawl
from crawler.watch import Bounds


def main() -> None:
    job = json.loads(sys.argv[1])
    # Tests do not wait for what a crawl waits for.
    ExecutionEngine._SLOT_HEARTBEAT_INTERVAL = 0.02
    exec(job["prelude"], {})
    told = []
    try:
        summary = crawl(
            Home(Path(job["home"])),
            job["site"],
            host=job["host"],
            anyway=job["anyway"],
            bounds=Bounds(**job["bounds"]),
            on_progress=lambda progress: told.append([progress.url, progress.pending]),
        )
    except HdndError as error:
        answer = {"error": type(error).__name__, "message": error.message, "hint": error.hint}
    else:
        answer = {"summary": asdict(summary), "progress": told}
    print(json.dumps(answer, default=str))


main()
