"""What a query means, as a tree of plain values. The parser builds it, the executor walks it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Literal

from indexer.language.vietnamese import OF_DECIMAL, OF_MEANT, carries, fold, is_bare, twin
from indexer.named_tuple import NamedTuple

EXACT, COMPATIBLE, FOLDED = 0, 1, 2
"""The tiers: as typed; with every mark that was typed; the same letters."""

_SHORTEST_JOINED = 3

LONG = 8
"""How many parts a query has that is more likely a sentence than a list of words."""


Zone = Literal["", "title", "body"]
"""Where a word must stand: anywhere, in the title, or in what is no title."""


class Atom(NamedTuple):
    """A word as it was typed: any spelling with these letters matches, in the tier it deserves.

    A `prefix` matches every word that begins so; `exact` this spelling and no other. A star in the
    letters stands for any letters.
    """

    folded: str
    form: str
    prefix: bool = False
    exact: bool = False


def is_word(atom: Atom) -> bool:
    """Whether it is a word of letters."""
    return atom.folded.isascii() and atom.folded.isalpha()


def may_be_joined(atom: Atom) -> bool:
    """Whether a text may have a word with a hyphen or an apostrophe in it: it is no syllable."""
    if not is_word(atom) or len(atom.folded) < _SHORTEST_JOINED:
        return False
    from indexer.language.syllables import is_bare_syllable

    return not is_bare_syllable(atom.folded)


def is_spelled(atom: Atom) -> bool:
    """Whether it is written in letters: a word, or letters that stand for words."""
    return is_word(atom) or (atom.folded[:1] == "=" and atom.folded[-1:] == ".")


def letters_of(folded: str) -> str:
    """The folded letters that a word is written with, also one that stands for others (`=tư.`)."""
    return fold(folded.strip("=.")) if folded[:1] == "=" else folded


def is_in_capitals(folded: str) -> bool:
    """Whether it is a syllable that is an abbreviation only in capitals: `=ca.`, `=tư.`."""
    return len(folded) > 3 and folded[0] == "=" and folded[-1] == "."


def folds_of(atom: Atom) -> list[str]:
    """The folded letters that it may be written with."""
    other = None if atom.prefix or atom.exact else twin(atom.folded)
    return [atom.folded] if other is None else [atom.folded, other]


class Edge(NamedTuple):
    """A step of a sequence from one place to a later one, over one position of the text.

    Any of the `options` may stand there; all atoms of an option must. `floor` is the best tier
    that the edge allows: an abbreviation is no better than the words for which it stands.
    """

    start: int
    end: int
    options: tuple[tuple[Atom, ...], ...]
    floor: int = EXACT


def tier_of(form: str, typed: str) -> int:
    """The tier in which a spelling matches what was typed; both fold alike.

    What only means the same number (thứ hai lăm, thứ XXV) is never as it was typed.
    """
    if form == typed:
        return COMPATIBLE if typed.endswith(OF_MEANT) and typed[0].isdecimal() else EXACT
    return COMPATIBLE if carries(form, typed) else FOLDED


def tier_of_beginning(form: str, typed: Atom) -> int:
    """The tier in which a word begins as one that was typed with a star at its end."""
    letters, tone = typed.form[:-1], typed.form[-1]
    if tone not in ("0", form[-1]) or form.endswith(OF_DECIMAL):
        return FOLDED
    return tier_of(form[: len(letters)] + "0", letters + "0")


def tier_of_pattern(folded: str, form: str, typed: Atom) -> int | None:
    """The tier in which a word fits one that was typed with stars; None if it does not."""
    if folded.startswith("=") or not fits(folded, typed.folded):
        return None
    if typed.form[-1] not in ("0", form[-1]):
        return FOLDED
    if fits(form[:-1], typed.form[:-1]):
        return EXACT
    return COMPATIBLE if is_bare(typed.form.replace("*", "")) else FOLDED


def fits(letters: str, pattern: str) -> bool:
    """Whether letters are those of a pattern, with any others where it has a star."""
    first, *others = pattern.split("*")
    if not letters.startswith(first):
        return False
    place = len(first)
    for part in others[:-1]:
        place = letters.find(part, place) + len(part)
        if place < len(part):
            return False
    return len(letters) - place >= len(others[-1]) and letters.endswith(others[-1])


class TermOrPhrase:
    """One word, or several in a row. Places run from 0 to `length`; edges may take longer steps.

    So one sequence holds all ways to write a thing: HĐND is one step over the places of four words.
    """

    __slots__ = ("_hash", "edges", "length", "quoted", "text", "zone")

    def __init__(
        self,
        text: str,
        length: int,
        edges: tuple[Edge, ...],
        zone: Zone = "",
        quoted: bool = False,
    ) -> None:
        self.text = text
        self.length = length
        self.edges = edges
        self.zone = zone
        self.quoted = quoted
        # Leaves are keys of every table of a search: their hash is made once.
        self._hash = hash(self._own())

    def _own(self) -> tuple[object, ...]:
        return self.text, self.length, self.edges, self.zone, self.quoted

    def __eq__(self, other: object) -> bool:
        return isinstance(other, TermOrPhrase) and self._own() == other._own()

    def __hash__(self) -> int:
        return self._hash

    @property
    def single(self) -> bool:
        """Whether every way through is one position of the text."""
        return all(edge.start == 0 and edge.end == self.length for edge in self.edges)

    @property
    def exact(self) -> bool:
        """Whether it asks for its spelling and no other."""
        return any(atom.exact for edge in self.edges for option in edge.options for atom in option)


class And(NamedTuple):
    """All of these."""

    nodes: tuple[Node, ...]


class Or(NamedTuple):
    """Any of these. With a `label`, they are ways to read what was typed so, the best one first.

    The others then match in the last tier: the words of a thing, scattered, are rarely the thing.
    """

    nodes: tuple[Node, ...]
    label: str = ""


class Not(NamedTuple):
    """Documents without this."""

    node: Node


class Within(NamedTuple):
    """Documents where words stand with no more than so many others between them.

    In any order, unless `ordered`. It stands in an `And` after the words themselves.
    """

    words: tuple[TermOrPhrase, ...]
    most: int
    ordered: bool = False


class Dated(NamedTuple):
    """Documents of these days, both included; None is an open end."""

    since: date | None
    until: date | None


class OfMonth(NamedTuple):
    """Documents of a month in any year, or of some of its days, both included."""

    month: int
    first: int = 1
    last: int = 31


class OfSite(NamedTuple):
    """Documents of a site, by its id (folded alike)."""

    site: str


class OfCategory(NamedTuple):
    """Documents of a category, by its name (folded alike)."""

    category: str


class OfIds(NamedTuple):
    """Documents by their ids: those that have a thing somewhere else, in a file say."""

    ids: frozenset[str]


class WithAttachment:
    """Documents that have an attachment."""


Node = (
    TermOrPhrase
    | And
    | Or
    | Not
    | Within
    | Dated
    | OfMonth
    | OfSite
    | OfCategory
    | OfIds
    | WithAttachment
)


def leaves(node: Node) -> Iterator[TermOrPhrase]:
    """The words that an answer must or may have, in the order they were typed."""
    if isinstance(node, TermOrPhrase):
        yield node
    elif isinstance(node, And | Or):
        for child in node.nodes:
            yield from leaves(child)


def every_part(node: Node) -> Iterator[TermOrPhrase | Within]:
    """The words of a query, unwanted ones too, and which of them are to be near one another."""
    if isinstance(node, TermOrPhrase | Within):
        yield node
    elif isinstance(node, Not):
        yield from every_part(node.node)
    elif isinstance(node, And | Or):
        for child in node.nodes:
            yield from every_part(child)


def parts_of(node: Node) -> tuple[list[Node], list[Node]]:
    """The parts of a query that may be missing, and those that may not (filters, negations)."""
    nodes = node.nodes if isinstance(node, And) and not is_near(node) else (node,)
    wanted: list[Node] = [child for child in nodes if isinstance(child, TermOrPhrase | And | Or)]
    return wanted, [child for child in nodes if child not in wanted]


def negations(node: Node) -> Iterator[Not]:
    """The parts after a minus, in the order they were typed, an inner one before its outer one.

    Each as it was typed, without what it takes out besides (`unwanted_too`).
    """
    if isinstance(node, And | Or):
        for child in node.nodes:
            yield from negations(child)
    elif isinstance(node, Not):
        own = node.node
        if isinstance(own, Or) and isinstance(own.nodes[-1], OfIds):
            own = own.nodes[0]
        yield from negations(own)
        yield Not(own)


def depth_of_negations(node: Node) -> int:
    """How many a minus stands within another, at the most; 0 without any."""
    if isinstance(node, And | Or):
        return max(map(depth_of_negations, node.nodes), default=0)
    return 1 + depth_of_negations(node.node) if isinstance(node, Not) else 0


def unwanted_too(node: Node, ids: Iterator[frozenset[str]]) -> Node:
    """The same, where each part after a minus (see `negations`) takes out these documents, too."""
    if isinstance(node, And | Or):
        return node._replace(nodes=tuple([unwanted_too(child, ids) for child in node.nodes]))
    if isinstance(node, Not):
        return Not(Or((unwanted_too(node.node, ids), OfIds(next(ids, frozenset())))))
    return node


def is_near(node: Node) -> bool:
    """Whether it is a phrase of words near one another, with all ways to read it."""
    if isinstance(node, Or):
        return bool(node.label) and is_near(node.nodes[0])
    return isinstance(node, And) and any(isinstance(child, Within) for child in node.nodes)


def is_long(node: Node) -> bool:
    """Whether a query is more likely a sentence than a list of words."""
    return len(parts_of(node)[0]) >= LONG


def describe(node: Node) -> str:
    """A query in the search language, as it was understood."""
    match node:
        case Or(nodes=(TermOrPhrase() as whole, apart), label="") if _is_one(whole, apart):
            return describe(whole)
        case TermOrPhrase():
            text = "=" * node.exact + (f'"{node.text}"' if node.quoted else node.text)
            return f"title:{text}" if node.zone == "title" else text
        case And(nodes=(*_, Within() as near)):
            return describe(near)
        case And():
            return " ".join(_bracketed(child) for child in node.nodes)
        case Within():
            words = " ".join(word.text for word in node.words)
            sign = "=" * node.words[0].exact
            return f'{sign}"{words}"~{">" * node.ordered}{node.most}'
        case Or(label=str(label)) if label:
            return label
        case Or():
            return " OR ".join(_bracketed(child) for child in node.nodes)
        case Not():
            return f"-{_bracketed(node.node)}"
        case Dated():
            since, until = node.since or "", node.until or ""
            return f"date:{since}" if since == until else f"date:{since}..{until}"
        case OfMonth():
            return f"{node.first}–{node.last}/{node.month}"
        case OfSite():
            return f"site:{node.site}"
        case OfCategory():
            return f'category:"{node.category}"'
        case OfIds():
            return " OR ".join(sorted(node.ids))
        case WithAttachment():
            return "has:attachment"


def _is_one(whole: TermOrPhrase, apart: Node) -> bool:
    """Whether it is one thing, in a row and with its words apart (Wi-Fi)."""
    return whole.text == " ".join(leaf.text for leaf in leaves(apart)) and whole != apart


def _bracketed(node: Node) -> str:
    text = describe(node)
    match node:
        case Or(nodes=(TermOrPhrase() as whole, apart)) if _is_one(whole, apart):
            return text
        case And(nodes=(*_, Within())):
            return text
        case And() | Or(label=""):
            return f"({text})"
    return text
