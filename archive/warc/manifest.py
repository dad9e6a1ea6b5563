"""The manifest: one line for each closed segment, each line naming the digest of the one before.

`manifest.jsonl` is a part of the truth, like the segments. Its *head* is the SHA-256 of its last
line (`tail -n 1 manifest.jsonl | sha256sum`): whoever has deposited that elsewhere can prove that
no segment it covers was altered together with its digests. All that a line says can be told again
from the segments; the same segments in the same order give the same lines.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

from archive.ground.causes import disk_failed
from archive.ground.durable import sync_folder
from archive.ground.errors import ArchiveDamaged
from archive.ground.home import Home
from archive.ground.message import Message
from archive.ground.times import from_text
from archive.warc import records, segment_files, segments
from archive.warc.replacing import Replacement, names_before, replacements, replacements_in

_NUMBER = re.compile(rb'"file": "hdnd-(\d+)-')


@dataclass(frozen=True, slots=True)
class ManifestEntry:
    """A closed segment: its size in bytes, its digest, how many records it holds.

    `replaces` is the segment in whose place it is; `previous` the digest of the line before, None
    in the first. `removed` tells of records that were removed on purpose: of which article, when,
    the reason, and the id of each with its digest. A line without any does not have the field.
    """

    file: str
    size: int
    sha256: str
    records: int
    replaces: str | None
    previous: str | None
    removed: dict[str, Any] | None = None

    def line(self) -> bytes:
        """The entry as its line of the manifest, with the line's end."""
        values = asdict(self)
        if self.removed is None:
            del values["removed"]
        return json.dumps(values, ensure_ascii=False, sort_keys=True).encode() + b"\n"


@dataclass(frozen=True, slots=True)
class ManifestLine:
    """A line as it stands in the file. `entry` is None when it says nothing that can be used."""

    number: int
    offset: int
    entry: ManifestEntry | None
    digest: str
    follows: bool


def read(home: Home) -> Iterator[ManifestLine]:
    """Every line of the manifest; `follows` is whether it names the digest of the line before."""
    with home.manifest.open("rb") as file:
        yield from lines_in(file)


def lines_in(raws: Iterable[bytes]) -> Iterator[ManifestLine]:
    """The same of the lines of any manifest."""
    previous = None
    offset = 0
    for number, raw in enumerate(raws, 1):
        entry = parse(raw)
        follows = entry is not None and entry.previous == previous
        digest = hashlib.sha256(raw).hexdigest()
        yield ManifestLine(number, offset, entry, digest, follows)
        previous = digest
        offset += len(raw)


def digests(home: Home) -> dict[str, str]:
    """The SHA-256 of each segment that has a line, by its name; empty without a manifest."""
    if not home.manifest.is_file():
        return {}
    return {line.entry.file: line.entry.sha256 for line in read(home) if line.entry}


def is_intact(home: Home) -> bool:
    """Whether every line is as it was written and names the one before it."""
    return all(line.entry and line.follows for line in read(home))


def start(home: Home) -> None:
    """Begin the manifest of an archive that has no closed segment yet."""
    if not home.manifest.exists() and not closed_segments(home):
        _append(home, b"")


def add(home: Home, file: str, *, size: int, sha256: str, records: int) -> None:
    """Write the line of a segment that was just closed.

    A manifest that was lost is not begun anew: that is for `repair` to say and to do.
    """
    if home.manifest.exists() and not _torn_line(home):
        _append(home, ManifestEntry(file, size, sha256, records, None, head(home)).line())


def take_in(home: Home, entries: Iterable[ManifestEntry]) -> None:
    """Write the lines of segments that others closed, as their manifests have them.

    Those that have a line are passed over, and a damaged manifest is left as it is.
    """
    if not home.manifest.exists() or _torn_line(home) or not is_intact(home):
        return
    data = home.manifest.read_bytes()
    lines = continued(data, entries)[len(data) :]
    if lines:
        _append(home, lines)


def continued(data: bytes, entries: Iterable[ManifestEntry]) -> bytes:
    """The bytes of a manifest with lines of other segments behind its own, chained to them.

    Those that have a line are passed over.
    """
    raws = data.splitlines(keepends=True)
    known = {line.entry.file for line in lines_in(raws) if line.entry}
    for entry in entries:
        if entry.file not in known:
            previous = hashlib.sha256(raws[-1]).hexdigest() if raws else None
            raws.append(replace(entry, previous=previous).line())
            known.add(entry.file)
    return b"".join(raws)


def catch_up(home: Home) -> list[str]:
    """Write the lines that an earlier process did not come to; the names of their segments.

    A damaged manifest is left as it is, and one that was emptied: that is for `verify` to say.
    """
    if not home.manifest.exists():
        return []
    known = digests(home)
    missing = [path for path in closed_segments(home) if path.name not in known]
    if was_emptied(home) or not _cut_torn_line(home, missing) or not is_intact(home):
        return []
    return _add_missing(home, missing)


def was_emptied(home: Home) -> bool:
    """Whether it has no line and lacks more than that of the first segment."""
    return home.manifest.stat().st_size == 0 and len(closed_segments(home)) > 1


def _add_missing(home: Home, missing: list[Path]) -> list[str]:
    previous = head(home)
    for path in missing:
        line = describe(path, previous=previous).line()
        _append(home, line)
        previous = hashlib.sha256(line).hexdigest()
    return [path.name for path in missing]


def renew(home: Home) -> None:
    """Begin a new chain over the closed segments as they are; the old file goes aside."""
    if home.manifest.exists():
        home.aside.mkdir(parents=True, exist_ok=True)
        home.manifest.rename(segment_files.free_name(home.aside / home.manifest.name))
        sync_folder(home.aside)
    _append(home, b"")
    _add_missing(home, closed_segments(home))


def head(home: Home) -> str | None:
    """The digest of the last line: what to deposit elsewhere. None while there is no line."""
    with home.manifest.open("rb") as file:
        last = deque(file, maxlen=1)
    return hashlib.sha256(last[0]).hexdigest() if last else None


def origin(home: Home) -> str:
    """The name that the first closed segment of an archive was given; empty while there is none.

    Two archives of one name would have begun with one site in one second. A segment in the place of
    another has the name of the first.
    """
    first = ""
    if home.manifest.is_file():
        with home.manifest.open("rb") as file:
            entry = parse(file.readline())
            first = entry.file if entry else ""
    first = first or next((path.name for path in closed_segments(home)), "")
    return next(iter(names_before(first)), first)


def describe(path: Path, *, previous: str | None) -> ManifestEntry:
    """The entry of a closed segment, told from the file alone."""
    sha256 = segment_files.digest_of(path)
    records = sum(1 for _ in segments.walk(path))
    about = next(replacements_in(path), None)
    replaces, removed = (about.old if about else None), removal_in(about)
    size = segment_files.size_of(path)
    return ManifestEntry(path.name, size, sha256, records, replaces, previous, removed)


def removal_in(about: Replacement | None) -> dict[str, Any] | None:
    """What the line of a segment says of records that were removed; None if none were."""
    if about is None or not about.removed:
        return None
    return {
        "article": about.article or "",
        "at": about.at or "",
        "reason": about.reason or "",
        "records": dict(about.removed),
    }


def highest_number(home: Home) -> int:
    """The highest number in the name of a segment that has a line; 0 where none has."""
    data = home.manifest.read_bytes() if home.manifest.is_file() else b""
    return max(map(int, _NUMBER.findall(data)), default=0)


def missing(home: Home) -> list[ManifestEntry]:
    """The lines of segments that should be there and lie nowhere: no file here, and no receipt."""
    if not home.manifest.is_file():
        return []
    there = {path.name for path in closed_segments(home)}
    entries = {line.entry.file: line.entry for line in read(home) if line.entry}
    if entries.keys() <= there:
        return []
    over = {entry.replaces for entry in entries.values()} | removed_from(home)
    over.update(earlier for name in there for earlier in names_before(name))
    copies = {entries[name].sha256 for name in there & entries.keys()}
    return [
        entry
        for name, entry in entries.items()
        if name not in there and name not in over and entry.sha256 not in copies
    ]


def removed_from(home: Home) -> set[str]:
    """The segments that still had records which were removed since, by what is said of that."""
    names = {one.old for one in replacements(home) if one.removed}
    if home.manifest.is_file():
        entries = [line.entry for line in read(home) if line.entry]
        names |= {entry.replaces for entry in entries if entry.removed and entry.replaces}
    return {earlier for name in names for earlier in (*names_before(name), name)}


def written_since(home: Home, moment: datetime) -> int:
    """The number of the first segment that may hold records written at `moment` or later."""
    number = 0
    for path in segment_files.segments_in(home.warc):
        for opening in islice(segments.walk(path), 1):
            with suppress(KeyError, ValueError, ArchiveDamaged):
                opened = from_text(records.parse_member(opening.data).fields["WARC-Date"])
                number = max(number, segment_files.number_of(path)) if opened <= moment else number
    return number


def closed_segments(home: Home) -> list[Path]:
    """The segments that are never written to again, in their order."""
    return [path for path in segment_files.segments_in(home.warc) if segment_files.is_closed(path)]


def parse(raw: bytes) -> ManifestEntry | None:
    """The entry, unless a single byte of the line is not as `Entry.line` writes it."""
    try:
        entry = ManifestEntry(**json.loads(raw))
        good = entry.line() == raw and segment_files.is_segment_name(entry.file)
        return entry if good and _is_removal(entry.removed) else None
    except (ValueError, TypeError, RecursionError):
        return None


def _is_removal(removed: object) -> bool:
    """Whether this can be what a line says of removed records."""
    if removed is None:
        return True
    if not isinstance(removed, dict) or set(removed) != {"article", "at", "reason", "records"}:
        return False
    told, about = removed["records"], [removed[name] for name in ("article", "at", "reason")]
    texts = [*about, *told.values()] if isinstance(told, dict) else [None]
    return all(isinstance(text, str) for text in texts)


def _append(home: Home, data: bytes) -> None:
    try:
        with home.manifest.open("ab") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        sync_folder(home.path)
    except OSError as error:
        raise disk_failed(error, home.manifest, Message("archive.every-record-is-safe")) from error


def _cut_torn_line(home: Home, missing: list[Path]) -> bool:
    """Cut off a line that was not written to its end; False for anything else without an end."""
    torn = _torn_line(home)
    if not torn:
        return True
    before = [line.digest for line in read(home)][:-1]
    previous = before[-1] if before else None
    if not any(_begins(describe(path, previous=previous).line(), torn) for path in missing):
        return False
    with home.manifest.open("r+b") as file:
        file.truncate(file.seek(0, os.SEEK_END) - len(torn))
        os.fsync(file.fileno())
    return True


def _torn_line(home: Home) -> bytes:
    data = home.manifest.read_bytes()
    return data[data.rfind(b"\n") + 1 :]


def _begins(line: bytes, torn: bytes) -> bool:
    """Whether a line begins so; a disk may have nothing but zeros where it came to no writing."""
    return len(torn) < len(line) and all(
        there in (0, byte) for there, byte in zip(torn, line, strict=False)
    )
