"""Postings come out of the pool whole and in order, however little of them fits into memory."""

from __future__ import annotations

import random
from array import array
from pathlib import Path

import pytest

from indexer.files.lists import PostingList
from indexer.files.pool import PostingPool

Document = dict[bytes, tuple[int, list[int]]]


def documents(count: int) -> list[Document]:
    chance = random.Random(3)
    terms = [f"{letter}{number}".encode() for letter in "abc" for number in range(9)]
    return [
        {
            term: (
                chance.randrange(256),
                sorted(chance.sample(range(70_000), chance.choice((1, 2, 300)))),
            )
            for term in chance.sample(terms, chance.randrange(len(terms)))
        }
        for _ in range(count)
    ]


def plainly(found: list[Document]) -> dict[bytes, list[tuple[int, int, list[int]]]]:
    lists: dict[bytes, list[tuple[int, int, list[int]]]] = {}
    for number, document in enumerate(found):
        for term, (counts, positions) in document.items():
            lists.setdefault(term, []).append((number, counts, positions))
    return dict(sorted(lists.items()))


def taken_out(pool: PostingPool) -> dict[bytes, list[tuple[int, int, list[int]]]]:
    lists = {}
    for term, (ids, counts, lengths, positions) in pool.lists():
        assert term not in lists
        places = iter(positions)
        lists[term] = [
            (number, packed, [next(places) for _ in range(length)])
            for number, packed, length in zip(ids, counts, lengths, strict=True)
        ]
    assert list(lists) == sorted(lists)
    pool.close()
    return lists


@pytest.mark.parametrize("limit", [1, 50, 10_000])
def test_what_went_in_comes_out_by_term(tmp_path: Path, limit: int) -> None:
    found = documents(60)
    pool = PostingPool(tmp_path, limit)
    for number, document in enumerate(found):
        pool.add_document(number, document)
    assert taken_out(pool) == plainly(found)


@pytest.mark.parametrize("limit", [50, 10_000])
def test_lists_of_other_segments_follow_under_new_numbers(tmp_path: Path, limit: int) -> None:
    found = documents(20)
    pool = PostingPool(tmp_path, limit)
    for number, document in enumerate(found):
        pool.add_document(number, document)
    for first in (20, 22):
        old = PostingList(
            array("B", [0, 1, 2]), b"\1\2\3", array("B", [1, 1, 2]), array("H", [5, 6, 7, 8])
        )
        pool.add_lists([(b"a1", old), (b"zz", old)], [first, -1, first + 1])
    expected = plainly(found)
    others = [(20, 1, [5]), (21, 3, [7, 8]), (22, 1, [5]), (23, 3, [7, 8])]
    expected[b"a1"] += others
    expected[b"zz"] = others
    assert taken_out(pool) == expected


def test_nothing_in_nothing_out(tmp_path: Path) -> None:
    assert list(PostingPool(tmp_path, 10).lists()) == []
