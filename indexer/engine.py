"""The door to any search index: what an engine does, whichever it is.

One machine's is `engines.local`, a cluster's `engines.opensearch`. Both read a query in one way and
give the same answers. `opening` opens either.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import date
from typing import Any, Protocol, Self

from indexer.documents import Answer, Document, Facet, Hit, Ranked, Sort
from indexer.named_tuple import NamedTuple


class Capabilities(NamedTuple):
    """What engines do not all do.

    `one_commit`: an update is seen whole or not at all; otherwise its documents are seen before its
    watermark is, and an update that was broken off is made again. `bytes_checked`: `verify` reads
    every byte and knows whether it is as it was written; otherwise that is the cluster's to know.
    `lasting_look`: what was opened stays as it was; otherwise documents may change between two
    requests of one search.
    """

    one_commit: bool
    bytes_checked: bool
    lasting_look: bool


class SearchEngine(AbstractContextManager["SearchEngine"], Protocol):
    """A search index that is open: documents go in, answers come out.

    What reads raises `IndexUnusable` where the index is damaged, foreign or of another release, and
    `ClusterUnavailable` where a cluster cannot answer.
    """

    @property
    def capabilities(self) -> Capabilities:
        """What this engine does of what not all do."""

    @property
    def watermark(self) -> int | None:
        """Up to which sequence number of the archive's changes the index is complete."""

    @property
    def source_state(self) -> str | None:
        """The state of the archive that the index was last written from, as its writer called it;
        None where the index lies with the archive."""

    @property
    def hidden(self) -> frozenset[str]:
        """Ids that never answer, whatever the index has of them: what must not be shown."""

    @property
    def document_count(self) -> int:
        """How many documents the index holds."""

    def ids(self) -> Iterator[str]:
        """The id of every document, in no order."""

    def update(
        self,
        documents: Iterable[Document],
        *,
        remove: Collection[str] = (),
        watermark: int | None = None,
    ) -> int:
        """Put documents in, in place of any with the same id, and take out those to `remove`.

        The watermark is written when all of it is in, never before. Returns how many were put in.
        """

    def remove(self, ids: Collection[str], *, watermark: int | None = None) -> None:
        """Take documents out; unknown ids are no error."""

    def refresh(self) -> None:
        """See what was written since the index was opened."""

    def alike(self, other: Any) -> tuple[Self, Self]:
        """This index and another of its engine, to be searched for one thing: both read a query by
        the words of either, with the abbreviations of this one."""

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

    def ranking(
        self, text: str, *, sort: Sort = "score", limit: int = 10, **filters: Any
    ) -> list[Ranked]:
        """The best documents that match, unread; `filters` are those of `search`."""

    def matching(self, text: str, ids: Collection[str], /, **filters: Any) -> set[str]:
        """Those of some documents that match; `filters` are those of `search`."""

    def parts(self, text: str, /, **filters: Any) -> list[dict[str, int]] | None:
        """For each part of a query of words alone the documents that have it, with their tiers.

        Empty of a query that is more than words, or has one part only; None if these are too many
        to be told. `filters` are those of `search`.
        """

    def negated(self, text: str, /, **filters: Any) -> list[set[str]]:
        """For each part of a query after a minus the documents that it takes out, an inner part
        before its outer one. `filters` are those of `search`.

        Raises `TooManyUnwanted` where an engine can't tell of so many.
        """

    def hits(
        self, text: str, ranked: Collection[Ranked], *, passages: bool = False, exact: bool = False
    ) -> list[Hit]:
        """The documents of a ranking of the same text, read, in its order."""

    def count(self, text: str, *, since: date | None = None, until: date | None = None) -> int:
        """How many articles match; what a fall-back finds does not count."""

    def verify(self) -> None:
        """Raise `IndexUnusable` if any of it is known not to be as it was written."""

    def close(self) -> None:
        """Let go of files and connections. The index can't be used after this."""
