"""Receipts: what object storage was seen to hold of the segments of an archive, a line each.

They are derived: asking the store for each object makes them again. A segment whose file is gone
from here and that has a receipt is read from there.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from archive.ground.causes import disk_failed
from archive.ground.durable import sync_folder
from archive.ground.home import Home
from archive.ground.message import Message
from archive.ground.untrusted_json import parsed_json

FOLDER = "warc"
"""The folder of the segments, in a home and in a store."""

_SHA256 = re.compile("[0-9a-f]{64}")
_NONE: Mapping[str, Receipt] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Receipt:
    """The segment `file` lies in `store`: its bytes and its SHA-256, as the store said `at` a time.

    Both are those of the manifest.
    """

    file: str
    size: int
    sha256: str
    store: str
    at: str

    @property
    def object_name(self) -> str:
        """What the object is called in the store."""
        return object_name(self.file)


def object_name(segment: str) -> str:
    """What the object of a segment is called in a store."""
    return f"{FOLDER}/{segment}"


def receipts_of(home: Home) -> Mapping[str, Receipt]:
    """The receipts of an archive by the names of their segments."""
    return _receipts_in(os.fspath(home.receipts))


def receipts_beside(folder: Path) -> Mapping[str, Receipt]:
    """Those of the archive whose segments lie in a folder; none for any other folder."""
    if folder.name != FOLDER:
        return _NONE
    return _receipts_in(os.path.join(folder.parent, "receipts.jsonl"))  # noqa: PTH118


def receipt_for(path: Path) -> Receipt | None:
    """The receipt of the segment that a path is of."""
    return receipts_beside(path.parent).get(path.name)


def add_receipts(home: Home, receipts: Iterable[Receipt]) -> None:
    """Write receipts behind those there are; raises `StorageFailed`."""
    _write(home, home.receipts, "ab", receipts)


def write_receipts(home: Home, receipts: Iterable[Receipt]) -> None:
    """Write receipts in the place of those there are; raises `StorageFailed`."""
    new = home.receipts.with_name(f"{home.receipts.name}.new")
    _write(home, new, "wb", receipts)
    new.replace(home.receipts)
    sync_folder(home.path)


def _write(home: Home, path: Path, mode: str, receipts: Iterable[Receipt]) -> None:
    lines = [json.dumps(asdict(one), sort_keys=True).encode() + b"\n" for one in receipts]
    try:
        with path.open(mode) as file:
            file.write(b"".join(lines))
            file.flush()
            os.fsync(file.fileno())
        sync_folder(home.path)
    except OSError as error:
        raise disk_failed(error, path, Message("archive.kept-is-safe-mend-the-disk")) from error


def _receipts_in(path: str) -> Mapping[str, Receipt]:
    try:
        stat = os.stat(path)  # noqa: PTH116
    except OSError:
        return _NONE
    return _read(path, stat.st_mtime_ns, stat.st_size, stat.st_ino)


@lru_cache(maxsize=4)
def _read(path: str, _mtime: int, _size: int, _inode: int) -> Mapping[str, Receipt]:
    """The last line of each segment counts; a line that says nothing usable is passed over."""
    with Path(path).open("rb") as file:
        found = [one for line in file if (one := _parsed(line))]
    return MappingProxyType({one.file: one for one in found})


def _parsed(line: bytes) -> Receipt | None:
    try:
        one = Receipt(**parsed_json(line))
    except (ValueError, TypeError):
        return None
    texts = (one.file, one.sha256, one.store, one.at)
    if not all(isinstance(text, str) for text in texts) or not isinstance(one.size, int):
        return None
    good = "/" not in one.file and one.size >= 0 and _SHA256.fullmatch(one.sha256)
    return one if good else None
