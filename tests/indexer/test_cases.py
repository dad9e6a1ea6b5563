"""The search as its specification has it: every case of `cases/*.toml`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from indexer import Answer, SearchIndex
from support.codes import english
from support.search_cases import FILES, document


def all_cases() -> Iterator[Any]:
    for name, content in FILES.items():
        for number, case in enumerate(content["cases"]):
            yield pytest.param(name, case, id=f"{name}-{number:02}: {case['why']}")


@pytest.fixture(scope="module")
def indexes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, SearchIndex]]:
    folder = tmp_path_factory.mktemp("cases")
    opened = {}
    for name, content in FILES.items():
        documents = [document(identity, text) for identity, text in content["docs"].items()]
        opened[name] = SearchIndex.replace(folder / name, documents)
    yield opened
    for index in opened.values():
        index.close()


@pytest.mark.parametrize(("name", "case"), list(all_cases()))
def test_case(indexes: dict[str, SearchIndex], name: str, case: dict[str, Any]) -> None:
    index = indexes[name]
    filters = {key: case[key] for key in ("since", "until") if key in case}
    answer = index.search(case["query"], limit=100, **filters)
    hits = [hit.id for hit in answer.hits]
    matching = [hit.id for hit in answer.hits if not hit.partial] if answer.total else []
    assert answer.total == len(matching)

    if "fallback" in case:
        assert answer.fallback == case["fallback"]
        assert answer.total == 0
    elif case.get("must") or "first" in case:
        assert answer.fallback is None, answer.notes
    found = hits if "fallback" in case else matching
    assert set(case.get("must", [])) <= set(found)
    unwanted = set(case.get("must_not", []))
    if unwanted == {"*"}:
        unwanted = set(FILES[name]["docs"]) - set(case.get("must", []))
    assert not unwanted & set(found)
    if "first" in case:
        assert found[0] == case["first"]
    if "order" in case:
        places = [found.index(identity) for identity in case["order"]]
        assert places == sorted(places)
    if "suggests" in case:
        assert answer.suggestion == case["suggests"]
    if "undated" in case:
        assert answer.undated == case["undated"]
    if "note" in case:
        assert any(case["note"] in english(note) for note in answer.notes), answer.notes
    if "marked" in case:
        assert marked(answer) == case["marked"]


def marked(answer: Answer) -> list[str]:
    hit = answer.hits[0]
    return [hit.title[start:end] for start, end in hit.title_spans] + [
        hit.snippet[start:end] for start, end in hit.snippet_spans
    ]
