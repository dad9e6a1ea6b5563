"""Commands and pages where the index on a cluster is not as it should be: each says what is so."""

from __future__ import annotations

import os
import shutil
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.ground.home import Home
from archive.reading import ArchiveReader
from support.hdnd import Done, run_hdnd
from support.reader import Visited
from support.small_cluster import SmallCluster

DAMAGED = 13
TAKEN = "is the name of an index that this program did not make"


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[SmallCluster]:
    with SmallCluster() as server:
        monkeypatch.setenv("HDND_INDEX", server.url)
        monkeypatch.setenv("HDND_INDEX_SHARDS", "1")
        yield server


@pytest.fixture(scope="module")
def archives(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two archives of one article each."""
    made = []
    for name in ("home", "other"):
        folder = tmp_path_factory.mktemp(name)
        (folder / "texts").mkdir()
        stamp = "Ngày đăng 05/02/2024 | 17:00 | Lượt xem: 407"
        text = f"Nước sạch\n{stamp}\n\nGiám sát việc cấp nước sạch.\n"
        (folder / "texts" / "1.txt").write_text(text, encoding="utf-8")
        home = folder / "home"
        line = ("demo", "--articles", str(folder / "texts"), "--home", str(home))
        assert run_hdnd(*line).status == 0
        made.append(home)
        time.sleep(1)  # archives that began in one second have one name
    return made[0], made[1]


@pytest.fixture
def home(archives: tuple[Path, Path], tmp_path: Path) -> Path:
    return Path(shutil.copytree(archives[0], tmp_path / "home"))


@pytest.fixture
def other(archives: tuple[Path, Path], tmp_path: Path) -> Path:
    return Path(shutil.copytree(archives[1], tmp_path / "other"))


def run(home: Path, *line: str) -> Done:
    env = {name: os.environ[name] for name in ("HDND_INDEX", "HDND_INDEX_SHARDS")}
    return run_hdnd(*line, home=home, env=env)


def only_article(home: Path) -> str:
    with ArchiveReader.open(Home(home)) as reader:
        (found,) = {record.id for _, _, record in reader.changes(0) if record}
    return found


def test_the_status_says_where_the_index_is(server: SmallCluster, home: Path) -> None:
    assert run(home, "index").status == 0
    told = run(home, "status")
    assert f"up to date (on {server.url})" in told.out
    assert ", index" not in told.out
    values = run(home, "status", "--json").json
    assert (values["index"]["cluster"], values["bytes"]["index"]) == (server.url, None)


@pytest.mark.parametrize("which", ["", "-versions"])
def test_words_that_are_gone_are_missed_and_made_again(
    server: SmallCluster, home: Path, which: str
) -> None:
    assert run(home, "index").status == 0
    (words,) = server.named(f"small{which}-words")
    del server.indexes[words]
    if not which:
        assert "must be built" in run(home, "status").out
    verified = run(home, "verify")
    assert (verified.status, f"small{which}-words" in verified.out) == (DAMAGED, True)
    assert run(home, "withhold", only_article(home), "--reason", "x").status == 0
    (made,) = server.named(f"small{which}-words")
    assert server.indexes[made]["mappings"]["dynamic"] == "strict"
    assert run(home, "verify").status == 0


def test_an_act_is_told_to_be_recorded_where_the_index_is_of_another_archive(
    server: SmallCluster, home: Path, other: Path
) -> None:
    assert run(home, "index").status == 0
    article = only_article(other)
    acted = run(other, "withhold", article, "--reason", "x")
    assert (acted.status, acted.out) == (2, "")
    assert "of another archive" in acted.err
    assert "The act is recorded" in acted.err
    assert "HDND_INDEX" in acted.err
    assert article in run(other, "withhold", "--list").out
    removed = run(other, "remove", article, "--reason", "x", "--yes")
    assert removed.status == 2
    assert "of another archive" in removed.err
    assert article in run(other, "withhold", "--list").out


@pytest.mark.parametrize("name", ["small", "small-versions", "small-attachments-words"])
def test_a_name_that_others_have_is_told_before_anything_is_built(
    server: SmallCluster, home: Path, name: str
) -> None:
    server.make(name)
    for line in (("index",), ("index", "--rebuild"), ("rebuild",)):
        ran = run(home, *line)
        assert ran.status == 2, line
        assert f"{name} {TAKEN}" in ran.err
        assert "Choose another name" in ran.err
    assert [*server.indexes] == [name]
    if name == "small":
        assert f"{name} {TAKEN}" in run(home, "search", "sạch").err
        assert f"{name} {TAKEN}" in run(home, "status").out


def test_a_page_that_needs_no_search_does_not_wait_for_a_cluster_that_hangs(
    server: SmallCluster, home: Path
) -> None:
    assert run(home, "index").status == 0
    with Visited(Home(home)) as reader:
        assert reader.get("/search?q=sach").status == 200
        hangs = threading.Event()
        server.before = lambda path: hangs.wait(60)
        try:
            asked = len(server.asked)
            for path in ("/", "/about", "/changes", "/help", f"/articles/{only_article(home)}"):
                assert reader.get(path).status == 200
            assert len(server.asked) == asked
            for path in ("/search?q=sach", "/search.json?q=sach", "/healthz"):
                answered = reader.get(path)
                assert answered.status == 503
                assert "Retry-After" in answered.headers
            assert "search index cannot be used" in reader.get("/search?q=xanh&lang=en").text
            assert "too long" not in reader.get("/search?q=xanh&lang=en").text
            asked = len(server.asked)
            reader.get("/search?q=sach")
            assert len(server.asked) == asked
            assert "cannot answer now" in reader.get("/status?lang=en").text
        finally:
            hangs.set()


def test_a_page_says_so_too_where_the_cluster_is_away_or_of_another_archive(
    server: SmallCluster, home: Path, other: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run(other, "index").status == 0
    with Visited(Home(home)) as reader:
        assert reader.get("/search?q=sach").status == 503
        monkeypatch.setenv("HDND_INDEX", "opensearch://127.0.0.1:9/small")
        assert reader.get("/search?q=sach").status == 503
        assert reader.get("/").status == 200
