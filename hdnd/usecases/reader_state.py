"""What tells one state of an archive from another, for those who keep answers for a while."""

from __future__ import annotations

import hashlib
import os
from importlib.metadata import version

from archive.ground.home import Home

Signature = tuple[tuple[str, int, int], ...]
"""Files with their size in bytes and the nanosecond of their last change."""

_FILES = (
    "catalogue.sqlite",
    "catalogue.sqlite-wal",
    "manifest.jsonl",
    "checks.jsonl",
    "people.tsv",
    "abbreviations.tsv",
)
_FOLDERS = ("watches", "index", "index-attachments", "index-versions", "derived", "sites")


def signature_of(home: Home) -> Signature:
    """What a look at the files tells: as long as it is the same, so is all that may be shown."""
    found: list[tuple[str, int, int]] = []
    for name in _FILES:
        _add(found, os.path.join(home.folder, name), name)  # noqa: PTH118
    for name in _FOLDERS:
        folder = os.path.join(home.folder, name)  # noqa: PTH118
        try:
            with os.scandir(folder) as entries:
                for entry in sorted(entries, key=lambda one: one.name):
                    _add(found, entry.path, f"{name}/{entry.name}")
        except OSError:
            continue
    return tuple(found)


def state_name(signature: Signature) -> str:
    """A short name of a state as this release would tell of it."""
    told = "\n".join([version("hdnd-archive"), *map(str, signature)])
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def _add(found: list[tuple[str, int, int]], path: str, name: str) -> None:
    try:
        seen = os.stat(path)  # noqa: PTH116
    except OSError:
        return
    found.append((name, seen.st_size, seen.st_mtime_ns))
