"""One recovery in a process of its own, for Scrapy's reactor runs once in a process.

The job comes as JSON in the first argument; what came of it goes to stdout as JSON.
"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path

from scrapy.core.engine import ExecutionEngine

from archive.errors import HdndError
from archive.home import Home
from crawler import recoveries, recovering


def main() -> None:
    job = json.loads(sys.argv[1])
    # Tests do not wait for what a recovery waits for.
    recovering.FIRST_PAUSE = job["first_pause"]
    ExecutionEngine._SLOT_HEARTBEAT_INTERVAL = 0.02
    choose = recoveries.choose_archives

    def choose_hurried(url: str | None) -> list[object]:
        return [replace(one, query_seconds=0.0, capture_seconds=0.0) for one in choose(url)]

    recoveries.choose_archives = choose_hurried
    exec(job["prelude"], {})
    told = []
    try:
        ended = recoveries.recover(
            Home(Path(job["home"])),
            job["site"],
            first=job["first"] and date.fromisoformat(job["first"]),
            last=job["last"] and date.fromisoformat(job["last"]),
            from_archive=job["archive"],
            on_progress=lambda progress: told.append([progress.url, progress.pending]),
        )
    except HdndError as error:
        answer = {"error": type(error).__name__, "message": error.message, "hint": error.hint}
    else:
        (one,) = ended
        if one.error is not None:
            answer = {"error": type(one.error).__name__, "message": one.error.message}
        else:
            answer = {"summary": asdict(one.summary), "progress": told}
    print(json.dumps(answer, default=str))


main()
