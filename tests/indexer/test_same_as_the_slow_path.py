"""Fast searches give the answers that the definition gives, through Whoosh's own readers: the same
hits in the same tiers, with the same scores, in the same order (`support/slow_search.py`)."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from indexer import Document, SearchIndex
from indexer.engines.local.search.ranks import open_words
from indexer.engines.local.search.search import is_covered, may_be_mixed
from indexer.language.vietnamese import fold
from indexer.query.parsing import parse
from indexer.query.tree import FOLDED, leaves
from support.slow_search import SlowSearch
from support.typed import ROWS, WORDS, any_document, typed

CASES = sorted((Path(__file__).parent / "cases").glob("*.toml"))
SETS = 5
QUERIES = 100


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of many articles, after updates, removals and merges."""
    path = tmp_path_factory.mktemp("slow") / "index"
    chance = random.Random(6)
    with SearchIndex.open(path, create=True) as index:
        index.update([any_document(chance, number) for number in range(270)])
        for _ in range(25):
            changed = [any_document(chance, chance.randrange(300)) for _ in range(2)]
            index.update(changed, remove=[f"d{chance.randrange(300):03}"])
    return path


@pytest.fixture(scope="module")
def slow(path: Path) -> Iterator[SlowSearch]:
    search = SlowSearch(path)
    yield search
    search.close()


def agree(
    index: SearchIndex,
    slow: SlowSearch,
    query: str,
    since: date | None = None,
    until: date | None = None,
    limit: int = 1000,
) -> bool:
    """Whether there was anything to compare; it fails if the two do not agree."""
    read = parse(query, words=index._snapshot)
    if read.node is None or is_covered(read):
        return False
    if read.keys is not None and index.count(read.keys):
        # Read as typing keys: what stands between their signs does not count.
        return False
    answer = index.search(query, since=since, until=until, limit=limit)
    expected = slow.answers(read.node, since, until)
    shown = expected[:limit]
    hits = [] if answer.fallback else [hit for hit in answer.hits if not hit.partial]
    found = [(hit.id, hit.tier) for hit in hits]
    assert answer.total == len(expected), query
    if may_be_mixed(read.node):
        # What has the letters alone, or no marks, may be in one order with what lacks a word.
        weaker = any(row.tier == FOLDED for row in expected)
        if weaker or {*leaves(read.node)} == {*open_words(read.node)}:
            assert {*found} <= {(row.id, row.tier) for row in expected}, query
            return True
    assert found == [(row.id, row.tier) for row in shown], query
    for hit, row in zip(hits, shown, strict=True):
        assert hit.score == pytest.approx(row.score, abs=1e-9), query
    return bool(expected)


@pytest.mark.parametrize(("few", "limit"), [(8, 1000), (1, 10)])
@pytest.mark.parametrize("seed", range(SETS))
def test_what_anyone_may_type_has_the_same_answers(
    path: Path, slow: SlowSearch, seed: int, few: int, limit: int, monkeypatch: Any
) -> None:
    """With few shown and few scored, bounds are at work as in a large index."""
    monkeypatch.setattr("indexer.engines.local.search.ranking._FEW", few)
    chance = random.Random(seed + limit)
    compared = 0
    with SearchIndex.open(path) as index:
        for _ in range(QUERIES):
            since = chance.choice((None, None, date(2020, 1, 3)))
            compared += agree(index, slow, typed(chance), since, limit=limit)
    assert compared > QUERIES / 2


@pytest.mark.parametrize("many", [0, 1_000_000])
def test_sequences_stand_where_they_do_however_they_are_walked(
    path: Path, slow: SlowSearch, many: int, monkeypatch: Any
) -> None:
    monkeypatch.setattr("indexer.engines.local.search.sequences._MANY", many)
    chance = random.Random(many)
    compared = 0
    with SearchIndex.open(path) as index:
        for _ in range(QUERIES):
            row = [*ROWS, *WORDS]
            words = [one for _ in range(chance.randint(1, 3)) for one in chance.choice(row).split()]
            typed_words = " ".join(fold(one) if chance.random() < 0.3 else one for one in words)
            form = chance.choice(('"%s"', '"%s"', 'title:"%s"', "%s"))
            compared += agree(index, slow, form % typed_words)
    assert compared > QUERIES / 4


@pytest.mark.parametrize("case_file", CASES, ids=lambda file: file.stem)
def test_every_case_has_the_same_answers(tmp_path: Path, case_file: Path) -> None:
    content = tomllib.loads(case_file.read_text("utf-8"))
    documents = [from_case(identity, text) for identity, text in content["docs"].items()]
    SearchIndex.replace(tmp_path / "index", documents).close()
    slow = SlowSearch(tmp_path / "index")
    with SearchIndex.open(tmp_path / "index") as index:
        for case in content["cases"]:
            agree(index, slow, case["query"], case.get("since"), case.get("until"))
    slow.close()


def from_case(identity: str, content: str | list[str] | dict[str, Any]) -> Document:
    fields = content if isinstance(content, dict) else {"body": content}
    body: Any = fields.get("body", ())
    lead = fields.get("lead")
    day = fields.get("date")
    return Document(
        id=identity,
        title=str(fields.get("title", "")),
        lead=str(lead) if lead else None,
        body=(body,) if isinstance(body, str) else tuple(body),
        date=day if isinstance(day, date) else None,
        site=str(fields.get("site", "thanh-giang")),
        category=None,
        url="u",
        has_attachment=bool(fields.get("has_attachment")),
    )
