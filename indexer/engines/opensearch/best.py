"""Which documents a cluster gives for our own order: those of the highest rank, then score.

The rank of a document (`local.search.ranks`) is a sum of whole numbers, and so is what the cluster
adds up here. Behind the point stands about what our score says (`local.search.ranking`), so that
the best of more documents of one rank than are asked for are among them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import pairwise
from math import log
from typing import Any

from indexer.engines.local.search.bm25 import (
    BODY_WEIGHT,
    K1,
    LEAD_WEIGHT,
    TITLE_WEIGHT,
    rarity,
)
from indexer.engines.local.search.neighbours import (
    WHOLE,
    Ends,
    Spelling,
    first_of,
    gains_of,
    last_of,
    spellings_beside,
    zone_of,
)
from indexer.engines.local.search.query_coverage import STEPS, covered, dated_of
from indexer.engines.local.search.ranking import ADJACENCY, TIER_WEIGHTS
from indexer.engines.local.search.ranks import CROSSING, couples, open_words
from indexer.engines.opensearch.candidates import CandidateSnapshot, zoned
from indexer.engines.opensearch.queries import NOTHING, Dsl, Queries, all_of, any_of, filter_of
from indexer.engines.opensearch.tokens import pair_token
from indexer.engines.opensearch.words import ClusterWords, batched
from indexer.query.tree import (
    COMPATIBLE,
    EXACT,
    FOLDED,
    And,
    Node,
    Or,
    TermOrPhrase,
    Zone,
    leaves,
)

Ways = tuple[Ends, Ends, Zone]
"""Two parts of a query side by side, as they are counted."""

_MOST_CLAUSES = 250
"""Of pairs, and of what tells scores, so many clauses at most: a cluster takes 1,024 in a query if
nothing else is set."""

_MOST_SYNONYMS = 800
"""So many spellings of a word count as one at most: a cluster takes 1,024."""

_ZONES = (("title", TITLE_WEIGHT), ("lead", LEAD_WEIGHT), ("words", BODY_WEIGHT))
_UNDER_ONE = 0.9


def ways_of(left: Node, right: Node) -> Ways | None:
    """What of two parts stands side by side; None if nothing can."""
    before, after, zone = last_of(left), first_of(right), zone_of(left, right)
    return (before, after, zone) if before and after and zone is not None else None


class Pair:
    """Two parts of a query side by side, in all spellings that any document has."""

    def __init__(self, snapshot: CandidateSnapshot, ways: Ways) -> None:
        self.ways = ways
        found = list(spellings_beside(snapshot, *ways))
        self._zone = ways[2]
        self.by_tier: list[list[str]] = [[], [], []]
        for one in found:
            self.by_tier[one.tier].append(_token_of(one))
        self.gains: dict[int, list[str]] = defaultdict(list)
        for one, gain in gains_of(snapshot, found):
            self.gains[gain].append(_token_of(one))
        self.bond = max(self.gains, default=0)

    def upto(self, tier: int) -> Dsl:
        """The documents that have it up to a tier."""
        return self.documents(token for of_tier in self.by_tier[: tier + 1] for token in of_tier)

    def documents(self, tokens: Iterable[str]) -> Dsl:
        """The documents that have any of some spellings, where they are to stand."""
        if self._zone != "body":
            terms = [zoned(token, self._zone)[0] for token in tokens]
            return {"terms": {"pairs": terms}} if terms else NOTHING
        parted = (zoned(token, self._zone) for token in tokens)
        return any_of(
            all_of([{"term": {"pairs": one}}], [{"term": {"pairs": other}}])
            for one, other in parted
        )


def _token_of(spelling: Spelling) -> str:
    one, other = (term.partition(" ")[2] for term in spelling.pair)
    return pair_token(one, other)


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
        ranked = [*self._ranks(node)]
        scored = sorted(self._scores(node), key=lambda one: -one[1])[:_MOST_CLAUSES]
        most = sum(boost for _, boost in scored) or 1.0
        clauses = [_worth(query, boost) for query, boost in ranked]
        clauses += [_boosted(query, boost * _UNDER_ONE / most) for query, boost in scored]
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

    def _scores(self, node: Node) -> Iterator[tuple[Dsl, float]]:
        worths: dict[TermOrPhrase, float] = {}
        for leaf in dict.fromkeys(leaves(node)):
            by_tier = [
                weight * rarity(count, self._total)
                for weight, count in zip(TIER_WEIGHTS, self._counted[leaf], strict=True)
            ]
            worths[leaf] = max(by_tier)
            for tier in (COMPATIBLE, FOLDED):
                yield from self._of_words(leaf, tier, by_tier[tier])
        for left, right in dict.fromkeys(couples(node)):
            ways = ways_of(left, right)
            if ways is None:
                continue
            least = sum(
                max((worths[leaf] for leaf in leaves(part)), default=0.0) for part in (left, right)
            )
            for tier in (COMPATIBLE, FOLDED):
                rare = max(rarity(self._counted[ways][tier], self._total), least / 2)
                worth = ADJACENCY * TIER_WEIGHTS[tier] * rare
                pair = self._pairs[ways]
                yield _constant(pair.upto(tier)), worth
                tokens = [token for of_tier in pair.by_tier[: tier + 1] for token in of_tier]
                if tokens and not ways[2]:
                    in_title = {"terms": {"pairs": [zoned(token, "title")[0] for token in tokens]}}
                    yield _constant(in_title), worth * TITLE_WEIGHT

    def _of_words(self, leaf: TermOrPhrase, tier: int, worth: float) -> Iterator[tuple[Dsl, float]]:
        for way in self._queries.positions(leaf, tier):
            tokens = [position.split("|") for position in way]
            for field, weight in _ZONES:
                if leaf.zone == "title" and field != "title":
                    continue
                kind = "match" if len(way) == 1 else "match_phrase"
                several = [[some] for some in batched(tokens[0], _MOST_SYNONYMS)]
                for some in several if len(way) == 1 else [tokens]:
                    if rare := self._rarity(field, some):
                        query = {kind: {field: {"query": " ".join(map("|".join, some))}}}
                        yield query, worth * weight * (K1 + 1) / rare

    def _rarity(self, field: str, positions: list[list[str]]) -> float:
        """What the cluster takes for the rarity of a word or a phrase (Lucene's BM25)."""
        found = 0.0
        for tokens in positions:
            numbers = [self._words.number(field, token) for token in tokens]
            total = self._words.documents_with.get(field, 0)
            if len(positions) == 1:
                numbers = [max(numbers)]
            found += sum(log(1 + (total - n + 0.5) / (n + 0.5)) for n in numbers if n)
        return found

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


def _constant(query: Dsl) -> Dsl:
    return query if query == NOTHING else {"constant_score": {"filter": query}}


def _unscored(query: Dsl) -> Dsl:
    return {"bool": {"filter": [query]}}


def _worth(query: Dsl, boost: float) -> Dsl | None:
    """A clause worth a whole number; what has its own worth (0) is left as it is."""
    if query == NOTHING:
        return None
    if not boost:
        return query if "dis_max" in query else None
    return {"constant_score": {"filter": query, "boost": boost}}


def _boosted(query: Dsl, boost: float) -> Dsl | None:
    if query == NOTHING or boost <= 0:
        return None
    ((kind, inner),) = query.items()
    if kind == "constant_score":
        return {kind: {**inner, "boost": boost}}
    ((field, how),) = inner.items()
    return {kind: {field: {**how, "boost": boost}}}
