"""What checks of an archive found: `checks.jsonl`, a line each, beside the manifest.

It cannot be told from the segments, so that it is kept for as long as the archive is. A line is a
note, not a proof: whoever can write to the archive can write to it. A deposited head proves.
"""

from __future__ import annotations

import getpass
import json
import os
import socket
from contextlib import suppress
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from importlib.metadata import version

from archive.ground.home import Home
from archive.ground.times import from_text, to_text

_LOOKED_AT = 64 << 10


@dataclass(frozen=True, slots=True)
class CheckRecord:
    """One check that came to its end: when, by whom, what was read, what was found.

    `deep` says that what is derived was derived again; `since` is the number of the first segment
    that was read, 0 for all; `head` the manifest's; `damages` how many were found.
    """

    began: str
    ended: str
    by: str
    software: str
    deep: bool
    since: int
    segments: int
    records: int
    bytes: int
    head: str | None
    damages: int

    @property
    def ended_at(self) -> datetime:
        """When it ended."""
        return from_text(self.ended)


def log_check(
    home: Home,
    *,
    began: datetime,
    ended: datetime,
    deep: bool,
    since: int,
    read: tuple[int, int, int],
    head: str | None,
    damages: int,
) -> bool:
    """Add a line; False where the folder can't be written to. `read`: segments, records, bytes."""
    segments, records, octets = read
    record = CheckRecord(
        to_text(began),
        to_text(ended),
        _somebody(),
        f"hdnd-archive {version('hdnd-archive')}",
        deep,
        since,
        segments,
        records,
        octets,
        head,
        damages,
    )
    line = json.dumps(asdict(record), ensure_ascii=False, sort_keys=True).encode() + b"\n"
    try:
        with home.checks.open("ab") as file:
            file.write(line)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        return False
    return True


def last_checks(home: Home, most: int = 1) -> list[CheckRecord]:
    """The newest checks, the newest last; lines that are none are passed over."""
    try:
        with home.checks.open("rb") as file:
            file.seek(max(file.seek(0, os.SEEK_END) - _LOOKED_AT, 0))
            lines = file.read().splitlines()
    except OSError:
        return []
    return [record for line in lines if (record := _parsed(line))][-most:]


def _parsed(line: bytes) -> CheckRecord | None:
    try:
        values = json.loads(line)
        record = CheckRecord(**{field.name: values[field.name] for field in fields(CheckRecord)})
        counts = (record.since, record.segments, record.records, record.bytes, record.damages)
        texts = (record.began, record.ended, record.by, record.software, record.head or "")
        sound = all(type(c) is int and c >= 0 for c in counts) and type(record.deep) is bool
        sound = sound and all(isinstance(text, str) for text in texts)
        return record if sound and record.ended_at and from_text(record.began) else None
    except (ValueError, KeyError, TypeError, RecursionError):
        return None


def _somebody() -> str:
    with suppress(OSError, KeyError, ImportError):
        return f"{getpass.getuser()}@{socket.gethostname()}"
    return f"somebody@{socket.gethostname()}"
