"""WACZ packages (1.1.1): the WARC files inside a ZIP file, also of packages within a package.

A package's own list of files (`datapackage.json`) is compared with what is there; what is there
counts. Nothing is written under a name that a package gives.
"""

from __future__ import annotations

import hashlib
import json
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import BinaryIO, NamedTuple

from archive.ground.causes import cause_of
from archive.ground.message import Message
from archive.warc.foreign_reader import (
    ForeignRecord,
    Unreadable,
    read_members,
    read_records,
)
from archive.warc.zip_entries import Entry, open_entry, start_of
from archive.warc.zip_salvage import entries_by_headers

WARC_SUFFIXES = (".warc", ".warc.gz", ".warc.zst", ".arc", ".arc.gz")
"""How the names of the files end that hold records."""

PACKAGE_SUFFIX = ".wacz"

_MAX_ENTRIES = 100_000
_MAX_DEPTH = 3
_MAX_LIST = 16 << 20
_LIST = "datapackage.json"
_CHUNK = 1 << 20
_ERRORS = (
    zipfile.BadZipFile,
    NotImplementedError,
    RuntimeError,
    ValueError,
    OverflowError,
    struct.error,
    EOFError,
    OSError,
    MemoryError,
)

Named = Iterator[tuple[str, ForeignRecord | Unreadable]]


def read_package(
    file: BinaryIO, size: int, *, check: bool, has_list: bool = True, depth: int = 0
) -> Named:
    """The records of a package with the name of the file within it that they stand in.

    With `check`, its files are compared with its list and its checksums; `has_list` is False for a
    ZIP file that is no WACZ, where a list need not be. One whose directory is
    damaged is searched for records.
    """
    is_searched = False
    try:
        with zipfile.ZipFile(file) as package:
            entries = package.infolist()
    except _ERRORS as error:
        is_searched = True
        yield (
            "",
            Unreadable("0", Message("archive.zip-directory-unreadable", reason=cause_of(error))),
        )
        entries = entries_by_headers(file, size)
        if not any(_is_part(entry.filename) for entry in entries):
            for item in read_members(file, size):
                if isinstance(item, ForeignRecord) or item.place != "0":
                    yield "", item
            return
    if len(entries) > _MAX_ENTRIES:
        yield "", Unreadable("0", Message("archive.too-many-entries", limit=_MAX_ENTRIES))
        return
    parts = [entry for entry in entries if _is_part(entry.filename)]
    if parts and all(start_of(file, size, entry) is None for entry in parts):
        is_searched = True
        yield "", Unreadable("0", Message("archive.zip-directory-leads-nowhere"))
        entries = entries_by_headers(file, size)
        parts = [entry for entry in entries if _is_part(entry.filename)] or parts
    astray = [entry.filename for entry in entries if _leads_outside(entry.filename)]
    for name in filter(_is_named_so, astray):
        yield "", Unreadable("0", Message("archive.entry-leads-outside", name=name))
    if not parts and not astray:
        yield "", Unreadable("0", Message("archive.wacz-without-warc"))
    listed = _Listed()
    if check:
        listed = _listed(file, size, entries)
        if listed.fault and (listed.is_there or (has_list and not is_searched)):
            yield "", Unreadable("0", listed.fault)
    for name in sorted(listed.digests.keys() - {entry.filename for entry in parts}):
        if _is_named_so(name):
            yield "", Unreadable("0", Message("archive.listed-and-not-there", name=name))
    for entry in parts:
        with open_entry(file, size, entry) as opened:
            fault = (opened.fault or _fault_of(opened, entry, listed)) if check else None
            if fault:
                yield entry.filename, Unreadable("0", fault)
            found = _read_part(opened, entry.filename, check=check, depth=depth)
            yield from _gaps_as_one(found) if fault else found


def _gaps_as_one(items: Named) -> Named:
    """What a damaged part holds; all its places where there is no record are told of as one."""
    gaps: list[tuple[str, str]] = []
    for name, item in items:
        if isinstance(item, Unreadable) and item.is_no_record:
            gaps.append((name, item.place))
        else:
            yield name, item
    if gaps:
        name, place = gaps[0]
        yield name, Unreadable(place, Message("archive.places-without-record", count=len(gaps)))


def _read_part(opened: Entry, name: str, *, check: bool, depth: int) -> Named:
    if name.lower().endswith(PACKAGE_SUFFIX):
        if depth + 1 >= _MAX_DEPTH:
            yield name, Unreadable("0", Message("archive.packages-too-deep", limit=_MAX_DEPTH))
            return
        inner = read_package(opened.file, opened.size, check=check, depth=depth + 1)
        yield from ((f"{name}/{within}" if within else name, item) for within, item in inner)
    elif opened.searched:
        yield from ((name, item) for item in read_members(opened.file, opened.size))
    elif opened.size or not opened.fault:
        yield from ((name, item) for item in read_records(opened.file, opened.size))


def _is_part(name: str) -> bool:
    return _is_named_so(name) and not _leads_outside(name)


def _is_named_so(name: str) -> bool:
    return name.lower().endswith((*WARC_SUFFIXES, PACKAGE_SUFFIX))


def _leads_outside(name: str) -> bool:
    parts = name.split("/")
    return ".." in parts or not parts[0]


class _Listed(NamedTuple):
    """The files that a package's list names, with the digests it states, and what is wrong with it.

    `names_all` is whether it could be read and must name every file.
    """

    digests: Mapping[str, str | None] = MappingProxyType({})
    fault: Message | None = None
    is_there: bool = False
    names_all: bool = False


def _listed(file: BinaryIO, size: int, entries: list[zipfile.ZipInfo]) -> _Listed:
    entry = next((entry for entry in entries if entry.filename == _LIST), None)
    if entry is None:
        return _Listed(fault=Message("archive.no-list-of-files", list=_LIST))
    if entry.file_size > _MAX_LIST:
        fault = Message("archive.list-too-large", list=_LIST, limit=_MAX_LIST >> 20)
        return _Listed(fault=fault, is_there=True)
    with open_entry(file, size, entry) as opened:
        opened.file.seek(0)
        try:
            resources = list(json.loads(opened.file.read(_MAX_LIST))["resources"])
        except (ValueError, KeyError, TypeError, RecursionError):
            fault = Message("archive.list-unreadable", list=_LIST)
            return _Listed(fault=fault, is_there=True)
    named = [one for one in resources if isinstance(one, dict) and isinstance(one.get("path"), str)]
    nameless = len(resources) - len(named)
    return _Listed(
        {one["path"]: _text(one.get("hash")) for one in named},
        Message("archive.list-names-no-file", count=nameless, list=_LIST) if nameless else None,
        is_there=True,
        names_all=True,
    )


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _fault_of(opened: Entry, entry: zipfile.ZipInfo, listed: _Listed) -> Message | None:
    """What is wrong with an entry by the package's list and its directory."""
    sha256, crc = hashlib.sha256(), 0
    opened.file.seek(0)
    while data := opened.file.read(_CHUNK):
        sha256.update(data)
        crc = zlib.crc32(data, crc)
    stated = listed.digests.get(entry.filename)
    if stated and stated.startswith("sha256:"):
        if stated.lower() != f"sha256:{sha256.hexdigest()}":
            return Message("archive.not-the-listed-file")
    elif crc != entry.CRC:
        return Message("archive.checksum-is-another")
    if listed.names_all and entry.filename not in listed.digests:
        return Message("archive.not-listed")
    return None
