"""Which records of another program's WARC belong to one capture.

Programs write request, response and metadata of an exchange next to each other, in any order, and
name one of the others in `WARC-Concurrent-To`, or none. What stands further away is found by
`archive.warc.late_records`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from archive.warc.foreign_reader import ForeignRecord, Unreadable
from archive.warc.record_head import plain_address
from archive.warc.records import CAPTURES

ATTACHED = frozenset(("request", "metadata"))
"""The types of the records that belong to a capture."""

_WAITING = 8
_TOGETHER_WITH = ("WARC-Concurrent-To", "WARC-Refers-To")


@dataclass(frozen=True, slots=True)
class ForeignCapture:
    """A capture of another program with the records that were written beside it."""

    capture: ForeignRecord
    beside: tuple[ForeignRecord, ...]


@dataclass(frozen=True, slots=True)
class Alone:
    """A record that is neither a capture nor next to one that it belongs to."""

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
        elif item.record.type in CAPTURES:
            yield from ((name, found) for found in cluster.begin(item))
        elif item.record.type in ATTACHED:
            yield from ((name, found) for found in cluster.attach(item))
        else:
            yield name, Alone(item)
    yield from ((within, left) for left in _rest(cluster))


def named_by(record: ForeignRecord) -> list[str]:
    """The ids of the records that one says it belongs to."""
    return [value for name in _TOGETHER_WITH for value in record.head.all(name)]


def same_target(record: ForeignRecord, other: ForeignRecord) -> bool:
    """Whether two records are about one address; one that names none may be about any."""
    targets = [r.head.fields.get("WARC-Target-URI") for r in (record, other)]
    return None in targets or len({plain_address(target or "") for target in targets}) == 1


def _rest(cluster: _Cluster) -> Iterator[ForeignCapture | Alone]:
    yield from cluster.end()
    yield from (Alone(record) for record in cluster.waiting)
    cluster.waiting = []


def _belongs(record: ForeignRecord, capture: ForeignRecord) -> bool:
    """Whether they name each other; a program may give one id to all, so the address counts too."""
    if not same_target(record, capture):
        return False
    named = named_by(record)
    if capture.head.fields.get("WARC-Record-ID") in named:
        return True
    if record.head.fields.get("WARC-Record-ID") in capture.head.all("WARC-Concurrent-To"):
        return True
    return not named and record.record.type == "request"
