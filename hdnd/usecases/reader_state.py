"""What tells one state of an archive from another, for those who keep answers for a while."""

from __future__ import annotations

import hashlib
import os
from functools import lru_cache
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
    files, folders = _places(str(home.folder))
    for name, path in files:
        _add(found, path, name)
    for name, path in folders:
        try:
            with os.scandir(path) as entries:
                inside = [(entry.name, entry.path) for entry in entries]
        except OSError:
            continue
        for own, at in sorted(inside):
            _add(found, at, f"{name}/{own}")
    return tuple(found)


@lru_cache(8)
def _places(home: str) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """The files and folders that are looked at, each with its name below the home."""
    files, folders = ([(name, f"{home}/{name}") for name in names] for names in (_FILES, _FOLDERS))
    return files, folders


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
