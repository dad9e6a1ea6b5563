"""One writer at a time. The kernel releases the lock of a process that dies."""

from __future__ import annotations

import errno
import fcntl
import json
import os
import socket
import sys
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from filelock import FileLock, Timeout

from archive.ground.errors import LockHeld
from archive.ground.message import Message
from archive.ground.plain_files import require_plain_file
from archive.ground.untrusted_json import parsed_json


def is_held(path: Path) -> bool:
    """Whether a process writes to an archive at this moment, by its lock file."""
    if not path.is_file():
        return False
    try:
        with path.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    return False


class WriterLock:
    """Held while an archive is written to; names its holder to whoever comes second."""

    def __init__(self, path: Path) -> None:
        self._path = path
        # In place of locks that no file system has, a file that outlives its process is none.
        self._lock = FileLock(path, fallback_to_soft=False)
        self._holder = path.with_name(path.name + ".holder")

    def acquire(self) -> None:
        """Take the lock or raise `LockHeld`, naming the process that has it.

        Raises `OSError` (ENOLCK) where the file system knows no locks, `ArchiveDamaged` for a link
        or a pipe in the place of either file.
        """
        require_plain_file(self._path)
        require_plain_file(self._holder)
        try:
            self._lock.acquire(timeout=0)
        except Timeout:
            raise LockHeld(
                "archive.another-process-writes",
                holder=self._holder_named(),
                hint=Message("archive.wait-for-the-process"),
            ) from None
        except OSError as error:
            if error.errno != errno.ENOSYS:
                raise
            raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK), str(self._path)) from None
        try:
            self._name_holder()
        except BaseException:
            self.release()
            raise

    def release(self) -> None:
        """Give the lock back; harmless when it is not held."""
        if self._lock.is_locked:
            self._holder.unlink(missing_ok=True)
            self._lock.release()

    def _name_holder(self) -> None:
        self._holder.write_text(
            json.dumps(
                {
                    "pid": os.getpid(),
                    "host": socket.gethostname(),
                    "command": " ".join([Path(sys.argv[0]).name, *sys.argv[1:]]),
                    "since": datetime.now(UTC).isoformat(timespec="seconds"),
                },
                ensure_ascii=False,
            ),
            encoding="utf-8",
        )

    def _holder_named(self) -> Message:
        try:
            holder = parsed_json(self._holder.read_text(encoding="utf-8"))
            about = {name: str(holder[name]) for name in ("pid", "host", "command", "since")}
        except (OSError, ValueError, KeyError, TypeError):
            return Message("archive.process-unnamed")
        return Message("archive.process", **about)

    def __enter__(self) -> Self:
        self.acquire()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.release()
