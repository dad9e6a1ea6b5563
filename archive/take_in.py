"""From WARC members to catalogue rows.

The catalogue learns of a record in no other way: a running crawl, the start after a crash and a
rebuild all come through here.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from archive import segments, warc
from archive.errors import ArchiveDamaged, StorageFailed
from archive.home import Home
from archive.records import Role
from archive.times import from_text, to_text

RUN_TARGET = "urn:hdnd:run:"


@dataclass(frozen=True, slots=True)
class _Placed:
    offset: int
    length: int
    record: warc.Record


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
    the number of captures and outcomes taken in, and the pieces moved aside.
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
        elif path.stat().st_size > end:
            raise ArchiveDamaged(
                f"{path}, offset {end}: the record here cannot be read",
                hint="Restore the file from a copy, or move it out of the folder and rebuild.",
            )
    return taken, cut


def take_in_segment(connection: sqlite3.Connection, path: Path) -> tuple[int, list[int]]:
    """Take in a segment from where the catalogue stands: the new end, and the new numbers."""
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
        group: list[_Placed] = []
        for member in segments.walk(path, end):
            try:
                record = warc.parse_member(member.data)
            except ArchiveDamaged:
                break
            group.append(_Placed(member.offset, member.length, record))
            if record.type in ("request", "metadata") and "WARC-Concurrent-To" in record.fields:
                continue
            try:
                seq = _take_in_group(connection, row["number"], group)
            except KeyError as error:
                raise ArchiveDamaged(
                    f"{path}, offset {member.offset}: the record lacks {error}, which every"
                    " record of this archive has",
                    hint="Only `hdnd` writes into this folder: move the file elsewhere.",
                ) from error
            if seq is not None:
                seqs.append(seq)
            end = member.offset + member.length
            group = []
        connection.execute(
            "UPDATE segment SET committed = ? WHERE number = ?", (end, row["number"])
        )
    return end, seqs


def _take_in_group(
    connection: sqlite3.Connection, segment: int, group: list[_Placed]
) -> int | None:
    last = group[-1]
    record = last.record
    if record.type == "warcinfo":
        _take_in_warcinfo(connection, record)
        return None
    if record.type == "metadata":
        return _take_in_metadata(connection, record)
    return _take_in_capture(connection, segment, last, group[:-1])


def _take_in_warcinfo(connection: sqlite3.Connection, record: warc.Record) -> None:
    values = record.values()
    connection.execute(
        "INSERT OR IGNORE INTO run VALUES (?, ?, ?, ?, ?, NULL, NULL, '{}')",
        (
            values["hdnd-run"],
            values["hdnd-crawl"],
            values["hdnd-site"],
            values["hdnd-site-description"],
            values["hdnd-run-started"],
        ),
    )


def _take_in_metadata(connection: sqlite3.Connection, record: warc.Record) -> int | None:
    values = record.values()
    target = record.fields["WARC-Target-URI"]
    if target.startswith(RUN_TARGET):
        connection.execute(
            "UPDATE run SET ended_at = ?, reason = ?, counts = ? WHERE id = ?",
            (
                _moment(record),
                values["run-ended"],
                values["counts"],
                target.removeprefix(RUN_TARGET),
            ),
        )
        return None
    seq = _next_seq(connection)
    run = values["hdnd-run"]
    connection.execute(
        "INSERT INTO outcome VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            seq,
            record.id,
            run,
            _site_of(connection, run),
            target,
            values["role"],
            values.get("via"),
            _moment(record),
            values["outcome"],
            values.get("detail", ""),
        ),
    )
    return seq


def _take_in_capture(
    connection: sqlite3.Connection, segment: int, placed: _Placed, before: list[_Placed]
) -> int:
    fields = placed.record.fields
    facts = next((p.record.values() for p in before if p.record.type == "metadata"), {})
    status, headers, payload = warc.split_http(placed.record.block)
    media_type = next((v for k, v in headers if k.lower() == "content-type"), "")
    length = len(payload)
    if placed.record.type == "revisit":
        original = connection.execute(
            "SELECT payload_length FROM capture WHERE record_id = ?", (fields["WARC-Refers-To"],)
        ).fetchone()
        length = original["payload_length"] if original else 0
    seq = _next_seq(connection)
    run = facts["hdnd-run"]
    connection.execute(
        "INSERT INTO capture VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            seq,
            placed.record.id,
            run,
            _site_of(connection, run),
            fields["WARC-Target-URI"],
            Role(facts["role"]).value,
            facts.get("via"),
            _moment(placed.record),
            status,
            media_type.partition(";")[0].strip().lower() or None,
            fields["WARC-Payload-Digest"],
            length,
            fields.get("WARC-Refers-To"),
            fields.get("WARC-Truncated"),
            segment,
            placed.offset,
            placed.length,
        ),
    )
    return seq


def _site_of(connection: sqlite3.Connection, run: str) -> str:
    row = connection.execute("SELECT site FROM run WHERE id = ?", (run,)).fetchone()
    return str(row["site"])


def _next_seq(connection: sqlite3.Connection) -> int:
    row = connection.execute(
        "SELECT max(coalesce((SELECT max(seq) FROM capture), 0),"
        " coalesce((SELECT max(seq) FROM outcome), 0)) AS last"
    ).fetchone()
    return int(row["last"]) + 1


def _moment(record: warc.Record) -> str:
    return to_text(from_text(record.fields["WARC-Date"]))


def counts_to_json(counts: dict[str, int]) -> str:
    """The counts of a run as one line, in a fixed order."""
    return json.dumps(counts, sort_keys=True)
