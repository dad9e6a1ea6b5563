"""What a store holds taken over: an archive begun from it, and receipts that were lost."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime

from archive.ground.causes import disk_failed
from archive.ground.errors import HdndError, ObjectDiffers, ObjectMissing
from archive.ground.home import Home
from archive.ground.lock import WriterLock
from archive.ground.message import Message
from archive.ground.scratch import scratch_folder
from archive.ground.times import to_text
from archive.objects import ObjectStore
from archive.storage.holdings import MANIFEST, holdings_in, manifest_in, receipts_in
from archive.storage.own_manifest import FOLDER
from archive.warc import manifest
from archive.warc.manifest import ManifestEntry
from archive.warc.receipts import Receipt, add_receipts, receipts_of, write_receipts
from archive.warc.replacing import names_before


def adopt(home: Home, url: str, *, manifest_name: str = MANIFEST) -> int:
    """Take over manifest and receipts from a store; how many segments it holds.

    The folder of the segments is made last: until then there is no archive, and the call may be
    made again. Where the archive of all has removed records, a worker takes over the segment that
    stands for the one it had. Raises `ObjectMissing` and `ObjectDiffers` where the store lacks a
    segment or holds another one, `ArchiveDamaged` for a broken manifest, `StoreUnreachable`.
    """
    wrong = _take_over(home, url, manifest_name)
    if wrong:
        raise wrong[0]
    home.warc.mkdir(exist_ok=True)
    return len(receipts_of(home))


def find_again(home: Home, url: str, *, manifest_name: str = MANIFEST) -> int:
    """Write receipts of those segments that lie nowhere as far as is known here; how many.

    Raises `ObjectMissing` and `ObjectDiffers` where the store does not hold one of them either,
    once those of the others are written, and what `adopt` raises else.
    """
    if not manifest.missing(home):
        return 0
    store = ObjectStore.at(url)
    with WriterLock(home.store_lock):
        receipts, wrong = receipts_standing_in(store, manifest.missing(home), manifest_name)
        if receipts:
            add_receipts(home, receipts)
    if wrong:
        raise wrong[0]
    return len(receipts)


@contextmanager
def copy_in(url: str, *, manifest_name: str = MANIFEST) -> Iterator[Home]:
    """What a store holds, as a copy of the archive that segments can be taken from.

    What it lacks is not in the copy.
    """
    with scratch_folder() as folder:
        copy = Home(folder / "copy")
        _take_over(copy, url, manifest_name)
        copy.warc.mkdir()
        yield copy


def _take_over(home: Home, url: str, manifest_name: str) -> list[HdndError]:
    store = ObjectStore.at(url)
    data, etag = manifest_in(store, manifest_name)
    if etag is None:
        raise ObjectMissing(
            "archive.object-not-there",
            store=str(store.address),
            name=manifest_name,
            hint=_where_else(store),
        )
    held = holdings_in(data, f"{store.address}/{manifest_name}")
    receipts, wrong = receipts_standing_in(store, held.standing, manifest_name)
    try:
        home.path.mkdir(parents=True, exist_ok=True)
        write_receipts(home, receipts)
        new = home.manifest.with_name(f"{home.manifest.name}.new")
        with new.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        new.replace(home.manifest)
    except OSError as error:
        raise disk_failed(error, home.path, Message("archive.choose-a-home")) from error
    return wrong


def _where_else(store: ObjectStore) -> Message:
    """What to do about a store that has no manifest of this name."""
    with suppress(ObjectDiffers):
        if next(store.names(FOLDER), None) is not None:
            return Message("archive.gather-begins-it")
    return Message("archive.store-holds-no-archive")


def receipts_standing_in(
    store: ObjectStore, entries: Iterable[ManifestEntry], manifest_name: str
) -> tuple[list[Receipt], list[HdndError]]:
    """The receipts of some segments, or of those in their place, and what is wrong with the rest.

    What a worker has put there may be gone because the archive of all has removed records of it.
    """
    at = to_text(datetime.now(UTC))
    receipts: list[Receipt] = []
    wrong: list[HdndError] = []
    after: dict[str, ManifestEntry] | None = None
    for entry in entries:
        found, errors = receipts_in(store, [entry], at)
        if errors and manifest_name != MANIFEST:
            after = _standing_after_removals(store) if after is None else after
            if entry.file in after:
                found, errors = receipts_in(store, [after[entry.file]], at)
        receipts += found
        wrong += errors
    return receipts, wrong


def _standing_after_removals(store: ObjectStore) -> dict[str, ManifestEntry]:
    """By each segment that the archive of all has removed records from: the one in its place."""
    data, _ = manifest_in(store, MANIFEST)
    held = holdings_in(data, f"{store.address}/{MANIFEST}")
    return {
        earlier: entry
        for entry in held.standing
        for earlier in names_before(entry.file)
        if earlier in held.removed
    }
