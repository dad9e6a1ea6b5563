"""Is the archive what was written? Reads every byte, changes none, and yields what is damaged."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path

from archive.catalogue.capture_rows import NotTakenIn, OfUnknownRun
from archive.catalogue.database import Catalogue, Unreadable
from archive.catalogue.derivation import Derivation, Schedule
from archive.catalogue.lag import Lag, is_standing, lag_past
from archive.catalogue.ocr_texts import file_of_ocr
from archive.catalogue.pages import Extract, Pages
from archive.catalogue.queries import segments as segment_queries
from archive.catalogue.registry import Registry
from archive.catalogue.second_catalogue import SecondCatalogue
from archive.catalogue.second_derivations import SecondDerivations, check_files
from archive.fixity.check_catalogue import (
    check_consistency,
    check_derived,
    check_itself,
    check_records,
    check_revisits,
)
from archive.fixity.check_derived_files import damages_of
from archive.fixity.check_manifest import (
    Chain,
    Covered,
    check_chain,
    check_deposited,
    check_entry,
    check_presence,
)
from archive.fixity.check_segment import Remnant, check_segment
from archive.fixity.check_store import StoreCheck
from archive.fixity.check_worker_manifests import check_worker_manifests
from archive.fixity.damage import REPAIR, RESTORE, RESTORE_OBJECT, SET_ASIDE, Damage, DamagedPart
from archive.fixity.misplaced import find_misplaced
from archive.ground.causes import cause_of
from archive.ground.errors import (
    ArchiveDamaged,
    ClusterUnavailable,
    IndexOfAnother,
    ObjectDiffers,
    ObjectMissing,
    UsageError,
    is_of_storage,
)
from archive.ground.home import Home
from archive.ground.message import Message
from archive.ground.plain_files import remedy_for, strange_files, strangeness
from archive.ground.scratch import scratch_folder
from archive.warc import manifest, segment_files
from archive.warc.receipts import receipts_of
from archive.warc.record_groups import Group
from archive.warc.removal import PENDING, is_pending
from archive.warc.replacing import Replacement, replacements, replacements_in
from archive.warc.segment_files import is_closed, name_of, size_of
from archive.warc.segment_names import is_held


class NotChecked(StrEnum):
    """What a check may leave out."""

    EARLIER_SEGMENTS = "earlier-segments"
    """The segments before the first that was asked for."""
    CATALOGUE = "catalogue"
    """The catalogue, which can't be read."""
    DERIVED = "derived"
    """Whether what was derived is what the records say; it was only held against itself."""
    OCR = "ocr"
    """Whether what OCR has read is what stands on the pages; nothing but OCR can tell."""
    INDEX = "index"
    """The search index, on a cluster that can't answer."""
    STORE = "store"
    """What object storage holds of segments that are here, too: nobody named it."""
    STORED_BYTES = "stored-bytes"
    """The bytes that object storage holds of segments that are here, too; it was only asked."""


@dataclass(slots=True)
class Verification:
    """A check of one archive, also of one that is being written to.

    With `extract`, all that was derived is derived a second time and compared: pages by it, and the
    `others` that are registered. `check_index` is asked for what is wrong with the search index.
    `since` is the number of the first segment to read; the manifest is always checked whole.
    `deposited` is a head digest that was kept elsewhere, `store` checks object storage.
    `on_progress` is told bytes done, bytes in all and the file at hand. The counts are right when
    `damages` has ended; until then `at` names the segment that is being read. `behind` has the
    whole records of open segments that the catalogue does not know yet: the next start takes them
    in. `replacements` has the segments that are in the place of others and lack records of theirs:
    lost, or removed. `unanswered` is why the search index on a cluster could not be looked at.
    """

    home: Home
    extract: Extract | None = None
    check_index: Callable[[], Iterable[Damage]] | None = None
    since: int = 0
    deposited: str | None = None
    store: StoreCheck | None = None
    others: Iterable[Derivation] = ()
    on_progress: Callable[[int, int, str], None] = lambda done, total, what: None
    names: list[str] = field(default_factory=list)
    records: int = 0
    bytes_read: int = 0
    head: str | None = None
    covered: Covered | None = None
    at: str | None = None
    behind: list[Lag] = field(default_factory=list)
    replacements: list[Replacement] = field(default_factory=list)
    unanswered: ClusterUnavailable | IndexOfAnother | None = None
    _live: Catalogue | None = field(default=None, init=False)
    _total: int = field(default=0, init=False)
    _segments_sound: bool = field(default=True, init=False)
    _read_from_the_store: set[str] = field(default_factory=set, init=False)
    _registry: Registry = field(default_factory=Registry, init=False)
    _derived: SecondDerivations | None = field(default=None, init=False)

    def damages(self) -> Iterator[Damage]:
        """What is not as it was written, in the order of the files.

        Raises `UsageError` if there is no archive to check.
        """
        if not self.home.warc.is_dir():
            raise UsageError(
                "archive.no-archive", folder=self.home.path, hint=Message("archive.name-the-home")
            )
        with ExitStack() as stack:
            strange = list(strange_files(self.home))
            for one in strange:
                name = str(one.path.relative_to(self.home.path))
                remedy = remedy_for(self.home, one.path)
                what = Message("archive.file-is", what=one.what)
                yield Damage(_part_of(self.home, one.path), name, what, remedy)
            if strange:
                return
            if is_pending(self.home):
                what = Message("archive.removal-not-over")
                remedy = Message("archive.index-carries-it-out-then-check")
                yield Damage(DamagedPart.SEGMENT, f"{self.home.aside.name}/{PENDING}", what, remedy)
                return
            chain = Chain()
            yield from check_chain(self.home, chain)
            yield from check_worker_manifests(self.home, chain)
            self.head = chain.head
            if self.deposited:
                found = check_deposited(self.home, chain, self.deposited)
                if isinstance(found, Damage):
                    yield found
                else:
                    self.covered = found
            folder = stack.enter_context(scratch_folder())
            if self.extract:
                self._registry = Registry(Pages(self.extract), *self.others)
                self._derived = SecondDerivations(self.home, self._registry, Home(folder))
                yield from damages_of(self._derived.copy())
            judged = self._registry.made(Schedule.AFTER_THE_CRAWL) if self._derived else ()
            yield from damages_of(check_files(self.home, {one.name for one in judged}))
            yield from self._open_catalogue(stack)
            self.replacements = [r for r in replacements(self.home) if r.lost or r.removed]
            second = SecondCatalogue(Home(folder))
            stack.callback(second.close)
            for damage in self._check_segments(chain, second):
                self._segments_sound &= damage.part is not DamagedPart.SEGMENT
                if damage.remedy is RESTORE and not (self.home.warc / damage.file).exists():
                    damage = replace(damage, remedy=RESTORE_OBJECT)
                yield self._with_article(damage)
            if self._live:
                yield from _readable(self._check_catalogue(second, self._live))
        if self.store:
            self.on_progress(self._total, self._total, self.store.url)
            yield from self.store.damages(self.home, self._read_from_the_store)
        if self.check_index:
            self.on_progress(self._total, self._total, "index")
            try:
                yield from self.check_index()
            except (ClusterUnavailable, IndexOfAnother) as error:
                self.unanswered = error

    @property
    def segments(self) -> int:
        """How many segments were read."""
        return len(self.names)

    @property
    def _derives(self) -> bool:
        """Whether all is derived a second time: that takes every segment, and each sound."""
        return bool(self.extract) and self._segments_sound and not self.since

    @property
    def not_checked(self) -> tuple[NotChecked, ...]:
        """What this check could not tell, when `damages` has ended."""
        found = []
        if self.since:
            found.append(NotChecked.EARLIER_SEGMENTS)
        if self._live is None:
            found.append(NotChecked.CATALOGUE)
        elif not self._derives:
            found.append(NotChecked.DERIVED)
        if file_of_ocr(self.home).exists():
            found.append(NotChecked.OCR)
        if self.unanswered:
            found.append(NotChecked.INDEX)
        if self.store and (self.store.trouble or self.store.asked > self.store.read):
            found.append(NotChecked.STORED_BYTES)
        elif self.store is None and receipts_of(self.home):
            found.append(NotChecked.STORE)
        return tuple(found)

    def _open_catalogue(self, stack: ExitStack) -> Iterator[Damage]:
        try:
            self._live = Catalogue.open(self.home)
            stack.callback(self._live.close)
            self._live.hold_still()
        except (ArchiveDamaged, UsageError, Unreadable) as error:
            yield _unreadable(error)

    def _check_segments(self, chain: Chain, second: SecondCatalogue) -> Iterator[Damage]:
        ends = self._committed()
        misplaced = find_misplaced(self.home, chain)
        yield from misplaced.damages()
        there = sorted(set(segment_files.files_in(self.home.warc)) - misplaced.files)
        mine = segment_files.segments_among(there)
        for path in there:
            if path not in mine:
                remedy = Message("archive.only-hdnd-writes-here")
                what = strangeness(path) or Message("archive.no-segment-of-this-archive")
                what = Message("archive.file-is", what=what)
                yield Damage(DamagedPart.SEGMENT, path.name, what, remedy)
        known = {name_of(path) for path in [*mine, *misplaced.files]}
        for name in ends.keys() - known - chain.entries.keys():
            what, remedy = Message("archive.file-is-lost"), Message("archive.restore-from-backup")
            yield Damage(DamagedPart.SEGMENT, name, what, remedy)
        closed = {path.name for path in mine if is_closed(path)}
        named = {path.name for path in misplaced.misnamed.values()}
        explained = misplaced.renamed.keys() | misplaced.misnamed.keys() | named
        yield from check_presence(self.home, chain, closed, explained)
        mine = [path for path in mine if segment_files.number_of(path) >= self.since]
        mine = _as_taken_in(mine, ends)
        self._total = sum(map(size_of, mine))
        if self.since and self._live and mine:
            second.copy_before(self._live, name_of(mine[0]))
        for path in mine:
            self.at = path.name
            yield from self._check_segment(path, chain, second, ends.get(name_of(path)))
            self.names.append(name_of(path))
            self.bytes_read += size_of(path)

    def _with_article(self, damage: Damage) -> Damage:
        """With the article that a lost capture showed, and how many others of it are held."""
        if damage.part is not DamagedPart.SEGMENT or damage.offset is None or not self._live:
            return damage
        name = damage.file.removesuffix(segment_files.OPEN_SUFFIX)
        with suppress(ArchiveDamaged, Unreadable):
            shown = segment_queries.article_after(self._live, name, damage.offset)
            if shown and shown.url == damage.url:
                return replace(damage, article=shown.article, others=shown.others)
        return damage

    def _committed(self) -> dict[str, int]:
        if not self._live:
            return {}
        try:
            return segment_queries.ends(self._live)
        except (ArchiveDamaged, Unreadable):
            return {}

    def _check_segment(
        self, path: Path, chain: Chain, second: SecondCatalogue, committed: int | None
    ) -> Iterator[Damage]:
        try:
            size = size_of(path)
            if committed is None and self._live:
                if self._grew_since(path, size):
                    return
                if not is_closed(path):
                    self._note_lag(path, 0)
                    return
                what = Message("archive.knows-nothing-of", file=path.name)
                yield Damage(DamagedPart.CATALOGUE, self.home.catalogue.name, what, REPAIR)
            end = size if committed is None else committed
            entry = chain.entries.get(path.name)
            if size < end and entry and entry.size == size:
                what = Message("archive.knows-too-much-of", file=path.name, end=end, size=size)
                yield Damage(DamagedPart.CATALOGUE, self.home.catalogue.name, what, REPAIR)
            elif size < end:
                what = Message("archive.ends-too-early", end=end)
                yield Damage(DamagedPart.SEGMENT, path.name, what, RESTORE, size)
            elif size > end and is_closed(path) and not self._grew_since(path, size):
                what = Message("archive.knows-nothing-of-the-end", count=size - end, file=path.name)
                yield Damage(DamagedPart.CATALOGUE, self.home.catalogue.name, what, REPAIR)
                end = size
            elif size > end and not is_closed(path):
                self._note_lag(path, end)
            yield from self._check_groups(path, min(end, size), chain, second)
        except OSError as error:
            what = Message("archive.cannot-be-read", reason=cause_of(error))
            yield Damage(DamagedPart.SEGMENT, path.name, what, RESTORE)
        except (ObjectMissing, ObjectDiffers) as error:
            yield Damage(DamagedPart.SEGMENT, path.name, error.said, RESTORE)

    def _note_lag(self, path: Path, end: int) -> None:
        lag = lag_past(path, end)
        with suppress(ArchiveDamaged, Unreadable):
            if lag and is_standing(self.home, [lag]):
                self.behind.append(lag)

    def _check_groups(
        self, path: Path, end: int, chain: Chain, second: SecondCatalogue
    ) -> Iterator[Damage]:
        records, sound, sha256 = 0, True, hashlib.sha256()
        number = second.segment(name_of(path))
        for piece in check_segment(path, end, url_at=self._url_finder(path), sha256=sha256):
            if isinstance(piece, Damage):
                sound = False
                yield piece
            elif isinstance(piece, Remnant):
                records += len(piece.members)
            else:
                fault = second.take_in(number, piece)
                if fault:
                    yield _not_taken_in(path, piece, fault)
                records += len(piece.members)
                self.on_progress(self.bytes_read + piece.end, self._total, path.name)
        self.records += records
        entry = chain.entries.get(path.name)
        if entry and sound and segment_files.is_file(path):
            size = size_of(path)
            whole = end == size
            if whole and segment_files.is_stored_alone(path):
                self._read_from_the_store.add(path.name)
            about = next(replacements_in(path), None)
            found = manifest.ManifestEntry(
                path.name,
                size,
                sha256.hexdigest() if whole else segment_files.digest_of(path),
                records,
                about.old if about else None,
                entry.previous,
                manifest.removal_in(about),
            )
            if not whole:
                found = replace(
                    found, records=entry.records, replaces=entry.replaces, removed=entry.removed
                )
            if entry.file not in chain.suspect:
                yield from check_entry(entry, found)

    def _check_catalogue(self, second: SecondCatalogue, live: Catalogue) -> Iterator[Damage]:
        self.on_progress(self._total, self._total, self.home.catalogue.name)
        yield from check_itself(live)
        second.taken_in()
        if not self.since:
            yield from check_revisits(second, live, sound=self._segments_sound)
        yield from check_records(
            second, live, everything=not self.since, sound=self._segments_sound
        )
        if not self._derives:
            yield from check_consistency(live)
            return
        if self._derived:
            in_the_crawl = list(check_derived(second, live, self._registry))
            yield from in_the_crawl
            if not in_the_crawl:
                faults = self._derived.compare(
                    lambda name, step: self.on_progress(self._total, self._total, name)
                )
                yield from damages_of(faults)

    def _url_finder(self, path: Path) -> Callable[[int], str | None]:
        def url_at(offset: int) -> str | None:
            if not self._live:
                return None
            try:
                return segment_queries.url_after(self._live, name_of(path), offset)
            except (ArchiveDamaged, Unreadable):
                return None

        return url_at

    def _grew_since(self, path: Path, size: int) -> bool:
        """Whether a writer at work has added what the catalogue held still does not show."""
        try:
            with Catalogue.open(self.home) as now:
                return segment_queries.ends(now).get(name_of(path), -1) >= size
        except (ArchiveDamaged, Unreadable):
            return False


def _part_of(home: Home, path: Path) -> DamagedPart:
    if path.name.startswith(home.catalogue.name):
        return DamagedPart.CATALOGUE
    if path == home.manifest:
        return DamagedPart.MANIFEST
    if path.name.startswith(home.index.name):
        return DamagedPart.INDEX
    return DamagedPart.DERIVED if path.parent == home.derived else DamagedPart.SEGMENT


def _as_taken_in(paths: list[Path], known: Iterable[str]) -> list[Path]:
    """Segments in the order of the records' numbers: that of the names, but what other workers
    wrote may have come later than its time.
    """
    order = segment_files.in_order(paths)
    if not any(is_held(name_of(path)) for path in order):
        return order
    place = {name: number for number, name in enumerate(known)}
    return sorted(order, key=lambda path: place.get(name_of(path), len(place)))


def _readable(damages: Iterator[Damage]) -> Iterator[Damage]:
    try:
        yield from damages
    except (ArchiveDamaged, Unreadable) as error:
        if is_of_storage(error):
            raise
        yield _unreadable(error)


def _unreadable(error: Exception) -> Damage:
    what = Message("archive.cannot-be-read", reason=cause_of(error))
    return Damage(DamagedPart.CATALOGUE, "catalogue.sqlite", what, REPAIR)


def _not_taken_in(path: Path, group: Group, fault: NotTakenIn) -> Damage:
    url = group.last.record.fields.get("WARC-Target-URI")
    refused = not isinstance(fault, OfUnknownRun)
    remedy = SET_ASIDE if refused else RESTORE
    at = group.last.offset
    return Damage(DamagedPart.SEGMENT, path.name, fault.said, remedy, at, url, refused)
