"""One writer at a time, who is named; readers never wait and never write."""

import os
import shutil
import signal
import subprocess
import sys

import pytest

from archive.catalogue.queries.articles import article_count
from archive.ground.errors import LockHeld, StorageFailed, UsageError
from archive.ground.home import Home
from archive.reading import ArchiveReader
from archive.store import Archive
from archive.warc import segments
from archive.warc.segment_files import OPEN_SUFFIX
from support.codes import english
from support.crawling import environment
from support.keeping import JsonExtract, exchange, keep, page, writing
from support.readonly import open_folder, read_only

HOLDER = """
import sys, time
from pathlib import Path
from support.keeping import JsonExtract, exchange, keep, page
from archive.ground.home import Home
from archive.store import Archive
with Archive(Home(Path(sys.argv[1])), JsonExtract()) as archive:
    run = archive.begin_run({"id": "mau"})
    keep(archive, run, exchange("/a", page("Một", id="1")))
    print("writing", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def holder(tmp_path):
    process = subprocess.Popen(
        [sys.executable, "-P", "-c", HOLDER, str(tmp_path)],
        stdout=subprocess.PIPE,
        text=True,
        env=environment(),
    )
    assert process.stdout.readline() == "writing\n"
    yield process
    process.kill()
    process.wait()


def test_a_second_writer_is_told_who_holds_the_archive(tmp_path, holder):
    with pytest.raises(LockHeld) as caught, Archive(Home(tmp_path), JsonExtract()):
        pass

    assert f"process {holder.pid}" in english(caught.value.said)
    assert caught.value.hint
    assert caught.value.exit_code == 5


def test_a_second_writer_in_the_same_process_is_refused_too(tmp_path):
    with writing(tmp_path):
        with pytest.raises(LockHeld) as caught, Archive(Home(tmp_path), JsonExtract()):
            pass
        assert f"process {os.getpid()}" in english(caught.value.said)
    with Archive(Home(tmp_path), JsonExtract()):
        pass


def test_a_holder_that_is_killed_leaves_no_lock(tmp_path, holder):
    holder.send_signal(signal.SIGKILL)
    holder.wait()

    with Archive(Home(tmp_path), JsonExtract()) as archive:
        assert article_count(archive.catalogue) == 1


def test_a_lock_is_given_back_when_opening_fails(tmp_path):
    class Broken(JsonExtract):
        def __call__(self, description, stored):
            raise RuntimeError("a fault of ours")

    with Archive(Home(tmp_path), JsonExtract()) as archive:
        run = archive.begin_run({"id": "mau"})
        run.keep(exchange("/a", page("Một", id="1")))
    for _ in range(2):
        with pytest.raises(RuntimeError), Archive(Home(tmp_path), Broken()):
            pass
    with Archive(Home(tmp_path), JsonExtract()):
        pass


def test_a_reader_sees_each_page_as_soon_as_it_is_kept_and_never_waits(tmp_path):
    home = Home(tmp_path)
    with writing(home) as (archive, run):
        for number in range(5):
            keep(archive, run, exchange(f"/{number}", page(f"Bài {number}", id=str(number))))
            archive.catalogue.connection.execute("BEGIN IMMEDIATE")
            with ArchiveReader.open(home) as reader:
                assert reader.article_count() == number + 1
                found = reader.article(f"mau-{number}")
                stored = reader.stored(reader.capture(found.capture_seq))
                assert f"Bài {number}".encode() in stored.body
            archive.catalogue.connection.execute("ROLLBACK")


def test_a_segment_that_is_closed_while_it_is_being_read_is_read_all_the_same(
    tmp_path, monkeypatch
):
    home = Home(tmp_path)
    with writing(home) as (archive, run):
        keep(archive, run, exchange("/1", page("Một", id="1")))
        read = segments.read_member

        def read_late(path, offset, length):
            if path.name.endswith(OPEN_SUFFIX):
                path.rename(path.with_suffix(""))
            return read(path, offset, length)

        with ArchiveReader.open(home) as reader, monkeypatch.context() as late:
            late.setattr(segments, "read_member", read_late)
            assert reader.stored(reader.capture(1)).body == page("Một", id="1")
        (segment,) = home.warc.iterdir()
        segment.rename(segment.with_name(segment.name + OPEN_SUFFIX))


def test_a_reader_can_hold_still_while_the_writer_goes_on(tmp_path):
    home = Home(tmp_path)
    with writing(home) as (archive, run):
        keep(archive, run, exchange("/1", page("Một", id="1")))
        with ArchiveReader.open(home) as reader:
            reader.hold_still()
            keep(archive, run, exchange("/2", page("Hai", id="2")))
            assert reader.article_count() == 1
        with ArchiveReader.open(home) as reader:
            assert reader.article_count() == 2


def snapshot(folder):
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_read_only_copy_can_be_read():
    with open_folder() as folder:
        with writing(folder) as (archive, run):
            keep(archive, run, exchange("/1", page("Một", id="1")))
        before = snapshot(folder)
        with read_only(folder), ArchiveReader.open(Home(folder)) as reader:
            assert reader.article("mau-1").article.title == "Một"
            assert reader.stored(reader.capture(1)).body == page("Một", id="1")
            assert reader.status().captures == 1
        assert snapshot(folder) == before


def test_a_read_only_copy_of_an_archive_at_work_is_read_with_its_log(tmp_path):
    """The last pages are in SQLite's write-ahead log alone when the copy is made."""
    with open_folder() as folder:
        with writing(tmp_path) as (archive, run):
            keep(archive, run, exchange("/1", page("Một", id="1")))
            shutil.copytree(tmp_path, folder, dirs_exist_ok=True)
        (folder / "catalogue.sqlite-shm").unlink()
        assert (folder / "catalogue.sqlite-wal").stat().st_size > 0
        before = snapshot(folder)
        with read_only(folder), ArchiveReader.open(Home(folder)) as reader:
            assert reader.article("mau-1").article.title == "Một"
            assert reader.stored(reader.capture(1)).body == page("Một", id="1")
        assert snapshot(folder) == before


def test_reading_changes_no_byte_of_what_is_kept(tmp_path):
    with writing(tmp_path) as (archive, run):
        keep(archive, run, exchange("/1", page("Một", id="1")))
    before = snapshot(tmp_path)
    with ArchiveReader.open(Home(tmp_path)) as reader:
        reader.status()

    after = snapshot(tmp_path)
    assert {path: after[path] for path in before} == before
    assert {path.name for path in after.keys() - before.keys()} <= {
        "catalogue.sqlite-shm",
        "catalogue.sqlite-wal",
    }


def test_writing_to_a_read_only_folder_is_refused_with_advice():
    with open_folder() as folder:
        with writing(folder) as (archive, run):
            keep(archive, run, exchange("/1", page("Một", id="1")))
        before = snapshot(folder)
        with read_only(folder), pytest.raises(StorageFailed) as caught:
            Archive(Home(folder), JsonExtract()).__enter__()
        assert snapshot(folder) == before
    assert str(folder) in english(caught.value.said)
    assert "--home" in english(caught.value.hint)


def test_a_read_only_folder_without_an_archive_is_refused_alike():
    with open_folder() as folder:
        with read_only(folder), pytest.raises(StorageFailed):
            Archive(Home(folder), JsonExtract()).__enter__()
        assert list(folder.iterdir()) == []


def test_a_home_is_named_by_option_environment_or_platform(monkeypatch, tmp_path):
    from archive.ground.home import find_home

    monkeypatch.setenv("HDND_HOME", str(tmp_path / "b"))
    assert find_home(tmp_path / "a").path == tmp_path / "a"
    assert find_home().path == tmp_path / "b"
    monkeypatch.delenv("HDND_HOME")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert find_home().path.name == "hdnd"
    monkeypatch.chdir(tmp_path)
    assert find_home("c").path == tmp_path / "c"
    (tmp_path / "d").touch()
    with pytest.raises(UsageError, match="home-is-a-file"):
        find_home("d")
