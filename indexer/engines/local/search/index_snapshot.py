"""All segments of an index as one row of documents, numbered from 0."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property, partial
from itertools import accumulate, chain
from operator import attrgetter
from typing import Any

from indexer.engines.local.search.recent import Recent
from indexer.engines.local.storage.bitsets import (
    any_of,
    bits_of,
    bits_of_ordinals,
    bits_within,
)
from indexer.engines.local.storage.frames import shifted
from indexer.engines.local.storage.pairs import key_of
from indexer.engines.local.storage.postings import Postings, in_zone, joined
from indexer.engines.local.storage.segments import Segment
from indexer.engines.local.storage.stored_documents import HAS_ATTACHMENT, LENGTHS, StoredDocument
from indexer.engines.local.storage.zones import Zones
from indexer.query.tree import Zone

_PAIR = 2
_CLASSES = 4
"""In about how many classes documents are by their length."""

_KEPT, _KEPT_A_DOCUMENT, _MOST_KEPT = 8 << 20, 300, 100 << 20
"""How many bytes of posting lists are kept, of words and of rows each: so many, or so many a
document, but no more than the last.
"""

_KEPT_ORDINALS = 1 << 26
"""How many bytes of ordinals are kept."""

_KEPT_TERMS = 50_000
"""How many terms are kept of those that begin in some way, at some 70 bytes each."""

_SPANS = 64
"""Of how many spans of days the documents are kept."""

_LONG = 16
"""A list is long if one in so many documents is in it."""

_FEW_LONG = 8
"""Of more long lists than these, asked for at once, none is kept."""

_MARKED = 1 << 27
"""How many bits the sets of ordinals may have that are kept."""


class IndexSnapshot:
    """What is open of an index. Documents keep their numbers as long as it is open."""

    counted: Mapping[Any, tuple[float, float, float]] = {}
    """In how many documents a leaf of a query, or two ends side by side, stands up to each tier:
    where that is known of more documents than are open."""

    def __init__(self, segments: Sequence[Segment]) -> None:
        self.segments = segments
        self._ordinals: Recent[str, array[int]] = Recent(_KEPT_ORDINALS, _bytes_of)
        self._marked: Recent[Postings, int] = Recent(_MARKED, lambda _: self.zones.end)
        self._terms: Recent[tuple[str, int | None], Sequence[str]] = Recent(
            _KEPT_TERMS, lambda terms: 1 + len(terms)
        )
        self._dated: dict[tuple[tuple[int, int], ...], int] = {}
        self.leaves: dict[Any, Any] = {}
        self.near: dict[Any, Any] = {}
        self.neighbours: dict[Any, Any] = {}

    @cached_property
    def _postings(self) -> Recent[str, Postings]:
        return Recent(self._most_kept, attrgetter("memory"))

    @cached_property
    def _families(self) -> Recent[bytes, dict[str, Postings]]:
        return Recent(self._most_kept, _memory_of)

    @property
    def _most_kept(self) -> int:
        return min(max(_KEPT, _KEPT_A_DOCUMENT * self.size), _MOST_KEPT)

    @cached_property
    def _bases(self) -> list[int]:
        """The number of the first document of each segment, and of none."""
        return list(accumulate((segment.size for segment in self.segments), initial=0))

    @cached_property
    def _firsts(self) -> list[int]:
        """The first ordinal of each segment, and of none."""
        return list(accumulate((segment.ordinals for segment in self.segments), initial=0))

    @cached_property
    def zones(self) -> Zones:
        """Which ordinals are whose."""
        if len(self.segments) == 1:
            return Zones(self.segments[0].zones)
        starts = array("I", [0])
        for first, segment in zip(self._firsts, self.segments, strict=False):
            starts.extend(shifted(segment.zones[1:], first))
        return Zones(starts)

    @cached_property
    def size(self) -> int:
        """How many documents there are, deleted ones included."""
        return self._bases[-1]

    @cached_property
    def average(self) -> int:
        """How many words a document has on average, deleted ones left out."""
        words = sum(segment.words for segment in self.segments)
        words -= sum(LENGTHS[self.lengths[document]] for document in self._deleted)
        return round(words / max(self.total, 1))

    @cached_property
    def _deleted(self) -> list[int]:
        return [
            base + number
            for base, segment in zip(self._bases, self.segments, strict=False)
            for number in segment.deleted
        ]

    @cached_property
    def live(self) -> int:
        """The documents that were not deleted, as a set."""
        return ((1 << self.size) - 1) & ~bits_of(self._deleted, self.size)

    def among(self, ids: frozenset[str]) -> int:
        """The documents with these ids, as a set."""
        numbers = (
            base + number
            for base, segment in zip(self._bases, self.segments, strict=False)
            for number in segment.live()
            if segment.ids[number] in ids
        )
        return bits_of(list(numbers), self.size)

    @cached_property
    def total(self) -> int:
        """How many documents there are, deleted ones left out."""
        return self.live.bit_count()

    @property
    def collection(self) -> int:
        """How many documents those counted are of, deleted ones included."""
        return self.size

    def forms(self, folded: str) -> Sequence[str]:
        """The forms that a folded word has."""
        if len(self.segments) == 1:
            return self.segments[0].forms(folded)
        return sorted({form for segment in self.segments for form in segment.forms(folded)})

    def terms(self, prefix: str, most: int | None = None) -> Sequence[str]:
        """The terms that begin with `prefix`, in order: all, or the first of them.

        Those last asked for are kept: a query may have a word with a star many times.
        """
        return self._terms.get((prefix, most), lambda: self._read_terms(prefix, most))

    def _read_terms(self, prefix: str, most: int | None) -> Sequence[str]:
        if len(self.segments) == 1:
            return self.segments[0].terms(prefix, most)
        several = (segment.terms(prefix, most) for segment in self.segments)
        return sorted({term for terms in several for term in terms})[:most]

    def begun(self, prefix: str) -> list[str]:
        """The folded words that begin with `prefix`, in order."""
        return sorted({term.partition(" ")[0] for term in self.terms(prefix)})

    def postings(self, term: str) -> Postings:
        """The posting list of a term that is in the index; those last asked for are kept."""
        return self._postings.get(term, lambda: self._read(term))

    def _read(self, term: str) -> Postings:
        found = self._joined(term)

        def read() -> array[int]:
            return self._ordinals.get(term, lambda: found.ordinals)

        # What remembers a phrase would else keep all ordinals of its words.
        return Postings(found.number, found.by_document, read, keeps=False)

    def _joined(self, term: str) -> Postings:
        if len(self.segments) == 1:
            return self.segments[0].postings(term)
        folded, _, form = term.partition(" ")
        parts = [
            (base, first, segment.postings(term))
            for base, first, segment in zip(self._bases, self._firsts, self.segments, strict=False)
            if form in segment.forms(folded)
        ]
        return joined(parts, self.size)

    def holds(self, folded: Collection[str]) -> bool:
        """Whether it knows where a row of folded words stands.

        That is each word, any two, and the rows and dates that are named.
        """
        row = " ".join(folded)
        if "+" not in row and len(folded) <= _PAIR:
            return True
        name = row
        if "+" in row:
            from indexer.engines.local.storage.named_dates import shape_of

            name = shape_of(row)
        return all(name in segment.rows for segment in self.segments)

    def family(self, *folded: str, zone: Zone = "") -> dict[str, Postings]:
        """The spellings of a row of folded words in a zone; those asked last are kept.

        A date is a row of one, and so is any word.
        """
        if len(folded) == 1 and "+" not in folded[0]:
            found = {form: self.postings(f"{folded[0]} {form}") for form in self.forms(folded[0])}
        else:
            key = key_of(word.encode() for word in folded)
            found = self._families.get(key, lambda: self._read_family(key))
        if zone:
            return {forms: in_zone(one, self.zones, zone) for forms, one in found.items()}
        return found

    def beside(self, folded: str, other: str) -> dict[str, int]:
        """In how many documents each spelling of two folded words stands side by side."""
        return {forms: found.number for forms, found in self.family(folded, other).items()}

    def _read_family(self, key: bytes) -> dict[str, Postings]:
        parts: dict[bytes, list[tuple[int, int, Postings]]] = {}
        for base, segment in zip(self._bases, self.segments, strict=False):
            for spelling, postings in segment.family(key).items():
                parts.setdefault(spelling, []).append((base, 0, postings))
        return {
            spelling.decode(): several[0][2]
            if len(self.segments) == 1
            else joined(several, self.size)
            for spelling, several in parts.items()
        }

    def living(self, postings: Postings) -> int:
        """How many documents of a list were not deleted."""
        if not self._deleted:
            return postings.number
        ids, _, documents = postings.by_document
        if ids is None or documents is not None:
            return (postings.bits(self.size) & self.live).bit_count()
        return postings.number - len(self._gone.intersection(ids))

    @cached_property
    def _gone(self) -> frozenset[int]:
        return frozenset(self._deleted)

    def marked(self, lists: Iterable[Postings]) -> int:
        """The ordinals where any of some lists stand, as a set; those of long lists are kept.

        Of many at once (what a star stands for) none is kept: they are marked in one go.
        """
        lists = list(lists)
        long = [one for one in lists if one.number * _LONG >= self.size]
        if len(long) > _FEW_LONG:
            return bits_of_ordinals([one.ordinals for one in lists], self.zones.end)
        found = []
        for postings in long:
            ordinals = [postings.ordinals]
            found.append(
                self._marked.get(postings, partial(bits_of_ordinals, ordinals, self.zones.end))
            )
        if len(long) < len(lists):
            short = [one.ordinals for one in lists if one.number * _LONG < self.size]
            found.append(bits_of_ordinals(short, self.zones.end))
        return any_of(found)

    @cached_property
    def lengths(self) -> bytes:
        """The length of each document, as a byte (see `storage.stored_documents`)."""
        return b"".join(segment.lengths for segment in self.segments)

    @cached_property
    def by_length(self) -> list[tuple[int, int]]:
        """Classes of documents of like length: the least length byte, and a lane of ones for each.

        A lane is a byte of a long integer, lowest first, as in `search.max_scores`.
        """
        lengths = self.lengths
        counts = Counter(lengths)
        classes, number = [], 0
        least: int | None = None
        for length in sorted(counts):
            least = length if least is None else least
            number += counts[length]
            if number * _CLASSES >= self.size or length == max(counts):
                inside = bytes(255 * (least <= byte <= length) for byte in range(256))
                classes.append((least, int.from_bytes(lengths.translate(inside), "little")))
                least, number = None, 0
        return classes

    @cached_property
    def days(self) -> array[int]:
        """The day of each document as YYYYMMDD, 0 where it has none."""
        if len(self.segments) == 1:
            return self.segments[0].days
        return array("i", self._column("days"))

    @cached_property
    def sites(self) -> list[str]:
        """The site of each document."""
        return list(self._column("sites"))

    @cached_property
    def categories(self) -> list[str]:
        """The categories of each document in one text (`facets.joined`), empty for none."""
        return list(self._column("categories"))

    def dated(self, *spans: tuple[int, int]) -> int:
        """The documents of some spans of days (YYYYMMDD, both included), as a set."""
        known = self._dated.get(spans)
        if known is None:
            known = bits_within(self.days, spans)
            if len(self._dated) == _SPANS:
                self._dated.clear()
            self._dated[spans] = known
        return known

    @cached_property
    def years(self) -> tuple[int, int]:
        """The first year of a document, and the year after the last."""
        days = [day for day in self.days if day]
        return (min(days) // 10_000, max(days) // 10_000 + 1) if days else (0, 0)

    @cached_property
    def by_site(self) -> dict[str, int]:
        """The documents of each site, as a set."""
        return self._sets(self.sites)

    @cached_property
    def by_category(self) -> dict[str, int]:
        """The documents of each category, as a set."""
        from indexer.facets import each

        sets: dict[str, int] = {}
        for categories, documents in self._sets(self.categories).items():
            for category in each(categories):
                sets[category] = sets.get(category, 0) | documents
        return sets

    @cached_property
    def with_attachment(self) -> int:
        """The documents that have an attachment, as a set."""
        flags = enumerate(self._column("flags"))
        return bits_of([number for number, flag in flags if flag & HAS_ATTACHMENT], self.size)

    def id(self, document: int) -> str:
        """The id of a document."""
        segment, number = self._at(document)
        return segment.ids[number]

    def numbers_of(self, ids: Collection[str]) -> dict[str, int]:
        """The numbers of some documents, deleted ones left out."""
        return {
            segment.ids[number]: base + number
            for base, segment in zip(self._bases, self.segments, strict=False)
            for number in segment.live()
            if segment.ids[number] in ids
        }

    def flags(self, document: int) -> int:
        """The flags of a document (see `storage.stored_documents`)."""
        segment, number = self._at(document)
        return segment.flags[number]

    def record(self, document: int) -> StoredDocument:
        """What is shown of a document."""
        segment, number = self._at(document)
        return segment.record(number)

    def _at(self, document: int) -> tuple[Segment, int]:
        place = bisect_right(self._bases, document) - 1
        return self.segments[place], document - self._bases[place]

    def _column(self, name: str) -> chain[Any]:
        return chain.from_iterable(map(attrgetter(name), self.segments))

    def _sets(self, column: Sequence[str]) -> dict[str, int]:
        groups = _groups(column)
        return {value: bits_of(numbers, self.size) for value, numbers in groups.items()}


def _bytes_of(ordinals: array[int]) -> int:
    return len(ordinals) * ordinals.itemsize


def _memory_of(family: dict[str, Postings]) -> int:
    return sum(postings.memory for postings in family.values())


def _groups(column: Any) -> dict[Any, list[int]]:
    """The documents that have each value of a column."""
    groups: dict[Any, list[int]] = {}
    for number, value in enumerate(column):
        known = groups.get(value)
        if known is None:
            groups[value] = [number]
        else:
            known.append(number)
    return groups
