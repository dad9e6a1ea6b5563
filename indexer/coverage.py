"""When the words of a query meet nowhere: the documents that cover most of them.

A question typed as a sentence is read so. Each word counts twice, as it was typed and as it folds,
and so does each pair of words that follow on one another (BM25 each; the pairs are counted in the
best documents by words alone, which is where they are common). Measured against exact, folded and
pair fields in the index this ranks as well (docs/decisions/0013-pairs-at-query-time.md).
"""

from __future__ import annotations

from heapq import nlargest
from itertools import pairwise

from indexer.bits import documents_of
from indexer.matching import Matcher
from indexer.query import EXACT, FOLDED, All, Any, Node, Words, leaves
from indexer.ranking import K1, B, rarity
from indexer.records import LENGTHS
from indexer.spellings import TIERS

_RESCORED = 1000
_LONG = 8
_MOST = 0.5
_SOME = 0.15

Counts = dict[int, int]


def parts_of(node: Node) -> tuple[list[Node], list[Node]]:
    """The parts of a query that may be missing, and those that may not (filters, negations)."""
    nodes = node.nodes if isinstance(node, All) else (node,)
    wanted: list[Node] = [child for child in nodes if isinstance(child, Words | All | Any)]
    return wanted, [child for child in nodes if child not in wanted]


def is_long(node: Node) -> bool:
    """Whether a query has so many parts that it is more likely a sentence than a list of words."""
    return len(parts_of(node)[0]) >= _LONG


class Coverage:
    """Ranks documents by what they have of the parts of a query."""

    def __init__(self, parts: list[Node], matcher: Matcher) -> None:
        self._parts = list(dict.fromkeys(parts))
        self._row = [leaf for part in parts for leaf in leaves(part)]
        self._matcher = matcher
        corpus = matcher.corpus
        self._total = corpus.size
        lengths = [LENGTHS[byte] for byte in corpus.lengths]
        average = sum(lengths) / max(self._total, 1) or 1.0
        self._norms = [K1 * (1 - B + B * length / average) for length in lengths]

    def best(self) -> list[tuple[float, int]]:
        """(score, document) of those that cover enough, best first."""
        enough = self._enough()
        scores = dict.fromkeys(enough, 0.0)
        folded: dict[Words, Counts] = {}
        exact: dict[Words, Counts] = {}
        for leaf in dict.fromkeys(self._row):
            exact[leaf], folded[leaf] = self._counts(leaf)
            self._add(scores, exact[leaf])
            self._add(scores, folded[leaf])
        top = nlargest(_RESCORED, scores, key=lambda key: (scores[key], key))
        best = {key: scores[key] for key in top}
        for first, second in dict.fromkeys(pairwise(self._row)):
            for counts, worst in ((exact, EXACT), (folded, FOLDED)):
                both = [key for key in top if key in counts[first] and key in counts[second]]
                self._add(best, self._pairs(first, second, both, worst))
        scores.update(best)
        rest = [key for key in scores if key not in best]
        rest.sort(key=lambda key: -scores[key])
        top.sort(key=lambda key: -scores[key])
        return [(scores[key], key) for key in (*top, *rest)]

    def _enough(self) -> list[int]:
        covered: dict[int, int] = {}
        worth: dict[int, float] = {}
        whole = 0.0
        for part in self._parts:
            found = documents_of(self._matcher.tiers(part)[FOLDED])
            value = rarity(len(found), self._total)
            whole += value
            for key in found:
                covered[key] = covered.get(key, 0) + 1
                worth[key] = worth.get(key, 0.0) + value
        permitted = set(documents_of(self._matcher.candidates))
        long = len(self._parts) >= _LONG
        return [
            key
            for key, count in covered.items()
            if (worth[key] >= _SOME * whole if long else count > _MOST * len(self._parts))
            and key in permitted
        ]

    def _counts(self, leaf: Words) -> tuple[Counts, Counts]:
        """How often each document has the leaf, as typed and as it folds."""
        exact: Counts = {}
        folded: Counts = {}
        match = self._matcher.leaf(leaf)
        for tier in TIERS:
            for _, postings in match.lists[tier]:
                for document, packed in zip(postings.ids, postings.counts, strict=True):
                    count = (packed >> 6) + (packed >> 4 & 3) + (packed & 15)
                    folded[document] = folded.get(document, 0) + count
                    if tier == EXACT:
                        exact[document] = exact.get(document, 0) + count
        return exact, folded

    def _add(self, scores: dict[int, float], counts: Counts) -> None:
        value = rarity(len(counts), self._total) * (K1 + 1)
        for key, count in counts.items():
            if key in scores:
                scores[key] += value * count / (count + self._norms[key])

    def _pairs(self, first: Words, second: Words, keys: list[int], worst: int) -> Counts:
        counts = {}
        for document in keys:
            left = self._matcher.leaf(first).stretches(document, worst)
            right = self._matcher.leaf(second).stretches(document, worst)
            starts = {start for start, _ in right}
            count = sum(end in starts for _, end in left)
            if count:
                counts[document] = count
        return counts
