"""Which segments a commit merges, so that few are left to read and no night costs much more.

Small segments go into the new one each time: so there is one at most, and a night copies at most
what a week brought. Larger ones belong to classes, each eight times the one before; eight of a
class become one. A segment most of which was deleted goes too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

_SMALL = 128
_TOGETHER = 8


def to_merge(segments: Sequence[tuple[int, int]]) -> set[int]:
    """Which of the segments, each given as its number of documents and how many of them live."""
    chosen = set()
    classes: defaultdict[int, list[int]] = defaultdict(list)
    for number, (size, live) in enumerate(segments):
        if size < _SMALL or live * 2 < size:
            chosen.add(number)
        else:
            classes[live.bit_length() // 3].append(number)
    for alike in classes.values():
        if len(alike) >= _TOGETHER:
            chosen.update(alike)
    return chosen
