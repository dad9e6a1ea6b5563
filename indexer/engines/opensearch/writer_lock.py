"""At most one writes to an index of a cluster: a document that says who, and until when.

It is made if it is not there (`op_type=create`) and changed only in the state that was read
(`if_seq_no`, `if_primary_term`), so that of two who want it one has it.
"""

from __future__ import annotations

import os
import platform
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from uuid import uuid4

from archive.ground.errors import ClusterUnavailable, HdndError, IndexOfAnother, LockHeld
from archive.ground.message import Message
from indexer.engines.opensearch.client import Cluster
from indexer.engines.opensearch.parts import value_at

LEASE = 300.0
"""Seconds that the lock is held without being renewed."""

_BODY = {
    "settings": {"number_of_shards": 1, "auto_expand_replicas": "0-1"},
    "mappings": {"dynamic": False},
}


class IndexWriterLock:
    """The lock as this process holds it. Clocks of machines may differ by less than `LEASE`."""

    def __init__(self, cluster: Cluster) -> None:
        self._cluster = cluster
        self._index = f"{cluster.index}-lock"
        self._owner = uuid4().hex
        self._state = ""
        self._began = self._renewed = 0.0

    def take(self) -> None:
        """Take the lock. Raises `LockHeld` if another process has it, `IndexOfAnother` if its name
        is that of an index with fields: one of locks has none.
        """
        there = self._cluster.request_or_none("GET", f"{self._index}?filter_path=*.mappings")
        if there is None:
            with suppress(ClusterUnavailable):  # another process made the index first
                self._cluster.attempt("PUT", self._index, _BODY)
        for about in (there or {}).values():
            if value_at(self._cluster.address, about, dict, "mappings").get("properties"):
                raise IndexOfAnother(
                    "indexer.name-is-taken",
                    cluster=str(self._cluster.address),
                    name=self._index,
                    hint=Message("indexer.choose-another-name"),
                )
        status, told = self._write("_create/writer")
        if status == 409:
            self._take_over()
        else:
            self._hold(told)

    def renew(self) -> None:
        """Hold it longer, if a third of the time has passed. Raises `LockHeld` if it was lost."""
        if time.monotonic() > self._renewed + LEASE / 3:
            self.confirm()

    def confirm(self) -> None:
        """Hold it longer from now on. Raises `LockHeld` if it was lost."""
        status, told = self._write(f"_doc/writer?{self._state}")
        if status != 200:
            self._take_over()
        else:
            self._hold(told)

    def release(self) -> None:
        """Let go of it."""
        self._cluster.attempt("DELETE", f"{self._index}/_doc/writer?{self._state}")

    def _write(self, path: str) -> tuple[int, dict[str, Any]]:
        self._began = time.monotonic()
        held = {"owner": self._owner, "until": time.time() + LEASE, **_here()}
        return self._cluster.attempt("PUT", f"{self._index}/{path}", held)

    def _hold(self, told: dict[str, Any]) -> None:
        number, term = (
            value_at(self._cluster.address, told, int, name)
            for name in ("_seq_no", "_primary_term")
        )
        self._state = f"if_seq_no={number}&if_primary_term={term}"
        self._renewed = self._began

    def _take_over(self) -> None:
        """Have the lock if it is this process's own (an answer was lost), or nobody's any more."""
        there, held = self._read()
        if there and _is_over(held) and held.get("owner") != self._owner:
            self._hold(there)
            status, told = self._write(f"_doc/writer?{self._state}")
            if status == 200:
                self._hold(told)
                return
            there, held = self._read()
        if held.get("owner") != self._owner:
            raise self._held_by(held)
        self._hold(there)

    def _read(self) -> tuple[dict[str, Any], dict[str, Any]]:
        """The document, and what it says; empty where it is not there."""
        there = self._cluster.request_or_none("GET", f"{self._index}/_doc/writer") or {}
        source = there.get("_source")
        return there, source if isinstance(source, dict) else {}

    def _held_by(self, held: dict[str, Any]) -> LockHeld:
        return LockHeld(
            "indexer.cluster-locked",
            cluster=str(self._cluster.address),
            host=str(held.get("host")),
            hint=Message("indexer.wait-for-it"),
        )


@contextmanager
def writing(cluster: Cluster) -> Iterator[IndexWriterLock]:
    """Be the one that writes to the index. Raises as `IndexWriterLock.take` does."""
    lock = IndexWriterLock(cluster)
    lock.take()
    try:
        yield lock
    finally:
        with suppress(HdndError):  # it ends by itself
            lock.release()


def _here() -> dict[str, Any]:
    """Where this process runs: of which machine, since which start, in which container."""
    place = ""
    with suppress(OSError):
        boot = Path("/proc/sys/kernel/random/boot_id").read_text().strip()
        place = f"{boot} {Path('/proc/self/ns/pid').readlink()}"
    return {"host": platform.node(), "place": place, "pid": os.getpid()}


def _is_over(held: dict[str, Any]) -> bool:
    """Whether the time is over, or the process ended: of another machine it can't be known.

    What names no time, or one further away than any is, is no lock that this program wrote.
    """
    until, now = held.get("until"), time.time()
    if not isinstance(until, int | float) or not now <= until <= now + 2 * LEASE:
        return True
    here = _here()
    if not here["place"] or held.get("place") != here["place"]:
        return False
    return not Path(f"/proc/{held.get('pid')}").exists()
