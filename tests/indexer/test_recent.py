"""What a search keeps of an index may be asked for by several threads at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from indexer.engines.local.search.recent import Recent


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
