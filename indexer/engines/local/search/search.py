"""One search: match, fall back if nothing matches, rank, cut out the page, and show it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date
from itertools import repeat
from math import ceil
from typing import TYPE_CHECKING, Any

from archive.ground.message import Message
from indexer.documents import Answer, Hit, Ranked
from indexer.engines.local.search.bit_sliced_counter import BitSlicedCounter
from indexer.engines.local.search.budget import CUT, STEPS, Budget
from indexer.engines.local.search.found import Found
from indexer.engines.local.search.highlighter import Highlighter
from indexer.engines.local.search.index_snapshot import IndexSnapshot
from indexer.engines.local.search.matching import Matcher, named
from indexer.engines.local.search.neighbours import neighbours_of
from indexer.engines.local.search.ranking import RankedDocument, Scorer
from indexer.engines.local.search.ranks import couples, open_words
from indexer.engines.local.search.snippets import passages, show
from indexer.engines.local.search.spellings import TIERS
from indexer.engines.local.storage.bitsets import any_of, bits_of, documents_of, those_in
from indexer.engines.local.storage.stored_documents import GONE, day_number
from indexer.named_tuple import NamedTuple
from indexer.query.abbreviations import Table
from indexer.query.parsing import Query, all_of, parse
from indexer.query.tree import (
    COMPATIBLE,
    EXACT,
    FOLDED,
    And,
    Node,
    Or,
    TermOrPhrase,
    is_long,
    is_near,
    leaves,
    negations,
    parts_of,
    unwanted_too,
)

if TYPE_CHECKING:
    from indexer.facets import Counts
    from indexer.query.fallbacks import Attempt
    from indexer.query.vocabulary import IndexWords, Vocabulary

FACETS: dict[str, Callable[[IndexSnapshot, int], str]] = {
    "year": lambda snapshot, document: _year(snapshot.days[document]),
    "month": lambda snapshot, document: _month(snapshot.days[document]),
    "site": lambda snapshot, document: snapshot.sites[document],
    "category": lambda snapshot, document: snapshot.categories[document],
}
"""What answers can be counted by; a document without the value counts under the empty text."""


_FEW_WORDS, _MANY_WORDS = 3, 4
_HALF = 0.5
_SCREEN = 10
_STATEMENT = 10
"""From how many words on a statement is answered like a question."""


class Reading(NamedTuple):
    """By what a query is read."""

    abbreviations: Table
    words: IndexWords


class Filters(NamedTuple):
    """What the answers must be, apart from the query; empty means anything."""

    since: date | None = None
    until: date | None = None
    sites: frozenset[str] = frozenset()
    categories: frozenset[str] = frozenset()
    has_attachment: bool = False
    ids: frozenset[str] | None = None
    """The documents that alone may answer."""
    exact: bool = False
    """Whether every word is to be spelled as it was typed."""
    unwanted: tuple[frozenset[str], ...] = ()
    """For each part after a minus (`query.tree.negations`) documents that it takes out, too."""
    turned: tuple[date, date] | None = None
    """The days as they were given, if the later one came first."""

    @classmethod
    def given(cls, filters: Mapping[str, Any]) -> Filters:
        """Those of the arguments of a search; days the wrong way round are turned round."""
        since, until = filters.get("since"), filters.get("until")
        turned = (since, until) if since and until and since > until else None
        if turned:
            until, since = turned
        ids = filters.get("ids")
        return cls(
            since,
            until,
            frozenset(filters.get("sites", ())),
            frozenset(filters.get("categories", ())),
            filters.get("has_attachment", False),
            None if ids is None else frozenset(ids),
            filters.get("exact", False),
            tuple(map(frozenset, filters.get("unwanted", ()))),
            turned,
        )

    @property
    def any(self) -> bool:
        """Whether there is any: then a query without a word asks for all that they allow."""
        return self.ids is not None or any((*self[:5],))


class ResultPage(NamedTuple):
    """Which of the answers to show, in which order, and what to tell beside them."""

    sort: str = "score"
    limit: int = 10
    number: int = 1
    facets: Collection[str] = ()
    explain: bool = False
    passages: bool = False


class Search:
    """A query on its way through an index."""

    def __init__(
        self,
        snapshot: IndexSnapshot,
        vocabulary: Vocabulary,
        reading: Reading,
        filters: Filters,
    ) -> None:
        self._snapshot = snapshot
        self._vocabulary = vocabulary
        self._reading = reading
        self._permitted, self._undated = _permitted(snapshot, filters)
        self._filters = filters
        self._budget = Budget(STEPS)

    def answer(self, text: str, page: ResultPage) -> Answer:
        """The page asked for."""
        answer = self._answer(text, page)
        if self._budget.cut:
            answer = answer._replace(notes=(*answer.notes, CUT), at_least=True)
        if self._filters.turned:
            since, until = self._filters.turned
            note = Message("indexer.since-after-until", since=since, until=until)
            answer = answer._replace(notes=(*answer.notes, note))
        return answer

    def _answer(self, text: str, page: ResultPage) -> Answer:
        query = self._read(text)
        everything = self._filters.any or page.facets or page.sort != "score"
        if query.node is None and everything and not text.strip():
            query = query._replace(node=And(()), notes=())
        if not query.plain or self._filters.sites or self._filters.categories:
            query = query._replace(notes=(*query.notes, *self._unknown_values(query.node)))
        if query.node is None:
            return Answer(0, (), notes=query.notes)
        may_mix = page.sort == "score" and may_be_mixed(query.node)
        matcher = self._matcher(query.node, covered=may_mix or is_covered(query))
        total, undated = self._counted(matcher)
        if query.keys is not None and self._matching(query.keys):
            # What is found of typing keys is what stands between their signs.
            total = 0
        answer = Answer(total, (), undated, query.notes)
        if total:
            exact, as_typed = self._in_marks(matcher)
            answer = answer._replace(as_typed=as_typed, exact=exact)
            if page.facets:
                from indexer.facets import of_the_same

                facets = self._facets(page.facets, matcher, FOLDED)
                own = self._facets(page.facets, matcher, COMPATIBLE)
                answer = answer._replace(
                    facets=facets,
                    facets_as_typed={
                        name: of_the_same(counts, dict(own[name]))
                        for name, counts in facets.items()
                    },
                )
            if page.limit and page.sort == "score" and is_covered(query):
                return self._as_sentence(answer, query, matcher, page)
            if _may_lack(query.node) >= _FEW_WORDS:
                ranked, beside = self._with_tail(matcher, page)
                answer = answer._replace(beside=beside)
            else:
                ranked = self._ranked(matcher, page)
            return self._shown(answer, matcher, ranked, page)
        if not page.limit or self._filters.exact:
            return answer
        return self._fallback(query, answer, page)

    def _unknown_values(self, node: Node | None) -> Iterator[Message]:
        from indexer.engines.local.search.unknown_values import unknown_values

        asked = self._filters.sites, self._filters.categories
        return unknown_values(self._snapshot, node, *asked)

    def _read(self, text: str) -> Query:
        """What was typed, as far as it is looked for."""
        query = parse(
            text,
            self._reading.abbreviations,
            exact=self._filters.exact,
            words=self._reading.words,
        )
        if query.node is None or not self._filters.unwanted:
            return query
        return query._replace(node=unwanted_too(query.node, iter(self._filters.unwanted)))

    def ranking(self, text: str, sort: str, limit: int) -> list[Ranked]:
        """What matches, best first, without reading a document; no fall-back.

        Of no text that is all that the filters allow.
        """
        node = self._read(text).node
        if node is None and self._filters.any and not text.strip():
            node = And(())
        if node is None:
            return []
        found = self._ranked(self._matcher(node), ResultPage(sort, limit))
        snapshot = self._snapshot
        return [
            Ranked(
                one.id,
                one.tier,
                one.rank,
                one.score,
                one.day,
                snapshot.sites[one.document],
                snapshot.categories[one.document],
            )
            for one in found
        ]

    def matching(self, text: str, ids: Collection[str]) -> set[str]:
        """Those of some documents that match."""
        node = self._read(text).node
        if node is None:
            return set()
        found = self._matcher(node).found[FOLDED] & self._permitted
        return {self._snapshot.id(one) for one in documents_of(found)} & set(ids)

    def parts(self, text: str) -> list[dict[str, int]]:
        """For each part of a query of words alone the documents that have it, with their tiers."""
        query = self._read(text)
        parts, fixed = parts_of(query.node) if query.node is not None else ([], [])
        if len(parts) < 2 or fixed or not query.plain:
            return []
        matcher = Matcher(self._snapshot, Or(tuple(parts)), self._permitted, self._budget)
        found: list[dict[str, int]] = []
        for part in parts:
            tiers: dict[str, int] = {}
            for tier, upto in reversed([*enumerate(matcher.tiers(part, scattered=True))]):
                having = documents_of(upto & self._permitted)
                tiers.update((self._snapshot.id(document), tier) for document in having)
            found.append(tiers)
        return found

    def negated(self, text: str) -> list[set[str]]:
        """For each part after a minus the documents that it takes out."""
        node = self._read(text).node
        found = []
        for part in negations(node) if node is not None else ():
            matcher = Matcher(self._snapshot, part, self._permitted, self._budget)
            having = documents_of(self._permitted & ~matcher.found[FOLDED])
            found.append({self._snapshot.id(document) for document in having})
        return found

    def hits(self, text: str, ranked: Collection[Ranked], *, passages: bool) -> list[Hit]:
        """The documents of a ranking, read, in its order; each with all its passages, if asked."""
        node = self._read(text).node
        if node is None:
            return []
        matcher = self._matcher(node)
        numbers = self._snapshot.numbers_of({one.id for one in ranked})
        found = [Found(matcher, numbers[one.id], one.tier, one.score, one.rank) for one in ranked]
        return list(self._shown(Answer(0, ()), matcher, found, ResultPage(passages=passages)).hits)

    def _matcher(self, node: Node, *, covered: bool = False) -> Matcher:
        """`covered` says that what has most of the words is to be at hand, too."""
        return Matcher(self._snapshot, node, self._permitted | self._undated, self._budget)

    def _counted(self, matcher: Matcher) -> tuple[int, int]:
        """How many match, and how many more would but for having no date."""
        found = matcher.found[FOLDED]
        return (found & self._permitted).bit_count(), (found & self._undated).bit_count()

    def _in_marks(self, matcher: Matcher) -> tuple[int, int]:
        """How many match as typed, and how many with every mark that was typed."""
        exact, typed = (matcher.found[tier] & self._permitted for tier in (EXACT, COMPATIBLE))
        return exact.bit_count(), typed.bit_count()

    def _ranked(self, matcher: Matcher, page: ResultPage) -> list[Found]:
        upto = page.limit * page.number
        if not upto:
            return []
        rank = self._by_score if page.sort == "score" else self._by_day
        return self._entries(matcher, rank(matcher, upto, page.sort)[upto - page.limit : upto])

    def _entries(self, matcher: Matcher, rows: list[RankedDocument]) -> list[Found]:
        return [
            Found(matcher, row.document, self._tier(matcher, row.document), row.score, row.rank)
            for row in rows
        ]

    def _best_of(self, matcher: Matcher, documents: int, upto: int) -> list[Found]:
        """The first of some documents (a set) that match: so many, if there are so many."""
        return self._entries(matcher, Scorer(matcher).first(documents, upto)) if documents else []

    def _by_score(self, matcher: Matcher, upto: int, _: str) -> list[RankedDocument]:
        """The first answers: so many, if so many match."""
        return Scorer(matcher).first(matcher.found[FOLDED] & self._permitted, upto)

    def _by_day(self, matcher: Matcher, upto: int, sort: str) -> list[RankedDocument]:
        """The same by day; within a day in the usual order."""
        from heapq import nsmallest

        days, order = self._snapshot.days, _ORDERS[sort]
        found = documents_of(matcher.found[FOLDED] & self._permitted)
        nearest = nsmallest(upto, (order(days[one]) for one in found))
        kept = [one for one in found if order(days[one]) <= nearest[-1]]
        return sorted(Scorer(matcher).ordered(kept), key=lambda row: order(days[row.document]))

    def _tier(self, matcher: Matcher, document: int) -> int:
        return next(tier for tier in TIERS if matcher.found[tier] >> document & 1)

    def _tiers(self, matcher: Matcher) -> tuple[int, int, int]:
        """The documents that match, each in its tier alone."""
        first, second, third = matcher.found
        permitted = self._permitted
        return first & permitted, second & ~first & permitted, third & ~second & permitted

    def _as_sentence(
        self, answer: Answer, query: Query, matcher: Matcher, page: ResultPage
    ) -> Answer:
        """Documents with all words, which alone count, and those that cover them best.

        A question or a long statement is rarely answered in its own words, and a long document has
        any words: there both are in one order. Otherwise those with all words come first.
        """
        from indexer.query.question_words import is_question

        row = list(leaves(matcher.node))
        if len(row) >= _STATEMENT or query.asks or is_question(query.text, row):
            # A short question may be a name that asks: who is it.
            named = 0 if is_long(matcher.node) else self._in_rows(matcher, 1, COMPATIBLE)
            ranked, beside = self._by_coverage(matcher, named, page)
        else:
            ranked, beside = self._with_tail(matcher, page)
        answer = answer._replace(beside=beside)
        if any(entry.partial for entry in ranked):
            note = Message("indexer.read-as-sentence")
            answer = answer._replace(notes=(*answer.notes, note))
        return self._shown(answer, matcher, ranked, page)

    def _with_tail(self, matcher: Matcher, page: ResultPage) -> tuple[list[Found], int]:
        """A page that goes on with what lacks some of the words, and how many lack some.

        There are such where all that have every word are fewer than a page. Of four words and more
        those do not count whose words have only the letters in common and stand apart: where the
        others are fewer than a screen has, they are in one order with what lacks some.
        """
        whole = matcher.found[FOLDED] & self._permitted
        good = whole
        if page.sort == "score" and may_be_mixed(matcher.node):
            marked = {*leaves(matcher.node)} != {*open_words(matcher.node)}
            good = whole & matcher.found[COMPATIBLE] if marked else 0
            if good.bit_count() < _SCREEN:
                good |= whole & self._in_rows(matcher, _HALF, FOLDED)
        if good != whole and good.bit_count() < _SCREEN:
            return self._by_coverage(matcher, good, page)
        ranked = self._ranked(matcher, page)
        if whole.bit_count() >= page.limit:
            return ranked, 0
        entries = self._in_order(self._partial(matcher.node), page.sort)
        lacking = self._lacking_some(matcher, entries)
        upto = page.limit * page.number - whole.bit_count()
        return ranked + lacking[max(upto - page.limit, 0) : upto], len(lacking)

    def _by_coverage(
        self, matcher: Matcher, first: int, page: ResultPage
    ) -> tuple[list[Found], int]:
        """A page in one order of what has all words and what lacks some, but for some documents (a
        set) that come first; and how many lack some.
        """
        before, upto = page.limit * (page.number - 1), page.limit * page.number
        whole, tiers = matcher.found[FOLDED] & self._permitted, self._tiers(matcher)
        entries = self._without(first, self._partial(matcher.node))
        lacking = {entry.document for entry in self._lacking_some(matcher, entries)}
        ranked = self._best_of(matcher, first & whole, upto)
        in_tiers = [self._those_in(documents, entries) for documents in tiers]
        shown = lacking.union(*in_tiers)
        ranked += [_in_its_tier(one, in_tiers) for one in entries if one.document in shown]
        if len(ranked) < upto:
            seen = bits_of([entry.document for entry in ranked], self._snapshot.size)
            ranked += self._best_of(matcher, whole & ~seen, upto - len(ranked))
        return ranked[before:upto], len(lacking)

    def _lacking_some(self, matcher: Matcher, entries: list[Found]) -> list[Found]:
        """What lacks some of the words.

        A number or a date is what a short query is about: what lacks it is no near answer.
        """
        whole = matcher.found[FOLDED] & self._permitted
        lacking = self._without(whole, entries)
        numbers = [] if is_long(matcher.node) else filter(_is_number, parts_of(matcher.node)[0])
        for part in numbers if lacking else ():
            having = lacking[0].matcher.tiers(part)[FOLDED]
            known = self._those_in(having, lacking)
            lacking = [entry for entry in lacking if entry.document in known]
            if not lacking:
                break
        return lacking

    def _those_in(self, documents: int, entries: list[Found]) -> set[int]:
        """The documents of entries that are in a set."""
        numbers = [entry.document for entry in entries]
        return set(those_in(documents, numbers, self._snapshot.size)) if documents else set()

    def _without(self, documents: int, entries: list[Found]) -> list[Found]:
        """The entries whose documents are not in a set."""
        known = self._those_in(documents, entries)
        return [entry for entry in entries if entry.document not in known]

    def _in_rows(self, matcher: Matcher, share: float, tier: int) -> int:
        """The documents where this share of the words that follow on one another in the query do so
        too, up to a tier, as a set."""
        found = [neighbours_of(self._snapshot, *couple) for couple in couples(matcher.node)]
        pairs = [pair.match.upto[tier] for pair in found if pair is not None]
        tally = BitSlicedCounter()
        for documents in pairs:
            tally.add(documents, 1)
        return tally.at_least(ceil(share * len(found))) if pairs else 0

    def _in_order(self, partial: list[Found], sort: str) -> list[Found]:
        """What lacks some of the words, by day if that is asked for."""
        if sort == "score":
            return partial
        order = _ORDERS[sort]
        return sorted(partial, key=lambda entry: (order(entry.day), -entry.score, entry.id))

    def _partial(self, node: Node) -> list[Found]:
        from indexer.engines.local.search.query_coverage import QueryCoverage

        parts, fixed = parts_of(node)
        if not parts:
            return []
        permitted = self._permitted
        if fixed:
            only = Matcher(self._snapshot, all_of(fixed), permitted, self._budget)
            permitted &= only.found[FOLDED]
        matcher = Matcher(self._snapshot, Or(tuple(parts)), permitted, self._budget)
        found = [
            Found(matcher, document, FOLDED, score, partial=True)
            for score, document in QueryCoverage(parts, matcher).best()
        ]
        return sorted(found, key=lambda entry: (-entry.score, -entry.day, entry.id))

    def _fallback(self, query: Query, answer: Answer, page: ResultPage) -> Answer:
        from indexer.engines.local.search.query_coverage import is_sentence
        from indexer.query.fallbacks import Attempt, attempts
        from indexer.query.question_words import may_ask

        node = query.node
        asked = max(len(query.asks), len(may_ask(query.text.split(), question="?" in query.text)))
        readings = attempts(
            query.text,
            self._vocabulary,
            self._matching,
            respell=node is None or not is_long(node),
            exchange=node is None or not is_sentence(node, asked),
        )
        for attempt in readings:
            other = parse(attempt.text, self._reading.abbreviations)
            if other.node is not None:
                matcher = self._matcher(other.node)
                ranked = self._ranked(matcher, page)
                return self._fallen_back(answer, attempt, matcher, ranked, page)
        if query.node is None:
            return answer
        partial = self._partial(query.node)
        if not partial:
            return answer
        partial = self._in_order(partial, page.sort)
        ranked = partial[page.limit * (page.number - 1) : page.limit * page.number]
        attempt = Attempt("partial", "", Message("indexer.cover-best"))
        return self._fallen_back(answer, attempt, self._matcher(query.node), ranked, page)

    def _fallen_back(
        self,
        answer: Answer,
        attempt: Attempt,
        matcher: Matcher,
        ranked: list[Found],
        page: ResultPage,
    ) -> Answer:
        answer = answer._replace(
            notes=(*answer.notes, attempt.note),
            fallback=attempt.kind,
            suggestion=attempt.text or None,
        )
        return self._shown(answer, matcher, ranked, page)

    def _matching(self, text: str) -> int:
        node = self._read(text).node
        return self._counted(self._matcher(node))[0] if node is not None else 0

    def _shown(
        self, answer: Answer, matcher: Matcher, ranked: list[Found], page: ResultPage
    ) -> Answer:
        marker = Highlighter(leaves(matcher.node))
        hits = tuple([_hit(entry, marker) for entry in ranked])
        if page.passages:
            hits = tuple(map(_with_passages, hits, ranked, repeat(marker)))
        explanation: tuple[Message, ...] = ()
        if page.explain:
            from indexer.engines.local.search.explain import explain

            explanation = tuple(explain(matcher, ranked[0] if ranked else None))
        return answer._replace(hits=hits, explanation=explanation)

    def _facets(self, names: Collection[str], matcher: Matcher, tier: int) -> dict[str, Counts]:
        """The counts of what matches up to a tier."""
        from indexer.facets import in_order, of_each

        documents = documents_of(matcher.found[tier] & self._permitted)
        facets = {}
        for name in names:
            value = FACETS[name]
            counts = Counter([value(self._snapshot, document) for document in documents])
            facets[name] = in_order(name, of_each(counts) if name == "category" else counts)
        return facets


def _permitted(snapshot: IndexSnapshot, filters: Filters) -> tuple[int, int]:
    """What the filters allow, and what they would allow but for having no date, as sets."""
    permitted, undated = snapshot.live, 0
    if filters.sites:
        permitted &= any_of(named(snapshot.by_site, site) for site in filters.sites)
    if filters.categories:
        permitted &= any_of(named(snapshot.by_category, name) for name in filters.categories)
    if filters.ids is not None:
        permitted &= snapshot.among(filters.ids)
    if filters.has_attachment:
        permitted &= snapshot.with_attachment
    if filters.since or filters.until:
        since, until = day_number(filters.since), day_number(filters.until)
        undated = permitted & snapshot.dated((0, 0))
        permitted &= snapshot.dated((since or 1, until or 99_999_999))
    return permitted, undated


_ORDERS: dict[str, Callable[[int], int]] = {
    "newest": lambda day: -day,
    "oldest": lambda day: day or 99_999_999,
}
"""The order by day; what has none comes last."""


def is_covered(query: Query) -> bool:
    """Whether what has most of a query's words may stand before what has all of them: whether it is
    a sentence, or a short question.
    """
    if query.node is None or not query.plain:
        return False
    asks = bool(query.asks) or "?" in query.text
    return is_long(query.node) or (asks and _may_lack(query.node) >= _FEW_WORDS)


def may_be_mixed(node: Node) -> bool:
    """Whether what has all words in other marks, apart, may stand behind what lacks one: of four
    words in three parts and more, for a name is one thing.
    """
    return len(parts_of(node)[0]) >= _FEW_WORDS and _may_lack(node) >= _MANY_WORDS


def _may_lack(node: Node) -> int:
    """Of how many words some may be missing; 0 of what is more than words."""
    parts, _ = parts_of(node)
    words = 0
    for part in parts:
        if isinstance(part, Or) and (part.label or _is_joined(part)) and not is_near(part):
            words += max(sum(1 for way in part.nodes[1:] for _ in leaves(way)), 1)
        elif isinstance(part, TermOrPhrase) and not (part.quoted or part.zone or part.exact):
            words += 1
        else:
            return 0
    return words


def _is_joined(part: Or) -> bool:
    """Whether it is words that may be written as one: sars cov."""
    whole, *others = part.nodes
    if not isinstance(whole, TermOrPhrase) or whole.quoted or whole.zone:
        return False
    return whole.text == " ".join(leaf.text for other in others for leaf in leaves(other))


def _in_its_tier(entry: Found, tiers: list[set[int]]) -> Found:
    """The same, no longer as one that lacks words, if it has them all."""
    tier = next((tier for tier in TIERS if entry.document in tiers[tier]), None)
    return entry if tier is None else entry._replace(tier=tier, partial=False)


def _is_number(part: Node) -> bool:
    """Whether a part of a query is a number, a date, or has one in it (thứ 12, 97/2019)."""
    return any(
        atom.folded.replace(",", "").isdecimal()
        or (atom.folded[:1] == "=" and atom.folded[2:].isdecimal())
        for leaf in leaves(part)
        for edge in leaf.edges
        if not edge.floor
        for option in edge.options
        for atom in option
    )


def _lacking(found: Found) -> tuple[str, ...]:
    """The words that a document lacks. A matcher for what may be missing asks for any of it."""
    from indexer.engines.local.search.query_coverage import words_of

    node = found.matcher.node
    parts = node.nodes if isinstance(node, Or) and not node.label else (node,)
    return tuple(
        text
        for part in parts
        for documents, text in words_of(part, found.matcher)
        if not documents >> found.document & 1
    )


def _tier_of_those_there(found: Found) -> int:
    """The worst tier of the parts of a query that a document has."""
    node = found.matcher.node
    parts = node.nodes if isinstance(node, Or) and not node.label else (node,)
    tiers = (found.matcher.tiers(part, scattered=True) for part in parts)
    having = [
        next((tier for tier in TIERS if upto[tier] >> found.document & 1), None) for upto in tiers
    ]
    return max([tier for tier in having if tier is not None], default=FOLDED)


def _hit(found: Found, marker: Highlighter) -> Hit:
    snapshot = found.matcher.snapshot
    record = snapshot.record(found.document)
    shown = show(record, marker)
    return Hit(
        id=record.id,
        site=record.site,
        title=shown.title,
        url=record.url,
        published_at=record.published_at,
        category=next(iter(record.categories), None),
        further_categories=tuple(record.categories[1:]),
        snippet=shown.snippet,
        score=found.score,
        rank=found.rank,
        lacking=_lacking(found) if found.partial else (),
        title_spans=shown.title_spans,
        snippet_spans=shown.snippet_spans,
        tier=_tier_of_those_there(found) if found.partial else found.tier,
        partial=found.partial,
        gone=bool(snapshot.flags(found.document) & GONE),
        has_attachment=record.has_attachment,
        line=shown.line,
    )


def _with_passages(hit: Hit, found: Found, marker: Highlighter) -> Hit:
    record = found.matcher.snapshot.record(found.document)
    return hit._replace(passages=tuple(passages(record, marker)))


def _year(day: int) -> str:
    return str(day // 10_000) if day else ""


def _month(day: int) -> str:
    return f"{day // 10_000}-{day // 100 % 100:02}" if day else ""
