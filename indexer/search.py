"""One search: match, fall back if nothing matches, rank, cut out the page, and show it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import date
from heapq import nsmallest

from indexer.abbreviations import Table
from indexer.coverage import Coverage, is_long, parts_of
from indexer.documents import Answer, Hit
from indexer.explaining import explain
from indexer.fallbacks import Attempt, Speller, attempts
from indexer.found import Found
from indexer.highlights import Marker, show
from indexer.matching import Matcher, Tiers
from indexer.parsing import Query, all_of, parse
from indexer.query import Node, leaves
from indexer.ranking import Scorer
from indexer.records import GONE, HAS_ATTACHMENT, day_number
from indexer.segments import Segment

FACETS: dict[str, Callable[[Segment, int], str]] = {
    "year": lambda segment, document: _year(segment.days[document]),
    "month": lambda segment, document: _month(segment.days[document]),
    "site": lambda segment, document: segment.sites[document],
    "category": lambda segment, document: segment.categories[document],
}
"""What answers can be counted by; a document without the value counts under the empty text."""


_LOOKED_AT = 200
"""In how many of the best documents, by their words alone, it counts what stands together."""


Match = tuple[int, int, int]
"""A document that matches: its tier, the number of its segment, its number there."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What the answers must be, apart from the query; empty means anything."""

    since: date | None = None
    until: date | None = None
    sites: frozenset[str] = frozenset()
    categories: frozenset[str] = frozenset()
    has_attachment: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """Which of the answers to show, in which order, and what to tell beside them."""

    sort: str = "score"
    limit: int = 10
    number: int = 1
    facets: Collection[str] = ()
    explain: bool = False


class Search:
    """A query on its way through the segments of an index."""

    def __init__(
        self, segments: list[Segment], speller: Speller, abbreviations: Table, filters: Filters
    ) -> None:
        self._abbreviations = abbreviations
        self._filters = filters
        self._matchers = [Matcher(segment) for segment in segments]
        self._speller = speller

    def answer(self, text: str, page: Page) -> Answer:
        """The page asked for."""
        query = parse(text, self._abbreviations)
        if query.node is None:
            return Answer(0, (), notes=query.notes)
        found, undated = self._strict(query.node)
        answer = Answer(len(found), (), undated, query.notes)
        if found:
            facets = {name: self._facet(FACETS[name], found) for name in page.facets}
            answer = replace(answer, facets=facets)
            if page.limit and page.sort == "score" and query.plain and is_long(query.node):
                return self._as_sentence(answer, query.node, found, page)
            return self._shown(answer, query.node, self._ranked(found, query.node, page), page)
        return self._fallback(query, answer, page) if page.limit else answer

    def _strict(self, node: Node) -> tuple[list[Match], int]:
        """All that match, and how many more would but for having no date."""
        found: list[Match] = []
        undated = 0
        for number, matcher in enumerate(self._matchers):
            tiers = self._filtered(matcher, matcher.match(node))
            if self._filters.since or self._filters.until:
                tiers, without = self._dated(matcher, tiers)
                undated += without
            found += [(tier, number, document) for document, tier in tiers.items()]
        return found, undated

    def _filtered(self, matcher: Matcher, tiers: Tiers) -> Tiers:
        filters, segment = self._filters, matcher.segment
        if filters.sites:
            tiers = {d: t for d, t in tiers.items() if segment.sites[d] in filters.sites}
        if filters.categories:
            tiers = {d: t for d, t in tiers.items() if segment.categories[d] in filters.categories}
        if filters.has_attachment:
            tiers = {d: t for d, t in tiers.items() if segment.flags[d] & HAS_ATTACHMENT}
        return tiers

    def _dated(self, matcher: Matcher, tiers: Tiers) -> tuple[Tiers, int]:
        first = day_number(self._filters.since) or 1
        last = day_number(self._filters.until) or 99_999_999
        days = matcher.segment.days
        without = sum(not days[document] for document in tiers)
        return {d: t for d, t in tiers.items() if first <= days[d] <= last}, without

    def _ranked(self, found: list[Match], node: Node, page: Page) -> list[Found]:
        upto = page.limit * page.number
        if not upto:
            return []
        if page.sort == "score":
            found = _best_tiers(found, max(upto, _LOOKED_AT))
        scorer, order = Scorer(node, self._matchers), _ORDERS[page.sort]
        rough: list[tuple[tuple[float, ...], int, int, int]] = []
        for number, matcher in enumerate(self._matchers):
            tiers = {document: tier for tier, segment, document in found if segment == number}
            scores, days = scorer.rough(matcher, tiers), matcher.segment.days
            rough += [
                (order(tier, scores.get(document, 0.0), days[document]), number, document, tier)
                for document, tier in tiers.items()
            ]
        rough = nsmallest(max(upto, _LOOKED_AT), rough)
        first = rough[:_LOOKED_AT]
        exact = scorer.scores(
            [(self._matchers[number], document) for _, number, document, _ in first]
        )
        whole = [
            Found(matcher, document, row[3], score)
            for ((matcher, document), score), row in zip(exact.items(), first, strict=True)
        ]
        whole.sort(key=lambda entry: (*order(entry.tier, entry.score, entry.day), entry.id))
        whole += [
            Found(self._matchers[number], document, tier)
            for _, number, document, tier in rough[_LOOKED_AT:upto]
        ]
        return whole[upto - page.limit : upto]

    def _as_sentence(self, answer: Answer, node: Node, found: list[Match], page: Page) -> Answer:
        """Documents with all words and with most of them, in one order: a long one has any words.

        Those that lack words are marked, and do not count.
        """
        tiers = {(self._matchers[number], document): tier for tier, number, document in found}
        ranked = []
        for entry in self._partial(node)[page.limit * (page.number - 1) :][: page.limit]:
            tier = tiers.get((entry.matcher, entry.document))
            ranked.append(entry if tier is None else replace(entry, tier=tier, partial=False))
        if any(entry.partial for entry in ranked):
            note = "read as a sentence: some of the articles shown lack some of its words"
            answer = replace(answer, notes=(*answer.notes, note))
        return self._shown(answer, node, ranked, page)

    def _partial(self, node: Node) -> list[Found]:
        parts, fixed = parts_of(node)
        if not parts:
            return []

        def allowed(matcher: Matcher) -> Tiers:
            if fixed:
                tiers = matcher.match(all_of(fixed))
            else:
                tiers = dict.fromkeys(matcher.segment.live(), 0)
            tiers = self._filtered(matcher, tiers)
            if self._filters.since or self._filters.until:
                tiers, _ = self._dated(matcher, tiers)
            return tiers

        return [
            Found(self._matchers[number], document, 2, score, partial=True)
            for score, (number, document) in Coverage(parts, self._matchers).best(allowed)
        ]

    def _fallback(self, query: Query, answer: Answer, page: Page) -> Answer:
        long = query.node is not None and is_long(query.node)
        for attempt in attempts(query.text, self._speller, self._matching, respell=not long):
            other = parse(attempt.text, self._abbreviations)
            if other.node is not None:
                found, _ = self._strict(other.node)
                ranked = self._ranked(found, other.node, page)
                return self._fallen_back(answer, attempt, other.node, ranked, page)
        if query.node is None:
            return answer
        partial = self._partial(query.node)
        if not partial:
            return answer
        if page.sort != "score":
            order = _ORDERS[page.sort]
            partial.sort(key=lambda entry: order(entry.tier, entry.score, entry.day))
        ranked = partial[page.limit * (page.number - 1) : page.limit * page.number]
        attempt = Attempt("partial", "", "no article has all the words: these have most of them")
        return self._fallen_back(answer, attempt, query.node, ranked, page)

    def _fallen_back(
        self, answer: Answer, attempt: Attempt, node: Node, ranked: list[Found], page: Page
    ) -> Answer:
        answer = replace(
            answer,
            notes=(*answer.notes, attempt.note),
            fallback=attempt.kind,
            suggestion=attempt.text or None,
        )
        return self._shown(answer, node, ranked, page)

    def _matching(self, text: str) -> int:
        node = parse(text, self._abbreviations).node
        return len(self._strict(node)[0]) if node is not None else 0

    def _shown(self, answer: Answer, node: Node, ranked: list[Found], page: Page) -> Answer:
        marker = Marker(leaves(node))
        hits = tuple(_hit(entry, marker) for entry in ranked)
        explanation: tuple[str, ...] = ()
        if page.explain:
            first = ranked[0] if ranked else None
            explanation = tuple(explain(node, self._matchers, first))
        return replace(answer, hits=hits, explanation=explanation)

    def _facet(
        self, value: Callable[[Segment, int], str], found: list[Match]
    ) -> tuple[tuple[str, int], ...]:
        counts = Counter(
            value(self._matchers[number].segment, document) for _, number, document in found
        )
        return tuple(sorted(counts.items()))


def _best_tiers(found: list[Match], enough: int) -> list[Match]:
    """The documents of the best tiers that together are enough: the others need no score."""
    chosen: list[Match] = []
    for tier in range(3):
        chosen += [match for match in found if match[0] == tier]
        if len(chosen) >= enough:
            break
    return chosen


_ORDERS: dict[str, Callable[[int, float, int], tuple[float, ...]]] = {
    "score": lambda tier, score, day: (tier, -score, -day),
    "newest": lambda tier, score, day: (-day, tier, -score),
    "oldest": lambda tier, score, day: (day or 99_999_999, tier, -score),
}


def _hit(found: Found, marker: Marker) -> Hit:
    document = found.matcher.segment.record(found.document)
    title_spans, text, spans = show(document, marker)
    return Hit(
        id=document.id,
        site=document.site,
        title=document.title,
        url=document.url,
        published_at=document.published_at,
        category=document.category,
        snippet=text,
        score=found.score,
        title_spans=title_spans,
        snippet_spans=spans,
        tier=found.tier,
        partial=found.partial,
        gone=bool(found.matcher.segment.flags[found.document] & GONE),
        has_attachment=document.has_attachment,
    )


def _year(day: int) -> str:
    return str(day // 10_000) if day else ""


def _month(day: int) -> str:
    return f"{day // 10_000}-{day // 100 % 100:02}" if day else ""
