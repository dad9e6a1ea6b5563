"""What the object of a lease holds."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass, fields, replace
from typing import Self

from archive.ground.errors import ArchiveDamaged
from archive.ground.message import Message
from archive.ground.untrusted_json import parsed_json
from archive.warc.segment_names import WORKER

LONGEST = 3600
"""Seconds that a lease lasts at most without being renewed."""

_MOST_BYTES = 4096
_KINDS = {"epoch": int, "renewals": int, "seconds": float, "released": bool}


@dataclass(frozen=True, slots=True)
class LeaseRecord:
    """Who has a lease: `worker`, in a `process` of its own name, in an `epoch` that only rises.

    It lasts so many `seconds` from each of its `renewals`. The object stays when it is `released`,
    for its epoch.
    """

    epoch: int
    worker: str
    process: str
    seconds: float
    renewals: int = 0
    released: bool = False

    def renewed(self) -> Self:
        """The record of the next renewal."""
        return replace(self, renewals=self.renewals + 1)

    def encoded(self) -> bytes:
        """The bytes of the object; no two writings of one lease have the same."""
        return json.dumps(asdict(self), sort_keys=True).encode() + b"\n"


def decoded(data: bytes, name: str) -> LeaseRecord:
    """The record in an object of this name.

    Raises `ArchiveDamaged` for anything that `encoded` does not write.
    """
    try:
        values = parsed_json(data[:_MOST_BYTES].decode())
        record = LeaseRecord(**{field.name: values[field.name] for field in fields(LeaseRecord)})
        kinds = all(type(getattr(record, key)) is kind for key, kind in _KINDS.items())
        if (
            kinds
            and record.encoded() == data
            and record.epoch > 0
            and 0 < record.seconds <= LONGEST
            and re.fullmatch(WORKER, record.worker)
        ):
            return record
    except (ValueError, TypeError, KeyError, RecursionError):
        pass
    hint = Message("archive.look-at-the-lease")
    raise ArchiveDamaged("archive.lease-unreadable", name=name, hint=hint)
