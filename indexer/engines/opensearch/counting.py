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


class MatchCounts:
    """Collects queries, and counts what each finds: each once."""

    def __init__(self) -> None:
        self._asked: dict[str, int] = {}

    def ask(self, queries: Iterable[Dsl]) -> None:
        """Have these counted."""
        for query in queries:
            self._asked.setdefault(json.dumps(query, sort_keys=True), 0)

    def count(self, cluster: Cluster, index: str) -> None:
        """Count all that were asked for."""
        asked = [one for one in self._asked if one != _NOTHING]
        bodies = [{"size": 0, "track_total_hits": True, "query": json.loads(one)} for one in asked]
        for one, found in zip(asked, searches(cluster, index, bodies), strict=True):
            self._asked[one] = total_of(cluster.address, found)

    def __getitem__(self, query: Dsl) -> int:
        return self._asked[json.dumps(query, sort_keys=True)]


_NOTHING = json.dumps(NOTHING, sort_keys=True)
