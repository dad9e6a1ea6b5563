"""Whole records at the ends of segments that the catalogue does not know: an earlier run kept them.

What exists is what the segments hold. The next start takes such records in; until then whoever
reads the catalogue alone leaves them out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from archive.catalogue.database import Catalogue
from archive.catalogue.queries import segments as segment_queries
from archive.ground.errors import ArchiveDamaged
from archive.ground.home import Home
from archive.ground.lock import is_held
from archive.warc import records, segment_files, segments
from archive.warc.record_groups import Grouper, Placed
from archive.warc.segment_files import name_of


@dataclass(frozen=True, slots=True)
class Lag:
    """Groups of whole records of a segment that follow what the catalogue knows of it.

    The last of them ends at the offset `end`.
    """

    segment: Path
    groups: int
    end: int


def lag_of(home: Home, catalogue: Catalogue) -> list[Lag]:
    """What the catalogue lacks; nothing while another process writes, which is about to say it."""
    ends = segment_queries.ends(catalogue)
    there = segment_files.segments_in(home.warc)
    found = [lag for path in there if (lag := lag_past(path, ends.get(name_of(path), 0)))]
    return found if found and is_standing(home, found) else []


def is_standing(home: Home, found: Iterable[Lag]) -> bool:
    """Whether nobody writes, and nobody who wrote a moment ago has taken those records in."""
    if is_held(home.lock):
        return False
    with Catalogue.open(home) as now:
        ends = segment_queries.ends(now)
    return any(lag.end > ends.get(name_of(lag.segment), 0) for lag in found)


def lag_past(path: Path, end: int) -> Lag | None:
    """The whole groups of a segment past an offset, None if there is none."""
    if segment_files.size_of(path) <= end:
        return None
    ends = list(whole_groups(path, end))
    return Lag(path, len(ends), ends[-1]) if ends else None


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
