"""Rows of three and more words of which an index knows the documents, as it does of any pair.

Those are what the table of abbreviations that comes with the program has in words: an abbreviation
stands for them, so that they are asked for far more often than other rows. (Lucene's common grams
are as much for words that are frequent.) Which rows a segment was made with it says itself
(`Columns.rows`): a later table may have others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import product

from indexer.engines.local.storage.pairs import Row, TermsByPosition
from indexer.language.analysis import pack_counts
from indexer.language.occurrences import Occurrences
from indexer.language.vietnamese import twin
from indexer.query.abbreviations import table

_SHORTEST = 3

_END = b""
"""In a tree of rows: that one ends here. No word is empty."""

_Tree = dict[bytes, "_Tree"]
"""Rows by their first folded word, what follows on it by the second, and so on."""


@cache
def named_rows() -> frozenset[str]:
    """All of them, in folded words; those that have i for y or y for i as well."""
    return frozenset(
        " ".join(way)
        for words in {tuple([folded for folded, _ in row]) for row in table().written()}
        if len(words) >= _SHORTEST
        for way in product(*[{word, twin(word) or word} for word in words])
    )


def rows_of(found: Occurrences, text: TermsByPosition) -> dict[Row, int]:
    """The packed counts of each named row of a document, by its terms."""
    tree = _tree()
    at, several, zones = text
    counts: dict[Row, list[int]] = {}
    for term, (_, positions) in found.terms.items():
        after = tree.get(term.partition(b" ")[0], {})
        for position in positions if after else ():
            place = position - found.zones[0]
            if at[place + 1].partition(b" ")[0] in after or place + 1 in several:
                for row in _rows_from(text, place + 1, after, (term,)):
                    (zone,) = (number for number, zone in enumerate(zones) if place in zone)
                    counts.setdefault(row, [0, 0, 0])[zone] += 1
    return {row: pack_counts(*of_zones) for row, of_zones in counts.items()}


def _rows_from(text: TermsByPosition, place: int, tree: _Tree, begun: Row) -> Iterator[Row]:
    if _END in tree:
        yield begun
    for term in text.several.get(place, text.at[place : place + 1]):
        further = tree.get(term.partition(b" ")[0])
        if further:
            yield from _rows_from(text, place + 1, further, (*begun, term))


@cache
def _tree() -> _Tree:
    return _as_tree(row.encode().split() for row in named_rows())


def _as_tree(rows: Iterable[list[bytes]]) -> _Tree:
    tree: _Tree = {}
    for row in rows:
        node = tree
        for word in row:
            node = node.setdefault(word, {})
        node[_END] = {}
    return tree
