"""Documents into an index, many at once; each is in when the cluster has said so of it alone."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from archive.ground.errors import ClusterUnavailable, HdndError
from archive.ground.message import Message
from indexer.engines.opensearch.answers import failure, is_blocked, unavailable
from indexer.engines.opensearch.client import WRITING, Cluster
from indexer.engines.opensearch.parts import foreign
from indexer.engines.opensearch.sending import encoded
from indexer.engines.opensearch.standing import to_put_into

MOST_BYTES = 8 << 20
"""Of one request; some who run clusters let 10 MB in."""

MOST_ACTIONS = 1000
LONGEST_ID = 512
"""Bytes of an id that OpenSearch takes."""

_NAMED = 5
_FIRST_PAUSE, _LONGEST_PAUSE = 0.2, 5.0


class Action(NamedTuple):
    """What is to become of one document: its lines in a bulk request."""

    id: str
    lines: bytes


def put_all(
    cluster: Cluster,
    index: str,
    actions: Iterable[tuple[str, Mapping[str, Any] | None]],
    *,
    before_each: Callable[[], object] = lambda: None,
) -> int:
    """Put documents into an index by their ids, in place of any with the same; None takes out.

    The index is one that `aliases.building` made; `IndexUnusable` is raised where it is gone.

    Returns how many were put in or taken out, all acknowledged; a search sees them after a refresh.
    What a node is too busy for is sent again. A document that the cluster refuses keeps no other
    from its place, but is named in `ClusterUnavailable` at the end: the caller writes no watermark
    then. `before_each` is called before each request. After any error all may be put again.
    """
    refused: list[str] = []
    done = 0
    index = to_put_into(index)
    for batch in _batches(index, actions, refused):
        before_each()
        done += len(batch)
        refused += _settle(cluster, index, batch)
    if refused:
        raise ClusterUnavailable(
            "indexer.documents-refused",
            cluster=str(cluster.address),
            count=len(refused),
            ids=", ".join(refused[:_NAMED]),
            hint=Message("indexer.see-its-log"),
        )
    return done


def _batches(
    index: str, actions: Iterable[tuple[str, Mapping[str, Any] | None]], refused: list[str]
) -> Iterator[list[Action]]:
    """The actions, as many at once as one request may hold; what has no valid id is refused."""
    batch: list[Action] = []
    size = 0
    for id_, source in actions:
        if not 0 < len(id_.encode("utf-8", "replace")) <= LONGEST_ID:
            refused.append(id_[:LONGEST_ID])
            continue
        action = _action(index, id_, source)
        if batch and (size + len(action.lines) > MOST_BYTES or len(batch) == MOST_ACTIONS):
            yield batch
            batch, size = [], 0
        batch.append(action)
        size += len(action.lines)
    if batch:
        yield batch


def _action(index: str, id_: str, source: Mapping[str, Any] | None) -> Action:
    about = {"_index": index, "_id": id_}
    values = [{"delete": about}] if source is None else [{"index": about}, source]
    return Action(id_, b"".join((encoded(value)[0] or b"") + b"\n" for value in values))


def _settle(cluster: Cluster, index: str, batch: list[Action]) -> list[str]:
    """Send actions until each is acknowledged; the ids of those that the cluster refuses."""
    refused: list[str] = []
    pause = _FIRST_PAUSE
    patient_until = time.monotonic() + WRITING.patience
    while batch:
        again, never = _send(cluster, index, batch)
        refused += never
        if len(again) == len(batch) and time.monotonic() > patient_until:
            raise unavailable(cluster.address, "indexer.cluster-busy", "indexer.try-later")
        if len(again) < len(batch):
            patient_until = time.monotonic() + WRITING.patience
        batch = again
        if batch:
            time.sleep(pause * random.uniform(0.5, 1))
            pause = min(2 * pause, _LONGEST_PAUSE)
    return refused


def _send(cluster: Cluster, index: str, batch: list[Action]) -> tuple[list[Action], list[str]]:
    """Send actions once: those to be sent again, and the ids of those that are refused.

    What is too large for whoever takes it in is sent in halves.
    """
    body = b"".join(action.lines for action in batch)
    try:
        answer = cluster.request("POST", f"{index}/_bulk?require_alias=true", body, limits=WRITING)
    except HdndError as error:
        if error.said.code != "indexer.request-too-large":
            raise
        if len(batch) == 1:
            return [], [batch[0].id]
        half = len(batch) // 2
        (first, never), (second, neither) = (
            _send(cluster, index, part) for part in (batch[:half], batch[half:])
        )
        return first + second, never + neither
    items = answer.get("items")
    if not isinstance(items, list) or len(items) != len(batch):
        raise foreign(cluster.address)
    again: list[Action] = []
    refused: list[str] = []
    for action, item in zip(batch, items, strict=True):
        status, told = _status_of(cluster, action, item)
        if 200 <= status < 300 or (status == 404 and "error" not in told):
            continue
        if status in (403, 404) or is_blocked(status, told):
            raise failure(cluster.address, status, told)
        if status == 429 or status >= 500:
            again.append(action)
        else:
            refused.append(action.id)
    return again, refused


def _status_of(cluster: Cluster, action: Action, item: object) -> tuple[int, dict[str, Any]]:
    """What is told of one action. Raises `ClusterUnavailable` if it is not of this one."""
    told = next(iter(item.values()), None) if isinstance(item, dict) else None
    status = told.get("status") if isinstance(told, dict) else None
    if not isinstance(told, dict) or told.get("_id") != action.id or not isinstance(status, int):
        raise foreign(cluster.address)
    return status, told
