"""A disk that fails or is full at any write or sync: said as that, and nothing is lost."""

from __future__ import annotations

import errno
import io
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from archive.backup import back_up
from archive.catalogue.queries.withholding import Act, acts
from archive.export import Selection, selected, write_bag, write_wacz
from archive.fixity.repair import repair
from archive.fixity.verify import Verification
from archive.ground.errors import StorageFailed, UsageError
from archive.ground.home import Home
from archive.reading import ArchiveReader
from archive.store import Archive
from archive.withholding import record_act
from hdnd.usecases.index_documents import watermark_of
from hdnd.usecases.indexing import update_index
from indexer import SearchIndex
from support.foreign import Warc, captures, take, titles
from support.keeping import JsonExtract, dump_of, exchange, keep, page, writing


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Home:
    home = Home(tmp_path_factory.mktemp("made") / "home")
    for night in range(2):
        with writing(home) as (archive, run):
            keep(archive, run, exchange("/1", page(f"Đêm {night}", id="1"), minutes=night))
    update_index(home)
    return home


@contextmanager
def failing(number: int, code: int) -> Iterator[Callable[[], int]]:
    """The sync or write of this number fails, once; gives how many there were."""
    steps = 0
    patch = pytest.MonkeyPatch()
    sync, real = os.fsync, Path.open

    def fail() -> None:
        nonlocal steps
        steps += 1
        if steps == number:
            raise OSError(code, os.strerror(code))

    def watched(descriptor: int) -> None:
        fail()
        sync(descriptor)

    class Raw(io.FileIO):
        def write(self, data: object) -> int:
            fail()
            return super().write(data)  # type: ignore[arg-type]

    def opened(path: Path, mode: str = "r", buffering: int = -1, *args: object, **more: object):  # type: ignore[no-untyped-def]
        if "b" in mode and set(mode) & set("wxa+"):
            raw = Raw(path, mode.replace("b", ""))
            if buffering == 0:
                return raw
            return io.BufferedRandom(raw) if "+" in mode else io.BufferedWriter(raw)
        return real(path, mode, buffering, *args, **more)

    patch.setattr(os, "fsync", watched)
    patch.setattr(Path, "open", opened)
    try:
        yield lambda: steps
    finally:
        patch.undo()


def crawl(home: Home) -> None:
    with writing(home) as (archive, run):
        keep(archive, run, exchange("/2", page("Mới", id="2"), minutes=9))


def rebuild(home: Home) -> None:
    with Archive(home, JsonExtract(), make_anew=True):
        pass


def mend(home: Home) -> None:
    repair(home, JsonExtract())


def mend_damage(home: Home) -> None:
    repair(home, JsonExtract())


def spoil(home: Home) -> None:
    path = sorted(home.warc.iterdir())[0]
    data = bytearray(path.read_bytes())
    data[-40] ^= 1
    path.write_bytes(data)


def copy(home: Home) -> None:
    back_up(home, home.path.parent / "copy")


def package(home: Home) -> None:
    with ArchiveReader.open(home) as reader, selected(reader, Selection()) as chosen:
        write_bag(chosen, home.path.parent / "bag", title="Mẫu")
        write_wacz(chosen, home.path.parent / "a.wacz", title="Mẫu")


def take_in(home: Home) -> None:
    take(home, home.path.parent / "foreign.warc.gz")


def withhold(home: Home) -> None:
    with Archive(home, JsonExtract()) as archive:
        record_act(archive, "mau-1", Act.WITHHOLD, reason="Theo yêu cầu")


def index(home: Home) -> None:
    crawl(home)
    update_index(home)


def index_anew(home: Home) -> None:
    update_index(home, rebuild=True)


WORK = [crawl, rebuild, mend, mend_damage, copy, package, take_in, withhold, index, index_anew]


def run_with(made: Home, folder: Path, work: Callable[[Home], None], number: int, code: int) -> int:
    home = Home(folder / "home")
    shutil.copytree(made.path, home.path)
    foreign = Warc().response("/9", page("Từ nơi khác", id="9"))
    foreign.response("/10", page("Nữa", id="10")).save(folder / "foreign.warc.gz")
    before = dump_of(home)
    if work is mend_damage:
        spoil(home)
    with failing(number, code) as steps:
        try:
            work(home)
        except StorageFailed as error:
            assert error.hint  # noqa: PT017
        taken = steps()
    if work in (index, index_anew):
        assert_searched(home)
    if work is mend_damage:
        mend(home)
    with Archive(home, JsonExtract()):
        pass
    assert list(Verification(home, JsonExtract()).damages()) == [], number
    if work is not mend_damage:
        assert set(before) - set(dump_of(home)) <= {
            line for line in before if line.startswith(("page", "change"))
        }
    if work in (take_in, withhold):
        assert_goes_on(home, work)
    if number and work in (copy, package):
        left = {path.name for path in folder.iterdir()} - {"home", "foreign.warc.gz"}
        assert left <= {"copy", "bag", "a.wacz"}
    shutil.rmtree(folder)
    return taken


def assert_searched(home: Home) -> None:
    """The index is as it was or as it should be, and becomes what it should be."""
    with SearchIndex.open(home.index) as there:
        assert there.search("đêm").total == 1
    update_index(home)
    with SearchIndex.open(home.index) as there, ArchiveReader.open(home) as reader:
        there.verify()
        assert there.watermark == watermark_of(reader)
        assert there.search("đêm").total == 1


def assert_goes_on(home: Home, work: Callable[[Home], None]) -> None:
    """Asked for once more, what was cut off is done; what was done is not done twice."""
    with suppress(UsageError):
        work(home)
    with ArchiveReader.open(home) as reader:
        if work is withhold:
            assert [act.article for act in acts(reader.catalogue)] == ["mau-1"]
    if work is take_in:
        assert titles(home) == ["Nữa", "Từ nơi khác", "Đêm 1"]
        assert len(captures(home)) == 4


@pytest.mark.parametrize("work", WORK)
def test_a_sync_or_write_that_fails_is_said_and_loses_nothing(made, tmp_path, work):
    steps = run_with(made, tmp_path / "0", work, 0, errno.EIO)
    for number in range(1 + steps % 2, steps + 1, 4):
        code = errno.EIO if number % 3 else errno.ENOSPC
        run_with(made, tmp_path / str(number), work, number, code)


@pytest.mark.soak
@pytest.mark.parametrize("code", [errno.EIO, errno.ENOSPC])
@pytest.mark.parametrize("work", WORK)
def test_the_same_at_every_sync_and_write(made, tmp_path, work, code):
    for number in range(run_with(made, tmp_path / "0", work, 0, code) + 1):
        run_with(made, tmp_path / f"at-{number}", work, number, code)


@pytest.mark.parametrize("code", [errno.EIO, errno.ESTALE, errno.EUCLEAN, errno.ENOTCONN])
def test_an_index_that_cannot_be_read_is_named(
    made: Home, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    def pread(file: int, number: int, place: int) -> bytes:
        raise OSError(code, os.strerror(code))

    with SearchIndex.open(made.index) as index:
        monkeypatch.setattr(os, "pread", pread)
        with pytest.raises(StorageFailed, match=str(made.index)):
            index.search("đêm")
