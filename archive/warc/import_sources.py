"""What can be imported: WARC, ARC and WACZ files, and folders of them."""

from __future__ import annotations

import hashlib
import io
import os
import stat
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from archive.ground.causes import cause_of
from archive.ground.errors import UsageError
from archive.ground.message import Message
from archive.ground.plain_files import kind_of
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
    """A file to import and what it is called: within a folder by its path there.

    `fault` says why it is not opened, if it can't be.
    """

    path: Path
    origin: Origin
    fault: Message | None = None


def sources_of(paths: Sequence[Path]) -> list[Source]:
    """The files named, and those within the folders named. `UsageError` for what is neither."""
    return [source for path in paths for source in _sources_in(path)]


def read_source(source: Source, *, check: bool = False) -> Named:
    """Every record of a file with the name of the file within it, empty for none.

    With `check`, a package's files are compared with its list.
    """
    if source.fault:
        yield "", Unreadable("0", source.fault)
        return
    try:
        with _opened(source.path) as file:
            start, size = file.read(4), source.path.stat().st_size
            if start in _ZIP or (size and _is_zip(file, start)):
                has_list = source.path.name.lower().endswith(PACKAGE_SUFFIX)
                yield from read_package(file, size, check=check, has_list=has_list)
            else:
                yield from (("", item) for item in read_records(file, size))
    except OSError as error:
        fault = Message("archive.file-cannot-be-read", reason=cause_of(error))
        yield "", Unreadable("0", fault)


def _is_zip(file: BinaryIO, start: bytes) -> bool:
    """Whether a file whose beginning is that of nothing known is a package by its end."""
    return not begins_as_records(start) and zipfile.is_zipfile(file)


def _sources_in(path: Path) -> Iterator[Source]:
    if path.is_file():
        yield _source(path, path.name)
        return
    if not path.is_dir():
        what = kind_of(path)
        if what is None:
            raise UsageError("archive.no-file-nor-folder-there", path=path)
        raise UsageError("archive.no-file-and-no-folder", path=path, what=what)
    found = list(_within(path, path, ()))
    if not found:
        raise UsageError("archive.no-warc-in-this-folder", path=path)
    yield from found


def _within(folder: Path, top: Path, above: tuple[tuple[int, int], ...]) -> Iterator[Source]:
    """What a folder and those in it hold, in the order of names, also behind links."""
    try:
        here = folder.stat()
        inside = sorted(folder.iterdir())
    except OSError as error:
        fault = Message("archive.folder-cannot-be-read", reason=cause_of(error))
        yield _faulty(folder, top, fault)
        return
    known = (*above, (here.st_dev, here.st_ino))
    for path in inside:
        try:
            at = path.stat() if path.is_dir() else None
        except OSError:
            at = None
        if at is None:
            if path.name.lower().endswith((*WARC_SUFFIXES, PACKAGE_SUFFIX)):
                yield _source(path, path.relative_to(top).as_posix())
        elif (at.st_dev, at.st_ino) not in known:
            yield from _within(path, top, known)


def _source(path: Path, name: str) -> Source:
    """A file by its name and digest; what is no file, or can't be read, with its fault."""
    what = kind_of(path)
    try:
        if what is None:
            with _opened(path) as file:
                digest = f"sha256:{hashlib.file_digest(file, 'sha256').hexdigest()}"
            return Source(path, Origin(_name(name), digest))
    except OSError as error:
        what = Message("archive.not-to-be-read", reason=cause_of(error))
    return Source(path, Origin(_name(name), ""), Message("archive.file-is", what=what))


def _faulty(path: Path, top: Path, fault: Message) -> Source:
    return Source(path, Origin(_name(path.relative_to(top).as_posix()), ""), fault)


def _opened(path: Path) -> io.BufferedReader:
    """A file open for reading; what became a named pipe since it was looked at is not waited for.

    Raises `OSError`.
    """
    file = os.fdopen(os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC), "rb")
    if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
        file.close()
        raise OSError(Message("archive.file-is", what=Message("archive.no-plain-file")))
    return file


def _name(name: str) -> str:
    """A file's name as text; it may hold bytes that are no UTF-8."""
    return name.encode("utf-8", "backslashreplace").decode()
