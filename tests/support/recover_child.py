"""Recoveries, each in a process of its own, for Scrapy's reactor runs once in a process.

This process has all that takes time to import, listens on the socket that its argument names, and
makes a copy of itself for each job that comes as a line of JSON. The copy writes what came of it
to the file `out`, faults to `err`; the answer is its exit status, negative if it was killed.
"""

from __future__ import annotations

import json
import os
import socket
import sys
import traceback
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path
from typing import Any

from scrapy.core.engine import ExecutionEngine

import crawler.extraction.platforms.liferay
import crawler.transport.scheduler
import crawler.transport.wire  # noqa: F401 (what a recovery imports late)
from archive.ground.errors import HdndError
from archive.ground.home import Home
from crawler.sessions.stop_policy import CrawlBounds
from crawler.transport import memento_crawls
from crawler.web_archives import memento_crawl
from crawler.web_archives.web_archive import WebArchive
from support.as_told import as_json, told_of


def main() -> None:
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(sys.argv[1])
        listener.listen()
        print("ready", flush=True)
        while True:
            connection, _ = listener.accept()
            if os.fork() == 0:
                listener.close()
                _answer(connection)
                os._exit(0)
            connection.close()
            _reap()


def _reap() -> None:
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            continue
    except ChildProcessError:
        return


def _answer(connection: socket.socket) -> None:
    with connection, connection.makefile("r") as lines:
        job = json.loads(lines.readline())
        worker = os.fork()
        if worker == 0:
            os._exit(_work(job))
        _, status = os.waitpid(worker, 0)
        connection.sendall(b"%d" % os.waitstatus_to_exitcode(status))


def _work(job: dict[str, Any]) -> int:
    os.chdir(job["home"])
    try:
        Path(job["out"]).write_text(json.dumps(_recover(job), default=as_json), encoding="utf-8")
    except BaseException:
        Path(job["err"]).write_text(traceback.format_exc(), encoding="utf-8")
        return 1
    return 0


def _recover(job: dict[str, Any]) -> dict[str, Any]:
    # Tests do not wait for what a recovery waits for.
    memento_crawl.FIRST_PAUSE = job["first_pause"]
    ExecutionEngine._SLOT_HEARTBEAT_INTERVAL = 0.02
    choose = memento_crawls.choose_archives

    def choose_hurried(url: str | None) -> list[WebArchive]:
        hurry = {"query_seconds": 0.0, "capture_seconds": 0.0}
        chosen = [one for url in job["archives"] for one in choose(url)]
        return [replace(one, **hurry) for one in chosen]  # type: ignore[type-var]

    memento_crawls.choose_archives = choose_hurried  # type: ignore[attr-defined]
    exec(job["prelude"], {})
    told: list[tuple[str, int]] = []
    try:
        *_, ended = memento_crawls.recover(
            Home(Path(job["home"])),
            job["site"],
            first=job["first"] and date.fromisoformat(job["first"]),
            last=job["last"] and date.fromisoformat(job["last"]),
            bounds=CrawlBounds(job["max_requests"]),
            on_progress=lambda progress: told.append((progress.url, progress.pending)),
        )
        if ended.error is not None:
            raise ended.error
    except HdndError as error:
        return {"error": type(error).__name__, **told_of(error)}
    assert ended.summary is not None
    return {"summary": asdict(ended.summary), "progress": told}


main()
