"""Records that stand in a file far from the capture they belong to, found again for it.

A program may write all requests after all responses, or the parts of a record in different files.
What stands alone is put into a temporary SQLite file, which has no name and dies with the process.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from archive.warc.foreign_groups import ATTACHED, named_by, same_target
from archive.warc.foreign_reader import ForeignRecord
from archive.warc.record_head import parse_head

_SCHEMA = """
CREATE TABLE late (
    number INTEGER PRIMARY KEY, file TEXT NOT NULL, place TEXT NOT NULL, raw BLOB NOT NULL,
    claimed INTEGER NOT NULL DEFAULT 0);
CREATE TABLE key (key TEXT NOT NULL, late INTEGER NOT NULL);
CREATE INDEX key_key ON key (key);
"""


class LateRecords:
    """What stood alone when all files were looked through once."""

    def __init__(self) -> None:
        self._connection = sqlite3.connect("", isolation_level=None)
        self._connection.executescript(_SCHEMA)
        self._any = False

    def add(self, file: str, record: ForeignRecord) -> None:
        """Remember a request, metadata or continuation that stands alone in a file."""
        self._any = True
        row = self._connection.execute(
            "INSERT INTO late (file, place, raw) VALUES (?, ?, ?)", (file, record.place, record.raw)
        )
        keys = [(key, row.lastrowid) for key in _keys_of(record)]
        self._connection.executemany("INSERT INTO key VALUES (?, ?)", keys)

    def belonging_to(self, capture: ForeignRecord, *, has_request: bool) -> list[ForeignRecord]:
        """The requests and metadata that name a capture or are named by it.

        If it has no request, one that names nothing counts that has its address and date.
        """
        if not self._any:
            return []
        fields = capture.head.fields
        keys = [f"names {fields['WARC-Record-ID']}"] if "WARC-Record-ID" in fields else []
        keys += [f"is {value}" for value in capture.head.all("WARC-Concurrent-To")]
        if not has_request:
            keys.append(_unnamed(capture))
        found = self._look_up(keys)
        mine = {n: r for n, r in found.items() if same_target(r, capture)}
        self._claim(list(mine))
        return list(mine.values())

    def parts_of(self, record_id: str) -> dict[int, ForeignRecord]:
        """The continuations of a record that is split over several, by their numbers."""
        parts = self._look_up([f"continues {record_id}"])
        self._claim(list(parts))
        return {_number(part): part for part in parts.values()}

    def unclaimed(self) -> Iterator[tuple[str, ForeignRecord]]:
        """What belongs to no capture that was met, with the files that it stands in."""
        rows = self._connection.execute("SELECT * FROM late WHERE NOT claimed ORDER BY number")
        for _, file, place, raw, _ in rows:
            yield file, ForeignRecord(place, parse_head(raw), raw)

    def close(self) -> None:
        """Forget all."""
        self._connection.close()

    def _look_up(self, keys: list[str]) -> dict[int, ForeignRecord]:
        placeholders = ", ".join("?" * len(keys))
        rows = self._connection.execute(
            f"SELECT number, place, raw FROM late WHERE number IN"
            f" (SELECT late FROM key WHERE key IN ({placeholders})) ORDER BY number",
            keys,
        )
        return {number: ForeignRecord(place, parse_head(raw), raw) for number, place, raw in rows}

    def _claim(self, numbers: list[int]) -> None:
        self._connection.executemany(
            "UPDATE late SET claimed = 1 WHERE number = ?", [(number,) for number in numbers]
        )


def _keys_of(record: ForeignRecord) -> Iterator[str]:
    fields = record.head.fields
    if record.record.type not in ATTACHED:
        yield f"continues {fields.get('WARC-Segment-Origin-ID')}"
        return
    named = named_by(record)
    yield from (f"names {value}" for value in named)
    if "WARC-Record-ID" in fields:
        yield f"is {fields['WARC-Record-ID']}"
    if not named and record.record.type == "request":
        yield _unnamed(record)


def _unnamed(record: ForeignRecord) -> str:
    fields = record.head.fields
    return f"at {fields.get('WARC-Date')} {fields.get('WARC-Target-URI')}"


def _number(record: ForeignRecord) -> int:
    text = record.head.fields.get("WARC-Segment-Number", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
