"""Where the search indexes of an archive are: in folders of its home, or on a cluster.

`HDND_INDEX`, or the configuration file, names a cluster and the index of what stands; the other two
have its name with an ending, as the folders have.
"""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING, Literal

from archive.ground.configuration import configured
from archive.ground.home import INDEX

if TYPE_CHECKING:
    from collections.abc import Iterable

    from archive.ground.home import Home
    from indexer import Document
    from indexer.engine import SearchEngine
    from indexer.engines.opensearch.terms import Terms

Which = Literal["index", "index-versions", "index-attachments"]
"""The index of what stands, of all versions of what was ever changed, of attachments' text."""

STANDING: Which = "index"
VERSIONS: Which = "index-versions"
ATTACHMENTS: Which = "index-attachments"


def place_of(home: Home, which: Which) -> str:
    """The folder of an index, or its address on a cluster."""
    if address := cluster_of(home):
        return address.rstrip("/") + which.removeprefix(INDEX)
    return os.path.join(home.folder, which)  # noqa: PTH118  (see `archive.ground.home`)


def cluster_of(home: Home) -> str:
    """The address of the index of what stands on a cluster; empty without one."""
    return configured(home, "index", "url") or ""


def opened(home: Home, which: Which, abbreviations: str | None = None) -> SearchEngine:
    """Open an index of an archive; raises what `indexer.opening.open_index` raises.

    One of what stands on a cluster does not answer with what is withheld: it may have been away
    when that was said. Raises also what opening the archive does, if there is one.
    """
    if not cluster_of(home):
        from indexer import SearchIndex

        return SearchIndex.open(place_of(home, which), abbreviations=abbreviations)
    from indexer.opening import open_index

    terms = _terms_of(home)
    if which == STANDING and home.catalogue.is_file():
        from archive.reading import ArchiveReader

        with ArchiveReader.open(home) as reader:
            terms = terms._replace(hidden=reader.withheld_ids())
    return open_index(place_of(home, which), abbreviations=abbreviations, terms=terms)


def replaced(
    home: Home,
    which: Which,
    documents: Iterable[Document],
    *,
    watermark: int,
    take_over: bool = False,
) -> None:
    """Build an index of an archive anew; on a cluster also where its name is another archive's, if
    it may be taken over.
    """
    from indexer.opening import replace_index

    place, terms = place_of(home, which), None
    if cluster_of(home):
        terms = _terms_of(home)._replace(take_over=take_over)
    replace_index(place, documents, watermark=watermark, terms=terms).close()


def demand_names(home: Home, *, take_over: bool = False) -> None:
    """Raise `IndexOfAnother` if an index on a cluster that is to be built cannot have its name,
    before anything is built; `take_over` as in `replaced`. A cluster that cannot tell says so to
    whoever builds.
    """
    if not cluster_of(home):
        return
    from archive.ground.errors import ClusterUnavailable
    from indexer.opening import demand_free

    terms = _terms_of(home)._replace(take_over=take_over)
    with suppress(ClusterUnavailable):
        for which in (STANDING, VERSIONS, ATTACHMENTS):
            demand_free(place_of(home, which), terms)


def clear_away(home: Home) -> None:
    """Throw away what builds on a cluster that were broken off have left there."""
    if not cluster_of(home):
        return
    from indexer.engines.opensearch.access import access_of
    from indexer.opening import clear_away

    for which in (STANDING, VERSIONS, ATTACHMENTS):
        clear_away(place_of(home, which), access_of(home))


def _terms_of(home: Home) -> Terms:
    from archive.warc import manifest
    from indexer.engines.opensearch.index_source import IndexSource
    from indexer.engines.opensearch.terms import terms_of

    state = (manifest.head(home) if home.manifest.is_file() else None) or ""
    return terms_of(home, IndexSource(manifest.origin(home), state))


def is_of_what_is_there(home: Home, index: SearchEngine) -> bool:
    """Whether an archive still has all segments that an index elsewhere was written from."""
    if not index.source_state:
        return True
    from archive.warc import manifest

    lines = manifest.read(home) if home.manifest.is_file() else ()
    return any(line.digest == index.source_state for line in lines)


def is_there(home: Home, which: Which) -> bool:
    """Whether there is an index, in whatever state.

    Raises `ClusterUnavailable` where a cluster cannot tell.
    """
    if not cluster_of(home):
        return os.path.isdir(place_of(home, which))  # noqa: PTH112
    from indexer.engines.opensearch.access import access_of
    from indexer.opening import is_on_cluster

    return is_on_cluster(place_of(home, which), access_of(home))


def state_on_cluster(home: Home) -> tuple[tuple[str, int, int], ...]:
    """What tells one state of an index on a cluster from another, as `reader_state.signature_of`
    tells those of files; nothing without a cluster, or where its index cannot be used.

    Raises `ClusterUnavailable` where it cannot be asked.
    """
    if not cluster_of(home):
        return ()
    from archive.ground.errors import ClusterUnavailable, HdndError

    try:
        with opened(home, STANDING) as index:
            return ((place_of(home, STANDING), index.watermark or 0, index.document_count),)
    except ClusterUnavailable:
        raise
    except HdndError:
        return ()
