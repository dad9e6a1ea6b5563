"""Three crawlers on three machines, the store and the portals on two more; cables are pulled."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import ExitStack
from itertools import groupby
from pathlib import Path
from time import monotonic, sleep

import pytest

from archive.ground.home import Home
from archive.reading import ArchiveReader
from portal_visitor import series
from support.hdnd import run_hdnd
from support.hostile_portal import HostilePortal
from support.hosts import Host, network, why_not
from support.seaweed import Seaweed
from support.workers import WorkerProcess, visitors, worker_home

SITES = ["xa-an", "xa-binh", "xa-cat"]
ARTICLES = 12
SECONDS = 4.0


@pytest.fixture
def hosts() -> Iterator[list[Host]]:
    if reason := why_not():
        pytest.skip(reason)
    with network(5) as made:
        yield made


@pytest.fixture
def portals() -> Iterator[dict[str, HostilePortal]]:
    with ExitStack() as stack:
        yield {site: stack.enter_context(HostilePortal(series(ARTICLES))) for site in SITES}


@pytest.fixture
def workers(
    hosts: list[Host],
    portals: dict[str, HostilePortal],
    tmp_path: Path,
    object_storage: Seaweed,
    store_url: str,
) -> Iterator[list[WorkerProcess]]:
    *machines, of_store, of_portals = hosts
    endpoint = of_store.serves(object_storage.endpoint.removeprefix("http://"))
    named = {"AWS_ENDPOINT_URL": f"http://{endpoint}"}
    at = {site: of_portals.serves(portal.host) for site, portal in portals.items()}
    made = [
        WorkerProcess(
            f"w-{number}",
            worker_home(tmp_path / f"w-{number}", SITES, delay=0.3),
            store_url,
            at,
            SECONDS,
            runs=machine.runs,
            more=named,
        )
        for number, machine in enumerate(machines, 1)
    ]
    yield made
    for worker in made:
        if worker.is_running:
            worker.kill()


def last_visitor(portal: HostilePortal) -> str:
    return (visitors(portal) or [""])[-1]


def wait_until_visited(portal: HostilePortal, name: str, times: int) -> None:
    end = monotonic() + 120
    while sum(one.startswith(name) for one in visitors(portal)) < times:
        assert monotonic() < end, visitors(portal)
        sleep(0.01)


def told_by_portals(portals: dict[str, HostilePortal]) -> None:
    """Each process visits a site in one go: once another has come, it does not come back."""
    for site, portal in portals.items():
        turns = [visitor for visitor, _ in groupby(visitors(portal))]
        assert len(turns) == len(set(turns)), (site, turns)


def test_who_is_cut_off_for_longer_than_its_lease_comes_back_to_no_site_of_another(
    hosts: list[Host], portals: dict[str, HostilePortal], workers: list[WorkerProcess]
) -> None:
    portal = portals["xa-an"]
    one, two, _ = workers
    one.hosts = two.hosts = {"xa-an": one.hosts["xa-an"]}
    one.start()
    wait_until_visited(portal, "w-1", 4)
    hosts[0].cut_off()
    two.start()
    wait_until_visited(portal, "w-2", 3)
    asked = visitors(portal).count("w-1-1")
    hosts[0].back()
    (end,) = one.ends(fails=True)
    assert end["reason"] != "finished"
    assert {end["reason"] for end in two.ends()} == {"finished"}
    assert visitors(portal).count("w-1-1") == asked
    told_by_portals(portals)
    one.start()
    assert {end["reason"] for end in one.ends()} == {"finished"}


def test_cables_are_pulled_at_random_and_no_two_meet_at_a_site(
    hosts: list[Host],
    portals: dict[str, HostilePortal],
    workers: list[WorkerProcess],
    tmp_path: Path,
    store_url: str,
) -> None:
    chance, pulled = random.Random(7), 0
    gone: dict[int, float] = {}
    end = monotonic() + 90
    while monotonic() < end and pulled < 6:
        for worker in workers:
            if not worker.is_running:
                worker.start()
        sleep(chance.uniform(0.5, 1.5))
        for number, since in list(gone.items()):
            if monotonic() > since:
                hosts[number].back()
                del gone[number]
        at_work = {last_visitor(portal)[:3] for portal in portals.values()} - {""}
        there = [number for number in range(3) if number not in gone]
        busy = [number for number in there if workers[number].name in at_work]
        if busy and len(gone) < 2:
            number = chance.choice(busy)
            hosts[number].cut_off()
            gone[number] = monotonic() + chance.uniform(0.5, 3) * SECONDS
            pulled += 1
    for number in gone:
        hosts[number].back()
    assert pulled >= 4
    for worker in workers:
        if worker.is_running:
            worker.ends(fails=True)
    for worker in workers:
        worker.start()
        assert {end["reason"] for end in worker.ends()} == {"finished"}
    told_by_portals(portals)
    gathered = Home(tmp_path / "all")
    ran = run_hdnd("gather", home=gathered.path, env={"HDND_STORE": store_url})
    assert ran.status == 0, ran.err
    with ArchiveReader.open(gathered) as reader:
        assert reader.article_count() == ARTICLES * len(SITES)
