"""The catalogue brought up to the end of the segments.

It learns of a record in no other way: a running crawl, the start after a crash and a rebuild all
come through here.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from archive.catalogue.capture_rows import CaptureRows, NotTakenIn
from archive.catalogue.database import Catalogue
from archive.ground.causes import cause_of
from archive.ground.errors import ArchiveDamaged, StorageFailed
from archive.ground.message import Message
from archive.warc import records, segment_files, segment_names, segments
from archive.warc.record_groups import Group, Grouper, Placed

_RESTORE = Message("archive.restore-or-repair")


class TakenIn(NamedTuple):
    """How far the catalogue knows a segment now, and the numbers of the records that are new.

    `refused` says where whole groups are that no row can be made of, and why; all else goes on
    without them. `hdnd verify` names them again, `hdnd repair` sets them aside.
    """

    end: int
    seqs: list[int]
    refused: list[Message]


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All of the block's changes or none.

    Raises `StorageFailed` where the disk does not do it.
    """
    try:
        connection.execute("BEGIN IMMEDIATE")
        yield
        connection.execute("COMMIT")
    except BaseException as error:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        if isinstance(error, sqlite3.OperationalError):
            raise StorageFailed(
                "archive.catalogue-not-written",
                reason=cause_of(error),
                hint=Message("archive.kept-is-safe-mend-the-disk"),
            ) from error
        raise


def take_in_new(catalogue: Catalogue) -> tuple[int, list[Path], list[Message]]:
    """Take in every whole record that the catalogue does not know yet, segment by segment in order.

    A torn end of a segment that was still open is moved aside and the segment closed. Returns
    the number of captures, outcomes and acts taken in, the pieces moved aside, and what was
    refused: whole records, and files that are no segment.

    Raises `ArchiveDamaged` if a segment cannot be read on.
    """
    taken = 0
    cut: list[Path] = []
    refused: list[Message] = []
    there = segment_files.files_in(catalogue.home.warc)
    for path in segment_files.in_order(path for path in there if ".warc.gz" in path.name):
        if not segment_files.segments_among([path]):
            refused.append(Message("archive.strange-file-among-segments", path=path))
            continue
        end, seqs, without_rows = take_in_segment(catalogue, path)
        taken += len(seqs)
        refused += without_rows
        if not segment_files.is_closed(path):
            piece = segment_files.cut_tail(path, end, catalogue.home.aside)
            if piece:
                cut.append(piece)
            segment_files.close_segment(path)
        elif segment_files.size_of(path) < end:
            raise ArchiveDamaged(
                "archive.last-bytes-missing",
                path=path,
                count=end - segment_files.size_of(path),
                hint=_RESTORE,
            )
        elif segment_files.size_of(path) > end:
            raise ArchiveDamaged(
                "archive.at-offset",
                path=path,
                offset=end,
                what=Message("archive.record-here-unreadable"),
                hint=_RESTORE,
            )
    return taken, cut, refused


def knows_too_much(catalogue: Catalogue) -> bool:
    """Whether the catalogue knows records that an open segment has lost.

    That takes a disk that kept less than it said it had. The segments count, not the catalogue.
    """
    for path in filter(Path.is_file, catalogue.home.warc.glob(f"*{segment_files.OPEN_SUFFIX}")):
        row = catalogue.connection.execute(
            "SELECT s.committed, c.offset AS last_offset, c.length AS last_length FROM segment s"
            " LEFT JOIN capture c ON c.segment = s.number"
            " WHERE s.name = ? ORDER BY c.offset DESC LIMIT 1",
            (segment_files.name_of(path),),
        ).fetchone()
        if row is None:
            continue
        if path.stat().st_size < row["committed"]:
            return True
        if row["last_offset"] is not None:
            try:
                records.parse_member(
                    segments.read_member(path, row["last_offset"], row["last_length"])
                )
            except ArchiveDamaged:
                return True
    return False


def is_out_of_order(catalogue: Catalogue) -> bool:
    """Whether segments of other workers came later than one that refers to what they hold."""
    rows = catalogue.connection.execute("SELECT name FROM segment")
    known = {row["name"] for row in rows}
    lying = segment_files.files_in(catalogue.home.warc)
    there = {path.name for path in lying if segment_files.is_closed(path)}
    return segment_names.come_between(there - known, known)


def take_in_segment(
    catalogue: Catalogue, path: Path, read: dict[int, records.WarcRecord] | None = None
) -> TakenIn:
    """Take in a segment from where the catalogue stands.

    The records that got these numbers are put into `read`.
    """
    connection = catalogue.connection
    name = segment_files.name_of(path)
    row = connection.execute(
        "SELECT number, committed FROM segment WHERE name = ?", (name,)
    ).fetchone()
    end = row["committed"] if row else 0
    if row and segment_files.size_of(path) <= end:
        return TakenIn(end, [], [])
    seqs: list[int] = []
    refused: list[Message] = []
    with transaction(connection):
        if row is None:
            connection.execute("INSERT INTO segment (name, committed) VALUES (?, 0)", (name,))
            row = connection.execute("SELECT last_insert_rowid() AS number").fetchone()
        grouper, intake = Grouper(), CaptureRows(connection)
        for member in segments.walk(path, end):
            try:
                record = records.parse_member(member.data)
            except ArchiveDamaged:
                break
            group = grouper.add(Placed(member.offset, member.length, record))
            del member
            if group is None:
                continue
            end = group.end
            try:
                seq = intake.take_in(row["number"], group)
            except NotTakenIn as reason:
                name, at = path.name, group.last.offset
                refused.append(Message("archive.at-offset", path=name, offset=at, what=reason.said))
                continue
            if seq is not None:
                seqs.append(seq)
                if read is not None:
                    read[seq] = group.last.record
        connection.execute(
            "UPDATE segment SET committed = ? WHERE number = ?", (end, row["number"])
        )
    return TakenIn(end, seqs, refused)


def why_refused(catalogue: Catalogue, group: Group) -> Message | None:
    """Why no row could be made of a group that is not written yet; None if it can be kept."""
    connection = catalogue.connection
    connection.execute("BEGIN")
    try:
        CaptureRows(connection).take_in(0, group)
    except NotTakenIn as reason:
        return reason.said
    finally:
        connection.execute("ROLLBACK")
    return None
