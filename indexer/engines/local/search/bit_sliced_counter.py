"""Sums for all documents at once, as sets: plane n has the documents whose sum has the bit 2ⁿ.

To add a number to the sums of a set of documents is a few `&` and `^` of long integers, whatever
their number (a bit-sliced counter; Rinfret, O'Neil and O'Neil, Bit-Sliced Index Arithmetic, 2001).
"""

from __future__ import annotations

from collections.abc import Iterator


class BitSlicedCounter:
    """A sum for each document, 0 at first."""

    def __init__(self) -> None:
        self._planes: list[int] = []

    def add(self, documents: int, number: int) -> None:
        """Add a number to the sum of each document of a set."""
        for shift in range(number.bit_length()):
            carry = documents if number >> shift & 1 else 0
            while carry:
                if shift >= len(self._planes):
                    self._planes += [0] * (shift + 1 - len(self._planes))
                plane = self._planes[shift]
                self._planes[shift], carry = plane ^ carry, plane & carry
                shift += 1

    def highest(self, documents: int, most: int) -> tuple[int, int]:
        """At most so many documents of a set that have the highest sums; and those next, a tie."""
        chosen, tied = 0, documents
        for plane in reversed(self._planes):
            higher = tied & plane
            if (chosen | higher).bit_count() > most:
                tied = higher
            else:
                chosen, tied = chosen | higher, tied & ~plane
        return chosen, tied

    def descending(self, documents: int) -> Iterator[tuple[int, int]]:
        """The documents of a set by their sums: each sum that any has, the highest first."""
        open_ends = [(documents, len(self._planes), 0)]
        while open_ends:
            found, plane, total = open_ends.pop()
            if not found:
                continue
            if not plane:
                yield total, found
                continue
            having = found & self._planes[plane - 1]
            open_ends.append((found ^ having, plane - 1, total))
            open_ends.append((having, plane - 1, total | 1 << plane - 1))

    def at_least(self, number: int) -> int:
        """The documents whose sum is a number, above 0, or more."""
        above, equal = 0, -1
        for shift in reversed(range(max(len(self._planes), number.bit_length()))):
            plane = self._planes[shift] if shift < len(self._planes) else 0
            if number >> shift & 1:
                equal &= plane
            else:
                above, equal = above | equal & plane, equal & ~plane
        return above | equal
