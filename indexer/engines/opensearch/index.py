"""The door to an index on a cluster: opened, brought up to date and searched."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from copy import copy
from datetime import date
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, TypeVar

from archive.ground.errors import IndexUnusable
from indexer.documents import Answer, Document, Facet, Hit, Ranked, Sort
from indexer.engine import Capabilities
from indexer.engines.local.search.search import Filters, Reading, ResultPage
from indexer.engines.opensearch.candidates import Whole
from indexer.engines.opensearch.client import Cluster
from indexer.engines.opensearch.counting import searches
from indexer.engines.opensearch.parts import id_of, not_as_written, total_of, value_at
from indexer.engines.opensearch.queries import EVERYTHING
from indexer.engines.opensearch.search import ClusterSearch, Place, pages
from indexer.engines.opensearch.standing import standing
from indexer.engines.opensearch.terms import Terms
from indexer.engines.opensearch.words import ClusterWords
from indexer.engines.opensearch.writing import build, change
from indexer.query.abbreviations import Table, table
from indexer.query.vocabulary import IndexWords, WordsOfBoth
from indexer.search_time import one_search

if TYPE_CHECKING:
    from pathlib import Path

_Found = TypeVar("_Found")


class OpenSearchIndex:
    """The search index of an archive on a cluster. One writer, any number of readers.

    Whatever asks the cluster may raise `ClusterUnavailable`.
    """

    def __init__(self, cluster: Cluster, abbreviations: Table, terms: Terms | None = None) -> None:
        self.cluster = cluster
        self._terms = terms or Terms()
        self._abbreviations = abbreviations
        self._other: ClusterWords | None = None
        self.refresh()

    @classmethod
    def open(
        cls,
        url: str,
        *,
        abbreviations: Path | str | None = None,
        terms: Terms | None = None,
    ) -> Self:
        """Open the index at an address.

        Raises `IndexUnusable` if there is none, or one of another analysis, and `IndexOfAnother`.
        """
        terms = terms or Terms()
        return cls(Cluster.at(url, terms.access), table(abbreviations), terms)

    @classmethod
    def replace(
        cls,
        url: str,
        documents: Iterable[Document],
        *,
        watermark: int | None = None,
        terms: Terms | None = None,
    ) -> Self:
        """Build an index of just these documents, then let the name lead to it.

        What was there is searched until then. Raises `IndexOfAnother` as `writing.build` does.
        """
        terms = terms or Terms()
        cluster = Cluster.at(url, terms.access)
        build(cluster, documents, watermark, terms)
        return cls(cluster, table(), terms)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the connections."""
        self.cluster.close()

    @property
    def capabilities(self) -> Capabilities:
        """What this engine does of what not all do: none of it."""
        return Capabilities(one_commit=False, bytes_checked=False, lasting_look=False)

    @property
    def watermark(self) -> int | None:
        """Up to which sequence number of the archive's changes the index is complete."""
        return self._stands.watermark

    @property
    def source_state(self) -> str | None:
        """The state of the archive that the index was last written from (`IndexSource.state`)."""
        return self._stands.state

    @property
    def hidden(self) -> frozenset[str]:
        """Those of the terms."""
        return self._terms.hidden

    @property
    def document_count(self) -> int:
        """How many documents the index holds."""
        return self._of_all().total

    def ids(self) -> Iterator[str]:
        """The id of every document, in no order."""
        query = {"bool": {"filter": [EVERYTHING]}}
        for hit in pages(self.cluster, self._stands.documents, query, [{"id": "asc"}], False, None):
            yield id_of(self.cluster.address, hit)

    def update(
        self,
        documents: Iterable[Document],
        *,
        remove: Collection[str] = (),
        watermark: int | None = None,
    ) -> int:
        """Put documents in, in place of any with the same id, and take out those to `remove`.

        The watermark is written when the cluster has acknowledged all of it. Returns how many were
        put in.
        """
        names = self._stands.documents, self._stands.words
        number = change(self.cluster, names, documents, remove, watermark, self._terms.source)
        self.refresh()
        return number

    def remove(self, ids: Collection[str], *, watermark: int | None = None) -> None:
        """Take documents out; unknown ids are no error."""
        self.update((), remove=ids, watermark=watermark)

    def refresh(self) -> None:
        """See what was written since the index was opened, also by who built it anew."""
        self._stands = standing(self.cluster, self._terms.source)
        stands = self._stands
        self._words = ClusterWords(self.cluster, stands.documents, stands.words, stands.routes)
        self._whole: Whole | None = None

    def alike(self, other: OpenSearchIndex) -> tuple[OpenSearchIndex, OpenSearchIndex]:
        """This index and another, to be searched for one thing: both read a query in one way.

        They read it by the words of either, with the abbreviations of this one.
        """
        one, second = copy(self), copy(other)
        one._other, second._other = other._words, self._words
        second._abbreviations = self._abbreviations
        return one, second

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
        """The answer to what a person typed (`indexer.engine.SearchEngine`)."""
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
        with one_search(limit):
            return self._asking(filters, lambda search: search.answer(text, shown))

    def ranking(
        self, text: str, *, sort: Sort = "score", limit: int = 10, **filters: Any
    ) -> list[Ranked]:
        """The best documents that match, unread; `filters` are those of `search`."""
        return self._asking(filters, lambda search: search.ranking(text, sort, limit))

    def matching(self, text: str, ids: Collection[str], /, **filters: Any) -> set[str]:
        """Those of some documents that match; `filters` are those of `search`."""
        return self._asking(filters, lambda search: search.matching(text, ids))

    def parts(self, text: str, /, **filters: Any) -> list[dict[str, int]] | None:
        """For each part of a query of words alone the documents that have it, with their tiers.

        Empty of a query that is more than words, or has one part only; None if these are too many
        to be told. `filters` are those of `search`.
        """
        return self._asking(filters, lambda search: search.few_parts(text))

    def negated(self, text: str, /, **filters: Any) -> list[set[str]]:
        """For each part of a query after a minus the documents that it takes out, an inner part
        before its outer one. `filters` are those of `search`. Raises `TooManyUnwanted`.
        """
        return self._asking(filters, lambda search: search.negated(text))

    def hits(
        self, text: str, ranked: Collection[Ranked], *, passages: bool = False, exact: bool = False
    ) -> list[Hit]:
        """The documents of a ranking of the same text, read, in its order."""
        return self._asking(
            {"exact": exact}, lambda search: search.hits(text, ranked, passages=passages)
        )

    def count(self, text: str, *, since: date | None = None, until: date | None = None) -> int:
        """How many articles match; what a fall-back finds does not count."""
        return self.search(text, since=since, until=until, limit=0).total

    def verify(self) -> None:
        """Ask the cluster for all documents: their bytes are its own to check."""
        self._whole = None
        self._of_all()

    def _asking(self, filters: Mapping[str, Any], ask: Callable[[ClusterSearch], _Found]) -> _Found:
        """What a search says in its time; asked again if the index was built anew meanwhile."""
        with one_search():
            try:
                return ask(self._searching(filters))
            except IndexUnusable:
                before = self._stands.documents
                self.refresh()
                if self._stands.documents == before:
                    raise
                return ask(self._searching(filters))

    def _searching(self, filters: Mapping[str, Any]) -> ClusterSearch:
        read_by: IndexWords = self._words
        if self._other is not None:
            read_by = WordsOfBoth(self._words, self._other)
        reading = Reading(self._abbreviations, read_by)
        place = Place(self.cluster, self._stands.documents, self._words, self._of_all())
        return ClusterSearch(place, reading, Filters.given(filters), self.hidden)

    def _of_all(self) -> Whole:
        if self._whole is None:
            body = {
                "size": 0,
                "track_total_hits": True,
                "query": EVERYTHING,
                "aggs": {"words": {"sum": {"field": "length"}}},
            }
            (found,) = searches(self.cluster, self._stands.documents, [body])
            address = self.cluster.address
            total = total_of(address, found)
            words = value_at(address, found, dict, "aggregations", "words").get("value")
            if not isinstance(words, int | float) or not 0 <= words < math.inf:
                raise not_as_written(address, f"{self._stands.documents} length")
            self._whole = Whole(total, round(words / max(total, 1)))
        return self._whole
