"""`Cluster`: requests to OpenSearch, answered by any node that can, within a time."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from types import TracebackType
from typing import Any, NamedTuple, Self

from archive.ground.errors import ClusterUnavailable, HdndError, UsageError
from archive.ground.message import Message
from indexer.engines.opensearch.access import NOBODY, Access
from indexer.engines.opensearch.address import ClusterAddress, parse_address
from indexer.engines.opensearch.answers import (
    BUSY,
    demand_whole,
    failure,
    is_blocked,
    unavailable,
    value_of,
)
from indexer.engines.opensearch.hosts import Host, Hosts
from indexer.engines.opensearch.sending import Sent, encoded, hosts_of, send, why_unanswered
from indexer.search_time import seconds_left

OLDEST, NEWEST = (2, 19), 3
"""The first release that is known to do what is asked here, and the last major one."""

_FIRST_PAUSE, _LONGEST_PAUSE = 0.2, 5.0


class Limits(NamedTuple):
    """Seconds: for an answer in all, and for trying again while no node can answer."""

    within: float
    patience: float


SEARCHING = Limits(20, 2)
"""Somebody waits for it."""

WRITING = Limits(240, 120)
"""Nobody does, and nodes that are restarted are back by then."""


def _within_the_search(limits: Limits) -> Limits:
    """The limits of a request that is one of a search's: it has the time that is left of that."""
    left = seconds_left()
    if left is None:
        return limits
    return Limits(min(limits.within, left), min(limits.patience, left))


class Cluster:
    """A cluster of OpenSearch and an index of it, by their address.

    Every request may raise `ClusterUnavailable`, and `IndexUnusable` where the index that it names
    is not there. Threads may share it.
    """

    def __init__(self, address: ClusterAddress, access: Access) -> None:
        if access.secret and not address.tls and not address.on_loopback:
            hint = Message("indexer.use-tls")
            raise UsageError("indexer.credentials-in-clear", cluster=str(address), hint=hint)
        self.address = address
        self._headers = access.headers
        self._hosts = Hosts(hosts_of(address, access))
        self._known = False

    @classmethod
    def at(cls, url: str, access: Access = NOBODY) -> Self:
        """The cluster at an address, which is not asked anything yet.

        Raises `UsageError` for what is no address, for credentials that would go unencrypted to
        another machine or that no header can carry, and without the extra `cluster`.
        """
        return cls(parse_address(url), access)

    @property
    def index(self) -> str:
        """The name of the index: an alias of those that were built."""
        return self.address.name

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close all connections."""
        self._hosts.close()

    def request(
        self,
        method: str,
        path: str,
        body: object = None,
        *,
        limits: Limits = SEARCHING,
        again: bool = True,
    ) -> dict[str, Any]:
        """The answer to a request, all of it: nothing that shards left out passes for an answer.

        `body` is sent as JSON; bytes as they are, as lines of JSON. A request that must not be
        made twice is made with `again` False; all others go to the next node when one fails, and
        are made again when the cluster is busy.
        """
        status, value = self.attempt(method, path, body, limits=limits, again=again)
        if status >= 300:
            raise failure(self.address, status, value)
        return value

    def request_or_none(self, method: str, path: str, body: object = None) -> dict[str, Any] | None:
        """As `request`; None if the index, or the document, is not there."""
        status, value = self.attempt(method, path, body)
        if status == 409:
            raise failure(self.address, status, value)
        return None if status == 404 else value

    def attempt(
        self,
        method: str,
        path: str,
        body: object = None,
        *,
        limits: Limits = SEARCHING,
        again: bool = True,
    ) -> tuple[int, dict[str, Any]]:
        """As `request`, with the status: of success, 404 (not there) or 409 (in another state)."""
        if not self._known:
            self._get_to_know(self._exchange(Sent("GET", "/", None, self._headers), limits, True))
            self._known = True
        data, kind = encoded(body)
        sent = Sent(method, f"/{path}", data, {**self._headers, **kind})
        return self._exchange(sent, limits, again)

    def _get_to_know(self, answer: tuple[int, dict[str, Any]]) -> None:
        """Raise `ClusterUnavailable` if it is no OpenSearch, or one of an unknown release."""
        version = answer[1].get("version")
        said = version if isinstance(version, dict) else {}
        if said.get("distribution") != "opensearch":
            raise unavailable(self.address, "indexer.no-opensearch", "indexer.check-the-address")
        number = str(said.get("number"))[:40]
        release = tuple(int(part) for part in number.split(".")[:2] if part.isdecimal())
        if not (*OLDEST,) <= release < (NEWEST + 1,):
            hint = Message("indexer.use-a-known-release")
            raise ClusterUnavailable(
                "indexer.cluster-release", cluster=str(self.address), number=number, hint=hint
            )

    def _exchange(self, sent: Sent, limits: Limits, again: bool) -> tuple[int, dict[str, Any]]:
        """Status and value of the first answer that a node can give; see `attempt`.

        What a node said of the cluster counts for more than that another one is gone.
        """
        limits = _within_the_search(limits)
        silent: HdndError = unavailable(
            self.address, "indexer.cluster-silent", "indexer.is-it-slow"
        )
        said: HdndError | None = None
        for host, left in self._attempts(limits):
            try:
                status, body = send(host, sent, min(left, limits.within / 2))
            except Exception as error:
                silent = why_unanswered(self.address, error)
                host.failed()
                if not again:
                    raise silent from error
                continue
            host.answered()
            value = value_of(body)
            if value is None or not (status < 300 or status in (404, 409)):
                said = failure(self.address, status, value)
                if not again or status not in BUSY or is_blocked(status, value):
                    raise said
                continue
            try:
                demand_whole(self.address, value)
            except ClusterUnavailable as error:
                said = error
                continue
            return status, value
        raise said or silent

    def _attempts(self, limits: Limits) -> Iterator[tuple[Host, float]]:
        """Whom to ask, and the seconds that are left: one node after the other, again and again,
        with longer and longer pauses, until there is no time or no patience left."""
        began = time.monotonic()
        pause = _FIRST_PAUSE
        while True:
            for host in self._hosts.in_turn():
                left = began + limits.within - time.monotonic()
                if left <= 0:
                    return
                yield host, left
            if time.monotonic() + pause > began + limits.patience:
                return
            time.sleep(pause * random.uniform(0.5, 1))
            pause = min(2 * pause, _LONGEST_PAUSE)
