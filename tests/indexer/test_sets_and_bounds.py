"""Sets of documents as long integers, folded letters as bytes, and bounds of scores."""

from __future__ import annotations

import random
from array import array
from datetime import date
from pathlib import Path

import pytest

from indexer import Document, SearchIndex
from indexer.engines.local.storage.bitsets import (
    all_of,
    any_of,
    bits_of,
    bits_of_column,
    bits_within,
    documents_of,
    those_in,
)
from indexer.language.charset import encode
from indexer.language.letters import letters_of
from indexer.language.vietnamese import fold


@pytest.mark.parametrize("size", [1, 7, 64, 1000])
@pytest.mark.parametrize("share", [0.0, 0.01, 0.3, 1.0])
def test_a_set_gives_back_its_documents(size: int, share: float) -> None:
    documents = [number for number in range(size) if random.Random(number).random() < share]
    bits = bits_of(documents, size)
    assert documents_of(bits) == documents
    assert bits.bit_count() == len(documents)
    assert those_in(bits, range(size), size) == documents
    column = bytearray(size)
    for document in documents:
        column[document] = 200
    assert bits_of_column(column) == bits


@pytest.mark.parametrize("size", [0, 1, 7, 8, 1000])
def test_numbers_within_spans_are_found_all_at_once(size: int) -> None:
    chance = random.Random(size)
    drawn = [0, 1, 20200101, 20200102, 20201231, 20210101, 99_999_999, (1 << 31) - 1]
    numbers = array("i", chance.choices(drawn, k=size))
    ends = [chance.sample(drawn, 2) for _ in range(20)]
    for spans in [[], [(0, 0)], [(1, 99_999_999)], [(20200102, 20200102), (0, 0)], ends]:
        within = [
            document
            for document, number in enumerate(numbers)
            if any(first <= number <= last for first, last in spans)
        ]
        assert bits_within(numbers, [(first, last) for first, last in spans]) == bits_of(
            within, size
        )


def test_sets_meet_and_unite() -> None:
    low, high = bits_of([1, 2, 3], 9), bits_of([3, 8], 9)
    assert documents_of(any_of([low, high])) == [1, 2, 3, 8]
    assert documents_of(all_of(low, [high])) == [3]


@pytest.mark.parametrize(
    "text",
    [
        "Hội đồng nhân dân QUẬN, 17/8/2020 (Uỷ ban)",
        "Ðường Đê — ﬁ Ｈội Ωmega naïve œuvre\nß",
        "chợ 🐟 đầy cá",
        "".join(map(chr, range(0x20, 0x250))) + "".join(map(chr, range(0x1E00, 0x1F00))),
        "lone \ud800 surrogate",
        "",
    ],
)
def test_each_character_has_the_letter_that_it_folds_to(text: str) -> None:
    letters = letters_of(encode(text))
    assert len(letters) == len(text)
    for character, letter in zip(text, letters.decode(), strict=True):
        folded = fold(character)
        if character.isalpha():
            plain = len(folded) == 1 and folded.isascii() and folded.isalpha()
            assert letter == (folded if plain else "_"), character
        else:
            assert letter not in "abcdefghijklmnopqrstuvwxyz_"


def article(number: int, title: str, body: str) -> Document:
    day = date(2020, 1, 1 + number % 28)
    return Document(f"n{number:04}", title, None, (body,), day, "s", None, "u")


def test_bounds_leave_out_none_of_the_best(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    chance = random.Random(3)
    words = ["chợ"] * 6 + ["họp", "bàn", "bán", "dân", "nước", "sạch"]
    documents = [
        article(
            number,
            " ".join(chance.choices(words, k=4)) if number % 9 == 0 else "tin",
            " ".join(chance.choices(words, k=chance.randint(3, 90))),
        )
        for number in range(1500)
    ]
    queries = ["chợ", "cho hop", "chợ nước", "ban dan", "chợ OR sạch", "nuoc sach"]
    with SearchIndex.replace(tmp_path / "index", documents) as index:
        monkeypatch.setattr("indexer.engines.local.search.ranking._FEW", 1)
        bounded = [index.search(query, limit=30).hits for query in queries]
        monkeypatch.setattr("indexer.engines.local.search.ranking._FEW", 10**9)
        assert bounded == [index.search(query, limit=30).hits for query in queries]


def test_a_few_better_than_any_bound_of_the_others_are_the_best(tmp_path: Path) -> None:
    documents = [
        article(number, *(("chợ chợ", "sach") if number % 10 == 0 else ("tin", "cho sach")))
        for number in range(1500)
    ]
    with SearchIndex.replace(tmp_path / "index", documents) as index:
        answer = index.search("chợ sạch", limit=150)
    assert answer.total == 1500
    assert all(hit.title == "chợ chợ" for hit in answer.hits)


@pytest.mark.parametrize("every", [1, 3, 100, 399])
def test_of_a_list_deleted_documents_do_not_count(tmp_path: Path, every: int) -> None:
    """In a list of numbers, in one with its set beside, and in a column."""

    def document(number: int, text: str) -> Document:
        return Document(f"d{number}", text, None, (), None, "s", None, "u")

    texts = ["chợ nhỏ" if number % every == 0 else "cây" for number in range(3_000)]
    with SearchIndex.replace(tmp_path / "index", map(document, range(3_000), texts)) as index:
        for changed in (range(0, 60, 3), [0, 1, 2_997]):
            index.update([document(number, "cây") for number in changed])
        snapshot = index._snapshot
        found = snapshot.postings("cho chơ5")
        left = [one for one in range(0, 3_000, every) if one % 3 or (one >= 60 and one != 2_997)]
        assert snapshot.living(found) == len([one for one in left if one != 1])
        assert found.number > snapshot.living(found)
