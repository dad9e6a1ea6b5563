"""What can be imported: WARC files, and the WARC files inside a WACZ (a ZIP file).

A WACZ is read in place: nothing of it is unpacked to the disk, whatever its names say.
"""

from __future__ import annotations

import hashlib
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from archive.ground.errors import UsageError
from archive.warc.foreign_reader import ForeignRecord, Unreadable, read_records

_MAX_ENTRIES = 100_000
_MAX_RATIO = 200
_RATIO_COUNTS_FROM = 256 << 20


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a record comes from: the file's name, a path within a WACZ, the file's digest."""

    name: str
    digest: str


def origin_of(path: Path) -> Origin:
    """Name and digest of a file to import; `UsageError` if it can't be read."""
    try:
        with path.open("rb") as file:
            return Origin(path.name, f"sha256:{hashlib.file_digest(file, 'sha256').hexdigest()}")
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror or error}") from error


def read_source(path: Path) -> Iterator[tuple[str, ForeignRecord | Unreadable]]:
    """Every record of a WARC or WACZ file with the name of the file within it, empty for none."""
    with path.open("rb") as file:
        start = file.read(4)
        if start != b"PK\x03\x04":
            file.seek(0)
            for item in read_records(file, path.stat().st_size):
                yield "", item
            return
    yield from _read_wacz(path)


def _read_wacz(path: Path) -> Iterator[tuple[str, ForeignRecord | Unreadable]]:
    try:
        with zipfile.ZipFile(path) as package:
            entries = package.infolist()
            if len(entries) > _MAX_ENTRIES:
                yield "", Unreadable("0", f"the WACZ has more than {_MAX_ENTRIES:,} entries")
                return
            warcs = [entry for entry in entries if _is_warc(entry.filename)]
            if not warcs:
                yield "", Unreadable("0", "the WACZ holds no WARC file under archive/")
            for entry in warcs:
                yield from ((entry.filename, item) for item in _read_entry(package, entry))
    except (zipfile.BadZipFile, NotImplementedError) as error:
        yield "", Unreadable("0", f"not a WACZ that can be read ({error})")


def _read_entry(
    package: zipfile.ZipFile, entry: zipfile.ZipInfo
) -> Iterator[ForeignRecord | Unreadable]:
    if entry.file_size > max(_RATIO_COUNTS_FROM, _MAX_RATIO * entry.compress_size):
        yield Unreadable("0", "it inflates without measure")
        return
    try:
        with package.open(entry) as file:
            yield from read_records(file, entry.file_size)  # type: ignore[arg-type]
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError) as error:
        yield Unreadable("0", f"this part of the WACZ is damaged ({error})")


def _is_warc(name: str) -> bool:
    parts = name.split("/")
    return parts[0] == "archive" and ".." not in parts and name.endswith((".warc", ".warc.gz"))
