"""Which engine has an index: a folder has one of this machine, an address one of a cluster.

A folder has an index of one machine (`engines.local`); `opensearch://host:9200/articles` is one on
a cluster (`engines.opensearch`).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from indexer.documents import Document
    from indexer.engine import SearchEngine
    from indexer.engines.opensearch.access import Access
    from indexer.engines.opensearch.terms import Terms

CLUSTERS = ("opensearch://", "opensearchs://")
"""What the address of a cluster begins with."""


def is_cluster(where: Path | str) -> bool:
    """Whether it is the address of a cluster, and no folder."""
    return isinstance(where, str) and where.startswith(CLUSTERS)


def open_index(
    where: Path | str,
    *,
    abbreviations: Path | str | None = None,
    terms: Terms | None = None,
) -> SearchEngine:
    """Open the index at a folder or an address; `terms` are those of a cluster.

    `abbreviations` is a file with more of them; it concerns the reading of queries alone. Raises
    `IndexUnusable` if there is none, or if it is damaged, foreign or of another release, and
    `ClusterUnavailable`, and `IndexOfAnother` if it is of another archive than the terms have.
    """
    if is_cluster(where):
        from indexer.engines.opensearch.index import OpenSearchIndex

        return OpenSearchIndex.open(str(where), abbreviations=abbreviations, terms=terms)
    from indexer.engines.local.search_index import SearchIndex

    return SearchIndex.open(where, abbreviations=abbreviations)


def replace_index(
    where: Path | str,
    documents: Iterable[Document],
    *,
    watermark: int | None = None,
    terms: Terms | None = None,
) -> SearchEngine:
    """Build an index of just these documents beside the one there, then put it in its place.

    Whatever was there stays usable until the new index is complete. Raises `IndexOfAnother` if that
    is of another archive, unless the terms have it taken over.
    """
    if is_cluster(where):
        from indexer.engines.opensearch.index import OpenSearchIndex

        return OpenSearchIndex.replace(str(where), documents, watermark=watermark, terms=terms)
    from indexer.engines.local.search_index import SearchIndex

    return SearchIndex.replace(where, documents, watermark=watermark)


def is_on_cluster(address: str, access: Access) -> bool:
    """Whether a cluster has an index of this name, in whatever state.

    Raises `ClusterUnavailable` where it cannot tell.
    """
    from indexer.engines.opensearch.aliases import concrete
    from indexer.engines.opensearch.client import Cluster

    with Cluster.at(address, access) as cluster:
        return concrete(cluster) is not None


def clear_away(address: str, access: Access) -> None:
    """Throw away what a build of an index on a cluster that was broken off has left there, unless
    another process writes to it.
    """
    from indexer.engines.opensearch.aliases import clear_away
    from indexer.engines.opensearch.client import Cluster

    with Cluster.at(address, access) as cluster:
        clear_away(cluster)


def demand_free(address: str, terms: Terms) -> None:
    """Raise `IndexOfAnother` if the name of an index on a cluster is that of another archive, which
    may not be taken over, or of an index that this program did not make.

    Raises `ClusterUnavailable` where it cannot tell.
    """
    from indexer.engines.opensearch.client import Cluster
    from indexer.engines.opensearch.standing import demand_free

    with Cluster.at(address, terms.access) as cluster:
        demand_free(cluster, None if terms.take_over else terms.source)
