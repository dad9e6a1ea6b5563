"""Closed segments brought to object storage; the manifest goes last."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from archive.ground.errors import ArchiveDamaged, HdndError, ObjectDiffers, ObjectMissing
from archive.ground.home import Home
from archive.ground.lock import WriterLock
from archive.ground.message import Message
from archive.ground.times import to_text
from archive.objects import ObjectStore
from archive.storage.holdings import (
    MANIFEST,
    ManifestLines,
    holdings_of,
    manifest_in,
    receipt_of,
    require_same_chain,
)
from archive.warc import segment_files
from archive.warc.manifest import ManifestEntry
from archive.warc.receipts import (
    FOLDER,
    Receipt,
    add_receipts,
    object_name,
    receipts_of,
    write_receipts,
)

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
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    on_progress: OnProgress = lambda done, total, what: None,
) -> Pushed:
    """Put what the store lacks of the closed segments, then the manifest; may be called again.

    A segment that the store says it holds, by its digest, gets a receipt. One from which records
    were removed is deleted there once the one in its place is there. What is wrong with one segment
    keeps no other from its turn, but the manifest ends before it, and it is raised at the end:
    `ArchiveDamaged`, `ObjectDiffers`, `ObjectMissing`. Raises `LockHeld` while another process does
    the same, `StoreUnreachable`, and `ObjectDiffers` for a store that holds another archive or more
    of this one.
    """
    with WriterLock(home.store_lock):
        return _Push(home, ObjectStore.at(url), manifest_name, clock, on_progress).run()


@dataclass(slots=True)
class _Push:
    home: Home
    store: ObjectStore
    manifest_name: str
    clock: Callable[[], datetime]
    on_progress: OnProgress
    failed: list[HdndError] = field(default_factory=list)

    def run(self) -> Pushed:
        done = Pushed(str(self.store.address))
        ours = holdings_of(self.home)
        theirs, etag = manifest_in(self.store, self.manifest_name)
        require_same_chain(self.store, self.manifest_name, theirs, ours.raws)
        self._forget_what_is_not_there(ours)
        done.held = self._put_segments(ours, done)
        lines = b"".join(ours.raws[: done.held])
        if len(lines) > len(theirs):
            self._put_manifest(lines, etag)
        done.deleted = self._delete(ours.removed)
        if self.failed:
            raise self.failed[0]
        return done

    def _forget_what_is_not_there(self, ours: ManifestLines) -> None:
        """Keep the receipts of objects that the store lists, and that are to be there."""
        known = receipts_of(self.home)
        standing = {entry.file for entry in ours.standing}
        url = str(self.store.address)
        here = [one for one in known.values() if one.store == url and one.file in standing]
        there = self._there(here) if here else set()
        kept = [one for one in here if one.object_name in there]
        if len(kept) < len(known):
            write_receipts(self.home, kept)

    def _there(self, receipts: Sequence[Receipt]) -> set[str]:
        """The names of the objects that the store has of some; where it cannot list, it is asked
        for each."""
        wanted = {one.object_name for one in receipts}
        try:
            return wanted.intersection(self.store.names(FOLDER))
        except ObjectDiffers:
            return {name for name in wanted if self.store.head(name) is not None}

    def _put_segments(self, ours: ManifestLines, done: Pushed) -> int:
        """How many lines, from the first on, are of segments that the store holds or need not."""
        known = receipts_of(self.home)
        total = sum(entry.size for entry in ours.standing if entry.file not in known)
        at, held = 0, 0
        for entry in ours.entries:
            if entry.file in ours.replaced:
                pass
            elif entry.file in known and known[entry.file].sha256 == entry.sha256:
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
        if path.is_file() and self.store.head(object_name(entry.file)) is None:
            if segment_files.size_of(path) != entry.size:
                what, hint = Message("archive.not-as-written"), Message("archive.repair-first")
                raise ArchiveDamaged("archive.path-says", path=path, what=what, hint=hint)
            self.store.put_new(object_name(entry.file), path, sha256=entry.sha256)
            done.put.append(entry.file)
            done.size += entry.size
        else:
            done.there += 1
        add_receipts(self.home, [receipt_of(self.store, entry, to_text(self.clock()))])

    def _put_manifest(self, lines: bytes, etag: str | None) -> None:
        if etag is None:
            self.store.put_new(self.manifest_name, lines)
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
