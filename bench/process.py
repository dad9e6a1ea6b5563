"""One measured command is one whole process: started, read, waited for, its cost taken."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

WORKER = Path(__file__).with_name("worker.py")
_MIB = 1 << 20
# Installed programs have their bytecode; a setting against it would measure the compiler.
_ENVIRONMENT = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}


class CommandFailed(Exception):
    """A measured command ended with another status than 0."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What a process took: seconds by the clock, seconds of CPU, peak resident memory in MiB.

    The peak is never less than that of the process that starts it, which therefore stays small.
    """

    wall: float
    cpu: float
    peak: float
    out: str = ""

    def answer(self) -> Any:
        """What the process printed, read as JSON."""
        return json.loads(self.out)


def run(
    command: Sequence[str | Path],
    *,
    terminal: bool = False,
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
) -> Cost:
    """Run a command to its end. With `terminal`, its output goes to a pseudo-terminal."""
    with tempfile.TemporaryFile() as err:
        if terminal:
            reading, writing = os.openpty()
        else:
            reading, writing = os.pipe()
        began = time.perf_counter()
        child = subprocess.Popen(
            [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=writing,
            stderr=err,
            env={**_ENVIRONMENT, **(env or {})},
            cwd=cwd,
        )
        os.close(writing)
        out = _read_all(reading)
        _, status, usage = os.wait4(child.pid, 0)
        wall = time.perf_counter() - began
        child.returncode = os.waitstatus_to_exitcode(status)
        os.close(reading)
        if child.returncode:
            err.seek(0)
            said = err.read()[-2000:].decode("utf-8", "replace")
            raise CommandFailed(f"{' '.join(map(str, command))} ended with {status}:\n{said}")
    return Cost(wall, usage.ru_utime + usage.ru_stime, _mib(usage.ru_maxrss), out)


def work(task: str, *arguments: str | Path | int) -> Cost:
    """Run a task of `worker.py` in a process of its own; all Python of this bench is run so."""
    return run([sys.executable, WORKER, task, *map(str, arguments)])


def size_on_disk(folder: Path) -> float:
    """MiB of all files of a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / _MIB


def _mib(maxrss: int) -> float:
    return maxrss / (_MIB if sys.platform == "darwin" else 1024)


def _read_all(descriptor: int) -> str:
    pieces = []
    while True:
        try:
            piece = os.read(descriptor, 1 << 16)
        except OSError:  # the end of a pseudo-terminal
            break
        if not piece:
            break
        pieces.append(piece)
    return b"".join(pieces).decode("utf-8", "replace")
