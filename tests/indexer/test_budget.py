"""Nothing that can be typed costs without measure: the steps of a search are counted."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from indexer import Answer, Document, SearchIndex
from indexer.engines.local.search.budget import CUT, Budget

WORDS = [a + b for a in ("kh", "t", "n", "h", "tr", "qu") for b in ("a", "án", "ông", "iên", "ế")]
COSTLY = (
    '"t* n* h*"~50',
    '"t* n*"~>9',
    '"h* t*"',
    '"kha tán"~5 "nông hán"~5 "trông quế"~5',
    "t* n* h* k* q*",
    "*ng *ên k*ng t*",
    '(t* OR n*) -"h* t*"',
    "title:t* title:n*",
)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    chance = random.Random(3)
    documents = (
        Document(f"d{number}", title, None, (body,), None, "s", None, "u")
        for number in range(60)
        for title, body in [(row(chance, 4), row(chance, 60))]
    )
    path = tmp_path_factory.mktemp("budget") / "index"
    SearchIndex.replace(path, documents).close()
    return path


@pytest.fixture
def index(path: Path) -> Iterator[SearchIndex]:
    with SearchIndex.open(path) as index:
        yield index


def row(chance: random.Random, count: int) -> str:
    return " ".join(chance.choices(WORDS, k=count))


def allow(monkeypatch: Any, steps: int) -> None:
    monkeypatch.setattr("indexer.engines.local.search.search.STEPS", steps)


def found(answer: Answer) -> list[str]:
    return [] if answer.fallback else [hit.id for hit in answer.hits if not hit.partial]


@pytest.mark.parametrize("query", COSTLY)
def test_with_enough_steps_nothing_is_said(index: SearchIndex, query: str) -> None:
    answer = index.search(query)
    assert answer.total
    assert not answer.at_least
    assert CUT not in answer.notes


@pytest.mark.parametrize("query", COSTLY)
@pytest.mark.parametrize("steps", [0, 50, 400, 2_000])
def test_with_too_few_steps_what_is_found_is_true_and_said_to_be_a_part(
    index: SearchIndex, query: str, steps: int, monkeypatch: Any
) -> None:
    whole = set(found(index.search(query, limit=60)))
    index.refresh()
    allow(monkeypatch, steps)
    part = index.search(query, limit=60)
    assert set(found(part)) <= whole
    assert part.total <= len(whole)
    if part.total < len(whole):
        assert part.at_least
        assert part.notes[-1] == CUT


@pytest.mark.parametrize("query", COSTLY)
def test_what_was_asked_before_changes_nothing(
    path: Path, index: SearchIndex, query: str, monkeypatch: Any
) -> None:
    """Lists that are still in memory count as if they had to be read."""
    for other in COSTLY:
        index.search(other)
    allow(monkeypatch, 1_000)
    with SearchIndex.open(path) as fresh:
        first = fresh.search(query, limit=60)
        assert first == fresh.search(query, limit=60)
        assert first == index.search(query, limit=60)


def test_as_typed_is_looked_at_first(tmp_path: Path, monkeypatch: Any) -> None:
    """Of more documents than can be looked at those that may have the words as typed."""
    texts = ["quân đoi lên đương", "quận đôi lên đường"]
    documents = [
        Document(f"d{n:03}", "t", None, (texts[n == 90],), None, "s", None, "u") for n in range(99)
    ]
    allow(monkeypatch, 200)
    with SearchIndex.replace(tmp_path / "index", documents) as index:
        answer = index.search('"quận đường"~>5')
    assert answer.at_least
    assert answer.hits[0].id == "d090"


@pytest.mark.parametrize(
    "query", ['"lên đường về" OR "đi xa nhà"', '"đi xa nhà" OR "lên đường về"']
)
def test_what_one_part_does_not_need_is_left_for_the_others(
    tmp_path: Path, query: str, monkeypatch: Any
) -> None:
    """As many steps as all parts need together are enough, however unequal the parts are."""
    texts = ["lên đường về quê"] * 40 + ["đi xa nhà"] * 2
    documents = [
        Document(f"d{n:02}", "t", None, (text,), None, "s", None, "u")
        for n, text in enumerate(texts)
    ]
    made: list[Budget] = []

    class Known(Budget):
        def __init__(self, steps: int) -> None:
            super().__init__(steps)
            made.append(self)

    path = tmp_path / "index"
    SearchIndex.replace(path, documents).close()
    monkeypatch.setattr("indexer.engines.local.search.search.Budget", Known)
    with SearchIndex.open(path) as index:
        assert index.search(query).total == len(texts)
    allow(monkeypatch, sum(made[0].spent))
    with SearchIndex.open(path) as index:
        answer = index.search(query)
    assert (answer.total, answer.at_least) == (len(texts), False)


def test_as_many_documents_are_looked_at_as_the_steps_allow(path: Path) -> None:
    budget, every = Budget(31), (1 << 60) - 1
    with SearchIndex.open(path) as index:
        some = budget.some_of(index._snapshot, every, [every], lambda number: number * 1.5)
    assert (some.bit_count(), budget.left, budget.cut) == (20, 1, True)


def test_a_share_is_what_is_left_for_each_part() -> None:
    budget = Budget(100)
    budget.parts = 4
    assert budget.upto(5, 4) == 5
    assert (budget.left, budget.share, budget.cut) == (80, 26, False)
    assert budget.upto(50, 4) == 6
    assert (budget.left, budget.share, budget.cut) == (56, 28, True)


def test_parts_are_done_again_only_if_they_could_be_done_at_first() -> None:
    budget = Budget(100)
    budget.parts = 2
    assert not budget.again([60])
    assert budget.again([50, 50])
    assert budget.left == 0


def test_what_matches_without_any_of_its_words_is_shown(index: SearchIndex) -> None:
    """More than a page, none of which has a score."""
    answer = index.search('-"kha kha kha kha" OR kha', limit=3)
    assert len(answer.hits) == 3
    answer = index.search("(-zz OR zz) -kha", limit=2)
    assert len(answer.hits) == 2


@pytest.mark.parametrize("near", ['"kha tán hông"~50', '"k* t* n*"~50'])
def test_what_is_near_is_looked_for_in_as_many_documents_as_the_steps_allow(
    index: SearchIndex, near: str, monkeypatch: Any
) -> None:
    """More steps find more; of stars, too, some are found."""
    totals = []
    for steps in (50, 1_000, 5_000, 500_000):
        index.refresh()
        allow(monkeypatch, steps)
        answer = index.search(near, limit=60)
        totals.append(answer.total if found(answer) else 0)
    assert totals == sorted(totals)
    assert totals[2] > 0


@pytest.mark.parametrize("query", ['"kha tán"~5', '"t* nông"~>9', 'title:kha "trông quế tán"~9'])
def test_words_near_one_another_are_looked_for_once(
    index: SearchIndex, monkeypatch: Any, query: str
) -> None:
    first = index.search(query)
    assert not first.at_least
    monkeypatch.setattr("indexer.engines.local.search.near.documents_near", None)
    assert index.search(query) == first


def test_among_other_documents_they_are_looked_for_again(index: SearchIndex) -> None:
    every = found(index.search('"kha tán"~5', limit=100))
    half = {one for one in every if int(one[1:]) < 30}
    assert half < {*every}
    some = index.search('"kha tán"~5', limit=100, ids={f"d{number}" for number in range(30)})
    assert {*found(some)} == half
    assert found(index.search('"kha tán"~5', limit=100)) == every
