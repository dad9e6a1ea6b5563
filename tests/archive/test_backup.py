"""A copy of an archive, also of one that is being written to."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from archive.backup import back_up
from archive.export import Selection, selected, to_json_lines
from archive.fixity.verify import Verification
from archive.ground.errors import ArchiveDamaged, StorageFailed, UsageError
from archive.ground.home import Home
from archive.reading import ArchiveReader
from archive.store import Archive
from support.codes import english
from support.keeping import JsonExtract, dump_of, exchange, keep, page, writing


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path / "home")
    for night in range(2):
        with writing(home) as (archive, run):
            keep(archive, run, exchange("/a", page(f"Đêm {night}", id="1"), minutes=night))
    home.sites.mkdir()
    (home.sites / "mau.toml").write_text("id = 'mau'")
    (home.path / "people.tsv").write_text("hide\ta/mau/quan\n")
    (home.path / "abbreviations.tsv").write_text("hđ\thội đồng\n")
    (home.path / "hdnd.toml").write_text('[index]\npassword = "x"\n')
    (home.path / "hdnd.toml").chmod(0o600)
    return home


def is_sound(home: Home) -> bool:
    return not list(Verification(home, extract=JsonExtract()).damages())


def test_a_backup_is_a_whole_archive(home: Home, tmp_path: Path) -> None:
    done = back_up(home, tmp_path / "copy")
    copy = Home(tmp_path / "copy")
    assert dump_of(copy) == dump_of(home)
    assert is_sound(copy)
    for name in ("sites/mau.toml", "people.tsv", "abbreviations.tsv", "hdnd.toml"):
        assert (copy.path / name).read_bytes() == (home.path / name).read_bytes()
        assert (copy.path / name).stat().st_mode == (home.path / name).stat().st_mode
    assert copy.manifest.read_bytes() == home.manifest.read_bytes()
    assert done.segments == 2
    assert not [p for p in tmp_path.iterdir() if p.name.endswith(".partial")]


def test_a_backup_of_an_archive_at_work_is_one_moment_of_it(home: Home, tmp_path: Path) -> None:
    with writing(home) as (archive, run):
        keep(archive, run, exchange("/b", page("Trước", id="2")))
        before = dump_of(home)

        def meanwhile(done: int, total: int, what: str) -> None:
            if total:
                keep(archive, run, exchange(f"/{done}", page("Sau", id=f"9{done}")))

        back_up(home, tmp_path / "copy", on_progress=meanwhile)
    copy = Home(tmp_path / "copy")
    assert is_sound(copy)
    assert dump_of(copy) == before
    with writing(copy) as (archive, run):
        keep(archive, run, exchange("/c", page("Ở bản sao", id="3")))
    assert is_sound(copy)


def test_a_backup_made_while_another_thread_writes_is_sound(home: Home, tmp_path: Path) -> None:
    stop = threading.Event()

    def write() -> None:
        number = 0
        while not stop.is_set():
            with writing(home) as (archive, run):
                for _ in range(3):
                    number += 1
                    keep(archive, run, exchange(f"/{number}", page("Bài", id=f"{number}")))

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(5):
            back_up(home, tmp_path / f"copy-{number}")
    finally:
        stop.set()
        writer.join()
    assert all(is_sound(Home(tmp_path / f"copy-{number}")) for number in range(5))


def test_a_segment_that_was_altered_is_not_copied_in_silence(home: Home, tmp_path: Path) -> None:
    (first, _) = sorted(home.warc.iterdir())
    data = bytearray(first.read_bytes())
    data[200] ^= 1
    first.write_bytes(data)
    with pytest.raises(ArchiveDamaged) as caught:
        back_up(home, tmp_path / "copy")
    assert first.name in english(caught.value.said)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["home"]


def test_a_folder_that_holds_something_is_not_written_to(home: Home, tmp_path: Path) -> None:
    target = tmp_path / "copy"
    target.mkdir()
    (target / "mine").write_text("x")
    with pytest.raises(UsageError):
        back_up(home, target)
    with pytest.raises(UsageError):
        back_up(home, home.path / "backup")
    with pytest.raises(UsageError):
        back_up(Home(tmp_path / "none"), tmp_path / "other")
    assert [p.name for p in target.iterdir()] == ["mine"]


def test_what_an_earlier_backup_left_unfinished_is_replaced(home: Home, tmp_path: Path) -> None:
    (tmp_path / ".copy.partial" / "warc").mkdir(parents=True)
    back_up(home, tmp_path / "copy")
    assert is_sound(Home(tmp_path / "copy"))


def test_a_backup_that_fails_leaves_nothing(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(self: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device", str(target))

    monkeypatch.setattr(Path, "rename", full)
    with pytest.raises(StorageFailed):
        back_up(home, tmp_path / "copy")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["home"]


def test_a_backup_can_be_opened_and_rebuilt(home: Home, tmp_path: Path) -> None:
    back_up(home, tmp_path / "copy")
    copy = Home(tmp_path / "copy")
    before = dump_of(copy)
    with Archive(copy, JsonExtract()) as archive:
        archive.rebuild()
    assert dump_of(copy) == before


def lose_last_run(home: Home) -> None:
    """The catalogue as it was before the last run, as a bad bit in its log leaves it."""
    kept = home.catalogue.read_bytes()
    with writing(home) as (archive, run):
        keep(archive, run, exchange("/b", page("Sau", id="2"), minutes=9))
    home.catalogue.write_bytes(kept)


@pytest.mark.parametrize("catalogue", ["a run behind", "no database", "not there"])
def test_what_the_catalogue_does_not_know_is_copied_too(home, tmp_path, catalogue):
    lose_last_run(home)
    if catalogue == "no database":
        home.catalogue.write_bytes(b"no database " * 400)
    elif catalogue == "not there":
        home.catalogue.unlink()
    done = back_up(home, tmp_path / "copy")
    copy = Home(tmp_path / "copy")
    assert done.segments == len(list(copy.warc.iterdir())) == 3
    assert bool(done.notes) == (catalogue != "a run behind")
    assert list(Verification(copy).damages()) == []
    with Archive(copy, JsonExtract()) as archive:
        assert archive.recovery.taken_in == 0
    with ArchiveReader.open(copy) as reader:
        assert reader.article("mau-2") is not None
    assert is_sound(copy)


def test_whole_records_of_a_run_that_was_killed_are_copied_without_its_torn_end(home, tmp_path):
    with Archive(home, JsonExtract()) as archive:
        before = home.catalogue.read_bytes()
        keep(archive, archive.begin_run({"id": "mau"}), exchange("/b", page("Sau", id="2")))
    home.catalogue.write_bytes(before)
    (torn,) = home.warc.glob("*.open")
    whole = torn.read_bytes()
    torn.write_bytes(whole + whole[:100])
    back_up(home, tmp_path / "copy")
    (copied,) = Home(tmp_path / "copy").warc.glob("*.open")
    assert copied.read_bytes() == whole


def test_a_lost_segment_fails_a_backup_and_a_lost_manifest_is_said(home, tmp_path):
    home.manifest.unlink()
    done = back_up(home, tmp_path / "copy")
    assert any("MANIFEST" in english(note) for note in done.notes)
    first = sorted(home.warc.iterdir())[0]
    first.unlink()
    with pytest.raises(ArchiveDamaged) as caught:
        back_up(home, tmp_path / "other")
    assert first.name in english(caught.value.said)


def test_an_export_leaves_nothing_out_that_the_catalogue_does_not_know(home, tmp_path):
    lose_last_run(home)
    with (
        ArchiveReader.open(home) as reader,
        pytest.raises(ArchiveDamaged) as caught,
        selected(reader, Selection()),
    ):
        pass
    assert "hdnd index" in english(caught.value.hint)
    with Archive(home, JsonExtract()):
        pass
    with ArchiveReader.open(home) as reader, selected(reader, Selection()) as chosen:
        assert [line for line in to_json_lines(chosen) if "Sau" in line]
