"""Segments that lie here under another name, and files that are copies of segments."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from archive.fixity.check_manifest import Chain
from archive.fixity.damage import REPAIR, Damage, DamagedPart
from archive.ground.errors import ArchiveDamaged
from archive.ground.home import Home
from archive.ground.message import Message
from archive.warc import records, segment_files, segments


@dataclass(slots=True)
class Misplaced:
    """`renamed`: where a segment lies that the manifest names; `copies`: of which one a file is.

    `misnamed`: the segment whose line in the manifest has this name, which it never had.
    """

    renamed: dict[str, Path] = field(default_factory=dict)
    misnamed: dict[str, Path] = field(default_factory=dict)
    copies: dict[Path, str] = field(default_factory=dict)

    @property
    def files(self) -> set[Path]:
        """All the files that are not what their names say."""
        return {*self.renamed.values(), *self.copies}

    def damages(self) -> Iterator[Damage]:
        """Each of them, by the name that is to be put right."""
        for name, path in self.renamed.items():
            what = Message("archive.lies-here-as", place=f"{path.parent.name}/{path.name}")
            remedy = Message("archive.repair-gives-its-name-back")
            yield Damage(DamagedPart.SEGMENT, name, what, remedy)
        for name, path in self.misnamed.items():
            what = Message("archive.calls-a-segment", segment=path.name, name=name)
            yield Damage(DamagedPart.MANIFEST, "manifest.jsonl", what, REPAIR)
        for path, name in self.copies.items():
            what = Message("archive.copy-of", name=name)
            remedy = Message("archive.repair-moves-the-copy-aside")
            yield Damage(DamagedPart.SEGMENT, path.name, what, remedy)


def find_misplaced(home: Home, chain: Chain) -> Misplaced:
    """Look among the files of the archive that are not where the manifest says."""
    found = Misplaced()
    lying = segment_files.files_in(home.warc)
    lying = [path for path in lying if segment_files.is_file(path) and not path.is_symlink()]
    there = {path.name for path in lying}
    standing: dict[str, str] = {}
    for name, entry in chain.entries.items():
        if name in there and entry.sha256 in standing:
            found.copies[home.warc / name] = standing[entry.sha256]
        elif name in there:
            standing[entry.sha256] = name
    wanted = {
        entry.sha256: name
        for name, entry in chain.entries.items()
        if name not in there and name not in chain.replaced and entry.sha256 not in standing
    }
    sizes = {entry.size for entry in chain.entries.values()}
    strange = [path for path in lying if path.name not in chain.entries]
    for path in [*strange, *(_files(home.aside) if wanted else ())]:
        if segment_files.size_of(path) not in sizes:
            continue
        with segment_files.open_segment(path) as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        if sha256 in wanted:
            name = wanted.pop(sha256)
            true_name = path.parent == home.warc and _stated_name(path) == path.name
            (found.misnamed if true_name else found.renamed)[name] = path
        elif sha256 in standing and path.parent == home.warc:
            found.copies[path] = standing[sha256]
    return found


def _stated_name(path: Path) -> str | None:
    """What a segment was called when it was begun, by its own first record."""
    with suppress(ArchiveDamaged, OSError):
        for member in islice(segments.walk(path), 1):
            return records.parse_member(member.data).fields.get("WARC-Filename")
    return None


def _files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    return sorted(path for path in folder.iterdir() if path.is_file() and not path.is_symlink())
