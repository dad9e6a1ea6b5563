"""A segment that is closed between two looks at it: a reader sees it before, or after."""

from __future__ import annotations

import builtins
import io
import os
from contextlib import ExitStack, contextmanager

import pytest

from archive.backup import back_up
from archive.export import Selection, selected, to_json_lines
from archive.export.bagit import write_bag
from archive.fixity.verify import Verification
from archive.ground.home import Home
from archive.reading import ArchiveReader
from support.codes import english
from support.keeping import JsonExtract, exchange, keep, page, writing


@contextmanager
def at_look(number, home, act):
    """Do `act` right before the look of this number at the folder of the segments, once."""
    looks, waiting = 0, [act]
    patch = pytest.MonkeyPatch()

    def watched(look):
        def watching(path, *args, **kwargs):
            nonlocal looks
            if isinstance(path, (str, os.PathLike)) and str(path).startswith(str(home.warc)):
                looks += 1
                if looks == number:
                    waiting.pop()()
            return look(path, *args, **kwargs)

        return watching

    for module, name in ((os, "stat"), (os, "listdir"), (io, "open"), (builtins, "open")):
        patch.setattr(module, name, watched(getattr(module, name)))
    try:
        yield lambda: looks
    finally:
        patch.undo()


def verify(home, folder):
    check = Verification(home, JsonExtract())
    assert [english(damage.what) for damage in check.damages()] == []
    assert check.behind == []


def copy(home, folder):
    back_up(home, folder / "copy")
    verify(Home(folder / "copy"), folder)


def export(home, folder):
    with ArchiveReader.open(home) as reader, selected(reader, Selection()) as chosen:
        assert len(list(to_json_lines(chosen))) == 1
        write_bag(chosen, folder / "bag", title="Mẫu")


def read(home, folder):
    with ArchiveReader.open(home) as reader:
        assert reader.stored(reader.capture(1)).body == page("Một", id="1")
        assert reader.status().warc_bytes > 0


def run_with(work, folder, number):
    home = Home(folder / "home")
    with ExitStack() as writer:
        archive, run = writer.enter_context(writing(home))
        keep(archive, run, exchange("/1", page("Một", id="1")))
        with at_look(number, home, writer.close) as looks:
            work(home, folder)
        return looks()


WORKS = [copy, verify, export, read]


@pytest.mark.parametrize("work", WORKS)
def test_nothing_is_missed_or_accused_that_is_closed_while_it_is_looked_at(work, tmp_path):
    looks = run_with(work, tmp_path / "0", 0)
    for number in range(1, looks + 1, 2):
        run_with(work, tmp_path / str(number), number)


@pytest.mark.soak
@pytest.mark.parametrize("work", WORKS)
def test_the_same_at_every_look(work, tmp_path):
    for number in range(run_with(work, tmp_path / "0", 0) + 1):
        run_with(work, tmp_path / f"at-{number}", number)
