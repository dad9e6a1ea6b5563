"""The index's own reasons for an error that a person meets."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from archive.ground.errors import IndexUnusable, LockHeld, StorageFailed

if TYPE_CHECKING:
    from pathlib import Path

_WAY_OUT = "make it again from the archive: hdnd index --rebuild"


class DamagedPiece(Exception):
    """A piece of a file is not as it was written. The index turns this into `IndexUnusable`."""


def unusable(path: Path | str, why: str) -> IndexUnusable:
    """The index at `path` can't be used: why, and the way out."""
    return IndexUnusable(f"the search index {path} {why}", hint=_WAY_OUT)


_OF_STORAGE = (errno.ENOSPC, errno.EIO, errno.EROFS, errno.EDQUOT, errno.EFBIG)


@contextmanager
def naming_the_disk(path: Path | str) -> Iterator[None]:
    """A disk that fails or is full while the index at `path` is written becomes `StorageFailed`."""
    try:
        yield
    except OSError as error:
        if error.errno not in _OF_STORAGE:
            raise
        raise StorageFailed(
            f"the search index {path}: {error.strerror}",
            hint="Make room or mend the disk, then: hdnd index. What was found before still is.",
        ) from error


def locked(path: Path) -> LockHeld:
    """Another process is writing to the index at `path`."""
    return LockHeld(
        f"another process is writing to the search index {path}",
        hint="wait until it has ended, then try again",
    )
