"""The best documents of a cluster as a small index in memory, for our own order.

Only the words of one query are in it. What is counted is counted over all documents of the cluster:
how many documents there are, how long, and in how many of them a word or a pair of words stands.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from indexer.engines.local.search.index_snapshot import IndexSnapshot
from indexer.engines.local.storage.posting_lists import Counts
from indexer.engines.local.storage.postings import Postings, of_ordinals
from indexer.engines.local.storage.stored_documents import LENGTHS, StoredDocument
from indexer.engines.local.storage.zones import Zones
from indexer.engines.opensearch.parts import not_as_written
from indexer.engines.opensearch.sources import Candidate
from indexer.engines.opensearch.tokens import (
    GAP,
    IN_TITLE,
    NOT_BEHIND_IT,
    pair_token,
    spelling,
    terms_at,
)
from indexer.query.tree import Atom, Zone, fits, folds_of

if TYPE_CHECKING:
    from indexer.engines.opensearch.address import ClusterAddress
    from indexer.engines.opensearch.words import ClusterWords

Counted = Mapping[Any, tuple[float, float, float]]


class Whole(NamedTuple):
    """All documents of a cluster: how many there are, and how many words one has on average."""

    total: int
    average: int


_PAIR = 2


class CandidateSnapshot(IndexSnapshot):
    """Some documents, among all those of a cluster."""

    def __init__(
        self,
        candidates: Sequence[Candidate],
        atoms: Collection[Atom],
        words: ClusterWords,
        collection: Whole,
        counted: Counted,
        records: Mapping[str, StoredDocument],
    ) -> None:
        self._own = _Segment(words.address, candidates, atoms, records)
        super().__init__([self._own])  # type: ignore[list-item]
        self._all_words = words
        self._collection = collection
        self.counted = counted
        self._pairs: dict[tuple[str, str, Zone], dict[str, Postings]] = {}

    @property
    def total(self) -> int:
        """How many documents there are in all."""
        return self._collection.total

    @property
    def average(self) -> int:
        """How many words a document of all has on average."""
        return self._collection.average

    @property
    def collection(self) -> int:
        """How many documents those counted are of."""
        return self._collection.total

    def begun(self, prefix: str) -> list[str]:
        """The folded words that begin with `prefix`, in order, of all documents."""
        return self._all_words.begun(prefix)

    def beside(self, folded: str, other: str) -> dict[str, int]:
        """In how many of all documents each spelling of two folded words stands side by side."""
        return self._all_words.beside(folded, other)

    def living(self, postings: Postings) -> int:
        """In how many of all documents it stands."""
        return postings.number

    def postings(self, term: str) -> Postings:
        """The posting list of a term; its number is that of all documents."""
        return self._postings.get(term, lambda: self._counted_term(term))

    def _counted_term(self, term: str) -> Postings:
        own = self._own.postings(term)
        form = spelling(term.partition(" ")[2])
        return _numbered(own, self._all_words.number("words", form))

    def holds(self, folded: Collection[str]) -> bool:
        """Whether it knows where a row of folded words stands: that is any two."""
        return len(folded) == _PAIR

    def family(self, *folded: str, zone: Zone = "") -> dict[str, Postings]:
        """The spellings of two folded words side by side that any document has."""
        first, other = folded
        key = first, other, zone
        if key not in self._pairs:
            self._pairs[key] = dict(self._spelled(*key))
        return self._pairs[key]

    def _spelled(self, folded: str, other: str, zone: Zone) -> Iterator[tuple[str, Postings]]:
        words = self._all_words
        tokens = {
            (form, second): pair_token(form, second)
            for form in words.forms(folded)
            for second in words.forms(other)
        }
        words.count({"pairs": (part for one in tokens.values() for part in zoned(one, zone))})
        for (form, second), token in tokens.items():
            number = number_in(words, token, zone)
            if number:
                ordinals = self._own.beside(f"{folded} {form}", f"{other} {second}")
                there = [one for one in ordinals if not zone or self.zones.is_in(one, zone)]
                yield f"{form} {second}", _numbered(self._own.standing(array("I", there)), number)


def zoned(token: str, zone: Zone) -> list[str]:
    """The terms by which a pair of words is counted in a zone."""
    if zone == "title":
        return [IN_TITLE + token]
    return [token, NOT_BEHIND_IT + token] if zone else [token]


def number_in(words: ClusterWords, token: str, zone: Zone) -> int:
    """In how many documents a pair of words stands in a zone."""
    first, *less = (words.number("pairs", one) for one in zoned(token, zone))
    return first - sum(less)


def _numbered(postings: Postings, number: int) -> Postings:
    return Postings(number, postings.by_document, lambda: postings.ordinals)


class _Segment:
    """The documents, as a segment of the local index (`storage.segments.Segment`) shows its own."""

    deleted: frozenset[int] = frozenset()

    def __init__(
        self,
        address: ClusterAddress,
        candidates: Sequence[Candidate],
        atoms: Collection[Atom],
        records: Mapping[str, StoredDocument],
    ) -> None:
        self.ids = [one.id for one in candidates]
        self._records = records
        kept = [one.kept for one in candidates]
        self.size = len(candidates)
        self.days = array("i", [one["day"] for one in kept])
        self.flags = bytes(one["flags"] for one in kept)
        self.lengths = bytes(one["length"] for one in kept)
        self.sites = [one["site"] for one in kept]
        self.categories = [one["categories"] for one in kept]
        self.words = sum(LENGTHS[one] for one in self.lengths)
        self.zones = array("I", [0])
        places: dict[str, array[int]] = defaultdict(lambda: array("I"))
        at_token = _Wanted(atoms)
        for one in candidates:
            first = self.zones[-1]
            try:
                for place, token in enumerate(one.words.split(" "), first):
                    for term in at_token[token]:
                        places[term].append(place)
            except ValueError as error:
                raise not_as_written(address, f"{one.name} words") from error
            self.zones.extend([first + end for end in one.kept["zones"]])
        self._places = dict(places)
        self.ordinals = self.zones[-1]
        self._forms: dict[str, list[str]] = {}
        for term in sorted(places):
            folded, _, form = term.partition(" ")
            self._forms.setdefault(folded, []).append(form)

    @cached_property
    def _all_zones(self) -> Zones:
        return Zones(self.zones)

    def live(self) -> range:
        """The numbers of all documents."""
        return range(self.size)

    def forms(self, folded: str) -> list[str]:
        """The forms that a folded word has."""
        return self._forms.get(folded, [])

    def terms(self, prefix: str, most: int | None = None) -> list[str]:
        """The terms that begin with `prefix`."""
        return sorted(term for term in self._places if term.startswith(prefix))[:most]

    def postings(self, term: str) -> Postings:
        """The posting list of a term, empty if no document has it."""
        return self.standing(self._places.get(term, array("I")))

    def standing(self, places: array[int]) -> Postings:
        """The list of what stands at some places."""
        if not places:
            return Postings(0, Counts(array("I"), b""), lambda: places)
        return of_ordinals(places, self._all_zones)

    def beside(self, term: str, other: str) -> list[int]:
        """Where two terms stand side by side."""
        after = {place - 1 for place in self._places.get(other, ())}
        return [place for place in self._places.get(term, ()) if place in after]

    def record(self, number: int) -> StoredDocument:
        """What is shown of a document, whose record is at hand."""
        return self._records[self.ids[number]]


class _Wanted(dict[str, tuple[str, ...]]):
    """The terms at a position that a query asks about, by the position's token."""

    def __init__(self, atoms: Collection[Atom]) -> None:
        super().__init__({GAP: ()})
        self._folded = {
            folded
            for atom in atoms
            if not (atom.prefix or "*" in atom.folded)
            for folded in folds_of(atom)
        }
        self._begun = tuple(atom.folded for atom in atoms if atom.prefix and "*" not in atom.folded)
        self._fits: list[Callable[[str], bool]] = [
            lambda folded, pattern=atom.folded: fits(folded, pattern)  # type: ignore[misc]
            for atom in atoms
            if "*" in atom.folded
        ]

    def __missing__(self, token: str) -> tuple[str, ...]:
        found = self[token] = tuple(
            f"{folded} {form}"
            for folded, form in terms_at(token)
            if folded in self._folded
            or folded.startswith(self._begun)
            or any(fit(folded) for fit in self._fits)
        )
        return found
