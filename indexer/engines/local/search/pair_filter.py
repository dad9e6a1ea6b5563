"""What a row of words can be by its pairs: in which documents, and in which spellings of each word.

Two words that follow on one another in a row stand side by side, and of that the index knows all
documents (`storage.pairs`). So most documents that have the words, and most of their spellings,
are left out before any position is read.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from functools import cache
from itertools import pairwise

from indexer.engines.local.search.index_snapshot import IndexSnapshot
from indexer.engines.local.search.phrase_matcher import Row, Step
from indexer.engines.local.search.spellings import documents_of_lists, written
from indexer.engines.local.storage.bitsets import documents_of
from indexer.engines.local.storage.postings import Postings
from indexer.engines.local.storage.zones import Zones
from indexer.query.tree import Atom

Readings = list[tuple[Atom, str, Atom, str, Postings]]
"""Two atoms side by side, each as a term, and the documents."""

Where = dict[tuple[Atom, str], set[int]]
"""Atoms as terms, and the documents where each may stand in a row."""

Terms = dict[Atom, dict[str, set[int]]]
"""The same by atom."""

_MUCH = 2
"""With so many times fewer documents it is quicker to look for what stands in these alone."""


def by_pairs(
    snapshot: IndexSnapshot, rows: Iterable[Row], within: int
) -> tuple[int, list[Row], Terms]:
    """Of a set of documents those that may have a row, of the rows those that any of them may have.

    And the terms that the atoms of rows may be there, each with the documents where it may. An atom
    of such a row that has no neighbours, or such as are not known, may be any term: it is left out.
    """
    documents = 0
    having: list[Row] = []
    terms: Terms = {}
    free: set[Atom] = set()
    for row in rows:
        possible, couples = within, []
        for before, after in pairwise(row):
            readings = _readings(snapshot, before, after) if possible else None
            couples.append(readings)
            if readings is not None:
                lists = [postings for *_, postings in readings]
                possible &= documents_of_lists(lists, snapshot.size)
        terms.update({atom: {} for step in row for atom in _all_atoms(step) - terms.keys()})
        if not possible:
            continue
        documents |= possible
        having.append(row)
        for step, found in zip(row, _readings_of_steps(couples, possible), strict=True):
            if found is None:
                free |= _all_atoms(step)
            for (atom, term), there in (found or {}).items():
                terms[atom].setdefault(term, set()).update(there)
    return documents, having, {atom: found for atom, found in terms.items() if atom not in free}


def _readings_of_steps(
    couples: Sequence[Readings | None], documents: int
) -> Iterator[Where | None]:
    """What each step of a row may be in some documents, beside the one before and the one after.

    None of a step that has no neighbours, or such as are not known.
    """
    among = frozenset(documents_of(documents))
    before: Where | None = None
    for readings in couples:
        here: Where | None = None
        after: Where | None = None
        if readings is not None:
            here, after = defaultdict(set), defaultdict(set)
            for atom, term, other, other_term, postings in readings:
                if there := _those_in(postings, documents, among):
                    here[atom, term] |= there
                    after[other, other_term] |= there
        yield here if before is None else before if here is None else _both(before, here)
        before = after
    yield before


def _both(before: Where, after: Where) -> Where:
    """What stands in the same documents behind one word and before another."""
    found = {key: before[key] & after[key] for key in before.keys() & after.keys()}
    return {key: there for key, there in found.items() if there}


def _all_atoms(step: Step) -> set[Atom]:
    return {atom for edge in step for option in edge.options for atom in option}


def _readings(snapshot: IndexSnapshot, before: Step, after: Step) -> Readings | None:
    """All ways in which two steps stand side by side; None if that is not known."""
    left, right = _atoms(before), _atoms(after)
    if left is None or right is None:
        return None
    return [
        (one, f"{first} {form}", other, f"{second} {other_form}", postings)
        for one in left
        for other in right
        for first, typed in written(one)
        for second, other_typed in written(other)
        for forms, postings in snapshot.family(first, second).items()
        for form, _, other_form in [forms.partition(" ")]
        if (not one.exact or form == typed) and (not other.exact or other_form == other_typed)
    ]


def _atoms(step: Step) -> list[Atom] | None:
    """The atoms of a step, if each stands alone and is a whole word."""
    options = [option for edge in step for option in edge.options]
    plain = all(
        len(option) == 1 and not option[0].prefix and "*" not in option[0].folded
        for option in options
    )
    return [option[0] for option in options] if plain else None


def _those_in(postings: Postings, documents: int, among: frozenset[int]) -> Set[int]:
    """The documents of a list that are among some, which are given as either kind of set."""
    ids = postings.by_document.ids
    if ids is None:
        return {*documents_of(postings.bits(documents.bit_length()) & documents)}
    return among.intersection(ids)


def only(
    lists: Iterable[tuple[Atom, list[dict[str, Postings]]]],
    terms: Mapping[Atom, Mapping[str, object]],
) -> Iterator[tuple[Atom, list[list[Postings]]]]:
    """The posting lists of atoms by tier, of the terms alone that each may be."""
    for atom, by_tier in lists:
        allowed = terms.get(atom)
        yield (
            atom,
            [
                [one for term, one in of_tier.items() if allowed is None or term in allowed]
                for of_tier in by_tier
            ],
        )


def where(
    zones: Zones, keyed: Mapping[Atom, list[dict[str, Postings]]], terms: Terms, documents: int
) -> dict[Atom, list[list[Postings]]]:
    """The same, of each term what stands in the documents where it may be in a row.

    `documents` (a set) are all that may have one; most terms are in nearly all of these.
    """
    many = documents.bit_count()
    stretches = cache(lambda: zones.stretches(documents_of(documents)))

    def nearby(postings: Postings, there: set[int]) -> Postings:
        few = len(there) * _MUCH < many
        number = len(there) if few else many
        if number * _MUCH > postings.number:
            return postings

        def read() -> array[int]:
            own = zones.stretches(sorted(there)) if few else stretches()
            return array("I", postings.ordinals_in(own))

        return Postings(len(there) if few else postings.number, postings.by_document, read)

    return {
        atom: [
            [nearby(one, terms[atom][term]) for term, one in of_tier.items() if term in terms[atom]]
            if atom in terms
            else [*of_tier.values()]
            for of_tier in by_tier
        ]
        for atom, by_tier in keyed.items()
    }
