"""A standalone Spark on this machine: a master and workers, each a process that can be killed."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Self

from support.seaweed import free_ports

_SECONDS = 120
_CLASS = "org.apache.spark.deploy"


def why_not() -> str | None:
    """Why Spark cannot run here; None if it can."""
    if find_spec("pyspark") is None:
        return "pip install 'hdnd-archive[spark]'"
    return None if shutil.which("java") else "there is no java on the path"


class StandaloneSpark:
    """A master and workers of one core each, on loopback. `master` is its address."""

    def __init__(self, folder: Path, workers: int) -> None:
        found = find_spec("pyspark")
        assert found is not None
        assert found.submodule_search_locations
        self._home = Path(found.submodule_search_locations[0])
        self._folder = folder
        port, self._web = free_ports(2)
        self._workers = workers
        self._processes: list[subprocess.Popen[bytes]] = []
        self.master = f"spark://127.0.0.1:{port}"
        self._port = port

    def start(self) -> Self:
        """Start all and wait until the master knows every worker."""
        at = ["--host", "127.0.0.1", "--port", str(self._port), "--webui-port", str(self._web)]
        self._run("master", f"{_CLASS}.master.Master", *at)
        for number in range(self._workers):
            limits = ["--cores", "1", "--memory", "1g", "--host", "127.0.0.1", "--webui-port", "0"]
            work = str(self._folder / f"worker-{number}")
            arguments = (*limits, "--work-dir", work, self.master)
            self._run(f"worker-{number}", f"{_CLASS}.worker.Worker", *arguments)
        self._wait()
        return self

    def kill_worker(self) -> None:
        """End the last worker that lives, and all that it has started, at once (SIGKILL)."""
        _kill(self._processes.pop())

    def stop(self) -> None:
        """End all that lives."""
        while self._processes:
            _kill(self._processes.pop())

    def _run(self, name: str, *arguments: str) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        with (self._folder / f"{name}.log").open("wb") as log:
            command = [str(self._home / "bin" / "spark-class"), *arguments]
            process = subprocess.Popen(
                command,
                stdout=log,
                stderr=log,
                cwd=self._folder,
                env=environment(),
                start_new_session=True,
            )
        self._processes.append(process)

    def _wait(self) -> None:
        end = time.monotonic() + _SECONDS
        while time.monotonic() < end:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{self._web}/json/", timeout=5) as at:
                    if at.read().decode().count('"state" : "ALIVE"') == self._workers:
                        return
            except OSError:
                pass
            time.sleep(0.2)
        said = "".join(path.read_text(errors="replace") for path in self._folder.glob("*.log"))
        self.stop()
        raise AssertionError(f"Spark did not start:\n{said[-4000:]}")


def environment() -> dict[str, str]:
    """What Spark needs to stay on loopback, and to run this Python."""
    own = {"SPARK_LOCAL_IP": "127.0.0.1", "SPARK_DAEMON_MEMORY": "256m"}
    return {**os.environ, **own, "PYSPARK_PYTHON": sys.executable}


@contextmanager
def running(folder: Path, *, workers: int = 2) -> Iterator[StandaloneSpark]:
    """A cluster that is ended with the block."""
    cluster = StandaloneSpark(folder, workers)
    try:
        yield cluster.start()
    finally:
        cluster.stop()


def _kill(process: subprocess.Popen[bytes]) -> None:
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
