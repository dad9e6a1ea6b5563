"""What a case found: lines that a target is set for, and tables beside them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Line:
    """One target and what was measured for it, a sample a round.

    `key` names it in `limits.toml`. `limit` is the most, or with `at_least` the least.
    """

    key: str
    what: str
    target: str
    limit: float
    samples: list[float]
    at_least: bool = False
    unit: str = "×"
    note: str = ""

    @property
    def met(self) -> bool:
        """Whether the median keeps to the limit."""
        middle = median(self.samples)
        return middle >= self.limit if self.at_least else middle <= self.limit


@dataclass(frozen=True, slots=True)
class Table:
    """Figures side by side."""

    title: str
    header: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Findings:
    """All that a case found."""

    lines: list[Line] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def median(values: Iterable[float]) -> float:
    """The middle value, or the mean of the two in the middle."""
    ordered = sorted(values)
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def percentile(values: Iterable[float], percent: float) -> float:
    """The value that `percent` of the values do not exceed (nearest rank)."""
    ordered = sorted(values)
    return ordered[max(0, -(-int(len(ordered) * percent) // 100) - 1)]


def ratios(above: Sequence[float], below: Sequence[float]) -> list[float]:
    """The ratio of each pair."""
    return [one / other for one, other in zip(above, below, strict=True)]


def spread(values: Sequence[float], unit: str = "") -> str:
    """The median and, of several values, the range: `1.52 [1.47–1.60]`."""
    middle = f"{shown(median(values))}{unit and ' ' + unit}"
    if len(values) == 1:
        return f"{middle} (one run)"
    return f"{middle} [{shown(min(values))}–{shown(max(values))}]"


def shown(value: float) -> str:
    """A number with three significant digits."""
    if abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"
