"""The spellings of a typed word that an index has, and what they are together."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, repeat
from typing import Protocol

from indexer.engines.local.search.budget import Budget
from indexer.engines.local.search.index_snapshot import IndexSnapshot
from indexer.engines.local.storage.bitsets import bits_of, bits_of_column, documents_of
from indexer.engines.local.storage.posting_lists import Counts, is_dense
from indexer.engines.local.storage.postings import Postings
from indexer.language.analysis import pack_counts, term
from indexer.language.vietnamese import twin, twin_form
from indexer.query.tree import EXACT, FOLDED, Atom, tier_of, tier_of_beginning, tier_of_pattern

TIERS = range(FOLDED + 1)

Tiers = tuple[int, int, int]
"""For each tier the documents that match in it or better, as a set (see `storage.bitsets`)."""


_FIELDS = ((0, 15), (4, 3), (6, 3))
"""Where in packed counts those of body, lead and title are, and how great they get."""


_SHORT = 1000
"""Of how many documents a list is short."""

_COMPARE = 2
_READ = 25
"""How many steps of the budget it takes to read and compare a term, and to read its list."""


class Spelled(Protocol):
    """The spellings that there are, a term each (`language.analysis.term`)."""

    def forms(self, folded: str) -> Sequence[str]:
        """The forms that a folded word has."""

    def terms(self, prefix: str, most: int | None = None) -> Sequence[str]:
        """The terms that begin with `prefix`, in order: all, or the first of them."""


def spellings(words: Spelled, atom: Atom, budget: Budget) -> Iterator[tuple[int, str]]:
    """All terms that match a word, each with its tier; of a word with a star as many as may be."""
    if atom.exact and not (atom.prefix or "*" in atom.folded):
        if atom.form in words.forms(atom.folded):
            yield EXACT, term(atom.folded, atom.form)
        return
    if "*" in atom.folded:
        # One more than may be compared says that there are more.
        most = int(budget.share / _COMPARE) + 1
        keys = words.terms(atom.folded.partition("*")[0], most)
        parted = (
            (*key.partition(" ")[::2], key) for key in keys[: budget.upto(len(keys), _COMPARE)]
        )
        fitting = ((tier_of_pattern(folded, form, atom), key) for folded, form, key in parted)
        worst = EXACT if atom.exact else FOLDED
        found = [(tier, key) for tier, key in fitting if tier is not None and tier <= worst]
        yield from found[: budget.upto(len(found), _READ)]
        return
    if atom.prefix:
        keys = words.terms(atom.folded)
        for key in keys[: budget.upto(len(keys), _READ)]:
            tier = tier_of_beginning(key.partition(" ")[2], atom)
            if tier == EXACT or not atom.exact:
                yield tier, key
        return
    for form in words.forms(atom.folded):
        yield tier_of(form, atom.form), term(atom.folded, form)
    other = twin(atom.folded)
    if other is not None and len(atom.form) == len(atom.folded) + 1:
        typed = twin_form(atom.form)
        for form in words.forms(other):
            yield tier_of(form, typed), term(other, form)


def parts_of_budget(atoms: Iterable[Atom]) -> int:
    """How many parts of a budget the spellings of some words are."""
    return sum(2 * ("*" in atom.folded) + atom.prefix for atom in atoms)


def lists_of(snapshot: IndexSnapshot, terms: Iterable[tuple[int, str]]) -> list[list[Postings]]:
    """The posting lists of some terms by tier, each once."""
    return [list(of_tier.values()) for of_tier in keyed_lists(snapshot, terms)]


def keyed_lists(
    snapshot: IndexSnapshot, terms: Iterable[tuple[int, str]]
) -> list[dict[str, Postings]]:
    """The same by term."""
    best: dict[str, int] = {}
    for tier, key in terms:
        best[key] = min(tier, best.get(key, tier))
    lists: list[dict[str, Postings]] = [{} for _ in TIERS]
    for key, tier in best.items():
        lists[tier][key] = snapshot.postings(key)
    return lists


def written(atom: Atom) -> Iterator[tuple[str, str]]:
    """The folded letters that a word may have, and the form that was typed, so written."""
    yield atom.folded, atom.form
    other = twin(atom.folded)
    if other is not None and len(atom.form) == len(atom.folded) + 1 and not atom.exact:
        yield other, twin_form(atom.form)


def documents_of_lists(lists: Sequence[Postings], size: int) -> int:
    """The documents that are in any of some lists.

    The sets of long lists are kept with these; short ones are put into one set.
    """
    short: list[array[int]] = []
    found = 0
    for one in lists:
        ids, _, having = one.by_document
        if ids is None or having is not None or len(ids) > _SHORT or len(lists) == 1:
            bits = one.bits(size)
            found = found | bits if found else bits
        else:
            short.append(ids)
    return found | bits_of([*chain.from_iterable(short)], size) if short else found


def upto(lists: Iterable[Iterable[Postings]], size: int) -> Tiers:
    """The documents of posting lists by tier."""
    first, second, third = (documents_of_lists(list(of_tier), size) for of_tier in lists)
    return first, first | second, first | second | third


def together(lists: Sequence[Postings], size: int) -> bytes:
    """How often what is of any of the lists stands in each document: a column of packed counts."""
    if len(lists) == 1 and lists[0].column is not None:
        return lists[0].column
    some = bytearray(size)
    for postings in lists:
        if postings.column is None:
            for document, counts in zip(*postings.listed(), strict=True):
                before = some[document]
                some[document] = _SUMS[before, counts] if before else counts
    found = int.from_bytes(some, "little")
    for postings in lists:
        if postings.column is not None:
            found = _added(found, int.from_bytes(postings.column, "little"), size)
    return found.to_bytes(size, "little")


def counts_together(lists: Sequence[Postings], documents: int, size: int) -> Counts:
    """The same of some documents (a set) that all have any."""
    number = documents.bit_count()
    if not is_dense(number, size):
        ids = documents_of(documents)
        return Counts(array("I", ids), bytes(together_in(lists, ids, size)))
    column = bytearray(together(lists, size))
    if number < size - column.count(0):
        for document in documents_of(bits_of_column(column) & ~documents):
            column[document] = 0
    return Counts(None, bytes(column), documents)


def _added(counts: int, others: int, size: int) -> int:
    """Columns of packed counts added up, each column as one number with a byte for a document."""
    if not counts:
        return others
    ones = int.from_bytes(b"\1" * size, "little")
    found = 0
    for shift, most in _FIELDS:
        mask = ones * most
        sums = (counts >> shift & mask) + (others >> shift & mask)
        over = sums >> most.bit_length() & ones
        found |= ((sums | over * most) & mask) << shift
    return found


def together_in(lists: Sequence[Postings], documents: Sequence[int], size: int) -> list[int]:
    """The same of some documents alone."""
    rare: dict[int, int] = {}
    found: list[int] | None = None
    for postings in lists:
        if postings.column is not None:
            found = _summed(found, postings.counts_in(documents, size))
        else:
            own = postings.some_counts(documents, size)
            for document in rare.keys() & own.keys():
                own[document] = _SUMS[rare[document], own[document]]
            rare.update(own)
    if found is not None and not rare:
        return found
    return _summed(found, [*map(rare.get, documents, repeat(0))])


def _summed(counts: list[int] | None, others: list[int]) -> list[int]:
    if counts is None:
        return others
    return [*map(_SUMS.__getitem__, zip(counts, others, strict=True))]


class _Sums(dict[tuple[int, int], int]):
    """Packed counts of two together."""

    def __missing__(self, both: tuple[int, int]) -> int:
        zones = [(one >> 6, one >> 4 & 3, one & 15) for one in both]
        self[both] = pack_counts(*map(sum, zip(*zones, strict=True)))
        return self[both]


_SUMS = _Sums()
