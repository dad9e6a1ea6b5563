"""Processes that die at a chosen step: any SQL statement, file write, sync or rename."""

from __future__ import annotations

import os
import signal
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any


class Steps:
    """Counts steps; at step number `fatal` the process is killed as by `kill -9`."""

    def __init__(self, fatal: int | None) -> None:
        self.fatal = fatal
        self.taken = 0

    def __call__(self, _: object = None) -> None:
        self.taken += 1
        if self.taken == self.fatal:
            os.kill(os.getpid(), signal.SIGKILL)

    def watch(self) -> None:
        """Make every statement of every later connection, write, sync and rename a step."""
        connect, fsync, rename = sqlite3.connect, os.fsync, Path.rename

        def connect_watched(*args: Any, **named: Any) -> sqlite3.Connection:
            connection: sqlite3.Connection = connect(*args, **named)
            connection.set_trace_callback(self)
            return connection

        def fsync_watched(descriptor: int) -> None:
            self()
            fsync(descriptor)
            self()

        def rename_watched(path: Path, target: Path) -> Path:
            self()
            renamed = rename(path, target)
            self()
            return renamed

        sqlite3.connect = connect_watched
        os.fsync = fsync_watched
        Path.rename = rename_watched  # type: ignore[method-assign, assignment]
        self._watch_writes()

    def _watch_writes(self) -> None:
        from archive.warc.segments import SegmentWriter

        write = SegmentWriter._write_all

        def write_in_pieces(segment: SegmentWriter, data: bytes) -> None:
            third = len(data) // 3
            for start, end in ((0, third), (third, 2 * third), (2 * third, len(data))):
                self()
                write(segment, data[start:end])
            self()

        SegmentWriter._write_all = write_in_pieces  # type: ignore[method-assign]


def dies_at_statement(number: int, act: Callable[[], object]) -> bool:
    """Run `act` in a copy of this process that dies at its n-th step; False if it got through."""
    child = os.fork()
    if child == 0:
        Steps(number).watch()
        try:
            act()
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)
