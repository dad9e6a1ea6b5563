"""The manifest against itself and against the segments that are there."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from contextlib import suppress
from dataclasses import dataclass, field

from archive.fixity.damage import REPAIR, RESTORE, Damage, DamagedPart
from archive.ground.errors import ArchiveDamaged
from archive.ground.home import Home
from archive.ground.lock import is_held
from archive.ground.message import Message
from archive.warc import manifest, records, segment_files, segments
from archive.warc.replacing import names_before

_LOST = Message("archive.restore-the-manifest")
_RESTORE_IT = Message("archive.restore-from-backup")


@dataclass(slots=True)
class Chain:
    """The manifest as it was read: its entries by segment, its digests, its head.

    `suspect` are the segments whose lines the next line does not know, `removed_from` those that
    still had records which were removed since.
    """

    entries: dict[str, manifest.ManifestEntry] = field(default_factory=dict)
    digests: list[str] = field(default_factory=list)
    suspect: set[str] = field(default_factory=set)
    removed_from: set[str] = field(default_factory=set)

    @property
    def head(self) -> str | None:
        """The digest of the last line."""
        return self.digests[-1] if self.digests else None

    @property
    def replaced(self) -> set[str]:
        """Segments that lie aside or were deleted, their other records in new ones."""
        replaced = {entry.replaces for entry in self.entries.values() if entry.replaces}
        return replaced | self.removed_from


def check_chain(home: Home, chain: Chain) -> Iterator[Damage]:
    """Read the manifest into `chain`; what is wrong with it."""
    chain.removed_from = manifest.removed_from(home)
    if not home.manifest.exists():
        if any(manifest.closed_segments(home)):
            what = Message("archive.file-is-lost")
            yield Damage(DamagedPart.MANIFEST, home.manifest.name, what, _LOST)
        return
    before: str | None = None
    for line in manifest.read(home):
        chain.digests.append(line.digest)
        if before and not line.follows:
            chain.suspect.add(before)
        before = line.entry.file if line.entry else None
        if line.entry is None:
            what = Message("archive.line-not-as-written", line=line.number)
        elif not line.follows:
            what = Message("archive.line-not-of-the-chain", line=line.number)
        elif line.entry.file in chain.entries:
            what = Message("archive.line-names-twice", line=line.number, file=line.entry.file)
        else:
            chain.entries[line.entry.file] = line.entry
            continue
        yield Damage(DamagedPart.MANIFEST, home.manifest.name, what, _LOST, line.offset)


@dataclass(frozen=True, slots=True)
class Covered:
    """What a deposited head proves: the first `segments` of the chain, the last of them by name.

    `until` is when its last record was written; None if the segment is not there. Of their records
    so many were `removed` since.
    """

    segments: int
    last: str
    until: str | None
    removed: int = 0


def check_deposited(home: Home, chain: Chain, deposited: str) -> Covered | Damage:
    """What a head digest covers that was kept elsewhere, if this chain once had it."""
    digest = deposited.lower().removeprefix("sha256:")
    if digest not in chain.digests:
        what = Message("archive.never-had-the-head", digest=digest)
        return Damage(DamagedPart.MANIFEST, "manifest.jsonl", what, _LOST)
    number = chain.digests.index(digest) + 1
    entries = {one.number: one.entry for one in manifest.read(home) if one.entry}
    covered = {entry.file for at, entry in entries.items() if at <= number}
    removed = sum(
        len(entry.removed["records"])
        for at, entry in entries.items()
        if at > number and entry.removed and covered & {*names_before(entry.file)}
    )
    last = entries[number].file if number in entries else ""
    return Covered(number, last, _last_written(home, last), removed)


def _last_written(home: Home, segment: str) -> str | None:
    path, at = home.warc / segment, None
    for member in segments.walk(path) if segment and segment_files.is_file(path) else ():
        with suppress(ArchiveDamaged):
            at = records.parse_member(member.data).fields.get("WARC-Date", at)
    return at


def check_presence(
    home: Home, chain: Chain, there: set[str], explained: AbstractSet[str]
) -> Iterator[Damage]:
    """Segments that the manifest names and that are gone, and the other way round.

    Of those that are `explained` something else was said.
    """
    # Whoever writes puts in the line of a segment right after it has closed it.
    written_to = is_held(home.lock)
    listed = (
        {line.entry.file for line in manifest.read(home) if line.entry}
        if home.manifest.exists()
        else set()
    )
    unlisted = there - listed
    lost = sorted(chain.entries.keys() - there - chain.replaced)
    for name in lost:
        entry = chain.entries[name]
        if name in explained or is_elsewhere(chain, name, there):
            continue
        if name in chain.suspect and len(unlisted) == 1 and _size(home, unlisted) == entry.size:
            # The line is what is damaged: the segment that it was of is there without one.
            continue
        yield Damage(DamagedPart.SEGMENT, name, Message("archive.file-is-lost"), _RESTORE_IT)
    for name in sorted(there & chain.replaced):
        what = Message("archive.replaced-and-still-here")
        if name in chain.removed_from:
            what = Message("archive.removed-from-and-still-here")
        yield Damage(DamagedPart.SEGMENT, name, what, Message("archive.repair-again"))
    if home.manifest.exists() and not written_to:
        for name in sorted(unlisted - explained):
            what = Message("archive.lacks-the-line", name=name)
            yield Damage(DamagedPart.MANIFEST, home.manifest.name, what, REPAIR)


def is_elsewhere(chain: Chain, name: str, there: set[str]) -> bool:
    """Whether a lost file was a copy of one that is there."""
    lost = chain.entries[name].sha256
    return any(
        entry.sha256 == lost and other in there and other != name
        for other, entry in chain.entries.items()
    )


def _size(home: Home, names: set[str]) -> int:
    return sum(segment_files.size_of(home.warc / name) for name in names)


def check_entry(entry: manifest.ManifestEntry, found: manifest.ManifestEntry) -> Iterator[Damage]:
    """A segment's size, digest and number of records against its line."""
    if of_the_line := _damaged_in_the_line(entry, found):
        what = Message(of_the_line, file=entry.file)
        yield Damage(DamagedPart.MANIFEST, "manifest.jsonl", what, REPAIR)
        return
    if entry.size != found.size:
        what = Message("archive.size-not-of-the-manifest", found=found.size, stated=entry.size)
    elif entry.sha256 != found.sha256:
        what = Message("archive.digest-not-of-the-manifest")
    elif (entry.records, entry.replaces, entry.removed) != (
        found.records,
        found.replaces,
        found.removed,
    ):
        what = Message(
            "archive.records-not-of-the-manifest", found=found.records, stated=entry.records
        )
    else:
        return
    yield Damage(DamagedPart.SEGMENT, entry.file, what, RESTORE)


def _damaged_in_the_line(entry: manifest.ManifestEntry, found: manifest.ManifestEntry) -> str:
    """What of a line is wrong where the other of size and digest shows that the segment is not."""
    if entry.sha256 == found.sha256:
        return "archive.size-in-the-line-wrong" if entry.size != found.size else ""
    if entry.size == found.size and _are_nearly_alike(entry.sha256, found.sha256):
        return "archive.digest-in-the-line-wrong"
    return ""


def _are_nearly_alike(stated: str, found: str) -> bool:
    """Whether a few bits of a digest were flipped; another file's has nothing in common with it."""
    if len(stated) != len(found):
        return False
    pairs = zip(stated.encode(), found.encode(), strict=True)
    return sum((a ^ b).bit_count() for a, b in pairs) <= 8
