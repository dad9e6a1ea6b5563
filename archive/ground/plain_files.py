"""Is each part of an archive's folder the kind of file that it must be?

A named pipe would be waited for, a device never ends, a folder is no file: none of them is opened.
"""

from __future__ import annotations

import stat
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from archive.ground.errors import ArchiveDamaged
from archive.ground.home import Home

MOVE_AWAY = "Only `hdnd` writes into this folder: move it away. What is derived is then made again."


@dataclass(frozen=True, slots=True)
class StrangeFile:
    """A path, and what lies there in place of a file or a folder."""

    path: Path
    what: str


def strange_files(home: Home) -> Iterator[StrangeFile]:
    """What of an archive's folder cannot be opened as what it must be, but for its segments."""
    logs = [home.catalogue.with_name(home.catalogue.name + end) for end in ("-wal", "-shm")]
    for path in (home.catalogue, *logs, home.manifest, home.frontier, home.lock):
        if what := kind_of(path, stat.S_ISREG):
            yield StrangeFile(path, what)
    for folder in (home.warc, home.aside, home.derived, home.sites, home.index):
        if what := kind_of(folder, stat.S_ISDIR):
            yield StrangeFile(folder, what)
    if home.derived.is_dir():
        for path in sorted(home.derived.iterdir()):
            if what := kind_of(path, stat.S_ISREG):
                yield StrangeFile(path, what)


def bytes_of(paths: Iterable[Path]) -> int:
    """The bytes of files, those left out that somebody deletes or renames meanwhile."""
    total = 0
    for path in paths:
        with suppress(OSError):
            total += path.lstat().st_size
    return total


def require_plain(home: Home) -> None:
    """Raise `ArchiveDamaged` for the first of them."""
    for strange in strange_files(home):
        raise ArchiveDamaged(f"{strange.path} is {strange.what}", hint=MOVE_AWAY)


def kind_of(path: Path, is_right: Callable[[int], bool] = stat.S_ISREG) -> str | None:
    """What lies at a path; None if it is nothing, or the right thing, also through a link."""
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        return "a link that leads nowhere" if path.is_symlink() else None
    except OSError as error:
        return f"not to be looked at ({error.strerror})"
    if is_right(mode):
        return None
    return next((name for test, name in _KINDS if test(mode)), "no plain file")


_KINDS = (
    (stat.S_ISREG, "a file, no folder"),
    (stat.S_ISDIR, "a folder, no file"),
    (stat.S_ISFIFO, "a named pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)
