"""Our way through whole posting lists finds what Whoosh's own matchers find."""

from __future__ import annotations

import random
from itertools import product
from pathlib import Path

import pytest
from whoosh import query as whoosh_query

from indexer import Document, SearchIndex
from indexer.engines.local.storage.whoosh_writer import open_index
from indexer.language.vietnamese import fold, twin

WORDS = [
    *("hội", "đồng", "nhân", "dân", "quận", "phường", "giám", "sát", "khảo", "bán", "bạn", "bàn"),
    *("ban", "kỹ", "kĩ", "thuật", "lý", "lí", "do", "tổ", "đại", "biểu", "cử", "tri", "tiếp"),
    *("xúc", "họp", "kỳ", "thứ", "nghị", "quyết", "chợ", "nước", "sạch", "trường", "học", "ở"),
    *("y", "tế", "kinh", "xã", "an", "ninh", "trật", "tự"),
]


def document(chance: random.Random, identity: int) -> Document:
    def text(least: int, most: int) -> str:
        return " ".join(chance.choices(WORDS, k=chance.randint(least, most)))

    body = tuple(text(5, 40) for _ in range(chance.randint(1, 3)))
    return Document(f"d{identity:03}", text(2, 6), text(0, 8), body, None, "s", None, "u")


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index after updates, removals and merges."""
    path = tmp_path_factory.mktemp("engine") / "index"
    chance = random.Random(30)
    with SearchIndex.open(path, create=True) as index:
        index.update([document(chance, number) for number in range(60)])
        for _ in range(45):
            changed = [document(chance, chance.randrange(90)) for _ in range(2)]
            index.update(changed, remove=[f"d{chance.randrange(90):03}"])
    return path


def by_whoosh(path: Path, words: list[str], *, phrase: bool = False) -> set[str]:
    """The ids of what Whoosh finds for words, all of them, in any spelling."""
    index = open_index(path)
    with index.searcher() as searcher:
        reader = searcher.reader()

        def spellings(word: str) -> list[str]:
            folds = [fold(word), *([other] if (other := twin(fold(word))) else [])]
            keys = [key for folded in folds for key in reader.expand_prefix("words", f"{folded} ")]
            return [key.decode() for key in keys]

        ways = [spellings(word) for word in words]
        if phrase:
            rows = [whoosh_query.Phrase("words", list(row)) for row in product(*ways)]
            asked = whoosh_query.Or(rows)
        else:
            asked = whoosh_query.And(
                [
                    whoosh_query.Or([whoosh_query.Term("words", key) for key in keys])
                    for keys in ways
                ]
            )
        column = reader.column_reader("id", translate=False)
        return {column[number] for number in searcher.docs_for_query(asked)}


@pytest.mark.parametrize("seed", range(10))
def test_all_words_find_what_whoosh_finds(path: Path, seed: int) -> None:
    chance = random.Random(seed)
    with SearchIndex.open(path) as index:
        for _ in range(20):
            words = chance.sample(WORDS, k=chance.randint(1, 4))
            hits = index.search(" ".join(words), limit=1000)
            found = {hit.id for hit in hits.hits if not hit.partial} if hits.total else set()
            assert found == by_whoosh(path, words), words


@pytest.mark.parametrize("seed", range(5))
def test_phrases_find_what_whoosh_finds(path: Path, seed: int) -> None:
    chance = random.Random(seed)
    single = [word for word in WORDS if word not in ("quận", "phường", "xã")]
    with SearchIndex.open(path) as index:
        for _ in range(20):
            words = chance.sample(single, k=2)
            hits = index.search(f'"{" ".join(words)}"', limit=1000)
            found = {hit.id for hit in hits.hits} if hits.total else set()
            assert found == by_whoosh(path, words, phrase=True), words


def test_nights_leave_few_segments_and_a_merge_changes_no_answer(path: Path) -> None:
    with SearchIndex.open(path) as index:
        before = [(hit.id, hit.tier) for hit in index.search("giám sát", limit=1000).hits]
        assert len(list(path.glob("*.words"))) <= 15
    with SearchIndex.open(path) as index:
        for _ in range(40):
            index.update([document(random.Random(1), 500)])
        index.remove(["d500"])
        after = [(hit.id, hit.tier) for hit in index.search("giám sát", limit=1000).hits]
        assert len(list(path.glob("*.words"))) <= 15
    assert sorted(after) == sorted(before)
