"""Records on their way out: whole segments byte for byte, or the chosen groups of records of one.

Members are copied as they are, never packed anew, so that every digest goes on holding.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from archive.export.cdx import cdx_line
from archive.export.selection import Selected
from archive.ground.errors import ArchiveDamaged
from archive.warc import records, segments
from archive.warc.record_groups import Grouper, Placed

_CHUNK = 1 << 20
_SUFFIX = ".warc.gz"

Write = Callable[[bytes], object]


@dataclass(frozen=True, slots=True)
class Source:
    """A segment to copy from: up to byte `end`, all of it or the chosen captures alone."""

    number: int
    segment: str
    end: int
    whole: bool

    @property
    def name(self) -> str:
        """What the copy is called: the segment's own name if it is all of it."""
        return self.segment if self.whole else f"{self.segment.removesuffix(_SUFFIX)}-part{_SUFFIX}"


def sources(chosen: Selected) -> Iterator[Source]:
    """The segments that hold what was chosen, in their order."""
    rows = chosen.reader.connection.execute(
        "SELECT s.number, s.name, s.committed, h.captures AS held, w.captures AS chosen"
        " FROM segment s"
        " LEFT JOIN (SELECT segment, count(*) AS captures FROM capture GROUP BY segment) h"
        " ON h.segment = s.number"
        " LEFT JOIN (SELECT segment, count(*) AS captures FROM wanted GROUP BY segment) w"
        " ON w.segment = s.number ORDER BY s.number"
    ).fetchall()
    takes_all = chosen.selection.articles is None
    for row in rows:
        whole = takes_all and row["held"] == row["chosen"]
        source = Source(row["number"], row["name"], row["committed"], whole)
        if row["chosen"] or (whole and _is_of_a_crawl(chosen, source)):
            yield source


def copy(chosen: Selected, source: Source, write: Write) -> Iterator[bytes]:
    """Copy what was chosen of a segment; the CDX line of each capture, once it is written."""
    path = _path(chosen, source)
    if source.whole:
        _copy_bytes(path, 0, source.end, write)
    else:
        first = next(segments.walk(path))
        _copy_bytes(path, 0, first.length, write)
    position = source.end if source.whole else first.length
    for row in _rows(chosen, source):
        offset = row["offset"]
        if not source.whole:
            start, end = _group_around(path, row)
            _copy_bytes(path, start, end, write)
            offset = position + row["offset"] - start
            position += end - start
        if line := cdx_line(row, filename=source.name, offset=offset):
            yield line


def _rows(chosen: Selected, source: Source) -> Iterator[sqlite3.Row]:
    return chosen.reader.connection.execute(
        "SELECT c.*, m.form, m.fetched_url, m.fetched_at,"
        " (SELECT b.offset + b.length FROM capture b WHERE b.seq < c.seq"
        " AND b.segment = c.segment ORDER BY b.seq DESC LIMIT 1) AS end_before"
        " FROM wanted w JOIN capture c ON c.seq = w.seq LEFT JOIN memento m ON m.seq = c.seq"
        " WHERE w.segment = ? ORDER BY w.seq",
        (source.number,),
    )


def _group_around(path: Path, row: sqlite3.Row) -> tuple[int, int]:
    """Where the group of a capture begins and ends; it begins after the capture before it."""
    grouper = Grouper()
    for member in segments.walk(path, row["end_before"] or 0):
        record = records.parse_member(member.data)
        group = grouper.add(Placed(member.offset, member.length, record))
        if group and group.last.offset == row["offset"]:
            return group.members[0].offset, group.end
        if member.offset > row["offset"]:
            break
    raise ArchiveDamaged(
        f"{path}, offset {row['offset']}: the capture of {row['url']} is not there",
        hint="`hdnd verify` tells more; `hdnd rebuild` makes the catalogue anew.",
    )


def _copy_bytes(path: Path, start: int, end: int, write: Write) -> None:
    with path.open("rb") as file:
        file.seek(start)
        left = end - start
        while left:
            data = file.read(min(_CHUNK, left))
            if not data:
                raise ArchiveDamaged(
                    f"{path}: the last {left} bytes are missing",
                    hint="Restore the file from a copy, or see what `hdnd repair` can save.",
                )
            write(data)
            left -= len(data)


def _is_of_a_crawl(chosen: Selected, source: Source) -> bool:
    """Whether a segment without captures is a crawl's, of the site that was chosen."""
    member = next(segments.walk(_path(chosen, source)), None)
    if member is None:
        return False
    run = records.parse_member(member.data).values().get("hdnd-run")
    row = chosen.reader.connection.execute(
        "SELECT site FROM run WHERE id = ? AND id NOT IN (SELECT run FROM withholding)", (run,)
    ).fetchone()
    return row is not None and chosen.selection.site in (None, row["site"])


def _path(chosen: Selected, source: Source) -> Path:
    path = chosen.reader.home.warc / source.segment
    return path if path.exists() else path.with_name(path.name + segments.OPEN_SUFFIX)
