"""One night of a worker in a process of its own, at sites that are reached on loopback.

The job comes as JSON in the first argument; how each site ended goes to stdout as JSON.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from scrapy.core.engine import ExecutionEngine

from archive.ground.home import Home
from crawler.sites.site_selection import choose_site
from hdnd.usecases import worker
from support.as_told import told_of


def main(job) -> None:
    # Tests do not wait for what a crawl waits for.
    ExecutionEngine._SLOT_HEARTBEAT_INTERVAL = 0.02
    hosts = job["hosts"]
    worker.choose_site = lambda home, name, host: choose_site(home, name, host=hosts[name])
    done = worker.refresh_as_worker(
        Home(Path(job["home"])),
        list(hosts),
        lambda progress: None,
        worker=worker.Worker(job["worker"], job["store"], seconds=job["seconds"]),
        contact=job["contact"],
    )
    ends = []
    for session in done.sessions:
        end = session.end
        told = {"site": end.site, "reason": end.summary and end.summary.reason}
        if end.error:
            told |= {"error": type(end.error).__name__, **told_of(end.error)}
        ends.append(told)
    print(json.dumps(ends))


main(json.loads(sys.argv[1]))
