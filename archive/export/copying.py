"""Records on their way out: whole segments byte for byte, or the chosen groups of records of one.

Members are copied as they are, never packed anew, so that every digest goes on holding.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from archive.catalogue.queries.export import (
    ChosenCapture,
    ChosenSegment,
    chosen_captures,
    chosen_segments,
)
from archive.catalogue.queries.runs import site_of_fetching
from archive.export.cdx import cdx_line
from archive.export.selection import Selected
from archive.ground.errors import ArchiveDamaged
from archive.ground.message import Message
from archive.warc import manifest, records, segment_files, segments
from archive.warc.record_groups import Grouper, Placed

_CHUNK = 1 << 20
_SUFFIX = ".warc.gz"

Write = Callable[[bytes], object]


@dataclass(frozen=True, slots=True)
class CopySource:
    """A segment to copy from: up to byte `end`, all of it or the chosen captures alone.

    `sha256` is what the manifest says of the whole file; None while it is open.
    """

    number: int
    segment: str
    end: int
    whole: bool
    sha256: str | None

    @property
    def name(self) -> str:
        """What the copy is called: the segment's own name if it is all of it."""
        return self.segment if self.whole else f"{self.segment.removesuffix(_SUFFIX)}-part{_SUFFIX}"


def sources(chosen: Selected) -> Iterator[CopySource]:
    """The segments that hold what was chosen, in their order.

    Raises `ArchiveDamaged` for one of acts that is not as it was written: who made the package
    could not tell whether something in it is withheld.
    """
    takes_all = chosen.selection.articles is None
    stated = manifest.digests(chosen.reader.home)
    for segment in chosen_segments(chosen.reader.catalogue):
        if not segment.captures:
            _require_as_written(chosen, segment, stated.get(segment.name))
        whole = takes_all and segment.captures == segment.chosen
        source = CopySource(
            segment.number, segment.name, segment.end, whole, stated.get(segment.name)
        )
        if segment.chosen or (whole and _is_of_a_crawl(chosen, source)):
            yield source


def copy(chosen: Selected, source: CopySource, write: Write) -> Iterator[bytes]:
    """Copy what was chosen of a segment; the CDX line of each capture, once it is written.

    Raises `ArchiveDamaged` for what is not as it was written: by the manifest's digest if all of it
    is copied, else by the checksum of each member.
    """
    path = _path(chosen, source)
    if source.whole:
        position = source.end
        _copy_whole(path, source, write)
    else:
        position = _end_of_first(path)
        _copy_bytes(path, 0, position, write)
    for capture in chosen_captures(chosen.reader.catalogue, source.number):
        offset = capture.offset
        if not source.whole:
            start, end = _group_around(path, capture)
            _copy_bytes(path, start, end, write)
            offset = position + capture.offset - start
            position += end - start
        if line := cdx_line(capture, filename=source.name, offset=offset):
            yield line


def _copy_whole(path: Path, source: CopySource, write: Write) -> None:
    sha256 = hashlib.sha256()

    def write_on(data: bytes) -> None:
        sha256.update(data)
        write(data)

    _copy_bytes(path, 0, source.end, write_on)
    if source.sha256 is None:
        end = max((m.offset + m.length for m in segments.walk(path)), default=0)
        is_sound = end >= source.end
    else:
        is_sound = sha256.hexdigest() == source.sha256
    if not is_sound:
        raise _not_as_written(path)


def _require_as_written(chosen: Selected, segment: ChosenSegment, sha256: str | None) -> None:
    with segment_files.open_segment(
        segment_files.segment_path(chosen.reader.home.warc, segment.name)
    ) as file:
        if sha256 and hashlib.file_digest(file, "sha256").hexdigest() != sha256:
            raise _not_as_written(chosen.reader.home.warc / segment.name)


def _end_of_first(path: Path) -> int:
    """Where the record ends that a segment begins with, which says what it is."""
    for member in segments.walk(path):
        return member.offset + member.length
    raise _not_as_written(path)


def _not_as_written(path: Path) -> ArchiveDamaged:
    what, hint = Message("archive.not-as-written"), Message("archive.restore-or-repair")
    return ArchiveDamaged("archive.path-says", path=path, what=what, hint=hint)


def _group_around(path: Path, capture: ChosenCapture) -> tuple[int, int]:
    """Where the group of a capture begins and ends; it begins after the capture before it."""
    grouper = Grouper()
    for member in segments.walk(path, capture.end_before):
        record = records.parse_member(member.data)
        group = grouper.add(Placed(member.offset, member.length, record))
        if group and group.last.offset == capture.offset:
            return group.members[0].offset, group.end
        if member.offset > capture.offset:
            break
    raise ArchiveDamaged(
        "archive.at-offset",
        path=path,
        offset=capture.offset,
        what=Message("archive.capture-not-there", url=capture.url),
        hint=Message("archive.verify-tells-more"),
    )


def _copy_bytes(path: Path, start: int, end: int, write: Write) -> None:
    with segment_files.open_segment(path) as file:
        file.seek(start)
        left = end - start
        while left:
            data = file.read(min(_CHUNK, left))
            if not data:
                raise ArchiveDamaged(
                    "archive.last-bytes-missing",
                    path=path,
                    count=left,
                    hint=Message("archive.restore-or-repair"),
                )
            write(data)
            left -= len(data)


def _is_of_a_crawl(chosen: Selected, source: CopySource) -> bool:
    """Whether a segment without captures is a crawl's, of the site that was chosen."""
    member = next(segments.walk(_path(chosen, source)), None)
    if member is None:
        return False
    run = records.parse_member(member.data).values().get("hdnd-run")
    site = site_of_fetching(chosen.reader.catalogue, run)
    return site is not None and chosen.selection.site in (None, site)


def _path(chosen: Selected, source: CopySource) -> Path:
    path = chosen.reader.home.warc / source.segment
    there = segment_files.segment_path(chosen.reader.home.warc, source.segment)
    if segment_files.is_file(there):
        return there
    raise ArchiveDamaged(
        "archive.path-says",
        path=path,
        what=Message("archive.file-is-lost"),
        hint=Message("archive.restore-from-backup"),
    )
