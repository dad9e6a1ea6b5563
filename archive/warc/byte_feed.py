"""A run of bytes that comes in pieces, with a place in it."""

from __future__ import annotations

from collections.abc import Iterator


class ByteFeed:
    """Holds no more of the bytes than are asked for."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks
        self.held = bytearray()
        self.position = 0

    def fill(self, count: int) -> bool:
        """Hold at least `count` bytes, if there are so many."""
        while len(self.held) < count:
            chunk = next(self._chunks, None)
            if chunk is None:
                return False
            self.held += chunk
        return True

    def peek(self, count: int) -> bytes:
        """Up to `count` of the next bytes."""
        self.fill(count)
        return bytes(memoryview(self.held)[:count])

    def skip(self, count: int) -> int:
        """Go on by up to `count` bytes; how many there were."""
        gone = 0
        while gone < count and self.fill(1):
            step = min(count - gone, len(self.held))
            del self.held[:step]
            gone += step
        self.position += gone
        return gone

    def skip_line_ends(self) -> bool:
        """Go on to what is no line end; False at the end."""
        while self.fill(1):
            if self.held[0] not in b"\r\n":
                return True
            self.skip(1)
        return False

    def take(self, count: int) -> bytes:
        """The next bytes, which must be held."""
        data = bytes(memoryview(self.held)[:count])
        self.skip(count)
        return data
