"""More of an object than one record, for whoever reads one record after the other."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from threading import Lock

MOST = 8 << 20
"""Bytes that are fetched at once."""

_NEAR = 64 << 10
"""Bytes from one read to the next of who reads on, and those that are fetched for the second."""

_OBJECTS = 4


@dataclass(frozen=True, slots=True)
class _Piece:
    """Bytes of an object from `at` on; those before `up_to` were handed out."""

    at: int
    data: bytes
    up_to: int

    @property
    def end(self) -> int:
        return self.at + len(self.data)


class ReadAhead:
    """The last piece of each of a few objects, for all who read them.

    The first read of an object fetches what is asked for. One that begins a little further on
    fetches 64 KiB, the next one twice as much, and so on up to `MOST`. Nothing is handed out twice:
    who asks for a record again has it fetched again.
    """

    def __init__(self) -> None:
        self._pieces: dict[Hashable, _Piece] = {}
        self._lock = Lock()

    def piece(
        self,
        key: Hashable,
        position: int,
        length: int,
        rest: int,
        fetch: Callable[[int, int], bytes],
        *,
        before: int = 0,
    ) -> tuple[int, bytes]:
        """Where a piece begins that has the byte at a position, and the piece.

        `rest` is how many bytes the object has from there on; `fetch` is given where to begin and
        how many to fetch. `before`: the piece that this reader had, which ends there, is so large.
        """
        last = self._pieces.get(key)
        if last is None or not last.up_to <= position < last.end:
            if last is not None and 0 <= position - last.end <= max(_NEAR, len(last.data)):
                before = max(before, len(last.data))
            ahead = min(MOST, max(_NEAR, 2 * before)) if before else 0
            wanted = max(length, ahead)
            last = _Piece(position, fetch(position, min(wanted, rest)), position)
        self._keep(key, _Piece(last.at, last.data, min(position + length, last.end)))
        return last.at, last.data

    def forget(self, key: Hashable) -> None:
        """Have nothing of an object."""
        with self._lock:
            self._pieces.pop(key, None)

    def _keep(self, key: Hashable, piece: _Piece) -> None:
        with self._lock:
            self._pieces.pop(key, None)
            self._pieces[key] = piece
            while len(self._pieces) > _OBJECTS:
                del self._pieces[next(iter(self._pieces))]
