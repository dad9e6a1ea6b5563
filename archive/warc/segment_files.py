"""The files of segments: their names, and how they are found, opened, closed and cut.

A segment is written under a name that ends in `.open`, and loses that end when it is closed. A
reader waits for no writer: whatever it listed as open may be closed by the time it looks. A closed
one may lie in object storage alone: its path is that of the file it was.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from contextlib import suppress
from io import BufferedReader
from itertools import chain, count
from pathlib import Path

from archive.ground.causes import disk_failed
from archive.ground.durable import sync_folder
from archive.ground.errors import StorageFailed
from archive.ground.message import Message
from archive.warc import segment_names
from archive.warc.receipts import receipt_for, receipts_beside

OPEN_SUFFIX = ".open"

_CHUNK = 1 << 16


def is_segment(path: Path) -> bool:
    """Whether a file of this name is a segment of an archive, closed or open."""
    return is_segment_name(name_of(path))


def is_segment_name(name: str) -> bool:
    """Whether a catalogue may name a segment so: as it is called once it is closed."""
    return segment_names.parse(name) is not None


def number_of(path: Path) -> int:
    """The number in a segment's name."""
    told = segment_names.parse(name_of(path))
    return told.number if told else 0


def name_of(path: Path) -> str:
    """What a segment is called once it is closed."""
    return path.name.removesuffix(OPEN_SUFFIX)


def is_closed(path: Path) -> bool:
    """Whether a path is that of a segment which is never written to again."""
    return not path.name.endswith(OPEN_SUFFIX)


def files_in(folder: Path) -> list[Path]:
    """What lies in the folder of the segments, each once, in order; nothing if there is no folder.

    It is looked at twice: a name that changes while a folder is listed may be in the list as both,
    or as neither (readdir, POSIX.1-2017). Segments that lie in object storage alone are in it too.
    """
    if not folder.is_dir():
        return []
    there = {*folder.iterdir(), *folder.iterdir()}
    both = {path for path in there if not is_closed(path) and _closed(path) in there}
    there -= {path for path in both if not path.exists()}
    return sorted(there | _stored_alone(folder, there))


def segment_path(folder: Path, name: str) -> Path:
    """Where the segment of this name lies now, closed or open."""
    path, still_open = folder / name, folder / (name + OPEN_SUFFIX)
    is_stored = not path.exists() and not still_open.exists() and receipt_for(path)
    return path if path.exists() or is_stored else still_open


def segments_in(folder: Path) -> list[Path]:
    """The segments of a folder, closed and open, in their order."""
    return segments_among(files_in(folder))


def in_order(paths: Iterable[Path]) -> list[Path]:
    """Files of segments in the order in which a catalogue is made of them."""
    files = list(paths)
    order = segment_names.in_order({name_of(path) for path in files})
    place = {name: number for number, name in enumerate(order)}
    return sorted(files, key=lambda path: (place[name_of(path)], path))


def segments_among(paths: Iterable[Path]) -> list[Path]:
    """Those of some files that are segments; a link is none."""
    return [path for path in paths if is_segment(path) and is_file(path) and not path.is_symlink()]


def is_file(path: Path) -> bool:
    """Whether a segment is a file, here or in object storage, also if it was closed just now."""
    return path.is_file() or _closed(path).is_file() or is_stored_alone(path)


def is_stored_alone(path: Path) -> bool:
    """Whether there is no file here and object storage was seen to hold it."""
    return not os.path.lexists(path) and receipt_for(_closed(path)) is not None


def size_of(path: Path) -> int:
    """The bytes of a segment, also if it was closed just now, or lies in object storage alone."""
    here = _size_here(path)
    if here is None and (receipt := receipt_for(_closed(path))):
        return receipt.size
    return path.stat().st_size if here is None else here


def bytes_in(folder: Path) -> int:
    """The bytes of all that lies in the folder of the segments, and not elsewhere alone."""
    total = 0
    for path in files_in(folder):
        with suppress(OSError):
            total += _size_here(path) or 0
    return total


def _size_here(path: Path) -> int | None:
    """The bytes of a segment's file, also if it was closed just now; None if there is none."""
    for there in (path, _closed(path)):
        with suppress(FileNotFoundError):
            return there.stat().st_size
    return None


def open_segment(path: Path) -> BufferedReader:
    """Open a segment to be read, also if it was closed just now, or lies in object storage alone.

    What is read from there may raise `StoreUnreachable`, `ObjectMissing`, `ObjectDiffers`.
    """
    for there in (path, _closed(path)):
        with suppress(FileNotFoundError):
            return there.open("rb")
    if receipt := receipt_for(_closed(path)):
        from archive.warc.stored_segment import StoredSegment

        # It holds what it has fetched itself: nothing is to be held a second time.
        return BufferedReader(StoredSegment(receipt), buffer_size=1)
    return path.open("rb")


def length_of(file: BufferedReader) -> int:
    """The bytes of an open segment; the next that are read are its first."""
    size = file.seek(0, os.SEEK_END)
    file.seek(0)
    return size


def digest_of(path: Path) -> str:
    """The SHA-256 of a segment, all of whose bytes are read for it."""
    with open_segment(path) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def close_segment(path: Path) -> Path:
    """Give a finished segment its final name."""
    final = _closed(path)
    try:
        path.rename(final)
        sync_folder(final.parent)
    except OSError as error:
        raise storage_failed(path, error) from error
    return final


def cut_tail(path: Path, end: int, aside: Path) -> Path | None:
    """Move what lies past `end` into the folder `aside`; the path of the piece, None if nothing."""
    size = path.stat().st_size
    if size <= end:
        return None
    aside.mkdir(parents=True, exist_ok=True)
    name = f"{name_of(path)}.from-{end}"
    piece = aside / name
    while os.path.lexists(piece):
        piece = piece.with_name(piece.name + "+")
    with path.open("r+b") as file:
        file.seek(end)
        with piece.open("xb") as out:
            while chunk := file.read(_CHUNK):
                out.write(chunk)
            out.flush()
            os.fsync(out.fileno())
        sync_folder(aside)
        file.truncate(end)
        os.fsync(file.fileno())
    return piece


def free_name(path: Path) -> Path:
    """This path, or the first `path.2`, `path.3` … that nothing has yet."""
    candidates = (path.with_name(f"{path.name}.{number}") for number in count(2))
    return next(p for p in chain([path], candidates) if not os.path.lexists(p))


def storage_failed(path: Path, error: OSError) -> StorageFailed:
    """What is said where the disk does not write a segment."""
    return disk_failed(error, path, Message("archive.kept-is-safe-mend-the-disk"))


def _stored_alone(folder: Path, there: Iterable[Path]) -> set[Path]:
    receipts = receipts_beside(folder)
    if not receipts:
        return set()
    from archive.warc.stored_segment import standing_for

    names = filter(is_segment_name, receipts)
    return {folder / name for name in standing_for(names, (path.name for path in there))}


def _closed(path: Path) -> Path:
    return path.with_name(name_of(path))
