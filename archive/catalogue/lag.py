"""Whole records at the ends of segments that the catalogue does not know: an earlier run kept them.

What exists is what the segments hold. The next start takes such records in; until then whoever
reads the catalogue alone leaves them out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from archive.catalogue.database import Catalogue
from archive.catalogue.queries import segments as segment_queries
from archive.ground.errors import ArchiveDamaged
from archive.ground.home import Home
from archive.ground.lock import is_held
from archive.warc import manifest, records, segments
from archive.warc.record_groups import Grouper, Placed


@dataclass(frozen=True, slots=True)
class Lag:
    """Groups of whole records of a segment that follow what the catalogue knows of it."""

    segment: Path
    groups: int


def lag_of(home: Home, catalogue: Catalogue) -> list[Lag]:
    """What the catalogue lacks; nothing while another process writes, which is about to say it."""
    ends = segment_queries.ends(catalogue)
    found = [lag for path in _segments(home) if (lag := _lag(path, ends.get(_name(path), 0)))]
    return [] if found and is_held(home.lock) else found


def whole_groups(path: Path, start: int) -> Iterator[int]:
    """Where each group of whole records ends that begins at `start` or later."""
    grouper = Grouper()
    for member in segments.walk(path, start):
        try:
            record = records.parse_member(member.data)
        except ArchiveDamaged:
            return
        group = grouper.add(Placed(member.offset, member.length, record))
        if group:
            yield group.end


def _lag(path: Path, end: int) -> Lag | None:
    if path.stat().st_size <= end:
        return None
    groups = sum(1 for _ in whole_groups(path, end))
    return Lag(path, groups) if groups else None


def _segments(home: Home) -> list[Path]:
    there = home.warc.iterdir() if home.warc.is_dir() else ()
    return sorted(path for path in there if manifest.is_segment(path) and path.is_file())


def _name(path: Path) -> str:
    return path.name.removesuffix(segments.OPEN_SUFFIX)
