"""What a search keeps of an index may be asked for by several threads at once."""

from __future__ import annotations

import importlib
import pkgutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import indexer
from indexer import Document, SearchIndex
from indexer.engines.local.search.index_snapshot import IndexSnapshot
from indexer.engines.local.search.recent import Recent
from indexer.engines.local.storage.segments import Segment


def test_what_was_not_asked_for_longest_goes_first() -> None:
    made: list[str] = []

    def value(key: str) -> str:
        return kept.get(key, lambda: made.append(key) or key * 2)

    kept: Recent[str, str] = Recent(5, len)
    assert [value(key) for key in "ababcab"] == ["aa", "bb", "aa", "bb", "cc", "aa", "bb"]
    assert "".join(made) == "abcab"
    assert value("long") == "longlong"


def test_threads_that_ask_at_once_are_all_answered() -> None:
    kept: Recent[int, int] = Recent(3, lambda _: 1)
    with ThreadPoolExecutor(8) as pool:
        found = pool.map(lambda n: kept.get(n % 7, lambda: n % 7), range(20_000))
        assert list(found) == [n % 7 for n in range(20_000)]


def test_phrases_that_are_remembered_keep_no_ordinals_of_their_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("indexer.engines.local.search.index_snapshot._KEPT_ORDINALS", 1)
    read: list[str] = []
    whole = IndexSnapshot._joined
    monkeypatch.setattr(
        IndexSnapshot, "_joined", lambda self, term: (read.append(term), whole(self, term))[1]
    )
    texts = ["chợ cá mới mở", "chợ cá mới", "mới mở chợ cá"]
    documents = [
        Document(str(n), "t", None, (text,), None, "s", None, "u") for n, text in enumerate(texts)
    ]
    with SearchIndex.replace(tmp_path / "index", documents) as index:
        assert [index.count('"chợ cá mới"'), index.count('"cá mới mở"')] == [2, 1]
        kept = [index._snapshot.postings(term) for term in set(read)]
        assert len(kept) >= 4
        assert all(one._ordinals is None for one in kept)
        assert index.count('"chợ cá mới"') == 2


def test_what_begins_in_some_way_is_listed_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed: list[str] = []
    whole = Segment.terms

    def listing(self: Segment, prefix: str, most: int | None = None) -> list[str]:
        listed.append(prefix)
        return whole(self, prefix, most)

    monkeypatch.setattr(Segment, "terms", listing)
    document = Document("1", "chợ cá", None, ("chè",), None, "s", None, "u")
    with SearchIndex.replace(tmp_path / "index", [document]) as index:
        assert [index.count(query) for query in ("ch* c*", '"ch* c*"', "x*", "x* ch*")] == [
            1,
            1,
            0,
            0,
        ]
    assert sorted(listed) == ["c", "ch", "x"]


def test_what_is_kept_of_what_people_type_has_a_bound() -> None:
    modules = [
        importlib.import_module(found.name)
        for found in pkgutil.walk_packages(indexer.__path__, "indexer.")
        if "opensearch" not in found.name and "whoosh" not in found.name
    ]
    without_bound = {
        kept.__name__
        for module in modules
        for kept in vars(module).values()
        if hasattr(kept, "cache_info")
        and kept.cache_info().maxsize is None
        and kept.__wrapped__.__code__.co_argcount
    }
    of_tables = {"table", "_short", "_phrases", "_by_first_word"}
    of_few_values = {"_from", "_levels", "_code", "_cardinal", "_ordinal", "_month", "_compiled"}
    assert without_bound == of_tables | of_few_values
