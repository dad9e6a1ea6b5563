"""A consistent copy of an archive, also while it is written to; the writer never waits.

The catalogue is copied first, as of one moment; of every segment just as much as the catalogue
knew then. What was open is open in the copy too: the next start there goes on from it.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from archive.catalogue.database import Catalogue, copy_catalogue
from archive.catalogue.queries import segments as segment_queries
from archive.ground.durable import sync_folder
from archive.ground.errors import ArchiveDamaged, StorageFailed, UsageError
from archive.ground.home import Home
from archive.warc import manifest, segments

_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class BackedUp:
    """What a backup holds: segments, bytes of WARC, the manifest's head."""

    segments: int
    size: int
    head: str | None


def back_up(
    home: Home,
    target: Path,
    *,
    on_progress: Callable[[int, int, str], None] = lambda done, total, what: None,
) -> BackedUp:
    """Copy segments, manifest, catalogue and site descriptions into the new folder `target`.

    It is written beside and renamed, so that a folder of this name is a whole backup. Closed
    segments are checked against the manifest on the way. The search index and the frontier are
    left out: `hdnd index` makes the one anew, a crawl the other.
    """
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
    except OSError as error:
        shutil.rmtree(partial, ignore_errors=True)
        raise StorageFailed(
            f"{error.filename or target}: {error.strerror or error}",
            hint="No backup was made. Choose a folder with enough room that can be written to.",
        ) from error
    except BaseException:
        shutil.rmtree(partial, ignore_errors=True)
        raise
    return done


def _check_target(home: Home, target: Path) -> None:
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise UsageError(
            f"{target} is there already", hint="Name a folder that does not exist or is empty."
        )
    if target.resolve().is_relative_to(home.path.resolve()):
        raise UsageError(
            f"{target} lies within the archive", hint="Name a folder elsewhere, on another disk."
        )


def _copy(home: Home, copy: Home, on_progress: Callable[[int, int, str], None]) -> BackedUp:
    on_progress(0, 0, home.catalogue.name)
    _copy_catalogue(home, copy)
    with Catalogue.open(copy) as catalogue:
        ends = segment_queries.ends(catalogue)
    lines = {line.entry.file: line for line in _lines(home) if line.entry}
    total, done = sum(ends.values()), 0
    for name, end in ends.items():
        on_progress(done, total, name)
        _copy_segment(home, copy, name, end, lines.get(name))
        done += end
    _copy_manifest(home, copy)
    if home.sites.exists():
        shutil.copytree(home.sites, copy.sites)
    for folder in (copy.warc, copy.path):
        sync_folder(folder)
    return BackedUp(len(ends), total, manifest.head(copy) if copy.manifest.exists() else None)


def _copy_catalogue(home: Home, copy: Home) -> None:
    with Catalogue.open(home) as catalogue:
        copy_catalogue(catalogue, copy.catalogue)


def _copy_segment(
    home: Home, copy: Home, name: str, end: int, line: manifest.ManifestLine | None
) -> None:
    source = home.warc / name
    if not source.exists():
        source = source.with_name(name + segments.OPEN_SUFFIX)
    try:
        file = source.open("rb")
    except FileNotFoundError:
        # It was closed between the two looks.
        file = (home.warc / name).open("rb")
    sha256 = hashlib.sha256()
    with file:
        whole = os.fstat(file.fileno()).st_size == end and not file.name.endswith(
            segments.OPEN_SUFFIX
        )
        target = copy.warc / (name if whole else name + segments.OPEN_SUFFIX)
        with target.open("xb") as out:
            left = end
            while left and (chunk := file.read(min(left, _CHUNK))):
                sha256.update(chunk)
                out.write(chunk)
                left -= len(chunk)
            out.flush()
            os.fsync(out.fileno())
    wrong = whole and line and line.entry and line.entry.sha256 != sha256.hexdigest()
    if left or wrong:
        raise ArchiveDamaged(
            f"{source}: it is not as it was written",
            hint="`hdnd verify` says what is wrong. No backup was made: keep the older one.",
        )


def _copy_manifest(home: Home, copy: Home) -> None:
    """The lines up to the first segment that was not closed yet when the catalogue was copied."""
    if not home.manifest.exists():
        return
    with home.manifest.open("rb") as file, copy.manifest.open("xb") as out:
        for raw, line in zip(file, _lines(home), strict=False):
            known = line.entry and line.entry.file
            if known and (home.warc / known).exists() and not (copy.warc / known).exists():
                break
            out.write(raw)
        out.flush()
        os.fsync(out.fileno())


def _lines(home: Home) -> list[manifest.ManifestLine]:
    return list(manifest.read(home)) if home.manifest.exists() else []
