"""From WARC members to catalogue rows.

The catalogue learns of a record in no other way: a running crawl, the start after a crash and a
rebuild all come through here.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import cast

from archive import mementos, segments, warc
from archive.digests import digest
from archive.errors import ArchiveDamaged, StorageFailed
from archive.groups import SOURCE, Group, Grouper, Placed
from archive.heads import target_of
from archive.home import Home
from archive.http_block import media_type_of
from archive.records import Memento, Role
from archive.times import from_text, to_text

RUN_TARGET = "urn:hdnd:run:"
ARTICLE_TARGET = "urn:hdnd:article:"
SEGMENT_TARGET = "urn:hdnd:segment:"
SUSPICION_TARGET = "urn:hdnd:suspicion:"

_INSERT_CAPTURE = "INSERT INTO capture VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"


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
                warc.parse_member(segments.read_member(path, row["offset"], row["length"]))
            except ArchiveDamaged:
                return True
    return False


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
        grouper = Grouper()
        for member in segments.walk(path, end):
            try:
                record = warc.parse_member(member.data)
            except ArchiveDamaged:
                break
            group = grouper.add(Placed(member.offset, member.length, record))
            if group is None:
                continue
            try:
                seq = take_in_group(connection, row["number"], group)
            except KeyError as error:
                raise ArchiveDamaged(
                    f"{path}, offset {member.offset}: the record lacks {error}, which every"
                    " record of this archive has",
                    hint="Only `hdnd` writes into this folder: move the file elsewhere.",
                ) from error
            except sqlite3.IntegrityError as error:
                raise ArchiveDamaged(
                    f"{path}, offset {member.offset}: another segment holds this record already",
                    hint="The file looks like a copy: move it out of this folder.",
                ) from error
            if seq is not None:
                seqs.append(seq)
            end = group.end
        connection.execute(
            "UPDATE segment SET committed = ? WHERE number = ?", (end, row["number"])
        )
    return end, seqs


def take_in_group(connection: sqlite3.Connection, segment: int, group: Group) -> int | None:
    """Make the rows of one group; the number it got, None for what is not numbered."""
    record = group.last.record
    if group.listed:
        return _take_in_foreign(connection, segment, group)
    if record.type == "warcinfo":
        _take_in_warcinfo(connection, record)
        return None
    if record.type == "metadata":
        if mementos.SAME_AS in group.facts:
            return _take_in_same(connection, segment, group.last)
        return _take_in_metadata(connection, record)
    return _take_in_capture(connection, segment, group)


def _take_in_foreign(connection: sqlite3.Connection, segment: int, group: Group) -> int | None:
    """A record made elsewhere: a capture, or the `warcinfo` that such captures refer to."""
    record, facts = group.last.record, group.facts
    seq = None
    if record.type in warc.CAPTURES:
        seq = _take_in_capture(connection, segment, group)
    if SOURCE in facts:
        stated = record.fields.get("WARC-Payload-Digest") if record.type != "revisit" else None
        connection.execute(
            "INSERT INTO imported VALUES (?, ?, ?, ?, ?, ?)",
            (
                record.id,
                seq,
                facts[SOURCE],
                facts["source-digest"],
                facts["source-offset"],
                stated,
            ),
        )
    return seq


def _take_in_warcinfo(connection: sqlite3.Connection, record: warc.Record) -> None:
    values = record.values()
    connection.execute(
        "INSERT OR IGNORE INTO run VALUES (?, ?, ?, ?, ?, ?, NULL, NULL, '{}')",
        (
            values["hdnd-run"],
            values["hdnd-crawl"],
            values["hdnd-site"],
            values.get("hdnd-kind", ""),
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
    if target.startswith(SEGMENT_TARGET):
        return None
    seq = _next_seq(connection)
    run = values["hdnd-run"]
    if target.startswith(ARTICLE_TARGET):
        connection.execute(
            "INSERT INTO withholding VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                seq,
                record.id,
                run,
                target.removeprefix(ARTICLE_TARGET),
                values["act"],
                _moment(record),
                values["reason"],
                values.get("by"),
            ),
        )
        return seq
    if target.startswith(SUSPICION_TARGET):
        connection.execute(
            "INSERT INTO suspicion VALUES (?, ?, ?, ?, ?, ?)",
            (seq, record.id, run, _moment(record), values["reason"], values["captures"]),
        )
        return seq
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


def _take_in_capture(connection: sqlite3.Connection, segment: int, group: Group) -> int:
    placed, facts = group.last, group.facts
    record = placed.record
    status, headers, payload = record.message
    memento = mementos.memento_in(facts)
    if memento:
        found = mementos.find(memento, status, headers, payload)
        if found:
            return _take_in_memento(connection, segment, group, memento, found)
    payload_digest, length = record.payload_digest, len(payload)
    media_type, refers_to = media_type_of(headers), None
    if record.type == "revisit":
        original = original_record(connection, record.fields)
        payload_digest = record.fields.get("WARC-Payload-Digest", payload_digest)
        refers_to = record.fields.get("WARC-Refers-To", "unknown")
        if original:
            refers_to, payload_digest = original["record_id"], original["payload_digest"]
            length = original["payload_length"]
        if original and not record.block:
            status = original["status"]
        if original and media_type is None:
            media_type = original["media_type"]
    seq = _next_seq(connection)
    run = facts["hdnd-run"]
    connection.execute(
        _INSERT_CAPTURE,
        (
            seq,
            record.id,
            run,
            _site_of(connection, run),
            target_of(record.fields),
            Role(facts["role"]).value,
            facts.get("via"),
            _moment(record),
            status,
            media_type,
            payload_digest,
            length,
            refers_to,
            record.fields.get("WARC-Truncated"),
            segment,
            placed.offset,
            placed.length,
        ),
    )
    return seq


def _take_in_memento(
    connection: sqlite3.Connection,
    segment: int,
    group: Group,
    memento: Memento,
    found: mementos.Found,
) -> int:
    """A web archive's capture, under the address and time that it had there."""
    placed, facts = group.last, group.facts
    asked_for = mementos.is_asked_for(memento, found)
    seq = _next_seq(connection)
    _insert_memento(connection, seq, placed.record, memento, memento.digest if asked_for else None)
    connection.execute(
        _INSERT_CAPTURE,
        (
            seq,
            placed.record.id,
            facts["hdnd-run"],
            _site_of(connection, facts["hdnd-run"]),
            found.url,
            memento.role.value,
            facts.get("via"),
            to_text(found.captured_at),
            found.status,
            media_type_of(found.headers),
            digest(found.payload),
            len(found.payload),
            None,
            placed.record.fields.get("WARC-Truncated") or found.truncated,
            segment,
            placed.offset,
            placed.length,
        ),
    )
    return seq


def _take_in_same(connection: sqlite3.Connection, segment: int, placed: Placed) -> int:
    """A web archive's capture that has, by its index, the content of one that is held."""
    record, values = placed.record, placed.record.values()
    memento = mementos.memento_in(values)
    original = connection.execute(
        "SELECT * FROM capture WHERE record_id = ?", (values[mementos.SAME_AS],)
    ).fetchone()
    if memento is None or original is None:
        raise KeyError(mementos.SAME_AS)
    seq = _next_seq(connection)
    _insert_memento(connection, seq, record, memento, memento.digest)
    connection.execute(
        _INSERT_CAPTURE,
        (
            seq,
            record.id,
            values["hdnd-run"],
            _site_of(connection, values["hdnd-run"]),
            memento.url,
            memento.role.value,
            values.get("via"),
            to_text(memento.captured_at),
            original["status"],
            original["media_type"],
            original["payload_digest"],
            original["payload_length"],
            original["record_id"],
            original["truncated"],
            segment,
            placed.offset,
            placed.length,
        ),
    )
    return seq


def _insert_memento(
    connection: sqlite3.Connection,
    seq: int,
    record: warc.Record,
    memento: Memento,
    digest: str | None,
) -> None:
    connection.execute(
        "INSERT INTO memento VALUES (?, ?, ?, ?, ?, ?)",
        (
            seq,
            memento.source,
            memento.form.value,
            target_of(record.fields),
            _moment(record),
            digest,
        ),
    )


def original_record(
    connection: sqlite3.Connection, fields: Mapping[str, str]
) -> sqlite3.Row | None:
    """The response in the catalogue that the fields of a revisit record refer to.

    By record id; else by URL and date; else by the payload digest that its own maker stated.
    """
    query = "SELECT * FROM capture WHERE refers_to IS NULL AND "
    found = connection.execute(query + "record_id = ?", (fields.get("WARC-Refers-To"),)).fetchone()
    url, date = fields.get("WARC-Refers-To-Target-URI"), fields.get("WARC-Refers-To-Date")
    if found is None and url and date:
        found = connection.execute(
            query + "url = ? AND captured_at = ? ORDER BY seq LIMIT 1",
            (url.strip("<>"), to_text(from_text(date))),
        ).fetchone()
    stated = fields.get("WARC-Payload-Digest")
    if found is None and stated:
        found = connection.execute(
            query + "(payload_digest = :stated OR seq IN"
            " (SELECT seq FROM imported WHERE stated = :stated)) ORDER BY seq LIMIT 1",
            {"stated": stated},
        ).fetchone()
    return cast("sqlite3.Row | None", found)


def _site_of(connection: sqlite3.Connection, run: str) -> str:
    row = connection.execute("SELECT site FROM run WHERE id = ?", (run,)).fetchone()
    return str(row["site"])


def _next_seq(connection: sqlite3.Connection) -> int:
    row = connection.execute(
        "SELECT max(coalesce((SELECT max(seq) FROM capture), 0),"
        " coalesce((SELECT max(seq) FROM outcome), 0),"
        " coalesce((SELECT max(seq) FROM withholding), 0),"
        " coalesce((SELECT max(seq) FROM suspicion), 0)) AS last"
    ).fetchone()
    return int(row["last"]) + 1


def _moment(record: warc.Record) -> str:
    return to_text(from_text(record.fields["WARC-Date"]))


def counts_to_json(counts: dict[str, int]) -> str:
    """The counts of a run as one line, in a fixed order."""
    return json.dumps(counts, sort_keys=True)
