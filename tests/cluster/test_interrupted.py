"""Ctrl-C while a store keeps the command waiting."""

from __future__ import annotations

import signal
import socket
import subprocess
from pathlib import Path
from threading import Event
from time import monotonic

import pytest

from archive.leases import Leases
from archive.objects import ObjectStore
from portal_visitor import series
from support.hdnd import command_line, environment
from support.hostile_portal import Guest, HostilePortal, response
from support.keeping import exchange, keep, page, writing
from support.odd_store import OddStore
from support.workers import worker_home

INTERRUPTED = 130


@pytest.mark.parametrize("asked", [signal.SIGINT, signal.SIGTERM])
def test_a_push_to_a_store_that_never_answers_ends_within_seconds(
    tmp_path: Path, asked: signal.Signals
) -> None:
    with writing(tmp_path / "home") as (archive, run):
        keep(archive, run, exchange("/1", page("Bài", id="1")))
    with socket.create_server(("127.0.0.1", 0)) as silent:
        silent.settimeout(60)
        host = f"http://127.0.0.1:{silent.getsockname()[1]}"
        keys = {"AWS_ACCESS_KEY_ID": "x", "AWS_SECRET_ACCESS_KEY": "x", "AWS_REGION": "x"}
        named = {"HDND_STORE": "s3://hdnd/x", "AWS_ENDPOINT_URL": host}
        process = subprocess.Popen(
            command_line("store", "push"),
            env=environment(tmp_path / "home", **keys, **named),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        near, _ = silent.accept()
        with near:
            assert near.recv(1)
            at = monotonic()
            process.send_signal(asked)
            process.communicate(timeout=60)
    assert process.returncode == INTERRUPTED
    assert monotonic() - at < 5


@pytest.mark.parametrize("asked", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("when", ["as it puts what came", "in the middle of a crawl"])
def test_a_worker_whose_store_answers_no_more_ends_within_seconds(
    tmp_path: Path, asked: signal.Signals, when: str
) -> None:
    pytest.importorskip("obstore")
    reached, over = Event(), Event()
    hangs_at = "/warc/" if when == "as it puts what came" else ""

    def hang(method: str, name: str) -> None:
        if hangs_at and method == "PUT" and hangs_at in name:
            reached.set()
        if reached.is_set():
            over.wait(120)

    def ask(guest: Guest) -> bytes:
        if not hangs_at:
            reached.set()
        return response(guest.answer)

    home = worker_home(tmp_path / "home", ["xa-an"], delay=0.3)
    with OddStore(odd=hang) as store, HostilePortal(series(12)) as portal:
        portal.on("bai-005", ask)
        named = store.environment | {"HDND_STORE": "s3://bucket/prefix"}
        line = ("refresh", "xa-an", "--host", portal.host, "--worker", "w-1", "--quiet")
        process = subprocess.Popen(
            command_line(*line), env=environment(home.path, **named), stderr=subprocess.PIPE
        )
        assert reached.wait(120)
        at = monotonic()
        process.send_signal(asked)
        _, err = process.communicate(timeout=120)
        took = monotonic() - at
        over.set()
    assert process.returncode == INTERRUPTED, err
    assert b"Traceback" not in err
    assert took < 10


def test_who_holds_leases_of_a_store_that_answers_no_more_is_let_go_within_seconds(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pytest.importorskip("obstore")
    over = Event()
    with OddStore() as store:
        store.speak_to(monkeypatch)
        leases = Leases(ObjectStore.at("s3://bucket/prefix"), "w-1")
        leases.__enter__()
        for name in ("workers/w-1", "sites/mau"):
            leases.take(name)
        store.odd = lambda method, name: (over.wait(60) and None) or (503, "SlowDown")
        at = monotonic()
        leases.__exit__(KeyboardInterrupt, KeyboardInterrupt(), None)
        took = monotonic() - at
        over.set()
    assert took < 10
