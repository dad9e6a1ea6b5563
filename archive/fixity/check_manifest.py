"""The manifest against itself and against the segments that are there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from archive.fixity.damage import REPAIR, RESTORE, Damage, DamagedPart
from archive.ground.home import Home
from archive.warc import manifest

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


def check_deposited(chain: Chain, deposited: str) -> Iterator[Damage]:
    """Whether a head digest that was kept elsewhere is one that this chain once had."""
    if deposited.lower().removeprefix("sha256:") not in chain.digests:
        what = f"it never had the head {deposited}: it was changed after that digest was deposited"
        yield Damage(DamagedPart.MANIFEST, "manifest.jsonl", what, _LOST)


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
