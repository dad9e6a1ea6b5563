"""The homes of workers, of a machine that crawled alone, and of the archive that gathers them."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from archive.catalogue.queries.withholding import Act
from archive.fixity.verify import Verification
from archive.gathering import gather, last_holders, manifests_in
from archive.ground.errors import ArchiveDamaged, LeaseHeld, ObjectDiffers, ObjectMissing
from archive.ground.home import Home
from archive.leases import Leases
from archive.objects import ObjectStore
from archive.removal import decide_removal
from archive.storage import adopt, manifest_name, note_worker, push
from archive.store import Archive
from archive.warc import manifest
from archive.warc.segment_names import LeaseHolder
from archive.warc.stored_segment import store_at
from archive.withholding import record_act
from hdnd.usecases.repairing import repair_archive
from hdnd.usecases.storing import drop_local_copies, push_archive, store_state
from hdnd.usecases.verifying import damages_of, verification
from support.codes import english
from support.keeping import SITE, JsonExtract, dump_of, exchange, keep, page
from support.seaweed import Seaweed


@pytest.fixture(autouse=True)
def store(store_url: str, monkeypatch: pytest.MonkeyPatch) -> ObjectStore:
    """The store of all homes here, as their environment names it."""
    store_at.cache_clear()
    monkeypatch.setenv("HDND_STORE", store_url)
    return ObjectStore.at(store_url)


def a_night(home: Home, night: int, *, worker: str = "", epoch: int = 1) -> None:
    """A night on a machine alone, or on a worker that holds the lease of the site."""
    holder = LeaseHolder(worker, epoch) if worker else None
    with Archive(home, JsonExtract(), holder=holder) as archive:
        run = archive.begin_run(SITE)
        body = page(f"Bài {night}", id=str(night), blocks=["x" * 2000])
        keep(archive, run, exchange(f"/{night}", body, minutes=night))
        run.end("finished", {})
    if worker:
        note_worker(home, worker)


def collected(folder: Path, store: ObjectStore) -> Home:
    """The archive of all, as `hdnd gather` makes it."""
    home = Home(folder)
    gathered = gather(home, store)
    assert gathered.failed == ()
    with Archive(home, JsonExtract(), make_anew=gathered.out_of_order):
        return home


def unheard(progress: object) -> None:
    pass


def test_a_home_of_a_worker_is_compared_with_its_own_manifest(
    tmp_path: Path, store: ObjectStore
) -> None:
    alone, home = Home(tmp_path / "alone"), Home(tmp_path / "worker")
    a_night(alone, 0)
    push_archive(alone, unheard)
    a_night(home, 1, worker="w-1")
    push_archive(home, unheard)
    assert store.get("manifests/w-1.jsonl")[0] == home.manifest.read_bytes()
    assert store.get("manifest.jsonl")[0] == alone.manifest.read_bytes()
    for one in (alone, home):
        state = store_state(one)
        assert (state.held, state.manifest, state.is_sound) == (1, 1, True)
        assert list(damages_of(verification(one, unheard))) == []
    drop_local_copies(home, unheard)
    assert list(damages_of(verification(home, unheard))) == []


def test_a_home_of_a_worker_is_mended_from_its_own_manifest(tmp_path: Path) -> None:
    alone, home = Home(tmp_path / "alone"), Home(tmp_path / "worker")
    a_night(alone, 0)
    push_archive(alone, unheard)
    a_night(home, 1, worker="w-1")
    push_archive(home, unheard)
    before = home.manifest.read_bytes()
    home.manifest.unlink()
    assert repair_archive(home, unheard).done.manifest_restored
    assert home.manifest.read_bytes() == before


def test_a_segment_whose_receipt_the_archive_of_all_lost_is_found_again(
    tmp_path: Path, store: ObjectStore
) -> None:
    home = Home(tmp_path / "worker")
    a_night(home, 1, worker="w-1")
    push_archive(home, unheard)
    central = collected(tmp_path / "all", store)
    head = manifest.head(central)
    central.receipts.write_bytes(b"")
    mended = repair_archive(central, unheard)
    assert (mended.found_again, mended.done.is_whole, manifest.head(central)) == (1, True, head)
    assert list(Verification(central).damages()) == []


def test_a_machine_that_was_alone_and_workers_are_one_archive(
    tmp_path: Path, store: ObjectStore
) -> None:
    alone, home = Home(tmp_path / "alone"), Home(tmp_path / "worker")
    a_night(alone, 0)
    push_archive(alone, unheard)
    # The machine goes on as one of several, in the home that it had; another one takes turns.
    a_night(alone, 1, worker="w-1", epoch=1)
    push_archive(alone, unheard)
    a_night(home, 2, worker="w-2", epoch=2)
    push_archive(home, unheard)
    a_night(alone, 3, worker="w-1", epoch=3)
    push_archive(alone, unheard)
    assert len(store.get("manifest.jsonl")[0].splitlines()) == 1
    central = collected(tmp_path / "all", store)
    assert list(damages_of(verification(central, unheard))) == []

    one_machine = Home(tmp_path / "one")
    with Archive(one_machine, JsonExtract()):
        pass
    for name in store.names("warc"):
        (one_machine.path / name).write_bytes(store.get(name)[0])
    with Archive(one_machine, JsonExtract(), make_anew=True) as archive:
        assert archive.recovery.taken_in == 4
    assert dump_of(central) == dump_of(one_machine)
    assert gather(central, store).segments == ()


def test_what_the_archive_of_all_removed_no_worker_puts_again(
    tmp_path: Path, store: ObjectStore
) -> None:
    home = Home(tmp_path / "worker")
    a_night(home, 1, worker="w-1")
    push_archive(home, unheard)
    (old,) = store.names("warc")
    central = collected(tmp_path / "all", store)
    with Archive(central, JsonExtract()) as archive:
        record_act(archive, "mau-1", Act.WITHHOLD, reason="Tòa án")
        decide_removal(archive, "mau-1", reason="Tòa án")
    with Archive(central, JsonExtract()):
        pass
    assert [f"warc/{name}" for name in push_archive(central, unheard).deleted] == [old]
    a_night(home, 2, worker="w-1", epoch=2)
    assert len(push_archive(home, unheard).put) == 1
    assert store.head(old) is None
    assert gather(central, store).failed == ()
    with Archive(central, JsonExtract()):
        assert list(Verification(central).damages()) == []


def test_a_lease_that_was_deleted_goes_on_behind_the_epochs_of_the_segments(
    tmp_path: Path, store: ObjectStore, store_url: str
) -> None:
    home = Home(tmp_path / "worker")
    for epoch in (1, 2):
        a_night(home, epoch, worker="w-1", epoch=epoch)
    push(home, store_url, manifest_name=manifest_name("w-1"))
    a_night(home, 3, worker="w-1", epoch=3)
    assert last_holders(Home(tmp_path / "new"), store) == {"mau": LeaseHolder("w-1", 2)}
    assert last_holders(home, store) == {"mau": LeaseHolder("w-1", 3)}
    assert [len(one.entries) for one in manifests_in(store)] == [2]

    # Whoever had it when it was deleted may be at work: it is free a whole lease later.
    now = [0.0]
    leases = Leases(store, "w-2", clock=lambda: now[0])
    take = partial(leases.take, "sites/mau", last_holder=lambda: last_holders(home, store)["mau"])
    for moment in (0, 1, 179):
        now[0] = moment
        with pytest.raises(LeaseHeld, match="w-1"):
            take()
    now[0] = 181
    lease = take()
    assert (lease.holder.epoch, lease.changed_hands) == (5, True)


def test_a_lease_that_is_deleted_while_it_is_held_ends_its_holder_before_the_next_one_begins(
    store: ObjectStore,
) -> None:
    now = [0.0]
    holder, other = (Leases(store, name, clock=lambda: now[0]) for name in ("w-1", "w-2"))
    held = holder.take("sites/mau", last_holder=lambda: None)
    store.delete("leases/sites/mau.json")
    take = partial(other.take, "sites/mau", last_holder=lambda: LeaseHolder("w-3", 7))
    with pytest.raises(LeaseHeld):
        take()
    now[0] = 30
    assert held.may_begin()
    held.renew()
    assert not held.may_begin()
    now[0] = 181
    assert take().holder.epoch == 9


def test_a_worker_that_lost_its_disk_begins_with_what_is_left_after_a_removal(
    tmp_path: Path, store: ObjectStore, store_url: str
) -> None:
    home = Home(tmp_path / "worker")
    for night in (1, 2):
        a_night(home, night, worker="w-1", epoch=night)
    push_archive(home, unheard)
    central = collected(tmp_path / "all", store)
    with Archive(central, JsonExtract()) as archive:
        record_act(archive, "mau-1", Act.WITHHOLD, reason="Tòa án")
        decide_removal(archive, "mau-1", reason="Tòa án")
    with Archive(central, JsonExtract()):
        pass
    assert len(push_archive(central, unheard).deleted) == 1
    new = Home(tmp_path / "new")
    assert adopt(new, store_url, manifest_name=manifest_name("w-1")) == 2
    note_worker(new, "w-1")
    with Archive(new, JsonExtract()) as archive:
        assert archive.recovery.taken_in == 1
    a_night(new, 3, worker="w-1", epoch=3)
    push_archive(new, unheard)
    assert list(Verification(new).damages()) == []
    assert gather(central, store).failed == ()
    with Archive(central, JsonExtract()):
        assert list(Verification(central).damages()) == []
    assert len(central.manifest.read_bytes().splitlines()) == 5


def test_what_is_no_manifest_keeps_no_other_worker_away(
    tmp_path: Path, store: ObjectStore, store_url: str, object_storage: Seaweed
) -> None:
    for number, worker in enumerate(("w-1", "w-2", "w-3"), 1):
        home = Home(tmp_path / worker)
        a_night(home, number, worker=worker, epoch=number)
        push_archive(home, unheard)
        Leases(store, worker).take(f"workers/{worker}")
    broken = manifest_name("w-2")
    data = store.get(broken)[0]
    store.delete(broken)
    store.put_new(broken, b"<html>not found</html>\n")
    central = Home(tmp_path / "all")
    gathered = gather(central, store)
    assert len(gathered.segments) == 2
    (told,) = gathered.failed
    assert broken in str(told)
    assert "Delete that object" in english(told.hint)
    with pytest.raises(ArchiveDamaged, match="w-2"):
        last_holders(central, store)
    store.delete(broken)
    assert gather(central, store).failed == ()
    store.put_new(broken, data)
    assert len(gather(central, store).segments) == 1

    object_storage.put_past_s3(f"{store_url.rpartition('/')[2]}/manifests/a\tb")
    a_night(Home(tmp_path / "w-1"), 4, worker="w-1", epoch=4)
    push_archive(Home(tmp_path / "w-1"), unheard)
    gathered = gather(central, store)
    assert (len(gathered.segments), len(gathered.failed)) == (1, 1)
    with Archive(central, JsonExtract()):
        assert list(Verification(central).damages()) == []


def test_of_a_segment_that_two_manifests_tell_otherwise_all_others_are_gathered(
    tmp_path: Path, store: ObjectStore
) -> None:
    for number, worker in enumerate(("w-1", "w-2"), 1):
        home = Home(tmp_path / worker)
        a_night(home, number, worker=worker, epoch=number)
        push_archive(home, unheard)
    entry = manifest.parse(store.get(manifest_name("w-1"))[0])
    assert entry is not None
    store.put_new(manifest_name("w-9"), replace(entry, sha256="0" * 64).line())
    gathered = gather(Home(tmp_path / "all"), store)
    assert len(gathered.segments) == 1
    assert [entry.file in str(error) for error in gathered.failed] == [True]


def test_what_was_not_pushed_when_a_disk_was_lost_comes_again_beside_what_was(
    tmp_path: Path, store: ObjectStore, store_url: str
) -> None:
    home, new = Home(tmp_path / "worker"), Home(tmp_path / "new")
    a_night(home, 1, worker="w-1", epoch=1)
    push_archive(home, unheard)
    a_night(home, 2, worker="w-1", epoch=2)
    assert adopt(new, store_url, manifest_name=manifest_name("w-1")) == 1
    a_night(new, 2, worker="w-1", epoch=3)
    push_archive(new, unheard)
    central = collected(tmp_path / "all", store)
    assert len(central.manifest.read_bytes().splitlines()) == 2
    # The disk turns up again: what it holds is another chain by now, and nothing is overwritten.
    with pytest.raises(ObjectDiffers, match="another-chain"):
        push_archive(home, unheard)
    assert gather(central, store).segments == ()
    for one in (new, central):
        assert list(Verification(one).damages()) == []


def test_a_new_archive_of_what_several_crawlers_brought_is_begun_by_gathering(
    tmp_path: Path, store: ObjectStore, store_url: str
) -> None:
    home = Home(tmp_path / "worker")
    with pytest.raises(ObjectMissing) as nothing:
        adopt(Home(tmp_path / "new"), store_url)
    assert "`hdnd store push`" in english(nothing.value.hint)
    a_night(home, 1, worker="w-1")
    push_archive(home, unheard)
    with pytest.raises(ObjectMissing) as missing:
        adopt(Home(tmp_path / "new"), store_url)
    assert "`hdnd gather`" in english(missing.value.hint)
