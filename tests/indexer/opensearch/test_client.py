"""A cluster's answer is believed if it is whole and OpenSearch's own; else it is an error that says
what to do, comes in time and never shows a password."""

from __future__ import annotations

import socket
import time
import traceback
from collections.abc import Callable

import pytest

from archive.ground.errors import ClusterUnavailable, HdndError, IndexUnusable, UsageError
from indexer.engines.opensearch.access import NOBODY, Access
from indexer.engines.opensearch.address import parse_address
from indexer.engines.opensearch.client import Cluster, Limits
from support.answering_cluster import answering, error, greeting, reply
from support.raw_server import RawServer, Reply

SHORT = Limits(within=2, patience=0.1)
FOUND = {"_shards": {"total": 3, "successful": 3, "failed": 0}, "hits": {"hits": []}}
LACKING = "no permissions for [indices:admin/refresh[s]] and User [name=an, backend_roles=[]]"
DENIED = {"type": "security_exception", "reason": LACKING}
DEEP = b'{"a":' + b"[" * 100_000 + b"]" * 100_000 + b"}"


def at(*servers: RawServer, access: Access = NOBODY) -> Cluster:
    return Cluster.at(f"opensearch://{','.join(one.host for one in servers)}/a", access)


def asked(given: Reply, limits: Limits = SHORT) -> dict[str, object]:
    with answering({"/a/_search": given}) as server, at(server) as cluster:
        return cluster.request("GET", "a/_search", limits=limits)


def code_of(given: Reply, limits: Limits = SHORT) -> tuple[type[HdndError], str]:
    with pytest.raises(HdndError) as raised:
        asked(given, limits)
    assert raised.value.hint
    return type(raised.value), raised.value.said.code


def test_an_answer_is_what_the_cluster_said() -> None:
    assert asked(reply(FOUND)) == FOUND


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (reply("<html><body>Sign in</body></html>", kind="text/html"), "cluster-foreign"),
        (reply(b"\x1f\x8b\x08\x00 packed"), "cluster-foreign"),
        (reply("[1, 2]"), "cluster-foreign"),
        (reply('{"hits": '), "cluster-foreign"),
        (reply(DEEP), "cluster-foreign"),
        (reply("", "302 Found"), "cluster-foreign"),
        (reply("<html>", "404 Not Found"), "cluster-foreign"),
        (reply("<html>", "503 Service Unavailable"), "cluster-not-ready"),
        (reply("Unauthorized", "401 Unauthorized"), "cluster-denies"),
        (error("403 Forbidden", "security_exception"), "cluster-denies"),
        (error("403 Forbidden", "security_exception", LACKING), "right-missing"),
        (reply({"_shards": {"failures": [{"reason": DENIED}]}}, "403 Forbidden"), "right-missing"),
        (reply({"responses": [{"error": DENIED, "status": 403}]}), "right-missing"),
        (
            reply({"error": {"type": "x", "reason": "y", "root_cause": [DENIED]}}, "403 Forbidden"),
            "right-missing",
        ),
        (error("403 Forbidden", "cluster_block_exception", "index read-only"), "cluster-read-only"),
        (
            error(
                "429 Too Many Requests", "cluster_block_exception", "exceeded flood-stage watermark"
            ),
            "cluster-disk-full",
        ),
        (error("403 Forbidden", "index_create_block_exception"), "cluster-read-only"),
        (error("429 Too Many Requests", "rejected_execution_exception"), "cluster-busy"),
        (error("503 x", "search_phase_execution_exception"), "cluster-not-ready"),
        (error("503 x", "cluster_manager_not_discovered_exception"), "cluster-not-ready"),
        (reply("too large", "413 Content Too Large"), "request-too-large"),
        (error("400 Bad Request", "parsing_exception"), "cluster-refused"),
        (reply({**FOUND, "timed_out": True}), "cluster-incomplete"),
        (
            reply({**FOUND, "_shards": {"total": 3, "successful": 2, "failed": 1}}),
            "cluster-incomplete",
        ),
        (reply({**FOUND, "_shards": {"total": 3, "successful": 2}}), "cluster-incomplete"),
        (reply({"responses": [FOUND, {**FOUND, "timed_out": True}]}), "cluster-incomplete"),
        (
            reply({"responses": [{"error": {"type": "x", "reason": "y"}, "status": 400}]}),
            "cluster-refused",
        ),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{}", "cluster-unreachable"),
        (b"SSH-2.0-OpenSSH_9.2\r\n", "cluster-unreachable"),
        (b"", "cluster-unreachable"),
    ],
)
def test_what_is_no_whole_answer_is_named(given: Reply, code: str) -> None:
    assert code_of(given) == (ClusterUnavailable, f"indexer.{code}")


def test_a_right_that_is_lacking_is_told_and_nothing_of_the_user() -> None:
    with pytest.raises(HdndError) as raised:
        asked(error("403 Forbidden", "security_exception", LACKING))
    assert raised.value.said.values["right"] == "indices:admin/refresh[s]"
    assert "name=an" not in str(raised.value.said.values)


def test_what_befell_the_shards_is_told_not_that_all_failed() -> None:
    cause = {"type": "illegal_argument_exception", "reason": "not optimised for this"}
    said = {"type": "search_phase_execution_exception", "reason": "all shards failed"}
    with pytest.raises(HdndError) as raised:
        asked(reply({"error": {**said, "root_cause": [cause]}}, "400 Bad Request"))
    assert raised.value.said.values["reason"] == f"{cause['type']}: {cause['reason']}"


def test_an_index_that_is_not_there_can_be_made() -> None:
    missing = error("404 Not Found", "index_not_found_exception")
    assert code_of(missing) == (IndexUnusable, "indexer.cluster-has-none")
    with answering({"/a/_doc/1": missing}) as server, at(server) as cluster:
        assert cluster.request_or_none("GET", "a/_doc/1") is None


def endless(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
    while True:
        connection.sendall(b"[" * 65536)


def dripping(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n")
    while True:
        connection.sendall(b" ")
        time.sleep(0.02)


def silent(connection: socket.socket) -> None:
    connection.recv(65536)
    time.sleep(30)


def test_no_answer_takes_more_memory_than_it_may() -> None:
    long = Limits(within=100, patience=1)
    assert code_of(endless, long) == (ClusterUnavailable, "indexer.cluster-foreign")


@pytest.mark.parametrize("given", [dripping, silent])
def test_no_answer_takes_longer_than_it_may(given: Callable[[socket.socket], None]) -> None:
    assert code_of(given) == (ClusterUnavailable, "indexer.cluster-silent")


def test_what_takes_connections_and_says_nothing_is_told_to_be_slow() -> None:
    for given in (dripping, silent):
        with pytest.raises(ClusterUnavailable) as raised:
            asked(given, Limits(within=0.6, patience=0.1))
        assert raised.value.hint
        assert raised.value.hint.code == "indexer.is-it-slow"


def test_when_one_node_is_silent_or_gone_another_one_answers() -> None:
    with answering({"/a/_search": reply(FOUND)}) as good:
        gone = RawServer({})
        gone.__exit__(None, None, None)
        with answering({"/a/_search": silent}) as paused, at(gone, paused, good) as cluster:
            for _ in range(4):
                assert cluster.request("GET", "a/_search", limits=Limits(3, 1)) == FOUND


@pytest.mark.parametrize(
    ("host", "reason"), [("127.0.0.1:9", "refused"), ("no-such-host.invalid", "not known")]
)
def test_where_nobody_listens_the_reason_is_told_at_once(host: str, reason: str) -> None:
    with Cluster.at(f"opensearch://{host}/a") as cluster, pytest.raises(HdndError) as raised:
        cluster.request("GET", "a", limits=SHORT)
    assert raised.value.said.code == "indexer.cluster-unreachable"
    assert reason in str(raised.value.said.values["reason"])


def test_what_a_node_says_counts_for_more_than_that_another_is_gone() -> None:
    missing = error("503 x", "search_phase_execution_exception")
    with answering({"/a": missing}) as lacking, answering({"/a": b""}) as broken:
        for pair in ((lacking, broken), (broken, lacking)):
            with at(*pair) as cluster, pytest.raises(ClusterUnavailable) as raised:
                cluster.request("GET", "a", limits=SHORT)
            assert raised.value.said.code == "indexer.cluster-not-ready"


def test_a_node_that_failed_is_left_alone_for_a_while() -> None:
    with (
        answering({"/a": reply({})}) as good,
        answering({"/a": lambda connection: None}) as bad,
        at(good, bad) as cluster,
    ):
        for _ in range(20):
            cluster.request("GET", "a")
        assert len(bad.received.get("/a", ())) <= 1


def test_a_busy_cluster_is_asked_again_and_one_that_must_not_is_asked_once() -> None:
    busy = error("429 Too Many Requests", "rejected_execution_exception")
    replies: dict[str, Reply] = {"/a": busy, "/b": busy}
    with answering(replies) as server, at(server) as cluster:
        with pytest.raises(ClusterUnavailable):
            cluster.request("POST", "a", limits=Limits(2, 1))
        with pytest.raises(ClusterUnavailable):
            cluster.request("POST", "b", limits=Limits(2, 1), again=False)
        assert len(server.received["/a"]) > 1
        assert len(server.received["/b"]) == 1


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (greeting(distribution="elasticsearch"), "no-opensearch"),
        (reply({"version": {"number": "8.15.0"}}), "no-opensearch"),
        (reply({}), "no-opensearch"),
        (greeting("2.11.0"), "cluster-release"),
        (greeting("4.0.0"), "cluster-release"),
        (greeting("new"), "cluster-release"),
        (reply("<html>"), "cluster-foreign"),
    ],
)
def test_another_program_or_release_is_refused_before_anything_is_asked(
    said: bytes, code: str
) -> None:
    with RawServer({"/": said, "/a": reply({})}) as server, at(server) as cluster:
        with pytest.raises(ClusterUnavailable) as raised:
            cluster.request("PUT", "a", limits=SHORT)
        assert raised.value.said.code == f"indexer.{code}"
        assert set(server.received) == {"/"}


def test_credentials_are_sent_and_never_shown() -> None:
    access = Access(user="an", password="s3cret-word")
    with (
        answering({"/a": reply("no", "401 Unauthorized")}) as server,
        at(server, access=access) as cluster,
    ):
        with pytest.raises(ClusterUnavailable) as raised:
            cluster.request("GET", "a")
        assert b"authorization: basic yw46cznjcmv0lxdvcmq=" in server.received["/a"][0].lower()
    shown = "".join(traceback.format_exception(raised.value)) + repr(access) + repr(cluster)
    assert "s3cret" not in shown
    assert "YW46" not in shown


def test_an_api_key_is_sent_as_opensearch_reads_it() -> None:
    assert Access(api_key="os_1").headers == {"Authorization": "ApiKey os_1"}


@pytest.mark.parametrize("slip", ["\r", "\n", "\0", "\x7f", "\u200b", " ", "\u00a0"])
@pytest.mark.parametrize("field", ["user", "password", "api_key"])
def test_what_no_header_can_carry_is_refused_before_anything_is_asked(
    field: str, slip: str
) -> None:
    for typed in (f"geheim{slip}", f"{slip}geheim", f"ge\theim{slip}"):
        with answering({"/a": reply({})}) as server:
            with pytest.raises(UsageError) as raised:
                at(server, access=Access(**{field: typed}))
            assert not server.received
        shown = "".join(traceback.format_exception(raised.value))
        assert "heim" not in shown
        assert f"[index] {field}" in shown


@pytest.mark.parametrize(
    "access", [Access(api_key="geheim-ế"), Access(api_key="geheim é"), Access(user="s3:cret")]
)
def test_nor_is_what_a_header_would_carry_as_something_else(access: Access) -> None:
    with pytest.raises(UsageError) as raised:
        Cluster.at("opensearch://localhost/a", access)
    assert "s3" not in str(raised.value)


@pytest.mark.parametrize(
    ("access", "lacks"), [(Access(user="an"), "password"), (Access(password="s3cret"), "user")]
)
def test_a_user_without_a_password_is_refused_and_so_is_a_password_without_a_user(
    access: Access, lacks: str
) -> None:
    with pytest.raises(UsageError) as raised:
        Cluster.at("opensearch://localhost/a", access)
    assert f"[index] {lacks}" in str(raised.value)
    assert "s3cret" not in str(raised.value)


def test_a_password_may_have_any_letters_and_blanks_inside() -> None:
    Cluster.at("opensearch://localhost/a", Access(user="an ế", password="một: hai"))


def test_credentials_go_to_another_machine_encrypted_or_not_at_all() -> None:
    with pytest.raises(UsageError) as raised:
        Cluster.at("opensearch://search.example:9200/a", Access(user="an", password="x"))
    assert raised.value.said.code == "indexer.credentials-in-clear"
    Cluster.at("opensearchs://search.example:9200/a", Access(user="an", password="x"))
    Cluster.at("opensearch://[::1]:9200/a", Access(user="an", password="x"))


@pytest.mark.parametrize(
    ("url", "hosts"),
    [
        ("opensearch://a/x", (("a", 9200),)),
        ("opensearchs://a:1,b-2.example:443/x/", (("a", 1), ("b-2.example", 443))),
        ("opensearch://[::1]:9/x", (("[::1]", 9),)),
    ],
)
def test_an_address_names_nodes_and_an_index(url: str, hosts: tuple[tuple[str, int], ...]) -> None:
    address = parse_address(url)
    assert (address.hosts, address.tls, address.name) == (hosts, url[10] == "s", "x")
    assert parse_address(str(address)) == address


@pytest.mark.parametrize(
    "url",
    [
        *("", "articles", "http://a/x", "opensearch://a", "opensearch:///x", "opensearch://a/X"),
        *("opensearch://a/_all", "opensearch://a/x*", "opensearch://a:0/x", "opensearch://a,,b/x"),
        *("opensearch://a:99999/x", "opensearch://a/x/y", "opensearch://a b/x"),
    ],
)
def test_what_is_no_address_is_said_to_be_none(url: str) -> None:
    with pytest.raises(UsageError) as raised:
        parse_address(url)
    assert raised.value.said.code == "indexer.no-cluster-address"


def test_a_password_in_an_address_is_refused_and_not_repeated() -> None:
    with pytest.raises(UsageError) as raised:
        parse_address("opensearch://an:s3cret@host/x")
    assert "s3cret" not in str(raised.value)
