"""How many documents of a cluster match each of many queries, in one request."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from indexer.engines.opensearch.parts import foreign, objects_at, total_of
from indexer.engines.opensearch.queries import NOTHING, Dsl

if TYPE_CHECKING:
    from indexer.engines.opensearch.client import Cluster


def searches(
    cluster: Cluster, index: str, bodies: Sequence[dict[str, Any]]
) -> list[dict[str, Any]]:
    """The answers to several searches of one index."""
    if not bodies:
        return []
    head = json.dumps({"index": index, "search_type": "dfs_query_then_fetch"})
    lines = (f"{head}\n{json.dumps(body)}\n" for body in bodies)
    answer = cluster.request("POST", "_msearch", "".join(lines).encode())
    found = objects_at(cluster.address, answer, "responses")
    if len(found) != len(bodies):
        raise foreign(cluster.address)
    return found


_NOTHING = json.dumps(NOTHING, sort_keys=True)


class MatchCounts:
    """Collects queries of one search, and counts what each finds: each once."""

    def __init__(self) -> None:
        self._asked: dict[str, None] = {}
        self._counts: dict[str, int] = {_NOTHING: 0}

    def ask(self, queries: Iterable[Dsl]) -> None:
        """Have these counted."""
        keys = (json.dumps(query, sort_keys=True) for query in queries)
        self._asked.update(dict.fromkeys(key for key in keys if key not in self._counts))

    def count(self, cluster: Cluster, index: str) -> None:
        """Count all that were asked for and are not known yet."""
        asked = [*self._asked]
        self._asked.clear()
        bodies = [{"size": 0, "track_total_hits": True, "query": json.loads(one)} for one in asked]
        for one, found in zip(asked, searches(cluster, index, bodies), strict=True):
            self._counts[one] = total_of(cluster.address, found)

    def __getitem__(self, query: Dsl) -> int:
        return self._counts[json.dumps(query, sort_keys=True)]
