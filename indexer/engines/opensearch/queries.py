"""A query tree as queries of a cluster: which documents match, in each tier.

The spellings of a word are those that the vocabulary has; the tier of each is told by the code that
tells it of the local index. So both engines match the same by construction, and the cluster only
looks up terms and puts sets together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, pairwise
from typing import TYPE_CHECKING, Any

from indexer.engines.local.search.budget import STEPS, Budget
from indexer.engines.local.search.spellings import TIERS, spellings
from indexer.engines.local.storage.stored_documents import day_number
from indexer.engines.opensearch.tokens import IN_TITLE, as_position, spelling
from indexer.language.vietnamese import fold
from indexer.query.tree import (
    COMPATIBLE,
    FOLDED,
    And,
    Atom,
    Dated,
    Edge,
    Node,
    Not,
    OfCategory,
    OfIds,
    OfMonth,
    OfSite,
    Or,
    TermOrPhrase,
    WithAttachment,
    Within,
    folds_of,
)

if TYPE_CHECKING:
    from indexer.engines.opensearch.words import ClusterWords

Dsl = dict[str, Any]
"""A query in the cluster's own language."""

NOTHING: Dsl = {"match_none": {}}
EVERYTHING: Dsl = {"match_all": {}}

_WORDS = "words"
Way = list[list[Edge]]
"""Steps that follow on one another, each of several edges."""

Steps = dict[int, dict[int, list[Edge]]]

_MOST_PHRASES = 32
"""Of more ways through a sequence what they have in common is asked for once."""

_MOST_SPANS = 400
"""A cluster takes 1,024 clauses in a query if nothing else is set."""

_MOST_WAYS = 300
"""So many ways through a part of a sequence are looked for at most."""

_AT_ONCE = 50_000
"""A cluster takes 65,536 terms in one clause if nothing else is set."""

_MOST_SCORED = 4
"""By so many ways of a sequence the cluster's best are scored."""


class Queries:
    """Makes queries. `cut` says that there was more than could be asked for."""

    def __init__(self, words: ClusterWords) -> None:
        self._words = words
        self._budget = Budget(STEPS * 100)
        self._tokens: dict[Atom, list[list[str]]] = {}
        self.verified: dict[TermOrPhrase | Within, tuple[Dsl, Dsl, Dsl]] = {}
        """What is known of a part of a query, by tier, where the cluster cannot be asked for it."""
        self.cut = False

    def node(self, node: Node, tier: int, *, scattered: bool = False) -> Dsl:
        """The documents that match up to a tier (`local.search.matching.Matcher.tiers`)."""
        match node:
            case TermOrPhrase():
                return self.leaf(node, tier)
            case And():
                return self._all(node.nodes, tier, scattered=scattered)
            case Or() if node.label and not scattered and tier < FOLDED:
                return self.node(node.nodes[0], tier)
            case Or():
                return any_of(self.node(way, tier, scattered=scattered) for way in node.nodes)
            case Not():
                return self._all((node,), tier, scattered=scattered)
            case Within():
                return self._near(node, tier)
            case _:
                return filter_of(node)

    def _all(self, nodes: Iterable[Node], tier: int, *, scattered: bool) -> Dsl:
        wanted, unwanted = [], []
        for child in nodes:
            if isinstance(child, Not):
                unwanted.append(self.node(child.node, COMPATIBLE))
            else:
                wanted.append(self.node(child, tier, scattered=scattered))
        return all_of(wanted, unwanted)

    def possible(self, node: Node) -> Dsl:
        """The documents that have the words of a query, wherever they stand."""
        match node:
            case TermOrPhrase():
                return self._bag(node)
            case And():
                return all_of(map(self.possible, node.nodes))
            case Or():
                return any_of(map(self.possible, node.nodes))
            case Not():
                return EVERYTHING if _has_sequence(node) else self.node(node, FOLDED)
            case Within():
                return EVERYTHING
            case _:
                return filter_of(node)

    def leaf(self, leaf: TermOrPhrase, tier: int) -> Dsl:
        """The documents that have a word or a phrase up to a tier."""
        if leaf in self.verified:
            return self.verified[leaf][tier]
        if leaf.zone == "body":
            behind = {"span_not": {"include": self._spans(leaf, tier), "exclude": _span(IN_TITLE)}}
            return behind if behind["span_not"]["include"] != NOTHING else NOTHING
        field = "title" if leaf.zone == "title" else _WORDS
        ways = [*islice(self._ways(leaf, tier), _MOST_PHRASES + 1)]
        if len(ways) > _MOST_PHRASES:
            return self._spans(leaf, tier, field)
        return any_of(self._way(steps, tier, field) for steps in ways)

    def tokens(self, atom: Atom, tier: int) -> list[str]:
        """The terms of a word up to a tier: its letters where all of its spellings are."""
        known = self._tokens.get(atom)
        if known is None:
            known = self._tokens[atom] = [[] for _ in TIERS]
            for of_tier, key in spellings(self._words, atom, self._budget):
                known[of_tier].append(key)
        upto = [key.partition(" ") for of_tier in known[: tier + 1] for key in of_tier]
        whole = len(upto) == sum(map(len, known)) and len(upto) > 1
        if whole and not (atom.exact or "*" in atom.folded):
            folded = {key[0] for key in upto} if atom.prefix else folds_of(atom)
            return sorted(folded)
        return sorted({spelling(key[2]) for key in upto})

    def positions(self, leaf: TermOrPhrase, tier: int) -> Iterator[list[str]]:
        """Ways through a sequence of single words, as the cluster reads their positions: a few."""
        for way in islice(self._ways(leaf, tier), _MOST_SCORED):
            places = [self._single(step, tier) for step in way]
            if all(places) and all(len(o) == 1 for step in way for o in _options(step)):
                yield [as_position(place) for place in places]

    def spanned(self, leaf: TermOrPhrase, tier: int, field: str) -> Iterator[Dsl]:
        """The other ways, of those few, where several words share a position, in a zone."""
        for way in islice(self._ways(leaf, tier), _MOST_SCORED):
            if any(len(option) > 1 for step in way for option in _options(step)):
                yield self._way_of_spans(way, tier, field)

    def scored(self, leaf: TermOrPhrase) -> Iterator[str]:
        """The terms by which a leaf is scored."""
        for tier in TIERS:
            for way in islice(self._ways(leaf, tier), _MOST_SCORED):
                for step in way:
                    for option in _options(step):
                        for atom in option:
                            yield from self.tokens(atom, tier)

    def _ways(self, leaf: TermOrPhrase, tier: int) -> Iterator[Way]:
        """The ways through a sequence that are open in a tier."""
        yield from _between(_steps(leaf, tier), 0, leaf.length)

    def _parts(self, leaf: TermOrPhrase, tier: int) -> tuple[list[Way], list[list[Way]]]:
        """The same as the ways of one step, and parts of all others: from one place to the next
        that all of these come to.
        """
        steps = _steps(leaf, tier)
        whole = [[edges] for edges in [steps[0].pop(leaf.length, [])] if edges]
        over = {
            place
            for start, ends in steps.items()
            for end in ends
            for place in range(start + 1, end)
        }
        stops = [place for place in range(leaf.length + 1) if place not in over]
        parts = [
            [*islice(_between(steps, first, last), _MOST_WAYS + 1)]
            for first, last in pairwise(stops)
        ]
        self.cut = self.cut or any(len(ways) > _MOST_WAYS for ways in parts)
        return whole, [ways[:_MOST_WAYS] for ways in parts]

    def _way(self, steps: Sequence[list[Edge]], tier: int, field: str) -> Dsl:
        if not all(len(option) == 1 for step in steps for option in _options(step)):
            return self._way_of_spans(steps, tier, field)
        places = [self._single(step, tier) for step in steps]
        if not all(places):
            return NOTHING
        if len(places) == 1:
            return {"terms": {field: places[0]}}
        return {"match_phrase": {field: " ".join(map(as_position, places))}}

    def _single(self, step: list[Edge], tier: int) -> list[str]:
        return [
            *dict.fromkeys(
                token for option in _options(step) for token in self.tokens(option[0], tier)
            )
        ]

    def _spans(self, leaf: TermOrPhrase, tier: int, field: str = _WORDS) -> Dsl:
        def any_way(ways: list[Way]) -> Dsl:
            return _span_of_any([self._way_of_spans(way, tier, field) for way in ways])

        whole, parts = self._parts(leaf, tier)
        return _span_of_any([any_way(whole), _in_a_row([*map(any_way, parts)])])

    def _way_of_spans(self, steps: Sequence[list[Edge]], tier: int, field: str) -> Dsl:
        places = [
            _span_of_any(
                [
                    *[_span(token, field) for token in self._alone(step, tier)],
                    *[
                        self._together(option, tier, field)
                        for option in _options(step)
                        if len(option) > 1
                    ],
                ]
            )
            for step in steps
        ]
        return _in_a_row(places)

    def _alone(self, step: list[Edge], tier: int) -> list[str]:
        return [
            *dict.fromkeys(
                token
                for option in _options(step)
                if len(option) == 1
                for token in self.tokens(option[0], tier)
            )
        ]

    def _together(self, option: tuple[Atom, ...], tier: int, field: str) -> Dsl:
        """All words of an option at one position."""
        spans = [
            _span_of_any([_span(token, field) for token in self.tokens(atom, tier)])
            for atom in option
        ]
        found = spans[0]
        for other in spans[1:]:
            if NOTHING in (found, other):
                return NOTHING
            found = {"span_within": {"little": found, "big": other}}
        return found

    def _bag(self, leaf: TermOrPhrase) -> Dsl:
        """The documents that have all words of some way through, anywhere."""
        if leaf.zone == "title" and not has_sequence(leaf):
            return self.leaf(leaf, FOLDED)

        def any_way(ways: list[Way]) -> Dsl:
            return any_of(all_of(self._any_option(step) for step in way) for way in ways)

        whole, parts = self._parts(leaf, FOLDED)
        direct = any_way(whole)
        if leaf.zone == "title":
            direct = any_of(self._way(way, FOLDED, "title") for way in whole)
        return any_of([direct, all_of(map(any_way, parts))])

    def _any_option(self, step: list[Edge]) -> Dsl:
        return any_of(
            all_of({"terms": {_WORDS: self.tokens(atom, FOLDED)}} for atom in option)
            for option in _options(step)
        )

    def says(self, part: TermOrPhrase | Within) -> bool:
        """Whether a part of a query can be asked for.

        Words near one another cannot where one word of a text may be of two of those asked for
        (giám giám), or where a word may take several positions (Wi-Fi). And what needs a span for
        each of very many spellings (in:body t*) cannot.
        """
        if isinstance(part, TermOrPhrase):
            return part.zone != "body" or self._number_of_spans(part) <= _MOST_SPANS
        taken: set[str] = set()
        for word in part.words:
            whole, parts = self._parts(word, FOLDED)
            ways = [*whole, *(way for part in parts for way in part)]
            atoms = {atom for way in ways for step in way for o in _options(step) for atom in o}
            tokens = {token for atom in atoms for token in self.tokens(atom, FOLDED)}
            several = (len(parts) > 1 and all(parts)) or any(len(way) > 1 for way in ways)
            if several or taken & tokens:
                return False
            taken |= tokens
        return sum(map(self._number_of_spans, part.words)) <= _MOST_SPANS

    def _number_of_spans(self, word: TermOrPhrase) -> int:
        whole, parts = self._parts(word, FOLDED)
        return sum(
            max(len(self.tokens(atom, tier)) for tier in TIERS)
            for way in [*whole, *(way for part in parts for way in part)]
            for step in way
            for option in _options(step)
            for atom in option
        )

    def _near(self, near: Within, tier: int) -> Dsl:
        known = self.verified.get(near)
        if known is not None:
            return known[tier]
        spans = [self._spans(word, tier) for word in near.words]
        if any(span == NOTHING for span in spans):
            return NOTHING
        for place, word in enumerate(near.words):
            if word.zone == "body":
                spans[place] = {"span_not": {"include": spans[place], "exclude": _span(IN_TITLE)}}
            elif word.zone:
                spans[place] = {"span_within": {"little": spans[place], "big": _span(IN_TITLE)}}
        return {"span_near": {"clauses": spans, "slop": near.most, "in_order": near.ordered}}


def _steps(leaf: TermOrPhrase, tier: int) -> Steps:
    """Edges by where they begin and end, that are open in a tier."""
    steps: Steps = defaultdict(lambda: defaultdict(list))
    for edge in leaf.edges:
        if edge.floor <= tier:
            steps[edge.start][edge.end].append(edge)
    return steps


def _between(steps: Steps, first: int, last: int) -> Iterator[Way]:
    """The ways from one place to another."""
    if first == last:
        yield []
        return
    for end, edges in [*steps.get(first, {}).items()]:
        if end <= last:
            for rest in _between(steps, end, last):
                yield [edges, *rest]


def has_sequence(leaf: TermOrPhrase) -> bool:
    """Whether it takes several positions, or several words at one."""
    return any(
        (edge.start, edge.end) != (0, leaf.length) or any(len(o) > 1 for o in edge.options)
        for edge in leaf.edges
    )


def _has_sequence(node: Node) -> bool:
    if isinstance(node, TermOrPhrase):
        return has_sequence(node)
    if isinstance(node, Not):
        return _has_sequence(node.node)
    return isinstance(node, And | Or) and any(map(_has_sequence, node.nodes))


def all_of(wanted: Iterable[Dsl], unwanted: Iterable[Dsl] = ()) -> Dsl:
    """What is in all of some sets and in none of others."""
    wanted = [one for one in wanted if one != EVERYTHING]
    unwanted = [one for one in unwanted if one != NOTHING]
    if NOTHING in wanted:
        return NOTHING
    if not unwanted and len(wanted) <= 1:
        return wanted[0] if wanted else EVERYTHING
    if not unwanted:
        return {"bool": {"filter": wanted}}
    return {"bool": {"filter": wanted or [EVERYTHING], "must_not": unwanted}}


def any_of(sets: Iterable[Dsl]) -> Dsl:
    """What is in any of some sets."""
    several: list[Dsl] = []
    terms: dict[str, dict[str, None]] = {}
    for one in sets:
        if "terms" in one:
            ((field, tokens),) = one["terms"].items()
            terms.setdefault(field, {}).update(dict.fromkeys(tokens))
        elif one != NOTHING and one not in several:
            several.append(one)
    several += [{"terms": {field: [*tokens]}} for field, tokens in terms.items() if tokens]
    if not several:
        return NOTHING
    return several[0] if len(several) == 1 else {"bool": {"should": several}}


def filter_of(node: Dated | OfMonth | OfSite | OfCategory | OfIds | WithAttachment) -> Dsl:
    """The documents with a value."""
    match node:
        case Dated():
            return dated(day_number(node.since), day_number(node.until))
        case OfMonth(month, first, last):
            days = {"gte": month * 100 + first, "lte": month * 100 + last}
            return {"range": {"month_day": days}}
        case OfSite():
            return {"term": {"site_folded": fold(node.site)}}
        case OfCategory():
            return {"term": {"category_folded": fold(node.category)}}
        case OfIds():
            ids = sorted(node.ids)
            groups = [ids[first : first + _AT_ONCE] for first in range(0, len(ids), _AT_ONCE)]
            if not groups:
                return NOTHING
            return {"bool": {"should": [{"terms": {"id": group}} for group in groups]}}
        case WithAttachment():
            return {"term": {"attachment": True}}


def dated(since: int, until: int) -> Dsl:
    """The documents of these days (YYYYMMDD, 0 for an open end)."""
    return {"range": {"day": {"gte": since or 1, "lte": until or 99_999_999}}}


def _options(step: list[Edge]) -> Iterator[tuple[Atom, ...]]:
    return (option for edge in step for option in edge.options)


def _span(token: str, field: str = _WORDS) -> Dsl:
    return {"span_term": {field: token}}


def span_terms(query: Dsl) -> list[str]:
    """The terms of a query of spans."""
    if "span_term" in query:
        return [*query["span_term"].values()]
    (inner,) = query.values()
    parts = inner.get("clauses") or [inner[one] for one in ("little", "big") if one in inner]
    return [term for part in parts for term in span_terms(part)]


def _in_a_row(spans: list[Dsl]) -> Dsl:
    if NOTHING in spans:
        return NOTHING
    if len(spans) == 1:
        return spans[0]
    return {"span_near": {"clauses": spans, "slop": 0, "in_order": True}}


def _span_of_any(spans: list[Dsl]) -> Dsl:
    several = [span for span in spans if span != NOTHING]
    if not several:
        return NOTHING
    return several[0] if len(several) == 1 else {"span_or": {"clauses": several}}
