"""The manifest against itself and against the segments that are there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field

from archive.fixity.damage import REPAIR, RESTORE, Damage, DamagedPart
from archive.ground.errors import ArchiveDamaged
from archive.ground.home import Home
from archive.warc import manifest, records, segments

_LOST = (
    "Restore it from a backup. `hdnd repair` makes it anew from the segments as they are now: the"
    " chain then starts anew, and proves nothing about the time before unless its head is the one"
    " that was deposited."
)


@dataclass(slots=True)
class Chain:
    """The manifest as it was read: its entries by segment, its digests, its head."""

    entries: dict[str, manifest.ManifestEntry] = field(default_factory=dict)
    digests: list[str] = field(default_factory=list)

    @property
    def head(self) -> str | None:
        """The digest of the last line."""
        return self.digests[-1] if self.digests else None

    @property
    def replaced(self) -> set[str]:
        """Segments that lie aside, their sound records in others."""
        return {entry.replaces for entry in self.entries.values() if entry.replaces}


def check_chain(home: Home, chain: Chain) -> Iterator[Damage]:
    """Read the manifest into `chain`; what is wrong with it."""
    if not home.manifest.exists():
        if any(manifest.closed_segments(home)):
            yield Damage(DamagedPart.MANIFEST, home.manifest.name, "the file is lost", _LOST)
        return
    for line in manifest.read(home):
        chain.digests.append(line.digest)
        if line.entry is None:
            what = f"line {line.number} is not as it was written"
        elif not line.follows:
            what = f"line {line.number} does not name the digest of the line before it"
        elif line.entry.file in chain.entries:
            what = f"line {line.number} names {line.entry.file} a second time"
        else:
            chain.entries[line.entry.file] = line.entry
            continue
        yield Damage(DamagedPart.MANIFEST, home.manifest.name, what, _LOST, line.offset)


@dataclass(frozen=True, slots=True)
class Covered:
    """What a deposited head proves: the first `segments` of the chain, the last of them by name.

    `until` is when its last record was written; None if the segment is not there.
    """

    segments: int
    last: str
    until: str | None


def check_deposited(home: Home, chain: Chain, deposited: str) -> Covered | Damage:
    """What a head digest covers that was kept elsewhere, if this chain once had it."""
    digest = deposited.lower().removeprefix("sha256:")
    if digest not in chain.digests:
        what = (
            f"it never had the head {digest}: it was changed after that digest was deposited, or"
            " the digest is another archive's"
        )
        return Damage(DamagedPart.MANIFEST, "manifest.jsonl", what, _LOST)
    number = chain.digests.index(digest) + 1
    last = next(
        (one.entry.file for one in manifest.read(home) if one.number == number and one.entry), ""
    )
    return Covered(number, last, _last_written(home, last))


def _last_written(home: Home, segment: str) -> str | None:
    path, at = home.warc / segment, None
    for member in segments.walk(path) if segment and path.is_file() else ():
        with suppress(ArchiveDamaged):
            at = records.parse_member(member.data).fields.get("WARC-Date", at)
    return at


def check_presence(home: Home, chain: Chain, there: set[str]) -> Iterator[Damage]:
    """Segments that the manifest names and that are gone, and the other way round."""
    for name in chain.entries.keys() - there - chain.replaced:
        yield Damage(DamagedPart.SEGMENT, name, "the file is lost", "Restore it from a backup.")
    for name in sorted(there & chain.replaced):
        what = "its sound records are in another segment, and it is still here"
        yield Damage(DamagedPart.SEGMENT, name, what, "Run `hdnd repair` again.")
    if home.manifest.exists():
        known = {line.entry.file for line in manifest.read(home) if line.entry}
        for name in sorted(there - known):
            what = f"it lacks the line of {name}"
            yield Damage(DamagedPart.MANIFEST, home.manifest.name, what, REPAIR)


def check_entry(entry: manifest.ManifestEntry, found: manifest.ManifestEntry) -> Iterator[Damage]:
    """A segment's size, digest and number of records against its line."""
    if entry.size != found.size:
        what = f"it has {found.size:,} bytes, the manifest says {entry.size:,}"
    elif entry.sha256 != found.sha256:
        what = "its SHA-256 is not the one in the manifest: a byte of it was changed"
    elif (entry.records, entry.replaces) != (found.records, found.replaces):
        what = (
            f"it holds {found.records:,} records, its line in the manifest says {entry.records:,}"
        )
    else:
        return
    yield Damage(DamagedPart.SEGMENT, entry.file, what, RESTORE)
