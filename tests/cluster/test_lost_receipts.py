"""Receipts that are lost, and another store that is named once: nothing that lies there is lost."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from archive.fixity.check_store import StoreCheck
from archive.fixity.damage import DamagedPart
from archive.fixity.rotation import PartCheck, due
from archive.fixity.verify import Verification
from archive.ground.errors import ArchiveDamaged, ObjectMissing
from archive.ground.home import Home
from archive.objects import ObjectStore
from archive.storage import compare, drop, find_again, push
from archive.store import Archive
from archive.warc.receipts import receipts_of
from archive.warc.stored_segment import store_at
from hdnd.usecases.repairing import repair_archive
from support.codes import english
from support.hdnd import Done, run_hdnd
from support.keeping import JsonExtract, dump_of, exchange, keep, page, writing


@pytest.fixture(autouse=True)
def clients_of_this_environment() -> None:
    store_at.cache_clear()


@pytest.fixture
def stored(tmp_path: Path, store_url: str) -> Home:
    """An archive of three segments that lie in the store alone."""
    home = Home(tmp_path / "home")
    for night in range(3):
        a_night(home, night)
    push(home, store_url)
    drop(home, store_url)
    return home


def a_night(home: Home, night: int) -> None:
    with writing(home) as (archive, run):
        body = page(f"Bài {night}", id=str(night))
        keep(archive, run, exchange(f"/{night}", body, minutes=night))


def hdnd(home: Home, *line: str, url: str | None) -> Done:
    aws = {name: value for name, value in os.environ.items() if name.startswith("AWS_")}
    return run_hdnd(*line, home=home.path, env=aws | ({"HDND_STORE": url} if url else {}))


def test_no_catalogue_is_made_without_what_the_store_alone_holds(
    stored: Home, store_url: str
) -> None:
    rows = dump_of(stored)
    stored.receipts.unlink()
    with pytest.raises(ArchiveDamaged, match="lie-nowhere") as refused:
        Archive(stored, JsonExtract(), make_anew=True).__enter__()
    assert "HDND_STORE" in english(refused.value.hint)
    assert dump_of(stored) == rows
    with Archive(stored, JsonExtract()):
        pass
    stored.catalogue.unlink()
    with pytest.raises(ArchiveDamaged, match="lie-nowhere"):
        Archive(stored, JsonExtract()).__enter__()
    assert find_again(stored, store_url) == 3
    with Archive(stored, JsonExtract(), make_anew=True):
        assert dump_of(stored) == rows
    assert find_again(stored, "s3://nobody-is-asked/here") == 0


def test_what_the_store_lacks_as_well_is_named_and_the_rest_is_found(
    stored: Home, store_url: str
) -> None:
    first = sorted(receipts_of(stored))[0]
    ObjectStore.at(store_url).delete(f"warc/{first}")
    stored.receipts.unlink()
    with pytest.raises(ObjectMissing, match=first):
        find_again(stored, store_url)
    assert len(receipts_of(stored)) == 2
    with pytest.raises(ArchiveDamaged, match=first):
        Archive(stored, JsonExtract(), make_anew=True).__enter__()


def test_commands_find_it_again_or_name_the_way_there(stored: Home, store_url: str) -> None:
    stored.receipts.unlink()
    unnamed = hdnd(stored, "rebuild", "--quiet", url=None)
    assert (unnamed.status, "`hdnd store push`" in unnamed.err) == (6, True)
    checked = hdnd(stored, "verify", "--quiet", url=store_url)
    assert (checked.status, "`hdnd store push`" in checked.out) == (13, True)
    status = hdnd(stored, "store", "status", url=store_url)
    assert "3 segments without a receipt: `hdnd store push` writes it." in status.lines
    record = hdnd(stored, "verify", "--quiet", url=None)
    assert (record.status, "`hdnd store push`" in record.out) == (13, True)
    anew = hdnd(stored, "rebuild", "--quiet", url=store_url)
    assert (anew.status, anew.lines[:2]) == (
        0,
        ["Found again in object storage: 3 segments.", "Catalogue made again from 3 records."],
    )
    assert list(Verification(stored).damages()) == []


def test_a_repair_finds_it_again_and_copies_nothing(
    stored: Home, store_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HDND_STORE", store_url)
    stored.receipts.unlink()
    mended = repair_archive(stored, lambda progress: None)
    assert (mended.found_again, mended.done.is_whole, mended.done.brought_back) == (3, True, [])
    assert list(stored.warc.iterdir()) == []


def test_the_part_that_is_read_every_night_tells_what_is_lost(stored: Home) -> None:
    stored.receipts.unlink()
    found = list(PartCheck(stored, due(stored)).damages())
    assert [(one.part, str(one.what)) for one in found] == [
        (DamagedPart.SEGMENT, "archive.file-is-lost")
    ] * 3


def test_a_store_named_by_mistake_gets_nothing_and_takes_nothing(
    stored: Home, store_url: str
) -> None:
    a_night(stored, 3)
    receipts, other = stored.receipts.read_bytes(), f"{store_url}-typo"
    with pytest.raises(ObjectMissing, match="held-by-another-store") as refused:
        push(stored, other)
    assert store_url in str(refused.value)
    assert stored.receipts.read_bytes() == receipts
    assert list(ObjectStore.at(other).names()) == []
    state = compare(stored, other)
    assert (state.held, state.alone, dict(state.elsewhere)) == (0, 0, {store_url: 3})
    check = Verification(stored, store=StoreCheck(other))
    told = [(one.part, store_url in english(one.remedy)) for one in check.damages()]
    assert told == [(DamagedPart.STORE, True)] * 3
    assert push(stored, store_url).held == 4


def test_an_archive_moves_to_another_store_that_has_the_objects(
    stored: Home, store_url: str
) -> None:
    there, other = ObjectStore.at(store_url), ObjectStore.at(f"{store_url}-new")
    for name in there.names("warc"):
        other.put_new(name, there.get(name)[0])
    assert push(stored, str(other.address)).held == 3
    assert {one.store for one in receipts_of(stored).values()} == {str(other.address)}
    assert list(Verification(stored).damages()) == []


def test_a_store_that_lacks_it_for_a_moment_takes_no_receipt_of_what_has_no_file(
    stored: Home, store_url: str
) -> None:
    receipts, store = dict(receipts_of(stored)), ObjectStore.at(store_url)
    first = sorted(receipts)[0]
    data = store.get(f"warc/{first}")[0]
    store.delete(f"warc/{first}")
    with pytest.raises(ObjectMissing, match=first):
        push(stored, store_url)
    assert receipts_of(stored).keys() == receipts.keys()
    store.put_new(f"warc/{first}", data)
    assert push(stored, store_url).held == 3
    with Archive(stored, JsonExtract(), make_anew=True) as archive:
        assert archive.recovery.taken_in == 3


def test_a_home_that_lost_all_but_its_folders_begins_from_the_store(
    stored: Home, store_url: str
) -> None:
    for path in (stored.receipts, stored.manifest, stored.catalogue):
        path.unlink()
    with Archive(stored, JsonExtract()):
        pass  # begins a manifest, as every command that writes does
    anew = hdnd(stored, "rebuild", "--quiet", url=store_url)
    assert anew.lines[:2] == [
        "Begun from object storage, which holds 3 segments.",
        "Catalogue made again from 3 records.",
    ]
    nothing = Home(stored.path.with_name("new"))
    with Archive(nothing, JsonExtract()):
        pass
    assert hdnd(nothing, "rebuild", "--quiet", url=f"{store_url}-new").status == 0


def test_a_night_while_receipts_are_lost_comes_behind_all_that_lies_there(
    stored: Home, store_url: str
) -> None:
    stored.receipts.unlink()
    a_night(stored, 3)
    assert [path.name[:11] for path in stored.warc.iterdir()] == ["hdnd-000004"]
    rows = dump_of(stored)
    assert push(stored, store_url).held == 4
    with Archive(stored, JsonExtract(), make_anew=True):
        assert dump_of(stored) == rows
