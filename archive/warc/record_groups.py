"""Which records of a segment belong together: a capture and what was written with it.

A crawl writes `request`, `metadata`, `response | revisit`: the last member ends the group. Records
that were made elsewhere are kept as they are and may name each other in any way, so our own
`metadata` record comes first and lists the digests of the records that follow it in its group.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from archive.warc import records

FOLLOWING = "hdnd-records"
"""The field that lists the digests of the records that follow, each over the whole record."""

RECORD_ID = "hdnd-record-id"
"""The field that has the id of a record made elsewhere whose own is another's, or missing."""

POSTED_AS = "posted-as"
"""The field of our own record that names a posted form by its address, as the catalogue does."""
SOURCE = "hdnd-source"
"""The field that names the file which records made elsewhere came from."""


class Placed(NamedTuple):
    """A record and where its member lies in its segment."""

    offset: int
    length: int
    record: records.WarcRecord


@dataclass(frozen=True, slots=True)
class Group:
    """One whole group. `facts` are what our own `metadata` record says of it."""

    members: tuple[Placed, ...]
    facts: dict[str, str]

    @property
    def last(self) -> Placed:
        """The record that the group is about."""
        return self.members[-1]

    @property
    def end(self) -> int:
        """Where the next group begins."""
        return self.last.offset + self.last.length

    @property
    def listed(self) -> bool:
        """Whether the records after the first are listed by it, as those made elsewhere are."""
        return FOLLOWING in self.facts


@dataclass(slots=True)
class Grouper:
    """Collects records in the order of their segment. `pending` is the group not yet whole."""

    pending: list[Placed] = field(default_factory=list)
    _facts: dict[str, str] = field(default_factory=dict)

    def add(self, placed: Placed) -> Group | None:
        """The group that this record makes whole, if it does."""
        record = placed.record
        if record.type == "metadata" and not self._facts:
            self._facts = record.values()
        self.pending.append(placed)
        if FOLLOWING in self._facts:
            whole = len(self.pending) > len(self._facts[FOLLOWING].split())
        else:
            attached = "WARC-Concurrent-To" in record.fields
            whole = not (attached and record.type in ("request", "metadata"))
        if not whole:
            return None
        group = Group(tuple(self.pending), self._facts)
        self.drop()
        return group

    @property
    def listed_digest(self) -> str | None:
        """The digest that the group under way lists for its next record, if it lists any."""
        listed = self._facts.get(FOLLOWING, "").split()
        return listed[len(self.pending) - 1] if listed else None

    def drop(self) -> list[Placed]:
        """Give up the group not yet whole."""
        dropped, self.pending, self._facts = self.pending, [], {}
        return dropped
