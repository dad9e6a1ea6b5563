"""Which documents of a segment match a query, and in which tier."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from indexer.analysis import LEAD_START, term
from indexer.postings import PLACE, Postings, counts_of
from indexer.query import (
    EXACT,
    FOLDED,
    All,
    Any,
    Atom,
    Dated,
    Edge,
    Node,
    Not,
    OfSite,
    WithAttachment,
    Words,
    tier_of,
)
from indexer.records import HAS_ATTACHMENT, day_number
from indexer.segments import Segment
from indexer.vietnamese import fold, twin, twin_form

Tiers = dict[int, int]
"""Document number → the best tier in which it matches."""


@dataclass(slots=True)
class LeafMatch:
    """How one word or phrase matches in one segment.

    `lists` are whole posting lists with their tiers, for what is one position of the text; `found`
    has, for what is several, the first and the following position of each match, in the tiers
    of `found_tiers`. An abbreviation and what it stands for have both.
    """

    tiers: Tiers
    lists: list[tuple[int, Postings]] = field(default_factory=list)
    found: dict[int, list[tuple[int, int]]] = field(default_factory=dict)
    found_tiers: Tiers = field(default_factory=dict)

    def counts(self, document: int) -> list[tuple[int, int]]:
        """(tier, packed counts) for each spelling that the document has."""
        result = []
        if document in self.found:
            starts = sorted({start for start, _ in self.found[document]})
            result.append((self.found_tiers[document], counts_of(starts)))
        for tier, postings in self.lists:
            place = postings.index().get(document)
            if place is not None:
                result.append((tier, postings.counts[place]))
        return result

    def stretches(self, document: int, worst: int = FOLDED) -> list[tuple[int, int]]:
        """First and following position of each match, in a tier up to `worst`."""
        result = [
            (position, position + 1)
            for tier, postings in self.lists
            if tier <= worst
            for position in postings.positions_in(document)
        ]
        if document in self.found and self.found_tiers[document] <= worst:
            result += self.found[document]
        return result


class Matcher:
    """Matches the nodes of one query against one segment, each leaf once."""

    def __init__(self, segment: Segment) -> None:
        self.segment = segment
        self.leaves: dict[Words, LeafMatch] = {}

    def match(self, node: Node) -> Tiers:
        """The matching documents, deleted ones left out."""
        return {
            document: tier
            for document, tier in self.tiers(node).items()
            if document not in self.segment.deleted
        }

    def leaf(self, leaf: Words) -> LeafMatch:
        """How a leaf matches (deleted documents included)."""
        found = self.leaves.get(leaf)
        if found is None:
            found = self.leaves[leaf] = self._words(leaf)
        return found

    def tiers(self, node: Node) -> Tiers:
        """The matching documents, deleted ones included."""
        match node:
            case Words():
                return self.leaf(node).tiers
            case All():
                return self._all(node)
            case Any() if node.label:
                scattered = _either(self.tiers(child) for child in node.nodes[1:])
                return dict.fromkeys(scattered, FOLDED) | self.tiers(node.nodes[0])
            case Any():
                return _either(self.tiers(child) for child in node.nodes)
            case Not():
                return self._without(dict.fromkeys(range(self.segment.size), EXACT), node)
            case Dated():
                first = day_number(node.since) or 1
                last = day_number(node.until) or 99_999_999
                days = enumerate(self.segment.days)
                return {number: EXACT for number, day in days if first <= day <= last}
            case OfSite():
                sites = enumerate(self.segment.sites)
                return {number: EXACT for number, site in sites if fold(site) == node.site}
            case WithAttachment():
                flags = enumerate(self.segment.flags)
                return {number: EXACT for number, flag in flags if flag & HAS_ATTACHMENT}

    def _all(self, node: All) -> Tiers:
        wanted = [child for child in node.nodes if not isinstance(child, Not)]
        if wanted:
            found = sorted((self.tiers(child) for child in wanted), key=len)
            result = found[0]
            for other in found[1:]:
                result = {
                    document: max(tier, other[document])
                    for document, tier in result.items()
                    if document in other
                }
        else:
            result = dict.fromkeys(range(self.segment.size), EXACT)
        for child in node.nodes:
            if isinstance(child, Not):
                result = self._without(result, child)
        return result

    def _without(self, tiers: Tiers, node: Not) -> Tiers:
        unwanted = self.tiers(node.node)
        return {
            document: tier
            for document, tier in tiers.items()
            if unwanted.get(document, FOLDED) == FOLDED
        }

    def _words(self, words: Words) -> LeafMatch:
        direct = [edge for edge in words.edges if edge.start == 0 and edge.end == words.length]
        direct = [edge for edge in direct if all(len(option) == 1 for option in edge.options)]
        lists = [
            (max(tier, edge.floor), postings)
            for edge in direct
            for (atom,) in edge.options
            for tier, postings in self._spellings(atom)
        ]
        match = _union(lists, words.title_only)
        others = [edge for edge in words.edges if edge not in direct]
        if others:
            self._sequence(replace(words, edges=tuple(others)), match)
        return match

    def _spellings(self, atom: Atom) -> list[tuple[int, Postings]]:
        """All spellings of a word in this segment, each with its tier."""
        segment = self.segment
        if atom.prefix:
            return list(self._beginning(atom))
        result = [
            (tier_of(form, atom.form), segment.postings(term(atom.folded, form)))
            for form in segment.forms(atom.folded)
        ]
        other = twin(atom.folded)
        if other is not None and len(atom.form) == len(atom.folded) + 1:
            typed = twin_form(atom.form)
            result += [
                (tier_of(form, typed), segment.postings(term(other, form)))
                for form in segment.forms(other)
            ]
        return result

    def _beginning(self, atom: Atom) -> Iterator[tuple[int, Postings]]:
        letters, tone = atom.form[:-1], atom.form[-1]
        for key in self.segment.terms(atom.folded):
            form = key.partition(" ")[2]
            start = form[: len(letters)] + "0"
            tier = tier_of(start, letters + "0") if tone in ("0", form[-1]) else FOLDED
            yield tier, self.segment.postings(key)

    def _sequence(self, words: Words, match: LeafMatch) -> None:
        """Add to a match what takes several positions, or several words at one."""
        tiers, found = match.found_tiers, match.found
        for end, (start, tier) in self._walk(words).items():
            document, first = divmod(start, PLACE)
            if words.title_only and first >= LEAD_START:
                continue
            best = tiers.get(document, FOLDED + 1)
            if tier < best:
                tiers[document] = tier
                found[document] = []
            if tier <= best:
                found[document].append((first, end % PLACE))
        for document, tier in tiers.items():
            match.tiers[document] = min(tier, match.tiers.get(document, FOLDED))

    def _walk(self, words: Words) -> dict[int, tuple[int, int]]:
        """The place after each match of a sequence → the place where it begins, and its tier.

        Places are those of `Postings.places`. All documents are walked at once, edge by edge; of
        the matches that end at one place only one of the best tier is kept.
        """
        edges = sorted(words.edges, key=lambda edge: edge.start)
        standing = [self._standing(edge) for edge in edges]
        reached: list[dict[int, tuple[int, int]]] = [{} for _ in range(words.length + 1)]
        for edge, here in zip(edges, standing, strict=True):
            before, after = reached[edge.start], reached[edge.end]
            if edge.start == 0:
                following = [
                    other
                    for next_edge, other in zip(edges, standing, strict=True)
                    if next_edge.start == edge.end
                ]
                steps = _followed(here, following if edge.end < words.length else None)
            elif len(before) < len(here):
                steps = [
                    (place, (start, max(tier, here[place])))
                    for place, (start, tier) in before.items()
                    if place in here
                ]
            else:
                steps = [
                    (place, (before[place][0], max(tier, before[place][1])))
                    for place, tier in here.items()
                    if place in before
                ]
            for place, (start, tier) in steps:
                tier = max(tier, edge.floor)
                known = after.get(place + 1)
                if known is None or tier < known[1]:
                    after[place + 1] = (start, tier)
        return reached[words.length]

    def _standing(self, edge: Edge) -> dict[int, int]:
        """Each place where any option of an edge stands → its tier."""
        result: dict[int, int] = {}
        for option in edge.options:
            atoms = [self._atom_places(atom) for atom in option]
            places = atoms[0]
            for other in atoms[1:]:
                places = {
                    place: max(tier, other[place])
                    for place, tier in places.items()
                    if place in other
                }
            if not result:
                result = places
            else:
                result = {
                    **result,
                    **{p: min(t, result.get(p, FOLDED)) for p, t in places.items()},
                }
        return result

    def _atom_places(self, atom: Atom) -> dict[int, int]:
        places: dict[int, int] = {}
        for tier, postings in sorted(self._spellings(atom), key=lambda entry: -entry[0]):
            places.update(dict.fromkeys(postings.places(), tier))
        return places


def _followed(
    here: dict[int, int], following: list[dict[int, int]] | None
) -> list[tuple[int, tuple[int, int]]]:
    """The first steps of a sequence, without those that nothing follows on."""
    if following is None:
        return [(place, (place, tier)) for place, tier in here.items()]
    if len(following) == 1:
        (after,) = following
        if len(after) < len(here):
            places = [place - 1 for place in after if place - 1 in here]
        else:
            places = [place for place in here if place + 1 in after]
    else:
        places = [place for place in here if any(place + 1 in after for after in following)]
    return [(place, (place, here[place])) for place in places]


def _either(several: Iterable[Tiers]) -> Tiers:
    result: Tiers = {}
    for tiers in several:
        for document, tier in tiers.items():
            if tier < result.get(document, FOLDED + 1):
                result[document] = tier
    return result


def _union(lists: list[tuple[int, Postings]], title_only: bool) -> LeafMatch:
    tiers: Tiers = {}
    for tier, postings in sorted(lists, key=lambda entry: -entry[0]):
        if title_only:
            for document, counts in zip(postings.ids, postings.counts, strict=True):
                if counts >> 6:
                    tiers[document] = tier
        else:
            tiers.update(dict.fromkeys(postings.ids, tier))
    return LeafMatch(tiers, lists)
