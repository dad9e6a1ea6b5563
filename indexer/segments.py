"""Reading one segment of the index: whole posting lists and columns, as arrays."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any

from indexer.codec import read_list
from indexer.documents import Document
from indexer.engine import schema
from indexer.postings import Postings
from indexer.records import LENGTHS, unpack


class Segment:
    """One segment. Documents are numbered from 0; `live` says which of them still count."""

    def __init__(self, reader: Any) -> None:
        self._reader = reader
        self._terms = reader.segment().codec().terms_reader(reader.storage(), reader.segment())
        self.size: int = reader.doc_count_all()
        self.deleted = frozenset(reader.segment().deleted_docs())
        self._forms: dict[str, tuple[str, ...]] = {}
        self._postings: dict[str, Postings] = {}

    def live(self) -> Iterator[int]:
        """The numbers of all documents that were not deleted."""
        return (number for number in range(self.size) if number not in self.deleted)

    def forms(self, folded: str) -> tuple[str, ...]:
        """The forms that a folded word has in this segment."""
        found = self._forms.get(folded)
        if found is None:
            prefix = f"{folded} "
            found = tuple(key[len(prefix) :] for key in self.terms(prefix))
            self._forms[folded] = found
        return found

    def terms(self, prefix: str) -> list[str]:
        """All terms that begin with `prefix`, sorted by their bytes."""
        return [key.decode() for key in self._reader.expand_prefix("words", prefix)]

    def postings(self, term: str) -> Postings:
        """The posting list of a term that is in the segment."""
        found = self._postings.get(term)
        if found is None:
            found = self._postings[term] = self._read(term)
        return found

    def _read(self, term: str) -> Postings:
        info = self._terms.term_info("words", term.encode())
        return Postings(*read_list(self._terms.postings_file, info.extent()[0]))

    def vocabulary(self) -> Iterator[tuple[str, int]]:
        """Every term with the number of documents that have it, deleted ones included."""
        for (name, key), info in self._reader:
            if name == "words":
                yield key.decode(), info.doc_frequency()

    @cached_property
    def ids(self) -> list[str]:
        """The id of each document."""
        return [value.decode() for value in self._column("id")]

    @cached_property
    def lengths(self) -> bytes:
        """The length of each document, as a byte (see `indexer.records`)."""
        return bytes(self._column("length"))

    @cached_property
    def words(self) -> float:
        """About how many words all documents have."""
        return sum(LENGTHS[length] for length in self.lengths)

    @cached_property
    def days(self) -> array[int]:
        """The day of each document as YYYYMMDD, 0 where it has none."""
        return array("i", self._column("day"))

    @cached_property
    def flags(self) -> bytes:
        """The flags of each document (see `indexer.records`)."""
        return bytes(self._column("flags"))

    @cached_property
    def sites(self) -> list[str]:
        """The site of each document."""
        return [value.decode() for value in self._column("site")]

    @cached_property
    def categories(self) -> list[str]:
        """The category of each document, empty for none."""
        return [value.decode() for value in self._column("category")]

    def record(self, number: int) -> Document:
        """The document itself."""
        return unpack(self._records[number])

    @cached_property
    def _records(self) -> Any:
        return self._reader.column_reader("record", translate=False)

    def close(self) -> None:
        """Let go of the files."""
        self._terms.close()

    def _column(self, name: str) -> Iterable[Any]:
        column = _SCHEMA[name].column_type
        if not self._reader.has_column(name):
            return [column.default_value()] * self.size
        reader = self._reader.column_reader(name, translate=False)
        return (reader[number] for number in range(self.size))


_SCHEMA = schema()
