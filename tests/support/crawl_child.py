"""One crawl in a process of its own, for Scrapy's reactor runs once in a process.

The job comes as JSON in the first argument; what came of it goes to stdout as JSON. With a number
in its place this process stays loaded and forks one for each job that comes over the socket of that
file descriptor, with stdout and stderr for it, and answers with its exit status.
"""

from __future__ import annotations

import json
import os
import socket
import sys
import time
import traceback
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
from crawler.transport import wire  # noqa: F401 (what Scrapy loads by name, before a fork)
from crawler.transport.running import run_sessions
from support.as_told import as_json, told_of


def main(job) -> None:
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
        answer = {"error": type(error).__name__, **told_of(error)}
    else:
        answer = {"summary": asdict(ended.summary), "progress": told}
    print(json.dumps(answer, default=as_json))


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


def serve(jobs: socket.socket) -> None:
    while True:
        text, descriptors, _, _ = socket.recv_fds(jobs, 1 << 20, 2)
        if not text:
            return
        child = os.fork()
        if not child:
            jobs.close()
            sys.exit(run_forked(json.loads(text), descriptors))
        for descriptor in descriptors:
            os.close(descriptor)
        jobs.sendall(b"%d\n" % os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))


def run_forked(job, descriptors) -> int:
    for descriptor, place in zip(descriptors, (1, 2), strict=True):
        os.dup2(descriptor, place)
        os.close(descriptor)
    os.environ.clear()
    os.environ.update(job["environment"])
    time.tzset()
    os.chdir(job["home"])
    try:
        main(job)
    except Exception:
        traceback.print_exc()
        return 1
    return 0


if sys.argv[1].isdecimal():
    serve(socket.socket(fileno=int(sys.argv[1])))
else:
    main(json.loads(sys.argv[1]))
