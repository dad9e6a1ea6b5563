"""Rows of words of which the index itself says where they stand (`storage.pairs`).

Any two words are such a row, longer ones that are named (`storage.named_rows`), and a date, which
is several terms at one position (`storage.named_dates`): documents, spellings and counts of these
are read, and no position is.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import chain, islice, pairwise, product

from indexer.engines.local.search.index_snapshot import IndexSnapshot
from indexer.engines.local.search.phrase_matcher import Row
from indexer.engines.local.search.spellings import TIERS, documents_of_lists, written
from indexer.engines.local.storage.bitsets import all_of
from indexer.engines.local.storage.named_dates import DATES, SEVERAL, shape_of
from indexer.engines.local.storage.postings import Postings
from indexer.named_tuple import NamedTuple
from indexer.query.tree import FOLDED, Atom, Edge, tier_of

_MOST = 256
"""Rows that may be more rows of single words than these are not taken apart."""

_Told = list[dict[tuple[str, ...], Postings]]
"""Terms in a row, with the documents where they stand so, each once, in its best tier."""

_WITH_YEAR = {"=d+=m+=y", "=m+=y", "=y"}

_Way = tuple[Edge, ...]
"""A row of words: each step is one word, or the only one is a date."""

Option = tuple[Atom, ...]
"""What stands at one position: all of these."""

_Word = tuple[str, str]
"""Folded letters, and the form that was typed."""


class RowsOfLength(NamedTuple):
    """Rows of one length: those told, as posting lists by tier, and those to be looked for.

    `doubtful` are the documents (a set) where two of them may begin at one position, so that what
    stands there is not what the two have together.
    """

    told: list[list[Postings]]
    others: list[Row]
    doubtful: int


def rows_told(snapshot: IndexSnapshot, rows: Iterable[Row]) -> RowsOfLength | None:
    """What the index says of rows of one length; None if it says nothing of any."""
    ways: list[_Way] = []
    for row in rows:
        ways += islice(_ways(row), _MOST + 1)
    if len(ways) > _MOST or not all(map(_is_plain, ways)):
        return None
    held = [all(map(snapshot.holds, map(_folded, _spelled(way)))) for way in ways]
    if not any(held):
        return None
    told = _told(snapshot, [way for way, is_held in zip(ways, held, strict=True) if is_held])
    documents, doubtful = _together(told, snapshot.size)
    if len(ways[0]) == 1:
        if not all(held):
            return None
        if _are_apart({way[0].options[0] for way in ways}):
            several = [*snapshot.family(SEVERAL).values()]
            doubtful &= documents_of_lists(several, snapshot.size)
    others: list[Row] = []
    for way, is_held in zip(ways, held, strict=True):
        possible = 0 if is_held else _possible(snapshot, way)
        if possible:
            others.append([[edge] for edge in way])
            doubtful |= possible & documents
    return RowsOfLength([[*of_tier.values()] for of_tier in told], others, doubtful)


def _ways(row: Row) -> Iterator[_Way]:
    for edges in product(*row):
        for options in product(*[edge.options for edge in edges]):
            yield tuple(
                edge._replace(options=(option,))
                for edge, option in zip(edges, options, strict=True)
            )


def _is_plain(way: _Way) -> bool:
    """Whether each of its steps is one whole word, or the only one a date."""
    options = [option for edge in way for option in edge.options]
    return all(
        len(option) == 1 and not option[0].prefix and "*" not in option[0].folded
        for option in options
    ) or (len(way) == 1 and shape_of(_at_once(options[0])[0]) in DATES)


def _are_apart(options: Collection[Option]) -> bool:
    """Whether no two of some dates can be of one position that has no more than one date.

    That is so if none is a part of another, as August 2020 is of any of its days.
    """
    shapes = {shape_of(_at_once(option)[0]) for option in options}
    if len(shapes) == 1:
        return shapes <= DATES
    ends = {option[place:] for option in options for place in range(1, len(option))}
    return shapes <= _WITH_YEAR and not ends & {*options}


def _spelled(way: _Way) -> Iterator[tuple[_Word, ...]]:
    """The words that it may be."""
    return product(
        *[
            written(option[0]) if len(option) == 1 else [_at_once(option)]
            for edge in way
            for option in edge.options
        ]
    )


def _at_once(option: Option) -> _Word:
    """Words that are to stand at one position, as one."""
    return "+".join([atom.folded for atom in option]), "+".join([atom.form for atom in option])


def _folded(words: Iterable[_Word]) -> list[str]:
    return [folded for folded, _ in words]


def _told(snapshot: IndexSnapshot, ways: Iterable[_Way]) -> _Told:
    """What the index has of some ways, all of which it holds."""
    best: dict[tuple[str, ...], tuple[int, Postings]] = {}
    for way in ways:
        floor = max(edge.floor for edge in way)
        exact = any(edge.options[0][0].exact for edge in way)
        for words in _spelled(way):
            typed = [form for _, form in words]
            for spelling, postings in snapshot.family(*_folded(words)).items():
                forms = spelling.split(" ")
                tier = max(floor, *map(tier_of, forms, typed))
                terms = tuple(map("{} {}".format, _folded(words), forms))
                if not (exact and forms != typed) and tier < best.get(terms, (FOLDED + 1,))[0]:
                    best[terms] = tier, postings
    told: _Told = [{} for _ in TIERS]
    for terms, (tier, postings) in best.items():
        told[tier][terms] = postings
    return told


def _together(told: _Told, size: int) -> tuple[int, int]:
    """The documents (a set) of all of it, and those where two may be at one position.

    For a number has several terms.
    """
    once = several = words = 0
    for terms, postings in chain.from_iterable(of_tier.items() for of_tier in told):
        documents = postings.bits(size)
        if all(term.partition(" ")[0].isalpha() for term in terms):
            words |= documents
        else:
            several |= once & documents
            once |= documents
    return once | words, several | (once & words)


def _possible(snapshot: IndexSnapshot, way: _Way) -> int:
    """The documents (a set) that have all pairs of words of one of its spellings."""
    found = 0
    for words in _spelled(way):
        pairs = ([*snapshot.family(one, other).values()] for one, other in pairwise(_folded(words)))
        found |= all_of(snapshot.live, (documents_of_lists(one, snapshot.size) for one in pairs))
    return found
