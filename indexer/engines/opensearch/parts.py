"""The parts of an answer, each of the kind that it must be, or the error that it is.

What OpenSearch says of its own and is of another kind comes from another program; what an index
holds that is not as this program wrote it can be made again.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from archive.ground.errors import ClusterUnavailable, IndexUnusable
from archive.ground.message import Message
from indexer.engines.opensearch.answers import unavailable

if TYPE_CHECKING:
    from indexer.engines.opensearch.address import ClusterAddress

_Kind = TypeVar("_Kind")
_LONGEST_NAME = 200


def value_at(address: ClusterAddress, value: object, kind: type[_Kind], *path: str) -> _Kind:
    """What stands at a path of an answer. Raises `ClusterUnavailable` if it is of another kind."""
    for step in path:
        value = value.get(step) if isinstance(value, Mapping) else None
    if not isinstance(value, kind) or isinstance(value, bool):
        raise foreign(address)
    return value


def objects_at(address: ClusterAddress, value: object, *path: str) -> list[dict[str, Any]]:
    """The objects that a list at a path of an answer has; raises as `value_at` does."""
    found = value_at(address, value, list, *path)
    return [value_at(address, one, dict) for one in found]


def total_of(address: ClusterAddress, found: object) -> int:
    """How many documents a search found."""
    return value_at(address, found, int, "hits", "total", "value")


def hits_of(address: ClusterAddress, found: object) -> list[dict[str, Any]]:
    """The hits of a search."""
    value_at(address, found, dict, "_shards")
    return objects_at(address, found, "hits", "hits")


def id_of(address: ClusterAddress, hit: Mapping[str, Any]) -> str:
    """The id of the document that a hit is."""
    match hit:
        case {"fields": {"id": [str(found)]}}:
            return found
    raise not_as_written(address, f"{named(hit)} id")


def named(hit: Mapping[str, Any]) -> str:
    """The document that a hit is, as a path of the cluster."""
    path = f"{hit.get('_index')}/_doc/{hit.get('_id')}"
    return "".join(filter(str.isprintable, path))[:_LONGEST_NAME]


def foreign(address: ClusterAddress) -> ClusterUnavailable:
    """What answers is not OpenSearch."""
    return unavailable(address, "indexer.cluster-foreign", "indexer.check-the-address")


def not_as_written(address: ClusterAddress, what: str) -> IndexUnusable:
    """A part of the index is not as this program wrote it."""
    hint = Message("indexer.rebuild-all")
    return IndexUnusable("indexer.not-as-written", cluster=str(address), what=what, hint=hint)
