"""A worker has one name and several homes: of other hosts, of a disk that was restored."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from archive import going_on
from archive.fixity.check_store import StoreCheck
from archive.fixity.verify import Verification
from archive.gathering import gather
from archive.going_on import go_on
from archive.ground.errors import ArchiveDamaged, ObjectDiffers
from archive.ground.home import Home
from archive.objects import ObjectStore
from archive.storage import adopt, manifest_name, note_worker, push
from archive.store import Archive
from archive.warc import manifest
from archive.warc.segment_names import LeaseHolder, parse
from archive.warc.stored_segment import store_at
from hdnd.usecases.storing import push_archive
from support import seaweed
from support.codes import english
from support.counted_proxy import CountedProxy
from support.keeping import SITE, JsonExtract, dump_of, exchange, keep, page

CHILD = Path(__file__).parents[1] / "support" / "store_child.py"
OWN = manifest_name("w-1")


@pytest.fixture(autouse=True)
def store(store_url: str, monkeypatch: pytest.MonkeyPatch) -> ObjectStore:
    store_at.cache_clear()
    monkeypatch.setenv("HDND_STORE", store_url)
    return ObjectStore.at(store_url)


def a_night(
    home: Home,
    night: int,
    *,
    worker: str = "w-1",
    in_the_middle: Callable[[], None] = lambda: None,
) -> None:
    """Two pages of the site; every night has an epoch of its own."""
    note_worker(home, worker)
    with Archive(home, JsonExtract(), holder=LeaseHolder(worker, night)) as archive:
        run = archive.begin_run(SITE)
        for part in (1, 2):
            body = page(f"Bài {night}", id=f"{night}-{part}", blocks=["x" * 2000])
            keep(archive, run, exchange(f"/{night}-{part}", body, minutes=10 * night + part))
            if part == 1:
                in_the_middle()
        run.end("finished", {})


def pushed(home: Home, store_url: str) -> None:
    push(home, store_url, manifest_name=OWN)


@pytest.fixture
def older(tmp_path: Path, store_url: str) -> Home:
    """A home of one night that is in the store; what a test does with it is its own."""
    home = Home(tmp_path / "older")
    home.path.mkdir()
    a_night(home, 1)
    pushed(home, store_url)
    return home


def copied(home: Home, folder: Path) -> Home:
    shutil.copytree(home.path, folder)
    return Home(folder)


def opened(home: Home) -> Home:
    with Archive(home, JsonExtract()):
        return home


def is_sound(home: Home, store_url: str) -> bool:
    check = Verification(home, store=StoreCheck(store_url, OWN, reads=True))
    return list(check.damages()) == []


def rows_of_all(folder: Path, store: ObjectStore) -> list[str]:
    """What the archive that gathers all makes of the store, as one machine would."""
    home = Home(folder)
    assert gather(home, store).failed == ()
    with Archive(home, JsonExtract(), make_anew=True):
        pass
    assert list(Verification(home).damages()) == []
    return dump_of(home)


def files_of(home: Home) -> dict[str, bytes]:
    """All that the home has beside what is derived."""
    kept = [*home.path.glob("warc/*"), *home.path.glob("aside/*"), home.manifest]
    return {str(path.relative_to(home.path)): path.read_bytes() for path in kept}


def test_homes_of_one_worker_take_turns(
    older: Home, tmp_path: Path, store: ObjectStore, store_url: str
) -> None:
    newer = copied(older, tmp_path / "newer")
    for night, home in ((2, newer), (3, older), (4, newer), (5, newer), (6, older)):
        came = go_on(home, store_url, worker="w-1")
        assert came == {2: 0, 3: 1, 4: 1, 5: 0, 6: 2}[night]
        opened(home)
        a_night(home, night)
        pushed(home, store_url)
        assert is_sound(home, store_url)
    assert older.manifest.read_bytes() == store.get(OWN)[0]
    assert dump_of(older) == rows_of_all(tmp_path / "all", store)
    assert go_on(older, store_url, worker="w-1") == 0


def test_what_a_home_was_writing_when_its_host_died_comes_behind_what_came_since(
    older: Home, tmp_path: Path, store: ObjectStore, store_url: str
) -> None:
    newer, dead = copied(older, tmp_path / "newer"), tmp_path / "dead"
    a_night(older, 2, in_the_middle=lambda: shutil.copytree(older.path, dead) and None)
    home = Home(dead)
    (being_written,) = home.warc.glob("*.open")
    a_night(newer, 3)
    pushed(newer, store_url)
    assert go_on(home, store_url, worker="w-1") == 1
    opened(home)
    pushed(home, store_url)
    assert is_sound(home, store_url)
    names = [line.entry.file for line in manifest.read(home) if line.entry]
    assert [parse(name).number for name in names] == [1, 2, 2]
    assert names[-1] == being_written.name.removesuffix(".open")
    assert go_on(newer, store_url, worker="w-1") == 1
    assert dump_of(opened(newer)) == dump_of(opened(home)) == rows_of_all(tmp_path / "a", store)


def test_a_disk_restored_to_the_middle_of_a_segment_that_is_in_the_store_reads_it_from_there(
    older: Home, tmp_path: Path, store: ObjectStore, store_url: str
) -> None:
    restored = tmp_path / "restored"
    a_night(older, 2, in_the_middle=lambda: shutil.copytree(older.path, restored) and None)
    pushed(older, store_url)
    home = Home(restored)
    (half,) = home.warc.glob("*.open")
    kept = half.read_bytes()
    assert go_on(home, store_url, worker="w-1") == 1
    assert (home.aside / half.name).read_bytes() == kept
    assert dump_of(opened(home)) == dump_of(older)
    assert is_sound(home, store_url)


def test_a_segment_here_that_is_another_than_the_one_of_its_name_there_stops_it(
    older: Home, tmp_path: Path, store_url: str
) -> None:
    restored = tmp_path / "restored"
    a_night(older, 2, in_the_middle=lambda: shutil.copytree(older.path, restored) and None)
    pushed(older, store_url)
    home = Home(restored)
    (half,) = home.warc.glob("*.open")
    half.write_bytes(half.read_bytes()[:-1] + b"?")
    before = files_of(home)
    with pytest.raises(ArchiveDamaged, match=r"hdnd-000002-.*\.open"):
        go_on(home, store_url, worker="w-1")
    assert files_of(home) == before


def test_two_homes_that_both_have_segments_of_their_own_stop_and_the_way_out_saves_them(
    older: Home, tmp_path: Path, store: ObjectStore, store_url: str
) -> None:
    newer = copied(older, tmp_path / "newer")
    a_night(older, 2)
    a_night(newer, 3)
    pushed(newer, store_url)
    before, there = files_of(older), store.get(OWN)[0]
    with pytest.raises(ObjectDiffers) as apart:
        go_on(older, store_url, worker="w-1")
    assert "`hdnd store push`" in english(apart.value.hint)
    assert files_of(older) == before
    assert store.get(OWN)[0] == there

    older.worker.write_text("w-1-saved\n")
    assert len(push_archive(older, lambda progress: None).put) == 1
    rows = rows_of_all(tmp_path / "all", store)
    assert sum("mau-" in row and row.startswith("article ") for row in rows) == 6
    begun = Home(tmp_path / "begun")
    adopt(begun, store_url, manifest_name=OWN)
    assert dump_of(opened(begun)) == dump_of(newer)


def test_a_home_of_another_worker_is_not_taken_for_an_older_one(
    older: Home, tmp_path: Path, store_url: str
) -> None:
    other = Home(tmp_path / "other")
    other.path.mkdir()
    a_night(other, 5, worker="w-2")
    with pytest.raises(ObjectDiffers):
        go_on(other, store_url, worker="w-1")


def test_what_an_older_home_had_gathered_stays_behind_what_came_since(
    older: Home, tmp_path: Path, store: ObjectStore, store_url: str
) -> None:
    newer, other = copied(older, tmp_path / "newer"), Home(tmp_path / "other")
    other.path.mkdir()
    a_night(other, 2, worker="w-2")
    push(other, store_url, manifest_name=manifest_name("w-2"))
    assert len(gather(older, store, site="mau").segments) == 1
    a_night(newer, 3)
    pushed(newer, store_url)
    assert go_on(older, store_url, worker="w-1") == 1
    opened(older)
    pushed(older, store_url)
    assert is_sound(older, store_url)
    assert dump_of(older) == rows_of_all(tmp_path / "all", store)


def test_what_was_left_of_a_crawl_is_forgotten(older: Home, tmp_path: Path, store_url: str) -> None:
    newer = copied(older, tmp_path / "newer")
    a_night(newer, 2)
    pushed(newer, store_url)
    for home in (older, newer):
        home.frontier.write_bytes(b"what was left")
        go_on(home, store_url, worker="w-1")
    assert not older.frontier.exists()
    assert newer.frontier.exists()


def test_a_store_that_lost_a_segment_changes_nothing_here(
    older: Home, tmp_path: Path, store: ObjectStore, store_url: str
) -> None:
    newer = copied(older, tmp_path / "newer")
    a_night(newer, 2)
    pushed(newer, store_url)
    (name,) = set(store.names("warc")) - {f"warc/{path.name}" for path in older.warc.iterdir()}
    store.delete(name)
    before = files_of(older)
    with pytest.raises(Exception, match=r"there is no object|object-not-there"):
        go_on(older, store_url, worker="w-1")
    assert files_of(older) == before


class Killed(BaseException):
    """Stands for the end of the process."""


STEPS = ("discard", "_set_aside", "write_whole", "add_receipts", "find_again")


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("step", STEPS)
def test_killed_before_or_after_any_step_it_goes_on(
    older: Home,
    tmp_path: Path,
    store: ObjectStore,
    store_url: str,
    monkeypatch: pytest.MonkeyPatch,
    step: str,
    after: bool,
) -> None:
    restored = tmp_path / "restored"
    a_night(older, 2, in_the_middle=lambda: shutil.copytree(older.path, restored) and None)
    a_night(older, 3)
    pushed(older, store_url)
    home, real = Home(restored), getattr(going_on, step)

    def killed(*given: Any, **named: Any) -> None:
        if after:
            real(*given, **named)
        raise Killed

    with monkeypatch.context() as patched, suppress(Killed):
        patched.setattr(going_on, step, killed)
        go_on(home, store_url, worker="w-1")
        raise AssertionError(step)
    go_on(home, store_url, worker="w-1")
    assert dump_of(opened(home)) == dump_of(older)
    pushed(home, store_url)
    assert is_sound(home, store_url)
    assert home.manifest.read_bytes() == store.get(OWN)[0]


@pytest.mark.parametrize("before", [True, False], ids=["before", "after"])
def test_killed_at_any_request_it_goes_on(
    older: Home,
    tmp_path: Path,
    object_storage: seaweed.Seaweed,
    store_url: str,
    monkeypatch: pytest.MonkeyPatch,
    before: bool,
) -> None:
    newer = copied(older, tmp_path / "newer")
    for night in (2, 3):
        a_night(newer, night)
    pushed(newer, store_url)
    rows = dump_of(newer)
    at = 0
    with CountedProxy(object_storage.endpoint) as proxy:
        monkeypatch.setenv("AWS_ENDPOINT_URL", proxy.endpoint)
        store_at.cache_clear()
        while True:
            at += 1
            home = copied(older, tmp_path / f"at-{at}")
            proxy.count, proxy.at, proxy.before = 0, at, before
            line = [sys.executable, "-P", str(CHILD), "go-on", str(home.path), store_url]
            child = subprocess.Popen(line)
            proxy.client = lambda child=child: child.pid
            ended = child.wait(60)
            proxy.at = 0
            go_on(home, store_url, worker="w-1")
            assert dump_of(opened(home)) == rows
            if ended == 0:
                break
        store_at.cache_clear()
    assert at > 3
