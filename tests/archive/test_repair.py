"""Mending an archive: nothing sound is changed or lost, nothing damaged is thrown away."""

from __future__ import annotations

import random
import sqlite3
import zlib
from contextlib import suppress
from pathlib import Path

import pytest

from archive.backup import back_up
from archive.fixity.damage import Damage, DamagedPart
from archive.fixity.repair import Repaired, repair
from archive.fixity.verify import Verification
from archive.ground.home import Home
from archive.model import Role
from archive.reading import ArchiveReader
from archive.store import Archive
from archive.warc import manifest
from support.codes import english
from support.keeping import JsonExtract, dump_of, exchange, keep, page, writing
from support.warcs import PlainRecord, records


def mend(home: Home) -> Repaired:
    return repair(home, JsonExtract())


def damages(home: Home) -> list[Damage]:
    return list(Verification(home, extract=JsonExtract()).damages())


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path / "home")
    for night in range(2):
        with writing(home) as (archive, run):
            for number in range(3):
                body = page(f"Bài {number}", id=str(number), blocks=[f"Đêm {night}."])
                keep(archive, run, exchange(f"/{number}", body, minutes=night * 1440 + number))
            keep(archive, run, exchange("/a.doc", b"a file", role=Role.ATTACHMENT))
    return home


def segment(home: Home, number: int) -> Path:
    return sorted(home.warc.iterdir())[number]


def spoil(path: Path, record: PlainRecord) -> None:
    data = bytearray(path.read_bytes())
    data[record.offset + record.length // 2] ^= 4
    path.write_bytes(data)


def members(path: Path) -> list[bytes]:
    data = path.read_bytes()
    return [data[r.offset : r.offset + r.length] for r in records(path)]


def urls(home: Home) -> list[str]:
    with ArchiveReader.open(home) as reader:
        rows = reader.catalogue.connection.execute("SELECT url FROM capture ORDER BY seq")
        return [row["url"].rpartition("/")[2] for row in rows]


def test_a_sound_archive_is_left_as_it_is(home: Home) -> None:
    before = {p: p.read_bytes() for p in home.warc.iterdir()}
    head = manifest.head(home)
    assert not mend(home).anything
    assert {p: p.read_bytes() for p in home.warc.iterdir()} == before
    assert manifest.head(home) == head


@pytest.mark.parametrize("what", ["lost", "unreadable", "changed"])
def test_a_damaged_catalogue_is_made_anew(home: Home, what: str) -> None:
    before = dump_of(home)
    if what == "lost":
        home.catalogue.unlink()
    elif what == "unreadable":
        home.catalogue.write_bytes(b"no database" * 999)
    else:
        with sqlite3.connect(home.catalogue) as connection:
            connection.execute("UPDATE observation SET views = 7")
    assert mend(home).catalogue_rebuilt
    assert dump_of(home) == before
    assert damages(home) == []


def test_a_lost_manifest_is_made_anew_and_said(home: Home) -> None:
    head = manifest.head(home)
    home.manifest.unlink()
    done = mend(home)
    assert (done.manifest_renewed, done.head) == (True, head)
    assert damages(home) == []


def test_a_broken_manifest_goes_aside_and_a_new_chain_begins(home: Home) -> None:
    data = bytearray(home.manifest.read_bytes())
    data[40] ^= 1
    home.manifest.write_bytes(data)
    assert mend(home).manifest_renewed
    assert (home.aside / "manifest.jsonl").read_bytes() == data
    assert damages(home) == []


def test_a_damaged_segment_goes_aside_whole_and_its_sound_records_stay_byte_for_byte(
    home: Home,
) -> None:
    path = segment(home, 0)
    bad = next(r for r in records(path) if r.type == "response" and r.url.endswith("/1"))
    sound = [m for m, r in zip(members(path), records(path), strict=True) if r != bad]
    spoil(path, bad)
    spoiled = path.read_bytes()

    done = mend(home)

    (salvaged,) = done.salvaged
    assert (home.aside / path.name).read_bytes() == spoiled
    kept = members(home.warc / salvaged.new)
    belonging = [m for m in sound if m in kept]
    assert len(belonging) == len(sound) - 2, "its request and metadata stay aside with it"
    assert urls(home) == ["0", "2", "a.doc", "0", "1", "2", "a.doc"]
    assert (done.unmended, damages(home)) == ([], [])


@pytest.mark.parametrize("kind", ["metadata", "request", "warcinfo"])
def test_a_response_whose_other_records_are_lost_is_kept(home: Home, kind: str) -> None:
    path = segment(home, 0)
    before = urls(home)
    kept_before = members(path)
    spoil(path, next(r for r in records(path) if r.type == kind))
    done = mend(home)
    assert urls(home) == before
    assert done.salvaged[0].left <= 1
    responses = [m for m, r in zip(kept_before, records_of(kept_before), strict=True) if r]
    assert set(responses) <= set(members(home.warc / done.salvaged[0].new))
    assert damages(home) == []


def records_of(kept: list[bytes]) -> list[bool]:
    return [b"WARC-Type: response" in zlib.decompress(member, 31) for member in kept]


def test_without_a_catalogue_what_is_whole_is_kept_and_what_is_left_can_be_imported(
    home: Home,
) -> None:
    path = segment(home, 0)
    spoil(path, next(r for r in records(path) if r.type == "metadata"))
    home.catalogue.unlink()
    done = mend(home)
    assert done.salvaged[0].left == 2
    assert urls(home) == ["1", "2", "a.doc", "0", "1", "2", "a.doc"]
    assert damages(home) == []


def test_the_altered_header_of_a_gzip_member_is_put_right(home: Home) -> None:
    path = segment(home, 0)
    whole = path.read_bytes()
    data = bytearray(whole)
    data[records(path)[2].offset + 6] ^= 1
    path.write_bytes(data)
    (salvaged,) = mend(home).salvaged
    kept = members(home.warc / salvaged.new)
    assert set(members_of(whole)) <= set(kept)
    assert damages(home) == []


def members_of(data: bytes) -> list[bytes]:
    found = []
    while data:
        inflater = zlib.decompressobj(31)
        inflater.decompress(data)
        found.append(data[: len(data) - len(inflater.unused_data)])
        data = inflater.unused_data
    return found


def test_a_segment_can_be_damaged_and_mended_twice(home: Home) -> None:
    for _ in range(2):
        path = segment(home, 0)
        spoil(path, next(r for r in records(path) if r.type == "response"))
        mend(home)
        assert damages(home) == []
    assert len(list(home.aside.iterdir())) == 2


def test_a_mended_archive_goes_on(home: Home) -> None:
    path = segment(home, 0)
    spoil(path, next(r for r in records(path) if r.type == "response"))
    mend(home)
    with writing(home) as (archive, run):
        keep(archive, run, exchange("/later", page("Sau", id="9")))
    before = dump_of(home)
    with Archive(home, JsonExtract()) as archive:
        archive.rebuild()
    assert dump_of(home) == before
    assert damages(home) == []


def test_a_lost_segment_stays_damage_and_the_rest_can_be_used(home: Home) -> None:
    segment(home, 0).unlink()
    done = mend(home)
    assert {d.part for d in done.unmended} == {DamagedPart.SEGMENT}
    assert urls(home) == ["0", "1", "2", "a.doc"]


@pytest.mark.parametrize("seed", range(12))
def test_whatever_is_spoiled_the_archive_can_be_used_again(home: Home, seed: int) -> None:
    chance = random.Random(seed)
    for path in [*home.warc.iterdir(), home.manifest, home.catalogue]:
        data = bytearray(path.read_bytes())
        for _ in range(chance.randrange(4)):
            at = chance.randrange(len(data))
            how = chance.randrange(3)
            if how == 0:
                data[at] ^= 1 << chance.randrange(8)
            elif how == 1:
                data[at : at + 50] = bytes(50)
            else:
                del data[at:]
                break
        path.write_bytes(data)
    done = mend(home)
    assert [d for d in done.unmended if d.part is not DamagedPart.SEGMENT] == []
    mend(home)
    assert [d for d in damages(home) if "that it refers to" not in english(d.what)] == []


@pytest.mark.parametrize("step", ["rename", "sync_folder"])
@pytest.mark.parametrize("time", range(1, 4))
def test_a_repair_that_was_cut_off_goes_on(
    home: Home, monkeypatch: pytest.MonkeyPatch, step: str, time: int
) -> None:
    path = segment(home, 0)
    spoil(path, next(r for r in records(path) if r.type == "response"))
    calls = iter(range(1, 100))

    def dies(real: object) -> object:
        def call(*args: object) -> object:
            if next(calls) == time:
                raise KeyboardInterrupt
            return real(*args)  # type: ignore[operator]

        return call

    with monkeypatch.context() as patch:
        if step == "rename":
            patch.setattr(Path, "rename", dies(Path.rename))
        else:
            from archive.warc import segment_files, segments

            for module in (segments, segment_files):
                patch.setattr(module, "sync_folder", dies(module.sync_folder))
        with suppress(KeyboardInterrupt):
            mend(home)
    mend(home)
    assert damages(home) == []
    assert urls(home) == ["1", "2", "a.doc", "0", "1", "2", "a.doc"]
    assert not list(home.aside.glob("*.new"))


def test_what_is_lost_is_named_by_every_check_until_a_copy_brings_it_back(
    home: Home, tmp_path: Path
) -> None:
    back_up(home, tmp_path / "copy")
    before = dump_of(home)
    lost = next(r for r in records(segment(home, 0)) if r.type == "response" and "/1" in r.url)
    spoil(segment(home, 0), lost)
    done = mend(home)
    assert (done.is_whole, [one.url for one in done.lost]) == (False, [lost.url])
    again = mend(home)
    assert (again.anything, again.is_whole) == (False, False)
    assert again.lost_earlier[0].urls == (lost.url,)
    check = Verification(home)
    assert (list(check.damages()), [one.lost for one in check.replacements]) == ([], [1])

    back = repair(home, JsonExtract(), source=Home(tmp_path / "copy"))

    assert (back.is_whole, [one.from_copy for one in back.salvaged]) == (True, [True])
    assert damages(home) == []
    assert [line for line in dump_of(home) if "observation" in line] == [
        line for line in before if "observation" in line
    ]
    assert mend(home).is_whole


def test_a_copy_that_lacks_the_record_too_changes_nothing(home: Home, tmp_path: Path) -> None:
    spoil(segment(home, 0), next(r for r in records(segment(home, 0)) if r.type == "response"))
    mend(home)
    back_up(home, tmp_path / "copy")
    done = repair(home, JsonExtract(), source=Home(tmp_path / "copy"))
    assert (done.anything, done.is_whole) == (False, False)
