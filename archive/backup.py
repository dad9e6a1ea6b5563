"""A consistent copy of an archive, also while it is written to; the writer never waits.

What exists is what the segments hold. The catalogue is copied first, as of one moment, then every
segment as it is, and what the copied catalogue lacks of them is taken into it. What was open is
open in the copy too: the next start there goes on from it.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from archive.catalogue.database import (
    Catalogue,
    Unreadable,
    Unwritable,
    copy_catalogue,
    discard,
    open_for_writing,
)
from archive.catalogue.ingest import take_in_segment
from archive.catalogue.lag import whole_groups
from archive.catalogue.queries import segments as segment_queries
from archive.catalogue.remaking import fold_log
from archive.catalogue.soundness import require_sound
from archive.ground.causes import cause_of, disk_failed
from archive.ground.durable import sync_folder
from archive.ground.errors import ArchiveDamaged, UsageError, is_of_storage
from archive.ground.home import BY_HAND, Home
from archive.ground.message import Message
from archive.ground.plain_files import require_plain, strangeness
from archive.warc import manifest
from archive.warc.removal import is_pending
from archive.warc.segment_files import (
    OPEN_SUFFIX,
    files_in,
    is_closed,
    is_file,
    is_segment,
    length_of,
    name_of,
    open_segment,
    segment_path,
    size_of,
)

_CHUNK = 1 << 20
_NO_BACKUP = Message("archive.no-backup-made")


@dataclass(frozen=True, slots=True)
class BackedUp:
    """What a backup holds: segments, bytes of WARC, the manifest's head.

    `notes` says what of the archive could not be copied as it should be.
    """

    segments: int
    size: int
    head: str | None
    notes: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True)
class _Seen:
    """A segment as it lay there at the beginning."""

    size: int
    closed: bool


def back_up(
    home: Home,
    target: Path,
    *,
    on_progress: Callable[[int, int, str], None] = lambda done, total, what: None,
) -> BackedUp:
    """Copy segments, manifest, catalogue and what people wrote into the folder `target`.

    It is written beside and renamed, so that a folder of this name is a whole backup. Closed
    segments are checked against the manifest on the way. The search index and the frontier are
    left out: `hdnd index` makes the one anew, a crawl the other.

    Raises `UsageError` for a target that is taken or inside the archive, `StorageFailed` where the
    disk does not do it.
    """
    if not home.warc.is_dir():
        raise UsageError(
            "archive.no-archive", folder=home.path, hint=Message("archive.name-the-home")
        )
    require_plain(home)
    if is_pending(home):
        raise ArchiveDamaged(
            "archive.path-says",
            path=home.path,
            what=Message("archive.removal-not-over"),
            hint=Message("archive.index-carries-it-out-then-back-up"),
        )
    target = target.expanduser().absolute()
    partial = target.with_name(f".{target.name}.partial")
    _check_target(home, target)
    try:
        if partial.exists():
            shutil.rmtree(partial)
        copy = Home(partial)
        copy.warc.mkdir(parents=True)
        done = _copy(home, copy, on_progress)
        if target.exists():
            target.rmdir()
        partial.rename(target)
        sync_folder(target.parent)
    except (OSError, Unwritable) as error:
        shutil.rmtree(partial, ignore_errors=True)
        hint = Message("archive.no-backup-choose-another-folder")
        raise disk_failed(error, target, hint) from error
    except BaseException:
        shutil.rmtree(partial, ignore_errors=True)
        raise
    return done


def _check_target(home: Home, target: Path) -> None:
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise UsageError(
            "archive.is-there-already", path=target, hint=Message("archive.name-an-empty-folder")
        )
    if target.resolve().is_relative_to(home.path.resolve()):
        raise UsageError(
            "archive.lies-within", path=target, hint=Message("archive.name-a-folder-elsewhere")
        )


def _copy(home: Home, copy: Home, on_progress: Callable[[int, int, str], None]) -> BackedUp:
    on_progress(0, 0, home.catalogue.name)
    there = {name_of(path): _Seen(size_of(path), is_closed(path)) for path in _segments(home)}
    notes = _copy_catalogue(home, copy)
    lines = {line.entry.file: line.entry for line in _lines(home) if line.entry}
    with Catalogue(copy, open_for_writing(copy.catalogue)) as catalogue:
        ends = segment_queries.ends(catalogue)
        _refuse_lost(home, lines, ends)
        wanted = {name: _end(home, name, there, ends) for name in sorted(there.keys() | ends)}
        total, done = sum(wanted.values()), 0
        for name, end in wanted.items():
            on_progress(done, total, name)
            copied = _copy_segment(home, copy, name, end, lines.get(name))
            take_in_segment(catalogue, copied)
            done += end
    fold_log(copy.catalogue)
    notes += _copy_manifest(home, copy)
    if home.checks.is_file():
        shutil.copyfile(home.checks, copy.checks)
    folders = (home.sites, home.watches, home.manifests)
    for folder, into in zip(folders, (copy.sites, copy.watches, copy.manifests), strict=True):
        if folder.exists():
            shutil.copytree(folder, into)
    for name in (*BY_HAND, home.worker.name):
        if (home.path / name).is_file():
            shutil.copy(home.path / name, copy.path / name)  # with its mode: see `configured`
    for folder in (copy.warc, copy.path):
        sync_folder(folder)
    head = manifest.head(copy) if copy.manifest.exists() else None
    return BackedUp(len(wanted), total, head, tuple(notes))


def _end(home: Home, name: str, there: Mapping[str, _Seen], ends: Mapping[str, int]) -> int:
    """Up to where a segment is copied: what the catalogue knows, and whole groups after that."""
    end = ends.get(name, 0)
    seen = there.get(name)
    if seen is None or seen.size <= end:
        return end
    path = segment_path(home.warc, name)
    end = max((at for at in whole_groups(path, end) if at <= seen.size), default=end)
    if end < seen.size and seen.closed:
        raise ArchiveDamaged(
            "archive.at-offset",
            path=path,
            offset=end,
            what=Message("archive.record-here-damaged"),
            hint=_NO_BACKUP,
        )
    return end


def _copy_catalogue(home: Home, copy: Home) -> list[Message]:
    """Copy it as it is; one that can't be read is left out, and is made of the copied segments."""
    try:
        with Catalogue.open(home) as catalogue:
            copy_catalogue(catalogue, copy.catalogue)
        with Catalogue.open(copy) as catalogue:
            require_sound(catalogue)
    except (UsageError, ArchiveDamaged, Unreadable) as error:
        if is_of_storage(error):
            raise
        discard(copy.catalogue)
        return [Message("archive.catalogue-not-copied", reason=cause_of(error))]
    return []


def _refuse_lost(
    home: Home, lines: Mapping[str, manifest.ManifestEntry], ends: Mapping[str, int]
) -> None:
    """Raise `ArchiveDamaged` for a segment that is known of and not there."""
    names = {name_of(path) for path in _segments(home)}
    replaced = {entry.replaces for entry in lines.values()}
    for name in sorted((lines.keys() | ends.keys()) - names - replaced):
        what = Message("archive.file-is-lost")
        raise ArchiveDamaged("archive.path-says", path=home.warc / name, what=what, hint=_NO_BACKUP)


def _copy_segment(
    home: Home, copy: Home, name: str, end: int, entry: manifest.ManifestEntry | None
) -> Path:
    sha256 = hashlib.sha256()
    with open_segment(segment_path(home.warc, name)) as file:
        source = Path(file.name)
        whole = is_closed(source) and length_of(file) == end
        target = copy.warc / (name if whole else name + OPEN_SUFFIX)
        with target.open("xb") as out:
            left = end
            while left and (chunk := file.read(min(left, _CHUNK))):
                sha256.update(chunk)
                out.write(chunk)
                left -= len(chunk)
            out.flush()
            os.fsync(out.fileno())
    wrong = whole and entry and entry.sha256 != sha256.hexdigest()
    if left or wrong:
        what = Message("archive.not-as-written")
        raise ArchiveDamaged("archive.path-says", path=source, what=what, hint=_NO_BACKUP)
    return target


def _segments(home: Home) -> list[Path]:
    found = [path for path in files_in(home.warc) if is_segment(path)]
    for path in found:
        if what := strangeness(path):
            raise ArchiveDamaged("archive.path-is", path=path, what=what, hint=_NO_BACKUP)
    return found


def _copy_manifest(home: Home, copy: Home) -> list[Message]:
    """The lines up to the first of a segment that is not closed in the copy."""
    if not home.manifest.exists():
        if any(manifest.closed_segments(copy)):
            return [Message("archive.manifest-lost-not-copied")]
        return []
    with home.manifest.open("rb") as file, copy.manifest.open("xb") as out:
        for raw, line in zip(file, _lines(home), strict=False):
            known = line.entry and line.entry.file
            if known and is_file(home.warc / known) and not (copy.warc / known).exists():
                break
            out.write(raw)
        out.flush()
        os.fsync(out.fileno())
    if manifest.is_intact(copy):
        return []
    return [Message("archive.manifest-damaged-copied")]


def _lines(home: Home) -> list[manifest.ManifestLine]:
    return list(manifest.read(home)) if home.manifest.exists() else []
