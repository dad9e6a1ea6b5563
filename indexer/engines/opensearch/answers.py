"""What a cluster answered: read within bounds, believed only if it is whole, else an error."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from archive.ground.errors import ClusterUnavailable, HdndError, IndexUnusable
from archive.ground.message import Message
from archive.ground.untrusted_json import parsed_json

if TYPE_CHECKING:
    from urllib3 import BaseHTTPResponse

    from indexer.engines.opensearch.address import ClusterAddress

LONGEST_ANSWER = 64 << 20
"""Bytes of an answer that are read at most."""

BUSY = (429, 502, 503, 504)
"""What passes: too many requests, nodes that go and come, a proxy before them (RFC 9110 § 15)."""

_PIECE = 1 << 16
_LONGEST_REASON = 200
_BLOCKED = ("cluster_block_exception", "index_create_block_exception")
_FLOOD_STAGE = "flood-stage"
_NO_INDEX = "index_not_found_exception"
_DENIED = "security_exception"
_RIGHT = re.compile(r"no permissions for \[([a-z/_*:, \[\]-]{1,200}?)\](?= and )")


class TooSlow(Exception):
    """An answer came so slowly that the time for it ended."""


def body_of(response: BaseHTTPResponse, ends: float) -> bytes | None:
    """All of an answer's body; None if it is longer than is read. Raises `TooSlow`."""
    read = bytearray()
    while piece := response.read1(_PIECE, decode_content=False):
        read += piece
        if len(read) > LONGEST_ANSWER:
            return None
        if time.monotonic() > ends:
            raise TooSlow
    return bytes(read)


def value_of(body: bytes | None) -> dict[str, Any] | None:
    """The object that an answer's JSON is; None if it is none."""
    try:
        value = parsed_json(body or b"")
    except ValueError:
        return None
    return value if isinstance(value, dict) else None


def demand_whole(address: ClusterAddress, value: dict[str, Any]) -> None:
    """Raise `ClusterUnavailable` if something was left out of an answer to a search or a count."""
    for one in _searches(value):
        shards = one.get("_shards")
        if not isinstance(shards, dict):
            raise failure(address, int(_number(one.get("status"))), one)
        reads = "hits" in one or "count" in one
        lacking = _number(shards.get("total")) - _number(shards.get("successful"))
        if one.get("timed_out") or _number(shards.get("failed")) or (reads and lacking):
            raise unavailable(address, "indexer.cluster-incomplete", "indexer.await-the-cluster")


def _searches(value: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The answers in an answer that tell of how many shards they are."""
    responses = value.get("responses")
    if isinstance(responses, list):
        yield from (one if isinstance(one, dict) else {} for one in responses)
    elif "_shards" in value and "result" not in value:
        yield value


def failure(address: ClusterAddress, status: int, value: dict[str, Any] | None) -> HdndError:
    """The error that a status and what was told with it are, by what is to be done."""
    kind, reason = _cause(value)
    if kind == _NO_INDEX:
        hint = Message("indexer.rebuild")
        return IndexUnusable("indexer.cluster-has-none", cluster=str(address), hint=hint)
    if kind in _BLOCKED and _FLOOD_STAGE in reason:
        return unavailable(address, "indexer.cluster-disk-full", "indexer.make-room-there")
    if kind in _BLOCKED and status == 403:
        return unavailable(address, "indexer.cluster-read-only", "indexer.lift-the-block")
    if lacking := _RIGHT.match(reason) if kind == _DENIED else None:
        return ClusterUnavailable(
            "indexer.right-missing",
            cluster=str(address),
            right=lacking[1],
            hint=Message("indexer.give-the-right"),
        )
    if status in (401, 403):
        return unavailable(address, "indexer.cluster-denies", "indexer.set-credentials")
    if status == 413:
        return unavailable(address, "indexer.request-too-large", "indexer.let-larger-in")
    if status == 429:
        return unavailable(address, "indexer.cluster-busy", "indexer.try-later")
    if status == 408 or status in BUSY:
        return unavailable(address, "indexer.cluster-not-ready", "indexer.await-the-cluster")
    if kind:
        said = f"{kind}: {reason}"[:_LONGEST_REASON]
        hint = Message("indexer.see-its-log")
        return ClusterUnavailable(
            "indexer.cluster-refused", cluster=str(address), reason=said, hint=hint
        )
    return unavailable(address, "indexer.cluster-foreign", "indexer.check-the-address")


def unavailable(address: ClusterAddress, code: str, hint: str) -> ClusterUnavailable:
    """The cluster can't answer: why, and the way out."""
    return ClusterUnavailable(code, cluster=str(address), hint=Message(hint))


def is_blocked(status: int, value: dict[str, Any] | None) -> bool:
    """Whether an index may not be written to, which no waiting of ours changes."""
    return status in (403, 429) and _cause(value)[0] in _BLOCKED


def _cause(value: dict[str, Any] | None) -> tuple[str, str]:
    """Type and reason of an error, as OpenSearch tells them; ("", "") if it tells none.

    Of one that befell shards it is what befell the first of them.
    """
    match value:
        case {"error": {"root_cause": [{"type": str(kind)} as error, *_]}}:
            pass
        case {"error": {"type": str(kind)} as error}:
            pass
        case {"_shards": {"failures": [{"reason": {"type": str(kind)} as error}, *_]}}:
            pass
        case _:
            return "", ""
    reason = " ".join(str(error.get("reason"))[: 4 * _LONGEST_REASON].split())
    return kind, "".join(filter(str.isprintable, reason))


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0
