"""The index's own reasons for an error that a person meets."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from archive.ground.errors import IndexUnusable, LockHeld, StorageFailed, is_of_disk
from archive.ground.message import Message

if TYPE_CHECKING:
    from pathlib import Path

    from archive.ground.message import Value


class DamagedPiece(Exception):
    """A piece of a file is not as it was written. The index turns this into `IndexUnusable`."""


def unusable(path: Path | str, code: str, /, **values: Value) -> IndexUnusable:
    """The index at `path` can't be used: why, and the way out."""
    return IndexUnusable(code, path=path, hint=Message("indexer.rebuild"), **values)


@contextmanager
def naming_the_disk(path: Path | str) -> Iterator[None]:
    """A disk that fails or is full while the index at `path` is read or written becomes
    `StorageFailed`."""
    try:
        yield
    except OSError as error:
        if not is_of_disk(error):
            raise
        from archive.ground.causes import cause_of

        raise StorageFailed(
            "indexer.disk-failed",
            path=path,
            reason=cause_of(error),
            hint=Message("indexer.mend-the-disk"),
        ) from error


def locked(path: Path) -> LockHeld:
    """Another process is writing to the index at `path`."""
    return LockHeld("indexer.locked", path=path, hint=Message("indexer.wait-for-it"))
