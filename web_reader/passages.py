"""An article's text in pieces: what a reader's words and the facts of it mark."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from archive.model import Article
from hdnd.usecases.search import highlight
from hdnd.views.fact import Told
from web_reader.formats import cut_at

WORD = "word"


@dataclass(frozen=True, slots=True)
class MarkedPiece:
    """A stretch of text: whether words of a query stand in it, which facts it is evidence of.

    `begins` are the facts whose first piece this is.
    """

    text: str
    is_found: bool
    facts: tuple[str, ...]
    begins: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MarkedPassage:
    """A paragraph, list item, table row or caption, and its pictures by their file numbers."""

    kind: str
    pieces: tuple[MarkedPiece, ...]
    images: tuple[int, ...] = ()


def marked_text(text: str, query: str, told: Iterable[Told] = ()) -> tuple[MarkedPiece, ...]:
    """A text in pieces."""
    spans = [(fact.start, fact.end, fact.id) for fact in told]
    if query:
        spans += [(start, end, WORD) for start, end in highlight(text, query)]
    pieces: list[MarkedPiece] = []
    begun: set[str] = set()
    for start, end, names in cut_at(spans, len(text)):
        facts = tuple(name for name in names if name != WORD)
        begins = tuple(name for name in facts if name not in begun)
        begun.update(begins)
        pieces.append(MarkedPiece(text[start:end], WORD in names, facts, begins))
    return tuple(pieces)


def marked_body(
    article: Article, query: str, told: Sequence[Told], numbers: dict[str, int]
) -> list[MarkedPassage]:
    """The body of an article; `numbers` has the number of each file by its address."""
    found = []
    for at, block in enumerate(article.blocks):
        own = [fact for fact in told if fact.field in ("body", "caption") and fact.number == at]
        images = tuple(numbers[url] for url in block.images if url in numbers)
        if block.text or images:
            found.append(MarkedPassage(block.kind, marked_text(block.text, query, own), images))
    return found
