"""About our score, as a query of a cluster (`local.search.ranking.Scorer`).

Sums and maxima are those of our own score. A cluster measures lengths and counts occurrences in
other steps than we do, and two words side by side not by how often they stand so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import log
from typing import NamedTuple

from indexer.engines.local.search.bm25 import (
    BODY_WEIGHT,
    K1,
    LEAD_WEIGHT,
    TITLE_WEIGHT,
    rarity,
)
from indexer.engines.local.search.ranking import ADJACENCY, TIER_WEIGHTS
from indexer.engines.local.search.ranks import couples
from indexer.engines.opensearch.candidates import Counted, zoned
from indexer.engines.opensearch.pairs import Pair, Ways, ways_of
from indexer.engines.opensearch.queries import NOTHING, Dsl, Queries, all_of, span_terms
from indexer.engines.opensearch.words import ClusterWords, batched
from indexer.query.tree import COMPATIBLE, EXACT, FOLDED, And, Node, Or, TermOrPhrase, leaves

_MOST_SYNONYMS = 800
"""So many spellings of a word count as one at most: a cluster takes 1,024."""

_MOST_SPANS = 100
"""What shares positions is scored if it has so many terms at most."""

_ZONES = (("title", TITLE_WEIGHT), ("lead", LEAD_WEIGHT), ("words", BODY_WEIGHT))


class Clause(NamedTuple):
    """A query, by what its own score is multiplied, and the most that it scores then."""

    query: Dsl
    boost: float
    most: float

    def dsl(self, least: float) -> Dsl | None:
        """It as a query, if it may score so much."""
        if self.query == NOTHING or not self.boost > 0 or self.most < least:
            return None
        ((kind, inner),) = self.query.items()
        if kind in ("constant_score", "bool"):
            return {kind: {**inner, "boost": self.boost}}
        ((field, how),) = inner.items()
        return {kind: {field: {**how, "boost": self.boost}}}

    def clauses(self) -> Iterator[float]:
        """The most that each clause of it scores."""
        yield self.most


class Several(NamedTuple):
    """Scores that are added up, or the highest of some; `only` of these documents."""

    parts: tuple[Clause | Several, ...]
    highest: bool = False
    only: Dsl | None = None

    @property
    def most(self) -> float:
        """The most that it scores."""
        each = [part.most for part in self.parts]
        return max(each, default=0.0) if self.highest else sum(each)

    def dsl(self, least: float) -> Dsl | None:
        """It as a query, without what scores less than so much."""
        queries = [one for part in self.parts if (one := part.dsl(least)) is not None]
        if not queries:
            return None
        if self.only is not None:
            of_these = {"bool": {"should": queries}} if not self.highest else _highest(queries)
            return {"bool": {"filter": [self.only], "must": [of_these]}}
        if len(queries) == 1:
            return queries[0]
        return _highest(queries) if self.highest else {"bool": {"should": queries}}

    def clauses(self) -> Iterator[float]:
        """The most that each clause of it scores."""
        for part in self.parts:
            yield from part.clauses()


class Scores:
    """Makes the query that scores documents. `open_` are words that may have any marks."""

    def __init__(
        self,
        queries: Queries,
        words: ClusterWords,
        counted: Counted,
        pairs: Mapping[Ways, Pair],
        total: int,
    ) -> None:
        self._queries, self._words, self._counted = queries, words, counted
        self._pairs, self._total = pairs, total
        self._open: set[TermOrPhrase] = set()
        self._worths: dict[TermOrPhrase, list[float]] = {}

    def of(self, node: Node, open_: set[TermOrPhrase]) -> Several:
        """What scores documents."""
        self._open = open_
        self._worths = {leaf: self._worths_of(leaf) for leaf in dict.fromkeys(leaves(node))}
        return Several((self._of_node(node), *self._of_pairs(node)))

    def _worths_of(self, leaf: TermOrPhrase) -> list[float]:
        first, second, third = self._counted[leaf]
        counts = (second if leaf in self._open else first, second, third)
        return [
            weight * rarity(count, self._total)
            for weight, count in zip(TIER_WEIGHTS, counts, strict=True)
        ]

    def _of_node(self, node: Node) -> Several:
        match node:
            case TermOrPhrase():
                return self._of_leaf(node)
            case And():
                words = [one for one in node.nodes if isinstance(one, TermOrPhrase | And | Or)]
                return Several(tuple(map(self._of_node, words)))
            case Or(nodes=(whole, *others)) if node.label:
                named = self._queries.node(whole, FOLDED)
                apart = [self._only(one, unless=named) for one in others]
                return Several((self._only(whole), *apart), highest=True)
            case Or():
                return Several(tuple(map(self._only, node.nodes)), highest=True)
        return Several(())

    def _only(self, node: Node, unless: Dsl = NOTHING) -> Several:
        """The score of what matches a part of the query."""
        of_node = self._of_node(node)
        if isinstance(node, TermOrPhrase) and unless == NOTHING:
            return of_node
        matching = self._queries.node(node, FOLDED)
        return Several((of_node,), only=all_of([matching], [unless]))

    def _of_leaf(self, leaf: TermOrPhrase) -> Several:
        first, second, third = self._worths[leaf]
        tiers = [(EXACT, first), (COMPATIBLE, second), (FOLDED, third)]
        if leaf in self._open:
            tiers = [(COMPATIBLE, first), (FOLDED, third)]
        by_tier = [Several(tuple(self._of_words(leaf, *one))) for one in tiers]
        return Several(tuple(by_tier), highest=True)

    def _of_words(self, leaf: TermOrPhrase, tier: int, worth: float) -> Iterator[Clause]:
        for field, weight in _ZONES:
            most = worth * weight * (K1 + 1)
            if leaf.zone != "title" or field == "title":
                for query, rare in self._in_zone(leaf, tier, field):
                    yield Clause(query, most / rare, most)

    def _in_zone(self, leaf: TermOrPhrase, tier: int, field: str) -> Iterator[tuple[Dsl, float]]:
        """What scores a leaf in a zone, and the rarity that the cluster finds in it."""
        for way in self._queries.positions(leaf, tier):
            tokens = [position.split("|") for position in way]
            kind = "match" if len(way) == 1 else "match_phrase"
            several = [[some] for some in batched(tokens[0], _MOST_SYNONYMS)]
            for some in several if len(way) == 1 else [tokens]:
                if rare := self._rarity(field, some):
                    yield {kind: {field: {"query": " ".join(map("|".join, some))}}}, rare
        for spans in self._queries.spanned(leaf, tier, field):
            terms = [] if spans == NOTHING else [*dict.fromkeys(span_terms(spans))]
            if len(terms) <= _MOST_SPANS and (
                rare := self._rarity(field, [[one] for one in terms])
            ):
                yield {"bool": {"must": [spans]}}, rare

    def _rarity(self, field: str, positions: list[list[str]]) -> float:
        """What the cluster takes for the rarity of a word or a phrase (Lucene's BM25)."""
        found = 0.0
        for tokens in positions:
            numbers = [self._words.number(field, token) for token in tokens]
            total = self._words.documents_with.get(field, 0)
            if len(positions) == 1:
                numbers = [max(numbers, default=0)]
            found += sum(log(1 + (total - n + 0.5) / (n + 0.5)) for n in numbers if n)
        return found

    def _of_pairs(self, node: Node) -> Iterator[Several]:
        for left, right in dict.fromkeys(couples(node)):
            ways = ways_of(left, right)
            if ways is None:
                continue
            least = (self._worth(left) + self._worth(right)) / 2
            pair = self._pairs[ways]
            by_tier = [
                self._of_pair(
                    pair,
                    tier,
                    ADJACENCY * weight * max(rarity(count, self._total), least),
                    in_title=not ways[2],
                )
                for tier, (weight, count) in enumerate(
                    zip(TIER_WEIGHTS, self._counted[ways], strict=True)
                )
            ]
            yield Several(tuple(by_tier), highest=True)

    def _worth(self, node: Node) -> float:
        return max((max(self._worths[leaf]) for leaf in leaves(node)), default=0.0)

    def _of_pair(self, pair: Pair, tier: int, worth: float, *, in_title: bool) -> Several:
        """Of a pair as often as once is told."""
        clauses = [Clause(_constant(pair.upto(tier)), worth, worth)]
        tokens = pair.tokens(tier)
        if tokens and in_title:
            terms = [zoned(token, "title")[0] for token in tokens]
            more = worth * TITLE_WEIGHT
            clauses.append(Clause(_constant({"terms": {"pairs": terms}}), more, more))
        return Several(tuple(clauses))


def _constant(query: Dsl) -> Dsl:
    return query if query == NOTHING else {"constant_score": {"filter": query}}


def _highest(queries: list[Dsl]) -> Dsl:
    return {"dis_max": {"queries": queries}}
