"""Dates of which an index knows the documents: what day, month and year stand at one position.

A date has a term for each of the three, all at its position (`language.dates`). Those of a span
would be looked for in all documents that have any. What stands at one position is a row of one: its
key is `~=d17+=m8+=y2020`, its spelling the forms of the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from indexer.engines.local.storage.pairs import Row, TermsByPosition
from indexer.language.analysis import pack_counts

DATES = frozenset({"=d+=m+=y", "=d+=m", "=m+=y"})
"""Which parts of a date are known together."""

SEVERAL = "=+"
"""Stands in place of a date where a position has several: 3–5/4/2020."""

_SEVERAL = f"{SEVERAL} {SEVERAL}".encode()
_LETTERS = b"=d", b"=m", b"=y"


def dates_of(text: TermsByPosition) -> dict[Row, int]:
    """The packed counts of each date of a document."""
    counts: dict[Row, list[int]] = {}
    for place, terms in text.several.items():
        if parts := [parts_of for letter in _LETTERS if (parts_of := _with(letter, terms))]:
            (zone,) = (number for number, zone in enumerate(text.zones) if place in zone)
            for term in _dates_at(parts):
                counts.setdefault((term,), [0, 0, 0])[zone] += 1
    return {row: pack_counts(*of_zones) for row, of_zones in counts.items()}


def _with(letter: bytes, terms: list[bytes]) -> list[bytes]:
    return [term for term in terms if term.startswith(letter) and term[2:3].isdigit()]


def _dates_at(parts: list[list[bytes]]) -> Iterator[bytes]:
    """What a date is known by, its days, months and years being given, as far as it has any."""
    if max(map(len, parts)) > 1:
        yield _SEVERAL
    for first in range(len(parts) - 1):
        for last in range(first + 2, len(parts) + 1):
            for date in product(*parts[first:last]):
                both = [term.split(b" ") for term in date]
                yield b" ".join([b"+".join(one) for one in zip(*both, strict=True)])


def shape_of(date: str) -> str:
    """Which parts of a date are in its folded letters."""
    return "+".join(part[:2] for part in date.split("+"))
