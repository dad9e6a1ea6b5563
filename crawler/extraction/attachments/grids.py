"""Ruled grids: tables whose cells are drawn."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from crawler.extraction.attachments.rows import rows_of
from crawler.extraction.attachments.tidy import in_one_line
from crawler.extraction.attachments.words import PlacedWord, Rule

_NEAR = 3.0
"""Points within which two ruled lines are one, or meet."""


@dataclass(slots=True)
class Grid:
    """Level and upright lines that cross, as the table that they draw."""

    level: list[Rule]
    upright: list[Rule]
    left: float
    top: float
    right: float
    bottom: float

    def holds(self, word: PlacedWord) -> bool:
        """Whether a word stands inside the table."""
        x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
        return self.left <= x <= self.right and self.top <= y <= self.bottom

    def lines(self, words: Sequence[PlacedWord]) -> list[str]:
        """A line a row, its cells set apart by tabs; a cell's own lines are joined by spaces."""
        heights = _merged([rule.top for rule in self.level])
        cells: dict[int, dict[float, list[PlacedWord]]] = {}
        for word in words:
            x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
            row = bisect_left(heights, y)
            column = max(
                (
                    r.x0
                    for r in self.upright
                    if r.x0 <= x and r.top - _NEAR <= y <= r.bottom + _NEAR
                ),
                default=self.left,
            )
            cells.setdefault(row, {}).setdefault(round(column / _NEAR) * _NEAR, []).append(word)
        return [
            "\t".join(
                in_one_line(line.text for line in rows_of(held)) for _, held in sorted(row.items())
            )
            for _, row in sorted(cells.items())
        ]


def find_grids(rules: Sequence[Rule], words: Sequence[PlacedWord]) -> list[Grid]:
    """The tables that ruled lines draw: at least two level and two upright ones, that meet."""
    groups: list[list[Rule]] = []
    for rule in sorted(_joined(rules)):
        touching = [group for group in groups if any(_meet(rule, other) for other in group)]
        kept = [group for group in groups if all(group is not other for other in touching)]
        groups = [*kept, [rule, *(other for group in touching for other in group)]]
    grids = [_grid(group) for group in groups if len(group) >= 4]
    return [grid for grid in grids if grid is not None]


def _joined(rules: Sequence[Rule]) -> list[Rule]:
    """The rules, those as one that go on one behind the other: the sides of cells."""
    level = [rule for rule in rules if rule.x1 - rule.x0 > rule.bottom - rule.top]
    upright = [rule for rule in rules if rule.x1 - rule.x0 <= rule.bottom - rule.top]
    level.sort(key=lambda rule: (round(rule.top), rule.x0))
    upright.sort(key=lambda rule: (round(rule.x0), rule.top))
    joined: list[Rule] = []
    for rule in level:
        last = joined[-1] if joined else None
        if last and round(last.top) == round(rule.top) and rule.x0 <= last.x1 + _NEAR:
            joined[-1] = last._replace(x1=max(last.x1, rule.x1))
        else:
            joined.append(rule)
    first = len(joined)
    for rule in upright:
        last = joined[-1] if len(joined) > first else None
        if last and round(last.x0) == round(rule.x0) and rule.top <= last.bottom + _NEAR:
            joined[-1] = last._replace(bottom=max(last.bottom, rule.bottom))
        else:
            joined.append(rule)
    return joined


def _meet(one: Rule, other: Rule) -> bool:
    return (
        one.x0 <= other.x1 + _NEAR
        and other.x0 <= one.x1 + _NEAR
        and one.top <= other.bottom + _NEAR
        and other.top <= one.bottom + _NEAR
    )


def _grid(group: list[Rule]) -> Grid | None:
    level = [rule for rule in group if rule.x1 - rule.x0 > rule.bottom - rule.top]
    upright = [rule for rule in group if rule.x1 - rule.x0 <= rule.bottom - rule.top]
    if len(_merged([r.top for r in level])) < 3 or len(_merged([r.x0 for r in upright])) < 2:
        return None
    return Grid(
        level,
        upright,
        min(rule.x0 for rule in group) - _NEAR,
        min(rule.top for rule in group) - _NEAR,
        max(rule.x1 for rule in group) + _NEAR,
        max(rule.bottom for rule in group) + _NEAR,
    )


def _merged(values: Sequence[float]) -> list[float]:
    merged: list[float] = []
    for value in sorted(values):
        if not merged or value - merged[-1] > _NEAR:
            merged.append(value)
    return merged
