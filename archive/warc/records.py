"""WARC/1.1 records (ISO 28500:2017) read back from the bytes of their gzip members."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from archive.ground.errors import ArchiveDamaged
from archive.ground.message import Message
from archive.warc.digests import digest, holds
from archive.warc.http_response import Headers, ResponseHead, head_of, payload_in
from archive.warc.record_head import parse_head, split_lines

END_OF_RECORD = b"\r\n\r\n"
"""What follows the block of every record (ISO 28500:2017 § 4)."""

CAPTURES = frozenset(("response", "revisit", "resource"))
"""The types of the records that are captures."""


@dataclass(frozen=True, slots=True)
class Original:
    """The response that a revisit refers to.

    `confirmed` is the digest of its payload where a server said that it stands unmodified; None
    where the same payload came again.
    """

    record_id: str
    url: str
    captured_at: datetime
    confirmed: str | None = None


@dataclass(frozen=True)
class WarcRecord:
    """One record read back: its type, its named fields and its block."""

    type: str
    fields: Mapping[str, str]
    block: bytes

    @property
    def id(self) -> str:
        """The record's globally unique identifier."""
        return self.fields["WARC-Record-ID"]

    @cached_property
    def message(self) -> tuple[int, Headers, bytes]:
        """Status, header lines and payload; a `resource` record is its own payload."""
        payload = self.block if self.type == "resource" else bytes(self.payload)
        return self.head.status, self.head.headers, payload

    @cached_property
    def head(self) -> ResponseHead:
        """The head of its message; that of a `resource` record is made up for it."""
        if self.type != "resource":
            return head_of(self.block)
        named = (("Content-Type", self.fields.get("Content-Type", "")),)
        return ResponseHead(200, named, 0, chunked=False)

    @property
    def payload(self) -> bytes | memoryview:
        """The payload, which may be large: not copied if it need not be."""
        return payload_in(self.block, self.head)[0]

    @cached_property
    def payload_digest(self) -> str:
        """The digest of that payload, in our form."""
        return digest(self.payload)

    @property
    def why_truncated(self) -> str | None:
        """Why its block is not all of what was sent (ISO 28500:2017 § 5.13), None if it is.

        Of a chunked body without its last chunk `unspecified`, whatever the record says.
        """
        stated = self.fields.get("WARC-Truncated")
        if stated or self.type != "response" or not self.head.chunked:
            return stated
        return None if payload_in(self.block, self.head)[1] else "unspecified"

    @property
    def is_as_stated(self) -> bool:
        """Whether its block digest holds; that of some programs is the payload's."""
        stated = self.fields.get("WARC-Block-Digest", "")
        return holds(stated, self.block) is not False or holds(stated, self.payload) is True

    def values(self) -> dict[str, str]:
        """The block of an `application/warc-fields` record as name and value."""
        return dict(split_lines(self.block.decode("utf-8")))


def parse_member(data: bytes) -> WarcRecord:
    """The record in the uncompressed bytes of one member; its block digest must hold.

    Raises `ArchiveDamaged` if the bytes are no whole record.
    """
    head = parse_head(data)
    fields = head.fields
    block = data[head.start : head.end]
    if data[head.end :] != END_OF_RECORD:
        raise ArchiveDamaged(of_record(fields, Message("archive.ends-in-the-wrong-place")))
    record = WarcRecord(fields.get("WARC-Type", "").lower(), fields, block)
    if not record.is_as_stated:
        raise ArchiveDamaged(of_record(fields, Message("archive.block-digest-wrong")))
    return record


def of_record(fields: Mapping[str, str], fault: Message) -> Message:
    """What is wrong with a record, and which one it is."""
    id_ = fields.get("WARC-Record-ID")
    named = Message("archive.record", id=id_) if id_ else Message("archive.record-without-id")
    return Message("archive.of-record", record=named, fault=fault)
