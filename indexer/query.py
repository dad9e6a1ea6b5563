"""What a query means, as a tree of plain values. The parser builds it, the executor walks it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

EXACT, COMPATIBLE, FOLDED = 0, 1, 2
"""The tiers: as typed; with every mark that was typed; the same letters."""


@dataclass(frozen=True, slots=True)
class Atom:
    """A word as it was typed: any spelling with these letters matches, in the tier it deserves."""

    folded: str
    form: str


@dataclass(frozen=True, slots=True)
class Edge:
    """A step of a sequence from one place to a later one, over one position of the text.

    Any of the `options` may stand there; all atoms of an option must.
    """

    start: int
    end: int
    options: tuple[tuple[Atom, ...], ...]


@dataclass(frozen=True, slots=True)
class Words:
    """One word, or several in a row. Places run from 0 to `length`; edges may take longer steps.

    So one sequence holds all ways to write a thing: HĐND is one step over the places of four words.
    """

    text: str
    length: int
    edges: tuple[Edge, ...]
    title_only: bool = False

    @property
    def single(self) -> bool:
        """Whether every way through is one position of the text."""
        return all(edge.start == 0 and edge.end == self.length for edge in self.edges)


@dataclass(frozen=True, slots=True)
class Prefix:
    """Any word that begins with these letters (and has their marks, the better for it)."""

    text: str
    atom: Atom
    title_only: bool = False


@dataclass(frozen=True, slots=True)
class All:
    """All of these."""

    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Any:
    """Any of these."""

    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Documents without this."""

    node: Node


@dataclass(frozen=True, slots=True)
class Dated:
    """Documents of these days, both included; None is an open end."""

    since: date | None
    until: date | None


@dataclass(frozen=True, slots=True)
class OfSite:
    """Documents of a site, by its id (folded alike)."""

    site: str


@dataclass(frozen=True, slots=True)
class WithAttachment:
    """Documents that have an attachment."""


Leaf = Words | Prefix
Node = Words | Prefix | All | Any | Not | Dated | OfSite | WithAttachment


def word(text: str, folded: str, form: str) -> Words:
    """A single word."""
    return Words(text, 1, (Edge(0, 1, ((Atom(folded, form),),)),))


def leaves(node: Node) -> Iterator[Leaf]:
    """The words of a query that an answer must or may have, in the order they were typed."""
    if isinstance(node, Words | Prefix):
        yield node
    elif isinstance(node, All | Any):
        for child in node.nodes:
            yield from leaves(child)
