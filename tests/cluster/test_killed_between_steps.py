"""Killed before and after each request to the store: nothing is lost, nothing twice."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from archive.fixity.check_store import StoreCheck
from archive.fixity.verify import Verification
from archive.ground.home import Home
from archive.objects import ObjectStore
from archive.storage import adopt, compare, drop, push
from archive.store import Archive
from archive.warc.stored_segment import store_at
from support import seaweed
from support.counted_proxy import CountedProxy
from support.keeping import JsonExtract, dump_of, exchange, keep, page, writing

CHILD = Path(__file__).parents[1] / "support" / "store_child.py"
SIGKILLED = -9


@pytest.fixture
def proxy(
    object_storage: seaweed.Seaweed, store_url: str, monkeypatch: pytest.MonkeyPatch
) -> Iterator[CountedProxy]:
    with CountedProxy(object_storage.endpoint) as proxy:
        monkeypatch.setenv("AWS_ENDPOINT_URL", proxy.endpoint)
        store_at.cache_clear()
        yield proxy
        store_at.cache_clear()


@pytest.fixture
def home(tmp_path: Path) -> Home:
    made = Home(tmp_path / "home")
    for night in range(2):
        with writing(made) as (archive, run):
            keep(archive, run, exchange(f"/{night}", page("Bài", id=str(night)), minutes=night))
    return made


def killed_at(proxy: CountedProxy, at: int, *, before: bool, command: list[str]) -> bool:
    """Run a child that is killed at one of its requests; whether it came to it."""
    proxy.count, proxy.at, proxy.before = 0, at, before
    child = subprocess.Popen([sys.executable, "-P", str(CHILD), *command])
    proxy.client = lambda: child.pid
    ended = child.wait(60)
    proxy.at = 0
    assert ended in (0, SIGKILLED)
    return ended == SIGKILLED


def whole(home: Home, url: str, rows: list[str], scratch: Path) -> None:
    """Nothing is lost or there twice: in the archive, in the store, and in one begun from it."""
    assert list(Verification(home, store=StoreCheck(url, reads=True)).damages()) == []
    assert dump_of(home) == rows
    state = compare(home, url)
    assert (state.held, state.strange, state.wrong) == (2, 0, [])
    assert ObjectStore.at(url).get("manifest.jsonl")[0] == home.manifest.read_bytes()
    begun = Home(scratch)
    adopt(begun, url)
    with Archive(begun, JsonExtract(), make_anew=True) as archive:
        assert archive.recovery.taken_in == 2
    assert dump_of(begun) == rows


@pytest.mark.parametrize("before", [True, False], ids=["before", "after"])
def test_a_push_killed_at_each_request_goes_on(
    home: Home, proxy: CountedProxy, tmp_path: Path, before: bool
) -> None:
    rows = dump_of(home)
    fresh = tmp_path / "fresh"
    shutil.copytree(home.path, fresh)
    at = 0
    while True:
        at += 1
        url = f"s3://{seaweed.BUCKET}/{uuid4().hex}"
        home.receipts.unlink(missing_ok=True)
        if not killed_at(proxy, at, before=before, command=["push", str(home.path), url]):
            break
        stored = ObjectStore.at(url).head("manifest.jsonl")
        if stored is not None:
            assert compare(home, url).held == 2, "the manifest went before what it names"
        push(home, url)
        whole(home, url, rows, tmp_path / f"begun-{at}")
    assert at > 7


@pytest.mark.parametrize("before", [True, False], ids=["before", "after"])
def test_a_drop_or_a_beginning_killed_at_each_request_goes_on(
    home: Home, store_url: str, proxy: CountedProxy, tmp_path: Path, before: bool
) -> None:
    rows = dump_of(home)
    push(home, store_url)
    fresh = tmp_path / "fresh"
    shutil.copytree(home.path, fresh)
    at = 0
    while True:
        at += 1
        one = Home(tmp_path / f"dropped-{at}")
        shutil.copytree(fresh, one.path)
        if not killed_at(proxy, at, before=before, command=["drop", str(one.path), store_url]):
            break
        assert list(Verification(one).damages()) == []
        drop(one, store_url)
        assert list(one.warc.iterdir()) == []
        whole(one, store_url, rows, tmp_path / f"of-dropped-{at}")
    at = 0
    while True:
        at += 1
        begun = Home(tmp_path / f"adopted-{at}")
        command = ["adopt", str(begun.path), store_url]
        if not killed_at(proxy, at, before=before, command=command):
            break
        assert not begun.warc.exists()
        assert adopt(begun, store_url) == 2
        with Archive(begun, JsonExtract(), make_anew=True):
            assert dump_of(begun) == rows
