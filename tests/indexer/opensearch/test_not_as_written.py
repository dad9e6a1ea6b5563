"""Whatever a cluster holds or says that is not as it was written is an error with the way out."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import date
from typing import Any

import pytest

from archive.ground.errors import (
    ClusterUnavailable,
    HdndError,
    IndexOfAnother,
    IndexUnusable,
    TooManyUnwanted,
)
from indexer.documents import Document
from indexer.engines.opensearch import client, search
from indexer.engines.opensearch.index import OpenSearchIndex
from indexer.engines.opensearch.index_source import IndexSource
from indexer.engines.opensearch.terms import Terms
from support.codes import english
from support.small_cluster import SmallCluster

OURS = Terms(source=IndexSource("archive-1", "state-1"), shards=1)
DOCUMENTS = [
    Document(
        id="mau-1",
        title="Giám sát chợ",
        lead="Đoàn giám sát của Hội đồng",
        body=("Ban Pháp chế giám sát chợ An Phú.", "Báo cáo số 15."),
        date=date(2024, 5, 2),
        site="mau",
        category="Tin tức",
        url="https://mau.example/1",
        published_at="2024-05-02T08:00:00+07:00",
    )
]
FACETS = ("year", "month", "site", "category")
HOSTILE = (-1, 2**80, 1e300, "phong cháy", "\0", [[]], {"a": {}}, True)
NEVER_READ = {"title", "lead", "pairs", "dated", "month_day", "site_folded", "category_folded"}


@pytest.fixture(scope="module")
def server() -> Iterator[SmallCluster]:
    with SmallCluster() as server:
        OpenSearchIndex.replace(server.url, DOCUMENTS, watermark=5, terms=OURS).close()
        yield server


@pytest.fixture(autouse=True)
def as_it_was(server: SmallCluster, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(client, "_FIRST_PAUSE", 100.0)  # nothing is asked twice
    before = copy.deepcopy(server.indexes)
    yield
    server.indexes = before
    server.alter = lambda path, value: value


def searched(server: SmallCluster) -> None:
    """All that a command asks of an index, for what may come of it."""
    with OpenSearchIndex.open(server.url, terms=OURS) as index:
        _ = index.watermark, index.source_state, list(index.ids())
        index.verify()
        for query in ("giám sát ch*", '"giam sat"~3 khong-co'):
            answer = index.search(query, facets=FACETS, passages=True, explain=True)
            assert all(isinstance(hit.title, str) for hit in answer.hits)
        ranked = index.ranking("chợ")
        index.hits("chợ", ranked)
        index.matching("chợ", ["mau-1"])
        index.parts("giám chợ")


DROPPED = object()


def variants(value: Any) -> Iterator[tuple[tuple[Any, ...], Any]]:
    """Each part of a value lacking, null, of another type and hostile, with the way to it."""
    for number, path in enumerate(places(value)):
        if NEVER_READ.isdisjoint(path):
            part = value
            for step in path:
                part = part[step]
            another = 7 if isinstance(part, str | list | dict) else "x"
            for other in (DROPPED, None, another, HOSTILE[number % len(HOSTILE)]):
                yield path, other


def outcome(server: SmallCluster) -> HdndError | None:
    """The error that a search ends with, if it is one that a person can do something about."""
    try:
        searched(server)
    except (IndexUnusable, ClusterUnavailable, IndexOfAnother) as error:
        return error
    return None


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to each part of a value."""
    if path:
        yield path
    within: Iterable[tuple[Any, Any]] = value.items() if isinstance(value, dict) else ()
    for key, part in enumerate(value) if isinstance(value, list) else within:
        yield from places(part, (*path, key))


def test_words_that_were_changed_are_noticed_by_the_searches_that_meet_them(
    server: SmallCluster,
) -> None:
    (name,) = server.named("small")
    (document,) = server.indexes[name]["documents"].values()
    document["words"] = document["words"].replace("phap|", "phop|")
    error = outcome(server)
    assert isinstance(error, IndexUnusable)
    assert name in english(error.said)


def changed(value: Any, path: tuple[Any, ...], other: object) -> Any:
    """The value with another part at a place, or without it."""
    value = copy.deepcopy(value)
    within = value
    for step in path[:-1]:
        within = within[step]
    if other is DROPPED:
        del within[path[-1]]
    else:
        within[path[-1]] = other
    return value


def test_what_is_as_it_was_written_is_found(server: SmallCluster) -> None:
    assert outcome(server) is None
    with OpenSearchIndex.open(server.url, terms=OURS) as index:
        answer = index.search("giám sát chợ", facets=("year",))
        assert [hit.title for hit in answer.hits] == ["Giám sát chợ"]
        assert answer.facets["year"] == (("2024", 1),)


def index_of(server: SmallCluster, ending: str = "") -> str:
    (name,) = server.named(f"small{ending}")
    return name


@pytest.mark.parametrize("ending", ["", "-words"])
def test_a_document_that_others_changed_is_named(server: SmallCluster, ending: str) -> None:
    index = server.indexes[index_of(server, ending)]
    for key, source in [*index["documents"].items()][:2]:
        for path, other in variants(source):
            index["documents"][key] = changed(source, path, other)
            error = outcome(server)
            assert error is None or isinstance(error, IndexUnusable), (path, other)
        index["documents"][key] = source


@pytest.mark.parametrize(
    ("path", "other"),
    [
        (("record",), None),
        (("record", "packed"), "AAAA"),
        (("kept",), None),
        (("kept", "zones"), [1, 2]),
        (("kept", "day"), 99),
        (("words",), "phong cháy"),
        (("words",), None),
        (("id",), None),
        (("year",), "abcd"),
        (("month",), "2024-13"),
    ],
)
def test_each_of_these_is_an_index_to_be_built_anew(
    server: SmallCluster, path: tuple[str, ...], other: object
) -> None:
    documents = server.indexes[index_of(server)]["documents"]
    documents["mau-1"] = changed(documents["mau-1"], path, other)
    error = outcome(server)
    assert isinstance(error, IndexUnusable)
    assert error.said.code == "indexer.not-as-written"
    assert path[0] in str(error.said.values["what"]) or "mau-1" in str(error.said.values["what"])
    assert error.hint
    assert "hdnd index --rebuild" in english(error.hint)


def test_what_an_index_says_of_itself_is_looked_at_before_anything_is_asked(
    server: SmallCluster,
) -> None:
    about = server.indexes[index_of(server)]["mappings"]
    meta = about["_meta"]
    for path, other in variants(meta):
        about["_meta"] = changed(meta, path, other)
        error = outcome(server)
        assert error is None or isinstance(error, IndexUnusable | IndexOfAnother), (path, other)
    for lacking in ("words", "routes", "analysis"):
        about["_meta"] = changed(meta, (lacking,), DROPPED)
        assert isinstance(outcome(server), IndexUnusable)
    about["_meta"] = meta


@pytest.mark.parametrize(
    "ask",
    [
        lambda index: list(index.ids()),
        lambda index: index.search("chợ"),
        lambda index: index.search('"giam sat"~3'),
        lambda index: index.ranking("chợ"),
        lambda index: index.matching("chợ", ["mau-1"]),
        lambda index: index.parts("giám chợ"),
        lambda index: index.negated("giám -chợ"),
    ],
    ids=["ids", "search", "near", "ranking", "matching", "parts", "negated"],
)
@pytest.mark.parametrize("fields", [{}, None, [], {"id": "mau-1"}, {"id": []}, {"id": [1]}])
def test_each_hit_says_which_document_it_is(
    server: SmallCluster, fields: object, ask: Callable[[OpenSearchIndex], object]
) -> None:
    def alter(_: str, value: Any) -> Any:
        for one in value.get("responses", ()) if isinstance(value, dict) else ():
            for hit in one["hits"]["hits"]:
                hit["fields"] = fields
        return value

    with OpenSearchIndex.open(server.url, terms=OURS) as index:
        server.alter = alter
        with pytest.raises(IndexUnusable, match="id"):
            ask(index)


def test_what_a_minus_takes_out_is_told_whole_or_not_at_all(
    server: SmallCluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    with OpenSearchIndex.open(server.url, terms=OURS) as index:
        (taken_out,) = index.negated("giám -chợ")
        assert taken_out
        monkeypatch.setattr(search, "_MOST_OF_PARTS", len(taken_out) - 1)
        with pytest.raises(TooManyUnwanted) as raised:
            index.negated("giám -chợ")
    assert raised.value.said.values["most"] == len(taken_out) - 1


KINDS = ("/_msearch", "/small-words", "/small,", "/small-a", "/")


@pytest.mark.parametrize("kind", KINDS)
def test_no_answer_is_taken_for_what_it_is_not(server: SmallCluster, kind: str) -> None:
    told: dict[str, Any] = {}

    def remember(path: str, value: Any) -> Any:
        if path.startswith(kind) and (kind != "/" or path == "/"):
            told.setdefault(path.partition("?")[0], value)
        return value

    server.alter = remember
    assert outcome(server) is None
    for asked, value in told.items():
        for path, other in [((), {}), ((), {"a": 1}), *variants(value)]:
            if "_source" in path:
                continue  # what is kept, see above

            def alter(at: str, found: Any, asked: str = asked, way: Any = (path, other)) -> Any:
                if at.partition("?")[0] != asked:
                    return found
                with suppress(LookupError, TypeError):  # an answer that has no such part
                    return changed(found, *way) if way[0] else way[1]
                return found

            server.alter = alter
            outcome(server)
