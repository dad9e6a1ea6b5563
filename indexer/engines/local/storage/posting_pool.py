"""Where postings are collected: whole documents go in, whole lists come out, sorted by term.

What is in memory is written to a temporary file whenever it has grown to a set number of postings.
So memory does not grow with the number of documents.
"""

from __future__ import annotations

import struct
import tempfile
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from heapq import merge
from itertools import chain, groupby
from operator import itemgetter
from pathlib import Path
from typing import IO

from indexer.engines.local.storage.entries import (
    Entries,
    Entry,
    joined_entry,
    moved_entry,
    pack_entry,
    read_entry,
)
from indexer.engines.local.storage.pairs import SIGN, Family, Row, Single, family_of
from indexer.engines.local.storage.posting_lists import Move, PostingList

_ENTRY = struct.Struct("<II")
_IN_MEMORY = 2_000
"""The entries of so few documents are sorted in memory."""

_ONE_DOCUMENT = 2
_NEW_ROW = 4
"""A row takes as much memory as so many postings of words when it first comes."""


class PostingPool:
    """Collects the postings of documents that are numbered as they come."""

    def __init__(self, folder: Path, limit: int) -> None:
        self._folder = folder
        self._limit = limit
        self._runs: list[Entries] = []
        self._documents = 0
        self._files = ExitStack()
        self._growing = _Growing()

    def add_document(
        self,
        document: int,
        terms: Mapping[bytes, tuple[int, list[int]]],
        rows: Mapping[Row, int],
    ) -> None:
        """Add a document: packed counts and ordinals of each of its terms, counts of its rows."""
        self._documents += 1
        self._growing.add_terms(document, terms)
        self._growing.add_rows(document, rows)
        if self._growing.held >= self._limit:
            self._spill()

    def add_entries(self, entries: Entries, move: Move) -> None:
        """Add entries whose documents get numbers after all that were added, or none."""
        self._end_run()
        self._documents += len(move.numbers)
        self._runs.append(_moved(entries, move))

    def entries(self) -> Iterator[tuple[bytes, Entry]]:
        """All that was added, sorted by term."""
        self._end_run()
        if len(self._runs) == 1:
            yield from self._runs[0]
            return
        # Equal terms come in the order of the runs, and so in the order of the documents.
        if self._documents <= _IN_MEMORY:
            rows: Entries = sorted(chain.from_iterable(self._runs), key=itemgetter(0))
        else:
            rows = merge(*self._runs, key=itemgetter(0))
        for term, run in groupby(rows, key=itemgetter(0)):
            yield term, joined_entry([entry for _, entry in run])

    def _end_run(self) -> None:
        if self._growing.held:
            self._runs.append(self._growing.sorted())
            self._growing = _Growing()

    def _spill(self) -> None:
        file = tempfile.TemporaryFile(dir=self._folder)  # noqa: SIM115  (read later)
        self._files.callback(file.close)
        for term, entry in self._growing.sorted():
            packed = b"".join(pack_entry(entry))
            file.write(_ENTRY.pack(len(term), len(packed)) + term + packed)
        self._runs.append(_read_run(file))
        self._growing = _Growing()

    def close(self) -> None:
        """Let go of the temporary files."""
        self._files.close()


def _read_run(file: IO[bytes]) -> Entries:
    file.seek(0)
    while head := file.read(_ENTRY.size):
        term_size, size = _ENTRY.unpack(head)
        term = file.read(term_size)
        yield term, read_entry(term, file.read(size), 0)


def _moved(entries: Entries, move: Move) -> Entries:
    for term, entry in entries:
        left = moved_entry(entry, move)
        if left is not None:
            yield term, left


_List = tuple["array[int]", bytearray, "array[int]"]


class _Lists(dict[bytes, _List]):
    """Posting lists that are added to."""

    def __missing__(self, term: bytes) -> _List:
        fresh = self[term] = (array("I"), bytearray(), array("I"))
        return fresh


class _Growing:
    """What is in memory. `held` says about how much, in postings of words."""

    def __init__(self) -> None:
        self.held = 0
        self._lists = _Lists()
        # Of a row, document and packed counts by turns: most rows stand in one document alone.
        self._rows: dict[Row, array[int]] = {}

    def add_terms(self, document: int, terms: Mapping[bytes, tuple[int, list[int]]]) -> None:
        growing = self._lists
        for term, (packed, here) in terms.items():
            ids, counts, ordinals = growing[term]
            ids.append(document)
            counts.append(packed)
            ordinals.fromlist(here)
        self.held += len(terms)

    def add_rows(self, document: int, rows: Mapping[Row, int]) -> None:
        growing, before = self._rows, len(self._rows)
        for row, packed in rows.items():
            known = growing.get(row)
            if known is None:
                growing[row] = array("I", (document, packed))
            else:
                known.append(document)
                known.append(packed)
        self.held += _NEW_ROW * (len(growing) - before)

    def sorted(self) -> Entries:
        terms = sorted(self._lists)
        families = bisect_left(terms, SIGN)
        yield from self._postings(terms[:families])
        yield from self._sorted_families()
        yield from self._postings(terms[families:])

    def _postings(self, terms: Iterable[bytes]) -> Entries:
        for term in terms:
            ids, counts, ordinals = self._lists[term]
            yield term, PostingList(ids, bytes(counts), ordinals)

    def _sorted_families(self) -> Entries:
        parted = {term: term.partition(b" ")[::2] for row in self._rows for term in row}
        rows = sorted((*family_of(row, parted), row) for row in self._rows)
        for key, run in groupby(rows, key=itemgetter(0)):
            of_key = list(run)
            _, spelling, row = of_key[0]
            if len(of_key) == 1 and len(self._rows[row]) == _ONE_DOCUMENT:
                yield key, Single(spelling, *self._rows[row])
                continue
            family: Family = {}
            for _, spelling, row in of_key:
                both = self._rows[row]
                family[spelling] = both[::2], bytes(both[1::2].tolist())
            yield key, family
