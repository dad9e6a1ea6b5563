"""What all tests with OpenSearch rely on: three nodes, each of which can fail."""

from support.opensearch import Nodes


def test_three_nodes_are_one_cluster(cluster: Nodes) -> None:
    health = cluster.ask("_cluster/health")
    assert (health["status"], health["number_of_nodes"]) == ("green", 3)


def test_a_node_that_was_killed_comes_back_with_what_it_had(cluster: Nodes) -> None:
    kept = {"settings": {"number_of_shards": 3, "number_of_replicas": 1}}
    cluster.ask("kept", kept, method="PUT")
    for number in range(20):
        cluster.ask(f"kept/_doc/{number}", {"number": number}, method="PUT")
    cluster.nodes[2].kill()
    cluster.restart(2)
    assert cluster.ask("kept/_refresh", {})["_shards"]["failed"] == 0
    assert cluster.ask("kept/_count", node=2)["count"] == 20
