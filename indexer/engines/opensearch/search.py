"""One search of a cluster: it counts, and gives its best documents; our own search orders them.

What is told of all documents (how many match, by what they are counted) comes from the cluster.
What is told of those shown (order, tiers, passages, words that are lacking) is what the search of
the local index says of the cluster's best, with the cluster's counts in place of its own.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from archive.ground.errors import TooManyUnwanted
from archive.ground.message import Message
from indexer.documents import Answer, Hit, Ranked
from indexer.engines.local.search.budget import STEPS, Budget
from indexer.engines.local.search.found import Found
from indexer.engines.local.search.matching import Matcher
from indexer.engines.local.search.query_coverage import CHOSEN, covered, dated_of
from indexer.engines.local.search.ranks import couples
from indexer.engines.local.search.search import Filters, Reading, ResultPage, Search
from indexer.engines.local.search.spellings import TIERS
from indexer.engines.local.search.unknown_values import unknown_values
from indexer.engines.local.storage.bitsets import documents_of
from indexer.engines.local.storage.stored_documents import day_number
from indexer.engines.opensearch.best import Best, covering_query
from indexer.engines.opensearch.candidates import CandidateSnapshot, Whole
from indexer.engines.opensearch.counting import MatchCounts, searches
from indexer.engines.opensearch.pairs import Pair, Ways, ways_of
from indexer.engines.opensearch.parts import foreign, hits_of, id_of, total_of, value_at
from indexer.engines.opensearch.queries import (
    EVERYTHING,
    Dsl,
    Queries,
    all_of,
    any_of,
    dated,
    filter_of,
    has_sequence,
)
from indexer.engines.opensearch.sources import Candidate, candidate_of, key_of, record_of, values_of
from indexer.engines.opensearch.tokens import spelling
from indexer.engines.opensearch.words import ClusterVocabulary, ClusterWords, batched
from indexer.facets import Counts, in_order
from indexer.query.parsing import Query
from indexer.query.question_words import asking
from indexer.query.tree import (
    COMPATIBLE,
    EXACT,
    FOLDED,
    And,
    Atom,
    Node,
    Not,
    OfCategory,
    OfIds,
    OfSite,
    Or,
    TermOrPhrase,
    WithAttachment,
    Within,
    every_part,
    folds_of,
    leaves,
    negations,
    parts_of,
)
from indexer.query.vocabulary import WordsOfBoth

if TYPE_CHECKING:
    from indexer.engines.local.storage.stored_documents import StoredDocument
    from indexer.engines.opensearch.client import Cluster

_AT_ONCE = 1_000
_WORDS_AT_ONCE = 200_000
"""About so many words at most the documents of one answer have, some 4 MB."""

_MOST_VERIFIED = 5_000
"""In so many documents at most it is looked where words stand near one another."""

_MOST_OF_PARTS = 50_000
"""So many documents that have a part of a query are fetched at most; 65,536 ids a cluster takes."""

_FIRST_PAGES, _DEEP = 30, 1_500
"""For more of the best than these the cluster is asked for so many, for what it takes for the best
is only about that: of words that every other document has, pages would skip some and repeat some.
"""

_MARGIN = 1_200
"""So many more documents than are shown are asked for then at least."""

_PARTS_AT_ONCE = 8
"""Of so many parts of a query it is asked at once who has them: three clauses each for every way to
write it, of the 1,024 that a cluster takes if nothing else is set."""

_MOST_VALUES = 10_000
_SHOWN = {"includes": ["words", "kept"]}


class Place(NamedTuple):
    """Where the documents are: a cluster, the index of documents, and all of these as one."""

    cluster: Cluster
    documents: str
    words: ClusterWords
    whole: Whole


def pages(
    cluster: Cluster,
    index: str,
    query: Dsl,
    order: list[Any],
    source: Any,
    most: int | None,
    at_once: int = _AT_ONCE,
) -> Iterator[dict[str, Any]]:
    """The hits of a query in an order, so many at most, with these parts of their sources."""
    after: Any = None
    left = most
    while left is None or left > 0:
        size = at_once if left is None else min(left, at_once)
        body = {
            "size": size,
            "query": query,
            "sort": order,
            "_source": source,
            "docvalue_fields": ["id"],
            "track_total_hits": False,
        }
        if after is not None:
            body["search_after"] = after
        (found,) = searches(cluster, index, [body])
        hits = hits_of(cluster.address, found)
        yield from hits
        if len(hits) < size:
            return
        after = value_at(cluster.address, hits[-1], list, "sort")
        left = None if left is None else left - size


class _Totals(NamedTuple):
    """What is counted of all documents that match."""

    upto: tuple[int, int, int]
    undated: int
    facets: tuple[Mapping[str, Mapping[str, int]], Mapping[str, Mapping[str, int]]]


class ClusterSearch(Search):
    """A query on its way through a cluster."""

    def __init__(
        self, place: Place, reading: Reading, filters: Filters, hidden: Collection[str] = ()
    ) -> None:
        self._place = place
        self._vocabulary = ClusterVocabulary(place.words)
        self._reading = reading
        self._filters = filters
        self._budget = Budget(STEPS)
        self._page = ResultPage()
        self._records: dict[str, StoredDocument] = {}
        self._found: dict[Node, _Totals] = {}
        self._candidates: dict[str, Candidate] = {}
        self._queries = Queries(place.words)
        self._tally = MatchCounts()
        self._at_hand: Node | None = None
        """The query of which what has most of its words is among the candidates."""
        self._allowed, self._undated_query = _allowed(filters, hidden)
        self._undated = 0

    def answer(self, text: str, page: ResultPage) -> Answer:
        """The page asked for."""
        self._page = page
        answer = super().answer(text, page)
        return answer._replace(at_least=answer.at_least or self._queries.cut)

    def ranking(self, text: str, sort: str, limit: int) -> list[Ranked]:
        """What matches, best first, without reading a document; no fall-back."""
        self._page = ResultPage(sort, limit)
        return super().ranking(text, sort, limit)

    def _read(self, text: str) -> Query:
        words = self._reading.words
        for one in words if isinstance(words, WordsOfBoth) else (words,):
            if isinstance(one, ClusterWords):
                one.expect(text)
        return super()._read(text)

    def matching(self, text: str, ids: Collection[str]) -> set[str]:
        """Those of some documents that match."""
        node = self._read(text).node
        if node is None or not ids:
            return set()
        self._prepare(node)
        wanted = all_of([self._matches(node), {"terms": {"id": sorted(ids)}}])
        return {self._id_of(hit) for hit in self._all(wanted, ())}

    def few_parts(self, text: str) -> list[dict[str, int]] | None:
        """For each part of a query of words alone the documents that have it, with their tiers.

        None if these are too many to be fetched.
        """
        query = self._read(text)
        parts, fixed = parts_of(query.node) if query.node is not None else ([], [])
        if len(parts) < 2 or fixed or not query.plain:
            return []
        self._prepare(Or(tuple(parts)))
        asked = [
            all_of([self._allowed, self._queries.node(part, FOLDED, scattered=True)])
            for part in parts
        ]
        tally = self._tally
        tally.ask(asked)
        tally.count(self._place.cluster, self._place.documents)
        if sum(tally[one] for one in asked) > _MOST_OF_PARTS:
            return None
        found: list[dict[str, int]] = []
        for some in batched(parts, _PARTS_AT_ONCE):
            found += self._tiers_of(some)
        return found

    def _tiers_of(self, parts: Sequence[Node]) -> list[dict[str, int]]:
        """For each of some parts the documents that have it, each with its best tier: in one query,
        in which every part is named in every tier ("Named queries")."""
        queries, address = self._queries, self._place.cluster.address
        ways = {
            f"{number} {tier}": queries.node(part, tier, scattered=True)
            for number, part in enumerate(parts)
            for tier in TIERS
        }
        named = [{"bool": {"filter": [one], "_name": name}} for name, one in ways.items()]
        query = {
            "bool": {"filter": [self._allowed], "should": named, "minimum_should_match": 1},
        }
        found: list[dict[str, int]] = [{} for _ in parts]
        for hit in self._pages(query, [{"id": "asc"}], False, None):
            identity = self._id_of(hit)
            for name in value_at(address, hit, list, "matched_queries"):
                if not isinstance(name, str) or name not in ways:
                    raise foreign(address)
                number, tier = map(int, name.split())
                found[number][identity] = min(tier, found[number].get(identity, FOLDED))
        return found

    def negated(self, text: str) -> list[set[str]]:
        """For each part after a minus the documents that it takes out.

        Raises `TooManyUnwanted` if these are too many to be fetched.
        """
        node = self._read(text).node
        parts = [*negations(node)] if node is not None else []
        for part in parts:
            self._prepare(part)
        asked = [all_of([self._allowed], [self._queries.node(part, FOLDED)]) for part in parts]
        tally = self._tally
        tally.ask(asked)
        tally.count(self._place.cluster, self._place.documents)
        if sum(tally[one] for one in asked) > _MOST_OF_PARTS:
            hint = Message("indexer.narrow-the-minus")
            raise TooManyUnwanted("indexer.too-many-unwanted", most=_MOST_OF_PARTS, hint=hint)
        return [{self._id_of(hit) for hit in self._all(one, ())} for one in asked]

    def hits(self, text: str, ranked: Collection[Ranked], *, passages: bool) -> list[Hit]:
        """The documents of a ranking, read, in its order; each with all its passages, if asked."""
        node = self._read(text).node
        if node is None or not ranked:
            return []
        self._prepare(node)
        wanted = {"terms": {"id": [one.id for one in ranked]}}
        self._keep(map(self._candidate_of, self._all(wanted, _SHOWN)))
        matcher = Matcher(self._open(node, {}), node, self._snapshot.live, self._budget)
        numbers = self._snapshot.numbers_of({one.id for one in ranked})
        found = [
            Found(matcher, numbers[one.id], one.tier, one.score, one.rank)
            for one in ranked
            if one.id in numbers
        ]
        return list(self._shown(Answer(0, ()), matcher, found, ResultPage(passages=passages)).hits)

    def _matching(self, text: str) -> int:
        node = self._read(text).node
        if node is None:
            return 0
        self._prepare(node)
        tally = self._tally
        tally.ask([self._matches(node)])
        tally.count(self._place.cluster, self._place.documents)
        return tally[self._matches(node)]

    def _matches(self, node: Node, tier: int = FOLDED) -> Dsl:
        return all_of([self._allowed, self._queries.node(node, tier, scattered=True)])

    def _matcher(self, node: Node, *, covered: bool = False) -> Matcher:
        """The matcher over the best documents; what is told of all is counted with it."""
        self._prepare(node)
        self._candidates, self._at_hand = {}, None
        totals = self._found[node] = self._total(node)
        upto = self._page.limit * self._page.number
        counted: dict[Any, tuple[float, float, float]] = {}
        if totals.upto[FOLDED] and upto:
            pairs = self._count(node, counted)
            words, total = self._place.words, self._place.whole.total
            best = Best(self._queries, words, counted, pairs, total)
            most = CHOSEN if upto <= _FIRST_PAGES else max(_DEEP, upto + _MARGIN)
            query = best.of(node, self._matches(node))
            self._keep(map(self._candidate_of, self._first(query, most, self._page.sort)))
        self._snapshot = self._open(node, counted)
        if totals.upto[FOLDED] and upto and covered:
            self._cover(node)
        return Matcher(self._snapshot, node, self._permitted, self._budget)

    def _partial(self, node: Node) -> list[Found]:
        if node != self._at_hand:
            self._cover(node)
        return super()._partial(node)

    def _cover(self, node: Node) -> None:
        """Have those at hand, too, that have most of a query's words."""
        parts, fixed = parts_of(node)
        if not parts:
            return
        counted = dict(self._snapshot.counted)
        row = [leaf for part in parts for leaf in leaves(part)]
        silent = asking(row, beside=self._place.words.beside)
        said = dict.fromkeys([leaf for place, leaf in enumerate(row) if place not in silent] or row)
        ways = [
            one
            for left, right in dict.fromkeys(pairwise(row))
            if left in said and right in said and (one := ways_of(left, right))
        ]
        pairs = self._pairs(ways)
        any_part = any_of(map(self._queries.possible, parts))
        fixed_query = all_of(
            [self._queries.node(And(tuple(fixed)), FOLDED, scattered=True)] if fixed else []
        )
        allowed = all_of([self._allowed, fixed_query])
        found = all_of([allowed, any_part])
        tally = self._tally
        told = dict.fromkeys(row) if self._page.explain else said
        for leaf in told:
            self._ask_places(tally, leaf, found)
        for pair in pairs.values():
            tally.ask(pair.upto(tier) for tier in TIERS)
        tally.ask(map(filter_of, dated_of(parts)))
        tally.count(self._place.cluster, self._place.documents)
        for leaf in told:
            counted[covered(leaf)] = self._places_of(tally, leaf, found)
        for way, pair in pairs.items():
            counted[way] = _by_tier(tally, pair.upto)
        for day in dated_of(parts):
            number = float(tally[filter_of(day)])
            counted[day] = number, number, number
        best = Best(self._queries, self._place.words, counted, pairs, self._place.whole.total)
        query = covering_query(best.covering(parts, said, ways), found)
        self._keep(map(self._candidate_of, self._first(query, CHOSEN, "score")))
        self._snapshot = self._open(node, counted)
        self._at_hand = node

    def _places_of(
        self, tally: MatchCounts, leaf: TermOrPhrase, among: Dsl
    ) -> tuple[float, float, float]:
        """In how many documents a leaf stands, up to each tier; what is asked for by `_ask_places`
        (`local.search.matching.Matcher.documents_with`).
        """
        queries = self._queries
        if not has_sequence(leaf):
            return _by_tier(tally, lambda tier: queries.leaf(leaf, tier))
        bag = queries.possible(leaf)
        share = tally[bag] / max(tally[all_of([bag, among])], 1)
        first, second, third = (
            tally[all_of([queries.leaf(leaf, tier), among])] * share for tier in TIERS
        )
        return first, second, third

    def _ask_places(self, tally: MatchCounts, leaf: TermOrPhrase, among: Dsl) -> None:
        """Have counted where a leaf stands; a sequence among some documents alone, and so many of
        all as have its words."""
        in_tiers = [self._queries.leaf(leaf, tier) for tier in TIERS]
        if has_sequence(leaf):
            bag = self._queries.possible(leaf)
            tally.ask([bag, all_of([bag, among])])
            in_tiers = [all_of([one, among]) for one in in_tiers]
        tally.ask(in_tiers)

    def _prepare(self, node: Node) -> None:
        """Learn the spellings of all words of a query."""
        self._place.words.learn(
            folded
            for atom in _atoms(node)
            if not (atom.prefix or "*" in atom.folded)
            for folded in folds_of(atom)
        )
        for part in every_part(node):
            if part not in self._queries.verified and not self._queries.says(part):
                self._verify(part)

    def _learn_numbers(self, node: Node) -> None:
        """Have at hand in how many documents each spelling of all words of a query stands."""
        words = self._place.words
        whole = [atom for atom in _atoms(node) if not (atom.prefix or "*" in atom.folded)]
        folded = dict.fromkeys(word for atom in whole for word in folds_of(atom))
        words.count({"words": [spelling(form) for word in folded for form in words.forms(word)]})

    def _verify(self, part: TermOrPhrase | Within) -> None:
        """Look at each document with the words for where they stand."""
        words = And((*part.words, part)) if isinstance(part, Within) else part
        possible = all_of([self._allowed_or_undated, self._queries.possible(words)])
        query = {"bool": {"filter": [possible]}}
        some = [*self._pages(query, [{"id": "asc"}], _SHOWN, _MOST_VERIFIED + 1)]
        self._queries.cut = self._queries.cut or len(some) > _MOST_VERIFIED
        place = self._place
        snapshot = CandidateSnapshot(
            [*map(self._candidate_of, some[:_MOST_VERIFIED])],
            frozenset(_atoms(words)),
            place.words,
            place.whole,
            {},
            {},
        )
        found = Matcher(snapshot, words, snapshot.live, Budget(STEPS * _MOST_VERIFIED)).found
        first, second, third = (
            {"terms": {"id": [snapshot.id(one) for one in documents_of(found[tier])]}}
            for tier in TIERS
        )
        self._queries.verified[part] = first, second, third

    def _total(self, node: Node) -> _Totals:
        """How many match, by tier and by what they are to be counted by."""
        names = {
            name: {"terms": {"field": name, "size": _MOST_VALUES}} for name in self._page.facets
        }
        tiers = {
            str(tier): {
                "filter": self._queries.node(node, tier, scattered=True),
                **({"aggs": names} if names and tier == COMPATIBLE else {}),
            }
            for tier in (EXACT, COMPATIBLE)
        }
        found = {
            "size": 0,
            "track_total_hits": True,
            "query": self._matches(node),
            "aggs": {**tiers, **names},
        }
        bodies: list[dict[str, Any]] = [found]
        if self._undated_query is not None:
            matches = self._queries.node(node, FOLDED, scattered=True)
            query = all_of([self._undated_query, matches])
            bodies.append({"size": 0, "track_total_hits": True, "query": query})
        one, *others = searches(self._place.cluster, self._place.documents, bodies)
        address = self._place.cluster.address
        aggregated = value_at(address, one, dict, "aggregations")
        exact, compatible = (
            value_at(address, aggregated, int, str(tier), "doc_count")
            for tier in (EXACT, COMPATIBLE)
        )
        whole, typed = (
            {name: values_of(address, source, name) for name in names}
            for source in (aggregated, aggregated[str(COMPATIBLE)])
        )
        return _Totals(
            (exact, compatible, total_of(address, one)),
            total_of(address, others[0]) if others else 0,
            (whole, typed),
        )

    def _count(
        self, node: Node, counted: dict[Any, tuple[float, float, float]]
    ) -> dict[Ways, Pair]:
        """Count what the order of answers depends on; the pairs of words of a query."""
        self._learn_numbers(node)
        queries, tally = self._queries, self._tally
        every = dict.fromkeys(leaves(node))
        pairs = self._pairs([one for couple in couples(node) if (one := ways_of(*couple))])
        possible = all_of([self._allowed_or_undated, queries.possible(node)])
        for leaf in every:
            self._ask_places(tally, leaf, possible)
        for pair in pairs.values():
            tally.ask(pair.upto(tier) for tier in TIERS)
        tally.count(self._place.cluster, self._place.documents)
        for leaf in every:
            counted[leaf] = self._places_of(tally, leaf, possible)
        for way, pair in pairs.items():
            counted[way] = _by_tier(tally, pair.upto)
        self._place.words.count(
            {
                field: [token for leaf in every for token in queries.scored(leaf)]
                for field in ("words", "title", "lead")
            }
        )
        return pairs

    def _pairs(self, ways: Sequence[Ways]) -> dict[Ways, Pair]:
        """Parts of a query that follow on one another, in all their spellings."""
        snapshot = self._empty()
        return {one: Pair(snapshot, one) for one in dict.fromkeys(ways)}

    def _empty(self) -> CandidateSnapshot:
        return CandidateSnapshot((), (), self._place.words, self._place.whole, {}, {})

    def _open(
        self, node: Node, counted: Mapping[Any, tuple[float, float, float]]
    ) -> CandidateSnapshot:
        self._learn_numbers(node)
        self._snapshot = CandidateSnapshot(
            [*self._candidates.values()],
            frozenset(_atoms(node)),
            self._place.words,
            self._place.whole,
            counted,
            self._records,
        )
        self._permitted = self._snapshot.live
        return self._snapshot

    def _keep(self, candidates: Iterator[Candidate]) -> None:
        for one in candidates:
            self._candidates.setdefault(one.id, one)

    def _counted(self, matcher: Matcher) -> tuple[int, int]:
        totals = self._found[matcher.node]
        return totals.upto[FOLDED], totals.undated

    def _in_marks(self, matcher: Matcher) -> tuple[int, int]:
        exact, as_typed, _ = self._found[matcher.node].upto
        return exact, as_typed

    def _facets(self, names: Collection[str], matcher: Matcher, tier: int) -> dict[str, Counts]:
        counts = self._found[matcher.node].facets[tier == COMPATIBLE]
        return {name: in_order(name, counts[name]) for name in names}

    def _unknown_values(self, node: Node | None) -> Iterator[Message]:
        asked = self._filters.sites, self._filters.categories
        return unknown_values(_Values(self._place), node, *asked)

    def _shown(
        self, answer: Answer, matcher: Matcher, ranked: list[Found], page: ResultPage
    ) -> Answer:
        wanted = {one.id for one in ranked} - self._records.keys()
        if wanted:
            ids = {"ids": {"values": [key_of(one) for one in wanted]}}
            for hit in self._all(ids, {"includes": ["record"]}):
                self._records[self._id_of(hit)] = record_of(self._place.cluster.address, hit)
        # What was taken out meanwhile is not shown.
        ranked = [one for one in ranked if one.id in self._records]
        return super()._shown(answer, matcher, ranked, page)

    def _id_of(self, hit: Mapping[str, Any]) -> str:
        return id_of(self._place.cluster.address, hit)

    def _candidate_of(self, hit: Mapping[str, Any]) -> Candidate:
        return candidate_of(self._place.cluster.address, hit)

    def _first(self, query: Dsl, most: int, sort: str) -> Iterator[Any]:
        """The first hits of a query."""
        by_day: dict[str, Any] = {"day": {"order": "desc" if sort != "oldest" else "asc"}}
        order: list[Any] = [{"_score": "desc"}, by_day, {"id": "asc"}]
        if sort != "score":
            order = [by_day, {"_score": "desc"}, {"id": "asc"}]
        if sort == "oldest":
            dated_first = {"dated": {"order": "desc"}}
            order = [dated_first, *order]
        yield from self._pages(query, order, _SHOWN, most)

    def _all(self, query: Dsl, source: Any) -> Iterator[Any]:
        """All hits of a query, in no order that means anything."""
        yield from self._pages(
            {"bool": {"filter": [query]}}, [{"id": "asc"}], source or False, None
        )

    def _pages(self, query: Dsl, order: list[Any], source: Any, most: int | None) -> Iterator[Any]:
        place = self._place
        # Files of a thousand pages are documents, too.
        words = max(place.whole.average, 1)
        at_once = max(min(_AT_ONCE, _WORDS_AT_ONCE // words), 1) if source else _AT_ONCE
        return pages(place.cluster, place.documents, query, order, source, most, at_once)

    @property
    def _allowed_or_undated(self) -> Dsl:
        if self._undated_query is None:
            return self._allowed
        return any_of([self._allowed, self._undated_query])


class _Values:
    """The sites and categories of a cluster's documents."""

    def __init__(self, place: Place) -> None:
        self._place = place

    @property
    def by_site(self) -> Collection[str]:
        """The sites."""
        return self._of("site")

    @property
    def by_category(self) -> Collection[str]:
        """The categories."""
        return self._of("category")

    def _of(self, field: str) -> Collection[str]:
        values = {field: {"terms": {"field": field, "size": _MOST_VALUES}}}
        body = {"size": 0, "query": EVERYTHING, "aggs": values}
        (found,) = searches(self._place.cluster, self._place.documents, [body])
        return values_of(self._place.cluster.address, found.get("aggregations"), field)


def _by_tier(tally: MatchCounts, of: Any) -> tuple[float, float, float]:
    first, second, third = (float(tally[of(tier)]) for tier in TIERS)
    return first, second, third


def _atoms(node: Node) -> Iterator[Atom]:
    """All words of a query, unwanted ones too."""
    if isinstance(node, TermOrPhrase):
        for edge in node.edges:
            for option in edge.options:
                yield from option
    elif isinstance(node, Not):
        yield from _atoms(node.node)
    elif isinstance(node, Within):
        for word in node.words:
            yield from _atoms(word)
    elif isinstance(node, And | Or):
        for child in node.nodes:
            yield from _atoms(child)


def _allowed(filters: Filters, hidden: Collection[str]) -> tuple[Dsl, Dsl | None]:
    """What the filters allow of what may be shown, and what they would but for having no date."""
    unwanted = [filter_of(OfIds(frozenset(hidden)))] if hidden else []
    wanted: list[Dsl] = []
    if filters.sites:
        wanted.append(any_of(filter_of(OfSite(site)) for site in filters.sites))
    if filters.categories:
        wanted.append(any_of(filter_of(OfCategory(name)) for name in filters.categories))
    if filters.ids is not None:
        wanted.append(filter_of(OfIds(filters.ids)))
    if filters.has_attachment:
        wanted.append(filter_of(WithAttachment()))
    if not (filters.since or filters.until):
        return all_of(wanted, unwanted), None
    days = dated(_day(filters.since), _day(filters.until))
    undated = {"term": {"day": 0}}
    return all_of([*wanted, days], unwanted), all_of([*wanted, undated], unwanted)


def _day(day: date | None) -> int:
    return day_number(day)
