"""What has the name of an index is ours and whole, or it is said so before anything is done."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from archive.ground.errors import HdndError, IndexOfAnother, IndexTooNew, IndexUnusable
from indexer.documents import Document
from indexer.engines.opensearch.aliases import clear_away
from indexer.engines.opensearch.client import Cluster
from indexer.engines.opensearch.index import OpenSearchIndex
from indexer.engines.opensearch.index_source import IndexSource
from indexer.engines.opensearch.terms import Terms
from indexer.engines.opensearch.writer_lock import writing
from support.small_cluster import SmallCluster

OURS = Terms(source=IndexSource("archive-1", "state-1"), shards=1)
ONE = Document("mau-1", "Giám sát chợ", None, (), None, "mau", None, "https://mau.example/1")
OTHER = ONE._replace(id="mau-2", title="Cây xanh đô thị")


@pytest.fixture
def server() -> Iterator[SmallCluster]:
    with SmallCluster() as server:
        yield server


@pytest.fixture
def built(server: SmallCluster) -> SmallCluster:
    build(server)
    return server


def build(server: SmallCluster, terms: Terms = OURS) -> None:
    OpenSearchIndex.replace(server.url, [ONE], watermark=5, terms=terms).close()


def refused(server: SmallCluster) -> HdndError:
    with pytest.raises(HdndError) as raised:
        OpenSearchIndex.open(server.url, terms=OURS)
    assert raised.value.hint
    return raised.value


def test_a_name_that_leads_to_two_indexes_names_both_and_is_mended(built: SmallCluster) -> None:
    (own,) = built.named("small")
    second = "small-a13-20260101000000-0123abcd"
    built.make(second, {"aliases": {"small": {}}})
    error = refused(built)
    assert isinstance(error, IndexUnusable)
    assert error.said.values["indexes"] == f"{second}, {own}"
    build(built)
    assert "small" not in built.indexes[second]["aliases"]
    OpenSearchIndex.open(built.url, terms=OURS).close()


def test_a_name_that_an_index_of_others_has_besides_is_not_taken_from_it(
    built: SmallCluster,
) -> None:
    built.make("foreign", {"aliases": {"small": {}}})
    before = built.indexes["foreign"]
    assert isinstance(refused(built), IndexOfAnother)
    with pytest.raises(IndexOfAnother):
        build(built, OURS._replace(take_over=True))
    assert built.indexes["foreign"] == before
    assert "small" in before["aliases"]


@pytest.mark.parametrize("what", ["analysis", "document_form"])
def test_an_older_release_neither_searches_nor_replaces_what_a_newer_one_wrote(
    built: SmallCluster, what: str
) -> None:
    (own,) = built.named("small")
    built.indexes[own]["mappings"]["_meta"][what] += 1
    error = refused(built)
    assert isinstance(error, IndexTooNew)
    assert error.exit_code == 7
    with pytest.raises(IndexTooNew):
        build(built)
    assert built.named("small") == [own]
    build(built, OURS._replace(take_over=True))
    assert built.named("small") != [own]


def test_the_index_of_an_older_release_is_built_anew(built: SmallCluster) -> None:
    (own,) = built.named("small")
    del built.indexes[own]["mappings"]["_meta"]["document_form"]
    assert isinstance(refused(built), IndexUnusable)
    build(built)
    OpenSearchIndex.open(built.url, terms=OURS).close()


@pytest.mark.parametrize("what", ["index", "alias", "way in"])
@pytest.mark.parametrize("ending", ["", "-words"])
def test_a_part_that_is_gone_is_missed_and_made_again_with_its_mapping(
    built: SmallCluster, what: str, ending: str
) -> None:
    (own,) = built.named(f"small{ending}")
    if what == "index":
        del built.indexes[own]
    else:
        del built.indexes[own]["aliases"][own + "-put" if what == "way in" else f"small{ending}"]
    assert isinstance(refused(built), IndexUnusable)
    build(built)
    for alias in ("small", "small-words"):
        (made,) = built.named(alias)
        assert built.indexes[made]["mappings"]["dynamic"] == "strict"
    assert sorted(built.indexes) == sorted(
        [*built.named("small"), *built.named("small-words"), "small-lock"]
    )


def test_nothing_that_is_put_in_makes_an_index_anew(built: SmallCluster) -> None:
    (words,) = built.named("small-words")
    with OpenSearchIndex.open(built.url, terms=OURS) as index:
        del built.indexes[words]
        with pytest.raises(IndexUnusable):
            index.update([OTHER], watermark=6)
        assert index.watermark == 5
    assert words not in built.indexes
    assert isinstance(refused(built), IndexUnusable)


def test_only_what_says_that_it_is_ours_is_thrown_away(built: SmallCluster) -> None:
    junk = "small-words-a13-20260101000000-0123abcd"
    built.make(junk)
    half_built = "small-a13-20260101000000-0123abcd"
    about = {"mappings": {"_meta": {"made_by": "hdnd"}}, "aliases": {f"{half_built}-put": {}}}
    built.make(half_built, about)
    build(built)
    assert junk in built.indexes
    assert half_built not in built.indexes


@pytest.mark.parametrize("as_alias", [False, True])
def test_nothing_is_written_into_an_index_of_others_that_has_the_name_of_the_lock(
    server: SmallCluster, *, as_alias: bool
) -> None:
    name = "locks-of-others" if as_alias else "small-lock"
    fields = {"mappings": {"properties": {"door": {"type": "keyword"}}}}
    server.make(name, {**fields, "aliases": {"small-lock": {}} if as_alias else {}})
    with pytest.raises(IndexOfAnother) as raised:
        build(server)
    assert raised.value.said.values["name"] == "small-lock"
    assert raised.value.hint
    assert server.indexes[name]["documents"] == {}
    assert [*server.indexes] == [name]


def test_what_a_build_that_was_broken_off_left_goes_also_where_nothing_is_to_be_built(
    built: SmallCluster,
) -> None:
    for left in ("small-a13-20260101000000-0123abcd", "small-words-a13-20260101000000-0123abcd"):
        about = {"mappings": {"_meta": {"made_by": "hdnd"}}, "aliases": {f"{left}-put": {}}}
        built.make(left, about)
    before = sorted(set(built.indexes) - set(built.named("small*-a13-20260101000000*")))
    with Cluster.at(built.url) as mine, Cluster.at(built.url) as theirs:
        with writing(theirs):
            clear_away(mine)
            assert built.named("small*-a13-20260101000000-0123abcd")
        clear_away(mine)
    assert sorted(built.indexes) == before
    OpenSearchIndex.open(built.url, terms=OURS).close()


@pytest.mark.parametrize(
    "lost",
    [
        r"PUT /small-a",
        r"PUT /small-words-a",
        r"PUT /small-lock/_create",
        r"PUT /small-lock/_doc",
        r"DELETE /small-lock",
        r"POST /_aliases",
        r"DELETE /small-a",
        r"POST /small.*_refresh",
        r"PUT /small.*_mapping",
        r"PUT /small.*_settings",
        r"POST /small.*_bulk",
    ],
)
def test_a_request_whose_answer_was_lost_is_made_again_and_does_the_same(
    built: SmallCluster, lost: str
) -> None:
    built.lost = [lost]
    build(built)
    assert built.lost_so_far
    assert len(built.named("small")) == 1
    assert sorted(built.indexes) == sorted(
        [*built.named("small"), *built.named("small-words"), "small-lock"]
    )
    OpenSearchIndex.open(built.url, terms=OURS).close()


def test_a_lock_that_is_over_is_taken_also_where_the_answer_to_that_was_lost(
    built: SmallCluster,
) -> None:
    ended = {"owner": "another", "until": time.time() - 1, "host": "there"}
    built.indexes["small-lock"]["documents"]["writer"] = ended
    built.lost = [r"PUT /small-lock/_doc/writer"]
    build(built)
    assert built.lost_so_far


@pytest.mark.parametrize("taken", ["small", "small-words"])
@pytest.mark.parametrize("as_alias", [False, True])
def test_a_name_that_others_have_is_refused_before_a_document_is_read(
    server: SmallCluster, taken: str, as_alias: bool
) -> None:
    server.make("of-others" if as_alias else taken, {"aliases": {taken: {}} if as_alias else {}})
    before = {name: dict(about) for name, about in server.indexes.items()}
    error = refused(server)
    assert isinstance(error, IndexOfAnother)
    assert error.said.values["name"] == taken

    def documents() -> Iterator[Document]:
        raise AssertionError("a document was read")
        yield ONE

    for terms in (OURS, OURS._replace(take_over=True)):
        with pytest.raises(IndexOfAnother):
            OpenSearchIndex.replace(server.url, documents(), terms=terms)
    assert server.indexes == before


def test_the_index_of_another_archive_is_taken_over_where_that_is_meant(
    built: SmallCluster,
) -> None:
    theirs = OURS._replace(source=IndexSource("archive-2", ""))
    with pytest.raises(IndexOfAnother):
        build(built, theirs)
    build(built, theirs._replace(take_over=True))
    assert isinstance(refused(built), IndexOfAnother)
