"""When the words of a query need not all meet: the documents that cover it best.

A question typed as a sentence is read so. A word counts half for its letters and half for the marks
that were typed with it, so that a mark left out says nothing; and so does each pair of words that
follow on one another (BM25 each). What was tried and measured: docs/decisions/0009-sentences.md.
"""

from __future__ import annotations

from itertools import pairwise
from operator import add

from indexer.engines.local.search.bit_sliced_counter import BitSlicedCounter
from indexer.engines.local.search.bm25 import K1, rarity
from indexer.engines.local.search.latest import latest
from indexer.engines.local.search.matching import LeafMatch, Matcher
from indexer.engines.local.search.neighbours import Neighbours, neighbours_of
from indexer.engines.local.search.spellings import TIERS
from indexer.engines.local.storage.bitsets import documents_of
from indexer.engines.local.storage.stored_documents import LENGTHS
from indexer.query.question_words import asking
from indexer.query.tree import (
    COMPATIBLE,
    FOLDED,
    LONG,
    Dated,
    Node,
    OfMonth,
    Or,
    TermOrPhrase,
    describe,
    is_long,
    is_near,
    leaves,
    parts_of,
)

CHOSEN = 300
"""So many documents at most are scored."""

STEPS = 4
"""A word's worth is added up in quarters."""

_SHORT_QUESTION = 4
# A long text has any words; and that a pair stands there at all says nearly everything.
_B = 0.9
_PAIR_K1 = K1 / 2

_COUNTED = bytes((counts >> 6) + (counts >> 4 & 3) + (counts & 15) for counts in range(256))


def is_sentence(node: Node, asked: int) -> bool:
    """Whether a query is a sentence, or a short question: `asked` words of it only ask."""
    parts, _ = parts_of(node)
    return is_long(node) or (asked > 0 and len(parts) + asked >= _SHORT_QUESTION)


def words_of(part: Node, matcher: Matcher) -> list[tuple[int, str]]:
    """The words of a part of a query, each with the documents that have it.

    A thing that has a name is its words; a document that has the name has them all. A date is one.
    """
    if isinstance(part, Or) and part.label and not is_near(part):
        whole, *others = part.nodes
        words = [leaf for other in others for leaf in leaves(other)]
        if words and not any(isinstance(other, Dated | OfMonth) for other in others):
            named = matcher.tiers(whole)[FOLDED]
            return [(matcher.tiers(leaf)[FOLDED] | named, leaf.text) for leaf in words]
    return [(matcher.tiers(part)[FOLDED], describe(part))]


def dated_of(parts: list[Node]) -> list[Dated | OfMonth]:
    """The days asked for that an article's own may be."""
    return [
        way
        for part in dict.fromkeys(parts)
        if isinstance(part, Or)
        for way in part.nodes
        if isinstance(way, Dated | OfMonth)
    ]


def covered(leaf: TermOrPhrase) -> tuple[str, TermOrPhrase]:
    """By what the documents of a leaf are known that need not have the other words (`counted`)."""
    return "covered", leaf


def documents_with(matcher: Matcher, leaf: TermOrPhrase) -> tuple[float, float, float]:
    """In how many documents a leaf stands, up to each tier, whatever else these have."""
    known = matcher.snapshot.counted.get(covered(leaf))
    return known or matcher.documents_with(leaf)


class QueryCoverage:
    """Ranks documents by what they have of the parts of a query."""

    def __init__(self, parts: list[Node], matcher: Matcher) -> None:
        self._matcher = matcher
        snapshot = matcher.snapshot
        self._total = snapshot.collection
        norms = [1 - _B + _B * length / max(snapshot.average, 1) for length in LENGTHS]
        self._norms, self._lengths = norms, snapshot.lengths

        row = [leaf for part in parts for leaf in leaves(part)]
        silent = asking(row, beside=snapshot.beside)
        said = [leaf for place, leaf in enumerate(row) if place not in silent] or row
        self._worth = {leaf: self._rarities(leaf) for leaf in dict.fromkeys(said)}
        couples = [
            neighbours_of(snapshot, left, right)
            for left, right in dict.fromkeys(pairwise(row))
            if left in self._worth and right in self._worth
        ]
        self._pairs = [(pair, self._rarities_of_pair(pair)) for pair in couples if pair is not None]
        self._having = [
            documents
            for part in dict.fromkeys(parts)
            if any(leaf in self._worth for leaf in leaves(part))
            for documents, _ in words_of(part, matcher)
        ]
        # A day asked for weighs by the article's own as well as in its text.
        self._dated = [
            (having, rarity(snapshot.counted.get(way, (0, 0, having.bit_count()))[2], self._total))
            for way in dated_of(parts)
            for having in [matcher.tiers(way)[FOLDED]]
        ]
        self._least = 2 if len(parts) >= LONG else max(2, len(self._having) // 2 + 1)

    def best(self) -> list[tuple[float, int]]:
        """(score, document) of those that cover it best, best first.

        Of a sentence they have two words at least, of a shorter query more than half of its parts.
        """
        chosen = self._enough(self._chosen())
        norms = [self._norms[self._lengths[document]] for document in chosen]
        scores = [0.0] * len(chosen)
        for leaf, worths in self._worth.items():
            scores = self._added(scores, self._matcher.leaf(leaf), worths, K1, chosen, norms)
        for dated, worth in self._dated:
            scores = [
                score + worth * (dated >> document & 1)
                for score, document in zip(scores, chosen, strict=True)
            ]
        for pair, (letters, marks) in self._pairs:
            halves = letters / 2, marks / 2
            scores = self._added(scores, pair.match, halves, _PAIR_K1, chosen, norms)
        return sorted(zip(scores, chosen, strict=True), reverse=True)

    def _rarities(self, leaf: TermOrPhrase) -> tuple[float, float]:
        """What a word is worth for its letters, and for the marks that were typed."""
        _, marks, letters = documents_with(self._matcher, leaf)
        return rarity(letters, self._total) / 2, rarity(marks, self._total) / 2

    def _rarities_of_pair(self, pair: Neighbours) -> tuple[float, float]:
        """How rare two words side by side are, by their letters, and in the marks typed."""
        _, marks, letters = pair.documents(self._matcher.snapshot, -1)
        return rarity(letters, self._total), rarity(marks, self._total)

    def _chosen(self) -> int:
        """The documents that have most of what all words are worth, however often; of as good ones
        the later, whatever their order in the index."""
        tally = BitSlicedCounter()
        for leaf, worth in self._worth.items():
            upto = self._matcher.leaf(leaf).upto
            for documents, each in zip((upto[FOLDED], upto[COMPATIBLE]), worth, strict=True):
                tally.add(documents, round(STEPS * each))
        for dated, rare in self._dated:
            tally.add(dated, round(STEPS * rare))
        for pair, of_pair in self._pairs:
            upto = pair.match.upto
            for documents, rare in zip((upto[FOLDED], upto[COMPATIBLE]), of_pair, strict=True):
                tally.add(documents, round(STEPS / 2 * rare))
        chosen, tied = tally.highest(self._matcher.candidates, CHOSEN)
        return chosen | latest(self._matcher.snapshot, tied, CHOSEN - chosen.bit_count())

    def _enough(self, chosen: int) -> list[int]:
        """Those of the chosen that have enough of the words."""
        words = BitSlicedCounter()
        for documents in self._having:
            words.add(documents, 1)
        return documents_of(words.at_least(self._least) & chosen)

    def _added(
        self,
        scores: list[float],
        match: LeafMatch,
        worths: tuple[float, float],
        k1: float,
        documents: list[int],
        norms: list[float],
    ) -> list[float]:
        """The scores of some documents with what a word or a pair is worth for its letters, and for
        the marks typed, by how often it stands there."""
        (by_letters, by_marks), (letters, marks) = self._counts(match, documents), worths
        parts = [(by_letters, letters), (by_marks, marks)]
        if by_letters == by_marks:
            parts = [(by_letters, letters + marks)]
        for counts, worth in parts:
            most = worth * (k1 + 1)
            if any(counts):
                scores = [
                    score + most * n / (n + k1 * norm) if n else score
                    for score, n, norm in zip(scores, counts, norms, strict=True)
                ]
        return scores

    def _counts(self, match: LeafMatch, documents: list[int]) -> tuple[list[int], list[int]]:
        """How often something stands in some documents, by its letters and in the marks typed."""
        letters = marks = [0] * len(documents)
        for tier in TIERS:
            if match.lists[tier]:
                counts = bytes(match.counts(tier, documents)).translate(_COUNTED)
                letters = list(map(add, letters, counts))
            if tier <= COMPATIBLE:
                marks = letters
        return letters, marks
