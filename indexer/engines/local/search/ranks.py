"""What comes before what, whatever the scores: words in the marks that were typed, and in rows.

Each document has a rank. Each word that carries the marks typed with it adds the same, and one
that is just as typed a little more; each two words that stand side by side as they were typed add
what they are worth together (`search.neighbours`), and each three in a row a little more than the
two pairs, which may stand apart. A thing that has other ways to be written (an
abbreviation, a date) is worth twice its words where it stands whole.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from operator import add
from typing import TYPE_CHECKING

from indexer.engines.local.search.bit_sliced_counter import BitSlicedCounter
from indexer.engines.local.search.matching import LeafMatch, Matcher
from indexer.engines.local.search.neighbours import (
    WHOLE,
    Neighbours,
    is_open,
    neighbours_of,
    row_of,
)
from indexer.engines.local.storage.bitsets import bits_of, documents_of
from indexer.language.analysis import WORD, read
from indexer.language.vietnamese import is_bare
from indexer.query.cardinals import is_cardinal
from indexer.query.tree import COMPATIBLE, EXACT, FOLDED, And, Node, Or, TermOrPhrase, leaves

if TYPE_CHECKING:
    from indexer.engines.local.search.index_snapshot import IndexSnapshot

CROSSING = 4
"""So much less is worth what stands side by side but belongs to two others that do so more."""

_OTHERWISE = 4
"""What a word written as several in a row (7 as quận bảy) adds to the rank of a document: more than
that it is as typed somewhere, less than any pair."""

_THREE = 32
"""What three words in a row add to the rank of a document: more than how they are spelled."""

_BEST = 100
"""In so many documents three words in a row are looked for.

Of the best by their pairs, so many with what is as good as the last, those that have both most
often; of these the later.
"""

_PAIR = 2


class Ranks:
    """The ranks of the documents that match a query.

    `leaves` says how each of its words matches, a bare one among others in any marks; `pairs` are
    the parts that may stand side by side.
    """

    def __init__(self, matcher: Matcher) -> None:
        self._matcher = matcher
        self.leaves: dict[TermOrPhrase, LeafMatch] = {}
        self.open = set(open_words(matcher.node))
        for leaf in leaves(matcher.node):
            match = matcher.leaf(leaf)
            self.leaves[leaf] = match.opened if leaf in self.open else match
        self.pairs: dict[tuple[Node, Node], Neighbours] = {}
        for left, right in couples(matcher.node):
            pair = neighbours_of(matcher.snapshot, left, right)
            if pair is not None:
                self.pairs[left, right] = pair
        self._sums = BitSlicedCounter()
        everything = (1 << matcher.snapshot.size) - 1
        self._add(matcher.node, everything)
        if isinstance(matcher.node, And) and len(matcher.node.nodes) > _PAIR:
            self._add_threes(matcher.node)

    def descending(self, documents: int) -> Iterator[tuple[int, int]]:
        """The documents of a set by their ranks: each rank that any has, the highest first."""
        return self._sums.descending(documents)

    def _add(self, node: Node, within: int) -> None:
        match node:
            case TermOrPhrase():
                match = self.leaves[node]
                self._add_fitting(match.upto, WHOLE, within)
                if is_cardinal(node.text):
                    self._sums.add(match.in_a_row & within, _OTHERWISE)
            case And():
                for child in node.nodes:
                    self._add(child, within)
                self._add_pairs(node, within)
            case Or(nodes=(TermOrPhrase() as whole, *others)) if node.label:
                upto = self.leaves[whole].upto
                words = sum(1 for other in others for _ in leaves(other))
                self._add_fitting(upto, 2 * max(words, 1) * WHOLE, within)
                for other in others:
                    self._add(other, within & ~upto[COMPATIBLE])
            case Or():
                self._add_fitting(self._matcher.tiers(node), WHOLE, within)
                for child in node.nodes:
                    if isinstance(child, And):
                        self._add_pairs(child, within)

    def _add_fitting(self, upto: tuple[int, int, int], worth: int, within: int) -> None:
        self._sums.add(upto[COMPATIBLE] & within, worth)
        self._sums.add(upto[EXACT] & within, 1)

    def _add_pairs(self, node: And, within: int) -> None:
        pairs = [self.pairs.get(couple) for couple in pairwise(node.nodes)]
        bonds = [pair.bond if pair else 0 for pair in pairs]
        for place, pair in enumerate(pairs):
            beside = bonds[place - 1 : place] + bonds[place + 1 : place + 2]
            crossing = len(beside) == 2 and 0 < bonds[place] <= max(beside) and all(beside)
            for documents, gain in pair.gains if pair else ():
                self._sums.add(documents & within, gain // CROSSING if crossing else gain)

    def _add_threes(self, node: And) -> None:
        first, snapshot = self._first(self._matcher.found[FOLDED]), self._matcher.snapshot
        pairs = [self.pairs.get(couple) for couple in pairwise(node.nodes)]
        for place, (left, right) in enumerate(pairwise(pairs)):
            words = row_of(node.nodes[place : place + 3])
            if left and right and words:
                having = first & left.match.upto[COMPATIBLE] & right.match.upto[COMPATIBLE]
                if having.bit_count() > _BEST:
                    having = _most_often(snapshot, having, (left.match, right.match), _BEST)
                if having & (having - 1):
                    found = self._matcher.row(words, having).upto[COMPATIBLE]
                    self._sums.add(found & having, _THREE)

    def _first(self, documents: int) -> int:
        """The best of some documents, with all that are as good as the last of them."""
        first = 0
        for _, having in self.descending(documents):
            first |= having
            if first.bit_count() >= _BEST:
                break
        return first


def _most_often(
    snapshot: IndexSnapshot, documents: int, pairs: tuple[LeafMatch, LeafMatch], most: int
) -> int:
    """Those of some documents (a set) that have the rarer of two pairs most often, so many; of
    those that have it as often the later.
    """
    from indexer.engines.local.search.latest import latest

    having = documents_of(documents)
    marked = EXACT, COMPATIBLE
    often = [map(add, *(pair.counts(tier, having) for tier in marked)) for pair in pairs]
    rarer = [*map(min, *often)]
    least = sorted(rarer)[-most]
    size = documents.bit_length()
    more = bits_of([one for one, n in zip(having, rarer, strict=True) if n > least], size)
    tied = bits_of([one for one, n in zip(having, rarer, strict=True) if n == least], size)
    return more | latest(snapshot, tied, most - more.bit_count())


def couples(node: Node) -> Iterator[tuple[Node, Node]]:
    """What follows on one another in a query."""
    if isinstance(node, And):
        yield from pairwise(node.nodes)
    if isinstance(node, And | Or):
        for child in node.nodes:
            yield from couples(child)


def open_words(node: Node, *, alone: bool = True) -> Iterator[TermOrPhrase]:
    """The words that stand beside others and say nothing of their marks.

    In quotes, some marked word says that the others are meant without.
    """
    if isinstance(node, TermOrPhrase):
        stands = " " in node.text or not alone
        if stands and _has_bare(node) and not (node.quoted and _has_marked(node)):
            yield node
    elif isinstance(node, And):
        words = [child for child in node.nodes if isinstance(child, TermOrPhrase | And | Or)]
        for child in words:
            yield from open_words(child, alone=alone and len(words) == 1)
    elif isinstance(node, Or):
        for way in node.nodes:
            yield from open_words(way, alone=alone)


def _has_marked(words: TermOrPhrase) -> bool:
    return any(not is_bare(read(word)[1]) for word in WORD.findall(words.text))


def _has_bare(words: TermOrPhrase) -> bool:
    """Whether a word was typed without marks."""
    typed = {read(word)[0] for word in WORD.findall(words.text)}
    return any(
        is_open(atom) and atom.folded in typed
        for edge in words.edges
        for option in edge.options
        for atom in option
    )
