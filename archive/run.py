"""A run: what one crawl writes into segments of its own."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from importlib.metadata import version
from itertools import islice
from typing import Any, Protocol

from archive.catalogue import capture_rows, ingest, mementos
from archive.catalogue.captures import capture_at, confirmed_by, original_of
from archive.catalogue.database import Catalogue
from archive.catalogue.queries.certificates import holds_chain
from archive.ground.errors import ArchiveDamaged
from archive.ground.home import Home
from archive.ground.message import Message
from archive.ground.times import to_text, to_timestamp14
from archive.model import Capture, Exchange, Memento, Outcome, Page, Role
from archive.warc import manifest, records, segment_files, segments
from archive.warc.certificates import certificate_digest, chain_member
from archive.warc.record_groups import RECORD_ID, Group, Placed
from archive.warc.record_head import target_of
from archive.warc.record_writer import capture_group, metadata_member, warcinfo_member
from archive.warc.records import END_OF_RECORD
from archive.warc.segment_names import LeaseHolder, SegmentName

SEGMENT_LIMIT = 256 << 20
"""Bytes after which a segment is closed and the next one begun."""

_MOST_TOGETHER = 1 << 20
"""Bytes of bodies after which no more exchanges are put on the disk together."""

_MOST_NOTES = 1000
"""Outcomes that are put on the disk together."""


class OpenArchive(Protocol):
    """What a run needs of the archive that it writes to: `archive.store.Archive` gives it."""

    home: Home
    holder: LeaseHolder | None
    clock: Callable[[], datetime]

    @property
    def catalogue(self) -> Catalogue:
        """The catalogue of what is written."""

    def derive(self) -> int:
        """Bring what is derived up to the last record."""

    def derive_one(self, capture: Capture) -> Page:
        """Read a capture back, extract it and store the page."""

    def derive_all(
        self, captures: Sequence[tuple[Capture, records.WarcRecord | None]]
    ) -> list[Page]:
        """The same for captures that were just kept, with their records."""


class RunWriter:
    """Keeps exchanges and outcomes of one run; each call returns when its record is on the disk."""

    def __init__(
        self,
        archive: OpenArchive,
        description: Mapping[str, Any],
        crawl: str | None,
        about: Mapping[str, str],
    ) -> None:
        self._archive = archive
        self._holder = archive.holder
        self._started_at = archive.clock()
        self.site = str(description["id"])
        self.id = f"{to_timestamp14(self._started_at)}-{uuid.uuid4().hex[:6]}"
        self.crawl = crawl or self.id
        self._about = {
            "software": f"hdnd-archive/{version('hdnd-archive')} (warcio/{version('warcio')})",
            "format": "WARC File Format 1.1",
            "conformsTo": "http://iipc.github.io/warc-specifications/specifications/warc-format/"
            "warc-1.1/",
            **about,
            "hdnd-run": self.id,
            "hdnd-run-started": to_text(self._started_at),
            "hdnd-crawl": self.crawl,
            "hdnd-site": self.site,
            "hdnd-site-description": json.dumps(
                description, ensure_ascii=False, sort_keys=True, default=str
            ),
        }
        if held := self._holder:
            self._about |= {"hdnd-worker": held.worker, "hdnd-epoch": str(held.epoch)}
        self._segment = self._open_segment()

    def keep(self, exchange: Exchange, *, confirms: Capture | None = None) -> Capture:
        """Put an exchange on the disk, then into the catalogue.

        `confirms` is the capture that a 304 says is what the server would send still.
        """
        (((capture, _),),) = self.keep_all([(exchange, confirms)])
        return capture

    def keep_all(
        self, exchanges: Iterable[tuple[Exchange, Capture | None]]
    ) -> Iterator[list[tuple[Capture, records.WarcRecord]]]:
        """Put exchanges, each with what it confirms, on the disk and then into the catalogue.

        Those that may go together share one sync and one transaction; they are given back, with
        their records as they were read from the disk, before the next are put there.
        """
        for together in _in_groups(exchanges):
            warcinfo_id = self._warcinfo()
            chains = self._chains_of([exchange for exchange, _ in together], warcinfo_id)
            members = chains
            for one in together:
                members += self._members_of(*one, warcinfo_id)
            read: dict[int, records.WarcRecord] = {}
            self._append(members, read)
            yield [
                (capture_at(self._archive.catalogue, seq), record) for seq, record in read.items()
            ]

    def _members_of(
        self, exchange: Exchange, confirms: Capture | None, warcinfo_id: str
    ) -> list[bytes]:
        if confirms:
            original: records.Original | None = confirmed_by(self._archive.catalogue, confirms)
        else:
            # What another site's segments hold may lie with another worker.
            site = self.site if self._holder else None
            original = original_of(self._archive.catalogue, exchange, site=site)
        return capture_group(
            exchange,
            run=self.id,
            warcinfo_id=warcinfo_id,
            original=original,
            about=mementos.facts_of(exchange.memento) if exchange.memento else {},
        )

    def _chains_of(self, exchanges: Sequence[Exchange], warcinfo_id: str) -> list[bytes]:
        """The records of the certificate chains that the archive does not hold yet."""
        met = {one.encryption.chain[0]: one for one in exchanges if one.encryption}
        return [
            chain_member(one.encryption.chain, one.started_at, warcinfo_id=warcinfo_id)
            for der, one in met.items()
            if one.encryption and not holds_chain(self._archive.catalogue, certificate_digest(der))
        ]

    def note(self, url: str, role: Role, outcome: Outcome, detail: str, via: str | None) -> None:
        """Record the end of a request that left no response."""
        self.note_all([(url, role)], outcome, detail, via)

    def note_all(
        self,
        asked: Iterable[tuple[str, Role]],
        outcome: Outcome,
        detail: str,
        via: str | None,
    ) -> None:
        """Record that requests, each a URL and its role, had the same end without a response.

        They share syncs and transactions; a crash leaves the first of them, each one whole.
        """
        about = {"outcome": outcome.value, "detail": detail, "via": via, "hdnd-run": self.id}
        rest = iter(asked)
        while together := list(islice(rest, _MOST_NOTES)):
            self._tell(*((url, about | {"role": role.value}) for url, role in together))
            self._archive.derive()

    def keep_same(self, memento: Memento, fetched_url: str, same_as: str, via: str | None) -> int:
        """Record that a web archive's capture has, by its index, the content of another record.

        Returns the number of the capture.
        """
        values = {
            **mementos.facts_of(memento),
            mementos.SAME_AS: same_as,
            "via": via,
            "hdnd-run": self.id,
        }
        (seq,) = self._tell((fetched_url, values))
        self._archive.derive_one(capture_at(self._archive.catalogue, seq))
        return seq

    def record_act(self, article: str, act: str, reason: str, by: str | None) -> None:
        """Record what was decided of an article (`archive.withholding`)."""
        values = {"act": act, "reason": reason, "by": by, "hdnd-run": self.id}
        self._tell((capture_rows.ARTICLE_TARGET + article, values))
        self._archive.derive()

    def doubt(self, captures: Sequence[Capture], reason: str) -> None:
        """Record that these captures are not what they seem (`archive.catalogue.quarantine`)."""
        values = {
            "reason": reason,
            "captures": " ".join(capture.record_id for capture in captures),
            "hdnd-run": self.id,
        }
        self._tell((capture_rows.QUARANTINE_TARGET + self.id, values))
        self._archive.derive()

    def foreign_group(
        self, about: records.WarcRecord, values: Mapping[str, str], raw: Sequence[bytes]
    ) -> list[bytes]:
        """The members of a group of records made elsewhere, our own record of it first."""
        record_id = values.get(RECORD_ID) or about.id
        own = metadata_member(
            target_of(about.fields) if "WARC-Target-URI" in about.fields else record_id.strip("<>"),
            self._archive.clock(),
            values,
            warcinfo_id=self._warcinfo(),
            concurrent_to=record_id,
        )
        return [own, *(segments.compress(record, END_OF_RECORD) for record in raw)]

    def why_refused(self, own: bytes, following: Sequence[records.WarcRecord]) -> Message | None:
        """Why the catalogue could not take in a group that is not written yet, None if it can.

        `own` is the first member of the group, `following` are the records after it.
        """
        try:
            first = records.parse_member(segments.decompress(own))
        except ArchiveDamaged as error:
            return error.said
        placed = tuple(Placed(0, 0, record) for record in (first, *following))
        return ingest.why_refused(self._archive.catalogue, Group(placed, first.values()))

    def keep_foreign(self, members: list[bytes]) -> None:
        """Put groups that `foreign_group` made on the disk, then into the catalogue."""
        self._append(members)
        self._archive.derive()

    def end(self, reason: str, counts: dict[str, int]) -> None:
        """Record how the run ended and close its segment for good."""
        values = {"run-ended": reason, "counts": capture_rows.counts_to_json(counts)}
        self._tell((capture_rows.RUN_TARGET + self.id, values))
        self._close_segment()

    def _tell(self, *told: tuple[str, Mapping[str, str | None]]) -> list[int]:
        """Put `metadata` records, each a target and values, on the disk, then into the catalogue.

        Returns their numbers, of those that have one.
        """
        warcinfo_id, at = self._warcinfo(), self._archive.clock()
        return self._append(
            [
                metadata_member(target, at, values, warcinfo_id=warcinfo_id)
                for target, values in told
            ]
        )

    def _append(
        self, members: list[bytes], read: dict[int, records.WarcRecord] | None = None
    ) -> list[int]:
        self._segment.append(members)
        members.clear()  # they are read back now, and may be large
        taken = ingest.take_in_segment(self._archive.catalogue, self._segment.path, read)
        if taken.end != self._segment.size or taken.refused:
            where = Message("archive.place", path=self._segment.path, offset=taken.end)
            raise ArchiveDamaged(
                "archive.not-read-back",
                where=next(iter(taken.refused), where),
                hint=Message("archive.machine-may-be-failing"),
            )
        return taken.seqs

    def _warcinfo(self) -> str:
        """The `warcinfo` of the segment to write to; a full segment is closed first."""
        if self._segment.size > SEGMENT_LIMIT:
            self._close_segment()
            self._segment = self._open_segment()
        return self._warcinfo_id

    def _close_segment(self) -> None:
        writer = self._segment
        path = writer.close()
        manifest.add(
            self._archive.home,
            path.name,
            size=writer.size,
            sha256=writer.sha256,
            records=writer.records,
        )

    def _open_segment(self) -> segments.SegmentWriter:
        folder = self._archive.home.warc
        # What lies nowhere, as far as is known here, is to have its place before this one, too.
        numbers = map(segment_files.number_of, segment_files.files_in(folder))
        number = 1 + max(manifest.highest_number(self._archive.home), *numbers, 0)
        began = to_timestamp14(self._started_at)
        name = str(SegmentName(number, began, self.site, self._holder))
        segment = segments.SegmentWriter(folder / (name + segment_files.OPEN_SUFFIX))
        member, self._warcinfo_id = warcinfo_member(name, self._archive.clock(), self._about)
        segment.append([member])
        ingest.take_in_segment(self._archive.catalogue, segment.path)
        return segment


def _in_groups(
    exchanges: Iterable[tuple[Exchange, Capture | None]],
) -> Iterator[list[tuple[Exchange, Capture | None]]]:
    """Exchanges that may go together: a body that came before must be in the catalogue by then."""
    together: list[tuple[Exchange, Capture | None]] = []
    bodies: set[bytes] = set()
    size = 0
    for one in exchanges:
        body = one[0].body
        if together and ((body and body in bodies) or size > _MOST_TOGETHER):
            yield together
            together, bodies, size = [], set(), 0
        together.append(one)
        bodies.add(body)
        size += len(body)
    if together:
        yield together
