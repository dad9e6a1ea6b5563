"""Spans of days or months that were typed: any of it in the text, or an article of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import MAXYEAR, MINYEAR
from itertools import combinations_with_replacement

from archive.ground.message import Message
from indexer.language.analysis import marker
from indexer.language.dates import WrittenDate, are_ends, are_joined
from indexer.query.fields import spanned
from indexer.query.query_tokens import Option, QueryToken
from indexer.query.tree import Atom, Edge, Node, Or, TermOrPhrase

_WRITTEN_YEARS = 1500, 2100
"""The years that a text names as such, from the first to before the last."""

_MONTHS = 12


def spans(row: list[QueryToken], text: str, notes: list[Message]) -> dict[tuple[int, int], Node]:
    """The stretches of tokens that are a span, each with what it asks for.

    One that ends before it begins is turned round, and told in `notes`.
    """
    found: dict[tuple[int, int], Node] = {}
    places = [place for place, token in enumerate(row) if isinstance(token.date, WrittenDate)]
    for first, last in combinations_with_replacement(places, 2):
        one, other = row[first].date, row[last].date
        if not (isinstance(one, WrittenDate) and isinstance(other, WrittenDate)):
            continue
        start = first - (first > 0 and row[first - 1].text.lower() in ("từ", "tu"))
        typed = " ".join(text[row[start].start : row[last].end].split())
        between = text[row[first].end : row[last].start]
        alone = first == last and start < first and (len(one.days) > 1 or bool(one.months))
        if not (alone or are_joined(between)):
            continue
        if all(date.year and (date.month or date.months) for date in (one, other)):
            if bool(one.days) != bool(other.days):
                continue
            if _begin(one) > _end(other):
                one, other = other, one
                notes.append(Message("indexer.span-turned-round", dates=typed))
            options = dict.fromkeys(_options(one, other))
        elif alone or are_ends(one, other, between):
            options = dict.fromkeys(
                option
                for token in row[first : last + 1]
                for option in token.options
                if all(atom.folded.startswith("=") for atom in option)
            )
        else:
            continue
        ways: list[Node] = [TermOrPhrase(typed, 1, (Edge(0, 1, tuple(options)),))]
        own = spanned(one, other)
        found[start, last + 1] = Or((*ways, *filter(None, [own])), typed)
    return found


def _begin(date: WrittenDate) -> tuple[int, int, int]:
    return date.year or 0, (date.months or (date.month or 1,))[0], (date.days or (1,))[0]


def _end(date: WrittenDate) -> tuple[int, int, int]:
    return date.year or 0, (date.months or (date.month or 12,))[-1], (date.days or (31,))[-1]


def _options(first: WrittenDate, last: WrittenDate) -> Iterator[Option]:
    """The years and the months that lie wholly in a span, and the days of months that do not."""
    year, month, day = _begin(first)
    end_year, end_month, end_day = _end(last)
    cut_first, cut_last = day > 1, end_day < _days_of(end_year, end_month)
    if (year, month) == (end_year, end_month) and (cut_first or cut_last):
        yield from (_date(year, month, one) for one in range(day, end_day + 1))
        return
    if cut_first:
        yield from (_date(year, month, one) for one in range(day, 32))
    if cut_last:
        yield from (_date(end_year, end_month, one) for one in range(1, end_day + 1))
    earliest, latest = _WRITTEN_YEARS
    between = range(max(year + 1, earliest), min(end_year, latest))
    for one in dict.fromkeys((year, *between, end_year)):
        begin = month + cut_first if one == year else 1
        end = end_month - cut_last if one == end_year else _MONTHS
        if (begin, end) == (1, _MONTHS):
            yield _date(one)
        else:
            yield from (_date(one, other) for other in range(begin, end + 1))


def _days_of(year: int, month: int) -> int:
    """How many days a month has; of a year that is none as many as can be."""
    from calendar import monthrange

    return monthrange(year, month)[1] if MINYEAR <= year <= MAXYEAR else 31


def _date(year: int, month: int | None = None, day: int | None = None) -> Option:
    parts = f"=d{day}" * (day is not None), f"=m{month}" * (month is not None), f"=y{year}"
    return tuple(Atom(*marker(part)) for part in parts if part)
