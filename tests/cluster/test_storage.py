"""An archive in object storage: brought there, read from there, begun from there."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Barrier, Thread

import pytest

from archive.backup import back_up
from archive.catalogue.captures import record_of
from archive.catalogue.queries.withholding import Act
from archive.export import Selection, selected, write_bag, write_wacz
from archive.fixity.check_store import StoreCheck
from archive.fixity.damage import DamagedPart
from archive.fixity.repair import repair
from archive.fixity.rotation import PartCheck, due
from archive.fixity.verify import NotChecked, Verification
from archive.ground.errors import (
    ArchiveDamaged,
    HdndError,
    ObjectChanged,
    ObjectDiffers,
    ObjectMissing,
    StoreUnreachable,
)
from archive.ground.home import Home
from archive.objects import ObjectStore
from archive.reading import ArchiveReader
from archive.removal import decide_removal
from archive.storage import MONTH, adopt, compare, copy_in, drop, push
from archive.store import Archive
from archive.warc.receipts import receipts_of
from archive.warc.stored_segment import store_at
from archive.withholding import record_act
from support import seaweed
from support.codes import english
from support.counted_proxy import CountedProxy
from support.keeping import JsonExtract, dump_of, exchange, keep, page, writing


@pytest.fixture(autouse=True)
def clients_of_this_environment() -> None:
    """A client keeps the address that it was made with."""
    store_at.cache_clear()


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """An archive of three closed segments."""
    made = Home(tmp_path / "home")
    for night in range(3):
        a_night(made, night)
    return made


def a_night(home: Home, night: int) -> None:
    with writing(home) as (archive, run):
        for number in range(4):
            body = page(f"Bài {number} đêm {night}", id=f"{night}-{number}", blocks=["x" * 20_000])
            keep(archive, run, exchange(f"/{night}/{number}", body, minutes=night * 60 + number))


@pytest.fixture
def counted(
    object_storage: seaweed.Seaweed, store_url: str, monkeypatch: pytest.MonkeyPatch
) -> Iterator[CountedProxy]:
    """The same store, its requests counted."""
    with CountedProxy(object_storage.endpoint) as proxy:
        monkeypatch.setenv("AWS_ENDPOINT_URL", proxy.endpoint)
        yield proxy


def files_of(home: Home) -> list[str]:
    return sorted(path.name for path in home.warc.iterdir())


def damages(home: Home) -> list[str]:
    check = Verification(home)
    return [f"{damage.file}: {damage.what}" for damage in check.damages()]


def test_what_was_brought_there_is_there_once_with_its_digest(home: Home, store_url: str) -> None:
    first, second = push(home, store_url), push(home, store_url)
    assert (len(first.put), first.held) == (3, 3)
    assert (second.put, second.there, second.held) == ([], 3, 3)
    store = ObjectStore.at(store_url)
    assert sorted(store.names("warc")) == [f"warc/{name}" for name in files_of(home)]
    assert store.get("manifest.jsonl")[0] == home.manifest.read_bytes()
    for receipt in receipts_of(home).values():
        assert store.digest(receipt.object_name) == receipt.sha256
    assert compare(home, store_url).is_sound


def test_a_push_of_every_night_costs_what_it_puts_and_asks_for_the_rest_once_a_month(
    home: Home, store_url: str, counted: CountedProxy
) -> None:
    def requests_of_a_push(**at: datetime) -> int:
        counted.count = 0
        push(home, store_url, believed=MONTH, **{"clock": lambda: at["at"]} if at else {})
        return counted.count

    # Each segment: is it there, put, what is there now. The manifest: its state; for it is
    # the first, put by six at once and twice more in vain: does the store keep to conditions?
    assert requests_of_a_push() == 3 * 3 + 1 + 6 + 2
    a_night(home, 3)
    assert requests_of_a_push() == 3 + 2
    assert requests_of_a_push() == 1
    later = datetime.now(UTC) + timedelta(days=31)
    assert requests_of_a_push(at=later) == 1 + 4
    assert requests_of_a_push(at=later) == 1
    ObjectStore.at(store_url).delete(f"warc/{files_of(home)[0]}")
    assert push(home, store_url).put == files_of(home)[:1]


def test_a_dropped_segment_is_read_from_there_record_by_record(home: Home, store_url: str) -> None:
    before = dump_of(home)
    push(home, store_url)
    done = drop(home, store_url)
    assert len(done.segments) == 3
    assert files_of(home) == []
    with ArchiveReader.open(home) as reader:
        for seq in range(1, reader.last_capture() + 1):
            assert record_of(home, reader.capture(seq)).block
    assert damages(home) == []
    with Archive(home, JsonExtract()) as archive:
        assert archive.recovery.taken_in == 0
        assert archive.rebuild() == 12
    assert dump_of(home) == before


def test_a_catalogue_is_made_again_of_pieces_and_not_record_by_record(
    tmp_path: Path, store_url: str, counted: CountedProxy
) -> None:
    home = Home(tmp_path / "home")
    with writing(home) as (archive, run):
        for number in range(60):
            text = random.Random(number).randbytes(4000).hex()
            body = page(f"Bài {number}", id=str(number), blocks=[text])
            keep(archive, run, exchange(f"/{number}", body, minutes=number))
    size = sum(path.stat().st_size for path in home.warc.iterdir())
    push(home, store_url)
    drop(home, store_url)
    counted.count = counted.given = 0
    with Archive(home, JsonExtract(), make_anew=True) as archive:
        assert archive.recovery.taken_in == 60
    assert counted.count < 10
    assert counted.given <= 2 * size


def test_the_next_night_goes_on_behind_what_lies_there_alone(home: Home, store_url: str) -> None:
    push(home, store_url)
    drop(home, store_url)
    a_night(home, 3)
    assert [name[:11] for name in files_of(home)] == ["hdnd-000004"]
    assert push(home, store_url).held == 4
    assert damages(home) == []


def test_an_empty_machine_makes_the_same_catalogue_of_the_store_alone(
    home: Home, store_url: str, tmp_path: Path
) -> None:
    push(home, store_url)
    other = Home(tmp_path / "other")
    assert adopt(other, store_url) == 3
    with Archive(other, JsonExtract(), make_anew=True) as archive:
        assert archive.recovery.taken_in == 12
    assert dump_of(other) == dump_of(home)
    assert other.manifest.read_bytes() == home.manifest.read_bytes()
    assert files_of(other) == []
    assert damages(other) == []


def test_a_backup_of_what_lies_there_alone_has_every_file(
    home: Home, store_url: str, tmp_path: Path
) -> None:
    before = {path.name: path.read_bytes() for path in home.warc.iterdir()}
    push(home, store_url)
    drop(home, store_url)
    back_up(home, tmp_path / "copy")
    copied = {path.name: path.read_bytes() for path in (tmp_path / "copy" / "warc").iterdir()}
    assert copied == before
    assert damages(Home(tmp_path / "copy")) == []


def test_receipts_that_are_lost_are_made_again(home: Home, store_url: str) -> None:
    push(home, store_url)
    drop(home, store_url)
    home.receipts.unlink()
    assert any("file-is-lost" in said for said in damages(home))
    done = push(home, store_url)
    assert (done.put, done.there) == ([], 3)
    assert damages(home) == []


def test_nothing_is_dropped_that_the_store_does_not_hold(home: Home, store_url: str) -> None:
    assert drop(home, store_url).segments == []
    push(home, store_url)
    store, names = ObjectStore.at(store_url), files_of(home)
    store.delete(f"warc/{names[0]}")
    store.delete(f"warc/{names[1]}")
    store.put_new(f"warc/{names[1]}", b"another")
    done = drop(home, store_url)
    assert done.segments == [names[2]]
    assert [type(error) for error in done.wrong] == [ObjectMissing, ObjectDiffers]
    assert files_of(home) == names[:2]


def test_a_damaged_segment_is_not_brought_there_and_keeps_no_other_from_its_turn(
    home: Home, store_url: str
) -> None:
    names = files_of(home)
    flip(home.warc / names[1])
    with pytest.raises(ArchiveDamaged, match=names[1]):
        push(home, store_url)
    store = ObjectStore.at(store_url)
    assert sorted(store.names("warc")) == [f"warc/{names[0]}", f"warc/{names[2]}"]
    assert len(store.get("manifest.jsonl")[0].splitlines()) == 1


def test_the_store_of_another_archive_or_of_more_than_this_is_left_alone(
    home: Home, store_url: str, tmp_path: Path
) -> None:
    back_up(home, tmp_path / "older")
    a_night(home, 3)
    push(home, store_url)
    with pytest.raises(ObjectDiffers, match="store-has-more"):
        push(Home(tmp_path / "older"), store_url)
    a_night(Home(tmp_path / "older"), 4)
    with pytest.raises(ObjectDiffers, match="another-chain") as refused:
        push(Home(tmp_path / "older"), store_url)
    assert refused.value.said.values["line"] == 4
    assert ObjectStore.at(store_url).get("manifest.jsonl")[0] == home.manifest.read_bytes()


@pytest.mark.parametrize("fault", ["missing", "cut", "altered", "swapped"])
def test_what_the_store_lost_or_changed_is_named_and_never_believed(
    home: Home, store_url: str, tmp_path: Path, fault: str
) -> None:
    push(home, store_url)
    name = files_of(home)[1]
    before = (home.warc / name).read_bytes()
    drop(home, store_url)
    store = ObjectStore.at(store_url)
    store.delete(f"warc/{name}")
    others = {
        "cut": before[:-9],
        "altered": before[:5000] + bytes([before[5000] ^ 1]) + before[5001:],
        # Whole, and a segment; that its records are others only the manifest can tell.
        "swapped": store.get(f"warc/{sorted(receipts_of(home))[0]}")[0],
    }
    if fault in others:
        forge(store_url, f"warc/{name}", others[fault])
    assert not compare(home, store_url).is_sound
    with pytest.raises((ObjectMissing, ObjectDiffers), match=name):
        adopt(Home(tmp_path / "other"), store_url)
    assert not (tmp_path / "other" / "warc").exists()
    assert any(name in said for said in damages(home))
    with pytest.raises(HdndError), Archive(home, JsonExtract()) as archive:
        archive.rebuild()


def test_a_forged_object_that_claims_the_right_digest_is_found_where_it_is_read(
    home: Home, store_url: str
) -> None:
    push(home, store_url)
    names = files_of(home)
    other = (home.warc / names[0]).read_bytes()
    stated = receipts_of(home)[names[1]]
    drop(home, store_url)
    ObjectStore.at(store_url).delete(f"warc/{names[1]}")
    longer = other.ljust(stated.size, b"\0")[: stated.size]
    forge(store_url, f"warc/{names[1]}", longer, sha256=stated.sha256)
    assert compare(home, store_url).is_sound
    assert any(names[1] in said for said in damages(home))


def test_odd_names_are_counted_and_twenty_told(
    home: Home, store_url: str, object_storage: seaweed.Seaweed
) -> None:
    push(home, store_url)
    prefix = store_url.rpartition("/")[2]
    odd = ["%2e%2e", "a b", "<b>", "\u202ecod", "é", "e\u0301", "%", "'", "n" * 200, "*?#&+", "~"]
    for folder in ("", "warc/", "odd/"):
        for name in odd:
            object_storage.put_past_s3(f"{prefix}/{folder}{name}")
    for number in range(1100):
        object_storage.put_past_s3(f"{prefix}/warc/{number}.warc.gz")
    state = compare(home, store_url)
    assert (state.strange, len(state.named), state.is_sound) == (1133, 20, True)
    assert push(home, store_url).held == 3
    object_storage.put_past_s3(f"{prefix}/warc/x\ty")
    assert compare(home, store_url).unlisted is not None
    assert push(home, store_url).there == 3
    assert len(drop(home, store_url).segments) == 3


def test_a_store_that_is_down_is_no_damage(
    home: Home, store_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    push(home, store_url)
    drop(home, store_url)
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{seaweed.free_ports(1)[0]}")
    store_at.cache_clear()
    with pytest.raises(StoreUnreachable):
        damages(home)


def test_receipts_that_say_nothing_usable_are_passed_over(home: Home, store_url: str) -> None:
    push(home, store_url)
    whole = home.receipts.read_bytes()
    odd = [b"{}", b"[1]", b"\xff", json.dumps({"file": "../x"}).encode(), b"[" * 100_000]
    home.receipts.write_bytes(b"\n".join(odd) + b"\n" + whole + whole[:40])
    assert sorted(receipts_of(home)) == files_of(home)
    assert damages(home) == []


def test_verify_says_what_of_the_store_was_asked_and_what_was_read(
    home: Home, store_url: str
) -> None:
    push(home, store_url)
    name = files_of(home)[0]
    asked = Verification(home, store=StoreCheck(store_url))
    assert list(asked.damages()) == []
    assert (asked.store.asked, asked.store.read, asked.store.waiting) == (3, 0, 0)
    assert NotChecked.STORED_BYTES in asked.not_checked
    forged = bytearray((home.warc / name).read_bytes())
    forged[100] ^= 1
    ObjectStore.at(store_url).delete(f"warc/{name}")
    forge(store_url, f"warc/{name}", bytes(forged), sha256=receipts_of(home)[name].sha256)
    assert list(Verification(home, store=StoreCheck(store_url)).damages()) == []
    read = Verification(home, store=StoreCheck(store_url, reads=True))
    assert [(d.part, d.file) for d in read.damages()] == [(DamagedPart.STORE, f"warc/{name}")]
    assert NotChecked.STORED_BYTES not in read.not_checked
    unnamed = Verification(home)
    assert list(unnamed.damages()) == []
    assert NotChecked.STORE in unnamed.not_checked


def test_an_altered_object_stays_damage_when_a_push_has_met_it(home: Home, store_url: str) -> None:
    push(home, store_url)
    name = files_of(home)[0]
    forged = (home.warc / name).read_bytes()[:-1] + b"?"
    ObjectStore.at(store_url).delete(f"warc/{name}")
    forge(store_url, f"warc/{name}", forged, sha256="0" * 64)
    with pytest.raises(ObjectDiffers):
        push(home, store_url)
    assert name not in receipts_of(home)
    for reads in (False, True):
        check = StoreCheck(store_url, reads=reads)
        found = list(Verification(home, store=check).damages())
        assert [(d.part, d.file) for d in found] == [(DamagedPart.STORE, f"warc/{name}")]
        assert check.waiting == 0
    done = drop(home, store_url)
    assert (len(done.segments), len(done.wrong), done.kept) == (2, 1, [])
    assert (home.warc / name).exists()


def test_the_sound_records_of_an_object_that_was_altered_are_kept_by_way_of_a_file(
    home: Home, store_url: str
) -> None:
    push(home, store_url)
    name = files_of(home)[0]
    object_of_it, store = f"warc/{name}", ObjectStore.at(store_url)
    drop(home, store_url)
    altered = bytearray(store.get(object_of_it)[0])
    altered[-30] ^= 1
    store.delete(object_of_it)
    forge(store_url, object_of_it, bytes(altered), sha256=receipts_of(home)[name].sha256)
    found = [one for one in Verification(home).damages() if one.part is DamagedPart.SEGMENT]
    assert {one.file for one in found} == {name}
    assert {english(one.remedy).partition(".")[0] for one in found} == {
        "Restore the object from a backup"
    }
    (home.warc / name).write_bytes(bytes(altered))
    done = repair(home, JsonExtract())
    (salvaged,) = done.salvaged
    assert (salvaged.old, salvaged.kept > 0, salvaged.lost) == (name, True, 1)
    assert push(home, store_url).put == [salvaged.new]
    store.delete(object_of_it)
    assert list(Verification(home, store=StoreCheck(store_url, reads=True)).damages()) == []


def test_a_manifest_that_the_store_has_lost_is_named_and_put_again(
    home: Home, store_url: str
) -> None:
    assert list(Verification(home, store=StoreCheck(store_url)).damages()) == []
    push(home, store_url)
    store = ObjectStore.at(store_url)
    before, _ = store.get("manifest.jsonl")
    store.delete("manifest.jsonl")
    (found,) = Verification(home, store=StoreCheck(store_url)).damages()
    assert (found.part, found.file) == (DamagedPart.STORE, "manifest.jsonl")
    assert not compare(home, store_url).is_sound
    push(home, store_url)
    assert store.get("manifest.jsonl")[0] == before
    assert compare(home, store_url).is_sound


def test_what_no_receipt_tells_of_is_asked_for_and_waits_only_if_it_is_not_there(
    home: Home, store_url: str
) -> None:
    push(home, store_url)
    home.receipts.unlink()
    ObjectStore.at(store_url).delete(f"warc/{files_of(home)[0]}")
    check = StoreCheck(store_url)
    assert list(Verification(home, store=check).damages()) == []
    assert (check.asked, check.waiting) == (2, 1)
    done = drop(home, store_url)
    assert (done.segments, len(done.kept), done.wrong) == ([], 3, [])


def test_a_record_that_is_altered_in_the_store_is_told_by_where_it_lies(
    home: Home, store_url: str
) -> None:
    push(home, store_url)
    drop(home, store_url)
    with ArchiveReader.open(home) as reader:
        capture = reader.capture(1)
    name, store = capture.segment, ObjectStore.at(store_url)
    altered = bytearray(store.get(f"warc/{name}")[0])
    altered[capture.offset + capture.length // 2] ^= 1
    store.delete(f"warc/{name}")
    forge(store_url, f"warc/{name}", bytes(altered), sha256=receipts_of(home)[name].sha256)
    store_at.cache_clear()
    with pytest.raises(ArchiveDamaged) as damaged:
        record_of(home, capture)
    assert f"{store_url}/warc/{name}" in english(damaged.value.said)
    assert "try again" in english(damaged.value.hint)


@pytest.mark.parametrize("deep", [False, True], ids=["plain", "deep"])
def test_verify_reads_what_lies_there_alone_once(
    home: Home, store_url: str, counted: CountedProxy, deep: bool
) -> None:
    push(home, store_url)
    size = sum(path.stat().st_size for path in home.warc.iterdir())
    drop(home, store_url)
    counted.given = 0
    extract = JsonExtract() if deep else None
    check = Verification(home, store=StoreCheck(store_url, reads=deep), extract=extract)
    assert list(check.damages()) == []
    # To derive pages anew, they are read once more, with what lies between their records.
    assert size <= counted.given < size * (2 if deep else 1.001)
    assert (check.store.asked, check.store.read) == (3, 3)
    assert NotChecked.STORED_BYTES not in check.not_checked
    counted.given = 0
    assert list(PartCheck(home, due(home)).damages()) == []
    assert counted.given < size / 2


@pytest.mark.parametrize("fault", ["flipped", "cut", "deleted"])
def test_a_damaged_segment_is_brought_back_from_the_store(
    home: Home, store_url: str, fault: str
) -> None:
    push(home, store_url)
    path = home.warc / files_of(home)[1]
    before, rows = path.read_bytes(), dump_of(home)
    if fault == "flipped":
        flip(path)
    elif fault == "cut":
        path.write_bytes(before[:-100])
    else:
        path.unlink()
        home.receipts.unlink()
    with copy_in(store_url) as source:
        done = repair(home, JsonExtract(), source=source)
    assert (done.brought_back, done.salvaged) == ([path.name], [])
    assert path.read_bytes() == before
    assert dump_of(home) == rows
    assert damages(home) == []


def test_what_the_store_lost_comes_back_from_here_or_from_a_backup(
    home: Home, store_url: str, tmp_path: Path
) -> None:
    push(home, store_url)
    back_up(home, tmp_path / "copy")
    store, names = ObjectStore.at(store_url), files_of(home)
    store.delete(f"warc/{names[0]}")
    assert push(home, store_url).put == [names[0]]
    drop(home, store_url)
    store.delete(f"warc/{names[1]}")
    done = repair(home, JsonExtract(), source=Home(tmp_path / "copy"))
    assert done.brought_back == [names[1]]
    assert push(home, store_url).put == [names[1]]
    assert compare(home, store_url).is_sound


def test_a_lost_manifest_is_that_of_the_store(home: Home, store_url: str) -> None:
    push(home, store_url)
    before = home.manifest.read_bytes()
    home.manifest.unlink()
    with pytest.raises(ArchiveDamaged):
        push(home, store_url)
    with copy_in(store_url) as source:
        repair(home, JsonExtract(), source=source)
    assert home.manifest.read_bytes() == before


@pytest.mark.parametrize("dropped", [False, True], ids=["here-too", "there-alone"])
def test_what_is_removed_here_is_removed_there(
    home: Home, store_url: str, tmp_path: Path, dropped: bool
) -> None:
    push(home, store_url)
    old = files_of(home)[1]
    if dropped:
        drop(home, store_url)
    with Archive(home, JsonExtract()) as archive:
        record_act(archive, "mau-1-2", Act.WITHHOLD, reason="Tòa án")
        decide_removal(archive, "mau-1-2", reason="Tòa án")
    with Archive(home, JsonExtract()) as archive:
        assert archive.recovery.removed
    state = compare(home, store_url)
    assert (state.removed, state.is_sound) == ([old], False)
    damaged = list(Verification(home, store=StoreCheck(store_url)).damages())
    assert [str(one.what) for one in damaged] == ["archive.holds-removed"]
    done = push(home, store_url)
    assert done.deleted == [old]
    assert ObjectStore.at(store_url).head(f"warc/{old}") is None
    assert compare(home, store_url).is_sound
    other = Home(tmp_path / "other")
    adopt(other, store_url)
    with Archive(other, JsonExtract(), make_anew=True):
        assert dump_of(other) == dump_of(home)
    assert damages(other) == damages(home) == []


def test_a_store_that_is_down_leaves_a_check_of_what_is_here(
    home: Home, store_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    push(home, store_url)
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{seaweed.free_ports(1)[0]}")
    check = Verification(home, store=StoreCheck(store_url))
    assert list(check.damages()) == []
    assert check.records > 0
    assert isinstance(check.store.trouble, StoreUnreachable)
    assert NotChecked.STORED_BYTES in check.not_checked


def test_packages_are_the_same_bytes_wherever_the_segments_lie(
    home: Home, store_url: str, tmp_path: Path
) -> None:
    def packed(name: str) -> list[bytes]:
        one = Selection(articles=frozenset(["mau-1-2"]))
        for part, wanted in (("all", Selection()), ("one", one)):
            with ArchiveReader.open(home) as reader, selected(reader, wanted) as chosen:
                write_wacz(chosen, tmp_path / f"{name}-{part}.wacz", title="Mẫu")
                write_bag(chosen, tmp_path / f"{name}-{part}", title="Mẫu")
        files = [path for path in sorted(tmp_path.rglob("*")) if name in str(path)]
        return [path.read_bytes() for path in files if path.is_file()]

    before = packed("before")
    push(home, store_url)
    drop(home, store_url)
    assert len(before) > 10
    assert packed("after") == before


def test_a_manifest_that_the_store_altered_is_no_beginning_and_no_end(
    home: Home, store_url: str, tmp_path: Path
) -> None:
    push(home, store_url)
    lines = bytearray(home.manifest.read_bytes())
    lines[len(lines) // 2] ^= 1
    ObjectStore.at(store_url).delete("manifest.jsonl")
    forge(store_url, "manifest.jsonl", bytes(lines))
    with pytest.raises(ObjectDiffers, match="another-chain"):
        push(home, store_url)
    with pytest.raises(ArchiveDamaged, match=r"manifest\.jsonl"):
        adopt(Home(tmp_path / "other"), store_url)
    found = list(Verification(home, store=StoreCheck(store_url)).damages())
    assert [(one.part, one.file) for one in found] == [(DamagedPart.STORE, "manifest.jsonl")]


def test_of_two_copies_that_push_at_once_one_goes_on_and_one_is_told(
    home: Home, store_url: str, tmp_path: Path
) -> None:
    push(home, store_url)
    copies = [Home(tmp_path / "a"), Home(tmp_path / "b")]
    for number, copy in enumerate(copies):
        back_up(home, copy.path)
        a_night(copy, 10 + number)
    together, ended = Barrier(2), []

    def race(copy: Home) -> None:
        together.wait()
        try:
            push(copy, store_url)
        except (ObjectDiffers, ObjectChanged) as error:
            ended.append(error)

    threads = [Thread(target=race, args=(copy,)) for copy in copies]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(ended) == 1
    stored = ObjectStore.at(store_url).get("manifest.jsonl")[0]
    assert [copy.manifest.read_bytes() for copy in copies].count(stored) == 1


def flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def forge(store_url: str, name: str, data: bytes, **attributes: str) -> None:
    """Put an object as somebody else would."""
    from obstore import put
    from obstore.store import S3Store

    bucket, _, prefix = store_url.removeprefix("s3://").partition("/")
    other = S3Store(bucket, prefix=prefix, client_options={"allow_http": True})
    put(other, name, data, attributes=attributes or None)
