"""Files of other programs, looked through once and then taken in, a run for each site."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from pathlib import Path

from archive.catalogue.queries.articles import article_count
from archive.ground.message import Message
from archive.importing.identity import Identity, identity_of, own_id
from archive.importing.placing import Skip, place_of, reason_of
from archive.importing.values import (
    EXPECTED,
    CapturePlace,
    Imported,
    ImportRouting,
    LeftOut,
    Trouble,
)
from archive.importing.writing import KIND, ImportRun
from archive.store import Archive
from archive.warc.foreign_groups import ForeignCapture, group_records
from archive.warc.foreign_reader import ForeignRecord, Unreadable
from archive.warc.import_sources import Origin, Source, read_source, sources_of
from archive.warc.late_records import LateRecords
from archive.warc.segmented import Incomplete, is_first_part, join

__all__ = ["KIND", "import_files"]

_MOST_WARCINFOS = 64
_MOST_OF_A_WARCINFO = 1 << 20


def import_files(
    archive: Archive,
    paths: Sequence[Path],
    choose: ImportRouting,
    *,
    on_trouble: Callable[[Trouble], None] = lambda trouble: None,
    on_progress: Callable[[str, int], None] = lambda file, captures: None,
) -> Imported:
    """Take in the captures of WARC, ARC and WACZ files and of folders of them, as far as they go.

    `on_trouble` is told of what can't be read or taken in, other than for the reasons in
    `EXPECTED`; `on_progress` the file at hand and how many captures have been taken in so far.
    """
    sources = sources_of(paths)
    before = article_count(archive.catalogue)
    with closing(LateRecords()) as late:
        importer = _Importer(archive, choose, late, on_trouble, on_progress)
        importer.survey(sources)
        importer.pass_over(sources, first=True)
        for number, site in enumerate([importer.site, *sorted(importer.other_sites)]):
            if number:
                importer.pass_over(sources, site=site)
            while importer.unresolved and importer.took:
                importer.pass_over(sources, site=site, again=True)
            for reason, trouble in importer.unresolved:
                importer.result.skipped[reason] += 1
                importer.tell(trouble)
        importer.tell_of_the_unclaimed()
    importer.result.articles = article_count(archive.catalogue) - before
    return importer.result


class _Importer:
    """One run for each site that occurs: segments are written one after the other."""

    def __init__(
        self,
        archive: Archive,
        choose: ImportRouting,
        late: LateRecords,
        on_trouble: Callable[[Trouble], None],
        on_progress: Callable[[str, int], None],
    ) -> None:
        self.result = Imported()
        self.site: str | None = None
        self.other_sites: set[str] = set()
        self.unresolved: list[tuple[LeftOut, Trouble]] = []
        self.took: Counter[str] = Counter()
        self._archive = archive
        self._choose = choose
        self._late = late
        self._on_trouble = on_trouble
        self._on_progress = on_progress
        self._run = ImportRun(archive)
        self._now = archive.clock()
        self._first = True
        self._again = False
        self._warcinfos: dict[str, ForeignRecord] = {}

    def survey(self, sources: Iterable[Source]) -> None:
        """Read all files once: what is unreadable, which sites are described, what stands alone."""
        for source in sources:
            for within, found in group_records(read_source(source, check=True)):
                name = _name(source, within)
                if isinstance(found, Unreadable):
                    self.tell(Trouble(name, found.place, found.what))
                elif not isinstance(found, ForeignCapture):
                    self._set_apart(name, found.record)
                self._on_progress(name, 0)

    def pass_over(
        self,
        sources: Iterable[Source],
        *,
        site: str | None = None,
        first: bool = False,
        again: bool = False,
    ) -> None:
        """Read all files and take in what belongs to one site, by default the first met.

        `again` is for revisits whose response came after them.
        """
        self.site, self._first, self._again = site, first, again
        self.unresolved, self.took = [], Counter()
        for source in sources:
            self._warcinfos = {}
            for within, found in group_records(read_source(source)):
                name = _name(source, within)
                if isinstance(found, ForeignCapture):
                    self._consider(found, Origin(name, source.origin.digest))
                elif not isinstance(found, Unreadable) and found.record.record.type == "warcinfo":
                    self._hold_warcinfo(found.record)
                self._on_progress(name, self.result.taken.total())
        for unread in self._run.end(self.took):
            what = Message("archive.kept-and-unread", problem=unread.problem, url=unread.url)
            self.tell(Trouble(unread.file, unread.offset, what))

    def tell(self, trouble: Trouble) -> None:
        """Count and tell of something that was not taken in."""
        self.result.troubles += 1
        self._on_trouble(trouble)

    def tell_of_the_unclaimed(self) -> None:
        """Tell of requests and the like whose capture is nowhere."""
        self._first = True
        for file, record in self._late.unclaimed():
            self._leave_out(reason_of(record, self._choose), file, record)

    def _set_apart(self, name: str, record: ForeignRecord) -> None:
        kind = record.record.type
        if kind == "warcinfo":
            description = _described(record)
            if description:
                self._choose.learn(description)
        elif kind in ("request", "metadata", "continuation"):
            self._late.add(name, record)
        else:
            self._leave_out(reason_of(record, self._choose), name, record)

    def _hold_warcinfo(self, record: ForeignRecord) -> None:
        record_id = record.head.fields.get("WARC-Record-ID")
        few = len(self._warcinfos) < _MOST_WARCINFOS
        if record_id and few and len(record.raw) < _MOST_OF_A_WARCINFO:
            self._warcinfos[record_id] = record

    def _consider(self, found: ForeignCapture, origin: Origin) -> None:
        try:
            whole = self._whole(found)
            self._sort(whole, origin, place_of(whole, self._choose, self._now))
        except Skip as reason:
            self._leave_out(reason, origin.name, found.capture)

    def _whole(self, found: ForeignCapture) -> ForeignCapture:
        """The capture with what belongs to it elsewhere, put together if it is in parts."""
        capture = found.capture
        has_request = any(r.record.type == "request" for r in found.beside)
        late = self._late.belonging_to(capture, has_request=has_request)
        if is_first_part(capture):
            parts = self._late.parts_of(capture.head.fields.get("WARC-Record-ID", ""))
            try:
                capture = join(capture, parts)
            except Incomplete as reason:
                raise Skip(reason.said) from None
        return ForeignCapture(capture, (*found.beside, *late))

    def _sort(self, found: ForeignCapture, origin: Origin, place: CapturePlace) -> None:
        site = str(place.site["id"])
        self.site = self.site or site
        if site != self.site:
            self.other_sites.add(site)
            return
        record = found.capture.record
        identity = identity_of(found.capture)
        record_id = self._free_id(found.capture, identity)
        if record_id is None:
            self.result.known += not self._again
        elif record.type == "revisit" and (why := self._run.why_unresolved(record)):
            what = Message("archive.of-address", what=Message(why.value), url=identity.url)
            self.unresolved.append((why, Trouble(origin.name, found.capture.place, what)))
        else:
            self._take(found, origin, place, record_id, identity)

    def _free_id(self, capture: ForeignRecord, identity: Identity) -> str | None:
        """The id to take a record in under, its own unless another has it; None if it is here."""
        for record_id in (capture.head.fields.get("WARC-Record-ID"), own_id(capture)):
            if not record_id:
                continue
            held = self._run.held_as(record_id)
            if held is None:
                return record_id
            if held == identity:
                return None
        return None

    def _take(
        self,
        found: ForeignCapture,
        origin: Origin,
        place: CapturePlace,
        record_id: str,
        identity: Identity,
    ) -> None:
        self._run.begin(place.site)
        info_id = found.capture.head.fields.get("WARC-Warcinfo-ID")
        info = self._warcinfos.pop(info_id, None) if info_id else None
        if info and info_id:
            # What the captures' own `warcinfo` says of them is kept with the first of them.
            kept_as = own_id(info) if info_id == record_id else info_id
            if self._run.held_as(kept_as) is None:
                self._run.add(origin, [info], kept_as, identity_of(info))
        records = [*found.beside, found.capture]
        role = place.role.value
        refused = self._run.add(origin, records, record_id, identity, role=role)
        if refused:
            raise Skip(refused)
        self.took[role] += 1
        self.result.taken[role] += 1

    def _leave_out(self, reason: Skip, file: str, record: ForeignRecord) -> None:
        if not self._first:
            return
        what = reason.reason
        self.result.skipped[what.code] += 1
        if what.code in EXPECTED:
            if what.code == LeftOut.OTHER_HOST and reason.host:
                self.result.hosts[reason.host] += 1
            return
        about = record.head.fields.get("WARC-Target-URI")
        if about:
            what = Message("archive.of-address", what=what, url=about)
        self.tell(Trouble(file, record.place, what))


def _name(source: Source, within: str) -> str:
    return f"{source.origin.name}/{within}" if within else source.origin.name


def _described(warcinfo: ForeignRecord) -> str | None:
    try:
        return warcinfo.record.values().get("hdnd-site-description")
    except UnicodeDecodeError:
        return None
