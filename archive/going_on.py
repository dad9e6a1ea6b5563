"""A worker's home that is behind its manifest in the store, brought up to it.

A worker has one name and may have had several homes: on the host where a scheduler put it last
night, on a disk that was restored. Only one of them works at a time, for the name is leased.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from archive.catalogue.database import discard
from archive.ground.durable import sync_folder, write_whole
from archive.ground.errors import ArchiveDamaged
from archive.ground.home import Home
from archive.ground.lock import WriterLock
from archive.ground.message import Message
from archive.objects import ObjectStore
from archive.storage import (
    find_again,
    holdings_in,
    holdings_of,
    manifest_after,
    manifest_name,
    own_manifest,
    receipts_standing_in,
    require_same_chain,
)
from archive.warc import manifest, segment_files, segment_names
from archive.warc.manifest import ManifestEntry
from archive.warc.receipts import add_receipts, object_name

_LOGGER = logging.getLogger(__name__)


def go_on(home: Home, url: str, *, worker: str) -> int:
    """Take over the lines that a worker's manifest has in the store, and not here; how many.

    The segments are read from there. What was kept here and has no line yet gets one behind them,
    when the archive is opened next. Lines of segments of other workers, as gathered here, follow,
    too. What is left of crawls that were cut short is forgotten: the other home has gone on with
    them. The caller holds the lease of the worker's name.

    Nothing is changed, and `ObjectDiffers` raised, where this home has lines of segments of its own
    that the manifest in the store has not, while that has lines that this home has not. Raises
    `ObjectMissing` and `ObjectDiffers` for a store that does not hold what its manifest names,
    `ArchiveDamaged` for a damaged manifest, and for a segment here that is another than the one
    there; `LockHeld`, `StoreUnreachable`.
    """
    with WriterLock(home.lock), WriterLock(home.store_lock):
        came = _take_lines(home, ObjectStore.at(url), worker)
    find_again(home, url, manifest_name=manifest_name(worker))
    return came


def _take_lines(home: Home, store: ObjectStore, worker: str) -> int:
    name = manifest_name(worker)
    ours = holdings_of(home)
    data, _ = manifest_after(store, name, b"".join(ours.raws))
    theirs = holdings_in(data, f"{store.address}/{name}")
    common = _common(ours.raws, theirs.raws)
    came, left = theirs.entries[common:], ours.entries[common:]
    if not came:
        return 0
    if left and (own_manifest(home) != name or any(_is_of(worker, entry) for entry in left)):
        require_same_chain(store, name, data, ours.raws)
    new = [entry for entry in came if entry.file not in theirs.replaced]
    receipts, wrong = receipts_standing_in(store, new, name)
    if wrong:
        raise wrong[0]
    older = [*_older_copies(home, store, came), *_replaced(home, came)]

    # In this order, so that whoever is killed in between does all of it again.
    discard(home.frontier)
    if older:
        discard(home.catalogue)
        _set_aside(home, older)
    write_whole(home.manifest, manifest.continued(data, left))
    add_receipts(home, receipts)
    _LOGGER.warning(
        "another home of this worker went on; its segments were taken over",
        extra={"segments": len(came)},
    )
    return len(came)


def _common(ours: Sequence[bytes], theirs: Sequence[bytes]) -> int:
    """With how many same lines both begin."""
    pairs = enumerate(zip(ours, theirs, strict=False))
    return next((at for at, (here, there) in pairs if here != there), min(len(ours), len(theirs)))


def _is_of(worker: str, entry: ManifestEntry) -> bool:
    """Whether a segment was written under this name, or by a machine that crawled alone."""
    told = segment_names.parse(entry.file)
    return told is None or told.holder is None or told.holder.worker == worker


def _older_copies(home: Home, store: ObjectStore, came: Iterable[ManifestEntry]) -> Iterator[Path]:
    """The files here of segments that another home has written on: the beginnings of theirs.

    Raises `ArchiveDamaged` for one that is no beginning.
    """
    for entry in came:
        path = segment_files.segment_path(home.warc, entry.file)
        if not path.is_file():
            continue
        with path.open("rb") as file:
            here = hashlib.file_digest(file, "sha256").hexdigest()
        if here == entry.sha256:
            continue
        if here != _digest_of_beginning(store, entry.file, path.stat().st_size):
            what = Message("archive.not-what-the-manifest-says")
            hint = Message("archive.save-what-is-only-here")
            raise ArchiveDamaged("archive.path-says", path=path, what=what, hint=hint)
        yield path


def _digest_of_beginning(store: ObjectStore, segment: str, size: int) -> str:
    """The SHA-256 of so many first bytes of a segment in the store; of all if there are fewer."""
    digest = hashlib.sha256()
    for piece in store.stream(object_name(segment)):
        digest.update(piece[:size])
        size -= len(piece)
        if size <= 0:
            break
    return digest.hexdigest()


def _replaced(home: Home, came: Iterable[ManifestEntry]) -> Iterator[Path]:
    """The files here of segments in whose place others are."""
    for entry in came:
        if entry.replaces and (home.warc / entry.replaces).is_file():
            yield home.warc / entry.replaces


def _set_aside(home: Home, paths: Iterable[Path]) -> None:
    home.aside.mkdir(parents=True, exist_ok=True)
    for path in paths:
        path.rename(segment_files.free_name(home.aside / path.name))
    sync_folder(home.aside)
    sync_folder(home.warc)
