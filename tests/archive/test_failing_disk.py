"""A disk that fails or is full at any write or sync: said as that, and nothing is lost."""

from __future__ import annotations

import errno
import io
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from archive.backup import back_up
from archive.export import Selection, selected, write_bag, write_wacz
from archive.fixity.repair import repair
from archive.fixity.verify import Verification
from archive.ground.errors import StorageFailed
from archive.ground.home import Home
from archive.reading import ArchiveReader
from archive.store import Archive
from support.keeping import JsonExtract, dump_of, exchange, keep, page, writing


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Home:
    home = Home(tmp_path_factory.mktemp("made") / "home")
    for night in range(2):
        with writing(home) as (archive, run):
            keep(archive, run, exchange("/1", page(f"Đêm {night}", id="1"), minutes=night))
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


WORK = [crawl, rebuild, mend, mend_damage, copy, package]


def run_with(made: Home, folder: Path, work: Callable[[Home], None], number: int, code: int) -> int:
    home = Home(folder / "home")
    shutil.copytree(made.path, home.path)
    before = dump_of(home)
    if work is mend_damage:
        spoil(home)
    with failing(number, code) as steps:
        try:
            work(home)
        except StorageFailed as error:
            assert error.hint  # noqa: PT017
        taken = steps()
    if work is mend_damage:
        mend(home)
    with Archive(home, JsonExtract()):
        pass
    assert list(Verification(home, JsonExtract()).damages()) == [], number
    if work is not mend_damage:
        assert set(before) - set(dump_of(home)) <= {line for line in before if "page" in line}
    if number and work in (copy, package):
        left = {path.name for path in folder.iterdir()} - {"home"}
        assert left <= {"copy", "bag", "a.wacz"}
    shutil.rmtree(folder)
    return taken


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
