"""One segment, byte by byte: which groups are sound, and what is wrong with the rest.

Checks what `warcio check` lets through as well: a torn last member, digests or dates that are
missing, more than one record in a member, records that do not belong together.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from archive.fixity.damage import RESTORE, Damage, DamagedPart
from archive.ground.errors import ArchiveDamaged
from archive.ground.message import Message
from archive.ground.times import from_text
from archive.warc import records, segments
from archive.warc.certificates import is_chain
from archive.warc.digests import digest, holds
from archive.warc.record_groups import Group, Grouper, Placed
from archive.warc.record_head import target_of

TRUNCATION = frozenset(("length", "time", "disconnect", "unspecified"))
"""The reasons for a truncated block (ISO 28500:2017 § 5.13)."""

_TYPES = records.CAPTURES | {"warcinfo", "request", "metadata"}
_REQUIRED = ("WARC-Record-ID", "WARC-Date", "WARC-Block-Digest", "Content-Type")


@dataclass(frozen=True, slots=True)
class Remnant:
    """Sound records of a group that has lost another."""

    members: tuple[Placed, ...]


def check_segment(
    path: Path,
    end: int,
    *,
    url_at: Callable[[int], str | None],
    sha256: hashlib._Hash | None = None,
) -> Iterator[Group | Remnant | Damage]:
    """The groups of a segment up to the offset `end`, and what is damaged, in their order.

    `url_at` tells which URL the records at an offset are about, for what can't be read itself. If
    nothing is damaged and `end` is that of the file, `sha256` is given all of its bytes.
    """
    grouper = Grouper()
    for piece in segments.walk_past_damage(path, end, sha256=sha256):
        if isinstance(piece, segments.Gap):
            what = Message("archive.bytes-no-record", count=piece.length)
            yield _damage(path, piece.offset, what, url_at(piece.offset))
            yield from _give_up(grouper)
            continue
        record, fault = _read(piece, grouper.listed_digest)
        if fault:
            url = _target(record) or url_at(piece.offset)
            yield _damage(path, piece.offset, fault, url, is_lost=record is None)
        if record is None:
            yield from _give_up(grouper)
            continue
        group = grouper.add(Placed(piece.offset, piece.length, record))
        if group:
            yield from _whole(path, group)
    if grouper.pending:
        last = grouper.pending[-1]
        what = Message("archive.following-records-lost")
        yield _damage(path, last.offset, what, _target(last.record))
        yield from _give_up(grouper)


def _read(
    member: segments.Member, listed: str | None
) -> tuple[records.WarcRecord | None, Message | None]:
    """The record, unless its content is not what was written; and what is wrong."""
    try:
        record = records.parse_member(member.data)
    except ArchiveDamaged as error:
        return None, error.said
    fault = None
    if listed:
        if digest(member.data) != listed:
            return None, records.of_record(
                record.fields, Message("archive.not-the-record-taken-in")
            )
    else:
        fault = _fault_of_ours(record)
        if fault:
            return None, records.of_record(record.fields, fault)
    if member.header != segments.GZIP_HEADER:
        fault = Message("archive.gzip-header-altered")
    return record, fault


def _fault_of_ours(record: records.WarcRecord) -> Message | None:
    fields = record.fields
    missing = [name for name in _REQUIRED if name not in fields]
    if record.type not in ("warcinfo", "metadata") and "WARC-Payload-Digest" not in fields:
        missing.append("WARC-Payload-Digest")
    if missing:
        return Message("archive.lacks", names=missing)
    if record.type not in _TYPES:
        return Message("archive.record-type-out-of-place", type=record.type)
    try:
        from_text(fields["WARC-Date"])
    except ValueError:
        return Message("archive.field-is", name="WARC-Date", value=fields["WARC-Date"])
    if fields.get("WARC-Truncated", "length") not in TRUNCATION:
        return Message("archive.field-is", name="WARC-Truncated", value=fields["WARC-Truncated"])
    if record.type in ("request", "response") and not _payload_holds(record):
        return Message("archive.payload-digest-wrong")
    if record.type == "revisit" and "WARC-Refers-To" not in fields:
        return Message("archive.refers-to-no-record")
    return None


def _payload_holds(record: records.WarcRecord) -> bool | None:
    stated = record.fields["WARC-Payload-Digest"]
    if record.type == "request":
        return holds(stated, record.block.partition(b"\r\n\r\n")[2])
    return stated == record.payload_digest or holds(stated, record.payload)


def _whole(path: Path, group: Group) -> Iterator[Group | Remnant | Damage]:
    last = group.last
    is_capture = last.record.type in records.CAPTURES and not is_chain(last.record)
    if is_capture and not {"hdnd-run", "role"} <= group.facts.keys():
        yield _damage(
            path,
            last.offset,
            Message("archive.reason-record-lost"),
            _target(last.record),
        )
        yield Remnant(group.members)
        return
    if not group.listed:
        for placed in group.members[:-1]:
            if placed.record.fields["WARC-Concurrent-To"] != last.record.id:
                fault = Message("archive.not-of-the-following-record")
                what = records.of_record(placed.record.fields, fault)
                yield _damage(path, placed.offset, what, _target(last.record))
    yield group


def _give_up(grouper: Grouper) -> Iterator[Remnant]:
    left = grouper.drop()
    if left:
        yield Remnant(tuple(left))


def _target(record: records.WarcRecord | None) -> str | None:
    if record is None or "WARC-Target-URI" not in record.fields:
        return None
    return target_of(record.fields)


def _damage(
    path: Path, offset: int, what: Message, url: str | None, *, is_lost: bool = True
) -> Damage:
    return Damage(DamagedPart.SEGMENT, path.name, what, RESTORE, offset, url, is_lost=is_lost)
