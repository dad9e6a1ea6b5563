"""What can be imported: WARC, ARC and WACZ files, and folders of them."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from archive.ground.errors import UsageError
from archive.warc.foreign_reader import Unreadable, begins_as_records, read_records
from archive.warc.wacz import PACKAGE_SUFFIX, WARC_SUFFIXES, Named, read_package

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a record comes from: the file's name, a path within a WACZ, the file's digest."""

    name: str
    digest: str


@dataclass(frozen=True, slots=True)
class Source:
    """A file to import and what it is called: within a folder by its path there."""

    path: Path
    origin: Origin


def sources_of(paths: Sequence[Path]) -> list[Source]:
    """The files named, and those within the folders named. `UsageError` for what is neither."""
    found = [source for path in paths for source in _sources_in(path)]
    return [Source(path, _origin_of(path, name)) for path, name in found]


def read_source(path: Path, *, check: bool = False) -> Named:
    """Every record of a file with the name of the file within it, empty for none.

    With `check`, a package's files are compared with its list.
    """
    try:
        with path.open("rb") as file:
            start, size = file.read(4), path.stat().st_size
            if start in _ZIP or (size and _is_zip(file, start)):
                yield from read_package(file, size, check=check)
            else:
                yield from (("", item) for item in read_records(file, size))
    except OSError as error:
        yield "", Unreadable("0", f"the file cannot be read ({error.strerror or error})")


def _is_zip(file: BinaryIO, start: bytes) -> bool:
    """Whether a file whose beginning is that of nothing known is a package by its end."""
    return not begins_as_records(start) and zipfile.is_zipfile(file)


def _sources_in(path: Path) -> Iterator[tuple[Path, str]]:
    if path.is_file():
        yield path, path.name
        return
    if not path.is_dir():
        raise UsageError(f"{path} is no file and no folder")
    endings = (*WARC_SUFFIXES, PACKAGE_SUFFIX)
    inside = [p for p in sorted(path.rglob("*")) if p.name.lower().endswith(endings)]
    files = [p for p in inside if p.is_file()]
    if not files:
        raise UsageError(f"{path}: there is no WARC, ARC or WACZ file in this folder")
    for file in files:
        yield file, file.relative_to(path).as_posix()


def _origin_of(path: Path, name: str) -> Origin:
    try:
        with path.open("rb") as file:
            digest = f"sha256:{hashlib.file_digest(file, 'sha256').hexdigest()}"
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror or error}") from error
    # A file's name may hold bytes that are no UTF-8.
    return Origin(name.encode("utf-8", "backslashreplace").decode(), digest)
