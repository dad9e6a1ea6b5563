"""What checks of an archive found: `checks.jsonl`, a line each, beside the manifest.

It cannot be told from the segments, so that it is kept for as long as the archive is. A line is a
note, not a proof: whoever can write to the archive can write to it. A deposited head proves.
"""

from __future__ import annotations

import getpass
import json
import os
import re
import socket
from collections.abc import Collection
from contextlib import suppress
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from importlib.metadata import version

from archive.ground.home import Home
from archive.ground.plain_files import strangeness
from archive.ground.times import from_text, to_text
from archive.warc import segment_names
from archive.warc.segment_names import WORKER

_LOOKED_AT = 64 << 10
_READ = re.compile(rf"(?:(?:{WORKER}:)?\d{{1,7}}(?:-\d{{1,7}})?(?: |$))*")


@dataclass(frozen=True, slots=True)
class CheckRecord:
    """One check that came to its end: when, by whom, what was read, what was found.

    `deep` says that what is derived was derived again; `since` is the number of the first segment
    that was read, 0 for all; `head` the manifest's; `damages` how many were found; `read` the
    numbers of the segments, as in `1-5 9`, those of a worker after its name: `worker-1:3-7`.
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
    read: str = ""

    def has_read(self, segment: str) -> bool:
        """Whether the segment of this name was read, as far as the line says."""
        worker, number = _numbered(segment)
        for part in self.read.split():
            whose, _, numbers = part.rpartition(":")
            first, _, last = numbers.partition("-")
            if whose == worker and int(first) <= number <= int(last or first):
                return True
        return False

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
    segments: Collection[str],
    read: tuple[int, int],
    head: str | None,
    damages: int,
) -> bool:
    """Add a line; False where it can't be written.

    `segments`: the names of those that were read; `read`: records, bytes.
    """
    records, octets = read
    record = CheckRecord(
        to_text(began),
        to_text(ended),
        _somebody(),
        f"hdnd-archive {version('hdnd-archive')}",
        deep,
        since,
        len(segments),
        records,
        octets,
        head,
        damages,
        _ranges(segments),
    )
    line = json.dumps(asdict(record), ensure_ascii=False, sort_keys=True).encode() + b"\n"
    if strangeness(home.checks):
        return False
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
    if strangeness(home.checks):
        return []
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
        values = {"read": "", **values}
        record = CheckRecord(**{field.name: values[field.name] for field in fields(CheckRecord)})
        counts = (record.since, record.segments, record.records, record.bytes, record.damages)
        texts = (record.began, record.ended, record.by, record.software, record.head or "")
        sound = all(type(c) is int and c >= 0 for c in counts) and type(record.deep) is bool
        sound = sound and all(isinstance(text, str) for text in texts)
        sound = sound and bool(_READ.fullmatch(record.read))
        return record if sound and record.ended_at and from_text(record.began) else None
    except (ValueError, KeyError, TypeError, RecursionError):
        return None


def _ranges(names: Collection[str]) -> str:
    parts: list[tuple[str, int, int]] = []
    for worker, number in sorted({_numbered(name) for name in names}):
        if parts and parts[-1][0] == worker and parts[-1][2] == number - 1:
            parts[-1] = (worker, parts[-1][1], number)
        else:
            parts.append((worker, number, number))
    return " ".join(
        (f"{worker}:" if worker else "") + (f"{a}" if a == b else f"{a}-{b}")
        for worker, a, b in parts
    )


def _numbered(name: str) -> tuple[str, int]:
    """The worker whose segment this is, and its number; no worker on a machine that is alone."""
    told = segment_names.parse(name)
    if told is None:
        return "", 0
    return told.holder.worker if told.holder else "", told.number


def _somebody() -> str:
    with suppress(OSError, KeyError, ImportError):
        return f"{getpass.getuser()}@{socket.gethostname()}"
    return f"somebody@{socket.gethostname()}"
