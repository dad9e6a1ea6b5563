"""The search as its definition has it, slowly: Whoosh's own queries and matchers, one document at a
time, and the formulas of `docs/search-language.md` and `docs/decisions` written out."""

from __future__ import annotations

import math
from collections.abc import Iterator, Set
from datetime import date
from fnmatch import fnmatchcase
from functools import cache, cached_property
from itertools import pairwise, product
from pathlib import Path
from typing import NamedTuple

from whoosh import query as whoosh

from indexer.engines.local.search.neighbours import Ends, first_of, last_of, row_of, zone_of
from indexer.engines.local.storage.stored_documents import HAS_ATTACHMENT, LENGTHS
from indexer.engines.local.storage.whoosh_writer import open_index
from indexer.facets import each
from indexer.language.analysis import pack_counts, tokens
from indexer.language.vietnamese import fold, is_bare, twin, twin_form
from indexer.query.cardinals import is_cardinal
from indexer.query.tree import (
    And,
    Atom,
    Dated,
    Edge,
    Node,
    Not,
    OfCategory,
    OfMonth,
    OfSite,
    Or,
    TermOrPhrase,
    WithAttachment,
    Within,
    leaves,
    tier_of,
)

TIERS = (0, 1, 2)
WHOLE = 1024

Places = dict[tuple[int, int], int]
"""The first position of a match and the one that follows on it → its tier."""


class Pair(NamedTuple):
    """A way to write two words side by side: its tier, which of the two were typed without marks,
    whether it is as typed, and where it stands in each document."""

    tier: int
    bare: tuple[bool, ...]
    literal: bool
    where: dict[int, list[int]]


Pairs = dict[tuple[str, str], Pair]


class Row(NamedTuple):
    """An answer."""

    id: str
    tier: int
    score: float


class SlowSearch:
    """All answers of an index to a query tree, in order."""

    def __init__(self, path: Path) -> None:
        self._searcher = open_index(path).searcher()
        self._reader = self._searcher.reader()
        self.live = self._documents(whoosh.Every())
        self._positions = cache(self._positions_of)
        self._terms = cache(self._terms_of)

    def close(self) -> None:
        self._searcher.close()

    @cached_property
    def _columns(self) -> dict[str, list[object]]:
        names = ("id", "day", "flags", "length", "site", "category", "zones")
        readers = {name: self._reader.column_reader(name, translate=False) for name in names}
        numbers = range(self._reader.doc_count_all())
        return {name: [reader[n] for n in numbers] for name, reader in readers.items()}

    def _documents(self, query: whoosh.Query) -> set[int]:
        return set(self._searcher.docs_for_query(query))

    # What matches

    def _terms_of(self, atom: Atom) -> tuple[tuple[str, int], ...]:
        """The terms that match an atom, with their tiers."""
        found = []
        if atom.exact or "*" in atom.folded:
            return tuple(self._terms_of_sign(atom))
        for folded, typed in ((atom.folded, atom.form), (twin(atom.folded), twin_form(atom.form))):
            if atom.prefix and folded == atom.folded:
                for key in self._reader.expand_prefix("words", folded):
                    form = key.decode().partition(" ")[2]
                    start = form[: len(typed) - 1] + "0"
                    alike = typed[-1] in ("0", form[-1]) and not form.endswith(",0")
                    tier = tier_of(start, typed[:-1] + "0") if alike else 2
                    found.append((key.decode(), tier))
            elif folded and not atom.prefix and (folded == atom.folded or _regular(atom)):
                for key in self._reader.expand_prefix("words", f"{folded} "):
                    form = key.decode().partition(" ")[2]
                    found.append((key.decode(), tier_of(form, typed)))
        return tuple(found)

    def _terms_of_sign(self, atom: Atom) -> Iterator[tuple[str, int]]:
        """The terms that match one spelling and no other, or a word with stars within."""
        for key in self._reader.expand_prefix("words", atom.folded.partition("*")[0]):
            folded, _, form = key.decode().partition(" ")
            if atom.prefix:
                begins = form.startswith(atom.form[:-1]) and not form.endswith(",0")
                if begins and atom.form[-1] in ("0", form[-1]):
                    yield key.decode(), 0
            elif "*" not in atom.folded:
                if (folded, form) == (atom.folded, atom.form):
                    yield key.decode(), 0
            elif fnmatchcase(folded, atom.folded) and folded[0] != "=":
                toned = atom.form[-1] in ("0", form[-1])
                spelled = toned and fnmatchcase(form[:-1], atom.form[:-1])
                bare = atom.form[-1] == "0" and atom.form.isascii()
                if spelled or not atom.exact:
                    yield key.decode(), 0 if spelled else 1 if bare else 2

    def _is_near(self, node: Within, document: int) -> int | None:
        """The tier in which words stand near one another, each by its best matches."""
        for tier in TIERS:
            places = []
            for word in node.words:
                direct, rows = self.matches(word, document)
                best = min(rows.values(), default=3)
                known = [(at, at + 1) for (at, _), one in direct.items() if one <= tier]
                known += [at for at, one in rows.items() if one == best <= tier]
                places.append(known)
            for chosen in product(*places):
                starts = [start for start, _ in chosen]
                taken = sum(after - start for start, after in chosen)
                width = max(after for _, after in chosen) - min(starts)
                in_order = all(b >= a for (_, a), (b, _) in pairwise(chosen))
                apart = all(b >= a for (_, a), (b, _) in pairwise(sorted(chosen)))
                if width - taken <= node.most and apart and (in_order or not node.ordered):
                    return tier
        return None

    def _positions_of(self, term: str) -> dict[int, list[int]]:
        """Where a term stands in each document, read by Whoosh's matcher."""
        matcher = self._reader.postings("words", term)
        found = {}
        while matcher.is_active():
            found[matcher.id()] = matcher.value_as("positions")
            matcher.next()
        return found

    def _having(self, atom: Atom, worst: int = 2) -> whoosh.Query:
        if atom.prefix and worst == 2 and "*" not in atom.folded:
            return whoosh.Prefix("words", atom.folded)
        terms = [term for term, tier in self._terms(atom) if tier <= worst]
        return whoosh.Or([whoosh.Term("words", term) for term in terms])

    def _direct(self, leaf: TermOrPhrase) -> dict[str, int]:
        """The terms that are the whole leaf, with their tiers."""
        best: dict[str, int] = {}
        for edge in leaf.edges:
            if _is_direct(edge, leaf):
                for (atom,) in edge.options:
                    for term, tier in self._terms(atom):
                        best[term] = min(max(tier, edge.floor), best.get(term, 2))
        return best

    @cache  # noqa: B019
    def _possible_leaf(self, leaf: TermOrPhrase) -> frozenset[int]:
        """The documents that have all words of some way to write a leaf, by Whoosh's queries."""
        ways = []
        for edges in _ways(leaf.edges, 0, leaf.length):
            if not (len(edges) == 1 and _is_direct(edges[0], leaf)):
                steps = [
                    whoosh.Or(
                        [
                            whoosh.And([self._having(atom) for atom in option])
                            for option in edge.options
                        ]
                    )
                    for edge in edges
                ]
                ways.append(whoosh.And(steps))
        found = self._documents(whoosh.Or(ways)) if ways else set()
        for term in self._direct(leaf):
            places = self._positions(term)
            found |= {d for d, at in places.items() if any(self.is_in(leaf, d, p) for p in at)}
        return frozenset(found)

    def _possible(self, node: Node) -> set[int]:
        match node:
            case TermOrPhrase():
                return set(self._possible_leaf(node))
            case And():
                found = set(self.live)
                for child in node.nodes:
                    found &= self._possible(child)
                return found
            case Or():
                return set().union(*map(self._possible, node.nodes))
            case Within():
                return set(self.live)
            case Not() if any(not _is_single(leaf) for leaf in _words_of(node)):
                return set(self.live)
            case _:
                return {document for document in self.live if self.tier(node, document) is not None}

    @cache  # noqa: B019
    def matches(self, leaf: TermOrPhrase, document: int) -> tuple[Places, Places]:
        """Where single words are a leaf in a document, by term; and where sequences are."""
        direct: Places = {}
        for number, (term, tier) in enumerate(self._direct(leaf).items()):
            for position in self._positions(term).get(document, ()):
                direct[position, -number] = tier
        rows: Places = {}
        edges = [edge for edge in leaf.edges if not _is_direct(edge, leaf)]
        for begin in self._firsts(edges, document):
            for after, tier in self._walk(edges, leaf.length, 0, begin, document):
                rows[begin, after] = min(tier, rows.get((begin, after), 2))
        direct = {at: tier for at, tier in direct.items() if self.is_in(leaf, document, at[0])}
        rows = {at: tier for at, tier in rows.items() if self.is_in(leaf, document, at[0])}
        return direct, rows

    def is_in(self, leaf: TermOrPhrase, document: int, position: int) -> bool:
        """Whether a position is in the zone that a leaf asks for."""
        return not leaf.zone or (self.zone(document, position) == 0) == (leaf.zone == "title")

    def _firsts(self, edges: list[Edge], document: int) -> set[int]:
        return {
            position
            for edge in edges
            if not edge.start
            for option in edge.options
            for term, _ in self._terms(option[0])
            for position in self._positions(term).get(document, ())
        }

    def _walk(
        self, edges: list[Edge], last: int, place: int, position: int, document: int
    ) -> Iterator[tuple[int, int]]:
        if place == last:
            yield position, 0
            return
        for edge in edges:
            if edge.start != place:
                continue
            tier = self._standing(edge, position, document)
            if tier is not None:
                for after, rest in self._walk(edges, last, edge.end, position + 1, document):
                    yield after, max(tier, rest)

    def _standing(self, edge: Edge, position: int, document: int) -> int | None:
        best = None
        for option in edge.options:
            tiers = []
            for atom in option:
                here = [
                    tier
                    for term, tier in self._terms(atom)
                    if position in self._positions(term).get(document, ())
                ]
                tiers.append(min(here, default=3))
            tier = max(*tiers, edge.floor)
            if tier < 3 and (best is None or tier < best):
                best = tier
        return best

    def tier(self, node: Node, document: int, scattered: bool = False) -> int | None:
        """The tier in which a document matches a part of a query.

        The scattered words of a thing that has a name are in the last one, but for `scattered`.
        """
        match node:
            case TermOrPhrase():
                direct, rows = self.matches(node, document)
                return min((*direct.values(), *rows.values()), default=None)
            case And():
                tiers = [self.tier(child, document, scattered) for child in node.nodes]
                return None if None in tiers else max(tier or 0 for tier in tiers)
            case Or(label=str(label)) if label and not scattered:
                first = self.tier(node.nodes[0], document)
                others = [self.tier(child, document) for child in node.nodes[1:]]
                return 2 if first is None and set(others) != {None} else first
            case Or():
                tiers = [self.tier(child, document, scattered) for child in node.nodes]
                return min((tier for tier in tiers if tier is not None), default=None)
            case Not():
                return 0 if self.tier(node.node, document) in (None, 2) else None
            case Within():
                return self._is_near(node, document)
            case Dated():
                day = self._day(document)
                since, until = _number(node.since, 1), _number(node.until, 99_999_999)
                return 0 if since <= day <= until else None
            case OfSite():
                return 0 if fold(str(self._columns["site"][document])) == node.site else None
            case OfMonth(month, first, last):
                _, of_month, day = _parts(self._day(document))
                return 0 if of_month == month and first <= day <= last else None
            case OfCategory():
                own = each(str(self._columns["category"][document]))
                return 0 if fold(node.category) in map(fold, own) else None
            case WithAttachment():
                flags = self._columns["flags"][document]
                return 0 if isinstance(flags, int) and flags & HAS_ATTACHMENT else None

    # What it is worth

    def answers(
        self, node: Node, since: date | None = None, until: date | None = None
    ) -> list[Row]:
        """All answers in order; the dates are filters."""
        allowed = self.live
        if since or until:
            begin, end = _number(since, 1), _number(until, 99_999_999)
            allowed = {d for d in self.live if begin <= self._day(d) <= end}
            undated = {d for d in self.live if not self._day(d)}
        else:
            undated = set()
        candidates = self._possible(node) & (allowed | undated)
        tiers = {document: self.tier(node, document, True) for document in candidates & allowed}
        found = {document: tier for document, tier in tiers.items() if tier is not None}
        scoring = _Scoring(self, node, candidates)
        scores = {document: scoring.score(document) for document in found}
        ranks = {document: scoring.rank_with_rows(document) for document in found}
        order = sorted(found, key=lambda d: (-ranks[d], -scores[d], -self._day(d), self._id(d)))
        return [Row(self._id(d), found[d], scores[d]) for d in order]

    @cache  # noqa: B019
    def side_by_side(self, left: Ends, right: Ends, zone: str) -> Pairs:
        """The ways to write two words that stand side by side in a zone, each in its best tier."""
        found: Pairs = {}
        for one, floor in left:
            for other, other_floor in right:
                bare = tuple(map(_is_open, (one, other)))
                for first, tier in self._terms(one):
                    for second, other_tier in self._terms(other):
                        tiers = (0 if bare[0] and tier < 2 else tier, floor)
                        others = (0 if bare[1] and other_tier < 2 else other_tier, other_floor)
                        worst = max(*tiers, *others)
                        if (first, second) not in found or worst < found[first, second].tier:
                            literal = tier == other_tier == 0
                            where = self._where_both(first, second, zone)
                            if where:
                                found[first, second] = Pair(worst, bare, literal, where)
        return found

    def _where_both(self, first: str, second: str, zone: str) -> dict[int, list[int]]:
        """In which live documents, and where in a zone, one term stands before another."""
        after = self._positions(second)
        both = {
            document: [
                at
                for at in places
                if at + 1 in after[document]
                and (not zone or (self.zone(document, at) == 0) == (zone == "title"))
            ]
            for document, places in self._positions(first).items()
            if document in after and document in self.live
        }
        return {document: places for document, places in both.items() if places}

    def documents_with(self, term: str) -> int:
        """How many live documents have a term."""
        return len(self.live & self._positions(term).keys())

    def _id(self, document: int) -> str:
        return str(self._columns["id"][document])

    def _day(self, document: int) -> int:
        day = self._columns["day"][document]
        return day if isinstance(day, int) else 0

    def zone(self, document: int, position: int) -> int:
        """0 in the title, 1 in the lead, 2 in the body."""
        ends = self._columns["zones"][document]
        return sum(position >= end for end in ends) if isinstance(ends, tuple) else 0

    def length(self, document: int) -> float:
        """About how many words a document has."""
        byte = self._columns["length"][document]
        return LENGTHS[byte] if isinstance(byte, int) else 0.0

    def share(self, leaf: TermOrPhrase, candidates: set[int]) -> tuple[Set[int], float]:
        """The documents in which a leaf is counted, and what one of them stands for."""
        if _is_single(leaf):
            return self.live, 1.0
        possible = self._possible_leaf(leaf)
        looked_at = possible & candidates
        return looked_at, len(possible) / max(len(looked_at), 1)


class _Scoring:
    def __init__(self, search: SlowSearch, node: Node, candidates: set[int]) -> None:
        self._search = search
        self._total = len(search.live)
        words = sum(search.length(document) for document in search.live)
        self._average = max(round(words / max(self._total, 1)), 1)
        self._node = node
        self._candidates = candidates
        self._open = set(_open_leaves(node, alone=True))
        self._pairs: dict[tuple[Node, Node], Pairs] = {
            (left, right): search.side_by_side(before, after, zone)
            for left, right in _couples(node)
            if (before := last_of(left))
            and (after := first_of(right))
            and (zone := zone_of(left, right)) is not None
        }
        self._worths = {}
        for leaf in leaves(node):
            looked_at, share = search.share(leaf, candidates)
            tiers = [search.tier(leaf, document) for document in looked_at]
            upto = [sum(t is not None and t <= tier for t in tiers) * share for tier in TIERS]
            if leaf in self._open:
                upto[0] = upto[1]
            self._worths[leaf] = [
                weight * self._rarity(count)
                for weight, count in zip((1.0, 0.6, 0.2), upto, strict=True)
            ]

    def _rarity(self, documents: float) -> float:
        return math.log(1 + (self._total - documents + 0.5) / (documents + 0.5))

    def _weight(self, positions: list[int], document: int) -> float:
        """BM25 over title, lead and body."""
        zones = [self._search.zone(document, at) for at in positions]
        title, lead, body = min(zones.count(0), 3), min(zones.count(1), 3), min(zones.count(2), 15)
        norm = 1.2 * (1 - 0.75 + 0.75 * self._search.length(document) / self._average)
        fixed = 5.0 * _saturated(title, 1.2) + 2.2 * _saturated(lead, 1.2)
        return fixed + 1.0 * _saturated(body, norm)

    def score(self, document: int) -> float:
        """What a document's words are worth, and what of them stands side by side again."""
        total = self._words(self._node, document)
        for (left, right), pairs in self._pairs.items():
            here = {pair.tier for pair in pairs.values() if document in pair.where}
            if here:
                tier = min(here)
                upto = set().union(*(pair.where for pair in pairs.values() if pair.tier <= tier))
                least = sum(
                    max(max(self._worths[leaf]) for leaf in leaves(node)) for node in (left, right)
                )
                places = [
                    at
                    for pair in pairs.values()
                    if pair.tier == tier
                    for at in pair.where.get(document, ())
                ]
                worth = max(self._rarity(len(upto)), least / 2)
                total += 2.5 * (1.0, 0.6, 0.2)[tier] * worth * self._weight(places, document)
        return total

    def _words(self, node: Node, document: int) -> float:
        match node:
            case TermOrPhrase():
                tier = self._tier(node, document)
                if tier is None:
                    return 0.0
                direct, rows = self._search.matches(node, document)
                alike = (0, 1) if tier == 0 and node in self._open else (tier,)
                positions = [at for (at, _), known in direct.items() if known in alike]
                best = min(rows.values(), default=None)
                positions += [at for (at, _), known in rows.items() if known == best in alike]
                return self._worths[node][tier] * self._weight(positions, document)
            case And():
                return sum((self._words(child, document) for child in node.nodes), 0.0)
            case Or():
                ways = [
                    self._words(child, document)
                    for child in node.nodes
                    if self._search.tier(child, document) is not None
                ]
                return (ways[0] if node.label else max(ways)) if ways else 0.0
        return 0.0

    def _tier(self, leaf: TermOrPhrase, document: int) -> int | None:
        """The tier of a word, a bare one among others in any marks."""
        tier = self._search.tier(leaf, document)
        return 0 if tier == 1 and leaf in self._open else tier

    def rank(self, node: Node, document: int) -> int:
        """Words in the marks that were typed, and in rows."""
        match node:
            case TermOrPhrase():
                row = min(self._search.matches(node, document)[1].values(), default=2)
                otherwise = 4 if row < 2 and is_cardinal(node.text) else 0
                return _fitting(self._tier(node, document), WHOLE) + otherwise
            case And():
                words = sum(self.rank(child, document) for child in node.nodes)
                return words + self._rows(node, document)
            case Or(nodes=(TermOrPhrase() as whole, *others)) if node.label:
                words = sum(1 for other in others for _ in leaves(other))
                tier = self._tier(whole, document)
                found = _fitting(tier, 2 * max(words, 1) * WHOLE)
                if tier in (0, 1):
                    return found
                return found + sum(self.rank(other, document) for other in others)
            case Or():
                found = _fitting(self._search.tier(node, document), WHOLE)
                ways = [child for child in node.nodes if isinstance(child, And)]
                return found + sum(self._rows(way, document) for way in ways)
        return 0

    def _rows(self, node: And, document: int) -> int:
        gains = [self._gains(*couple) for couple in pairwise(node.nodes)]
        bonds = [max(gained.values(), default=0) for gained in gains]
        total = 0
        for place, gained in enumerate(gains):
            here = [
                gain
                for spelled, gain in gained.items()
                if document in self._pairs[node.nodes[place], node.nodes[place + 1]][spelled].where
            ]
            beside = [bonds[at] for at in (place - 1, place + 1) if 0 <= at < len(bonds)]
            crossing = len(beside) == 2 and all(beside) and bonds[place] <= max(beside)
            total += max(here, default=0) // (4 if crossing else 1)
        return total

    def rank_with_rows(self, document: int) -> int:
        """The rank; more for three words in a row in what is among the first without that."""
        rank = self.rank(self._node, document)
        return rank + sum(32 for row in self._threes if document in row)

    @cached_property
    def _threes(self) -> list[Set[int]]:
        """For each three words the documents that have them in a row, if these are not too many."""
        node, found = self._node, []
        if not isinstance(node, And):
            return []
        matching = [d for d in self._candidates if self._search.tier(node, d, True) is not None]
        ranks = {document: self.rank(node, document) for document in matching}
        least = min(sorted(ranks.values(), reverse=True)[:100], default=0)
        first = {document for document, rank in ranks.items() if rank >= least}
        for place in range(len(node.nodes) - 2):
            words = row_of(node.nodes[place : place + 3])
            couples = [*pairwise(node.nodes[place : place + 3])]
            if words is None or not all(couple in self._pairs for couple in couples):
                continue
            having = set(first)
            for couple in couples:
                pairs = self._pairs[couple].values()
                having &= set().union(*(pair.where for pair in pairs if pair.tier < 2))
            if len(having) > 100:
                often = {one: min(self._often(pair, one) for pair in couples) for one in having}
                order = {d: (-often[d], -self._day(d), self._id(d)) for d in having}
                having = set(sorted(having, key=order.__getitem__)[:100])
            if len(having) > 1:
                found.append({one for one in having if self._search.tier(words, one) in (0, 1)})
        return found

    def _often(self, couple: tuple[Node, Node], document: int) -> int:
        """How often two words stand side by side, by zones, the title before all."""
        counts = 0
        for tier in (0, 1):
            pairs = [pair for pair in self._pairs[couple].values() if pair.tier == tier]
            places = [at for pair in pairs for at in pair.where.get(document, ())]
            zones = [self._search.zone(document, at) for at in places]
            counts += pack_counts(*map(zones.count, range(3)))
        return counts

    def _gains(self, left: Node, right: Node) -> dict[tuple[str, str], int]:
        """What each way to write two words side by side adds to the rank."""
        pairs = self._pairs.get((left, right), {})
        fitting = {key: pair for key, pair in pairs.items() if pair.tier < 2} or pairs
        if not fitting:
            return {}
        counts = {key: len(pair.where) for key, pair in fitting.items()}
        most = max(counts.values())
        likely = {
            key: count**2 / math.prod(map(self._search.documents_with, key)) ** 0.5
            for key, count in counts.items()
            if count * 1.2 >= most
        }
        usual = min(likely, key=lambda key: (-likely[key], key))
        bond = counts[usual] / (min(map(self._search.documents_with, usual)) + 5)
        gains = {}
        for key, pair in pairs.items():
            worth = (1.0, 0.75, 0.25)[pair.tier] * bond
            marked = not all(pair.bare)
            if any(pair.bare) and pair.tier < 2 and not (marked and pair.literal):
                share = likely[key] / likely[usual] if key in likely else counts[key] / most / 4
                worth *= (1 + share) / (3 if marked else 2)
            gains[key] = max(8, round(WHOLE * worth)) + pair.literal
        return gains


def _fitting(tier: int | None, worth: int) -> int:
    return {0: worth + 1, 1: worth}.get(3 if tier is None else tier, 0)


def _is_open(atom: Atom) -> bool:
    """Whether it is a word that may have any marks."""
    return is_bare(atom.form) and not atom.exact and not atom.folded[0].isdecimal()


def _open_leaves(node: Node, alone: bool) -> Iterator[TermOrPhrase]:
    """The words beside others of which at least one has no marks."""
    match node:
        case TermOrPhrase():
            typed = {token.folded for token in tokens(node.text) if token.folded[0] != "="}
            atoms = [atom for edge in node.edges for option in edge.options for atom in option]
            bare = [atom for atom in atoms if _is_open(atom) and atom.folded in typed]
            marked = node.quoted and not all(
                is_bare(token.form) for token in tokens(node.text) if token.folded[0] != "="
            )
            if (" " in node.text or not alone) and bare and not marked:
                yield node
        case And():
            words = [one for one in node.nodes if isinstance(one, TermOrPhrase | And | Or)]
            for child in node.nodes:
                yield from _open_leaves(child, alone and len(words) == 1)
        case Or():
            for child in node.nodes:
                yield from _open_leaves(child, alone)


def _couples(node: Node) -> Iterator[tuple[Node, Node]]:
    """What follows on one another in a query."""
    if isinstance(node, And):
        yield from pairwise(node.nodes)
    if isinstance(node, And | Or):
        for child in node.nodes:
            yield from _couples(child)


def _saturated(count: int, k: float) -> float:
    return count * 2.2 / (count + k) if count else 0.0


def _number(day: date | None, otherwise: int) -> int:
    return int(day.strftime("%Y%m%d")) if day else otherwise


def _regular(atom: Atom) -> bool:
    return len(atom.form) == len(atom.folded) + 1


def _is_direct(edge: Edge, leaf: TermOrPhrase) -> bool:
    whole = edge.start == 0 and edge.end == leaf.length
    return whole and all(len(option) == 1 for option in edge.options)


def _is_single(leaf: TermOrPhrase) -> bool:
    return all(_is_direct(edge, leaf) for edge in leaf.edges)


def _words_of(node: Node) -> Iterator[TermOrPhrase]:
    match node:
        case TermOrPhrase():
            yield node
        case Not():
            yield from _words_of(node.node)
        case And() | Or():
            for child in node.nodes:
                yield from _words_of(child)


def _ways(edges: tuple[Edge, ...], place: int, last: int) -> Iterator[list[Edge]]:
    if place == last:
        yield []
    for edge in edges:
        if edge.start == place:
            yield from ([edge, *rest] for rest in _ways(edges, edge.end, last))


def _parts(day: int) -> tuple[int, int, int]:
    return day // 10_000, day // 100 % 100, day % 100
