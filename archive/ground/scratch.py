"""Folders for a while, of which nothing is left after an error, nor for long after a kill."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

_PREFIX = "hdnd-scratch-"
_LOCK = "held"


@contextmanager
def scratch_folder() -> Iterator[Path]:
    """A folder that is deleted when the block ends; those of killed processes go first.

    A process holds a lock in its folder, which the kernel takes from it when it dies.
    """
    _clear_leftovers()
    with ExitStack() as stack:
        yield _held_folder(stack)


def _held_folder(stack: ExitStack) -> Path:
    """A new folder and its lock; until it is held, another process may clear it away as left."""
    while True:
        made = tempfile.TemporaryDirectory(prefix=_PREFIX, ignore_cleanup_errors=True)
        folder = Path(stack.enter_context(made))
        with suppress(FileNotFoundError):
            stack.enter_context(FileLock(folder / _LOCK))
            if (folder / _LOCK).exists():
                return folder


def _clear_leftovers() -> None:
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        with suppress(OSError, Timeout):
            if folder.is_symlink() or folder.stat().st_uid != os.getuid():
                continue
            if not (folder / _LOCK).is_file():
                continue
            with FileLock(folder / _LOCK, timeout=0):
                shutil.rmtree(folder, ignore_errors=True)
