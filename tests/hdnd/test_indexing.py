"""What stands in the archive is what can be found: the index follows each change, no other."""

from __future__ import annotations

from pathlib import Path

import pytest

from archive.ground.home import Home
from archive.ground.message import Message
from archive.reading import ArchiveReader
from hdnd.usecases.indexing import freshness, update_index
from hdnd.views.index import Freshness, Indexed
from indexer import SearchIndex
from support.keeping import JsonExtract, exchange, keep, page, writing


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


def found(home: Home, query: str) -> list[str]:
    with SearchIndex.open(home.index) as index:
        return [hit.id for hit in index.search(query).hits]


def stands(home: Home) -> Freshness:
    with ArchiveReader.open(home) as reader:
        return freshness(home, reader)


def test_an_update_reads_what_changed_and_nothing_else(home: Home) -> None:
    with writing(home) as (archive, run):
        keep(archive, run, exchange("/a", page("Nước sạch", id="1")))
        keep(archive, run, exchange("/b", page("Cây xanh", id="2")))
        assert update_index(home).put_in == 2
        keep(archive, run, exchange("/b", page("Cây xanh đô thị", id="2"), minutes=1))
        assert stands(home) == Freshness(1)
        read: list[tuple[int, int]] = []
        done = update_index(home, on_progress=lambda at, total: read.append((at, total)))
    assert (done, read) == (Indexed(1, 0), [(1, 1)])
    assert found(home, "đô thị") == ["mau-2"]
    assert stands(home) == Freshness(0)
    assert update_index(home) == Indexed(0, 0)


def test_a_view_count_is_no_change_to_the_index(home: Home) -> None:
    with writing(home) as (archive, run):
        keep(archive, run, exchange("/a", page("Nước sạch", id="1", views=1)))
        update_index(home)
        keep(archive, run, exchange("/a", page("Nước sạch", id="1", views=2), minutes=1))
    assert stands(home) == Freshness(0)


def test_an_article_that_turns_out_to_be_another_is_taken_out(home: Home) -> None:
    with writing(home) as (archive, run):
        keep(archive, run, exchange("/a", page("Nước sạch")))
        update_index(home)
        (old,) = found(home, "nước sạch")
        keep(archive, run, exchange("/a", page("Nước sạch", id="1"), minutes=1))
    done = update_index(home)
    assert (done.put_in, done.taken_out) == (1, 1)
    assert found(home, "nước sạch") == ["mau-1"] != [old]


def test_another_extraction_rule_means_a_new_index(home: Home) -> None:
    with writing(home) as (archive, run):
        keep(archive, run, exchange("/a", page("Nước sạch", id="1")))
    update_index(home)
    with writing(home, JsonExtract(2, shout=True)):
        pass
    assert stands(home).rebuild == Message("usecases.another-rule")
    assert update_index(home).why == Message("usecases.another-rule")
    with SearchIndex.open(home.index) as index:
        assert index.search("nước sạch").hits[0].title == "NƯỚC SẠCH"


def test_an_index_that_was_not_asked_for_is_not_built_twice(home: Home) -> None:
    with writing(home) as (archive, run):
        keep(archive, run, exchange("/a", page("Nước sạch", id="1")))
    assert update_index(home).why == Message("usecases.no-index-before")
    assert not update_index(home).rebuilt
    assert update_index(home, rebuild=True) == Indexed(1, 0, rebuilt=True)


def test_an_archive_without_articles_has_an_empty_index(home: Home) -> None:
    with writing(home):
        pass
    assert update_index(home).put_in == 0
    assert found(home, "nước") == []
    assert stands(home) == Freshness(0)
