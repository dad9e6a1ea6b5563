"""Which records of another program's WARC belong to one capture.

Programs write request, response and metadata of an exchange next to each other, in any order, and
name one of the others in `WARC-Concurrent-To`, or none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from archive.warc.foreign_reader import ForeignRecord, Unreadable
from archive.warc.records import CAPTURES

_WAITING = 8
_ATTACHED = ("request", "metadata")
_TOGETHER_WITH = ("WARC-Concurrent-To", "WARC-Refers-To")


@dataclass(frozen=True, slots=True)
class ForeignCapture:
    """A capture of another program with the records that were written beside it."""

    capture: ForeignRecord
    beside: tuple[ForeignRecord, ...]


@dataclass(frozen=True, slots=True)
class Alone:
    """A record that is neither a capture nor part of one."""

    record: ForeignRecord


@dataclass(slots=True)
class _Cluster:
    capture: ForeignRecord | None = None
    beside: list[ForeignRecord] = field(default_factory=list)
    waiting: list[ForeignRecord] = field(default_factory=list)

    def end(self) -> Iterator[ForeignCapture]:
        if self.capture:
            yield ForeignCapture(self.capture, tuple(self.beside))
        self.capture, self.beside = None, []

    def begin(self, capture: ForeignRecord) -> Iterator[ForeignCapture | Alone]:
        yield from self.end()
        self.capture = capture
        for record in self.waiting:
            if _belongs(record, capture):
                self.beside.append(record)
            else:
                yield Alone(record)
        self.waiting = []

    def attach(self, record: ForeignRecord) -> Iterator[Alone]:
        if self.capture and _belongs(record, self.capture):
            self.beside.append(record)
            return
        self.waiting.append(record)
        if len(self.waiting) > _WAITING:
            yield Alone(self.waiting.pop(0))


def group_records(
    records: Iterable[tuple[str, ForeignRecord | Unreadable]],
) -> Iterator[tuple[str, ForeignCapture | Alone | Unreadable]]:
    """Captures with what belongs to them, and all else, each with the name it came with."""
    cluster, within = _Cluster(), ""
    for name, item in records:
        if name != within:
            yield from ((within, left) for left in _rest(cluster))
            within = name
        if isinstance(item, Unreadable):
            yield name, item
        elif item.head.fields.get("WARC-Type") in CAPTURES:
            yield from ((name, found) for found in cluster.begin(item))
        elif item.head.fields.get("WARC-Type") in _ATTACHED:
            yield from ((name, found) for found in cluster.attach(item))
        else:
            yield name, Alone(item)
    yield from ((within, left) for left in _rest(cluster))


def _rest(cluster: _Cluster) -> Iterator[ForeignCapture | Alone]:
    yield from cluster.end()
    yield from (Alone(record) for record in cluster.waiting)
    cluster.waiting = []


def _belongs(record: ForeignRecord, capture: ForeignRecord) -> bool:
    own, its = record.head.fields, capture.head.fields
    named = [value for name in _TOGETHER_WITH for value in record.head.all(name)]
    if its.get("WARC-Record-ID") in named:
        return True
    if own.get("WARC-Record-ID") in capture.head.all("WARC-Concurrent-To"):
        return True
    same_target = own.get("WARC-Target-URI") == its.get("WARC-Target-URI")
    return not named and own.get("WARC-Type") == "request" and same_target
