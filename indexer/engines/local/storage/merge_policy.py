"""Which segments a commit merges, so that few are left to read and no night costs much more.

Small segments go into the new one as soon as there are a few: so a search reads two or three of
them, and of the nights of a week two copy what the others brought. Larger ones belong to classes,
each eight times the one before; eight of a class become one. A segment most of which was deleted
goes too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

_SMALL = 128
_FEW = 3
_TOGETHER = 8


def to_merge(segments: Sequence[tuple[int, int]]) -> set[int]:
    """Which of the segments, each given as its number of documents and how many of them live."""
    chosen = set()
    small = []
    classes: defaultdict[int, list[int]] = defaultdict(list)
    for number, (size, live) in enumerate(segments):
        if live * 2 < size:
            chosen.add(number)
        elif size < _SMALL:
            small.append(number)
        else:
            classes[live.bit_length() // 3].append(number)
    if len(small) >= _FEW:
        chosen.update(small)
    for alike in classes.values():
        if len(alike) >= _TOGETHER:
            chosen.update(alike)
    return chosen
