"""One crawl in a process of its own, for Scrapy's reactor runs once in a process.

The job comes as JSON in the first argument; what came of it goes to stdout as JSON.
"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path

from scrapy.core.engine import ExecutionEngine

from archive.ground.errors import HdndError
from archive.ground.home import Home
from crawler.frontier.entries import EntryKind
from crawler.politeness.user_agent import user_agent
from crawler.sessions.single_urls import sessions_for
from crawler.sessions.site_crawl import SiteCrawl
from crawler.sessions.stop_policy import CrawlBounds
from crawler.sites.site_selection import choose_site
from crawler.transport.running import run_sessions


def main() -> None:
    job = json.loads(sys.argv[1])
    # Tests do not wait for what a crawl waits for.
    ExecutionEngine._SLOT_HEARTBEAT_INTERVAL = 0.02
    exec(job["prelude"], {})
    told = []
    try:
        (ended,) = run_sessions(
            sessions(job), lambda progress: told.append([progress.url, progress.pending])
        )
        if ended.error:
            raise ended.error
    except HdndError as error:
        answer = {"error": type(error).__name__, "message": error.message, "hint": error.hint}
    else:
        answer = {"summary": asdict(ended.summary), "progress": told}
    print(json.dumps(answer, default=str))


def sessions(job):
    home, host, anyway = Home(Path(job["home"])), job["host"], job["anyway"]
    if job["urls"]:
        return sessions_for(home, job["urls"], host=host, agent=user_agent(), anyway=anyway)
    later = timedelta(days=job["days"])
    bounds = CrawlBounds(**job["bounds"])
    if job["until_in"] is not None:
        bounds = CrawlBounds(until=datetime.now(UTC) + later + timedelta(seconds=job["until_in"]))
    return [
        SiteCrawl(
            choose_site(home, job["site"], host=host, anyway=anyway),
            home,
            user_agent(),
            kind=EntryKind(job["kind"]),
            bounds=bounds,
            clock=lambda: datetime.now(UTC) + later,
        )
    ]


main()
