"""Taking in what other programs captured: WARC and WACZ files become captures here.

Their records are kept byte for byte, head and block, each in a gzip member of its own, in segments
of a run of kind `import`. Our own `metadata` record stands before each capture: from which file of
which digest it came, and from where in it. A record is taken in once, however often it is imported.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from archive.catalogue.capture_rows import original_record
from archive.catalogue.captures import capture_at, record_of
from archive.ground.times import from_text
from archive.model import Role
from archive.run import RunWriter
from archive.store import Archive
from archive.warc import records
from archive.warc.digests import digest
from archive.warc.foreign_groups import ForeignCapture, group_records
from archive.warc.foreign_reader import ForeignRecord, Unreadable
from archive.warc.http_response import media_type_of
from archive.warc.import_sources import Origin, origin_of, read_source
from archive.warc.record_groups import FOLLOWING, SOURCE
from archive.warc.record_head import target_of

KIND = "import"
"""The kind of a run that takes in what others captured."""

_BATCH_BYTES = 4 << 20
_UNRESOLVED = "a revisit of a response that is not here"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a capture belongs: the description of its site, and what it is there."""

    site: Mapping[str, Any]
    role: Role


class ImportRouting(Protocol):
    """Which site a capture belongs to, as the archive is handed it."""

    def __call__(self, url: str, captured_at: datetime, media_type: str | None) -> Place | str:
        """The place of a capture, or the reason why it has none."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something in a file that could not be read: which file, where in it, what."""

    file: str
    place: str
    what: str


@dataclass(slots=True)
class Imported:
    """What an import did. `skipped` counts records by the reason why they were left out."""

    taken: Counter[str] = field(default_factory=Counter)
    known: int = 0
    skipped: Counter[str] = field(default_factory=Counter)
    troubles: int = 0
    articles: int = 0


class _Skip(Exception):
    """Why a record is left out."""


def import_files(
    archive: Archive,
    paths: Sequence[Path],
    choose: ImportRouting,
    *,
    on_trouble: Callable[[Trouble], None] = lambda trouble: None,
    on_progress: Callable[[str, int], None] = lambda file, captures: None,
) -> Imported:
    """Take in the captures of WARC and WACZ files, as far as they can be read.

    `on_trouble` is told of what can't be; `on_progress` the file at hand and how many captures
    have been taken in so far.
    """
    importer = _Importer(archive, choose, on_trouble, on_progress)
    sources = [(path, origin_of(path)) for path in paths]
    before = _articles(archive)
    importer.pass_over(sources, first=True)
    for number, site in enumerate([importer.site, *sorted(importer.other_sites)]):
        if number:
            importer.pass_over(sources, site=site)
        while importer.unresolved and importer.took:
            importer.pass_over(sources, site=site, again=True)
        if importer.unresolved:
            importer.result.skipped[_UNRESOLVED] += importer.unresolved
    importer.result.articles = _articles(archive) - before
    return importer.result


class _Importer:
    """One run for each site that occurs: segments are written one after the other."""

    def __init__(
        self,
        archive: Archive,
        choose: ImportRouting,
        on_trouble: Callable[[Trouble], None],
        on_progress: Callable[[str, int], None],
    ) -> None:
        self.result = Imported()
        self.site: str | None = None
        self.other_sites: set[str] = set()
        self.unresolved = 0
        self.took: Counter[str] = Counter()
        self._archive = archive
        self._choose = choose
        self._on_trouble = on_trouble
        self._on_progress = on_progress
        self._run: RunWriter | None = None
        self._first = True
        self._again = False
        self._batch: list[bytes] = []
        self._batch_ids: set[str] = set()
        self._batch_bytes = 0
        self._warcinfos: dict[str, ForeignRecord] = {}

    def pass_over(
        self,
        sources: Iterable[tuple[Path, Origin]],
        *,
        site: str | None = None,
        first: bool = False,
        again: bool = False,
    ) -> None:
        """Read all files and take in what belongs to one site, by default the first met.

        `again` is for revisits whose response came after them.
        """
        self.site, self._first, self._again = site, first, again
        self.unresolved, self.took = 0, Counter()
        for path, origin in sources:
            self._warcinfos = {}
            for within, found in group_records(read_source(path)):
                name = f"{origin.name}/{within}" if within else origin.name
                if isinstance(found, Unreadable):
                    self._report(Trouble(name, found.place, found.what))
                elif isinstance(found, ForeignCapture):
                    self._consider(found, Origin(name, origin.digest))
                else:
                    self._set_apart(found.record)
                self._on_progress(name, self.result.taken.total())
        self._write_batch()
        if self._run:
            self._run.end("finished", dict(self.took))
            self._run = None

    def _set_apart(self, record: ForeignRecord) -> None:
        kind = record.head.fields.get("WARC-Type", "record without a type")
        if kind == "warcinfo" and "WARC-Record-ID" in record.head.fields:
            if len(self._warcinfos) < 64 and len(record.raw) < 1 << 20:
                self._warcinfos[record.head.fields["WARC-Record-ID"]] = record
        elif kind != "warcinfo":
            self._skip(f"a {kind} that belongs to no capture")

    def _consider(self, found: ForeignCapture, origin: Origin) -> None:
        try:
            self._sort(found, origin, self._place_of(found))
        except _Skip as reason:
            self._skip(str(reason))

    def _sort(self, found: ForeignCapture, origin: Origin, place: Place) -> None:
        site = str(place.site["id"])
        self.site = self.site or site
        if site != self.site:
            self.other_sites.add(site)
            return
        record = found.capture.record
        if self._knows(record):
            self.result.known += not self._again
        elif record.type == "revisit" and not self._has_original(record):
            self.unresolved += 1
        else:
            self._take(found, origin, place)

    def _place_of(self, found: ForeignCapture) -> Place:
        record = found.capture.record
        fields = record.fields
        if not {"WARC-Record-ID", "WARC-Target-URI", "WARC-Date"} <= fields.keys():
            raise _Skip("a record without id, address or date")
        try:
            captured_at = from_text(fields["WARC-Date"])
        except ValueError:
            raise _Skip("a record whose WARC-Date is no date") from None
        url = target_of(fields)
        if not url.startswith(("http://", "https://")):
            raise _Skip("no web page")
        if int(fields.get("WARC-Segment-Number") or 0):
            raise _Skip("a record that is split over several")
        asked = next((r.record.block for r in found.beside if _is_request(r)), b"GET ")
        if not asked.startswith(b"GET "):
            raise _Skip("not asked for with GET")
        status, headers, _ = record.message
        if not status and not (record.type == "revisit" and not record.block):
            raise _Skip("no HTTP response")
        place = self._choose(url, captured_at, media_type_of(headers))
        if isinstance(place, str):
            raise _Skip(place)
        return place

    def _knows(self, record: records.WarcRecord) -> bool:
        """Whether the record is in the archive; another one of the same id has no place there."""
        if record.id in self._batch_ids:
            self._write_batch()
        row = self._archive.connection.execute(
            "SELECT seq FROM capture WHERE record_id = ?", (record.id,)
        ).fetchone()
        if row is None:
            return False
        held = record_of(self._archive.home, capture_at(self._archive.connection, row["seq"]))
        if held.block == record.block:
            return True
        raise _Skip("a record whose id another record has")

    def _has_original(self, record: records.WarcRecord) -> bool:
        self._write_batch()
        return original_record(self._archive.connection, record.fields) is not None

    def _take(self, found: ForeignCapture, origin: Origin, place: Place) -> None:
        if self._run is None:
            self._run = self._archive.begin_run(place.site, **{"hdnd-kind": KIND})
        record = found.capture.record
        self._take_warcinfo(record.fields.get("WARC-Warcinfo-ID"), origin)
        self._add(origin, [*found.beside, found.capture], role=place.role.value)
        self._batch_ids.add(record.id)
        self.took[place.role.value] += 1
        self.result.taken[place.role.value] += 1
        if self._batch_bytes > _BATCH_BYTES:
            self._write_batch()

    def _take_warcinfo(self, record_id: str | None, origin: Origin) -> None:
        """What the captures' own `warcinfo` says of them is kept with the first of them."""
        info = self._warcinfos.pop(record_id, None) if record_id else None
        if info is None:
            return
        known = self._archive.connection.execute(
            "SELECT 1 FROM imported WHERE record_id = ?", (record_id,)
        ).fetchone()
        if known is None and record_id not in self._batch_ids:
            self._add(origin, [info])
            self._batch_ids.add(str(record_id))

    def _add(self, origin: Origin, records: list[ForeignRecord], **facts: str) -> None:
        assert self._run is not None
        whole = [record.raw + b"\r\n\r\n" for record in records]
        last = records[-1]
        values = {
            "hdnd-run": self._run.id,
            **facts,
            SOURCE: origin.name,
            "source-digest": origin.digest,
            "source-offset": last.place,
            FOLLOWING: " ".join(digest(data) for data in whole),
        }
        members = self._run.foreign_group(last.record, values, whole)
        self._batch += members
        self._batch_bytes += sum(map(len, members))

    def _write_batch(self) -> None:
        if self._batch and self._run:
            self._run.keep_foreign(self._batch)
        self._batch, self._batch_ids, self._batch_bytes = [], set(), 0

    def _skip(self, reason: str) -> None:
        self.result.skipped[reason] += self._first

    def _report(self, trouble: Trouble) -> None:
        if self._first:
            self.result.troubles += 1
            self._on_trouble(trouble)


def _is_request(record: ForeignRecord) -> bool:
    return record.head.fields.get("WARC-Type") == "request"


def _articles(archive: Archive) -> int:
    return int(archive.connection.execute("SELECT count(*) FROM article").fetchone()[0])
