"""An index is built beside the one that is searched, then takes its name from one moment to the
next. Its concrete name says of which analysis it is: `articles-a12-20261130160000-1f2e3d4c`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from archive.ground.errors import ClusterUnavailable, HdndError, LockHeld
from indexer.engines.opensearch.answers import unavailable
from indexer.engines.opensearch.bulk import put_all
from indexer.engines.opensearch.client import WRITING, Cluster
from indexer.engines.opensearch.parts import value_at
from indexer.engines.opensearch.standing import MADE_BY, WORDS, is_called_for, to_put_into
from indexer.engines.opensearch.writer_lock import IndexWriterLock, writing


class BuildingIndexes:
    """New indexes beside those that are searched; `names` has the concrete name of each suffix."""

    def __init__(self, cluster: Cluster, names: Mapping[str, str], lock: IndexWriterLock) -> None:
        self.names = names
        self._cluster = cluster
        self._lock = lock

    def put_all(self, suffix: str, actions: Iterable[tuple[str, Mapping[str, Any] | None]]) -> int:
        """As `bulk.put_all`, while the lock is held."""
        renew = self._lock.renew
        return put_all(self._cluster, self.names[suffix], actions, before_each=renew)


@contextmanager
def building(
    cluster: Cluster, analysis: int, bodies: Mapping[str, Mapping[str, Any]]
) -> Iterator[BuildingIndexes]:
    """Build indexes for `cluster.index` plus each suffix; at the end all get their names at once.

    `bodies` are settings and mappings. Whoever searches has the old ones until then, and all new
    ones after; the old ones are deleted. If it fails nothing changes for them, and what was begun
    is thrown away, at the latest by the next who writes (`clear_away`). Raises `LockHeld` while
    another process writes.
    """
    stamp = f"{datetime.now(UTC):%Y%m%d%H%M%S}-{uuid4().hex[:8]}"
    names = {suffix: f"{cluster.index}{suffix}-a{analysis}-{stamp}" for suffix in bodies}
    with writing(cluster) as lock:
        _delete(cluster, _unnamed(cluster, bodies))
        try:
            for suffix, body in bodies.items():
                _create(cluster, names[suffix], body, analysis)
            yield BuildingIndexes(cluster, names, lock)
            _make_ready(cluster, names.values())
            lock.confirm()
            _give_names(cluster, names)
        except BaseException:
            with suppress(HdndError):
                _delete(cluster, {*names.values()} & {*_unnamed(cluster, bodies)})
            raise
        _delete(cluster, _unnamed(cluster, bodies))


def clear_away(cluster: Cluster) -> None:
    """Throw away what a build that was broken off has left, unless another process writes."""
    if _unnamed(cluster, ("", WORDS)):
        with suppress(LockHeld), writing(cluster):
            _delete(cluster, _unnamed(cluster, ("", WORDS)))


def concrete(cluster: Cluster, suffix: str = "") -> str | None:
    """The index that has the name at this moment; None if there is none."""
    return next(iter(sorted(_leads_to(cluster, f"{cluster.index}{suffix}"))), None)


def _leads_to(cluster: Cluster, alias: str) -> list[str]:
    """The indexes that have an alias.

    They are asked for by that name: `_alias` asks for all indexes of a cluster, which a role may
    not see.
    """
    found = cluster.request("GET", f"{alias}?ignore_unavailable=true&filter_path=*.aliases")
    return [
        index
        for index, about in found.items()
        if alias in value_at(cluster.address, about, dict, "aliases")
    ]


def meta_of(cluster: Cluster, index: str) -> dict[str, Any] | None:
    """What an index says of itself (`_meta`); None if it is not there."""
    found = cluster.request_or_none("GET", f"{index}/_mapping")
    mapping: object = next(iter(found.values()), {}) if found else None
    return None if mapping is None else _meta_in(mapping)


def _meta_in(about: object) -> dict[str, Any]:
    """What is told of an index that it says of itself; nothing where that is no object."""
    match about:
        case {"mappings": {"_meta": dict(meta)}}:
            return meta
    return {}


def write_meta(cluster: Cluster, index: str, **values: object) -> None:
    """Refresh an index, then have it say more of itself, such as its watermark.

    Raises `ClusterUnavailable` if it is not one that this program made: a request for one that was
    deleted meanwhile may have made it anew, without its mapping.
    """
    cluster.request("POST", f"{index}/_refresh", limits=WRITING)
    meta = meta_of(cluster, index)
    if not meta or meta.get("made_by") != MADE_BY:
        raise unavailable(cluster.address, "indexer.index-not-ours", "indexer.choose-another-name")
    cluster.request("PUT", f"{index}/_mapping", {"_meta": {**meta, **values}}, limits=WRITING)


def _create(cluster: Cluster, name: str, body: Mapping[str, Any], analysis: int) -> None:
    mappings = dict(body.get("mappings", {}))
    meta = {**mappings.get("_meta", {}), "made_by": MADE_BY, "analysis": analysis}
    made = {**body, "mappings": {**mappings, "_meta": meta}, "aliases": {to_put_into(name): {}}}
    try:
        cluster.request("PUT", name, made, limits=WRITING)
    except ClusterUnavailable:
        # Where an answer was lost and it was asked again, the index is there: the name is its own.
        if (meta_of(cluster, name) or {}).get("made_by") != MADE_BY:
            raise
    cluster.request("PUT", f"{name}/_settings", {"index": {"refresh_interval": "-1"}})


def _make_ready(cluster: Cluster, names: Iterable[str]) -> None:
    """Let new indexes be searched as any is: refreshed, and every shard there."""
    joined = ",".join(names)
    cluster.request("PUT", f"{joined}/_settings", {"index": {"refresh_interval": None}})
    cluster.request("POST", f"{joined}/_refresh", limits=WRITING)
    cluster.request("GET", f"_cluster/health/{joined}?wait_for_status=yellow", limits=WRITING)


def _give_names(cluster: Cluster, names: Mapping[str, str]) -> None:
    """All new indexes get their names, and the old ones lose them, in one change of the cluster."""
    actions: list[dict[str, dict[str, object]]] = []
    for suffix, name in names.items():
        alias = f"{cluster.index}{suffix}"
        old = [one for one in _leads_to(cluster, alias) if one != name]
        gone = [{"index": one, "alias": alias, "must_exist": True} for one in old]
        actions += [{"remove": one} for one in gone]
        actions.append({"add": {"index": name, "alias": alias, "is_write_index": True}})
    try:
        cluster.request("POST", "_aliases", {"actions": actions}, limits=WRITING)
    except ClusterUnavailable:
        if any(concrete(cluster, suffix) != name for suffix, name in names.items()):
            raise


def _unnamed(cluster: Cluster, suffixes: Iterable[str]) -> list[str]:
    """Indexes that this program made for these names, and that have none: half-built, or old."""
    patterns = ",".join(f"{cluster.index}{suffix}-a*" for suffix in suffixes)
    found = cluster.request("GET", f"{patterns}?filter_path=*.aliases,*.mappings._meta")
    return [
        index
        for index, about in found.items()
        if _meta_in(about).get("made_by") == MADE_BY
        and any(is_called_for(f"{cluster.index}{suffix}", index) for suffix in suffixes)
        and not value_at(cluster.address, about, dict, "aliases").keys() - {to_put_into(index)}
    ]


def _delete(cluster: Cluster, names: Iterable[str]) -> None:
    for name in names:
        cluster.attempt("DELETE", name, limits=WRITING)
