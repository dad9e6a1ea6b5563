"""Our files as a Whoosh codec: Whoosh writes through it, and can read what was written.

A segment is two files: `.words` (see `storage.dictionary`) and `.documents` (see
`storage.columns`). Whoosh itself keeps which segments there are and which of their documents
are deleted. Searches read the same files without Whoosh (see `storage.segments`).
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from whoosh.codec import base
from whoosh.codec.whoosh3 import W3Segment

from indexer.engines.local.storage.columns import ColumnsWriter
from indexer.engines.local.storage.dictionary import DictionaryWriter
from indexer.engines.local.storage.entries import Entry
from indexer.engines.local.storage.named_dates import DATES
from indexer.engines.local.storage.named_rows import named_rows
from indexer.engines.local.storage.segments import DOCUMENTS, WORDS
from indexer.engines.local.storage.whoosh_readers import DocumentsReader, WordsReader


class PackedCodec(base.Codec):  # type: ignore[misc]
    """Reads and writes segments of our two files."""

    length_stats = False

    def new_segment(self, storage: Any, indexname: str) -> W3Segment:
        """A segment to be written; Whoosh's own kind keeps its size and its deletions."""
        return W3Segment(self, indexname)

    def per_document_writer(self, storage: Any, segment: Any) -> DocumentsWriter:
        """What writes the documents."""
        return DocumentsWriter(segment.create_file(storage, DOCUMENTS))

    def field_writer(self, storage: Any, segment: Any) -> WordsWriter:
        """What writes the terms and their postings."""
        return WordsWriter(segment.create_file(storage, WORDS))

    def per_document_reader(self, storage: Any, segment: Any) -> DocumentsReader:
        """What reads the documents."""
        return DocumentsReader(Path(storage.folder, segment.make_filename(DOCUMENTS)), segment)

    def terms_reader(self, storage: Any, segment: Any) -> WordsReader:
        """What reads the terms and their postings."""
        words, documents = (
            Path(storage.folder, segment.make_filename(ending)) for ending in (WORDS, DOCUMENTS)
        )
        return WordsReader(words, documents)


class DocumentsWriter(base.PerDocumentWriter):  # type: ignore[misc]
    """Takes the columns of one document after the other."""

    def __init__(self, file: Any) -> None:
        self._file = file
        self._values: dict[str, Any] = {}
        self.columns = ColumnsWriter(file, named_rows() | DATES)
        self.is_closed = False

    def start_doc(self, docnum: int) -> None:
        """Begin a document."""
        self._values = {}

    def add_field(self, fieldname: str, fieldobj: Any, value: object, length: int) -> None:
        """Nothing is stored but the columns."""

    def add_column_value(self, fieldname: str, columnobj: Any, value: Any) -> None:
        """Take one of the values of the document."""
        self._values[fieldname] = value

    def cancel_doc(self) -> None:
        """Leave the document out."""

    def finish_doc(self) -> None:
        """Put the document in."""
        self.columns.add(**self._values)

    def close(self) -> None:
        """Finish the file."""
        self.columns.finish()
        self._file.close()
        self.is_closed = True


class WordsWriter(base.FieldWriter):  # type: ignore[misc]
    """Takes whole posting lists and families."""

    def __init__(self, file: Any) -> None:
        self._file = file
        self._words = DictionaryWriter(file)
        self.is_closed = False

    def add_postings(self, schema: Any, lengths: Any, items: Iterable[tuple[bytes, Entry]]) -> None:
        """Write all entries, as `storage.posting_pool` gives them."""
        for term, entry in items:
            self._words.add(term, entry)

    def close(self) -> None:
        """Finish the file."""
        self._words.finish()
        self._file.close()
        self.is_closed = True
