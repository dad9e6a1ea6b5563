"""The door: an index at a path, opened, brought up to date and searched."""

from __future__ import annotations

import os
import zlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from types import TracebackType
from typing import TYPE_CHECKING, Any

from indexer.documents import Answer, Document, Facet, Hit, Ranked, Sort
from indexer.engines.local.search.index_snapshot import IndexSnapshot
from indexer.engines.local.search.search import Filters, Reading, ResultPage, Search
from indexer.engines.local.search.vocabulary import LocalVocabulary
from indexer.engines.local.storage.commit_point import check
from indexer.engines.local.storage.snapshot import Snapshot, open_newest
from indexer.engines.local.storage.stored_documents import normalised
from indexer.errors import DamagedPiece, naming_the_disk, unusable
from indexer.query.abbreviations import Table, table

if TYPE_CHECKING:
    from pathlib import Path

    from indexer.engine import Capabilities
    from indexer.query.vocabulary import IndexWords

POSTINGS_IN_MEMORY = 4_000_000
"""How many postings a writer holds before it puts them in a temporary file (some 200 MB)."""


class SearchIndex:
    """The search index of an archive, in a folder of its own. One writer, any number of readers."""

    def __init__(self, path: Path | str, abbreviations: Table) -> None:
        self.path = os.fspath(path)
        self._abbreviations = abbreviations
        self._see(open_newest(self.path))

    @classmethod
    def open(
        cls, path: Path | str, *, create: bool = False, abbreviations: Path | str | None = None
    ) -> SearchIndex:
        """Open the index at `path`; nothing is written if it is there.

        `abbreviations` is a file with more of them, in the form of the one that is part of the
        program; it concerns the reading of queries alone.

        With `create`, an index that does not exist is made, empty. Raises `IndexUnusable`
        if there is none, or if it is damaged, foreign or of another release.
        """
        if not os.path.exists(path):  # noqa: PTH110  (see `archive.ground.home`)
            _restore(path)
        if create:
            _create(path)
        return cls(path, table(abbreviations))

    @classmethod
    def replace(
        cls, path: Path | str, documents: Iterable[Document], *, watermark: int | None = None
    ) -> SearchIndex:
        """Build an index of just these documents beside `path`, then put it in its place.

        Whatever was at `path` stays usable until the new index is complete.
        """
        import shutil
        from pathlib import Path

        from indexer.engines.local.storage.whoosh_writer import make_empty

        folder = Path(path)
        beside, aside = _beside(folder)
        if not folder.exists():
            _restore(folder)
        shutil.rmtree(beside, ignore_errors=True)
        with naming_the_disk(beside):
            make_empty(beside)
        with cls(beside, table()) as index:
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
        for segment in self._segments:
            segment.close()

    @property
    def capabilities(self) -> Capabilities:
        """What this engine does of what not all do: all of it."""
        from indexer.engine import Capabilities

        return Capabilities(one_commit=True, bytes_checked=True, lasting_look=True)

    @property
    def watermark(self) -> int | None:
        """Up to which sequence number of the archive's changes the index is complete."""
        return self._manifest.watermark

    @property
    def source_state(self) -> str | None:
        """None: the index lies with its archive."""
        return None

    @property
    def hidden(self) -> frozenset[str]:
        """None: what must not be shown is taken out of the files."""
        return frozenset()

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
        postings_in_memory: int = POSTINGS_IN_MEMORY,
    ) -> int:
        """Put documents in, in place of any with the same id, and take out those to `remove`.

        All of it, with the watermark, is one commit; it returns how many documents were put in.
        Raises `LockHeld` if another process is writing, `StorageFailed`; on any error nothing has
        changed.
        """
        from pathlib import Path

        from indexer.engines.local.storage.whoosh_writer import Writer

        writer = Writer(Path(self.path), self._segments, postings_in_memory)
        with naming_the_disk(self.path):
            try:
                self._see((writer.before, writer.opened))
                for document in documents:
                    writer.put(normalised(document))
                with self._noticing_damage():
                    writer.finish(frozenset(remove), watermark)
            except BaseException:
                writer.cancel()
                raise
        self.refresh()
        return len(writer.numbers)

    def remove(self, ids: Collection[str], *, watermark: int | None = None) -> None:
        """Take documents out, in one commit; unknown ids are no error."""
        self.update((), remove=ids, watermark=watermark)

    def refresh(self) -> None:
        """See what was committed since the index was opened."""
        self._see(open_newest(self.path, self._segments))

    def _see(self, snapshot: Snapshot) -> None:
        self._manifest, self._segments = snapshot
        self._snapshot = IndexSnapshot(self._segments)
        self._vocabulary = LocalVocabulary(self._segments)
        self._read_by: IndexWords = self._snapshot

    def alike(self, other: SearchIndex) -> tuple[SearchIndex, SearchIndex]:
        """This index and another, to be searched for one thing: both read a query in one way.

        They read it by the words of either, with the abbreviations of this one. They use the files
        of the two, and are not refreshed or closed for themselves.
        """
        from copy import copy

        from indexer.query.vocabulary import WordsOfBoth

        views = copy(self), copy(other)
        for view in views:
            view._abbreviations = self._abbreviations
            view._read_by = WordsOfBoth(self._snapshot, other._snapshot)
        return views

    def search(
        self,
        text: str,
        *,
        since: date | None = None,
        until: date | None = None,
        sites: Collection[str] = (),
        categories: Collection[str] = (),
        has_attachment: bool = False,
        ids: Collection[str] | None = None,
        sort: Sort = "score",
        limit: int = 10,
        page: int = 1,
        facets: Collection[Facet] = (),
        explain: bool = False,
        exact: bool = False,
        passages: bool = False,
        unwanted: Sequence[Collection[str]] = (),
    ) -> Answer:
        """The answer to what a person typed (docs/search-language.md).

        `ids` are the documents that alone may answer. An empty text asks for all that the filters
        allow. Pages count from 1; `limit` 0 counts only. `facets` are counted over all pages. With
        `exact` words are to be spelled as they were typed; with `passages` each answer has all of
        its passages. `unwanted` are for each part after a minus (as `negated` tells them)
        documents that it takes out besides those that have it.
        """
        filters = {
            "since": since,
            "until": until,
            "sites": sites,
            "categories": categories,
            "has_attachment": has_attachment,
            "ids": ids,
            "exact": exact,
            "unwanted": unwanted,
        }
        shown = ResultPage(sort, limit, page, facets, explain, passages)
        with self._noticing_damage():
            return self._searching(filters).answer(text, shown)

    def ranking(
        self, text: str, *, sort: Sort = "score", limit: int = 10, **filters: Any
    ) -> list[Ranked]:
        """The best documents that match, unread; `filters` are those of `search`."""
        with self._noticing_damage():
            return self._searching(filters).ranking(text, sort, limit)

    def matching(self, text: str, ids: Collection[str], /, **filters: Any) -> set[str]:
        """Those of some documents that match; `filters` are those of `search`."""
        with self._noticing_damage():
            return self._searching(filters).matching(text, ids)

    def parts(self, text: str, /, **filters: Any) -> list[dict[str, int]]:
        """For each part of a query of words alone the documents that have it, with their tiers.

        None of a query that is more than words, or has one part only; `filters` as in `search`.
        """
        with self._noticing_damage():
            return self._searching(filters).parts(text)

    def negated(self, text: str, /, **filters: Any) -> list[set[str]]:
        """For each part of a query after a minus the documents that it takes out, an inner part
        before its outer one. `filters` are those of `search`.
        """
        with self._noticing_damage():
            return self._searching(filters).negated(text)

    def hits(
        self, text: str, ranked: Collection[Ranked], *, passages: bool = False, exact: bool = False
    ) -> list[Hit]:
        """The documents of a ranking of the same text, read, in its order."""
        with self._noticing_damage():
            return self._searching({"exact": exact}).hits(text, ranked, passages=passages)

    def _searching(self, filters: Mapping[str, Any]) -> Search:
        reading = Reading(self._abbreviations, self._read_by)
        return Search(self._snapshot, self._vocabulary, reading, Filters.given(filters))

    def count(self, text: str, *, since: date | None = None, until: date | None = None) -> int:
        """How many articles match; what a fall-back finds does not count."""
        return self.search(text, since=since, until=until, limit=0).total

    def verify(self) -> None:
        """Read all files through; `IndexUnusable` if any is not as it was written."""
        check(self.path)

    @contextmanager
    def _noticing_damage(self) -> Iterator[None]:
        try:
            with naming_the_disk(self.path):
                yield
        except (DamagedPiece, zlib.error) as error:
            raise unusable(self.path, "indexer.damaged-part") from error


def _beside(folder: Path) -> tuple[Path, Path]:
    return folder.with_name(folder.name + ".new"), folder.with_name(folder.name + ".old")


def _restore(path: Path | str) -> None:
    """Undo a replacement that was cut short between its two renames."""
    from pathlib import Path

    _, aside = _beside(Path(path))
    if aside.exists():
        aside.rename(path)


def _create(path: Path | str) -> None:
    """Make an empty index where there is none."""
    from pathlib import Path

    from indexer.engines.local.storage.whoosh_writer import make_empty

    folder = Path(path)
    if not (folder.exists() and any(folder.iterdir())):
        make_empty(folder)
