"""Points of charts, drawn as SVG on the server; a table beside each says the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 320, 72


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of a chart that is `WIDTH` wide and `HEIGHT` high."""

    x: float
    y: float
    width: float
    height: float
    value: str
    count: int


def bars_of(counts: Sequence[tuple[str, int]]) -> list[Bar]:
    """A bar for each named count, as high as its share of the largest."""
    named = [(value, count) for value, count in counts if value]
    if not named:
        return []
    step = WIDTH / len(named)
    most = max(count for _, count in named) or 1
    found = []
    for place, (value, count) in enumerate(named):
        height = round(max(2 if count else 0, HEIGHT * count / most), 1)
        x, width = round(place * step + step * 0.08, 1), round(step * 0.84, 1)
        found.append(Bar(x, round(HEIGHT - height, 1), width, height, value, count))
    return found


def line_of(numbers: Sequence[int]) -> str:
    """The points of a line through a series, as SVG writes them; empty for fewer than two."""
    if len(numbers) < 2:
        return ""
    low, span = min(numbers), max(numbers) - min(numbers)
    step = WIDTH / (len(numbers) - 1)
    return " ".join(
        f"{n * step:.1f},{HEIGHT - 4 - (HEIGHT - 8) * ((one - low) / span if span else 0.5):.1f}"
        for n, one in enumerate(numbers)
    )
