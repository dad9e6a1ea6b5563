"""The head of a council paper among the rows of a page: issuer on the left, national title right.

The two blocks often stand too close for a gap to tell them apart; the national title does.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from crawler.extraction.attachments.legacy_lines import line_to_unicode
from crawler.extraction.attachments.paper_blocks import KINDS, letters_of
from crawler.extraction.attachments.rows import Row
from crawler.extraction.attachments.tidy import bare
from crawler.extraction.attachments.words import PlacedWord

_TITLE = ("cong", "hoa", "xa", "hoi")
_NEAR = 5.0
"""How far from the title's edge, in heights of a line, a row may be parted."""
_APART = 0.6

Blocks = tuple[list[list[PlacedWord]], list[list[PlacedWord]]]


def title_edge(row: Row) -> float | None:
    """Where the national title begins in a row, None if it is not there."""
    read = (line_to_unicode(word.text) for word in row.words)
    words = [bare(word).strip(" .,") for word in read]
    for place in range(len(words) - len(_TITLE) + 1):
        if tuple(words[place : place + len(_TITLE)]) == _TITLE:
            return row.words[place].x0
    return None


def head_from(rows: Sequence[Row], at: int, edge: float, size: float) -> tuple[int, Blocks] | None:
    """How many rows from `at` on the two blocks take, and the lines of each; None if one is empty.

    What stands below the last line of the left block is no part of it, but for the date.
    """
    left: list[list[PlacedWord]] = []
    right: list[list[PlacedWord]] = []
    taken: list[tuple[int, int]] = []
    for row in rows[at:]:
        before = rows[at + len(taken) - 1] if taken else None
        if before and row.top - before.bottom > 3 * size:
            break
        parts = _parted(row, edge, size)
        if parts is None or _is_below(row):
            break
        for block, words in zip((left, right), parts, strict=True):
            if words:
                block.append(words)
        taken.append((len(left), len(right)))
    last = max((n for n, (count, _) in enumerate(taken) if count == len(left)), default=0)
    while last and taken[last - 1][0] == len(left):
        last -= 1
    end = last + 1
    if end < len(taken) and "ngay" in bare(
        " ".join(word.text for word in right[taken[end][1] - 1])
    ):
        end += 1
    if not left or not taken:
        return None
    return end, (left, right[: taken[end - 1][1]])


def _is_below(row: Row) -> bool:
    """Whether a row is the first below the head: the kind of the paper, or to whom it goes."""
    letters = letters_of(row.text)
    return letters in KINDS or letters.startswith("kinh gui")


def _parted(row: Row, edge: float, size: float) -> tuple[list[PlacedWord], list[PlacedWord]] | None:
    """The words of a row on either side; None if a line of text runs across."""
    words = row.words
    if title_edge(row) == edge:
        return [w for w in words if w.x0 < edge], [w for w in words if w.x0 >= edge]
    if words[-1].x1 <= edge:
        return words, []
    if words[0].x0 >= edge:
        return [], words
    gaps = [
        (after.x0 - before.x1, place)
        for place, (before, after) in enumerate(pairwise(words), 1)
        if before.x1 <= edge + _NEAR * size and after.x0 >= edge - _NEAR * size
    ]
    widest, place = max(gaps, default=(0.0, 0))
    if widest >= _APART * size:
        return words[:place], words[place:]
    return ([], words) if words[0].x0 >= edge - _NEAR * size else None
