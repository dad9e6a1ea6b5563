"""Whatever befalls a cluster, an answer is right or an error that says so, and comes in time."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from archive.ground.errors import ClusterUnavailable, HdndError
from indexer.engines.opensearch.access import NOBODY, Access
from indexer.engines.opensearch.aliases import building, concrete, write_meta
from indexer.engines.opensearch.bulk import put_all
from indexer.engines.opensearch.client import SEARCHING, Cluster
from support.cluster_proxy import PASSWORD, USER, Before, certificates, proxy
from support.opensearch import Nodes

KNOWN = Access(user=USER, password=PASSWORD)


def body(replicas: int = 1) -> dict[str, Any]:
    return {
        "settings": {"number_of_shards": 3, "number_of_replicas": replicas},
        "mappings": {"properties": {"text": {"type": "text", "index": False}}},
    }


def numbered(first: int, last: int, size: int = 10) -> Iterator[tuple[str, dict[str, Any]]]:
    return ((f"id-{number}", {"text": "ă" * size}) for number in range(first, last))


def build(cluster: Cluster, count: int, replicas: int = 1) -> str:
    with building(cluster, 12, {"": body(replicas)}) as made:
        made.put_all("", numbered(0, count))
    return made.names[""]


def count(cluster: Cluster) -> int:
    found = cluster.request("POST", "articles/_search", {"size": 0, "track_total_hits": True})
    return int(found["hits"]["total"]["value"])


def code_of(cluster: Cluster) -> str:
    with pytest.raises(HdndError) as raised:
        count(cluster)
    assert raised.value.exit_code == ClusterUnavailable.exit_code
    return raised.value.said.code.removeprefix("indexer.")


@pytest.fixture
def ours(cluster: Nodes) -> Iterator[Cluster]:
    with Cluster.at(f"opensearch://{cluster.hosts}/articles") as found:
        yield found


def test_a_node_paused_in_mid_search_costs_time_and_no_answer_is_wrong(
    cluster: Nodes, ours: Cluster
) -> None:
    build(ours, 500)
    cluster.nodes[1].pause()
    answered = []
    try:
        for _ in range(6):
            began = time.monotonic()
            with suppress(ClusterUnavailable):
                answered.append(count(ours))
            assert time.monotonic() - began < SEARCHING.within + 5
    finally:
        cluster.nodes[1].go_on()
    cluster.await_green()
    assert set(answered) == {500}
    assert count(ours) == 500


def test_a_cluster_that_goes_and_comes_in_mid_bulk_has_all_in_the_end(
    cluster: Nodes, ours: Cluster
) -> None:
    index = build(ours, 0)

    def documents() -> Iterator[tuple[str, dict[str, Any]]]:
        yield from numbered(0, 3000)
        for node in cluster.nodes:
            node.kill()
        for node in cluster.nodes:
            node.start()
        yield from numbered(3000, 6000)

    assert put_all(ours, index, documents()) == 6000
    cluster.await_green()
    write_meta(ours, index, watermark=1)
    assert count(ours) == 6000


def test_when_a_shard_is_nowhere_no_part_of_an_answer_is_told(
    cluster: Nodes, ours: Cluster
) -> None:
    build(ours, 100, replicas=0)
    cluster.nodes[2].kill()
    try:
        assert code_of(ours) in ("cluster-incomplete", "cluster-not-ready")
    finally:
        cluster.restart(2)
    assert count(ours) == 100


def test_a_full_disk_is_called_one_and_what_was_refused_can_go_in_later(
    cluster: Nodes, ours: Cluster
) -> None:
    index = build(ours, 10)
    disk = "cluster.routing.allocation.disk"

    def documents() -> Iterator[tuple[str, dict[str, Any]]]:
        yield from numbered(10, 1500)
        ends = time.monotonic() + 120  # it looks at its disks every 10 s
        while "read_only_allow_delete" not in str(cluster.ask(f"{index}/_settings")):
            assert time.monotonic() < ends
            time.sleep(1)
        yield from numbered(1500, 2000)

    full = {
        f"{disk}.threshold_enabled": True,
        **{f"{disk}.watermark.{stage}": "999tb" for stage in ("low", "high", "flood_stage")},
        "cluster.info.update.interval": "10s",
    }
    cluster.ask("_cluster/settings", {"transient": full}, method="PUT")
    try:
        with pytest.raises(ClusterUnavailable) as raised:
            put_all(ours, index, documents())
        assert raised.value.said.code == "indexer.cluster-disk-full"
        ours.request("POST", f"{index}/_refresh")
        assert count(ours) >= 10
    finally:
        cluster.ask("_cluster/settings", {"transient": dict.fromkeys(full)}, method="PUT")
        time.sleep(12)  # a look at the disks that was under way may still block
        block = {"cluster.blocks.create_index": None}
        cluster.ask("_cluster/settings", {"transient": block, "persistent": block}, method="PUT")
    cluster.ask(f"{index}/_settings", {"index.blocks.read_only_allow_delete": None}, method="PUT")
    assert put_all(ours, index, numbered(10, 2000)) == 1990
    ours.request("POST", f"{index}/_refresh")
    assert count(ours) == 2000


def test_an_index_that_somebody_closed_to_writing_is_called_so(
    cluster: Nodes, ours: Cluster
) -> None:
    index = build(ours, 10)
    cluster.ask(f"{index}/_settings", {"index.blocks.write": True}, method="PUT")
    with pytest.raises(ClusterUnavailable) as raised:
        put_all(ours, index, numbered(10, 20))
    assert raised.value.said.code == "indexer.cluster-read-only"
    assert count(ours) == 10


def test_what_is_encrypted_and_known_is_let_in(node: Nodes, tmp_path: Path) -> None:
    certificate, authority = certificates(tmp_path)
    before = Before(node.nodes[0].port, secret=True)
    with proxy(before, certificate) as host:
        url = f"opensearchs://{host}/articles"
        trusted = KNOWN._replace(ca=str(authority))
        with Cluster.at(url, trusted) as cluster:
            build(cluster, 20, replicas=0)
            assert count(cluster) == 20
        with Cluster.at(url, trusted._replace(password="another")) as cluster:
            assert code_of(cluster) == "cluster-denies"
        with Cluster.at(url, NOBODY._replace(ca=str(authority))) as cluster:
            assert code_of(cluster) == "cluster-denies"
        with Cluster.at(url, KNOWN) as cluster:
            assert code_of(cluster) == "certificate-refused"
        with Cluster.at(url.replace("localhost", "127.0.0.1"), trusted) as cluster:
            assert code_of(cluster) == "certificate-refused"
        with Cluster.at(url.replace("opensearchs", "opensearch")) as cluster:
            assert code_of(cluster) == "cluster-unreachable"
    with Cluster.at(f"opensearchs://localhost:{node.nodes[0].port}/articles", trusted) as cluster:
        assert code_of(cluster) == "tls-failed"


def test_what_a_proxy_finds_too_large_goes_in_parts(node: Nodes) -> None:
    with (
        proxy(Before(node.nodes[0].port, most_bytes=200_000)) as host,
        Cluster.at(f"opensearch://{host}/articles") as cluster,
    ):
        build(cluster, 0, replicas=0)
        index = str(concrete(cluster))
        with pytest.raises(ClusterUnavailable) as raised:
            put_all(cluster, index, [*numbered(0, 40, 20_000), *numbered(40, 41, 200_000)])
        assert raised.value.said.values["ids"] == "id-40"
        write_meta(cluster, index)
        assert count(cluster) == 40


@pytest.mark.parametrize("kind", ["lost", "429", "502", "503"])
def test_answers_that_are_lost_or_put_off_change_nothing(node: Nodes, kind: str) -> None:
    before = Before(
        node.nodes[0].port,
        trouble=lambda number, path: kind if number % 3 == 0 else "",
    )
    with proxy(before) as host, Cluster.at(f"opensearch://{host}/articles") as cluster:
        for documents in (2500, 3500):
            build(cluster, documents, replicas=0)
            assert count(cluster) == documents
    assert len(node.ask("articles-a*")) == 1
