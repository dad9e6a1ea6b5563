"""Postings come out of the pool whole and in order, however little of them fits into memory."""

from __future__ import annotations

import random
from array import array
from pathlib import Path

import pytest

from indexer.engines.local.storage.posting_lists import Move, PostingList
from indexer.engines.local.storage.posting_pool import PostingPool

SLOTS = 70_000
"""How many ordinals each document has."""

Document = dict[bytes, tuple[int, list[int]]]


def documents(count: int) -> list[Document]:
    chance = random.Random(3)
    terms = [f"{letter}{number}".encode() for letter in "abc" for number in range(9)]
    return [
        {
            term: (
                chance.randrange(1, 256),
                sorted(chance.sample(range(first, first + SLOTS), chance.choice((1, 2, 300)))),
            )
            for term in chance.sample(terms, chance.randrange(len(terms)))
        }
        for first in range(0, count * SLOTS, SLOTS)
    ]


def plainly(found: list[Document]) -> dict[bytes, list[tuple[int, int, list[int]]]]:
    lists: dict[bytes, list[tuple[int, int, list[int]]]] = {}
    for number, document in enumerate(found):
        for term, (counts, ordinals) in document.items():
            lists.setdefault(term, []).append((number, counts, ordinals))
    return dict(sorted(lists.items()))


def taken_out(pool: PostingPool) -> dict[bytes, list[tuple[int, int, list[int]]]]:
    lists = {}
    for term, entry in pool.entries():
        assert term not in lists
        assert isinstance(entry, PostingList)
        ids, counts, ordinals = entry
        lists[term] = [
            (number, packed, [ordinal for ordinal in ordinals if ordinal // SLOTS == number])
            for number, packed in zip(ids, counts, strict=True)
        ]
        assert len(ordinals) == sum(len(here) for _, _, here in lists[term])
    assert list(lists) == sorted(lists)
    pool.close()
    return lists


@pytest.mark.parametrize("limit", [1, 50, 10_000])
def test_what_went_in_comes_out_by_term(tmp_path: Path, limit: int) -> None:
    found = documents(60)
    pool = PostingPool(tmp_path, limit)
    for number, document in enumerate(found):
        pool.add_document(number, document, {})
    assert taken_out(pool) == plainly(found)


@pytest.mark.parametrize("limit", [50, 10_000])
def test_lists_of_other_segments_follow_under_new_numbers(tmp_path: Path, limit: int) -> None:
    found = documents(20)
    pool = PostingPool(tmp_path, limit)
    for number, document in enumerate(found):
        pool.add_document(number, document, {})
    for first in (20, 22):
        old = PostingList(array("B", [0, 1, 2]), b"\1\2\3", array("H", [5, 16, 27, 28]))
        shifts = [first * SLOTS, (first + 1) * SLOTS - 20]
        move = Move([first, -1, first + 1], [0, 20], [10, 30], shifts)
        pool.add_entries([(b"a1", old), (b"zz", old)], move)
    expected = plainly(found)
    others = [
        (first + number, packed, [(first + number) * SLOTS + ordinal for ordinal in ordinals])
        for first in (20, 22)
        for number, packed, ordinals in ((0, 1, [5]), (1, 3, [7, 8]))
    ]
    expected[b"a1"] += others
    expected[b"zz"] = others
    assert taken_out(pool) == expected


def test_nothing_in_nothing_out(tmp_path: Path) -> None:
    assert list(PostingPool(tmp_path, 10).entries()) == []
