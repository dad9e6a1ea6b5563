"""Segments that other workers put into a store, gathered into a home.

Every worker keeps a manifest in the store, `manifests/<worker>.jsonl`, a chain of its own. What is
gathered gets a receipt, by which it is read from the store, and a line in the manifest of the home,
so that one head stands for all that is there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NoReturn

from archive.ground.durable import write_whole
from archive.ground.errors import ArchiveDamaged, HdndError, ObjectDiffers
from archive.ground.home import Home
from archive.ground.lock import WriterLock
from archive.ground.message import Message
from archive.ground.scratch import scratch_folder
from archive.ground.times import to_text
from archive.objects import ObjectStore
from archive.storage import (
    FOLDER,
    MANIFEST,
    holdings_in,
    manifest_in,
    manifest_name,
    receipts_in,
)
from archive.warc import manifest, segment_files, segment_names
from archive.warc.manifest import ManifestEntry
from archive.warc.receipts import add_receipts
from archive.warc.segment_names import WORKER, LeaseHolder

OnFault = Callable[[HdndError], None]
"""Told what keeps a worker's segments away, or one of them."""


def _raised(error: HdndError) -> NoReturn:
    raise error


@dataclass(frozen=True, slots=True)
class WorkerManifest:
    """The manifest of a worker, and of what segments it is."""

    worker: str
    data: bytes
    entries: tuple[ManifestEntry, ...]


@dataclass(frozen=True, slots=True)
class Gathered:
    """The names of the segments that came. What could not be had is in `failed`.

    `out_of_order`: one has its place before others that were here, so that a catalogue of all must
    be made again.
    """

    segments: tuple[str, ...]
    out_of_order: bool
    failed: tuple[HdndError, ...]


def gather(home: Home, store: ObjectStore, *, site: str | None = None) -> Gathered:
    """Take in the segments, of one site or of all, that the store has and the home has not.

    Also those that a machine put there while it crawled alone.
    Of all sites the manifests are kept, too. What cannot be had keeps nothing else away, nor does
    a manifest that is none: its worker is left out. Raises `LockHeld` while another process writes
    to the home, `StoreUnreachable`.
    """
    home.warc.mkdir(parents=True, exist_ok=True)
    with WriterLock(home.lock):
        manifest.start(home)
        faults: list[HdndError] = []
        manifests = list(manifests_in(store, faults.append))
        alone = list(_manifest_in(store, MANIFEST, "", faults.append))
        here = {segment_files.name_of(path) for path in segment_files.files_in(home.warc)}
        wanted = _wanted([*alone, *manifests], site, here, store, faults.append)
        receipts, failed = receipts_in(store, wanted, to_text(datetime.now(UTC)))
        add_receipts(home, receipts)
        came = [one.file for one in receipts]
        manifest.take_in(home, [entry for entry in wanted if entry.file in set(came)])
        if site is None:
            home.manifests.mkdir(exist_ok=True)
            for one in manifests:
                write_whole(home.manifests / f"{one.worker}.jsonl", one.data)
    known = segment_names.in_order(here)
    out_of_order = segment_names.in_order([*known, *came])[: len(known)] != known
    return Gathered(tuple(came), out_of_order, (*faults, *failed))


@contextmanager
def copy_of_all(store: ObjectStore) -> Iterator[Home]:
    """What all have in a store, as a copy that segments can be taken from; it has no manifest, for
    the order of its lines would be another.
    """
    with scratch_folder() as folder:
        copy = Home(folder / "copy")
        gather(copy, store)
        copy.manifest.unlink()
        yield copy


def manifests_in(store: ObjectStore, fault: OnFault = _raised) -> Iterator[WorkerManifest]:
    """The manifests of all workers.

    One that is no chain, and names that cannot be listed, are a `fault`: raised, if nobody wants to
    be told. Whoever does gets all others.
    """
    for name in _names(store, fault):
        worker = name.removeprefix(f"{FOLDER}/").removesuffix(".jsonl")
        if re.fullmatch(WORKER, worker):
            yield from _manifest_in(store, name, worker, fault)


def last_holders(home: Home, store: ObjectStore) -> dict[str, LeaseHolder]:
    """Who had the lease of each site in its highest epoch, by the segments that are here and those
    that workers have in the store; raises `ArchiveDamaged` for a manifest that is no chain.
    """
    names = [segment_files.name_of(path) for path in segment_files.files_in(home.warc)]
    names += [entry.file for one in manifests_in(store) for entry in one.entries]
    last: dict[str, LeaseHolder] = {}
    for told in filter(None, map(segment_names.parse, names)):
        if told.holder and (told.site not in last or last[told.site].epoch < told.holder.epoch):
            last[told.site] = told.holder
    return last


def _names(store: ObjectStore, fault: OnFault) -> list[str]:
    """What the manifests are called; by the leases of the workers where they cannot be listed."""
    try:
        return sorted(store.names(FOLDER))
    except ObjectDiffers as error:
        fault(error)
    leases = [name.rpartition("/")[2] for name in store.names("leases/workers")]
    return sorted(manifest_name(name.removesuffix(".json")) for name in leases)


def _manifest_in(
    store: ObjectStore, name: str, worker: str, fault: OnFault
) -> Iterator[WorkerManifest]:
    """The manifest of this name, if there is one."""
    try:
        data, etag = manifest_in(store, name)
        if etag is not None:
            held = holdings_in(data, f"{store.address}/{name}")
            yield WorkerManifest(worker, data, held.entries)
    except (ArchiveDamaged, ObjectDiffers) as error:
        fault(error)


def _wanted(
    manifests: Iterable[WorkerManifest],
    site: str | None,
    here: set[str],
    store: ObjectStore,
    fault: OnFault,
) -> list[ManifestEntry]:
    """The lines of segments that are not here; none of one of which two manifests differ."""
    entries: dict[str, ManifestEntry] = {}
    in_doubt: set[str] = set()
    for one in manifests:
        for entry in one.entries:
            if entries.setdefault(entry.file, entry).sha256 != entry.sha256:
                in_doubt.add(entry.file)
                fault(
                    ObjectDiffers(
                        "archive.manifests-differ",
                        store=str(store.address),
                        name=manifest_name(one.worker) if one.worker else MANIFEST,
                        file=entry.file,
                        hint=Message("archive.store-status-tells"),
                    )
                )
    chosen = set(entries) - here - in_doubt - {entry.replaces for entry in entries.values()}
    if site is not None:
        chosen = {name for name in chosen if segment_names.site_of(name) == site}
    return [entries[name] for name in segment_names.in_order(chosen)]
