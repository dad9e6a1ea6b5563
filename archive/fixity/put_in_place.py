"""Segments put where they belong: under their names, from a copy, and strange files aside.

Nothing is deleted, and nothing is put in place whose digest the manifest does not name.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterable
from pathlib import Path

from archive.fixity.check_manifest import Chain, check_chain
from archive.fixity.damage import Damage, DamagedPart
from archive.fixity.misplaced import find_misplaced
from archive.fixity.repaired import Repaired
from archive.ground.durable import sync_folder
from archive.ground.errors import ObjectDiffers, ObjectMissing
from archive.ground.home import Home
from archive.ground.plain_files import StrangeFile, require_plain, strange_files
from archive.warc import manifest, segment_files
from archive.warc.manifest_restore import restored

_COPIED_AT_ONCE = 1 << 20


def put_in_place(
    home: Home, source: Home | None, damages: Iterable[Damage], done: Repaired
) -> None:
    """Do all of it that the damages ask for; the manifest first, since it proves the rest."""
    damages = list(damages)
    if any(damage.part is DamagedPart.MANIFEST for damage in damages):
        _restore_manifest(home, source, done)
    chain = Chain()
    list(check_chain(home, chain))
    misplaced = find_misplaced(home, chain)
    for name, path in misplaced.renamed.items():
        path.rename(home.warc / name)
        done.put_right.append((path.name, name))
    lying = segment_files.files_in(home.warc)
    strange = set(lying) - set(segment_files.segments_among(lying))
    for path in sorted({*misplaced.copies, *strange} - {*misplaced.renamed.values()}):
        _move_aside(home, path)
        done.moved_aside.append(path.name)
    if source is not None:
        wrong = {
            damage.file
            for damage in damages
            if damage.part is DamagedPart.SEGMENT and segment_files.is_segment_name(damage.file)
        }
        wrong -= misplaced.renamed.keys() | chain.removed_from
        for name in sorted(wrong & chain.entries.keys()):
            if _bring_back(home, source, chain.entries[name]):
                done.brought_back.append(name)
    sync_folder(home.warc)


def set_aside_strange(home: Home) -> list[StrangeFile]:
    """Move what is no plain file or folder out of the way; what that was.

    Raises `ArchiveDamaged` where it is in the place of the folder of the segments.
    """
    found = list(strange_files(home))
    for one in found:
        if one.path == home.warc:
            require_plain(home)
    for one in sorted(found, key=lambda one: one.path != home.aside):
        if one.path == home.aside:
            home.aside.rename(segment_files.free_name(home.path / "aside.file"))
            if home.aside.with_name("aside.file").is_symlink():
                home.aside.with_name("aside.file").unlink()
        else:
            _move_aside(home, one.path)
    return found


def _restore_manifest(home: Home, source: Home | None, done: Repaired) -> None:
    lines = restored(home) if home.manifest.is_file() else _of_the_copy(home, source)
    if lines is None or (home.manifest.is_file() and home.manifest.read_bytes() == lines):
        return
    new = home.manifest.with_name(f"{home.manifest.name}.new")
    new.unlink(missing_ok=True)
    with new.open("xb") as file:
        file.write(lines)
        file.flush()
        os.fsync(file.fileno())
    if home.manifest.exists():
        _move_aside(home, home.manifest)
    new.replace(home.manifest)
    sync_folder(home.path)
    done.manifest_renewed = done.manifest_restored = True


def _of_the_copy(home: Home, source: Home | None) -> bytes | None:
    """The manifest of a copy, if its chain is whole and is of segments that are here or there."""
    if source is None or not source.manifest.is_file() or not manifest.is_intact(source):
        return None
    for line in manifest.read(source):
        here = line.entry and home.warc / line.entry.file
        if line.entry and here and here.is_file() and _digest(here) != line.entry.sha256:
            there = source.warc / line.entry.file
            if not segment_files.is_file(there):
                return None
            if segment_files.digest_of(there) != line.entry.sha256:
                return None
    return source.manifest.read_bytes()


def _bring_back(home: Home, source: Home, entry: manifest.ManifestEntry) -> bool:
    """Take a segment from a copy, if it is the very one that the manifest names."""
    there, here = source.warc / entry.file, home.warc / entry.file
    if not segment_files.is_file(there) or there.is_symlink():
        return False
    if segment_files.size_of(there) != entry.size:
        return False
    new = home.aside / f"{entry.file}.copied"
    home.aside.mkdir(parents=True, exist_ok=True)
    new.unlink(missing_ok=True)
    try:
        with segment_files.open_segment(there) as file, new.open("xb") as out:
            shutil.copyfileobj(file, out, _COPIED_AT_ONCE)
            out.flush()
            os.fsync(out.fileno())
    except (ObjectMissing, ObjectDiffers):
        new.unlink()
        return False
    if _digest(new) != entry.sha256:
        new.unlink()
        return False
    if here.exists():
        _move_aside(home, here)
    new.rename(here)
    return True


def _move_aside(home: Home, path: Path) -> None:
    home.aside.mkdir(parents=True, exist_ok=True)
    path.rename(segment_files.free_name(home.aside / path.name))
    sync_folder(home.aside)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
