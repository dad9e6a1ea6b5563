"""A search has one time for all that it asks; when that is over it says so."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from archive.ground.errors import ClusterUnavailable
from indexer import search_time
from indexer.engines.opensearch.client import Cluster, Limits
from indexer.search_time import one_search, seconds_left
from support.answering_cluster import answering, reply
from support.small_cluster import SmallCluster


@pytest.fixture
def dawdling() -> Iterator[SmallCluster]:
    with SmallCluster() as server:
        server.before = lambda path: time.sleep(0.6)
        yield server


def test_requests_of_one_search_share_its_time(dawdling: SmallCluster) -> None:
    with Cluster.at(dawdling.url) as cluster, Cluster.at(dawdling.url) as of_files:
        with one_search(seconds=2):
            cluster.request("GET", "small-a*")
            with pytest.raises(ClusterUnavailable) as raised:
                of_files.request("GET", "small-a*")
        assert raised.value.said.code == "indexer.cluster-silent"
        assert len(dawdling.asked) <= 4
        cluster.request("GET", "small-a*")


def test_a_request_waits_no_longer_than_its_search() -> None:
    with answering({"/a": lambda connection: time.sleep(30)}) as server:
        cluster = Cluster.at(f"opensearch://{server.host}/a")
        with cluster, one_search(seconds=0.4), pytest.raises(ClusterUnavailable):
            cluster.request("GET", "a", limits=Limits(30, 30))


def test_what_is_begun_within_a_search_has_its_time() -> None:
    with one_search(seconds=5):
        with one_search(seconds=50):
            assert (seconds_left() or 99) <= 5
        with one_search(1000):
            assert (seconds_left() or 99) <= 5
    assert seconds_left() is None


def test_a_longer_list_has_more_time() -> None:
    with one_search(seconds=5), one_search(10_000):
        assert (seconds_left() or 0) > 5 * search_time.SECONDS


def test_when_the_time_is_over_nothing_is_asked() -> None:
    with answering({"/a": reply({})}) as server, Cluster.at(f"opensearch://{server.host}/a") as one:
        with one_search(seconds=0), pytest.raises(ClusterUnavailable):
            one.request("GET", "a")
        assert not server.received
