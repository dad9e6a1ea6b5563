"""Which documents a cluster gives for our own order: those of the highest rank, then score.

The rank of a document (`local.search.ranks`) is a sum of whole numbers, and so is what the cluster
adds up here. Behind the point stands about what our score says (`local.search.ranking`), so that
the best of more documents of one rank than are asked for are among them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise
from typing import Any

from indexer.engines.local.search.bm25 import (
    rarity,
)
from indexer.engines.local.search.neighbours import (
    WHOLE,
)
from indexer.engines.local.search.query_coverage import STEPS, covered, dated_of
from indexer.engines.local.search.ranks import CROSSING, open_words
from indexer.engines.opensearch.pairs import Pair, Ways, ways_of
from indexer.engines.opensearch.queries import NOTHING, Dsl, Queries, all_of, filter_of
from indexer.engines.opensearch.scores import Scores
from indexer.engines.opensearch.words import ClusterWords
from indexer.query.tree import (
    COMPATIBLE,
    EXACT,
    FOLDED,
    And,
    Node,
    Or,
    TermOrPhrase,
    leaves,
)

_MOST_CLAUSES = 250
"""Of pairs, and of what tells scores, so many clauses at most: a cluster takes 1,024 in a query if
nothing else is set."""

_UNDER_ONE = 0.9


class Best:
    """Makes the query whose best hits are the best documents. `pairs` are those of the query."""

    def __init__(
        self,
        queries: Queries,
        words: ClusterWords,
        counted: Mapping[Any, tuple[float, float, float]],
        pairs: Mapping[Ways, Pair],
        total: int,
    ) -> None:
        self._queries, self._words, self._counted = queries, words, counted
        self._pairs, self._total = pairs, total

    def of(self, node: Node, found: Dsl) -> Dsl:
        """The documents of a set, each scored by its rank, and about its score behind the point."""
        self._open = set(open_words(node))
        clauses = [_worth(query, boost) for query, boost in self._ranks(node)]
        scores = Scores(self._queries, self._words, self._counted, self._pairs, self._total)
        scored = scores.of(node, self._open)
        least = sorted(scored.clauses(), reverse=True)[:_MOST_CLAUSES][-1:]
        query = scored.dsl(*least) if least else None
        if query is not None:
            clauses.append({"bool": {"must": [query], "boost": _UNDER_ONE / scored.most}})
        clauses = [clause for clause in clauses if clause is not None]
        return {"bool": {"filter": [found], "should": clauses}} if clauses else _unscored(found)

    def _ranks(
        self, node: Node, less: Callable[[Dsl], Dsl] = lambda query: query
    ) -> Iterator[tuple[Dsl, float]]:
        queries = self._queries
        match node:
            case TermOrPhrase():
                yield less(queries.leaf(node, COMPATIBLE)), WHOLE
                exact = COMPATIBLE if node in self._open else EXACT
                yield less(queries.leaf(node, exact)), 1
            case And():
                for child in node.nodes:
                    yield from self._ranks(child, less)
                yield from self._beside(node, less)
            case Or(nodes=(TermOrPhrase() as whole, *others)) if node.label:
                worth = 2 * max(sum(1 for other in others for _ in leaves(other)), 1) * WHOLE
                compatible = queries.leaf(whole, COMPATIBLE)
                yield less(compatible), worth
                exact = COMPATIBLE if whole in self._open else EXACT
                yield less(queries.leaf(whole, exact)), 1
                for other in others:
                    yield from self._ranks(other, lambda query: all_of([less(query)], [compatible]))
            case Or():
                yield less(queries.node(node, COMPATIBLE)), WHOLE
                yield less(queries.node(node, EXACT)), 1
                for child in node.nodes:
                    if isinstance(child, And):
                        yield from self._beside(child, less)

    def _beside(self, node: And, less: Callable[[Dsl], Dsl]) -> Iterator[tuple[Dsl, float]]:
        ways = [ways_of(*couple) for couple in pairwise(node.nodes)]
        pairs = [self._pairs[one] if one else None for one in ways]
        bonds = [pair.bond if pair else 0 for pair in pairs]
        for place, pair in enumerate(pairs):
            if pair is None or not pair.gains:
                continue
            near = bonds[place - 1 : place] + bonds[place + 1 : place + 2]
            crossing = len(near) == 2 and 0 < bonds[place] <= max(near) and all(near)
            most = max(_MOST_CLAUSES // len(pairs), 2)
            several = [
                _worth(less(pair.documents(tokens)), gain // CROSSING if crossing else gain)
                for gain, tokens in _few(pair.gains, most).items()
            ]
            clauses = [one for one in several if one is not None]
            if clauses:
                yield {"dis_max": {"queries": clauses}}, 0

    def covering(
        self, parts: list[Node], said: Mapping[TermOrPhrase, None], couples_: list[Ways]
    ) -> list[tuple[Dsl, float]]:
        """What each word, pair and day of a query that need not all meet is worth."""
        clauses: list[tuple[Dsl, float]] = []
        total = self._total
        for leaf in said:
            _, marks, letters = self._counted[covered(leaf)]
            for tier, count in ((FOLDED, letters), (COMPATIBLE, marks)):
                clauses.append(
                    (self._queries.leaf(leaf, tier), round(STEPS * rarity(count, total) / 2))
                )
        for way in dated_of(parts):
            worth = rarity(self._counted[way][FOLDED], total)
            clauses.append((filter_of(way), round(STEPS * worth)))
        for ways in couples_:
            _, marks, letters = self._counted[ways]
            for tier, count in ((FOLDED, letters), (COMPATIBLE, marks)):
                clauses.append(
                    (self._pairs[ways].upto(tier), round(STEPS / 2 * rarity(count, total)))
                )
        return clauses


def covering_query(clauses: list[tuple[Dsl, float]], found: Dsl) -> Dsl:
    """The documents of a set, each scored by the sum of what it has."""
    scored = [clause for query, boost in clauses if (clause := _worth(query, boost)) is not None]
    return {"bool": {"filter": [found], "should": scored}} if scored else _unscored(found)


def _few(gains: Mapping[int, list[str]], most: int) -> Mapping[int, list[str]]:
    """The gains in fewer steps, if they are too many for a query."""
    step = 1
    found = gains
    while len(found) > most:
        step *= 2
        found = defaultdict(list)
        for gain, tokens in gains.items():
            found[max(gain // step * step, 1)] += tokens
    return found


def _unscored(query: Dsl) -> Dsl:
    return {"bool": {"filter": [query]}}


def _worth(query: Dsl, boost: float) -> Dsl | None:
    """A clause worth a whole number; what has its own worth (0) is left as it is."""
    if query == NOTHING:
        return None
    if not boost:
        return query if "dis_max" in query else None
    return {"constant_score": {"filter": query, "boost": boost}}
