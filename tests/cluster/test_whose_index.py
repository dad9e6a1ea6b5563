"""An index on a cluster is of one archive, and of what that archive still has."""

from __future__ import annotations

from pathlib import Path

import pytest

from archive.ground.configuration import VARIABLES
from archive.ground.errors import IndexOfAnother, UsageError
from archive.ground.home import Home
from archive.ground.message import Message
from archive.reading import ArchiveReader
from archive.warc import manifest
from hdnd.usecases.index_places import STANDING, VERSIONS, opened
from hdnd.usecases.indexing import freshness, known_freshness, update_index
from support.hdnd import run_hdnd
from support.keeping import SITE, exchange, keep, page, writing
from support.opensearch import Nodes


@pytest.fixture(autouse=True)
def address(three_nodes: Nodes, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> str:
    for variable in VARIABLES["index"].values():
        monkeypatch.delenv(variable, raising=False)
    name = f"whose-{tmp_path.parent.name}-{tmp_path.name}".replace("_", "-").lower()
    found = f"opensearch://{three_nodes.hosts}/{name}"
    monkeypatch.setenv("HDND_INDEX", found)
    monkeypatch.setenv("HDND_INDEX_SHARDS", "1")
    monkeypatch.setenv("HDND_INDEX_REPLICAS", "0")
    return found


def archive(path: Path, title: str, site: str = "mau") -> Home:
    home = Home(path)
    with writing(home, site={**SITE, "id": site}) as (store, run):
        keep(store, run, exchange("/a", page(title, id="1")))
        keep(store, run, exchange("/a", page(f"{title} đô thị", id="1"), minutes=1))
    return home


def found(home: Home, query: str) -> list[str]:
    with opened(home, STANDING) as index:
        return [hit.title for hit in index.search(query).hits]


def test_the_name_of_another_archive_is_refused_until_it_is_taken_over(
    tmp_path: Path, address: str
) -> None:
    one = archive(tmp_path / "one", "Nước sạch")
    other = archive(tmp_path / "other", "Cây xanh", "khac")
    update_index(one)
    for act in (lambda: update_index(other), lambda: update_index(other, rebuild=True)):
        with pytest.raises(IndexOfAnother) as raised:
            act()
        assert raised.value.said.values["archive"] == manifest.origin(one)
    with ArchiveReader.open(other) as reader:
        unanswered = known_freshness(other, reader).unanswered
    assert unanswered is not None
    assert unanswered.code == "indexer.index-of-another-archive"
    assert found(one, "nước") == ["Nước sạch đô thị"]
    with pytest.raises(IndexOfAnother):
        found(other, "nước")
    for language, told in (("en", "--rebuild"), ("vi", "kho lưu trữ khác")):
        ran = run_hdnd(
            "search", "nước", "--lang", language, home=other.path, env={"HDND_INDEX": address}
        )
        assert (ran.status, ran.out) == (2, "")
        assert told in ran.err
    ran = run_hdnd("index", "--rebuild", home=other.path, env={"HDND_INDEX": address})
    assert ran.status == 0, ran.err
    for which in (STANDING, VERSIONS):
        with opened(other, which) as index:
            assert index.source_state == manifest.head(other)
    with pytest.raises(IndexOfAnother):
        update_index(one)


def test_an_archive_that_lost_segments_does_not_keep_the_index_of_them(tmp_path: Path) -> None:
    home = archive(tmp_path / "home", "Nước sạch")
    before = home.manifest.read_bytes()
    with writing(home) as (store, run):
        keep(store, run, exchange("/b", page("Cây xanh", id="2"), minutes=61))
    update_index(home)
    with writing(home) as (store, run):
        keep(store, run, exchange("/c", page("Rác thải", id="3"), minutes=121))
    with ArchiveReader.open(home) as reader:
        assert freshness(home, reader).behind == 1
        home.manifest.write_bytes(before)
        why = Message("usecases.index-of-lost-segments")
        assert freshness(home, reader).rebuild == why
    assert update_index(home).why == why
    assert not update_index(home).rebuilt


def test_an_index_is_laid_out_as_it_is_set(
    tmp_path: Path, three_nodes: Nodes, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = archive(tmp_path / "home", "Nước sạch")
    monkeypatch.delenv("HDND_INDEX_SHARDS")
    (home.path / "hdnd.toml").write_text("[index]\nshards = 2\n", encoding="ascii")
    update_index(home)
    (settings,) = three_nodes.ask(f"{address.rpartition('/')[2]}/_settings").values()
    assert settings["settings"]["index"]["number_of_shards"] == "2"
    assert settings["settings"]["index"]["number_of_replicas"] == "0"
    assert found(home, "sạch") == ["Nước sạch đô thị"]
    monkeypatch.setenv("HDND_INDEX_REPLICAS", "many")
    with pytest.raises(UsageError):
        update_index(home)
