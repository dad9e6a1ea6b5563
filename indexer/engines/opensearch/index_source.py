"""Of which archive an index on a cluster is: people choose its name, and may choose it twice."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from archive.ground.errors import IndexOfAnother
from archive.ground.message import Message

if TYPE_CHECKING:
    from indexer.engines.opensearch.address import ClusterAddress


class IndexSource(NamedTuple):
    """An archive: a name that it has for good and no other has, and what tells its state.

    Empty where nothing is known of it yet.
    """

    archive: str = ""
    state: str = ""

    @property
    def meta(self) -> dict[str, str]:
        """What an index that is written from it says of itself."""
        return {"archive": self.archive, "state": self.state}


UNKNOWN = IndexSource()


def demand_same(address: ClusterAddress, archive: str, source: IndexSource) -> None:
    """Raise `IndexOfAnother` if an index says that it is of another archive."""
    if archive and archive != source.archive:
        hint = Message("indexer.choose-another-or-take")
        raise IndexOfAnother(
            "indexer.index-of-another-archive", cluster=str(address), archive=archive, hint=hint
        )
