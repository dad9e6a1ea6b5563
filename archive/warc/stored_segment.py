"""A segment that lies in object storage alone, read like a file, by ranges."""

from __future__ import annotations

import hashlib
import io
import os
import re
from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING

from archive.ground.errors import ObjectDiffers
from archive.ground.message import Message
from archive.warc.read_ahead import ReadAhead
from archive.warc.receipts import Receipt

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

    from archive.objects import ObjectStore

_AHEAD = ReadAhead()
"""For records that are read one after the other, each by an opening of its own."""

_REPAIRED = re.compile(r"(.*?)(?:\.repaired-(\d+))?\.warc\.gz")


class StoredSegment(io.RawIOBase):
    """The bytes of an object, which has the size and the digest of its receipt.

    Whoever reads it from its beginning to its end without a gap is told by `ObjectDiffers` if the
    digest is another: before the last bytes are handed out. Of a part nothing is known but that it
    has its length; records have digests of their own.
    """

    def __init__(self, receipt: Receipt) -> None:
        super().__init__()
        self.name = receipt.file
        self._receipt = receipt
        self._store = store_at(receipt.store)
        self._position = 0
        self._held, self._held_at = b"", 0
        self._sha256, self._hashed = hashlib.sha256(), 0

    def readable(self) -> bool:
        """It is."""
        return True

    def seekable(self) -> bool:
        """It is."""
        return True

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Go to an offset; nothing is asked for yet."""
        base = {os.SEEK_SET: 0, os.SEEK_CUR: self._position, os.SEEK_END: self._receipt.size}
        self._position = max(0, base[whence] + offset)
        return self._position

    def tell(self) -> int:
        """The offset of what is read next."""
        return self._position

    def readinto(self, buffer: WriteableBuffer) -> int:
        """Fill a buffer as far as there are bytes; raises what `ObjectStore.read` raises."""
        view = memoryview(buffer).cast("B")
        data = self._bytes(min(len(view), max(0, self._receipt.size - self._position)))
        view[: len(data)] = data
        self._position += len(data)
        return len(data)

    def _bytes(self, length: int) -> bytes:
        start = self._position - self._held_at
        if length and not 0 <= start < len(self._held):
            self._fetch(length)
            start = self._position - self._held_at
        return self._held[start : start + length]

    def _fetch(self, length: int) -> None:
        reads_on = self._position == self._held_at + len(self._held)
        self._held_at, self._held = _AHEAD.piece(
            self._receipt,
            self._position,
            length,
            self._receipt.size - self._position,
            self._read,
            before=len(self._held) if reads_on else 0,
        )
        unhashed = self._hashed - self._held_at
        if 0 <= unhashed < len(self._held):
            self._sha256.update(memoryview(self._held)[unhashed:])
            self._hashed = self._held_at + len(self._held)
        is_whole = self._hashed == self._receipt.size
        if is_whole and self._sha256.hexdigest() != self._receipt.sha256:
            self._held = b""
            _AHEAD.forget(self._receipt)
            raise ObjectDiffers(
                "archive.object-not-the-manifests",
                store=self._receipt.store,
                name=self._receipt.object_name,
                hint=Message("archive.store-status-tells"),
            )

    def _read(self, offset: int, length: int) -> bytes:
        return self._store.read(self._receipt.object_name, offset, length)


@lru_cache(maxsize=4)
def store_at(url: str) -> ObjectStore:
    """The store of an address, one for all who read there."""
    from archive.objects import ObjectStore

    return ObjectStore.at(url)


def standing_for(names: Iterable[str], files: Iterable[str]) -> list[str]:
    """Those of some stored segments that no file here is, and that no later one is in place of."""
    names, here = set(names), set(files)
    last: dict[str, int] = {}
    for name in names | here:
        if match := _REPAIRED.fullmatch(name.removesuffix(".open")):
            last[match[1]] = max(last.get(match[1], 0), int(match[2] or 0))
    standing = []
    for name in names - here:
        match = _REPAIRED.fullmatch(name)
        if match and last[match[1]] == int(match[2] or 0):
            standing.append(name)
    return standing
