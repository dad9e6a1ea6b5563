"""Which terms a document has, and where: what `tokens` says of its paragraphs, said faster.

A word as it is written is looked up in a dictionary that has its term ready. Only what may be more
than itself (a roman numeral, a lone capital, khóaXX, digits among letters) is read by the rules of
`indexer.language.analysis`, and so are dates and grouped numbers.

Annotations are no strings here: `NamedTuple` would compile each of them, in every search anew.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from indexer.language.analysis import (
    WORD,
    Figure,
    Token,
    figure,
    figures,
    has_syllables,
    pack_counts,
    read,
    syllables_apart,
    term,
    words,
)
from indexer.language.numerals import SIGNS
from indexer.language.spelled_numbers import SpelledNumber

# Words that touch; one of them, as a rule.
_RUN = re.compile(rf"[\w\u0300-\u036f]+|[₫{''.join(SIGNS)}]")
_MAY_BE_MORE = b""
_KEPT = 1 << 17


class _Keys(dict[str, bytes]):
    """The term of a run as it is written, UTF-8; `_MAY_BE_MORE` where there is more to say."""

    def __missing__(self, run: str) -> bytes:
        if len(self) >= _KEPT:
            self.clear()
        key = _MAY_BE_MORE
        if WORD.fullmatch(run):
            folded, form, odd = read(run)
            if folded and not odd:
                key = term(folded, form).encode()
        self[run] = key
        return key


_KEYS = _Keys()


class Occurrences(NamedTuple):
    """What stands in a document: the counts of each term (see `pack_counts`) and its positions.

    Positions run through title, lead and body, with one left free after each line, so that no
    sequence runs on. `zones` are where title, lead and body begin, and the end.
    """

    terms: dict[bytes, tuple[int, list[int]]]
    zones: tuple[int, int, int, int]


def analyse_document(
    title: str, lead: str | None, body: Iterable[str], first: int = 0
) -> Occurrences:
    """The occurrences in a document, positions counted from `first`."""
    places: defaultdict[bytes, list[int]] = defaultdict(list)
    lead_start = _add_zone(places, (title,), first)
    body_start = _add_zone(places, (lead or "",), lead_start)
    end = _add_zone(places, body, body_start)
    terms = {}
    for key, here in places.items():
        count = len(here)
        if here[0] >= body_start:
            counts = count if count < 15 else 15
        else:
            in_title = bisect_left(here, lead_start)
            before_body = bisect_left(here, body_start, in_title)
            counts = pack_counts(in_title, before_body - in_title, count - before_body)
        terms[key] = counts, here
    return Occurrences(terms, (first, lead_start, body_start, end))


def _add_zone(places: defaultdict[bytes, list[int]], paragraphs: Iterable[str], first: int) -> int:
    """Add the lines of a zone; where the next one begins."""
    for paragraph in paragraphs:
        for line in paragraph.split("\n"):
            after = _add_line(places, line, first)
            if after > first:
                first = after + 1
    return first


def _add_line(places: defaultdict[bytes, list[int]], line: str, position: int) -> int:
    """Add a line's terms; the position that follows."""
    start = 0
    behind: list[tuple[int, int]] = []
    for first, last, meant in figures(line):
        if isinstance(meant, SpelledNumber) and has_syllables(line[first:last]):
            behind.append((first, last))
        position = _add_words(places, line, start, first, position)
        moved = meant and meant._replace(start=0, end=last - first)
        steps, keys = _figure_keys(line[first:last], moved)
        for step, key in keys:
            places[key].append(position + step)
        position += steps
        start = last
    position = _add_words(places, line, start, len(line), position)
    for first, last in behind:
        found: list[Token] = []
        position = syllables_apart(found, line, first, last, position)
        _add(places, found)
    return position


@lru_cache(maxsize=1 << 14)
def _figure_keys(written: str, meant: Figure | None) -> tuple[int, tuple[tuple[int, bytes], ...]]:
    """How many positions it takes, and its terms, each with its step from the first of them."""
    found: list[Token] = []
    steps = figure(found, written, 0, len(written), meant, 0)
    keys = [(token.position, term(token.folded, token.form).encode()) for token in found]
    return steps, tuple(sorted(dict.fromkeys(keys)))


def _add_words(
    places: defaultdict[bytes, list[int]], line: str, start: int, end: int, position: int
) -> int:
    """Add the terms of a stretch without figures; the position that follows."""
    keys = [*map(_KEYS.__getitem__, _RUN.findall(line, start, end))]
    done = 0
    if _MAY_BE_MORE in keys:
        before = ""
        for number, run in enumerate(_RUN.finditer(line, start, end)):
            if keys[number] == _MAY_BE_MORE:
                position = _add_keys(places, keys[done:number], position)
                if done < number:
                    before = keys[number - 1].decode().partition(" ")[0]
                found: list[Token] = []
                position, before = words(found, line, *run.span(), position, before)
                _add(places, found)
                done = number + 1
    return _add_keys(places, keys[done:], position)


def _add_keys(places: defaultdict[bytes, list[int]], keys: list[bytes], position: int) -> int:
    for place, key in enumerate(keys, position):
        places[key].append(place)
    return position + len(keys)


def _add(places: defaultdict[bytes, list[int]], found: list[Token]) -> None:
    for token in found:
        here = places[term(token.folded, token.form).encode()]
        if not here or here[-1] != token.position:
            here.append(token.position)
