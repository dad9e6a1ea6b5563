"""A part of the archive read every night, so that every segment is read once a month.

Which part is told from the record of checks alone: the closed segments that were read the longest
ago. Every byte of them is held against the manifest and their digests; the catalogue is not.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from archive.fixity.check_log import last_checks
from archive.fixity.check_manifest import Chain, check_chain, check_entry
from archive.fixity.check_segment import Remnant, check_segment
from archive.fixity.damage import RESTORE, Damage, DamagedPart
from archive.ground.causes import cause_of
from archive.ground.errors import ObjectDiffers, ObjectMissing
from archive.ground.home import Home
from archive.ground.message import Message
from archive.warc import manifest
from archive.warc.record_groups import Group
from archive.warc.segment_files import size_of

PARTS = 30
"""Nights in which all of an archive is read."""

_CHECKS = 1000
_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class LastRead:
    """Since when every closed segment was read, None if one never was; how many never were, and
    how many there are.
    """

    since: datetime | None
    never: int
    closed: int


def last_read(home: Home) -> LastRead:
    """What the record of checks says of the closed segments that are here."""
    closed = manifest.closed_segments(home)
    at = _read_at(home, closed)
    times = [at.get(path) for path in closed]
    known = [time for time in times if time]
    never = len(times) - len(known)
    return LastRead(min(known, default=None) if not never else None, never, len(closed))


def due(home: Home) -> list[Path]:
    """The closed segments whose turn it is: a thirtieth of them, read the longest ago."""
    closed = manifest.closed_segments(home)
    at = _read_at(home, closed)
    closed.sort(key=lambda path: (at.get(path, _NEVER), path.name))
    return closed[: -(-len(closed) // PARTS)]


def _read_at(home: Home, paths: Iterable[Path]) -> dict[Path, datetime]:
    checks = last_checks(home, _CHECKS)[::-1]
    read = {path: [c for c in checks if c.has_read(path.name)][:1] for path in paths}
    return {path: found[0].ended_at for path, found in read.items() if found}


@dataclass(slots=True)
class PartCheck:
    """A check of some closed segments; the counts are right when `damages` has ended."""

    home: Home
    paths: Iterable[Path]
    on_progress: Callable[[int, int, str], None] = lambda done, total, what: None
    names: list[str] = field(default_factory=list)
    records: int = 0
    bytes_read: int = 0
    head: str | None = None

    def damages(self) -> Iterator[Damage]:
        """What is not as it was written, of the manifest and of those segments, and what is lost
        of all.
        """
        chain = Chain()
        yield from check_chain(self.home, chain)
        for lost in manifest.missing(self.home):
            what, remedy = Message("archive.file-is-lost"), Message("archive.restore-from-backup")
            yield Damage(DamagedPart.SEGMENT, lost.file, what, remedy)
        self.head = chain.head
        paths = list(self.paths)
        total = sum(map(size_of, paths))
        for path in paths:
            self.on_progress(self.bytes_read, total, path.name)
            try:
                yield from self._check(path, chain)
            except OSError as error:
                what = Message("archive.cannot-be-read", reason=cause_of(error))
                yield Damage(DamagedPart.SEGMENT, path.name, what, RESTORE)
            except (ObjectMissing, ObjectDiffers) as error:
                yield Damage(DamagedPart.SEGMENT, path.name, error.said, RESTORE)
            self.names.append(path.name)

    def _check(self, path: Path, chain: Chain) -> Iterator[Damage]:
        size, sound, sha256 = size_of(path), True, hashlib.sha256()
        for piece in check_segment(path, size, url_at=lambda offset: None, sha256=sha256):
            if isinstance(piece, (Group, Remnant)):
                self.records += len(piece.members)
            else:
                sound = False
                yield piece
        self.bytes_read += size
        entry = chain.entries.get(path.name)
        if not entry or not sound or path.name in chain.suspect:
            return
        if (entry.size, entry.sha256) != (size, sha256.hexdigest()):
            yield from check_entry(entry, manifest.describe(path, previous=entry.previous))
