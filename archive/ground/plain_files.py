"""Is each part of an archive's folder the kind of file that it must be?

A named pipe would be waited for, a device never ends, a folder is no file: none of them is opened.
"""

from __future__ import annotations

import stat
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from archive.ground.causes import cause_of
from archive.ground.errors import ArchiveDamaged
from archive.ground.home import Home
from archive.ground.message import Message

MOVE_AWAY = Message("archive.repair-moves-aside")
NO_LINK = Message("archive.no-links")


@dataclass(frozen=True, slots=True)
class StrangeFile:
    """A path, and what lies there in place of a file or a folder."""

    path: Path
    what: Message


def strange_files(home: Home) -> Iterator[StrangeFile]:
    """What of an archive's folder cannot be opened as what it must be, but for its segments.

    A link is none of it either: what is written through it lands outside.
    """
    logs = [home.catalogue.with_name(home.catalogue.name + end) for end in ("-wal", "-shm")]
    files = (
        home.catalogue,
        *logs,
        home.manifest,
        home.worker,
        home.frontier,
        home.lock,
        home.lock.with_name(f"{home.lock.name}.holder"),
        home.checks,
        home.receipts,
        home.store_lock,
        home.known_trouble,
    )
    indexes = (home.index, home.index_of_versions, home.index_of_attachments)
    of_people = (home.sites, home.watches)
    folders = (
        home.warc,
        home.aside,
        home.manifests,
        home.derived,
        home.results,
        *of_people,
        *indexes,
    )
    found = {path: what for path in files if (what := strangeness(path, stat.S_ISREG))}
    found |= {path: what for path in folders if (what := strangeness(path, stat.S_ISDIR))}
    for folder in (home.path, home.manifests, home.derived, *of_people, *indexes):
        if folder in found or not folder.is_dir():
            continue
        may_have_folders = folder in (home.path, *of_people)
        for path in folder.iterdir():
            is_right = _file_or_folder if may_have_folders else stat.S_ISREG
            if path not in found and (what := strangeness(path, is_right)):
                found[path] = what
    for path in sorted(found):
        yield StrangeFile(path, found[path])


def strangeness(path: Path, is_right: Callable[[int], bool] = stat.S_ISREG) -> Message | None:
    """What lies at a path of an archive; None if it is nothing, or the right thing itself."""
    what = kind_of(path, is_right)
    return Message("archive.a-link") if what is None and path.is_symlink() else what


def _file_or_folder(mode: int) -> bool:
    return stat.S_ISREG(mode) or stat.S_ISDIR(mode)


def require_plain_file(path: Path) -> Path:
    """The path; raise `ArchiveDamaged` if what lies there is no plain file: it is not opened."""
    if what := strangeness(path):
        raise ArchiveDamaged("archive.path-is", path=path, what=what, hint=MOVE_AWAY)
    return path


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
        raise ArchiveDamaged(
            "archive.path-is",
            path=strange.path,
            what=strange.what,
            hint=remedy_for(home, strange.path),
        )


def remedy_for(home: Home, strange: Path) -> Message:
    """What to do about it: the folder of the segments is for its owner to put right."""
    return NO_LINK if strange == home.warc else MOVE_AWAY


def kind_of(path: Path, is_right: Callable[[int], bool] = stat.S_ISREG) -> Message | None:
    """What lies at a path; None if it is nothing, or the right thing, also through a link."""
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        return Message("archive.a-link-to-nowhere") if path.is_symlink() else None
    except OSError as error:
        return Message("archive.not-to-be-looked-at", reason=cause_of(error))
    if is_right(mode):
        return None
    return Message(next((kind for test, kind in _KINDS if test(mode)), "archive.no-plain-file"))


_KINDS = (
    (stat.S_ISREG, "archive.a-file-no-folder"),
    (stat.S_ISDIR, "archive.a-folder-no-file"),
    (stat.S_ISFIFO, "archive.a-named-pipe"),
    (stat.S_ISSOCK, "archive.a-socket"),
    (stat.S_ISCHR, "archive.a-device"),
    (stat.S_ISBLK, "archive.a-device"),
)
