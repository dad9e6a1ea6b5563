"""Segments written anew without records that were removed, and put in the place of the old ones.

New ones are written into `aside/`, where nobody looks for them. `removal.pending` says that all of
them are there: before it nothing has happened, after it `carry_out` goes on until all is done.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from archive.ground.durable import sync_folder
from archive.ground.errors import ArchiveDamaged
from archive.ground.home import Home
from archive.ground.message import Message
from archive.ground.plain_files import strangeness
from archive.warc import manifest, records, segment_files, segments
from archive.warc.digests import digest
from archive.warc.record_groups import Group, Grouper, Placed
from archive.warc.record_writer import metadata_member, new_record_id
from archive.warc.replacing import (
    ARTICLE,
    BECAUSE,
    OF_SEGMENT,
    REASON,
    REMOVED,
    REPLACES,
    next_name,
)

PENDING = "removal.pending"
_SUFFIX = ".removal"
_SHA256 = re.compile(r"[0-9a-f]{64}")
_CHUNK = 1 << 20
_REPAIR = Message("archive.repair-before-removing")


@dataclass(frozen=True, slots=True)
class WrittenAnew:
    """The new file in place of segment `old`: its digest, and the records that it lacks.

    `removed` has the id of each with the digest of the whole record.
    """

    old: str
    sha256: str
    removed: Mapping[str, str]


@dataclass(slots=True)
class _Split:
    """What of a segment is kept, as spans of bytes, and what is not."""

    head: int = 0
    kept: list[tuple[int, int]] = field(default_factory=list)
    removed: dict[str, str] = field(default_factory=dict)


def write_without(
    home: Home, path: Path, offsets: Collection[int], *, article: str, reason: str, at: datetime
) -> WrittenAnew:
    """Write a closed segment anew without the groups whose last records lie at `offsets`.

    Every other record is copied as it stands. Raises `ArchiveDamaged` for a segment that is not as
    the manifest says, or has no such groups.
    """
    _require_as_written(home, path)
    split = _split(path, offsets)
    name = next_name(path.name)
    values = {
        REPLACES: path.name,
        BECAUSE: "removal",
        ARTICLE: article,
        REASON: reason,
        REMOVED: " ".join(f"{id_} {sha256}" for id_, sha256 in split.removed.items()),
    }
    about = metadata_member(OF_SEGMENT + path.name, at, values, warcinfo_id=new_record_id())
    home.aside.mkdir(parents=True, exist_ok=True)
    new = home.aside / (name + _SUFFIX)
    with segment_files.open_segment(path) as source, new.open("xb") as out:
        _copy(source, out, 0, split.head)
        out.write(about)
        for start, end in split.kept:
            _copy(source, out, start, end)
        out.flush()
        os.fsync(out.fileno())
    return WrittenAnew(path.name, _digest(new), split.removed)


def commit(home: Home, written: Iterable[WrittenAnew]) -> None:
    """From here on the removal is carried out, whatever happens to this process."""
    sync_folder(home.aside)
    unfinished = home.aside / f"{PENDING}.new"
    with unfinished.open("wb") as file:
        file.write(json.dumps([[one.old, one.sha256] for one in written]).encode() + b"\n")
        file.flush()
        os.fsync(file.fileno())
    unfinished.rename(home.aside / PENDING)
    sync_folder(home.aside)


def is_pending(home: Home) -> bool:
    """Whether a removal was cut off that the next writer carries out."""
    return os.path.lexists(home.aside / PENDING)


def forget_unfinished(home: Home) -> None:
    """Delete what a removal left that never came to be carried out."""
    if home.aside.is_dir() and not is_pending(home):
        for path in [*home.aside.glob(f"*{_SUFFIX}"), home.aside / f"{PENDING}.new"]:
            if path.is_symlink() or not path.is_dir():
                path.unlink(missing_ok=True)


def carry_out(home: Home) -> bool:
    """Put the new segments in place and delete the old ones; False if there is nothing to do.

    May be called again after a kill at any step. What is derived of the old ones is for the caller
    to throw away, and then to `end` it. The writer's lock is held.
    """
    if not is_pending(home):
        return False
    for old, sha256 in _pending(home):
        new, place = home.aside / (next_name(old) + _SUFFIX), home.warc / next_name(old)
        if not os.path.lexists(place) and _is(new, sha256):
            new.rename(place)
            sync_folder(home.warc)
        if _is(place, sha256) and strangeness(home.warc / old) is None:
            (home.warc / old).unlink(missing_ok=True)
    sync_folder(home.warc)
    manifest.catch_up(home)
    return True


def end(home: Home) -> None:
    """Say that a removal is over."""
    pending = home.aside / PENDING
    if strangeness(pending) is None:
        pending.unlink(missing_ok=True)
    else:
        pending.rename(segment_files.free_name(home.aside / f"{PENDING}.strange"))
    sync_folder(home.aside)
    forget_unfinished(home)


def _pending(home: Home) -> list[tuple[str, str]]:
    """What is to be put in place; nothing of a file that this program did not write."""
    path = home.aside / PENDING
    try:
        told = json.loads(path.read_bytes()) if strangeness(path) is None else []
        pairs = [(str(old), str(sha256)) for old, sha256 in told]
    except (ValueError, TypeError, RecursionError):
        return []
    good = all(segment_files.is_segment_name(old) and _SHA256.fullmatch(s) for old, s in pairs)
    return pairs if good else []


def _require_as_written(home: Home, path: Path) -> None:
    entries = [line.entry for line in manifest.read(home) if line.entry]
    stated = {entry.file: entry.sha256 for entry in entries}.get(path.name)
    if stated is None or segment_files.digest_of(path) != stated:
        what = Message("archive.not-what-the-manifest-says")
        raise ArchiveDamaged("archive.path-says", path=path, what=what, hint=_REPAIR)


def _split(path: Path, offsets: Collection[int]) -> _Split:
    split, grouper, end = _Split(), Grouper(), 0
    left = set(offsets)
    for member in segments.walk(path):
        record = records.parse_member(member.data)
        group = grouper.add(Placed(member.offset, member.length, record))
        if group is None:
            continue
        if group.last.offset in left:
            left.remove(group.last.offset)
            _note(split.removed, path, group)
        elif not end and record.type == "warcinfo":
            split.head = group.end
        elif split.kept and split.kept[-1][1] == end:
            split.kept[-1] = (split.kept[-1][0], group.end)
        else:
            split.kept.append((end, group.end))
        end = group.end
    if left or end != segment_files.size_of(path):
        what = Message("archive.record-here-damaged")
        raise ArchiveDamaged("archive.at-offset", path=path, offset=end, what=what, hint=_REPAIR)
    return split


def _note(removed: dict[str, str], path: Path, group: Group) -> None:
    for placed in group.members:
        sha256 = digest(segments.read_member(path, placed.offset, placed.length))
        id_ = placed.record.fields.get("WARC-Record-ID", "")
        is_name = id_ and len(id_.split()) == 1 and id_ not in removed
        removed[id_ if is_name else f"urn:hdnd:record:{sha256}"] = sha256


def _copy(source: BinaryIO, out: BinaryIO, start: int, end: int) -> None:
    source.seek(start)
    while start < end:
        chunk = source.read(min(end - start, _CHUNK))
        out.write(chunk)
        start += len(chunk)


def _is(path: Path, sha256: str) -> bool:
    """Whether a plain file of this digest lies there."""
    return path.is_file() and strangeness(path) is None and _digest(path) == sha256


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
