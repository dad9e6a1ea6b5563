"""When the words of a query need not all meet: the documents that cover it best.

A question typed as a sentence is read so. A word counts half for its letters and half for the marks
that were typed with it, so that a mark left out says nothing; and so does each pair of words that
follow on one another (BM25 each). What was tried and measured: docs/decisions/0014-sentences.md.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from heapq import nlargest
from itertools import pairwise
from typing import NamedTuple

from indexer.bits import bits_of, documents_of
from indexer.matching import Matcher
from indexer.postings import PLACE
from indexer.query import COMPATIBLE, FOLDED, All, Any, Node, Words, leaves
from indexer.questions import asking
from indexer.records import LENGTHS
from indexer.spellings import TIERS
from indexer.weights import K1, rarity

_CHOSEN = 1000
_LEAST_CHOOSING = 8
_LONG = 8
_SHORT_QUESTION = 4
# A long text has any words; and that a pair stands there at all says nearly everything.
_B = 0.9
_PAIR_K1 = K1 / 2

_COUNTED = tuple((counts >> 6) + (counts >> 4 & 3) + (counts & 15) for counts in range(256))


def parts_of(node: Node) -> tuple[list[Node], list[Node]]:
    """The parts of a query that may be missing, and those that may not (filters, negations)."""
    nodes = node.nodes if isinstance(node, All) else (node,)
    wanted: list[Node] = [child for child in nodes if isinstance(child, Words | All | Any)]
    return wanted, [child for child in nodes if child not in wanted]


def is_long(node: Node) -> bool:
    """Whether a query has so many parts that it is more likely a sentence than a list of words."""
    return len(parts_of(node)[0]) >= _LONG


def is_sentence(node: Node) -> bool:
    """Whether a query is a sentence, or a short question."""
    parts, _ = parts_of(node)
    row = [leaf for part in parts for leaf in leaves(part)]
    return is_long(node) or (len(parts) >= _SHORT_QUESTION and bool(asking(row)))


class _Standing(NamedTuple):
    """Where something stands in the chosen documents: places of its beginnings, and after it."""

    starts: list[int]
    ends: list[int]


class Coverage:
    """Ranks documents by what they have of the parts of a query."""

    def __init__(self, parts: list[Node], matcher: Matcher) -> None:
        self._matcher = matcher
        corpus = matcher.corpus
        self._total = corpus.size
        norms = [1 - _B + _B * length / max(corpus.average, 1) for length in LENGTHS]
        self._norms = [norms[byte] for byte in corpus.lengths]

        row = [leaf for part in parts for leaf in leaves(part)]
        silent = asking(row)
        said = [leaf for place, leaf in enumerate(row) if place not in silent] or row
        self._worth = {leaf: self._rarities(leaf) for leaf in dict.fromkeys(said)}
        self._pairs = [
            (left, right)
            for left, right in dict.fromkeys(pairwise(row))
            if left in self._worth and right in self._worth
        ]
        self._parts = [
            part
            for part in dict.fromkeys(parts)
            if any(leaf in self._worth for leaf in leaves(part))
        ]
        self._least = 2 if len(parts) >= _LONG else max(2, len(self._parts) // 2 + 1)

    def best(self) -> list[tuple[float, int]]:
        """(score, document) of those that cover it best, best first.

        Of a sentence they have two words at least, of a shorter query more than half of its parts.
        """
        chosen = self._enough(self._chosen())
        scores = dict.fromkeys(chosen, 0.0)
        standing = {leaf: self._standing(leaf, chosen) for leaf in self._worth}
        for leaf, kinds in standing.items():
            for places, worth in zip(kinds, self._worth[leaf], strict=True):
                self._add(scores, _documents(places.starts), worth, K1)
        for left, right in self._pairs:
            for first, second in zip(standing[left], standing[right], strict=True):
                after = set(second.starts)
                counts = _documents(end for end in first.ends if end in after)
                self._add(scores, counts, rarity(len(counts), self._total) / 2, _PAIR_K1)
        return sorted(((score, document) for document, score in scores.items()), reverse=True)

    def _rarities(self, leaf: Words) -> tuple[float, float]:
        """What a word is worth for its letters, and for the marks that were typed."""
        upto = self._matcher.leaf(leaf).upto
        letters, marks = upto[FOLDED].bit_count(), upto[COMPATIBLE].bit_count()
        return rarity(letters, self._total) / 2, rarity(marks, self._total) / 2

    def _chosen(self) -> set[int]:
        """The best documents by the rarer half of the words."""
        found = [leaf for leaf in self._worth if self._matcher.leaf(leaf).upto[FOLDED]]
        found.sort(key=lambda leaf: -self._worth[leaf][0])
        scores: dict[int, float] = {}
        for leaf in found[: max(_LEAST_CHOOSING, len(found) // 2)]:
            for counts, worth in zip(self._counts(leaf), self._worth[leaf], strict=True):
                self._add(scores, counts, worth, K1)
        candidates = documents_of(self._matcher.candidates)
        permitted = [document for document in candidates if document in scores]
        return set(nlargest(_CHOSEN, permitted, key=scores.__getitem__))

    def _enough(self, chosen: set[int]) -> set[int]:
        """Those of the chosen that have enough of the parts."""
        bits = bits_of(chosen, self._total)
        covered = Counter(
            document
            for part in self._parts
            for document in documents_of(bits & self._matcher.tiers(part)[FOLDED])
        )
        return {document for document, parts in covered.items() if parts >= self._least}

    def _counts(self, leaf: Words) -> tuple[dict[int, int], dict[int, int]]:
        """How often each document has a word by its letters, and with the marks that were typed."""
        letters: dict[int, int] = {}
        marks: dict[int, int] = {}
        for tier in TIERS:
            for _, postings in self._matcher.leaf(leaf).lists[tier]:
                for document, packed in zip(postings.ids, postings.counts, strict=True):
                    count = _COUNTED[packed]
                    letters[document] = letters.get(document, 0) + count
                    if tier <= COMPATIBLE:
                        marks[document] = marks.get(document, 0) + count
        return letters, marks

    def _standing(self, leaf: Words, chosen: set[int]) -> tuple[_Standing, _Standing]:
        """Where a word stands by its letters, and with the marks that were typed."""
        letters, marks = _Standing([], []), _Standing([], [])
        for tier in TIERS:
            for steps, postings in self._matcher.leaf(leaf).lists[tier]:
                starts = postings.places_in(chosen)
                ends = [start + steps for start in starts]
                for kind in (letters, marks) if tier <= COMPATIBLE else (letters,):
                    kind.starts.extend(starts)
                    kind.ends.extend(ends)
        return letters, marks

    def _add(
        self, scores: dict[int, float], counts: Mapping[int, int], worth: float, k1: float
    ) -> None:
        for document, count in counts.items():
            score = worth * (k1 + 1) * count / (count + k1 * self._norms[document])
            scores[document] = scores.get(document, 0.0) + score


def _documents(places: Iterable[int]) -> Counter[int]:
    return Counter([place // PLACE for place in places])
