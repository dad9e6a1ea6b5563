"""A cluster gives the answers of the local index: hits, order, tiers, scores, passages, counts."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from archive.ground.errors import IndexUnusable
from indexer import Document, SearchIndex
from indexer.engine import SearchEngine
from indexer.engines.opensearch import queries, search, sources, tokens, writing
from indexer.engines.opensearch.client import WRITING, Cluster
from indexer.engines.opensearch.index import OpenSearchIndex
from indexer.opening import open_index, replace_index
from indexer.query import tree
from support.engines import differences
from support.opensearch import Nodes
from support.search_cases import FILES, document
from support.typed import SITES, any_document, sentence, typed

FACETS = ("year", "month", "site", "category")
ALL = {"limit": 100, "facets": FACETS}
DOCUMENTS, QUERIES, PAGES = 800, 600, 150


def address(nodes: Nodes, name: str) -> str:
    return f"opensearch://{nodes.hosts}/{name}"


class Made(NamedTuple):
    """Made articles, what changed of them, and which were removed then."""

    first: list[Document]
    changed: list[Document]
    gone: list[str]


@pytest.fixture(scope="module")
def made() -> Made:
    chance = random.Random(20)
    return Made(
        [any_document(chance, number) for number in range(DOCUMENTS)],
        [any_document(chance, chance.randrange(DOCUMENTS)) for _ in range(40)],
        [f"d{chance.randrange(DOCUMENTS):03}" for _ in range(10)],
    )


@pytest.fixture(scope="module")
def articles(made: Made) -> list[Document]:
    """The articles as they stand in the end."""
    standing = {one.id: one for one in (*made.first, *made.changed)}
    put_in = {one.id for one in made.changed}
    return [one for key, one in standing.items() if key in put_in or key not in made.gone]


@pytest.fixture(scope="module")
def both(
    three_nodes: Nodes, tmp_path_factory: pytest.TempPathFactory, made: Made
) -> Iterator[tuple[SearchIndex, SearchEngine]]:
    """Made articles, after updates and removals, in both engines."""
    local = SearchIndex.replace(tmp_path_factory.mktemp("both") / "index", made.first)
    remote = replace_index(address(three_nodes, "both"), made.first)
    for index in (local, remote):
        index.update(made.changed, remove=made.gone, watermark=7)
    # Until segments are merged, what was taken out still counts for the order (decision 23).
    with Cluster.at(address(three_nodes, "both")) as cluster:
        cluster.request("POST", "both/_forcemerge?max_num_segments=1", limits=WRITING)
    remote.refresh()
    with local, remote:
        yield local, remote


@pytest.mark.parametrize("name", FILES)
def test_every_case_of_the_search_has_the_same_answer(
    three_nodes: Nodes, tmp_path: Path, name: str
) -> None:
    made = [document(identity, text) for identity, text in FILES[name]["docs"].items()]
    remote = replace_index(address(three_nodes, f"cases-{name.replace('_', '-')}"), made)
    with SearchIndex.replace(tmp_path / "index", made) as local, remote:
        for case in FILES[name]["cases"]:
            how = ALL | {key: case[key] for key in ("since", "until") if key in case}
            unlike = differences(
                local.search(case["query"], **how), remote.search(case["query"], **how)
            )
            assert not unlike, case["query"]


def test_random_queries_find_the_same_articles_in_the_same_tiers(
    both: tuple[SearchIndex, SearchEngine],
) -> None:
    local, remote = both
    chance = random.Random(6)
    for _ in range(QUERIES):
        query = typed(chance)
        one, other = (index.search(query, limit=0, facets=FACETS) for index in both)
        assert other.total == one.total, query
        assert (other.exact, other.as_typed) == (one.exact, one.as_typed), query
        assert other.facets == one.facets, query
        found = [local.ranking(query, limit=DOCUMENTS), remote.ranking(query, limit=DOCUMENTS)]
        first, second = ({ranked.id: ranked.tier for ranked in of} for of in found)
        assert second == first, query


def test_a_page_of_ten_is_the_same(
    both: tuple[SearchIndex, SearchEngine], tmp_path: Path, articles: list[Document]
) -> None:
    """What lacks words is scored by the local index with articles counted that were removed since
    (decision 23): that alone may be another page, and is that of an index made anew.
    """
    chance = random.Random(600)
    unlike = []
    for query in [typed(chance) for _ in range(PAGES)]:
        pages = [[hit.id for hit in index.search(query).hits] for index in both]
        if pages[0] != pages[1]:
            unlike.append((query, pages[1]))
    assert len(unlike) <= PAGES // 100, unlike
    with SearchIndex.replace(tmp_path / "anew", articles) as anew:
        for query, page in unlike:
            assert not both[0].count(query), query
            assert [hit.id for hit in anew.search(query).hits] == page, query


FILTERS: list[dict[str, Any]] = [
    {},
    {"sites": SITES[:1]},
    {"has_attachment": True},
    {"since": date(2020, 1, 2), "until": date(2020, 1, 4)},
    {"sites": SITES[1:], "has_attachment": True, "until": date(2019, 12, 24)},
]


def test_words_that_need_not_all_meet_are_as_rare_whatever_the_filters_leave(
    three_nodes: Nodes, tmp_path: Path, articles: list[Document]
) -> None:
    chance = random.Random(29)
    remote = replace_index(address(three_nodes, "anew"), articles)
    with SearchIndex.replace(tmp_path / "anew", articles) as local, remote:
        for _ in range(PAGES // 2):
            query, filters = sentence(chance), chance.choice(FILTERS)
            one, other = (
                index.search(query, explain=True, facets=FACETS, **filters)
                for index in (local, remote)
            )
            assert not differences(one, other), (query, filters)


def test_pages_of_what_every_article_has_neither_skip_nor_repeat(
    both: tuple[SearchIndex, SearchEngine],
) -> None:
    pages = [[hit.id for hit in both[1].search("ban nhân", page=n).hits] for n in range(4, 31)]
    shown = [identity for page in pages for identity in page]
    assert len(shown) == len(set(shown)) == 270


def test_both_know_how_far_they_are_and_what_they_hold(
    both: tuple[SearchIndex, SearchEngine],
) -> None:
    local, remote = both
    assert remote.watermark == local.watermark == 7
    assert remote.document_count == local.document_count
    assert set(remote.ids()) == set(local.ids())


def test_other_questions_have_the_same_answers(both: tuple[SearchIndex, SearchEngine]) -> None:
    local, remote = both
    ids = sorted(local.ids())[:300]
    for query in ("hội đồng", "giám sát chợ", "ky thuat nuoc", '"tiếp xúc cử tri"'):
        assert remote.matching(query, ids) == local.matching(query, ids)
        assert remote.parts(query) == local.parts(query)
        assert remote.count(query) == local.count(query)
        ranked = local.ranking(query, limit=5)
        hits = [index.hits(query, ranked, passages=True) for index in both]
        assert hits[0] == hits[1]
        for order in ("newest", "oldest"):
            pages = [index.search(query, sort=order, page=2).hits for index in both]
            assert [hit.id for hit in pages[1]] == [hit.id for hit in pages[0]]


def test_words_that_too_many_have_are_not_fetched_for_each(
    both: tuple[SearchIndex, SearchEngine], monkeypatch: pytest.MonkeyPatch
) -> None:
    local, remote = both
    parts = local.parts("giám sát chợ")
    monkeypatch.setattr(search, "_MOST_OF_PARTS", sum(map(len, parts)))
    assert remote.parts("giám sát chợ") == parts
    monkeypatch.setattr(search, "_MOST_OF_PARTS", sum(map(len, parts)) - 1)
    assert remote.parts("giám sát chợ") is None


def test_an_index_is_opened_by_its_address_alone(both: tuple[SearchIndex, SearchEngine]) -> None:
    remote = both[1]
    assert isinstance(remote, OpenSearchIndex)
    with open_index(str(remote.cluster.address)) as again:
        assert again.document_count == remote.document_count
        assert not again.capabilities.one_commit


@pytest.mark.parametrize(
    "query",
    [" ".join(["hội đồng nhân dân quận giám sát chợ"] * 14), "in:body h*", "t* n* h*", '"h* t*"~2'],
    ids=["98 words", "any word with h behind the title", "three beginnings", "two near each other"],
)
def test_what_a_cluster_cannot_be_asked_in_one_clause_each_is_found_as_well(
    both: tuple[SearchIndex, SearchEngine], query: str
) -> None:
    one, other = (index.search(query) for index in both)
    assert (other.total, other.as_typed) == (one.total, one.as_typed)
    assert not other.at_least


def test_an_article_with_what_is_too_long_for_a_term_is_taken_in(
    three_nodes: Nodes, made: Made
) -> None:
    """What has more than 500 letters is no word there; a category of 40,000 none to filter by."""
    long = [
        made.first[0]._replace(id="a", title="Tin chợ", body=(f"họp {'ắ' * 40_000} nước sạch",)),
        made.first[1]._replace(id="b", title="Tin chợ", category="c" * 40_000),
    ]
    with replace_index(address(three_nodes, "long"), long) as remote:
        assert [remote.count(query) for query in ("chợ", '"nước sạch"', "ắ" * 40_000)] == [2, 1, 0]
        assert [hit.id for hit in remote.search("nước sạch").hits] == ["a"]


def _no_gaps(made: tokens.TokenStrings) -> tokens.TokenStrings:
    return made._replace(words=" ".join(one for one in made.words.split(" ") if one != tokens.GAP))


def _no_dates(made: tokens.TokenStrings) -> tokens.TokenStrings:
    return made._replace(words=made.words.replace("|=d", "|=x"))


def _of_documents(change: Callable[[Any], Any]) -> Callable[[pytest.MonkeyPatch], None]:
    def mutate(patch: pytest.MonkeyPatch) -> None:
        made = tokens.token_strings
        patch.setattr(writing, "token_strings", lambda document: change(made(document)))

    return mutate


def _no_middle_tier(patch: pytest.MonkeyPatch) -> None:
    right = queries.Queries.tokens

    def wrong(self: queries.Queries, atom: tree.Atom, tier: int) -> list[str]:
        return right(self, atom, tree.FOLDED if tier == tree.COMPATIBLE else tier)

    patch.setattr(queries.Queries, "tokens", wrong)


def _no_twins(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(queries, "folds_of", lambda atom: [atom.folded])


@pytest.mark.parametrize(
    ("mutate", "name"),
    [
        (_of_documents(_no_gaps), "rows"),
        (_of_documents(_no_dates), "dates"),
        (_no_middle_tier, "marks"),
        (_no_twins, "spelling_rules"),
    ],
    ids=["no gaps between lines", "no days", "every tier 1 as 2", "i and y apart"],
)
def test_a_cluster_that_reads_otherwise_is_noticed(
    three_nodes: Nodes,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    mutate: Callable[[pytest.MonkeyPatch], None],
    name: str,
) -> None:
    mutate(monkeypatch)
    made = [document(identity, text) for identity, text in FILES[name]["docs"].items()]
    remote = replace_index(address(three_nodes, "mutated"), made)
    with SearchIndex.replace(tmp_path / "index", made) as local, remote:
        assert any(_differ(local, remote, case["query"]) for case in FILES[name]["cases"])


def _differ(local: SearchIndex, remote: SearchEngine, query: str) -> bool:
    """Whether they answer otherwise; a document that is not as one is written answers nothing."""
    try:
        return bool(differences(local.search(query, **ALL), remote.search(query, **ALL)))
    except IndexUnusable:
        return True


def test_a_document_is_taken_in_with_an_id_of_any_length(three_nodes: Nodes) -> None:
    long = "x" * 2_000
    made = Document(long, "Họp tổ dân phố", None, (), None, "moc-son", None, "u")
    with replace_index(address(three_nodes, "long"), [made]) as remote:
        assert [hit.id for hit in remote.search("họp tổ").hits] == [long]
        assert sources.key_of(long) != long
        remote.remove([long])
        assert remote.document_count == 0
