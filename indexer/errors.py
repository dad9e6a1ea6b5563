"""The index's own reasons for an error that a person meets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive.ground.errors import IndexUnusable, LockHeld

if TYPE_CHECKING:
    from pathlib import Path

_WAY_OUT = "make it again from the archive: hdnd index --rebuild"


class DamagedPiece(Exception):
    """A piece of a file is not as it was written. The index turns this into `IndexUnusable`."""


def unusable(path: Path | str, why: str) -> IndexUnusable:
    """The index at `path` can't be used: why, and the way out."""
    return IndexUnusable(f"the search index {path} {why}", hint=_WAY_OUT)


def locked(path: Path) -> LockHeld:
    """Another process is writing to the index at `path`."""
    return LockHeld(
        f"another process is writing to the search index {path}",
        hint="wait until it has ended, then try again",
    )
