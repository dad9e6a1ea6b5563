"""Closed segments brought to object storage; the manifest goes last."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from archive.ground.errors import ArchiveDamaged, HdndError, ObjectDiffers, ObjectMissing
from archive.ground.home import Home
from archive.ground.lock import WriterLock
from archive.ground.message import Message
from archive.ground.times import to_text
from archive.objects import ObjectStore
from archive.storage.holdings import (
    MANIFEST,
    ManifestLines,
    holdings_in,
    holdings_of,
    manifest_after,
    manifest_in,
    receipt_of,
    require_same_chain,
)
from archive.warc import segment_files
from archive.warc.manifest import ManifestEntry
from archive.warc.receipts import (
    Receipt,
    add_receipts,
    object_name,
    receipts_of,
    write_receipts,
)

MONTH = timedelta(days=30)
"""How long a receipt is believed by who pushes every night."""

_LOGGER = logging.getLogger(__name__)

OnProgress = Callable[[int, int, str], None]
"""Told bytes done, bytes in all and the segment at hand."""


@dataclass(slots=True)
class Pushed:
    """What a push did: segments put, and their bytes; segments that were there; those deleted.

    `held` is how many the store holds now by its manifest.
    """

    store: str
    put: list[str] = field(default_factory=list)
    size: int = 0
    there: int = 0
    deleted: list[str] = field(default_factory=list)
    held: int = 0


def push(
    home: Home,
    url: str,
    *,
    manifest_name: str = MANIFEST,
    believed: timedelta = timedelta(0),
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    on_progress: OnProgress = lambda done, total, what: None,
) -> Pushed:
    """Put what the store lacks of the closed segments, then the manifest; may be called again.

    A segment that the store says it holds, by its digest, gets a receipt. It is asked again for
    what has a receipt that is not younger than `believed`, and for nothing else that it holds. One
    from which records were removed is deleted there once the one in its place is there; a worker
    puts none again that the archive of all has deleted so. A receipt of what has no file here is
    kept whatever this store says: it may be the wrong one. What is wrong with one segment
    keeps no other from its turn, but the manifest ends before it, and it is raised at the end:
    `ArchiveDamaged`, `ObjectDiffers`, `ObjectMissing`. Raises `LockHeld` while another process does
    the same, `StoreUnreachable`, and `ObjectDiffers` for a store that holds another archive or more
    of this one, before anything is put there; so is `ObjectMissing` for one that lacks what lies in
    another store alone.
    """
    with WriterLock(home.store_lock):
        return _Push(home, ObjectStore.at(url), manifest_name, believed, clock, on_progress).run()


@dataclass(slots=True)
class _Push:
    home: Home
    store: ObjectStore
    manifest_name: str
    believed: timedelta
    clock: Callable[[], datetime]
    on_progress: OnProgress
    failed: list[HdndError] = field(default_factory=list)
    put_before: frozenset[str] = frozenset()
    confirmed: set[str] = field(default_factory=set)
    removed_by_others: frozenset[str] | None = None

    def run(self) -> Pushed:
        done = Pushed(str(self.store.address))
        ours = holdings_of(self.home)
        theirs, etag = manifest_after(self.store, self.manifest_name, b"".join(ours.raws))
        require_same_chain(self.store, self.manifest_name, theirs, ours.raws)
        self.put_before = frozenset(e.file for e in ours.entries[: len(theirs.splitlines())])
        self._ask_again(ours)
        done.held = self._put_segments(ours, done)
        lines = b"".join(ours.raws[: done.held])
        if len(lines) > len(theirs):
            self._put_manifest(lines, etag)
        done.deleted = self._delete(ours.removed)
        if self.failed:
            raise self.failed[0]
        return done

    def _ask_again(self, ours: ManifestLines) -> None:
        """Look which receipts still hold: those that are old, or of another store, if it says so.

        One that does not is thrown away only where there is a file to put.
        """
        known = receipts_of(self.home)
        url, now = str(self.store.address), self.clock()
        oldest, latest = to_text(now - self.believed), to_text(now)
        kept: list[Receipt] = []
        elsewhere: list[Receipt] = []
        for entry in ours.standing:
            receipt = known.get(entry.file)
            if receipt is None:
                continue
            is_here = (self.home.warc / entry.file).is_file()
            is_of_it = receipt.sha256 == entry.sha256
            if receipt.store == url and is_of_it and oldest < receipt.at <= latest:
                self.confirmed.add(entry.file)
            elif receipt.store == url or not is_here:
                try:
                    receipt = receipt_of(self.store, entry, latest)
                    self.confirmed.add(entry.file)
                except (ObjectMissing, ObjectDiffers):
                    if receipt.store != url:
                        elsewhere.append(receipt)
                    elif is_here or self._is_removed_by_others(entry.file):
                        continue
            kept.append(receipt)
        if elsewhere:
            raise self._is_another_store(elsewhere)
        if kept != list(known.values()):
            write_receipts(self.home, kept)

    def _put_segments(self, ours: ManifestLines, done: Pushed) -> int:
        """How many lines, from the first on, are of segments that the store holds or need not."""
        total = sum(entry.size for entry in ours.standing if entry.file not in self.confirmed)
        at, held = 0, 0
        for entry in ours.entries:
            if entry.file in ours.replaced:
                pass
            elif entry.file in self.confirmed:
                done.there += 1
            else:
                self.on_progress(at, total, entry.file)
                at += entry.size
                try:
                    self._put(entry, done)
                except (ArchiveDamaged, ObjectDiffers, ObjectMissing) as error:
                    self.failed.append(error)
            held += not self.failed
        return held

    def _put(self, entry: ManifestEntry, done: Pushed) -> None:
        path = self.home.warc / entry.file
        is_there = self.store.head(object_name(entry.file)) is not None
        if not is_there and self._is_removed_by_others(entry.file):
            _LOGGER.warning(
                "records were removed from a segment where all are gathered; it is not put again",
                extra={"file": entry.file},
            )
            return
        if path.is_file() and not is_there:
            if segment_files.size_of(path) != entry.size:
                what, hint = Message("archive.not-as-written"), Message("archive.repair-first")
                raise ArchiveDamaged("archive.path-says", path=path, what=what, hint=hint)
            self.store.put_new(object_name(entry.file), path, sha256=entry.sha256)
            done.put.append(entry.file)
            done.size += entry.size
        else:
            done.there += 1
        add_receipts(self.home, [receipt_of(self.store, entry, to_text(self.clock()))])

    def _is_another_store(self, elsewhere: Sequence[Receipt]) -> ObjectMissing:
        return ObjectMissing(
            "archive.held-by-another-store",
            store=str(self.store.address),
            count=len(elsewhere),
            other=elsewhere[0].store,
            hint=Message("archive.name-that-store-or-copy"),
        )

    def _is_removed_by_others(self, segment: str) -> bool:
        """Whether what a worker had put is gone because the archive of all has removed it."""
        if self.manifest_name == MANIFEST or segment not in self.put_before:
            return False
        if self.removed_by_others is None:
            data, _ = manifest_in(self.store, MANIFEST)
            held = holdings_in(data, f"{self.store.address}/{MANIFEST}")
            self.removed_by_others = held.removed
        return segment in self.removed_by_others

    def _put_manifest(self, lines: bytes, etag: str | None) -> None:
        if etag is None:
            self.store.put_first(self.manifest_name, lines)
        else:
            self.store.replace(self.manifest_name, lines, etag)

    def _delete(self, removed: frozenset[str]) -> list[str]:
        """Delete the objects that hold records which were removed; those that were there."""
        deleted = []
        for name in sorted(removed):
            if self.failed or self.store.head(object_name(name)) is None:
                continue
            self.store.delete(object_name(name))
            if self.store.head(object_name(name)) is not None:
                raise ObjectDiffers(
                    "archive.store-keeps-removed",
                    store=str(self.store.address),
                    name=object_name(name),
                    hint=Message("archive.delete-it-by-hand"),
                )
            deleted.append(name)
        return deleted
