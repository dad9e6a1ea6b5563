"""The command, loaded once: a process of its own for each command line, forked from this one.

Each job comes over the socket of the file descriptor in the first argument, with stdout, stderr and
a pipe for its process id and its status.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import pkgutil
import signal
import socket
import sys
import time
from typing import NoReturn

LOADED = ("search_cli", "hdnd", "crawler.transport", "indexer", "council")


def load() -> None:
    for name in LOADED:
        package = importlib.import_module(name)
        for module in pkgutil.walk_packages(package.__path__, f"{name}."):
            if not module.name.endswith("__main__"):
                importlib.import_module(module.name)


def serve(jobs: socket.socket) -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    while True:
        text, descriptors, _, _ = socket.recv_fds(jobs, 1 << 20, 3)
        if not text:
            return
        if not os.fork():
            jobs.close()
            keep(json.loads(text), descriptors)
        for descriptor in descriptors:
            os.close(descriptor)


def keep(job: dict[str, object], descriptors: list[int]) -> NoReturn:
    """Wait for the command in a process beside it, so that others can go on."""
    out, err, told = descriptors
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    child = os.fork()
    if not child:
        os.close(told)
        run_forked(job, out, err)
    os.close(out)
    os.close(err)
    os.write(told, b"%d\n" % child)
    os.write(told, b"%d\n" % os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
    os._exit(0)


def run_forked(job: dict[str, object], out: int, err: int) -> NoReturn:
    nothing = os.open(os.devnull, os.O_RDONLY)
    for descriptor, place in ((nothing, 0), (out, 1), (err, 2)):
        os.dup2(descriptor, place)
        os.close(descriptor)
    os.environ.clear()
    os.environ.update(job["environment"])
    time.tzset()
    os.chdir(job["folder"])
    sys.argv = job["arguments"]
    status = 1
    try:
        from search_cli.main import run

        run()
    except SystemExit as end:
        status = end.code
    except BaseException:
        sys.excepthook(*sys.exc_info())
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


if __name__ == "__main__":
    load()
    gc.collect()
    gc.freeze()
    serve(socket.socket(fileno=int(sys.argv[1])))
