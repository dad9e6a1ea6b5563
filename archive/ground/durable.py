"""Durable writes: a name stands for something whole or does not exist, also after a power cut."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from archive.ground.causes import disk_failed
from archive.ground.errors import UsageError
from archive.ground.message import Message

_SUFFIX = ".unfinished"


@contextmanager
def atomic_write(path: Path) -> Iterator[Path]:
    """A path next to `path` to write a file or folder to; it gets the name when the block ends.

    After an error nothing is left. Raises `UsageError` if there is something at `path` already,
    `StorageFailed` where the disk does not do it.
    """
    if path.exists():
        raise UsageError(
            "archive.exists-already", path=path, hint=Message("archive.name-another-place")
        )
    if not path.parent.is_dir():
        raise UsageError(
            "archive.no-folder", folder=path.parent, hint=Message("archive.make-the-folder")
        )
    unfinished = path.with_name(path.name + _SUFFIX)
    try:
        _remove(unfinished)
        yield unfinished
        if unfinished.is_file():
            _sync(unfinished)
        unfinished.rename(path)
        sync_folder(path.parent)
    except OSError as error:
        _remove(unfinished)
        raise disk_failed(error, path, Message("archive.as-it-was-choose-another-place")) from error
    except BaseException:
        _remove(unfinished)
        raise


def write_whole(path: Path, data: bytes) -> None:
    """Write a file in the place of the one there is, which is read until it is whole.

    Raises `StorageFailed`.
    """
    new = path.with_name(path.name + ".new")
    try:
        with new.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        new.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        raise disk_failed(error, path, Message("archive.mend-the-disk")) from error


def sync_folder(folder: Path) -> None:
    """Make a new, renamed or removed name in a folder survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _sync(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
