"""What of a query stands side by side: two words, in which documents and in which spellings.

All spellings of two folded words are one family of the index (`storage.pairs`). Each of them is in
the worse tier of its two words, each judged by its own marks. A bare word says nothing of its
marks: any spelling of it is as good as typed, and likelier the more documents have it so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import product

from indexer.engines.local.search.index_snapshot import IndexSnapshot
from indexer.engines.local.search.matching import LeafMatch
from indexer.engines.local.search.spellings import TIERS, documents_of_lists, written
from indexer.engines.local.storage.postings import Postings
from indexer.language.analysis import WORD, read
from indexer.language.vietnamese import is_bare
from indexer.named_tuple import NamedTuple
from indexer.query.tree import (
    COMPATIBLE,
    EXACT,
    And,
    Atom,
    Edge,
    Node,
    Or,
    TermOrPhrase,
    Zone,
    leaves,
    tier_of,
    tier_of_beginning,
)

WHOLE = 1024
"""What a pair that always stands together adds to the rank of a document."""

_REMEMBERED = 64
_LEAST = 8
_IN_TIERS = (1.0, 0.75, 0.25)
_MOST_FAMILIES = 500
"""So many pairs of words may be what was asked for; words with more beginnings have no pairs."""

_CONTENDERS = 1.2
"""A spelling may be what was meant if the commonest has at most so many times its documents."""

_RARE = 5
"""A pair is not known for a word of its own by so few documents."""

Ends = tuple[tuple[Atom, int], ...]
"""The words with which a part of a query begins or ends, and the best tier that each allows."""


class Spelling(NamedTuple):
    """One way to write two words, as an index has it.

    `bare` says that a word was typed without marks, `marked` that one was typed with some,
    `literal` that this is what was typed.
    """

    pair: tuple[str, str]
    tier: int
    bare: bool
    marked: bool
    literal: bool
    documents: int
    postings: Postings


class Neighbours:
    """Two parts of a query that follow on one another; `match` is where they do so, by tier."""

    def __init__(self, snapshot: IndexSnapshot, left: Ends, right: Ends, zone: Zone = "") -> None:
        self._snapshot = snapshot
        self._found = list(spellings_beside(snapshot, left, right, zone))
        self._ends = left, right, zone
        lists = [[(2, one.postings) for one in self._found if one.tier == tier] for tier in TIERS]
        self.match = LeafMatch(lists, snapshot.size)

    @cached_property
    def gains(self) -> list[tuple[int, int]]:
        """Sets of documents, with what the rank of each of them gains by its best spelling."""
        gains: dict[int, list[Postings]] = {}
        for spelling, gain in gains_of(self._snapshot, self._found):
            gains.setdefault(gain, []).append(spelling.postings)
        found: list[tuple[int, int]] = []
        known = 0
        for gain in sorted(gains, reverse=True):
            documents = documents_of_lists(gains[gain], self._snapshot.size)
            found.append((documents & ~known, gain))
            known |= documents
        return found

    @property
    def bond(self) -> int:
        """The most that the rank of any document gains."""
        return self.gains[0][1] if self.gains else 0

    def documents(self, snapshot: IndexSnapshot, among: int) -> tuple[float, float, float]:
        """In how many of some documents they stand side by side, up to each tier."""
        first, second, third = ((bits & among).bit_count() for bits in self.match.upto)
        return snapshot.counted.get(self._ends, (first, second, third))


def neighbours_of(snapshot: IndexSnapshot, left: Node, right: Node) -> Neighbours | None:
    """Two parts that follow on one another, from what was asked before if it was.

    None if one of them is nothing that stands beside words, or the other must stand elsewhere.
    """
    before, after, zone = last_of(left), first_of(right), zone_of(left, right)
    if not before or not after or zone is None:
        return None
    ends = before, after, zone
    known = snapshot.neighbours.pop(ends, None) or Neighbours(snapshot, *ends)
    snapshot.neighbours[ends] = known
    if len(snapshot.neighbours) > _REMEMBERED:
        del snapshot.neighbours[next(iter(snapshot.neighbours))]
    return known


def zone_of(left: Node, right: Node) -> Zone | None:
    """Where two parts can stand side by side; None if nowhere."""
    zones = {leaf.zone for node in (left, right) for leaf in leaves(node) if leaf.zone}
    return None if len(zones) > 1 else next(iter(zones), "")


def first_of(node: Node) -> Ends:
    """What a part of a query begins with."""
    return tuple(dict.fromkeys(_ends(node, last=False)))


def last_of(node: Node) -> Ends:
    """What a part of a query ends with."""
    return tuple(dict.fromkeys(_ends(node, last=True)))


def row_of(nodes: Sequence[Node]) -> TermOrPhrase | None:
    """Single words of a query as one row, each as one word; None if one of them is no such."""
    words = [node for node in nodes if isinstance(node, TermOrPhrase) and " " not in node.text]
    zone = zone_of(words[0], words[-1]) if len(words) == len(nodes) else None
    edges = [
        Edge(place, place + 1, edge.options, edge.floor)
        for place, word in enumerate(words)
        for edge in word.edges
        if (edge.start, edge.end) == (0, word.length)
    ]
    if zone is None or len({edge.start for edge in edges}) < len(words):
        return None
    return TermOrPhrase(" ".join(word.text for word in words), len(words), tuple(edges), zone)


def _ends(node: Node, *, last: bool) -> Iterator[tuple[Atom, int]]:
    """The words typed there, and what stands in the place of a whole part."""
    if isinstance(node, Or):
        for child in node.nodes:
            yield from _ends(child, last=last)
    elif isinstance(node, And):
        yield from _ends(node.nodes[-1 if last else 0], last=last)
    elif isinstance(node, TermOrPhrase):
        # A sign (%) is a word behind a number alone.
        written = WORD.findall(node.text) or [node.text]
        typed, *_ = read(written[-1 if last else 0])
        for edge in node.edges:
            if edge.end == node.length if last else edge.start == 0:
                direct = edge.end - edge.start == node.length
                for option in edge.options:
                    atom = option[0]
                    plain = len(option) == 1 and "*" not in atom.folded
                    if plain and (direct or atom.folded == typed):
                        yield atom, edge.floor


def spellings_beside(
    snapshot: IndexSnapshot, left: Ends, right: Ends, zone: Zone
) -> Iterator[Spelling]:
    """The ways to write what is asked for, each once, in its best tier."""
    best: dict[tuple[str, str], Spelling] = {}
    for (one, floor), (other, other_floor) in product(left, right):
        firsts, seconds = words_of(snapshot, one), words_of(snapshot, other)
        if len(firsts) * len(seconds) > _MOST_FAMILIES:
            continue
        for (first, typed), (second, other_typed) in product(firsts, seconds):
            for forms, postings in snapshot.family(first, second, zone=zone).items():
                documents = snapshot.living(postings)
                if not documents:
                    continue
                form, _, other_form = forms.partition(" ")
                tier, other_tier = _tier(one, form, typed), _tier(other, other_form, other_typed)
                literal = tier == other_tier == EXACT
                if (one.exact and tier) or (other.exact and other_tier):
                    continue
                bare = is_open(one), is_open(other)
                tiers = [
                    EXACT if opened and each <= COMPATIBLE else each
                    for opened, each in zip(bare, (tier, other_tier), strict=True)
                ]
                worst = max(floor, other_floor, *tiers)
                pair = f"{first} {form}", f"{second} {other_form}"
                known = best.get(pair)
                if known is None or worst < known.tier:
                    best[pair] = Spelling(
                        pair, worst, any(bare), not all(bare), literal, documents, postings
                    )
    yield from best.values()


def words_of(snapshot: IndexSnapshot, atom: Atom) -> list[tuple[str, str]]:
    """The folded letters of the words that it may be, and the form that was typed, so written."""
    if not atom.prefix:
        return list(written(atom))
    return [(folded, atom.form) for folded in snapshot.begun(atom.folded)]


def _tier(atom: Atom, form: str, typed: str) -> int:
    """The tier of a spelling of a word, or of one that begins so."""
    return tier_of_beginning(form, atom) if atom.prefix else tier_of(form, typed)


def is_open(atom: Atom) -> bool:
    """Whether a word was typed without marks, and so says nothing of them among others."""
    return is_bare(atom.form) and not atom.exact and not atom.folded[:1].isdecimal()


def gains_of(snapshot: IndexSnapshot, found: list[Spelling]) -> Iterator[tuple[Spelling, int]]:
    """What each spelling adds to the rank of a document that has it.

    That is more the rarer the words stand apart: *cây xanh* is a word, *xanh nước* is none. And of
    what bare words may be, more for what is likelier a word.
    """
    fitting = [one for one in found if one.tier <= COMPATIBLE] or found
    if not fitting:
        return
    most = max(one.documents for one in fitting)
    likely = {
        one: _together(snapshot, one) for one in fitting if one.documents * _CONTENDERS >= most
    }
    usual = min(likely, key=lambda one: (-likely[one], one.pair))
    words = min(snapshot.living(snapshot.postings(term)) for term in usual.pair)
    bond = usual.documents / (words + _RARE)
    for one in found:
        worth = _IN_TIERS[one.tier] * bond
        if one.bare and one.tier <= COMPATIBLE and not (one.marked and one.literal):
            share = likely[one] / likely[usual] if one in likely else one.documents / most / 4
            worth *= (1 + share) / (2 + one.marked)
        yield one, max(_LEAST, round(WHOLE * worth)) + one.literal


def _together(snapshot: IndexSnapshot, spelling: Spelling) -> float:
    """How likely a spelling is a word: by how many documents have it, and what share of its words.

    *thuỷ tinh* is one, *Thuỷ, tỉnh* none, though more documents may have it.
    """
    one, other = (snapshot.living(snapshot.postings(term)) for term in spelling.pair)
    return float(spelling.documents**2 / (one * other) ** 0.5)
