"""Whoosh's view of our files: what its own readers and matchers ask a codec for.

Our searches need none of this; the test suite holds them against what Whoosh finds through it.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from whoosh import formats
from whoosh.codec import base
from whoosh.matching import ListMatcher
from whoosh.reading import TermInfo, TermNotFound

from indexer.engines.local.storage.columns import Columns
from indexer.engines.local.storage.dictionary import Dictionary, Place
from indexer.engines.local.storage.frames import IndexFile
from indexer.engines.local.storage.pairs import SIGN
from indexer.engines.local.storage.posting_lists import read_list
from indexer.engines.local.storage.zones import Zones, ordinals_in

FIELD = "words"
"""The one field that has terms."""

_COLUMNS = {
    "id": "ids",
    "day": "days",
    "flags": "flags",
    "length": "lengths",
    "site": "sites",
    "category": "categories",
}


class DocumentsReader(base.PerDocumentReader):  # type: ignore[misc]
    """Whoosh's view of the documents."""

    def __init__(self, path: Path, segment: Any) -> None:
        self._file = IndexFile(path)
        self._segment = segment
        self.columns = Columns(self._file)

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def doc_count(self) -> int:
        """How many documents are not deleted."""
        return int(self._segment.doc_count())

    def doc_count_all(self) -> int:
        """How many documents there are, deleted ones included."""
        return self.columns.size

    def has_deletions(self) -> bool:
        """Whether any document is deleted."""
        return bool(self._segment.has_deletions())

    def is_deleted(self, docnum: int) -> bool:
        """Whether a document is deleted."""
        return bool(self._segment.is_deleted(docnum))

    def deleted_docs(self) -> Iterable[int]:
        """The deleted documents."""
        numbers: Iterable[int] = self._segment.deleted_docs()
        return numbers

    def supports_columns(self) -> bool:
        """Columns are all there is."""
        return True

    def has_column(self, fieldname: str) -> bool:
        """Whether there is such a column."""
        return fieldname != FIELD

    def column_reader(self, fieldname: str, column: Any) -> list[Any]:
        """The values of a column, by document."""
        documents = range(self.columns.size)
        if fieldname == "record":
            return [self.columns.packed_record(number) for number in documents]
        if fieldname == "zones":
            return [*map(Zones(self.columns.zones).ends_of, documents)]
        return list(getattr(self.columns, _COLUMNS[fieldname]))

    def stored_fields(self, docnum: int) -> dict[str, Any]:
        """Nothing is stored but the columns."""
        return {}


class WordsReader(base.TermsReader):  # type: ignore[misc]
    """Whoosh's view of the dictionary and the posting lists."""

    def __init__(self, words: Path, documents: Path) -> None:
        self._files = IndexFile(words), IndexFile(documents)
        self.dictionary = Dictionary(self._files[0])
        self._zones = Zones(Columns(self._files[1]).zones)

    def close(self) -> None:
        """Let go of the files."""
        for file in self._files:
            file.close()

    def indexed_field_names(self) -> list[str]:
        """The one field."""
        return [FIELD]

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        return term[0] == FIELD and self.dictionary.find(term[1]) is not None

    def terms(self) -> Iterator[tuple[str, bytes]]:
        """All terms."""
        return self.terms_from(FIELD, b"")

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        """The terms from one on."""
        return (term for term, _ in self.items_from(fieldname, prefix))

    def items(self) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        """All terms with what is known of them."""
        return self.items_from(FIELD, b"")

    def items_from(
        self, fieldname: str, prefix: bytes
    ) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        """The terms from one on, with what is known of them."""
        entries = self.dictionary.starting_at(prefix) if fieldname == FIELD else ()
        words = (entry for entry in entries if not entry[0].startswith(SIGN))
        return (((FIELD, entry[0]), self._info(entry)) for entry in words)

    def term_info(self, fieldname: str, text: bytes) -> TermInfo:
        """What is known of a term."""
        return self._info(self._entry(fieldname, text))

    def doc_frequency(self, fieldname: str, text: bytes) -> int:
        """How many documents have a term."""
        return self._entry(fieldname, text)[2] if (fieldname, text) in self else 0

    def frequency(self, fieldname: str, text: bytes) -> float:
        """How often a term stands in all documents."""
        return float(self.term_info(fieldname, text).weight()) if (fieldname, text) in self else 0.0

    def matcher(self, fieldname: str, text: bytes, format_: Any, scorer: Any = None) -> ListMatcher:
        """A term's postings for Whoosh's own matchers."""
        entry = self._entry(fieldname, text)
        ids, counts, _ = read_list(self.dictionary.data, entry[1])
        positions = self._positions(entry)
        return ListMatcher(
            ids.tolist(),
            [float(len(here)) for here in positions],
            [*map(encode_value, counts, positions)],
            format_,
            scorer=scorer,
            term=(fieldname, text),
            terminfo=self._info(entry),
        )

    def _entry(self, fieldname: str, text: bytes) -> Place:
        entry = self.dictionary.find(text) if fieldname == FIELD else None
        if entry is None:
            raise TermNotFound(f"{fieldname}:{text!r}")
        return entry

    def _info(self, entry: Place) -> TermInfo:
        ids, _, ordinals = read_list(self.dictionary.data, entry[1])
        return TermInfo(
            weight=float(len(ordinals)),
            df=len(ids),
            maxweight=float(max(map(len, self._positions(entry)))),
            minid=ids[0],
            maxid=ids[-1],
        )

    def _positions(self, entry: Place) -> list[list[int]]:
        """The positions in each document that has a term, counted from its first ordinal."""
        ids, _, ordinals = read_list(self.dictionary.data, entry[1])
        return [
            [ordinal - firsts[0] for ordinal in ordinals_in(ordinals, (firsts, ends))]
            for firsts, ends in (self._zones.stretches([document]) for document in ids)
        ]


class OccurrenceFormat(formats.Format):  # type: ignore[misc]
    """What a posting of a word says: its counts by zone and its positions."""

    def decode_positions(self, value: bytes) -> list[int]:
        """The positions, in order."""
        return decode_value(value)[1].tolist()

    def decode_frequency(self, value: bytes) -> int:
        """How often the term stands in the document."""
        return len(decode_value(value)[1])

    def decode_weight(self, value: bytes) -> float:
        """The same, as a weight."""
        return float(self.decode_frequency(value))


def encode_value(packed_counts: int, positions: list[int]) -> bytes:
    """The value of one posting as Whoosh's matchers pass it on: packed counts, then positions."""
    return bytes((packed_counts,)) + array("I", positions).tobytes()


def decode_value(value: bytes) -> tuple[int, array[int]]:
    """Packed counts and positions of a posting's value."""
    return value[0], array("I", value[1:])
