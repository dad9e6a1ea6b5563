"""Whatever dies in mid-write: nothing acknowledged is lost, nothing is there twice."""

import errno
import os
import random
import subprocess
import sys

import pytest

from archive import run as run_module
from archive.fixity.verify import Verification
from archive.ground.errors import ArchiveDamaged, StorageFailed
from archive.ground.home import Home
from archive.reading import ArchiveReader
from archive.store import Archive
from archive.warc import segment_files, segments
from support.codes import english
from support.crawling import environment
from support.keeping import JsonExtract, dump_of, exchange, keep, page, writing
from support.warcs import faults, records


def a_crash(folder, pages=3):
    """An archive whose writer died: its segment is still open."""
    home = Home(folder)
    with Archive(home, JsonExtract()) as archive:
        run = archive.begin_run({"id": "mau"})
        for number in range(pages):
            keep(archive, run, exchange(f"/{number}", page(f"Bài {number}", id=str(number))))
    (segment,) = home.warc.glob("*.open")
    return home, segment


def reopen(home):
    with Archive(home, JsonExtract()) as archive:
        return archive.recovery


def titles(home):
    with ArchiveReader.open(home) as reader:
        return sorted(found.article.title for _, _, found in reader.changes(0) if found)


THREE = ["Bài 0", "Bài 1", "Bài 2"]


def test_after_an_orderly_end_there_is_nothing_to_mend(tmp_path):
    with writing(tmp_path) as (archive, run):
        keep(archive, run, exchange("/a", page("Một")))

    recovery = reopen(Home(tmp_path))

    assert (recovery.taken_in, recovery.cut_tails, recovery.rederived) == (0, [], 0)


def test_a_segment_that_a_crash_left_open_is_closed_as_it_is(tmp_path):
    home, segment = a_crash(tmp_path)
    whole = segment.read_bytes()

    recovery = reopen(home)

    assert (recovery.taken_in, recovery.cut_tails) == (0, [])
    assert [path.suffix for path in home.warc.iterdir()] == [".gz"]
    assert segment.with_suffix("").read_bytes() == whole
    assert titles(home) == THREE


@pytest.mark.parametrize(
    "tail",
    [
        b"\x1f\x8b\x08\x00torn",
        b"\0" * 5000,
        random.Random(5).randbytes(3000),
        b"\x1f",
        b"WARC/1.1\r\nWARC-Type: response\r\n",
    ],
    ids=["torn", "zeroed", "garbage", "one byte", "plain text"],
)
def test_a_bad_tail_is_cut_and_kept_aside(tmp_path, tail):
    home, segment = a_crash(tmp_path)
    whole = segment.read_bytes()
    segment.write_bytes(whole + tail)

    recovery = reopen(home)

    (piece,) = recovery.cut_tails
    assert piece.parent == home.aside
    assert piece.read_bytes() == tail
    assert segment.with_suffix("").read_bytes() == whole
    assert titles(home) == THREE
    assert not faults(home.warc)
    assert reopen(home).cut_tails == []


def ends_of_members(segment):
    return [member.offset + member.length for member in segments.walk(segment)]


def test_wherever_the_last_write_was_torn_what_was_whole_before_it_stays(tmp_path):
    """A process dies after n bytes of a group: n from none to all."""
    home, _ = a_crash(tmp_path / "first", pages=2)
    with Archive(home, JsonExtract()) as archive:
        run = archive.begin_run({"id": "mau"})
        keep(archive, run, exchange("/2", page("Bài 2", id="2")))
    (last,) = home.warc.glob("*.open")
    whole, ends = last.read_bytes(), ends_of_members(last)

    for length in sorted({0, 1, *ends, *range(ends[0], len(whole), 97)}):
        there = Home(tmp_path / f"cut-{length}")
        there.warc.mkdir(parents=True)
        for path in home.warc.iterdir():
            (there.warc / path.name).write_bytes(path.read_bytes())
        (there.warc / last.name).write_bytes(whole[:length])

        reopen(there)

        assert titles(there) == (THREE if length == len(whole) else THREE[:2]), length
        kept_aside = sum(path.stat().st_size for path in there.aside.glob("*"))
        assert sum(path.stat().st_size for path in there.warc.iterdir()) + kept_aside == (
            length + next(home.warc.glob("*.gz")).stat().st_size
        )
        assert not faults(there.warc)


def test_whole_records_past_the_committed_end_are_taken_in_once(tmp_path):
    """The process died after the file was synced and before the catalogue knew."""
    home, _ = a_crash(tmp_path)
    for path in home.path.glob("catalogue.sqlite*"):
        path.unlink()

    assert reopen(home).taken_in == 3
    assert reopen(home).taken_in == 0
    assert titles(home) == THREE
    with ArchiveReader.open(home) as reader:
        assert reader.status().captures == 3


def test_a_second_crash_before_the_first_is_mended_changes_nothing(tmp_path):
    home, _ = a_crash(tmp_path)
    with Archive(home, JsonExtract()) as archive:
        run = archive.begin_run({"id": "mau"})
        keep(archive, run, exchange("/3", page("Bài 3", id="3")))
    (second,) = home.warc.glob("*.open")
    second.write_bytes(second.read_bytes() + b"torn")

    reopen(home)

    assert titles(home) == [*THREE, "Bài 3"]
    assert not faults(home.warc)


def test_a_closed_segment_with_foreign_bytes_at_its_end_is_named_and_not_cut(tmp_path):
    with writing(tmp_path) as (archive, run):
        keep(archive, run, exchange("/a", page("Một")))
    (segment,) = (tmp_path / "warc").iterdir()
    segment.write_bytes(segment.read_bytes() + b"more")

    with pytest.raises(ArchiveDamaged) as caught:
        reopen(Home(tmp_path))

    assert str(segment) in english(caught.value.said)
    assert f"offset {segment.stat().st_size - 4}" in english(caught.value.said)
    assert segment.read_bytes().endswith(b"more")


def test_a_segment_that_lost_what_the_catalogue_knows_is_named(tmp_path):
    with writing(tmp_path) as (archive, run):
        keep(archive, run, exchange("/a", page("Một")))
    (segment,) = (tmp_path / "warc").iterdir()
    segment.write_bytes(segment.read_bytes()[:-5])

    with pytest.raises(ArchiveDamaged) as caught:
        reopen(Home(tmp_path))

    assert str(segment) in english(caught.value.said)
    assert caught.value.hint


@pytest.mark.parametrize("lost", [5, 400, "all"])
def test_an_open_segment_that_lost_what_the_catalogue_knows_gives_what_it_still_holds(
    tmp_path, lost
):
    """A disk that lied about what it had synced: the WARC counts, not the catalogue."""
    home, segment = a_crash(tmp_path)
    whole = segment.read_bytes()
    segment.write_bytes(whole[: 0 if lost == "all" else len(whole) - lost])

    reopen(home)

    assert titles(home) == ([] if lost == "all" else THREE[:2])
    assert not faults(home.warc)
    before = dump_of(home)
    with Archive(home, JsonExtract()) as archive:
        archive.rebuild()
    assert dump_of(home) == before


def test_an_open_segment_whose_committed_end_is_zeroed_gives_what_it_still_holds(tmp_path):
    home, segment = a_crash(tmp_path)
    whole = segment.read_bytes()
    segment.write_bytes(whole[:-300] + bytes(300))

    reopen(home)

    assert titles(home) == THREE[:2]
    assert not faults(home.warc)


@pytest.mark.parametrize("content", [b"no WARC at all", b"", b"\x1f\x8b\x08 not gzip"])
def test_a_foreign_file_among_the_segments_is_named_and_stops_nothing(tmp_path, content):
    with writing(tmp_path):
        pass
    foreign = tmp_path / "warc" / "downloads.warc.gz"
    foreign.write_bytes(content)

    (said,) = reopen(Home(tmp_path)).refused

    assert str(foreign) in english(said)
    assert "elsewhere" in english(said)
    assert foreign.read_bytes() == content


def test_a_warc_of_another_program_among_the_segments_is_named_and_stops_nothing(tmp_path):
    from warcio.warcwriter import WARCWriter

    with writing(tmp_path):
        pass
    foreign = tmp_path / "warc" / "wget.warc.gz"
    with foreign.open("wb") as out:
        writer = WARCWriter(out)
        writer.write_record(writer.create_warcinfo_record("wget.warc.gz", {"software": "x"}))

    (said,) = reopen(Home(tmp_path)).refused

    assert str(foreign) in english(said)
    assert "elsewhere" in english(said)
    (damage,) = Verification(Home(tmp_path)).damages()
    assert damage.file == foreign.name


def test_a_copy_of_a_segment_beside_it_is_named_and_nothing_counts_twice(tmp_path):
    with writing(tmp_path) as (archive, run):
        keep(archive, run, exchange("/a", page("Một")))
    (segment,) = (tmp_path / "warc").iterdir()
    copy = segment.with_name("copy-of-" + segment.name)
    copy.write_bytes(segment.read_bytes())

    (said,) = reopen(Home(tmp_path)).refused

    assert str(copy) in english(said)
    assert titles(Home(tmp_path)) == ["Một"]
    (damage,) = Verification(Home(tmp_path)).damages()
    assert damage.file == copy.name


@pytest.fixture
def no_space(monkeypatch):
    """From a call on, the disk takes only so many bytes more."""

    def after(limit):
        write = segments.SegmentWriter._write_all
        left = [limit]

        def write_some(segment, data):
            write(segment, data[: left[0]])
            if len(data) > left[0]:
                left[0] = 0
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            left[0] -= len(data)

        monkeypatch.setattr(segments.SegmentWriter, "_write_all", write_some)

    return after


@pytest.mark.parametrize("room", [0, 1, 700, 1500])
def test_a_full_disk_is_said_and_takes_nothing_that_was_acknowledged(tmp_path, no_space, room):
    home = Home(tmp_path)
    with Archive(home, JsonExtract()) as archive:
        run = archive.begin_run({"id": "mau"})
        keep(archive, run, exchange("/0", page("Bài 0", id="0")))
        (segment,) = home.warc.iterdir()
        whole = segment.read_bytes()
        no_space(room)
        with pytest.raises(StorageFailed) as caught:  # noqa: PT012 (any of them may be the one)
            for number in range(1, 9):
                keep(archive, run, exchange(f"/{number}", page(f"Bài {number}", id=str(number))))
                whole = segment.read_bytes()
        assert "No space" in english(caught.value.said)
        assert str(segment) in english(caught.value.said)
        assert segment.read_bytes() == whole

    acknowledged = titles(home)
    assert "Bài 0" in acknowledged
    reopen(home)
    assert titles(home) == acknowledged
    assert not faults(home.warc)


IN_LITTLE_ROOM = """
import resource, signal, sys
from pathlib import Path
from support.keeping import JsonExtract, exchange, keep, page
from archive.ground.errors import StorageFailed
from archive.ground.home import Home
from archive.store import Archive
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), resource.RLIM_INFINITY))
try:
    with Archive(Home(Path(sys.argv[1])), JsonExtract()) as archive:
        run = archive.begin_run({"id": "mau"})
        for number in range(400):
            body = page(f"Bài {number}", id=str(number), blocks=["x" * 500])
            keep(archive, run, exchange(f"/{number}", body))
            print(number, flush=True)
except StorageFailed as error:
    print("StorageFailed", error.said)
"""


def fill(folder, size):
    """Keep pages until there is no room; the titles that were acknowledged."""
    done = subprocess.run(
        [sys.executable, "-P", "-c", IN_LITTLE_ROOM, str(folder), str(size)],
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    *numbers, last = done.stdout.splitlines()
    assert last.startswith("StorageFailed"), done.stdout + done.stderr
    return {f"Bài {number}" for number in numbers}


def check_what_was_acknowledged(home, acknowledged):
    reopen(home)
    held = titles(home)
    assert len(acknowledged) < 400
    assert set(held) >= acknowledged
    assert len(held) <= len(acknowledged) + 1
    assert not faults(home.warc)


@pytest.mark.parametrize("size", [0, 30_000, 150_000, 300_000, 420_000])
def test_files_that_cannot_grow_stop_the_archive_and_harm_nothing(tmp_path, size):
    """Segment, catalogue or write-ahead log: whichever is full first."""
    check_what_was_acknowledged(Home(tmp_path), fill(tmp_path, size))


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can mount a small disk")
@pytest.mark.parametrize("size", ["150k", "300k", "450k"])
def test_a_disk_that_is_really_full_harms_nothing(tmp_path, size):
    small = tmp_path / "small"
    small.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(small)]
    if subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("this machine does not let root mount a small disk")
    try:
        acknowledged = fill(small / "home", -1)
        larger = ["mount", "-o", "remount,size=9m", str(small)]
        subprocess.run(larger, check=True, capture_output=True)
        check_what_was_acknowledged(Home(small / "home"), acknowledged)
    finally:
        subprocess.run(["umount", str(small)], check=True)


def refuse(*_):
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_a_rolled_segment_that_cannot_be_begun_is_said(tmp_path, monkeypatch):
    monkeypatch.setattr(run_module, "SEGMENT_LIMIT", 100)
    home = Home(tmp_path)
    with Archive(home, JsonExtract()) as archive:
        run = archive.begin_run({"id": "mau"})
        keep(archive, run, exchange("/0", page("Bài 0", id="0")))
        with monkeypatch.context() as full:
            full.setattr(segments, "sync_folder", refuse)
            with pytest.raises(StorageFailed):
                keep(archive, run, exchange("/1", page("Bài 1", id="1")))

    reopen(home)
    assert titles(home) == ["Bài 0"]
    assert not faults(home.warc)


def test_a_disk_too_full_to_mend_the_archive_is_said_and_mended_later(tmp_path, monkeypatch):
    home, segment = a_crash(tmp_path)
    segment.write_bytes(segment.read_bytes() + b"torn")
    with monkeypatch.context() as full:
        full.setattr(segment_files, "sync_folder", refuse)
        with pytest.raises(StorageFailed):
            reopen(home)

    reopen(home)
    assert titles(home) == THREE
    assert not faults(home.warc)


def test_what_was_cut_aside_twice_does_not_overwrite_the_first_piece(tmp_path):
    home, segment = a_crash(tmp_path)
    end = segment.stat().st_size
    home.aside.mkdir()
    earlier = home.aside / f"{segment.name.removesuffix('.open')}.from-{end}"
    earlier.write_bytes(b"an earlier piece")
    segment.write_bytes(segment.read_bytes() + b"torn")

    reopen(home)

    kept = {path.read_bytes() for path in home.aside.iterdir()}
    assert kept == {b"an earlier piece", b"torn"}


def test_every_record_lies_where_the_catalogue_says(tmp_path):
    home, _ = a_crash(tmp_path)
    reopen(home)

    found = {record.fields["WARC-Record-ID"]: record for record in records(home.warc)}
    with ArchiveReader.open(home) as reader:
        for seq in (1, 2, 3):
            capture = reader.capture(seq)
            record = found[capture.record_id]
            assert (record.offset, record.length) == (capture.offset, capture.length)
            assert record.path.name == capture.segment
