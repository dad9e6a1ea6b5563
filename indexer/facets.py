"""Counts of answers by a value, in order; of months and years there are no gaps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

_BETWEEN = "\n"

Counts = tuple[tuple[str, int], ...]
"""Values with how many answers have each, in order. The empty value is that of answers without."""


def joined(categories: Iterable[str]) -> str:
    """The categories of a document as one text; empty for none."""
    return _BETWEEN.join(name.replace(_BETWEEN, " ") for name in categories)


def each(categories: str) -> list[str]:
    """The categories in what `joined` gave; the empty text alone for none."""
    return categories.split(_BETWEEN)


def of_each(counts: Mapping[str, int]) -> Counter[str]:
    """Counts of documents by what `joined` gave, as counts by each category."""
    apart: Counter[str] = Counter()
    for categories, count in counts.items():
        for category in each(categories):
            apart[category] += count
    return apart


def of_the_same(values: Counts, counts: Mapping[str, int]) -> Counts:
    """Other counts of the values of a facet: 0 for those that have none."""
    return tuple((value, counts.get(value, 0)) for value, _ in values)


def in_order(name: str, counts: Mapping[str, int]) -> Counts:
    """The counts of a facet; years and months without any are 0, between the first and the last."""
    named = sorted(filter(None, counts))
    if name == "year" and named:
        values = [str(year) for year in range(int(named[0]), int(named[-1]) + 1)]
    elif name == "month" and named:
        values = list(_months(named[0], named[-1]))
    else:
        values = named
    values = [""] * ("" in counts) + values
    return tuple((value, counts.get(value, 0)) for value in values)


def _months(first: str, last: str) -> Iterator[str]:
    number, end = (int(month[:4]) * 12 + int(month[5:]) - 1 for month in (first, last))
    while number <= end:
        yield f"{number // 12}-{number % 12 + 1:02}"
        number += 1
