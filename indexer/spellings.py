"""The spellings of a typed word that an index has, and what they are together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from indexer.analysis import pack_counts, term
from indexer.bits import bits_of, bits_of_column
from indexer.corpus import Corpus
from indexer.postings import Postings
from indexer.query import FOLDED, Atom, tier_of
from indexer.vietnamese import twin, twin_form

TIERS = range(FOLDED + 1)

Tiers = tuple[int, int, int]
"""For each tier the documents that match in it or better, as a set (see `indexer.bits`)."""

Counts = Mapping[int, int] | Sequence[int]
"""Packed counts by document: a column of all documents, or a mapping of those that have any."""

NOWHERE: Tiers = (0, 0, 0)
_DENSE = 32
_TITLE_ALONE = bytes(counts & 0xC0 for counts in range(256))


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


class Spelled:
    """The posting lists of what may stand at one position, by tier."""

    def __init__(self, corpus: Corpus, terms: Iterable[tuple[int, str]]) -> None:
        best: dict[str, int] = {}
        for tier, key in terms:
            best[key] = min(tier, best.get(key, tier))
        self.lists: tuple[list[Postings], ...] = ([], [], [])
        for key, tier in best.items():
            self.lists[tier].append(corpus.postings(key))
        self._size = corpus.size

    def upto(self) -> Tiers:
        """The documents of each tier."""
        bits = 0
        sets = []
        for lists in self.lists:
            for postings in lists:
                bits |= postings.bits(self._size)
            sets.append(bits)
        return sets[0], sets[1], sets[2]

    def counts(self, *, title_only: bool) -> tuple[tuple[int, Counts], ...]:
        """For each tier its documents, and how often what is of this tier stands in each."""
        return tuple(_together(lists, self._size, title_only) for lists in self.lists)


def _together(lists: list[Postings], size: int, title_only: bool) -> tuple[int, Counts]:
    if sum(len(postings.ids) for postings in lists) * _DENSE > size:
        column = bytearray(size)
        for number, postings in enumerate(sorted(lists, key=lambda one: -len(one.ids))):
            if number:
                for document, counts in zip(postings.ids, postings.counts, strict=True):
                    before = column[document]
                    column[document] = plus(before, counts) if before else counts
            else:
                for document, counts in zip(postings.ids, postings.counts, strict=True):
                    column[document] = counts
        if title_only:
            column = column.translate(_TITLE_ALONE)
        return bits_of_column(column), column
    found: dict[int, int] = {}
    for postings in lists:
        for document, counts in zip(postings.ids, postings.counts, strict=True):
            if title_only:
                counts &= 0xC0
            if counts:
                found[document] = plus(found.get(document, 0), counts)
    return bits_of(found, size), found


def plus(counts: int, others: int) -> int:
    """Packed counts of two together."""
    return pack_counts(
        (counts >> 6) + (others >> 6),
        (counts >> 4 & 3) + (others >> 4 & 3),
        (counts & 15) + (others & 15),
    )
