"""A posting list comes back from its bytes as it was, or not at all."""

from __future__ import annotations

from array import array

import pytest

from indexer.errors import DamagedPiece
from indexer.files.lists import (
    PostingList,
    pack_list,
    read_documents,
    read_list,
    read_positions,
    renumbered,
)


def postings(ids: list[int], positions: list[list[int]]) -> PostingList:
    return PostingList(
        array("I", ids),
        bytes(range(len(ids))),
        array("I", map(len, positions)),
        array("I", [place for places in positions for place in places]),
    )


@pytest.mark.parametrize(
    "written",
    [
        postings([0], [[0]]),
        postings([3, 255], [[7, 9], [4096]]),
        postings([3, 256, 70_000], [[7], [65_535], [65_536, 4_000_000_000]]),
        postings([1], [list(range(300))]),
    ],
)
def test_a_list_comes_back_as_it_was_wherever_it_stands(written: PostingList) -> None:
    data = b"before" + pack_list(written) + b"after"
    found = read_list(data, 6)
    assert [*map(list, found)] == [*map(list, written)]
    ids, counts, place = read_documents(data, 6)
    assert (list(ids), counts) == (list(written.ids), written.counts)
    lengths, positions = read_positions(data, place, len(ids))
    assert (list(lengths), list(positions)) == (list(written.lengths), list(written.positions))


def test_a_flipped_bit_or_a_missing_end_is_noticed() -> None:
    data = pack_list(postings([3, 300], [[7, 9], [4096]]))
    for place in range(len(data)):
        for bit in range(8):
            flipped = data[:place] + bytes([data[place] ^ 1 << bit]) + data[place + 1 :]
            with pytest.raises(DamagedPiece):
                read_list(flipped, 0)
        with pytest.raises(DamagedPiece):
            read_list(data[:place], 0)


def test_documents_get_other_numbers_and_deleted_ones_go() -> None:
    written = postings([0, 2, 3], [[1, 2], [5], [6, 7]])
    moved = renumbered(written, [10, 11, 12, 13])
    assert moved is not None
    assert [*map(list, moved)] == [[10, 12, 13], [0, 1, 2], [2, 1, 2], [1, 2, 5, 6, 7]]
    left = renumbered(written, [10, -1, -1, 11])
    assert left is not None
    assert [*map(list, left)] == [[10, 11], [0, 2], [2, 2], [1, 2, 6, 7]]
    assert renumbered(written, [-1] * 4) is None
