"""What makes a record of another program the same as one that is here.

An id should be a record's own (ISO 28500:2017 § 5.2). There are programs that give one to all, so
address, time and block count as well.
"""

from __future__ import annotations

import hashlib
from typing import NamedTuple

from archive.warc.digests import digest
from archive.warc.foreign_reader import ForeignRecord
from archive.warc.record_head import plain_address
from archive.warc.records import WarcRecord


class Identity(NamedTuple):
    """What two copies of a record share, however their heads are written."""

    url: str
    date: str
    block: str


def identity_of(record: ForeignRecord | WarcRecord) -> Identity:
    """The identity of a record, read from a file or from a segment."""
    whole = record.record if isinstance(record, ForeignRecord) else record
    url = plain_address(whole.fields.get("WARC-Target-URI", ""))
    return Identity(url, whole.fields.get("WARC-Date", ""), digest(whole.block))


def own_id(record: ForeignRecord) -> str:
    """An id that follows from a record's content, for one whose own another record has."""
    return f"<urn:hdnd:record:{hashlib.sha256(record.raw).hexdigest()}>"
