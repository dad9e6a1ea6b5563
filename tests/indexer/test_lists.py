"""A posting list comes back from its bytes as it was, or not at all."""

from __future__ import annotations

from array import array
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.engines.local.storage.bitsets import bits_of
from indexer.engines.local.storage.frames import IndexFile, shifted
from indexer.engines.local.storage.posting_lists import (
    Counts,
    Move,
    PostingList,
    pack_list,
    read_counts,
    read_list,
    read_ordinals,
    renumbered,
)
from indexer.engines.local.storage.postings import Postings, joined
from indexer.errors import DamagedPiece


def postings(ids: list[int], ordinals: list[int]) -> PostingList:
    counts = bytes(number % 255 + 1 for number in range(len(ids)))
    return PostingList(array("I", ids), counts, array("I", ordinals))


MIDDLING = postings([*range(5, 30_000, 150)], [1, 255])
"""A list that has its documents as a set, too."""


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
        (MIDDLING, False),
        (postings([*range(5, 3_000, 15)], [1, 255]), True),
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


def test_a_list_of_middling_length_tells_its_documents_as_a_set() -> None:
    data = b"".join(pack_list(MIDDLING))
    counts, _ = read_counts(data, 0)
    assert counts.documents == bits_of(MIDDLING.ids, 30_000)
    for place in range(5, len(data), 7):
        with pytest.raises(DamagedPiece):
            read_list(data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :], 0)
        with pytest.raises(DamagedPiece):
            read_list(data[:place], 0)


def opened(ids: list[int]) -> Postings:
    counts, _ = read_counts(b"".join(pack_list(postings(ids, [1]))), 0)
    return Postings(len(ids), counts, lambda: array("I", [1]))


@pytest.mark.parametrize("wanted", [1, 10, 60, 3_000])
def test_the_counts_of_some_documents_are_those_of_all(wanted: int) -> None:
    for ids in ([*range(5, 30_000, 150)], [7, 29_999], [*range(0, 30_000, 7)]):
        every = dict(zip(ids, postings(ids, [1]).counts, strict=True))
        documents = [*range(0, 30_000, 30_000 // wanted), *ids[:wanted:2]]
        found = opened(ids).counts_in(documents, 30_000)
        assert found == [every.get(document, 0) for document in documents]


def test_lists_of_several_segments_are_one_set() -> None:
    lists = [[*range(5, 30_000, 150)], [4], [*range(0, 30_000, 7)], [*range(0, 29_000, 90)]]
    lists.append([*range(3, 20)])  # of a night: a column beside the numbers of a large segment
    for some in ([0, 1, 3], [1], [0, 1, 2, 3], [3, 0], [0, 4], [4, 2], [4, 4], []):
        parts = [(number * 30_000, 0, opened(lists[each])) for number, each in enumerate(some, 1)]
        ids = [
            base + one
            for (base, _, _), each in zip(parts, some, strict=True)
            for one in lists[each]
        ]
        size = 30_000 * (len(some) + 2)
        found = joined(parts, size)
        assert found.bits(size) == bits_of(ids, size)
        packed = b"".join([postings(lists[each], [1]).counts for each in some])
        assert [*zip(*found.listed(), strict=True)] == [*zip(ids, packed, strict=True)]
        every = dict(zip(ids, packed, strict=True))
        assert found.counts_in(range(size), size) == [every.get(one, 0) for one in range(size)]
        assert Counts(*found.by_document).documents in {None, found.bits(size)}


def test_a_file_gives_what_it_has_and_no_more(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"0123456789")
    file = IndexFile(tmp_path / "file", 10)
    (tmp_path / "file").unlink()
    assert (len(file), file[2:4], file[8:99], file[99:101], file[5:3]) == (
        10,
        b"23",
        b"89",
        b"",
        b"",
    )
    assert file[1 << 63 : 1 << 64] == b""
    file.close()
    file.close()
    with pytest.raises(OSError, match="descriptor"):
        file[0:1]


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
