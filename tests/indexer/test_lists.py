"""A posting list comes back from its bytes as it was, or not at all."""

from __future__ import annotations

from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.engines.local.storage.frames import shifted
from indexer.engines.local.storage.posting_lists import (
    Move,
    PostingList,
    pack_list,
    read_counts,
    read_list,
    read_ordinals,
    renumbered,
)
from indexer.errors import DamagedPiece


def postings(ids: list[int], ordinals: list[int]) -> PostingList:
    return PostingList(array("I", ids), bytes(range(1, len(ids) + 1)), array("I", ordinals))


@pytest.mark.parametrize(
    ("written", "as_column"),
    [
        (postings([0], [0]), False),
        (postings([*range(8)], [0]), True),
        (postings([3, 255], [7, 9, 4096]), False),
        (postings([3, 256, 70_000], [7, 65_535, 65_536, 4_000_000_000]), False),
        (postings([8, 9, 23], [1, 255]), False),
        (postings([*range(9, 25, 2)], [1, 255]), True),
        (postings([1], list(range(300))), False),
    ],
)
def test_a_list_comes_back_as_it_was_wherever_it_stands(
    written: PostingList, as_column: bool
) -> None:
    data = b"before" + b"".join(pack_list(written)) + b"after"
    assert [*map(list, read_list(data, 6))] == [*map(list, written)]
    counts, place = read_counts(data, 6)
    assert (counts.ids is None) == as_column
    assert [*map(list, counts.listed())] == [list(written.ids), list(written.counts)]
    column = counts.as_column()
    assert [(one, packed) for one, packed in enumerate(column) if packed] == [
        *zip(written.ids, written.counts, strict=True)
    ]
    assert list(read_ordinals(data, place)) == list(written.ordinals)


def test_a_flipped_bit_or_a_missing_end_is_noticed() -> None:
    data = b"".join(pack_list(postings([3, 300], [7, 9, 4096])))
    for place in range(len(data)):
        for bit in range(8):
            flipped = data[:place] + bytes([data[place] ^ 1 << bit]) + data[place + 1 :]
            with pytest.raises(DamagedPiece):
                read_list(flipped, 0)
        with pytest.raises(DamagedPiece):
            read_list(data[:place], 0)


def test_documents_get_other_numbers_and_ordinals_and_deleted_ones_go() -> None:
    written = postings([0, 2, 3], [1, 2, 25, 36, 37])
    moved = renumbered(written, Move([10, 11, 12, 13], [0], [40], [1000]))
    assert moved is not None
    assert [*map(list, moved)] == [[10, 12, 13], [1, 2, 3], [1001, 1002, 1025, 1036, 1037]]
    left = renumbered(written, Move([10, -1, -1, 11], [0, 30], [10, 40], [100, 80]))
    assert left is not None
    assert [*map(list, left)] == [[10, 11], [1, 3], [101, 102, 116, 117]]
    assert renumbered(written, Move([-1] * 4, [], [], [])) is None


def numbers(upto: int) -> st.SearchStrategy[list[int]]:
    return st.sets(st.integers(0, upto), min_size=1, max_size=50).map(sorted)


@given(numbers(10**6), numbers(2**32 - 1))
def test_any_list_comes_back_as_it_was(ids: list[int], ordinals: list[int]) -> None:
    written = postings(ids, ordinals)
    data = b"".join(pack_list(written))
    assert [*map(list, read_list(data, 0))] == [*map(list, written)]


@given(st.lists(st.integers(1_000, 40_000), max_size=200), st.integers(-1_000, 4_294_900_000))
def test_numbers_are_shifted_all_at_once_as_each_alone(numbers: list[int], by: int) -> None:
    for width in "HI":
        found = shifted(array(width, numbers), by)
        assert found == array("I", [number + by for number in numbers])
