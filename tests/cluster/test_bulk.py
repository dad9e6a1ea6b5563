"""What was acknowledged is in the index, whatever happens to a node; who writes is alone."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from archive.ground.errors import ClusterUnavailable, IndexUnusable, LockHeld
from indexer.engines.opensearch import writer_lock
from indexer.engines.opensearch.aliases import building, concrete, meta_of, write_meta
from indexer.engines.opensearch.bulk import MOST_BYTES, put_all
from indexer.engines.opensearch.client import Cluster
from indexer.engines.opensearch.writer_lock import IndexWriterLock, writing
from support.opensearch import Nodes

BODY = {
    "settings": {"number_of_shards": 3, "number_of_replicas": 1},
    "mappings": {"dynamic": "strict", "properties": {"number": {"type": "integer"}}},
}
BUILDS = """
import sys, time
from indexer.engines.opensearch.aliases import building
from indexer.engines.opensearch.client import Cluster
with building(Cluster.at(sys.argv[1]), 12, {"": {}}) as made:
    made.put_all("", [("a", {})])
    print(made.names[""], flush=True)
    time.sleep(100)
"""


@pytest.fixture
def ours(cluster: Nodes) -> Iterator[Cluster]:
    with Cluster.at(f"opensearch://{cluster.hosts}/articles") as found:
        yield found


def numbered(first: int, last: int) -> Iterator[tuple[str, dict[str, Any]]]:
    return ((f"id-{number}", {"number": number}) for number in range(first, last))


def build(ours: Cluster, count: int, analysis: int = 12) -> str:
    with building(ours, analysis, {"": BODY}) as made:
        made.put_all("", numbered(0, count))
    return made.names[""]


def ids_in(nodes: Nodes, index: str = "articles") -> set[str]:
    nodes.ask(f"{index}/_refresh", {})
    asked = {"size": 10_000, "_source": False, "track_total_hits": True}
    found = nodes.ask(f"{index}/_search?allow_partial_search_results=false", asked)["hits"]
    assert found["total"]["value"] == len(found["hits"])
    return {hit["_id"] for hit in found["hits"]}


def test_a_node_killed_in_mid_bulk_loses_nothing_that_was_acknowledged(
    cluster: Nodes, ours: Cluster
) -> None:
    with building(ours, 12, {"": BODY}) as made:
        killer = threading.Timer(0.2, cluster.nodes[1].kill)
        for batch in range(100):
            made.put_all("", numbered(80 * batch, 80 * batch + 80))
            if batch == 10:
                killer.start()
        killer.join()
    cluster.restart(1)
    assert ids_in(cluster) == {id_ for id_, _ in numbered(0, 8000)}


def test_a_refused_document_is_named_and_keeps_no_other_from_its_place(
    cluster: Nodes, ours: Cluster
) -> None:
    index = build(ours, 10)
    poisoned = {"number": "none", "other": 1}
    documents = [*numbered(10, 20), ("poisoned", poisoned), ("x" * 513, {}), *numbered(20, 30)]
    with pytest.raises(ClusterUnavailable) as raised:
        put_all(ours, index, documents)
    assert raised.value.said.code == "indexer.documents-refused"
    assert "poisoned" in str(raised.value.said.values["ids"])
    assert raised.value.said.values["count"] == 2
    assert ids_in(cluster) == {id_ for id_, _ in numbered(0, 30)}


def test_the_same_again_changes_nothing_and_what_is_taken_out_twice_is_out(
    cluster: Nodes, ours: Cluster
) -> None:
    index = build(ours, 50)
    assert put_all(ours, index, numbered(0, 50)) == 50
    for _ in range(2):
        assert put_all(ours, index, [("id-3", None), ("never", None)]) == 2
    assert ids_in(cluster) == {id_ for id_, _ in numbered(0, 50)} - {"id-3"}


def test_documents_that_are_larger_together_than_a_request_may_be(
    cluster: Nodes, ours: Cluster
) -> None:
    text = "ă" * (MOST_BYTES // 5)
    body = {"mappings": {"properties": {"text": {"type": "keyword", "doc_values": False}}}}
    body["mappings"]["properties"]["text"]["index"] = False
    with building(ours, 12, {"": body}) as made:
        assert made.put_all("", ((str(number), {"text": text}) for number in range(7))) == 7
    assert len(ids_in(cluster)) == 7


def test_an_index_that_was_deleted_meanwhile_is_not_made_anew_by_what_is_put_in(
    cluster: Nodes, ours: Cluster
) -> None:
    index = build(ours, 5)
    cluster.ask(index, method="DELETE")
    with pytest.raises(IndexUnusable):
        put_all(ours, index, numbered(5, 10))
    assert cluster.ask("articles-a*") == {}
    cluster.ask(index, {}, method="PUT")
    with pytest.raises(ClusterUnavailable) as raised:
        write_meta(ours, index, watermark=10)
    assert raised.value.said.code == "indexer.index-not-ours"


def test_a_watermark_stands_beside_what_the_index_says_of_itself(ours: Cluster) -> None:
    index = build(ours, 5)
    write_meta(ours, index, watermark=7)
    write_meta(ours, index, watermark=8)
    assert meta_of(ours, index) == {"made_by": "hdnd", "analysis": 12, "watermark": 8}
    assert meta_of(ours, "articles-no-such") is None


def test_readers_see_the_old_index_or_the_new_one_and_never_both_or_none(
    cluster: Nodes, ours: Cluster
) -> None:
    build(ours, 100)
    seen: list[int] = []
    ended = threading.Event()

    def read() -> None:
        with Cluster.at(f"opensearch://{cluster.hosts}/articles") as reader:
            while not ended.is_set():
                seen.append(reader.request("GET", "articles/_count")["count"])

    readers = [threading.Thread(target=read) for _ in range(2)]
    for one in readers:
        one.start()
    for count in (150, 200, 250):
        build(ours, count, analysis=13)
    ended.set()
    for one in readers:
        one.join()
    assert set(seen) <= {100, 150, 200, 250}
    assert seen[-1] == 250
    assert list(cluster.ask("articles-a*")) == [concrete(ours)]


def test_several_indexes_get_their_names_at_once(cluster: Nodes, ours: Cluster) -> None:
    for analysis in (12, 13):
        with building(ours, analysis, {"": BODY, "-words": BODY}) as made:
            made.put_all("-words", numbered(0, analysis))
    assert concrete(ours, "-words") == made.names["-words"]
    assert len(ids_in(cluster, "articles-words")) == 13
    assert len(cluster.ask("articles-*a*")) == 2


def test_what_fails_half_built_changes_nothing_and_is_thrown_away(
    cluster: Nodes, ours: Cluster
) -> None:
    index = build(ours, 10)

    def broken() -> Iterator[tuple[str, dict[str, Any]]]:
        yield from numbered(0, 2000)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError), building(ours, 13, {"": BODY}) as made:
        made.put_all("", broken())
    assert concrete(ours) == index
    assert set(cluster.ask("articles-a*")) == {index}


def test_what_a_killed_builder_left_is_thrown_away_by_the_next_and_nothing_else(
    cluster: Nodes, ours: Cluster
) -> None:
    line = [sys.executable, "-c", BUILDS, str(ours.address)]
    with subprocess.Popen(line, stdout=subprocess.PIPE, text=True) as builder:
        assert builder.stdout
        half = builder.stdout.readline().strip()
        builder.kill()
    assert half in cluster.ask("articles-a*")
    others = {"articles-archive", "articles-a12-20200101000000-00000000"}
    for name in others:
        cluster.ask(name, {}, method="PUT")
    index = build(ours, 10)
    assert set(cluster.ask("articles-a*")) == {index, *others}


def test_of_two_who_build_one_does(ours: Cluster) -> None:
    with building(ours, 12, {"": BODY}):
        with pytest.raises(LockHeld), building(ours, 12, {"": BODY}):
            pass
        with pytest.raises(LockHeld), writing(ours):
            pass
    with writing(ours):
        pass


def test_a_lock_whose_time_is_over_is_taken_and_its_holder_notices(
    cluster: Nodes, ours: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writer_lock, "LEASE", 0.0)
    late = IndexWriterLock(ours)
    late.take()
    monkeypatch.setattr(writer_lock, "LEASE", 300.0)
    with writing(ours), pytest.raises(LockHeld):
        late.confirm()


def test_a_name_that_is_an_index_itself_is_left_alone(cluster: Nodes, ours: Cluster) -> None:
    cluster.ask("articles/_doc/1", {"of": "somebody"}, method="PUT")
    with pytest.raises(ClusterUnavailable), building(ours, 12, {"": BODY}):
        pass
    assert cluster.ask("articles/_doc/1")["_source"] == {"of": "somebody"}


def test_an_index_that_nobody_built_is_said_to_be_missing(ours: Cluster) -> None:
    assert concrete(ours) is None
    with pytest.raises(IndexUnusable):
        ours.request("GET", "articles/_count")
