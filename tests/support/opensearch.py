"""Nodes of OpenSearch on loopback, each a process that can be killed, paused and started again."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest

from support.opensearch_home import Release, assembled, release
from support.seaweed import free_ports

CACHE = Path(__file__).parents[2] / ".opensearch"
STARTED_WITHIN = 180
_NOBODY = 65534
_LOG = """status = error
appender.console.type = Console
appender.console.name = console
appender.console.layout.type = PatternLayout
appender.console.layout.pattern = [%d{ISO8601}][%-5p][%c{1.}] %m%n
rootLogger.level = warn
rootLogger.appenderRef.console.ref = console
"""


class Node:
    """One node: a process of its own, and the folder with its data."""

    def __init__(
        self,
        chosen: Release,
        home: Path,
        folder: Path,
        settings: Mapping[str, Any],
        files: Mapping[str, bytes] = MappingProxyType({}),
    ) -> None:
        """`files` lie beside its settings, by their paths there."""
        self.folder, self.port = folder, int(settings["http.port"])
        self.url = f"http://127.0.0.1:{self.port}"
        self._log = folder / "node.log"
        self._process: subprocess.Popen[bytes] | None = None
        config = folder / "config"
        (folder / "tmp").mkdir(parents=True)
        config.mkdir()
        paths = {"path.data": f"{folder}/data", "path.logs": f"{folder}/logs"}
        lines = [f"{name}: {json.dumps(value)}" for name, value in {**settings, **paths}.items()]
        (config / "opensearch.yml").write_text("\n".join(lines))
        (config / "jvm.options").write_text("")
        (config / "log4j2.properties").write_text(_LOG)
        for path, content in files.items():
            (config / path).parent.mkdir(exist_ok=True)
            (config / path).write_bytes(content)
        as_nobody = ("--reuid", "nobody", "--clear-groups") if os.geteuid() == 0 else ()
        if as_nobody:
            for path in (folder, *folder.rglob("*")):
                os.chown(path, _NOBODY, -1)
        self._line = ["setpriv", "--pdeathsig", "KILL", *as_nobody, str(chosen.java)]
        self._line += ["-Xms512m", "-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"]
        self._line += ["-Djava.security.manager=allow"] if chosen.of_old else []
        self._line += [f"-Djava.io.tmpdir={folder}/tmp", f"-Dopensearch.path.home={home}"]
        self._line += [f"-Dopensearch.path.conf={config}", "-Dopensearch.distribution.type=tar"]
        self._line += ["-cp", f"{home}/lib/*", "org.opensearch.bootstrap.OpenSearch"]

    @property
    def pid(self) -> int:
        assert self._process, "the node was not started"
        return self._process.pid

    def start(self) -> None:
        """Begin to start; what it says goes into a file in its folder.

        It ends with the thread that calls this, whatever ends that (`PR_SET_PDEATHSIG`).
        """
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                self._line, cwd=self.folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )

    def kill(self) -> None:
        """End it as a power cut does (kill -9)."""
        if self._process:
            self._process.kill()
            self._process.wait()

    def pause(self) -> None:
        """Let it answer nothing while its connections stand."""
        os.kill(self.pid, signal.SIGSTOP)

    def go_on(self) -> None:
        os.kill(self.pid, signal.SIGCONT)

    def assert_runs(self) -> None:
        assert self._process, "the node was not started"
        assert self._process.poll() is None, f"the node ended:\n{self.said()}"

    def said(self) -> str:
        """The end of its log."""
        return self._log.read_text(errors="replace")[-4000:]


class Nodes:
    """A cluster of nodes that know each other."""

    def __init__(self, nodes: Sequence[Node]) -> None:
        self.nodes = nodes

    @property
    def url(self) -> str:
        """Where its first node answers."""
        return self.nodes[0].url

    @property
    def hosts(self) -> str:
        """All nodes, as an address of the index names them: `127.0.0.1:P1,127.0.0.1:P2`."""
        return ",".join(node.url.removeprefix("http://") for node in self.nodes)

    def ask(self, path: str, body: object = None, method: str | None = None, node: int = 0) -> Any:
        """What a node answers, not by the client that is tested."""
        data = None if body is None else json.dumps(body).encode()
        asked = urllib.request.Request(
            f"{self.nodes[node].url}/{path}",
            data,
            {"Content-Type": "application/json"},
            method=method or ("GET" if data is None else "POST"),
        )
        with urllib.request.urlopen(asked, timeout=60) as answer:
            return json.load(answer)

    def await_green(self) -> None:
        """Wait until all nodes know each other and no shard lacks a copy."""
        self._await_health("wait_for_status=green")

    def restart(self, number: int) -> None:
        """Start a node again that was killed, with the data that it had; wait until all is green.

        The cluster is asked to look at once where its shards belong; else it waits a minute.
        """
        self.nodes[number].start()
        self._await_health("wait_for_no_initializing_shards=false")
        self.ask("_cluster/reroute", {})
        self.await_green()

    def _await_health(self, wanted: str) -> None:
        ends = time.monotonic() + STARTED_WITHIN
        wanted = f"{wanted}&wait_for_nodes={len(self.nodes)}&timeout=5s"
        for number, node in enumerate(self.nodes):
            while True:
                node.assert_runs()
                try:
                    self.ask(f"_cluster/health?{wanted}", node=number)
                    break
                except OSError:  # not yet there, or not yet as wanted (408)
                    if time.monotonic() > ends:
                        raise TimeoutError(node.said()) from None
                    time.sleep(0.2)


@contextmanager
def running(number: int) -> Iterator[Nodes]:
    """So many nodes, green; ended when it is left."""
    chosen = release()
    folder = Path(tempfile.mkdtemp(prefix="hdnd-opensearch-"))
    folder.chmod(0o755)
    ports = free_ports(2 * number)
    shared: dict[str, Any] = {
        "cluster.name": folder.name,
        "network.host": "127.0.0.1",
        "cluster.routing.allocation.disk.threshold_enabled": False,
        "indices.query.bool.max_clause_count": 8192,
    }
    if number == 1:
        shared["discovery.type"] = "single-node"
    else:
        shared["discovery.seed_hosts"] = [f"127.0.0.1:{port}" for port in ports[number:]]
        shared["cluster.initial_cluster_manager_nodes"] = [f"n{one}" for one in range(number)]
    home = readable(assembled(chosen, CACHE), folder)
    nodes = Nodes(
        [
            Node(
                chosen,
                home,
                folder / f"n{one}",
                {
                    **shared,
                    "node.name": f"n{one}",
                    "http.port": ports[one],
                    "transport.port": ports[number + one],
                },
            )
            for one in range(number)
        ]
    )
    try:
        for node in nodes.nodes:
            node.start()
        nodes.await_green()
        yield nodes
    finally:
        for node in nodes.nodes:
            node.kill()
        shutil.rmtree(folder, ignore_errors=True)


def readable(home: Path, folder: Path) -> Path:
    """The home, or a copy of it where another user cannot come to it, as below `/root`."""
    if all(parent.stat().st_mode & 0o001 for parent in home.parents):
        return home
    return shutil.copytree(home, folder / "home")


@pytest.fixture(scope="session")
def three_nodes() -> Iterator[Nodes]:
    """Three nodes of OpenSearch, and what earlier tests left in them."""
    with running(3) as nodes:
        yield nodes


@pytest.fixture
def cluster(three_nodes: Nodes) -> Nodes:
    """Three nodes of OpenSearch, all there and without an index."""
    three_nodes.ask("_all", method="DELETE")
    three_nodes.await_green()
    return three_nodes


@pytest.fixture(scope="session")
def node() -> Iterator[Nodes]:
    """One node of OpenSearch for itself."""
    with running(1) as nodes:
        yield nodes
