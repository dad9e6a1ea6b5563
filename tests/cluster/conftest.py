"""Services that the tests of this folder talk to; each is started here, and ended by its id."""

from __future__ import annotations

from support.object_storage import object_storage, store_url
from support.opensearch import cluster, node, three_nodes

__all__ = ["cluster", "node", "object_storage", "store_url", "three_nodes"]
