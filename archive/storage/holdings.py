"""What a store is to hold of an archive, by its manifest, and whether it says that it does."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from archive.ground.errors import ArchiveDamaged, HdndError, ObjectDiffers, ObjectMissing
from archive.ground.home import Home
from archive.ground.message import Message
from archive.objects import ObjectStore
from archive.warc import manifest
from archive.warc.manifest import ManifestEntry
from archive.warc.receipts import Receipt, object_name
from archive.warc.replacing import names_before

MANIFEST = "manifest.jsonl"
"""What the object of the manifest is called, unless several archives share a store."""

_HERE = Message("archive.repair-first")
_THERE = Message("archive.delete-that-manifest")
_APART = Message("archive.take-another-prefix")
_WORKERS_APART = Message("archive.save-what-is-only-here")
_AHEAD = Message("archive.begin-from-the-store")
_WORKER_AHEAD = Message("archive.refresh-goes-on-from-there")


@dataclass(frozen=True, slots=True)
class ManifestLines:
    """The lines of a manifest, in order, each with its entry.

    `replaced` are the segments in whose place others are: they need not be in a store. `removed`
    are those of them that had records which were removed: they must not be.
    """

    raws: tuple[bytes, ...]
    entries: tuple[ManifestEntry, ...]
    replaced: frozenset[str]
    removed: frozenset[str]

    @property
    def standing(self) -> list[ManifestEntry]:
        """The entries of the segments that a store is to hold."""
        return [entry for entry in self.entries if entry.file not in self.replaced]


def holdings_of(home: Home) -> ManifestLines:
    """By the manifest of this archive; raises `ArchiveDamaged` for one that is lost or damaged."""
    if not home.manifest.is_file():
        if any(manifest.closed_segments(home)):
            raise _broken(str(home.manifest), _HERE)
        return holdings_in(b"", str(home.manifest))
    data = home.manifest.read_bytes()
    # A line that is being written counts when it is whole.
    return holdings_in(data[: data.rfind(b"\n") + 1], str(home.manifest), _HERE)


def holdings_in(data: bytes, named: str, hint: Message = _THERE) -> ManifestLines:
    """By the bytes of a manifest, of a store if not told otherwise; raises `ArchiveDamaged`, naming
    it, if its chain is broken.
    """
    raws = data.splitlines(keepends=True)
    entries = []
    for line in manifest.lines_in(raws):
        if line.entry is None or not line.follows:
            raise _broken(named, hint)
        entries.append(line.entry)
    replaced = {entry.replaces for entry in entries if entry.replaces}
    without = {entry.replaces for entry in entries if entry.removed and entry.replaces}
    removed = {earlier for name in without for earlier in (*names_before(name), name)}
    gone = frozenset(replaced | removed)
    return ManifestLines(tuple(raws), tuple(entries), gone, frozenset(removed))


def manifest_in(store: ObjectStore, name: str) -> tuple[bytes, str | None]:
    """The manifest that a store holds and the state it is in; nothing if it holds none."""
    try:
        data, facts = store.get(name)
    except ObjectMissing:
        return b"", None
    return data, facts.etag


def manifest_after(store: ObjectStore, name: str, ours: bytes) -> tuple[bytes, str | None]:
    """The same as `manifest_in`; one that is how ours begins, by its digest, is not fetched."""
    there = store.head(name)
    if there is None:
        return b"", None
    beginning = ours[: there.size]
    if there.sha256 == hashlib.sha256(beginning).hexdigest():
        return beginning, there.etag
    return manifest_in(store, name)


def require_manifest(
    store: ObjectStore, name: str, theirs: bytes, known: Iterable[Receipt]
) -> None:
    """Raise `ObjectMissing` where segments are in the store by their receipts and no manifest."""
    url = str(store.address)
    if not theirs and any(receipt.store == url for receipt in known):
        hint = Message("archive.push-puts-it")
        raise ObjectMissing("archive.object-not-there", store=url, name=name, hint=hint)


def receipt_of(store: ObjectStore, entry: ManifestEntry, at: str) -> Receipt:
    """What the store says of a segment, if that is what the manifest says.

    Raises `ObjectMissing` and `ObjectDiffers`. An object that was put by another program without
    its digest is read through.
    """
    name = object_name(entry.file)
    there = store.head(name)
    hint = Message("archive.store-status-tells")
    url = str(store.address)
    if there is None:
        raise ObjectMissing("archive.object-not-there", store=url, name=name, hint=hint)
    same = there.size == entry.size
    if not same or (there.sha256 or store.digest(name)) != entry.sha256:
        raise ObjectDiffers("archive.object-not-the-manifests", store=url, name=name, hint=hint)
    return Receipt(entry.file, entry.size, entry.sha256, url, at)


def receipts_in(
    store: ObjectStore, entries: Iterable[ManifestEntry], at: str
) -> tuple[list[Receipt], list[HdndError]]:
    """The receipts of all that a store holds of some segments, and what is wrong with the rest."""
    receipts: list[Receipt] = []
    wrong: list[HdndError] = []
    for entry in entries:
        try:
            receipts.append(receipt_of(store, entry, at))
        except (ObjectMissing, ObjectDiffers) as error:
            wrong.append(error)
    return receipts, wrong


def require_same_chain(store: ObjectStore, name: str, theirs: bytes, ours: Sequence[bytes]) -> None:
    """Raise `ObjectDiffers` unless what a store's manifest says is how ours begins.

    What to do then is another thing on a worker than on a machine that crawls alone.
    """
    is_alone = name == MANIFEST
    lines = theirs.splitlines(keepends=True)
    known = len(ours)
    for number, (there, here) in enumerate(zip(lines, ours, strict=False), 1):
        if there != here:
            raise ObjectDiffers(
                "archive.store-of-another-chain",
                store=str(store.address),
                name=name,
                line=number,
                hint=_APART if is_alone else _WORKERS_APART,
            )
    if len(lines) > known:
        raise ObjectDiffers(
            "archive.store-has-more",
            store=str(store.address),
            name=name,
            count=len(lines) - known,
            hint=_AHEAD if is_alone else _WORKER_AHEAD,
        )


def _broken(named: str, hint: Message) -> ArchiveDamaged:
    what = Message("archive.lost-or-damaged")
    return ArchiveDamaged("archive.path-says", path=named, what=what, hint=hint)
