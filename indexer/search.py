"""One search: match, rank, cut out the page, and show it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from heapq import nsmallest

from indexer.documents import Answer, Hit
from indexer.highlights import snippet, spans_in
from indexer.matching import Matcher, Tiers
from indexer.parsing import Query
from indexer.query import Leaf, leaves
from indexer.ranking import Scorer
from indexer.records import HAS_ATTACHMENT, day_number
from indexer.segments import Segment


@dataclass(frozen=True, slots=True)
class Filters:
    """What the answers must be, apart from the query; empty means anything."""

    since: date | None
    until: date | None
    sites: frozenset[str]
    categories: frozenset[str]
    has_attachment: bool


@dataclass(frozen=True, slots=True)
class Page:
    """Which of the answers to show."""

    sort: str
    limit: int
    number: int


@dataclass(frozen=True, slots=True)
class _Found:
    matcher: Matcher
    document: int
    tier: int


class Search:
    """A query on its way through the segments."""

    def __init__(self, segments: list[Segment], query: Query, filters: Filters) -> None:
        self._query = query
        self._filters = filters
        self._matchers = [Matcher(segment) for segment in segments]
        self._undated = 0

    def answer(self, page: Page) -> Answer:
        """The page asked for."""
        node = self._query.node
        if node is None:
            return Answer(0, (), notes=self._query.notes)
        found = [
            _Found(matcher, document, tier)
            for matcher in self._matchers
            for document, tier in self._filtered(matcher, matcher.match(node)).items()
        ]
        terms = list(leaves(node))
        scorer = Scorer(terms, self._matchers)
        ranked = self._ranked(found, scorer, page)
        return Answer(
            total=len(found),
            hits=tuple(self._hit(entry, terms, score) for entry, score in ranked),
            undated=self._undated,
            notes=self._query.notes,
        )

    def _filtered(self, matcher: Matcher, tiers: Tiers) -> Tiers:
        filters, segment = self._filters, matcher.segment
        if filters.sites:
            tiers = {d: t for d, t in tiers.items() if segment.sites[d] in filters.sites}
        if filters.categories:
            tiers = {d: t for d, t in tiers.items() if segment.categories[d] in filters.categories}
        if filters.has_attachment:
            tiers = {d: t for d, t in tiers.items() if segment.flags[d] & HAS_ATTACHMENT}
        if filters.since or filters.until:
            first, last = day_number(filters.since) or 1, day_number(filters.until) or 99_999_999
            days = segment.days
            self._undated += sum(not days[document] for document in tiers)
            tiers = {d: t for d, t in tiers.items() if first <= days[d] <= last}
        return tiers

    def _ranked(
        self, found: list[_Found], scorer: Scorer, page: Page
    ) -> list[tuple[_Found, float]]:
        upto = page.limit * page.number
        if not upto:
            return []
        keyed: list[tuple[tuple[float, ...], _Found, float]] = []
        for entry in found:
            score = scorer.score(entry.matcher, entry.document)
            day = entry.matcher.segment.days[entry.document]
            if page.sort == "newest":
                key: tuple[float, ...] = (-day, entry.tier, -score)
            elif page.sort == "oldest":
                key = (day or 99_999_999, entry.tier, -score)
            else:
                key = (entry.tier, -score, -day)
            keyed.append((key, entry, score))
        best = nsmallest(upto, keyed, key=lambda row: (row[0], _id(row[1])))
        return [(entry, score) for _, entry, score in best[upto - page.limit :]]

    @staticmethod
    def _hit(found: _Found, terms: list[Leaf], score: float) -> Hit:
        document = found.matcher.segment.record(found.document)
        text, spans = snippet(document, terms)
        return Hit(
            id=document.id,
            site=document.site,
            title=document.title,
            url=document.url,
            published_at=document.published_at,
            category=document.category,
            snippet=text,
            score=score,
            title_spans=spans_in(document.title, terms),
            snippet_spans=spans,
            tier=found.tier,
            gone=document.gone,
            has_attachment=document.has_attachment,
        )


def _id(found: _Found) -> str:
    return found.matcher.segment.record(found.document).id
