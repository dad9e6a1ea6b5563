"""Three workers, six sites, one store: killed and stopped at random, they never meet at a site."""

from __future__ import annotations

import hashlib
import random
import signal
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from time import monotonic, sleep

import pytest

from archive.catalogue.database import Catalogue
from archive.fixity.verify import Verification
from archive.gathering import gather, manifests_in
from archive.ground.errors import LeaseHeld
from archive.ground.home import Home
from archive.leases import Leases
from archive.objects import ObjectStore
from archive.store import Archive
from archive.warc import manifest
from archive.warc.segment_names import parse
from crawler import Extractor
from hdnd.usecases.worker import Worker, refresh_as_worker
from portal_visitor import series
from support.hdnd import command_line, environment
from support.hostile_portal import HostilePortal
from support.keeping import dump_of
from support.object_storage import speak_to
from support.seaweed import BUCKET, Seaweed, running
from support.workers import WorkerProcess, visitors, worker_home

SITES = [f"xa-{name}" for name in ("an", "binh", "cat", "dong", "gia", "hoa")]
WORKERS = ["w-1", "w-2", "w-3"]
ARTICLES = 15
SECONDS = 4


@pytest.fixture
def portals() -> Iterator[dict[str, HostilePortal]]:
    with ExitStack() as stack:
        yield {site: stack.enter_context(HostilePortal(series(ARTICLES))) for site in SITES}


@pytest.fixture
def workers(
    portals: dict[str, HostilePortal], tmp_path: Path, store_url: str
) -> Iterator[list[WorkerProcess]]:
    hosts = {site: portal.host for site, portal in portals.items()}
    made = [
        WorkerProcess(
            name, worker_home(tmp_path / name, SITES, delay=0.15), store_url, hosts, SECONDS
        )
        for name in WORKERS
    ]
    yield made
    for worker in made:
        if worker.is_running:
            worker.kill()


@pytest.fixture
def store_of_its_own(
    workers: list[WorkerProcess], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Seaweed]:
    """A store that a test may kill, in the place of the one that all tests share."""
    with running(tmp_path / "store") as store:
        speak_to(store, monkeypatch)
        for worker in workers:
            worker.store = f"s3://{BUCKET}/cluster"
        yield store


def at_work(workers: list[WorkerProcess], portals: dict[str, HostilePortal]) -> list[WorkerProcess]:
    """The workers whose request was the last that some portal has seen in this second."""
    last = [
        (portal.requests[-1], visitors(portal)[-1])
        for portal in portals.values()
        if portal.requests
    ]
    names = {visitor for asked, visitor in last if monotonic() - asked.time < 1}
    return [one for one in workers if one.is_running and f"{one.name}-{one.begun}" in names]


def trouble(
    workers: list[WorkerProcess],
    portals: dict[str, HostilePortal],
    central: Home,
    store: ObjectStore,
    chance: random.Random,
) -> int:
    """Workers are killed and stopped in the middle of their crawls, woken and started again.

    How many crawls were hit.
    """
    hit, end = 0, monotonic() + 60
    for worker in workers:
        worker.start()
    while monotonic() < end and (
        hit < 8 or not all(portal.requests for portal in portals.values())
    ):
        sleep(chance.uniform(0.2, 1))
        asleep = [one for one in workers if one.stopped]
        for worker in asleep:
            if monotonic() - worker.stopped > chance.uniform(0.5, 2.5) * SECONDS:
                worker.signal(signal.SIGCONT)
        for worker in workers:
            if not worker.is_running:
                worker.start()
        busy = [one for one in at_work(workers, portals) if not one.stopped]
        if busy and len(asleep) < 2:
            worker = chance.choice(busy)
            if chance.random() < 0.3:
                worker.kill()
            else:
                worker.signal(signal.SIGSTOP)
            hit += 1
        if chance.random() < 0.05:
            collect(central, store)
    for worker in workers:
        if worker.stopped:
            worker.signal(signal.SIGCONT)
        if worker.is_running:
            worker.ends()
    return hit


def collect(central: Home, store: ObjectStore) -> None:
    gathered = gather(central, store)
    assert gathered.failed == ()
    with Archive(central, Extractor(), make_anew=gathered.out_of_order):
        pass


def record_ids(home: Home) -> set[str]:
    with Catalogue.open(home) as catalogue:
        return {row["record_id"] for row in catalogue.connection.execute("SELECT * FROM capture")}


def wait_for(portal: HostilePortal, visitor: str, times: int = 1) -> None:
    end = monotonic() + 60
    while visitors(portal).count(visitor) < times:
        assert monotonic() < end, visitors(portal)
        sleep(0.01)


def test_who_wakes_up_after_its_lease_asks_for_nothing_more_and_says_why(
    portals: dict[str, HostilePortal], workers: list[WorkerProcess]
) -> None:
    portal = portals["xa-an"]
    one, two = workers[:2]
    one.hosts = two.hosts = {"xa-an": portal.host}
    one.start()
    wait_for(portal, "w-1-1", 5)
    one.signal(signal.SIGSTOP)
    two.start()
    wait_for(portal, "w-2-1", 3)
    asked = visitors(portal).count("w-1-1")
    one.signal(signal.SIGCONT)
    ends = {end["site"]: end for end in one.ends()}
    assert ends["xa-an"]["reason"] == "lease-lost"
    assert visitors(portal).count("w-1-1") == asked
    two.ends()
    blocks = [visitor for visitor, _ in groupby(visitors(portal))]
    assert blocks == ["w-1-1", "w-2-1"]
    # What the first had kept is in its own segment, with an epoch of its own.
    segments = [parse(path.name) for path in manifest.closed_segments(one.home)]
    assert [(told.site, told.holder.epoch) for told in segments if told.site == "xa-an"] == [
        ("xa-an", 1)
    ]


def test_a_worker_that_is_asked_to_end_hands_its_site_on_at_once(
    portals: dict[str, HostilePortal], workers: list[WorkerProcess], store_url: str
) -> None:
    portal, home = portals["xa-an"], workers[0].home
    line = command_line("refresh", "xa-an", "--worker", "w-1", "--host", portal.host)
    process = subprocess.Popen(
        [*line, "--contact", "https://w-1-1.example"],
        env=environment(home.path, HDND_STORE=store_url),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    wait_for(portal, "w-1-1", 5)
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=60)
    assert process.returncode == 130
    store = ObjectStore.at(store_url)
    lease = Leases(store, "w-2").take("sites/xa-an")
    assert (lease.holder.epoch, lease.changed_hands) == (2, True)
    (one,) = manifests_in(store)
    assert [parse(entry.file).holder.epoch for entry in one.entries] == [1]


def test_two_processes_of_one_name_do_not_work_at_a_time(
    portals: dict[str, HostilePortal], workers: list[WorkerProcess], tmp_path: Path, store_url: str
) -> None:
    first, other = workers[:2]
    first.hosts = {"xa-an": portals["xa-an"].host}
    first.start()
    wait_for(portals["xa-an"], "w-1-1", 3)
    with pytest.raises(LeaseHeld, match="w-1"):
        refresh_as_worker(
            other.home, ["xa-an"], lambda progress: None, worker=Worker("w-1", store_url, seconds=4)
        )
    first.ends()


def test_a_worker_whose_disk_is_lost_goes_on_from_the_store(
    portals: dict[str, HostilePortal], workers: list[WorkerProcess], tmp_path: Path
) -> None:
    worker = workers[0]
    worker.hosts = {"xa-an": portals["xa-an"].host}
    worker.start()
    worker.ends()
    asked = len(portals["xa-an"].requests)
    worker.home = worker_home(tmp_path / "new-disk", SITES, delay=0)
    worker.start()
    assert [end["reason"] for end in worker.ends()] == ["finished"]
    # It knows what it had: robots.txt and the listing alone are asked for.
    assert len(portals["xa-an"].requests) - asked <= 3
    epochs = [entry.file for entry in manifest_entries(worker.home)]
    assert [parse(name).holder.epoch for name in epochs] == [1, 2]


def test_a_worker_back_on_the_host_that_died_goes_on_behind_its_other_home(
    portals: dict[str, HostilePortal], workers: list[WorkerProcess], tmp_path: Path, store_url: str
) -> None:
    portal, worker = portals["xa-an"], workers[0]
    worker.hosts = {site: portals[site].host for site in SITES[:2]}
    first, second = worker.home, worker_home(tmp_path / "other-host", SITES, delay=0)
    worker.start()
    wait_for(portal, "w-1-1", 5)
    worker.kill()
    assert list(first.warc.glob("*.open"))
    worker.home = second
    worker.start()
    assert [end["reason"] for end in worker.ends()] == ["finished", "finished"]
    asked = len(portal.requests)
    worker.home = first
    worker.start()
    assert [end["reason"] for end in worker.ends()] == ["finished", "finished"]
    # What the other home has fetched is not fetched again.
    assert len(portal.requests) - asked <= 3
    worker.home = second
    worker.start()
    assert [end["reason"] for end in worker.ends()] == ["finished", "finished"]
    store, central = ObjectStore.at(store_url), Home(tmp_path / "all")
    collect(central, store)
    assert record_ids(first) < record_ids(second) == record_ids(central)
    assert list(Verification(central, extract=Extractor()).damages()) == []


def manifest_entries(home: Home) -> list[manifest.ManifestEntry]:
    return [line.entry for line in manifest.read(home) if line.entry]


def test_a_store_that_is_gone_ends_a_crawl_before_its_lease_does(
    portals: dict[str, HostilePortal],
    workers: list[WorkerProcess],
    store_of_its_own: Seaweed,
    tmp_path: Path,
) -> None:
    portal, worker = portals["xa-an"], workers[0]
    worker.home = worker_home(tmp_path / "slow", SITES, delay=0.5)
    worker.hosts = {"xa-an": portal.host}
    worker.start()
    wait_for(portal, "w-1-1", 3)
    gone_at = monotonic()
    store_of_its_own.kill()
    ends = worker.ends()
    assert [end["reason"] for end in ends if end["site"] == "xa-an"] == ["lease-lost", None]
    assert {end["error"] for end in ends if end["reason"] is None} == {"StoreUnreachable"}
    assert portal.requests[-1].time - gone_at < SECONDS
    store_of_its_own.start()
    worker.start()
    assert {end["reason"] for end in worker.ends()} == {"finished"}


@pytest.mark.parametrize("seed", [1, 2])
def test_killed_and_stopped_at_random_nothing_is_lost_and_no_two_meet_at_a_site(
    portals: dict[str, HostilePortal],
    workers: list[WorkerProcess],
    tmp_path: Path,
    store_url: str,
    seed: int,
) -> None:
    store, central = ObjectStore.at(store_url), Home(tmp_path / "all")
    assert trouble(workers, portals, central, store, random.Random(seed)) >= 4
    for worker in workers:
        worker.start()
        ends = worker.ends()
        assert [end for end in ends if end["reason"] != "finished"] == []
    collect(central, store)

    for site, portal in portals.items():
        # Each process visits a site in one go: once another has come, it does not come back.
        blocks = [visitor for visitor, _ in groupby(visitors(portal))]
        assert len(blocks) == len(set(blocks)), (site, blocks)

    assert set().union(*(record_ids(worker.home) for worker in workers)) == record_ids(central)
    with Catalogue.open(central) as catalogue:
        rows = catalogue.connection.execute(
            "SELECT site, count(*) AS articles FROM article GROUP BY site"
        )
        assert {row["site"]: row["articles"] for row in rows} == dict.fromkeys(SITES, ARTICLES)

    alone = Home(tmp_path / "alone")
    with Archive(alone, Extractor()):
        pass
    names = [path.name for worker in workers for path in manifest.closed_segments(worker.home)]
    for name in set(names):
        (alone.warc / name).write_bytes(store.get(f"warc/{name}")[0])
    with Archive(alone, Extractor(), make_anew=True):
        pass
    assert dump_of(alone) == dump_of(central)
    assert list(Verification(central, extract=Extractor()).damages()) == []

    for one in manifests_in(store):
        own = [entry.file for entry in one.entries if f"_{one.worker}_" in entry.file]
        assert own, one.worker
    told = [(one.site, one.holder.epoch) for name in set(names) if (one := parse(name))]
    assert len(told) == len(set(told)), "an epoch of a site is of one run"


def test_a_manifest_of_a_worker_that_is_not_as_it_was_is_found(
    portals: dict[str, HostilePortal],
    workers: list[WorkerProcess],
    tmp_path: Path,
    store_url: str,
) -> None:
    worker, central = workers[0], Home(tmp_path / "all")
    worker.hosts = {site: portals[site].host for site in SITES[:2]}
    worker.start()
    worker.ends()
    collect(central, ObjectStore.at(store_url))
    assert told_by_verify(central) == []

    path = central.manifests / "w-1.jsonl"
    whole = path.read_bytes()
    first, second = whole.splitlines(keepends=True)
    path.write_bytes(second)
    assert "archive.line-not-of-the-chain" in told_by_verify(central)
    path.write_bytes(first)
    assert told_by_verify(central) == ["archive.no-worker-tells-of"]
    entry = manifest.parse(first)
    assert entry is not None
    path.write_bytes(replace(entry, sha256="0" * 64).line())
    assert "archive.digest-not-of-the-worker" in told_by_verify(central)
    path.write_bytes(whole + entry_of_a_lost_segment(whole).line())
    assert told_by_verify(central) == ["archive.not-gathered"]
    path.unlink()
    assert set(told_by_verify(central)) == {"archive.no-worker-tells-of"}
    collect(central, ObjectStore.at(store_url))
    assert told_by_verify(central) == []


def entry_of_a_lost_segment(chain: bytes) -> manifest.ManifestEntry:
    previous = hashlib.sha256(chain.splitlines(keepends=True)[-1]).hexdigest()
    name = "hdnd-000009-20261130021500-xa-an_w-1_9.warc.gz"
    return manifest.ManifestEntry(name, 1, "0" * 64, 1, None, previous)


def told_by_verify(home: Home) -> list[str]:
    return [damage.what.code for damage in Verification(home).damages()]
