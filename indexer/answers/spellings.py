"""The spellings of a typed word that an index has, and what they are together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from indexer.answers.corpus import Corpus
from indexer.files.bits import any_of
from indexer.files.postings import Postings
from indexer.language.analysis import pack_counts, term
from indexer.language.vietnamese import twin, twin_form
from indexer.queries.query import FOLDED, Atom, tier_of

TIERS = range(FOLDED + 1)

Tiers = tuple[int, int, int]
"""For each tier the documents that match in it or better, as a set (see `indexer.files.bits`)."""

Counts = dict[int, int] | bytearray
"""Packed counts by document: a column of all documents, or a mapping of those that have any."""

_DENSE = 32
"""With more than one posting in so many documents, a column is quicker."""


def spellings(corpus: Corpus, atom: Atom) -> Iterator[tuple[int, str]]:
    """All terms that match a word, each with its tier."""
    if atom.prefix:
        letters, tone = atom.form[:-1], atom.form[-1]
        for key in corpus.terms(atom.folded):
            form = key.partition(" ")[2]
            start = form[: len(letters)] + "0"
            yield tier_of(start, letters + "0") if tone in ("0", form[-1]) else FOLDED, key
        return
    for form in corpus.forms(atom.folded):
        yield tier_of(form, atom.form), term(atom.folded, form)
    other = twin(atom.folded)
    if other is not None and len(atom.form) == len(atom.folded) + 1:
        typed = twin_form(atom.form)
        for form in corpus.forms(other):
            yield tier_of(form, typed), term(other, form)


def lists_of(corpus: Corpus, terms: Iterable[tuple[int, str]]) -> list[list[Postings]]:
    """The posting lists of some terms by tier, each once."""
    best: dict[str, int] = {}
    for tier, key in terms:
        best[key] = min(tier, best.get(key, tier))
    lists: list[list[Postings]] = [[] for _ in TIERS]
    for key, tier in best.items():
        lists[tier].append(corpus.postings(key))
    return lists


def upto(lists: Iterable[Iterable[Postings]], size: int) -> Tiers:
    """The documents of posting lists by tier."""
    first, second, third = (any_of(one.bits(size) for one in of_tier) for of_tier in lists)
    return first, first | second, first | second | third


def is_dense(lists: list[Postings], size: int) -> bool:
    """Whether a column is the way to count what is of any of the lists."""
    return sum(postings.number for postings in lists) * _DENSE > size


def together(lists: list[Postings], size: int) -> Counts:
    """How often what is of any of the lists stands in each document."""
    if not is_dense(lists, size):
        found: dict[int, int] = {}
        for postings in lists:
            for document, counts in zip(*postings.listed(), strict=True):
                found[document] = _SUMS[found.get(document, 0), counts]
        return found
    first, *others = sorted(lists, key=lambda one: (one.column() is None, -one.number))
    column = bytearray(first.by_document.as_column().ljust(size, b"\0"))
    for postings in others:
        for document, counts in zip(*postings.listed(), strict=True):
            before = column[document]
            column[document] = _SUMS[before, counts] if before else counts
    return column


class _Sums(dict[tuple[int, int], int]):
    """Packed counts of two together."""

    def __missing__(self, both: tuple[int, int]) -> int:
        zones = [(one >> 6, one >> 4 & 3, one & 15) for one in both]
        self[both] = pack_counts(*map(sum, zip(*zones, strict=True)))
        return self[both]


_SUMS = _Sums()
