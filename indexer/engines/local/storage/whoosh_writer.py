"""Whoosh's writer and schema with what is ours. Only what writes loads it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import Any

from whoosh import columns, fields
from whoosh.codec.whoosh3 import W3Segment
from whoosh.index import TOC, FileIndex
from whoosh.writing import LockError, SegmentWriter

from indexer.documents import Document
from indexer.engines.local.storage.commit_point import INDEX_NAME, CommitPoint, check
from indexer.engines.local.storage.directory import DurableDirectory, sync
from indexer.engines.local.storage.entries import Entry
from indexer.engines.local.storage.merge_policy import to_merge
from indexer.engines.local.storage.named_dates import dates_of
from indexer.engines.local.storage.named_rows import rows_of
from indexer.engines.local.storage.pairs import by_position, pairs_of
from indexer.engines.local.storage.posting_pool import PostingPool
from indexer.engines.local.storage.segments import Segment
from indexer.engines.local.storage.snapshot import open_newest
from indexer.engines.local.storage.stored_documents import day_number, flags, length_byte, pack
from indexer.engines.local.storage.whoosh_codec import PackedCodec
from indexer.engines.local.storage.whoosh_readers import FIELD, OccurrenceFormat
from indexer.errors import locked
from indexer.facets import joined
from indexer.language.occurrences import Occurrences, analyse_document


class WordsField(fields.FieldType):  # type: ignore[misc]
    """A document's words, given as `analyse_document` made them."""

    def __init__(self) -> None:
        super().__init__(OccurrenceFormat(), None)

    def index(
        self, value: Occurrences, **_: object
    ) -> Iterator[tuple[bytes, int, float, Occurrences]]:
        """All of a document's terms, as one item for the pool of postings."""
        yield b"", 0, 1.0, value


def schema() -> fields.Schema:
    """The fields of the index. It is never read back from a file."""
    return fields.Schema(
        **{FIELD: WordsField()},
        record=fields.COLUMN(columns.VarBytesColumn()),
        id=fields.COLUMN(columns.VarBytesColumn()),
        day=fields.COLUMN(columns.NumericColumn("i")),
        flags=fields.COLUMN(columns.NumericColumn("B")),
        length=fields.COLUMN(columns.NumericColumn("B")),
        site=fields.COLUMN(columns.RefBytesColumn()),
        category=fields.COLUMN(columns.RefBytesColumn()),
        zones=fields.COLUMN(columns.VarBytesColumn()),
    )


class Pool(PostingPool):
    """Our pool, as Whoosh's writer speaks to it."""

    def add(self, item: tuple[str, bytes, int, float, Any]) -> None:
        """Add all terms of a document: what `WordsField` made one item."""
        _, _, document, _, found = item
        text = by_position(found)
        rows = pairs_of(text) | rows_of(found, text) | dates_of(text)
        self.add_document(document, found.terms, rows)

    def iter_postings(self) -> Iterator[tuple[bytes, Entry]]:
        """All lists and families."""
        return self.entries()

    def cleanup(self) -> None:
        """Let go of the temporary files; Whoosh deletes them."""
        self.close()


class Writer(SegmentWriter):  # type: ignore[misc]
    """Whoosh's writer. `before` and `opened` are what it adds to: the newest commit, opened."""

    def __init__(self, folder: Path, known: Iterable[Segment], postings_in_memory: int) -> None:
        """Lock the index. Raises `LockHeld` if another process is writing."""
        index = Index(folder, known, readonly=False)
        try:
            super().__init__(index, compound=False, codec=PackedCodec())
        except LockError:
            raise locked(folder) from None
        except BaseException:
            if self.writelock:
                self.writelock.release()
            raise
        self.pool = Pool(folder, postings_in_memory)
        self.before, self.opened = index.commit, index.opened
        self.numbers: dict[str, int] = {}

    def put(self, document: Document) -> None:
        """Put a document in, in place of any that was put in before with the same id."""
        earlier = self.numbers.get(document.id)
        if earlier is not None:
            self.newsegment.delete_document(earlier)
        self.numbers[document.id] = self.docnum
        found = analyse_document(
            document.title, document.lead, document.body, self.perdocwriter.columns.ordinals
        )
        self.add_document(
            words=found,
            record=pack(document),
            id=document.id,
            day=day_number(document.date),
            flags=flags(document),
            length=length_byte(found.zones[-1] - found.zones[0]),
            zones=found.zones[1:],
            site=document.site,
            category=joined(document.categories),
        )

    def finish(self, remove: Collection[str], watermark: int | None) -> None:
        """Commit, without the documents that were put in anew or are to go."""
        first = 0
        for segment in self.opened:
            for number, identity in enumerate(segment.ids, first):
                if identity in self.numbers or identity in remove:
                    self.delete_document(number)
            first += segment.size
        self._watermark = self.before.watermark if watermark is None else watermark
        self.commit(mergetype=_merge)

    def add_segment(self, segment: Segment, deleted: Collection[int]) -> None:
        """Add what is left of a segment, as whole lists and families."""
        live = [number for number in range(segment.size) if number not in deleted]
        move = self.perdocwriter.columns.add_all(segment, live)
        self.docnum += len(live)
        self.pool.add_entries(segment.entries(), move)
        self._added = True

    def _commit_toc(self, segments: list[Any]) -> None:
        deleted = {one.segment_id(): frozenset(one.deleted_docs()) for one in segments}
        self.storage.prepare(self.before._replace(segments=deleted, watermark=self._watermark))
        super()._commit_toc(segments)
        self.storage.clear_leftovers(self.generation)


def _merge(writer: Writer, segments: list[Any]) -> list[Any]:
    """Put some segments into the new one; those that stay."""
    chosen = to_merge([(one.doc_count_all(), one.doc_count()) for one in segments])
    for number in sorted(chosen):
        if segments[number].doc_count():
            writer.add_segment(writer.opened[number], frozenset(segments[number].deleted_docs()))
    return [one for number, one in enumerate(segments) if number not in chosen]


def make_empty(folder: Path) -> None:
    """Make an empty index in a new or empty folder."""
    folder.mkdir(parents=True, exist_ok=True)
    TOC.create(DurableDirectory(folder, readonly=False), schema(), INDEX_NAME)
    sync(folder.parent)


def open_index(folder: Path, *, readonly: bool = True) -> Index:
    """The engine's index in a folder, after its table of contents was found whole."""
    return Index(folder, (), readonly=readonly)


class Index(FileIndex):  # type: ignore[misc]
    """Whoosh's index by our own list of what a commit consists of (`commit_point`).

    Whoosh's own, the TOC, is a pickle, and the folder may be a stranger's: it is written, since it
    makes the commit, and never read. `commit` and `opened` are what was read in its place.
    """

    commit: CommitPoint
    opened: list[Segment]

    def __init__(self, folder: Path, known: Iterable[Segment], *, readonly: bool) -> None:
        self.storage = DurableDirectory(folder, readonly=readonly)
        self.indexname = INDEX_NAME
        self._schema = schema()
        self._folder = folder
        self._known = known
        check(folder, toc_only=True)

    def _read_toc(self) -> TOC:
        self.commit, self.opened = open_newest(self._folder, self._known)
        codec = PackedCodec()
        segments = [
            W3Segment(
                codec,
                INDEX_NAME,
                segment.size,
                segment.name.removeprefix(f"{INDEX_NAME}_"),
                set(segment.deleted) or None,
            )
            for segment in self.opened
        ]
        return TOC(self._schema, segments, self.commit.generation)
