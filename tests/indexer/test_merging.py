"""Few segments are left to read, and no commit copies much more than the one before."""

from __future__ import annotations

from indexer.engines.local.storage.merge_policy import to_merge


def after(nights: int, each: int, archive: int) -> tuple[list[int], list[int]]:
    """The sizes of the segments after some nights, and how many documents each night copied."""
    segments, copied = [archive], []
    for _ in range(nights):
        chosen = to_merge([(size, size) for size in segments])
        merged = [size for number, size in enumerate(segments) if number in chosen]
        segments = [size for number, size in enumerate(segments) if number not in chosen]
        segments.append(each + sum(merged))
        copied.append(sum(merged))
    return segments, copied


def test_a_month_of_nights_leaves_few_segments_and_copies_little() -> None:
    segments, copied = after(30, 20, 20_000)
    assert segments[0] == 20_000
    assert len(segments) <= 8
    assert max(copied) < 128
    assert sorted(copied)[20] == 0


def test_ten_years_of_nights_leave_few_segments() -> None:
    segments, copied = after(3650, 20, 20_000)
    assert len(segments) <= 26
    assert sum(copied) < 10 * sum(segments)


def test_a_segment_most_of_which_was_deleted_goes() -> None:
    assert to_merge([(20_000, 9_999), (20_000, 10_000), (5_000, 5_000)]) == {0}
