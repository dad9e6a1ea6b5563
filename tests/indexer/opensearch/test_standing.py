"""What has the name of an index is ours and whole, or it is said so before anything is done."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from archive.ground.errors import HdndError, IndexOfAnother, IndexUnusable
from indexer.documents import Document
from indexer.engines.opensearch.index import OpenSearchIndex
from indexer.engines.opensearch.index_source import IndexSource
from indexer.engines.opensearch.terms import Terms
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
    built.make("foreign", {"aliases": {"small": {}}})
    error = refused(built)
    assert isinstance(error, IndexUnusable)
    assert error.said.values["indexes"] == f"foreign, {own}"
    build(built)
    assert "foreign" in built.indexes
    assert built.indexes["foreign"]["aliases"] == {}
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
