"""A commit survives: a writer killed between any two steps leaves the old state or the new."""

from __future__ import annotations

import os
import random
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from archive.ground.errors import IndexUnusable
from indexer import Document, SearchIndex

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="kills a forked process")


def document(identity: str, text: str) -> Document:
    return Document(identity, text, None, (text,), None, "s", None, "u")


def dies_at(step: int, work: Callable[[], Any]) -> bool:
    """Do the work in a child that ends at once before its n-th step on disk; whether it did."""
    child = os.fork()
    if child == 0:
        left = step

        def before(function: Callable[..., Any]) -> Callable[..., Any]:
            def stepping(*args: Any, **kwargs: Any) -> Any:
                nonlocal left
                left -= 1
                if left < 0:
                    os._exit(9)
                return function(*args, **kwargs)

            return stepping

        for name in ("fsync", "rename", "replace", "remove", "unlink", "rmdir", "mkdir"):
            setattr(os, name, before(getattr(os, name)))
        try:
            work()
        finally:
            os._exit(0)
    return os.waitpid(child, 0)[1] != 0


def states(index: SearchIndex) -> tuple[int | None, int, int, int]:
    words = ("trước", "sau", "mới")
    return (index.watermark, *(index.count(word) for word in words))  # type: ignore[return-value]


BEFORE = (1, 3, 0, 0)
AFTER = (2, 2, 1, 1)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "index"
    documents = [document(f"n{number}", "trước") for number in range(3)]
    SearchIndex.open(path, create=True).update(documents, watermark=1)
    return path


def change(path: Path) -> None:
    with SearchIndex.open(path) as index:
        index.update([document("n0", "sau"), document("n9", "mới")], watermark=2)


def test_a_writer_killed_at_any_step_leaves_the_old_state_or_the_new(path: Path) -> None:
    seen = set()
    for step in range(200):
        killed = dies_at(step, lambda: change(path))
        assert all(file.is_file() for file in path.iterdir())
        with SearchIndex.open(path) as index:
            seen.add(states(index))
            assert states(index) in (BEFORE, AFTER)
        # Whatever was left lying about does not stop the next writer.
        with SearchIndex.open(path) as index:
            index.update([document("n0", "trước")], remove=["n9"], watermark=1)
            assert states(index) == BEFORE
        if not killed:
            break
    assert not killed
    assert seen == {BEFORE, AFTER}


def test_a_replacement_killed_at_any_step_leaves_the_old_state_or_the_new(path: Path) -> None:
    documents = [document("n0", "sau"), document("n1", "trước trước"), document("n9", "mới")]
    documents += [document("n2", "trước")]
    seen = set()
    for step in range(200):
        killed = dies_at(step, lambda: SearchIndex.replace(path, documents, watermark=2).close())
        with SearchIndex.open(path) as index:
            seen.add(states(index))
            assert states(index) in (BEFORE, AFTER)
        if not killed:
            break
    assert not killed
    assert seen == {BEFORE, AFTER}


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(20))
def test_many_kills_in_a_row_lose_no_acknowledged_commit(path: Path, seed: int) -> None:
    chance = random.Random(seed)
    acknowledged = 1
    for number in range(2, 40):
        with SearchIndex.open(path) as index:
            assert index.watermark in (acknowledged, acknowledged + 1)
            acknowledged = index.watermark or 0

        def work(mark: int = acknowledged + 1, number: int = number) -> None:
            with SearchIndex.open(path) as index:
                index.update([document(f"m{number}", "mới")], watermark=mark)

        if not dies_at(chance.randrange(40), work):
            acknowledged += 1
    with SearchIndex.open(path) as index:
        assert index.watermark in (acknowledged, acknowledged + 1)


def test_an_index_in_a_folder_that_can_not_be_written_is_searched(path: Path) -> None:
    names = sorted(file.name for file in path.iterdir())
    path.chmod(0o555)
    try:
        with SearchIndex.open(path) as index:
            assert states(index) == BEFORE
    finally:
        path.chmod(0o755)
    assert sorted(file.name for file in path.iterdir()) == names


@pytest.mark.parametrize("ending", [".words", ".documents", ".json"])
def test_a_pipe_in_place_of_a_file_is_named_and_not_waited_for(tmp_path: Path, ending: str) -> None:
    folder = tmp_path / "index"
    SearchIndex.replace(folder, [document("a", "chợ Cầu Mây")]).close()
    (file,) = folder.glob(f"*{ending}")
    file.unlink()
    os.mkfifo(file)
    with pytest.raises(IndexUnusable):
        SearchIndex.open(folder)
