"""Where postings are collected: whole documents go in, whole lists come out, sorted by term.

What is in memory is written to a temporary file whenever it has grown to a set number of postings.
So memory does not grow with the number of documents.
"""

from __future__ import annotations

import struct
import tempfile
from array import array
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from heapq import merge
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import IO

from indexer.engines.local.storage.posting_lists import (
    Move,
    PostingList,
    pack_list,
    read_list,
    renumbered,
)

_ENTRY = struct.Struct("<II")

Lists = Iterable[tuple[bytes, PostingList]]
"""Terms with their lists, sorted by term."""


class PostingPool:
    """Collects the postings of documents that are numbered as they come."""

    def __init__(self, folder: Path, limit: int) -> None:
        self._folder = folder
        self._limit = limit
        self._runs: list[Lists] = []
        self._files = ExitStack()
        self._lists = _Growing()
        self._held = 0

    def add_document(self, document: int, terms: Mapping[bytes, tuple[int, list[int]]]) -> None:
        """Add a document: packed counts and ordinals of each of its terms."""
        growing = self._lists
        for term, (packed, here) in terms.items():
            ids, counts, ordinals = growing[term]
            ids.append(document)
            counts.append(packed)
            ordinals.fromlist(here)
        self._held += len(terms)
        if self._held >= self._limit:
            self._spill()

    def add_lists(self, lists: Lists, move: Move) -> None:
        """Add lists whose documents get numbers after all that were added, or none."""
        self._end_run()
        self._runs.append(_renumbered(lists, move))

    def lists(self) -> Iterator[tuple[bytes, PostingList]]:
        """All that was added."""
        self._end_run()
        if len(self._runs) == 1:
            yield from self._runs[0]
            return
        # Equal terms come in the order of the runs, and so in the order of the documents.
        for term, lists in groupby(merge(*self._runs, key=itemgetter(0)), key=itemgetter(0)):
            yield term, _joined([postings for _, postings in lists])

    def _end_run(self) -> None:
        if self._lists:
            self._runs.append(self._lists.sorted())
            self._lists = _Growing()
            self._held = 0

    def _spill(self) -> None:
        file = tempfile.TemporaryFile(dir=self._folder)  # noqa: SIM115  (read later)
        self._files.callback(file.close)
        for term, postings in self._lists.sorted():
            packed = b"".join(pack_list(postings))
            file.write(_ENTRY.pack(len(term), len(packed)) + term + packed)
        self._runs.append(_read_run(file))
        self._lists = _Growing()
        self._held = 0

    def close(self) -> None:
        """Let go of the temporary files."""
        self._files.close()


def _read_run(file: IO[bytes]) -> Lists:
    file.seek(0)
    while head := file.read(_ENTRY.size):
        term_size, size = _ENTRY.unpack(head)
        yield file.read(term_size), read_list(file.read(size), 0)


_List = tuple["array[int]", bytearray, "array[int]"]


class _Growing(dict[bytes, _List]):
    """Lists that are added to."""

    def __missing__(self, term: bytes) -> _List:
        fresh = self[term] = (array("I"), bytearray(), array("I"))
        return fresh

    def sorted(self) -> Iterator[tuple[bytes, PostingList]]:
        for term in sorted(self):
            ids, counts, ordinals = self[term]
            yield term, PostingList(ids, bytes(counts), ordinals)


def _renumbered(lists: Lists, move: Move) -> Lists:
    for term, postings in lists:
        left = renumbered(postings, move)
        if left is not None:
            yield term, left


def _joined(lists: list[PostingList]) -> PostingList:
    """One list of all documents."""
    if len(lists) == 1:
        return lists[0]
    ids, counts, ordinals = zip(*lists, strict=True)
    return PostingList(_chained(ids), b"".join(counts), _chained(ordinals))


def _chained(arrays: tuple[array[int], ...]) -> array[int]:
    chained = array("I")
    for numbers in arrays:
        chained.extend(numbers if numbers.typecode == "I" else array("I", numbers))
    return chained
