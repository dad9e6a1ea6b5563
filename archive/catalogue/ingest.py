"""The catalogue brought up to the end of the segments.

It learns of a record in no other way: a running crawl, the start after a crash and a rebuild all
come through here.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from archive.catalogue.capture_rows import CaptureRows
from archive.ground.errors import ArchiveDamaged, StorageFailed
from archive.ground.home import Home
from archive.warc import records, segments
from archive.warc.record_groups import Group, Grouper, Placed


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All of the block's changes or none."""
    try:
        connection.execute("BEGIN IMMEDIATE")
        yield
        connection.execute("COMMIT")
    except BaseException as error:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        if isinstance(error, sqlite3.OperationalError):
            raise StorageFailed(
                f"the catalogue could not be written: {error}",
                hint="What was kept before is safe. Mend the disk, then run the command again.",
            ) from error
        raise


def take_in_new(home: Home, connection: sqlite3.Connection) -> tuple[int, list[Path]]:
    """Take in every whole record that the catalogue does not know yet, segment by segment.

    A torn end of a segment that was still open is moved aside and the segment closed. Returns
    the number of captures, outcomes and acts taken in, and the pieces moved aside.
    """
    taken, cut = 0, []
    for path in sorted(home.warc.glob("*.warc.gz*")):
        end, seqs = take_in_segment(connection, path)
        taken += len(seqs)
        if path.name.endswith(segments.OPEN_SUFFIX):
            piece = segments.cut_tail(path, end, home.aside)
            if piece:
                cut.append(piece)
            segments.close_segment(path)
        elif path.stat().st_size < end:
            raise ArchiveDamaged(
                f"{path}: the last {end - path.stat().st_size} bytes are missing",
                hint="Restore the file from a copy; or `hdnd repair` sets it aside and keeps all"
                " of its sound records.",
            )
        elif path.stat().st_size > end:
            raise ArchiveDamaged(
                f"{path}, offset {end}: the record here cannot be read",
                hint="Restore the file from a copy; or `hdnd repair` sets it aside and keeps all"
                " of its sound records.",
            )
    return taken, cut


def knows_too_much(home: Home, connection: sqlite3.Connection) -> bool:
    """Whether the catalogue knows records that an open segment has lost.

    That takes a disk that kept less than it said it had. The segments count, not the catalogue.
    """
    for path in home.warc.glob(f"*{segments.OPEN_SUFFIX}"):
        row = connection.execute(
            "SELECT s.committed, c.offset, c.length FROM segment s"
            " LEFT JOIN capture c ON c.segment = s.number"
            " WHERE s.name = ? ORDER BY c.offset DESC LIMIT 1",
            (path.name.removesuffix(segments.OPEN_SUFFIX),),
        ).fetchone()
        if row is None:
            continue
        if path.stat().st_size < row["committed"]:
            return True
        if row["offset"] is not None:
            try:
                records.parse_member(segments.read_member(path, row["offset"], row["length"]))
            except ArchiveDamaged:
                return True
    return False


def take_in_segment(
    connection: sqlite3.Connection, path: Path, read: dict[int, records.WarcRecord] | None = None
) -> tuple[int, list[int]]:
    """Take in a segment from where the catalogue stands: the new end, and the new numbers.

    The records that got these numbers are put into `read`.
    """
    name = path.name.removesuffix(segments.OPEN_SUFFIX)
    row = connection.execute(
        "SELECT number, committed FROM segment WHERE name = ?", (name,)
    ).fetchone()
    end = row["committed"] if row else 0
    if row and path.stat().st_size <= end:
        return end, []
    seqs: list[int] = []
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
            if group is None:
                continue
            seq = _take_in_group(intake, row["number"], group, f"{path}, offset {member.offset}")
            if seq is not None:
                seqs.append(seq)
                if read is not None:
                    read[seq] = group.last.record
            end = group.end
        connection.execute(
            "UPDATE segment SET committed = ? WHERE number = ?", (end, row["number"])
        )
    return end, seqs


def _take_in_group(intake: CaptureRows, segment: int, group: Group, where: str) -> int | None:
    try:
        return intake.take_in(segment, group)
    except KeyError as error:
        raise ArchiveDamaged(
            f"{where}: the record lacks {error}, which every record of this archive has",
            hint="Only `hdnd` writes into this folder: move the file elsewhere.",
        ) from error
    except sqlite3.IntegrityError as error:
        raise ArchiveDamaged(
            f"{where}: another segment holds this record already",
            hint="The file looks like a copy: move it out of this folder.",
        ) from error
