"""The run that an import writes: groups of foreign records, put on the disk some at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from archive.catalogue.captures import capture_at, number_of, record_of
from archive.catalogue.originals import Referral, referral
from archive.catalogue.queries.imports import KeptUnread, is_imported, kept_unread
from archive.ground.message import Message
from archive.importing.identity import Identity, identity_of
from archive.importing.values import LeftOut
from archive.run import RunWriter
from archive.store import Archive
from archive.warc.digests import digest
from archive.warc.foreign_reader import ForeignRecord
from archive.warc.import_sources import Origin
from archive.warc.record_groups import FOLLOWING, RECORD_ID, SOURCE
from archive.warc.records import END_OF_RECORD, WarcRecord

KIND = "import"
"""The kind of a run that takes in what others captured."""

_UNRESOLVED = {
    Referral.HERE: None,
    Referral.NOT_HERE: LeftOut.UNRESOLVED,
    Referral.CONTRADICTED: LeftOut.CONTRADICTED,
    Referral.OUTDATED: LeftOut.OUTDATED,
}
_BATCH_BYTES = 4 << 20
_NO_CAPTURE = Identity("", "", "")


class ImportRun:
    """Writes one run at a time; what is held is what was written and what waits to be."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._run: RunWriter | None = None
        self._batch: list[bytes] = []
        self._waiting: dict[str, Identity] = {}
        self._bytes = 0

    def begin(self, site: Mapping[str, Any]) -> None:
        """Begin a run over a site, unless one is under way."""
        if self._run is None:
            self._run = self._archive.begin_run(site, **{"hdnd-kind": KIND})

    def end(self, counts: Mapping[str, int]) -> list[KeptUnread]:
        """Write what waits and end the run, if there is one; what it kept and can't be read."""
        self._write()
        if self._run is None:
            return []
        self._run.end("finished", dict(counts))
        unread = kept_unread(self._archive.catalogue, self._run.id)
        self._run = None
        return unread

    def held_as(self, record_id: str) -> Identity | None:
        """The record that has this id here; None if the id is free."""
        if record_id in self._waiting:
            return self._waiting[record_id]
        catalogue = self._archive.catalogue
        seq = number_of(catalogue, record_id)
        if seq is not None:
            return identity_of(record_of(catalogue.home, capture_at(catalogue, seq)))
        return _NO_CAPTURE if is_imported(catalogue, record_id) else None

    def why_unresolved(self, revisit: WarcRecord) -> LeftOut | None:
        """Why the response that a revisit refers to can't be told; None if it is here."""
        found = referral(self._archive.catalogue, revisit)
        if found is not Referral.HERE and self._batch:
            self._write()
            found = referral(self._archive.catalogue, revisit)
        return _UNRESOLVED[found]

    def add(
        self,
        origin: Origin,
        records: Sequence[ForeignRecord],
        record_id: str,
        identity: Identity,
        **facts: str,
    ) -> Message | None:
        """Take in a group whose last record is known as `record_id`; why not, if it can't be."""
        assert self._run is not None
        # Not sooner: what was added last is let go of by now, and may be large.
        if self._bytes > _BATCH_BYTES:
            self._write()
        last = records[-1]
        values = {
            "hdnd-run": self._run.id,
            **facts,
            SOURCE: origin.name,
            "source-digest": origin.digest,
            "source-offset": last.place,
            **last.made,
            FOLLOWING: " ".join(digest(record.raw, END_OF_RECORD) for record in records),
        }
        if record_id != last.head.fields.get("WARC-Record-ID"):
            values[RECORD_ID] = record_id
        group = self._run.foreign_group(last.record, values, [record.raw for record in records])
        refused = self._run.why_refused(group[0], [record.record for record in records])
        if refused:
            return refused
        self._waiting[record_id] = identity
        self._batch += group
        self._bytes += sum(map(len, group))
        return None

    def _write(self) -> None:
        if self._batch and self._run:
            self._run.keep_foreign(self._batch)
        self._batch, self._waiting, self._bytes = [], {}, 0
