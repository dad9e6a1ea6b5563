"""Reading one segment of the index: its terms, whole posting lists, and its documents."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from functools import partial
from itertools import islice, takewhile
from typing import TYPE_CHECKING

from indexer.engines.local.storage.columns import Columns
from indexer.engines.local.storage.dictionary import Dictionary, Place, single_at
from indexer.engines.local.storage.entries import Entry
from indexer.engines.local.storage.frames import IndexFile
from indexer.engines.local.storage.pairs import AFTER_PAIRS, SIGN, read_family
from indexer.engines.local.storage.posting_lists import Counts, read_counts, read_ordinals
from indexer.engines.local.storage.postings import Postings
from indexer.engines.local.storage.stored_documents import StoredDocument, unpack

if TYPE_CHECKING:
    from pathlib import Path

WORDS = ".words"
DOCUMENTS = ".documents"

_KEPT_FORMS = 1 << 12
_KEPT_PLACES = 1 << 10
"""Of how many folded words the forms are kept, and the places of their lists."""


class Segment(Columns):
    """One segment. Documents are numbered from 0; `live` says which of them still count.

    Whatever reads raises `DamagedPiece` if it is not as it was written.
    """

    def __init__(
        self, folder: Path | str, name: str, deleted: frozenset[int], sizes: tuple[int, int]
    ) -> None:
        """Open the two files of a segment, which must have these `sizes`."""
        self.name = name
        self.deleted = deleted
        self._files = [
            IndexFile(f"{folder}/{name}{ending}", size)
            for ending, size in zip((WORDS, DOCUMENTS), sizes, strict=True)
        ]
        super().__init__(self._files[1])
        self._dictionary = Dictionary(self._files[0])
        self._forms: dict[str, tuple[str, ...]] = {}
        self._places: dict[str, dict[str, tuple[int, int]]] = {}

    def live(self) -> Iterator[int]:
        """The numbers of all documents that were not deleted."""
        return (number for number in range(self.size) if number not in self.deleted)

    def forms(self, folded: str) -> tuple[str, ...]:
        """The forms that a folded word has in this segment."""
        found = self._forms.get(folded)
        if found is None:
            if len(self._forms) >= _KEPT_FORMS:
                self._forms.clear()
            found = self._forms[folded] = tuple(self._places_of(folded))
        return found

    def _places_of(self, folded: str) -> dict[str, tuple[int, int]]:
        """The forms of a folded word, each with the place of its list and its documents' number."""
        found = self._places.get(folded)
        if found is None:
            if len(self._places) >= _KEPT_PLACES:
                self._places.clear()
            prefix = f"{folded} ".encode()
            size = len(prefix)
            self._places[folded] = found = {
                term[size:].decode(): (place, documents)
                for term, place, documents in self._dictionary.with_prefix(prefix)
            }
        return found

    def terms(self, prefix: str, most: int | None = None) -> list[str]:
        """The terms that begin with `prefix`, sorted by their bytes: all, or the first of them."""
        found = self._dictionary.with_prefix(prefix.encode()) if prefix else self._words()
        return [term.decode() for term, _, _ in islice(found, most)]

    def _words(self) -> Iterator[Place]:
        """All terms that are no pairs, which lie together."""
        words = self._dictionary.starting_at(b"")
        yield from takewhile(lambda place: not place[0].startswith(SIGN), words)
        yield from self._dictionary.starting_at(AFTER_PAIRS)

    def postings(self, term: str) -> Postings:
        """The posting list of a term that is in the segment.

        Raises `KeyError` for a term that the segment lacks.
        """
        folded, _, form = term.partition(" ")
        place, documents = self._places_of(folded)[form]
        data = self._dictionary.data
        counts, ordinals = read_counts(data, place)
        if counts.ids is None:
            counts = counts._replace(counts=counts.counts.ljust(self.size, b"\0"))
        return Postings(documents, counts, partial(read_ordinals, data, ordinals), keeps=False)

    def family(self, key: bytes) -> dict[bytes, Postings]:
        """The spellings of a row of folded words, if there are any (`storage.pairs`).

        Their lists have no ordinals.
        """
        found = self._dictionary.find(key)
        if found is None:
            return {}
        single = single_at(found)
        if single:
            counts = Counts(array("I", (single.document,)), bytes((single.packed,)))
            return {single.spelling: self._postings(counts)}
        family = read_family(self._dictionary.data, found[1])
        return {spelling: self._postings(counts) for spelling, counts in family.items()}

    def _postings(self, counts: Counts) -> Postings:
        if counts.ids is None:
            counts = counts._replace(counts=counts.counts.ljust(self.size, b"\0"))
            return Postings((counts.documents or 0).bit_count(), counts, lambda: array("I"))
        return Postings(len(counts.ids), counts, lambda: array("I"))

    def vocabulary(self) -> Iterator[tuple[str, int]]:
        """Every word with the number of documents that have it, deleted ones included."""
        for term, _, documents in self._words():
            yield term.decode(), documents

    def entries(self) -> Iterator[tuple[bytes, Entry]]:
        """Every term with all that is under it, sorted, deleted documents included."""
        return self._dictionary.entries()

    def record(self, number: int) -> StoredDocument:
        """What is shown of a document."""
        return unpack(self.packed_record(number))

    def close(self) -> None:
        """Let go of the files."""
        for file in self._files:
            file.close()
