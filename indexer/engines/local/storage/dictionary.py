"""The file of a segment's words: lists and families, and the dictionary that finds them.

What is under a hundred or so terms is followed by their block of the dictionary: the terms, sorted
and compressed, where each one's list or family is, and how many documents it has. A family of one
spelling in one document stands in the block itself: the spelling behind the term, and in the place
of where and how many the document and its packed counts. After the last block comes the table of
contents (first term and place of each block), and at the very end where that begins. A term is
found by bisecting the contents, then its block.
"""

from __future__ import annotations

import struct
import zlib
from array import array
from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property, lru_cache
from itertools import dropwhile
from typing import IO

from indexer.engines.local.storage.entries import Entry, documents_in, pack_entry, read_entry
from indexer.engines.local.storage.frames import (
    SEAL,
    Data,
    from_bytes,
    seal,
    to_bytes,
    unpacked,
    unseal,
)
from indexer.engines.local.storage.pairs import Single
from indexer.errors import DamagedPiece

_TERMS_IN_A_BLOCK = 128
_SPELLED = b"\t"
"""Between the term of a single family and its spelling; no term has it, and none sorts before."""

_AFTER_SPELLED = b"\n"
"""What sorts after any spelling behind a term, and before all other terms that begin so."""

_KEPT_BLOCKS = 64
_HEAD = struct.Struct("<QII")
_CONTENTS = struct.Struct("<I")
_END = struct.Struct("<Q")


Place = tuple[bytes, int, int]
"""A term in the dictionary, the place of what is under it, and how many documents that has.

Or a term with the spelling of a single family behind it, its document and its packed counts.
"""


class _Block:
    """Terms, and of each where what is under it is, counted from `start`, and how many have it.

    The terms stay one text, each between two line ends: to look for one takes no step of Python for
    the others.
    """

    def __init__(self, start: int, terms: bytes, places: array[int], documents: array[int]) -> None:
        self.start = start
        self._text = b"\n%s\n" % terms
        self.places = places
        self.documents = documents

    @cached_property
    def terms(self) -> list[bytes]:
        """All of them, in order."""
        return self._text[1:-1].split(b"\n")

    def all(self) -> Iterator[Place]:
        """All of them with what the block has of each."""
        return map(self._at, range(len(self.places)), self.terms)

    def find(self, term: bytes) -> Place | None:
        """One of the terms."""
        for ending in (b"\n", _SPELLED):
            start = self._text.find(b"\n%s%s" % (term, ending))
            if start >= 0:
                return next(self._between(start, self._text.index(b"\n", start + 1)))
        return None

    def beginning(self, prefix: bytes) -> Iterator[Place]:
        """Those that begin so."""
        begun = b"\n" + prefix
        start = self._text.find(begun)
        if start < 0:
            return iter(())
        return self._between(start, self._text.index(b"\n", self._text.rfind(begun, 0, -1) + 1))

    def _between(self, start: int, end: int) -> Iterator[Place]:
        """Those between two line ends."""
        terms = self._text[start + 1 : end].split(b"\n")
        first = self._text.count(b"\n", 0, start)
        return map(self._at, range(first, first + len(terms)), terms)

    def _at(self, number: int, term: bytes) -> Place:
        place = self.places[number]
        return term, place if _SPELLED in term else self.start + place, self.documents[number]


def single_at(found: Place) -> Single | None:
    """The single family that stands there, if one does."""
    _, sign, spelling = found[0].partition(_SPELLED)
    return Single(spelling, *found[1:]) if sign else None


class DictionaryWriter:
    """Writes terms with what is under them to a file, in sorted order."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._place = 0
        self._blocks: list[tuple[bytes, int]] = []
        self._clear()

    def _clear(self) -> None:
        self._start = self._place
        self._terms: list[bytes] = []
        self._pieces: list[bytes] = []
        self._places = array("I")
        self._documents = array("I")

    def add(self, term: bytes, entry: Entry) -> None:
        """Add a term that sorts after all that were added."""
        if isinstance(entry, Single):
            self._terms.append(b"%s%s%s" % (term, _SPELLED, entry.spelling))
            self._places.append(entry.document)
            self._documents.append(entry.packed)
        else:
            self._terms.append(term)
            self._places.append(self._place - self._start)
            self._documents.append(documents_in(entry))
            pieces = pack_entry(entry)
            self._pieces += pieces
            self._place += sum(map(len, pieces))
        if len(self._terms) == _TERMS_IN_A_BLOCK:
            self._end_block()

    def finish(self) -> None:
        """Write what is left, and the contents."""
        if self._terms:
            self._end_block()
        places = array("Q", [place for _, place in self._blocks])
        terms = b"\n".join([term for term, _ in self._blocks])
        contents = seal(_CONTENTS.pack(len(places)), to_bytes(places), terms)
        self._file.write(contents + seal(_END.pack(self._place)))

    def _end_block(self) -> None:
        terms = zlib.compress(b"\n".join(self._terms), 1)
        head = _HEAD.pack(self._start, len(self._terms), len(terms))
        block = seal(head, to_bytes(self._places), to_bytes(self._documents), terms)
        self._blocks.append((self._terms[0], self._place))
        self._file.write(b"".join([*self._pieces, block]))
        self._place += len(block)
        self._clear()


class Dictionary:
    """Reads such a file. What reads raises `DamagedPiece` where it is not as it was written."""

    def __init__(self, data: Data) -> None:
        self.data = data
        self._block = lru_cache(maxsize=_KEPT_BLOCKS)(self._read_block)

    def find(self, term: bytes) -> Place | None:
        """Where a term is."""
        number = bisect_right(self._contents[0], term + _AFTER_SPELLED) - 1
        return self._block(number).find(term) if number >= 0 else None

    def starting_at(self, term: bytes) -> Iterator[Place]:
        """The entries from a term on, whether it is there or not."""
        firsts = self._contents[0]
        number = max(bisect_right(firsts, term) - 1, 0)
        while number < len(firsts):
            yield from dropwhile(lambda place: place[0] < term, self._block(number).all())
            number += 1

    def with_prefix(self, prefix: bytes) -> Iterator[Place]:
        """The entries of the terms that begin so."""
        firsts = self._contents[0]
        number = max(bisect_right(firsts, prefix) - 1, 0)
        if number < len(firsts):
            yield from self._block(number).beginning(prefix)
        for following in range(number + 1, len(firsts)):
            if not firsts[following].startswith(prefix):
                return
            yield from self._block(following).beginning(prefix)

    def entries(self) -> Iterator[tuple[bytes, Entry]]:
        """Every term with what is under it, sorted."""
        for number in range(len(self._contents[0])):
            block = self._read_block(number)
            start = block.start
            for found, place, packed in zip(
                block.terms, block.places, block.documents, strict=True
            ):
                term, sign, spelling = found.partition(_SPELLED)
                if sign:
                    yield term, Single(spelling, place, packed)
                else:
                    yield term, read_entry(term, self.data, start + place)

    @cached_property
    def _contents(self) -> tuple[list[bytes], array[int]]:
        """First term and place of each block."""
        end = len(self.data) - _END.size - SEAL
        if end < 0:
            raise DamagedPiece
        (start,) = _END.unpack(unseal(self.data, end, end + _END.size))
        content = unseal(self.data, start, end - SEAL)
        (count,) = _CONTENTS.unpack_from(content)
        terms = _CONTENTS.size + 8 * count
        firsts = content[terms:].split(b"\n") if count else []
        return firsts, from_bytes(8, content[_CONTENTS.size : terms])

    def _read_block(self, number: int) -> _Block:
        place = self._contents[1][number]
        start, count, length = unpacked(_HEAD, self.data, place)
        places = _HEAD.size
        documents = places + 4 * count
        terms = documents + 4 * count
        content = unseal(self.data, place, place + terms + length)
        return _Block(
            start,
            zlib.decompress(content[terms:]),
            from_bytes(4, content[places:documents]),
            from_bytes(4, content[documents:terms]),
        )
