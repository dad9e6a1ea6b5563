"""The same articles give the same answers, in whatever order and in however many pieces they came
into the index: of what is as good the later comes first, then the one with the lower id."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from indexer import Answer, Document, SearchIndex, Sort
from indexer.engines.local.search import search
from support.typed import ROWS, WORDS, any_document, typed

ARTICLES = 450
QUERIES = 300
SORTS: list[Sort] = ["score", "newest", "score", "oldest", "score"]
DAY = date(2020, 5, 1)


def articles() -> list[Document]:
    """Articles of few words, so that very many are as good as one another."""
    chance = random.Random(31)
    return [any_document(chance, number) for number in range(ARTICLES)]


@pytest.fixture(scope="module")
def indexes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[SearchIndex]]:
    """One of a single segment, and two of several segments in other orders."""
    folder = tmp_path_factory.mktemp("orders")
    documents = articles()
    shuffled = random.Random(8).sample(documents, len(documents))
    opened = []
    for name, order, pieces in (
        ("as-they-are", documents, [ARTICLES]),
        ("backwards", documents[::-1], [130, 290, ARTICLES]),
        ("shuffled", shuffled, [10, 170, 310, ARTICLES]),
    ):
        index = SearchIndex.open(folder / name, create=True)
        for first, end in zip([0, *pieces], pieces, strict=False):
            index.update(order[first:end])
        opened.append(index)
    yield opened
    for index in opened:
        index.close()


def whole_answers(indexes: list[SearchIndex], query: str, number: int) -> list[Answer]:
    """What each of some indexes says to a query; of each so many in another order, or explained."""
    return [
        index.search(
            query,
            sort=SORTS[number % len(SORTS)],
            limit=20,
            page=1 + number % 2,
            facets=("site", "year", "month"),
            passages=number % 10 == 0,
            explain=number % 7 == 0,
        )
        for index in indexes
    ]


def test_whole_answers_are_the_same_in_whatever_order_articles_came(
    indexes: list[SearchIndex],
) -> None:
    chance = random.Random(9)
    for number in range(QUERIES):
        query = typed(chance) if number % 3 else " ".join(chance.choices(ROWS, k=2))
        one, *others = whole_answers(indexes, query, number)
        for other in others:
            assert other == one, query


def test_so_they_are_where_a_search_may_look_at_some_of_them_only(
    indexes: list[SearchIndex], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "STEPS", 1_000)
    chance = random.Random(10)
    cut = 0
    for number in range(QUERIES // 3):
        query = f'"{" ".join(chance.choices(WORDS, k=2))}"'
        if number % 2:
            query += f"~{chance.randint(1, 6)}"
        one, *others = whole_answers(indexes, query, number)
        cut += one.at_least
        for other in others:
            assert other == one, query
    assert cut > 10


def test_three_in_a_row_are_looked_for_in_the_later_articles_of_those_alike(
    tmp_path: Path,
) -> None:
    """150 articles have both pairs as often; the newest has all three words in a row."""
    apart = [
        Document(
            id=f"x{number:03}",
            title="Tin",
            lead=None,
            body=("tổng thống đi, thống trump ở",),
            date=None,
            site="moc-son",
            category=None,
            url="u",
        )
        for number in range(150)
    ]
    newest = apart[0]._replace(id="y", body=("ở tổng thống trump đi, ông",), date=DAY)
    for number, order in enumerate(([newest, *apart], [*apart, newest])):
        with SearchIndex.open(tmp_path / str(number), create=True) as index:
            index.update(order)
            first, second, *_ = index.search("tong thong trump").hits
            assert first.id == "y"
            assert first.rank > second.rank
