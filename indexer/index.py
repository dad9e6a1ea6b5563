"""The door: an index at a path, opened, brought up to date and searched."""

from __future__ import annotations

import shutil
import zlib
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from types import TracebackType

from indexer.abbreviations import Table, table
from indexer.documents import Answer, Document, Facet, Sort
from indexer.engine import Writer, make_empty, merge_rarely, open_index
from indexer.errors import DamagedPostings, unusable
from indexer.fallbacks import Speller
from indexer.manifest import Manifest, check
from indexer.occurrences import analyse_document
from indexer.records import day_number, flags, length_byte, normalised, pack
from indexer.search import Filters, Page, Search
from indexer.segments import Segment

_BATCH = 200


class SearchIndex:
    """The search index of an archive, in a folder of its own. One writer, any number of readers."""

    def __init__(self, path: Path, manifest: Manifest, abbreviations: Table) -> None:
        self.path = path
        self._manifest = manifest
        self._abbreviations = abbreviations
        self._load()

    @classmethod
    def open(
        cls, path: Path | str, *, create: bool = False, abbreviations: Path | None = None
    ) -> SearchIndex:
        """Open the index at `path`; nothing is written if it is there.

        `abbreviations` is a file with more of them, in the form of the one that is part of the
        program; it concerns the reading of queries alone.

        With `create`, an index that does not exist is made, empty. Raises `IndexUnusable`
        if there is none, or if it is damaged, foreign or of another release.
        """
        folder = Path(path)
        if not folder.exists():
            _restore(folder)
        if create and not _has_files(folder):
            make_empty(folder)
        return cls(folder, check(folder), table(abbreviations))

    @classmethod
    def replace(
        cls, path: Path | str, documents: Iterable[Document], *, watermark: int | None = None
    ) -> SearchIndex:
        """Build an index of just these documents beside `path`, then put it in its place.

        Whatever was at `path` stays usable until the new index is complete.
        """
        folder = Path(path)
        beside, aside = _beside(folder)
        if not folder.exists():
            _restore(folder)
        shutil.rmtree(beside, ignore_errors=True)
        make_empty(beside)
        with cls(beside, check(beside), table()) as index:
            index.update(documents, watermark=watermark)
        shutil.rmtree(aside, ignore_errors=True)
        if folder.exists():
            folder.rename(aside)
        beside.rename(folder)
        shutil.rmtree(aside, ignore_errors=True)
        return cls.open(folder)

    def __enter__(self) -> SearchIndex:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the files. The index can't be used after this."""
        self._reader.close()
        for segment in self._segments:
            segment.close()

    @property
    def watermark(self) -> int | None:
        """Up to which sequence number of the archive's changes the index is complete."""
        return self._manifest.watermark

    @property
    def document_count(self) -> int:
        """How many documents the index holds."""
        return sum(segment.size - len(segment.deleted) for segment in self._segments)

    def ids(self) -> Iterator[str]:
        """The id of every document, in no order."""
        for segment in self._segments:
            yield from (segment.ids[number] for number in segment.live())

    def update(
        self,
        documents: Iterable[Document],
        *,
        remove: Collection[str] = (),
        watermark: int | None = None,
    ) -> int:
        """Put documents in, in place of any with the same id, and take out those to `remove`.

        All of it, with the watermark, is one commit; it returns how many documents were put in.
        Raises `LockHeld` if another process is writing; on any error nothing has changed.
        """
        writer = Writer(open_index(self.path, readonly=False), self._manifest)
        put_in: set[str] = set()
        again: list[Document] = []
        try:
            latest = check(self.path)
            writer.before = latest if watermark is None else latest.with_watermark(watermark)
            for batch in _batches(documents):
                again += [document for key, document in batch.items() if key in put_in]
                for key, document in batch.items():
                    if key not in put_in:
                        writer.delete_by_term("key", key)
                        writer.add_document(**_fields(document))
                put_in |= batch.keys()
            for key in set(remove) - put_in:
                writer.delete_by_term("key", key)
        except BaseException:
            writer.cancel()
            raise
        writer.commit(mergetype=merge_rarely)
        self.refresh()
        if again:
            self.update(again)
        return len(put_in)

    def remove(self, ids: Collection[str], *, watermark: int | None = None) -> None:
        """Take documents out, in one commit; unknown ids are no error."""
        self.update((), remove=ids, watermark=watermark)

    def refresh(self) -> None:
        """See what was committed since the index was opened."""
        self.close()
        self._manifest = check(self.path)
        self._load()

    def search(
        self,
        text: str,
        *,
        since: date | None = None,
        until: date | None = None,
        sites: Collection[str] = (),
        categories: Collection[str] = (),
        has_attachment: bool = False,
        sort: Sort = "score",
        limit: int = 10,
        page: int = 1,
        facets: Collection[Facet] = (),
        explain: bool = False,
    ) -> Answer:
        """The answer to what a person typed (docs/search-language.md).

        Pages count from 1; `limit` 0 counts only. `facets` are counted over all pages.
        """
        filters = Filters(since, until, frozenset(sites), frozenset(categories), has_attachment)
        shown = Page(sort, limit, page, facets, explain)
        with self._noticing_damage():
            try:
                return self._search(filters).answer(text, shown)
            except FileNotFoundError:
                # A writer has merged or replaced what was open here: see what there is now.
                self.refresh()
                return self._search(filters).answer(text, shown)

    def count(self, text: str, *, since: date | None = None, until: date | None = None) -> int:
        """How many articles match; what a fall-back finds does not count."""
        return self.search(text, since=since, until=until, limit=0).total

    def _search(self, filters: Filters) -> Search:
        return Search(self._segments, self._speller, self._abbreviations, filters)

    def verify(self) -> None:
        """Read all files through; `IndexUnusable` if any is not as it was written."""
        check(self.path, thorough=True)

    @contextmanager
    def _noticing_damage(self) -> Iterator[None]:
        try:
            yield
        except (DamagedPostings, zlib.error) as error:
            raise unusable(
                self.path, "is damaged: a part of it is not as it was written"
            ) from error

    def _load(self) -> None:
        try:
            self._reader = open_index(self.path, readonly=True).reader()
            readers = [reader for reader, _ in self._reader.leaf_readers()]
            self._segments = [Segment(reader) for reader in readers if reader.doc_count_all()]
            self._speller = Speller(self._segments)
        except OSError as error:
            raise unusable(self.path, f"can't be read ({error})") from error


def _batches(documents: Iterable[Document]) -> Iterator[dict[str, Document]]:
    """The documents in batches by id, the last of those with the same id."""
    batch: dict[str, Document] = {}
    for document in documents:
        batch[document.id] = normalised(document)
        if len(batch) >= _BATCH:
            yield batch
            batch = {}
    yield batch


def _fields(document: Document) -> dict[str, object]:
    words = analyse_document(document.title, document.lead, document.body)
    return {
        "key": document.id,
        "words": words,
        "record": pack(document),
        "id": document.id.encode(),
        "day": day_number(document.date),
        "flags": flags(document),
        "length": length_byte(sum([len(positions) for _, positions in words.values()])),
        "site": document.site.encode(),
        "category": (document.category or "").encode(),
    }


def _beside(folder: Path) -> tuple[Path, Path]:
    return folder.with_name(folder.name + ".new"), folder.with_name(folder.name + ".old")


def _restore(folder: Path) -> None:
    """Undo a replacement that was cut short between its two renames."""
    _, aside = _beside(folder)
    if aside.exists():
        aside.rename(folder)


def _has_files(folder: Path) -> bool:
    return folder.exists() and any(folder.iterdir())
