"""A lease in object storage is one worker's at a time; no two clocks are ever compared."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from time import monotonic, sleep

import pytest

from archive.ground.errors import ArchiveDamaged, LeaseHeld, StoreUnreachable
from archive.leases import Lease, Leases
from archive.objects import ObjectFacts, ObjectStore


class Clock:
    """Seconds that pass when a test says so; each worker's begins somewhere else."""

    def __init__(self, start: float) -> None:
        self.now = start

    def __call__(self) -> float:
        return self.now


class Cluster:
    """Two workers with leases of 180 seconds, and the time that passes for both."""

    def __init__(self, store: ObjectStore) -> None:
        self.clocks = Clock(1000), Clock(-5)
        self.one, self.two = (
            Leases(store, f"w-{number}", clock=clock) for number, clock in enumerate(self.clocks, 1)
        )

    def wait(self, seconds: float) -> None:
        for clock in self.clocks:
            clock.now += seconds


@pytest.fixture
def store(store_url: str) -> ObjectStore:
    return ObjectStore.at(store_url)


@pytest.fixture
def cluster(store: ObjectStore) -> Cluster:
    return Cluster(store)


def is_held(leases: Leases, name: str = "sites/an-hoa") -> bool:
    try:
        leases.take(name)
    except LeaseHeld:
        return True
    return False


def test_the_epoch_rises_with_every_taking(cluster: Cluster) -> None:
    epochs = []
    for leases in (cluster.one, cluster.two, cluster.two, cluster.one):
        lease = leases.take("sites/an-hoa")
        epochs.append((lease.holder.worker, lease.holder.epoch))
        leases.release(lease)
    assert epochs == [("w-1", 1), ("w-2", 2), ("w-2", 3), ("w-1", 4)]


def test_who_comes_second_is_told_who_has_it(cluster: Cluster) -> None:
    cluster.one.take("sites/an-hoa")
    with pytest.raises(LeaseHeld) as refused:
        cluster.two.take("sites/an-hoa")
    told = refused.value.said.values
    assert (told["name"], told["worker"], told["epoch"]) == ("sites/an-hoa", "w-1", 1)
    assert cluster.two.take("sites/binh-an").holder.epoch == 1


def test_of_six_that_want_it_at_once_one_gets_it(store: ObjectStore) -> None:
    for epoch in (1, 2, 3):
        workers = [Leases(store, f"w-{number}") for number in range(6)]
        with ThreadPoolExecutor(6) as pool:
            refused = list(pool.map(is_held, workers))
        assert sorted(refused) == [False] + [True] * 5
        winner = workers[refused.index(False)]
        (lease,) = winner._held
        assert lease.holder.epoch == epoch
        winner.release(lease)


def test_a_lease_that_is_not_renewed_is_taken_after_its_time_and_not_before(
    cluster: Cluster,
) -> None:
    lease = cluster.one.take("sites/an-hoa")
    assert is_held(cluster.two)
    cluster.wait(179)
    assert lease.seconds_left() < 0
    assert is_held(cluster.two)
    cluster.wait(1)
    assert not is_held(cluster.two)


def test_who_looks_for_the_first_time_waits_as_long_for_it_knows_no_other_clock(
    cluster: Cluster,
) -> None:
    cluster.one.take("sites/an-hoa")
    cluster.wait(10_000)
    assert is_held(cluster.two)
    cluster.wait(180)
    assert not is_held(cluster.two)


def test_a_first_lease_lasts_whole_however_long_the_store_was_tried(
    cluster: Cluster, store: ObjectStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_first = ObjectStore.put_first

    def slowly(store: ObjectStore, name: str, data: bytes) -> ObjectFacts:
        facts = put_first(store, name, data)
        cluster.wait(200)
        return facts

    monkeypatch.setattr(ObjectStore, "put_first", slowly)
    lease = cluster.one.take("sites/an-hoa")
    assert lease.seconds_left() == pytest.approx(180 * 0.95)
    assert is_held(cluster.two)


def test_a_renewal_keeps_it(cluster: Cluster) -> None:
    lease = cluster.one.take("sites/an-hoa")
    for _ in range(5):
        assert is_held(cluster.two)
        cluster.wait(100)
        lease.renew()
        assert lease.may_begin()
    assert lease.holder.epoch == 1


def test_nothing_is_begun_in_the_last_third_of_a_lease(cluster: Cluster) -> None:
    lease = cluster.one.take("sites/an-hoa")
    cluster.wait(110)
    assert lease.may_begin()
    cluster.wait(2)
    assert not lease.may_begin()
    assert 50 < lease.seconds_left() < 60


def test_who_slept_through_its_lease_finds_it_lost(cluster: Cluster) -> None:
    lease = cluster.one.take("sites/an-hoa")
    assert is_held(cluster.two)
    cluster.wait(180)
    other = cluster.two.take("sites/an-hoa")
    lease.renew()
    assert (lease.may_begin(), lease.seconds_left()) == (False, 0)
    lease.release()
    assert other.may_begin()
    other.renew()
    assert other.may_begin()


def test_who_slept_and_was_not_missed_goes_on(cluster: Cluster) -> None:
    lease = cluster.one.take("sites/an-hoa")
    cluster.wait(500)
    assert not lease.may_begin()
    lease.renew()
    assert lease.may_begin()


def test_a_renewal_whose_answer_was_lost_counts_from_when_it_was_sent(
    cluster: Cluster, store: ObjectStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    lease = cluster.one.take("sites/an-hoa")
    replace = store.replace

    def loses_its_answer(*given):
        replace(*given)
        monkeypatch.undo()
        raise StoreUnreachable("archive.store-unreachable")

    left = []

    def takes_long(*given):
        facts = replace(*given)
        left.append(lease.seconds_left())
        return facts

    monkeypatch.setattr(store, "replace", loses_its_answer)
    with pytest.raises(StoreUnreachable):
        lease.renew()
    assert is_held(cluster.two)
    cluster.wait(170)
    monkeypatch.setattr(store, "replace", takes_long)
    lease.renew()
    # The store had the first one for 170 seconds: a second one was made at once.
    assert len(left) == 2
    assert left[1] == pytest.approx(1)
    assert lease.seconds_left() == pytest.approx(171)


def test_a_store_out_of_reach_ends_a_lease_in_its_time(
    cluster: Cluster, store: ObjectStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    lease = cluster.one.take("sites/an-hoa")

    def fails(*given):
        raise StoreUnreachable("archive.store-unreachable")

    monkeypatch.setattr(store, "replace", fails)
    for _ in range(2):
        cluster.wait(55)
        with pytest.raises(StoreUnreachable):
            lease.renew()
    assert lease.may_begin()
    cluster.wait(5)
    assert not lease.may_begin()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{}",
        b"[1]",
        b'{"epoch": 1}',
        b"\xff",
        json.dumps(
            {
                "epoch": 0, "process": "p", "released": False, "renewals": 0, "seconds": 180.0,
                "worker": "w",
            }
        ).encode() + b"\n",
        json.dumps(
            {
                "epoch": 1, "process": "p", "released": False, "renewals": 0, "seconds": 1e9,
                "worker": "w",
            }
        ).encode() + b"\n",
    ],
)  # fmt: skip
def test_an_object_that_is_no_lease_gives_nobody_one(
    cluster: Cluster, store: ObjectStore, data: bytes
) -> None:
    store.put_new("leases/sites/an-hoa.json", data)
    with pytest.raises(ArchiveDamaged, match="lease-unreadable"):
        cluster.one.take("sites/an-hoa")


def test_leases_are_renewed_while_they_are_held_and_released_at_the_end(
    store: ObjectStore,
) -> None:
    with Leases(store, "w-1", seconds=3) as one:
        lease: Lease = one.take("sites/an-hoa")
        other = Leases(store, "w-2", seconds=3)
        end = monotonic() + 5
        while monotonic() < end:
            assert is_held(other)
            sleep(0.2)
        assert lease.seconds_left() > 0
    assert other.take("sites/an-hoa").holder.epoch == 2
