"""The nodes that a cluster was named by: whom to ask next, and whom to leave alone for a while."""

from __future__ import annotations

import random
import time
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from urllib3.connectionpool import HTTPConnectionPool

_ALONE = 2.0
_LONGEST_ALONE = 60.0
"""Seconds that a node is not asked after it failed once, and after it failed often."""


_failed: dict[tuple[str, int | None], tuple[int, float]] = {}
"""How often in a row a node failed, and until when it is not asked: whoever learns it in this
process, all others know it."""


class Host:
    """One node: its connections, and whether it failed."""

    __slots__ = ("_key", "pool")

    def __init__(self, pool: HTTPConnectionPool) -> None:
        self.pool = pool
        self._key = pool.host, pool.port

    @property
    def down_until(self) -> float:
        """Until when it is not asked, if others answer."""
        return _failed.get(self._key, (0, 0.0))[1]

    def failed(self) -> None:
        """It did not answer; the more often in a row, the longer it is left alone."""
        failures = _failed.get(self._key, (0, 0.0))[0] + 1
        _failed[self._key] = (
            failures,
            time.monotonic() + min(_LONGEST_ALONE, _ALONE * 2 ** min(failures, 9)),
        )

    def answered(self) -> None:
        """It answered."""
        _failed.pop(self._key, None)


class Hosts:
    """All nodes of a cluster that are known. Each process begins with another one."""

    def __init__(self, hosts: Sequence[Host]) -> None:
        self._hosts = random.sample(hosts, len(hosts))

    def in_turn(self) -> list[Host]:
        """All nodes: those that answer first, then those that failed, longest ago first."""
        now = time.monotonic()
        return sorted(self._hosts, key=lambda host: max(host.down_until, now))

    def close(self) -> None:
        """Close all connections."""
        for host in self._hosts:
            host.pool.close()
