"""What is fetched of an object for whoever reads one record after the other."""

from __future__ import annotations

import random

from archive.warc.read_ahead import MOST, ReadAhead

OBJECT = random.Random(20).randbytes(5 << 20)


class Counted:
    """Fetches from `OBJECT`; `ranges` are what was asked for."""

    def __init__(self) -> None:
        self.ranges: list[tuple[int, int]] = []
        self.ahead = ReadAhead()

    def fetch(self, offset: int, length: int) -> bytes:
        self.ranges.append((offset, length))
        return OBJECT[offset : offset + length]

    def read(self, offset: int, length: int, key: str = "a") -> None:
        """Read as `StoredSegment` does: piece after piece, until the record is whole."""
        record = b""
        while len(record) < length:
            at = offset + len(record)
            start, piece = self.ahead.piece(
                key, at, length - len(record), len(OBJECT) - at, self.fetch
            )
            part = piece[at - start : at - start + length - len(record)]
            assert part
            record += part
        assert record == OBJECT[offset : offset + length]


def test_one_record_is_one_range_of_its_length() -> None:
    counted = Counted()
    for offset in (4_000_000, 10, 2_000_000):
        counted.read(offset, 5000)
    assert counted.ranges == [(4_000_000, 5000), (10, 5000), (2_000_000, 5000)]


def test_record_after_record_takes_few_requests_and_no_byte_twice() -> None:
    counted, offset, chance = Counted(), 0, random.Random(1)
    while offset < len(OBJECT) - 20_000:
        length = chance.randrange(500, 15_000)
        counted.read(offset, length)
        offset += length + chance.randrange(1500)  # the request and the metadata
    assert len(counted.ranges) < 12
    assert all(length <= MOST for _, length in counted.ranges)
    assert sum(length for _, length in counted.ranges) <= len(OBJECT)


def test_what_is_asked_for_again_is_fetched_again() -> None:
    counted = Counted()
    for _ in range(2):
        counted.read(0, 1000)
        counted.read(1000, 1000)
        counted.read(2000, 1000)
    assert [offset for offset, _ in counted.ranges] == [0, 1000, 0, 1000]


def test_segments_read_in_turn_are_kept_apart_and_few_at_a_time() -> None:
    counted = Counted()
    for offset in range(0, 100_000, 1000):
        for key in "abc":
            counted.read(offset, 1000, key)
    assert len(counted.ranges) < 3 * 5
    for key in "defghijk":
        counted.read(0, 1000, key)
    assert len(counted.ahead._pieces) == 4
