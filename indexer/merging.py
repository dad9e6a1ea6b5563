"""Which segments a commit merges: few are left to read, and no night costs much more than others.

A segment belongs to a class by its number of documents, each class eight times as large as the one
before. Eight segments of one class become one; a night adds one of the smallest. A segment most of
which was deleted goes too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

_TOGETHER = 8


def to_merge(segments: Sequence[tuple[int, int]]) -> set[int]:
    """Which of the segments, each given as its number of documents and how many of them live."""
    chosen = {number for number, (size, live) in enumerate(segments) if live * 2 < size}
    classes: defaultdict[int, list[int]] = defaultdict(list)
    for number, (_, live) in enumerate(segments):
        if number not in chosen:
            classes[max(live - 1, 0).bit_length() // 3].append(number)
    for alike in classes.values():
        if len(alike) >= _TOGETHER:
            chosen.update(alike)
    return chosen
