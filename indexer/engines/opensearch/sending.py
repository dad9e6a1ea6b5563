"""One request to one node: what is sent, what comes back, and why nothing came."""

from __future__ import annotations

import json
import ssl
import time
from typing import TYPE_CHECKING, NamedTuple

from archive.ground.causes import cause_of
from archive.ground.errors import ClusterUnavailable, UsageError
from archive.ground.message import Message
from indexer.engines.opensearch.answers import TooSlow, body_of, unavailable
from indexer.engines.opensearch.hosts import Host

if TYPE_CHECKING:
    from archive.ground.message import Value
    from indexer.engines.opensearch.access import Access
    from indexer.engines.opensearch.address import ClusterAddress

_CONNECT = 3.0
"""Seconds until a node must have taken a connection."""

_CONNECTIONS = 4
_LONGEST_REASON = 200


class Sent(NamedTuple):
    """A request as it goes over the wire."""

    method: str
    path: str
    body: bytes | None
    headers: dict[str, str]


def encoded(body: object) -> tuple[bytes | None, dict[str, str]]:
    """A request's body and the header that says what it is; bytes are lines of JSON already."""
    if body is None:
        return None, {}
    if isinstance(body, bytes):
        return body, {"Content-Type": "application/x-ndjson"}
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "replace"), {"Content-Type": "application/json"}


def hosts_of(address: ClusterAddress, access: Access) -> list[Host]:
    """The nodes of an address, not yet connected.

    Raises `UsageError` without the extra `cluster`, and for a file of certificates that can't be
    read.
    """
    try:
        from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
    except ImportError:
        hint = Message("indexer.install-cluster")
        raise UsageError("indexer.cluster-is-missing", cluster=str(address), hint=hint) from None
    if not address.tls:
        return [
            Host(HTTPConnectionPool(name, port, maxsize=_CONNECTIONS))
            for name, port in address.hosts
        ]
    try:
        context = ssl.create_default_context(cafile=access.ca or None)
    except (OSError, ValueError) as error:  # `ssl.SSLError` is an `OSError`, too
        hint = Message("indexer.name-a-certificate")
        raise UsageError(
            "indexer.ca-unreadable", path=access.ca, reason=cause_of(error), hint=hint
        ) from error
    return [
        Host(HTTPSConnectionPool(name, port, maxsize=_CONNECTIONS, ssl_context=context))
        for name, port in address.hosts
    ]


def send(host: Host, sent: Sent, within: float) -> tuple[int, bytes | None]:
    """Status and body of a node's answer, within so many seconds; see `body_of`.

    Redirects are not followed, and nothing is asked twice. Raises what `why_unanswered` knows.
    """
    from urllib3 import Timeout

    ends = time.monotonic() + within
    response = host.pool.urlopen(
        sent.method,
        sent.path,
        sent.body,
        sent.headers,
        retries=False,
        redirect=False,
        timeout=Timeout(connect=min(_CONNECT, within), read=within),
        preload_content=False,
        decode_content=False,
    )
    whole = False
    try:
        body = body_of(response, ends)
        whole = body is not None
        return response.status, body
    finally:
        if whole:
            response.release_conn()
        else:
            response.close()


def why_unanswered(address: ClusterAddress, error: Exception) -> ClusterUnavailable:
    """The error that it is when `send` raises. Raises again what has nothing to do with a wire."""
    from urllib3.exceptions import (
        ConnectTimeoutError,
        HTTPError,
        NewConnectionError,
        TimeoutError,
    )

    refused = isinstance(error, NewConnectionError)  # which is a TimeoutError for urllib3
    if isinstance(error, TooSlow | TimeoutError) and not refused:
        connected = not isinstance(error, ConnectTimeoutError)
        hint = "indexer.is-it-slow" if connected else "indexer.see-whether-it-runs"
        return unavailable(address, "indexer.cluster-silent", hint)
    if not isinstance(error, HTTPError | OSError):
        raise error
    encryption = next((one for one in _causes(error) if isinstance(one, ssl.SSLError)), None)
    if isinstance(encryption, ssl.SSLCertVerificationError):
        return _because(
            address, "indexer.certificate-refused", encryption.verify_message, "indexer.trust-it"
        )
    if encryption is not None:
        said = encryption.reason or str(encryption)
        return _because(address, "indexer.tls-failed", said, "indexer.see-whether-it-runs")
    system = next((one for one in _causes(error) if isinstance(one, OSError) and one.errno), None)
    reason = cause_of(system) if system else str(error)[:_LONGEST_REASON]
    return _because(address, "indexer.cluster-unreachable", reason, "indexer.see-whether-it-runs")


def _because(address: ClusterAddress, code: str, reason: Value, hint: str) -> ClusterUnavailable:
    return ClusterUnavailable(code, cluster=str(address), reason=reason, hint=Message(hint))


def _causes(error: BaseException | None) -> list[BaseException]:
    """An exception, and those that it came from; urllib3 keeps some as an argument."""
    found: list[BaseException] = []
    while error is not None and error not in found:
        found.append(error)
        inner = [one for one in error.args if isinstance(one, BaseException)]
        error = error.__cause__ or (inner[0] if inner else error.__context__)
    return found
