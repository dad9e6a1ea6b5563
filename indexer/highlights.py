"""Where a query's words stand in a text, and the passage of a document that shows most of them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from indexer.analysis import Token, tokens
from indexer.documents import Document, Span
from indexer.query import Atom, Words
from indexer.text import normalise_with_offsets
from indexer.vietnamese import twin

SNIPPET_LENGTH = 240
_SENTENCE_END = re.compile(r"[.!?…;:]+[\"”’»)\]]*\s+")


def spans_in(text: str, leaves: Iterable[Words]) -> tuple[Span, ...]:
    """The matches in one paragraph of normalised text, in order, none overlapping."""
    found = list(tokens(text))
    spans: list[Span] = []
    for leaf in leaves:
        spans.extend(_matches(found, leaf))
    return _merged(spans)


def spans_in_any(text: str, leaves: Iterable[Words]) -> tuple[Span, ...]:
    """The matches in any text, as offsets into it as it is."""
    leaves = tuple(leaves)
    clean, offsets = normalise_with_offsets(text)
    spans: list[Span] = []
    start = 0
    for line in clean.splitlines(keepends=True):
        spans += [(start + first, start + last) for first, last in spans_in(line, leaves)]
        start += len(line)
    return tuple((offsets[first], offsets[last]) for first, last in spans)


def snippet(document: Document, leaves: Iterable[Words]) -> tuple[str, tuple[Span, ...]]:
    """The densest passage of lead and body, from a sentence's start, with its matches."""
    leaves = tuple(leaves)
    best: tuple[str, tuple[Span, ...]] = ("", ())
    best_count = -1
    for paragraph in (document.lead or "", *document.body):
        if not paragraph:
            continue
        spans = spans_in(paragraph, leaves)
        for start, end in _passages(paragraph):
            inside = tuple((a - start, b - start) for a, b in spans if a >= start and b <= end)
            distinct = {paragraph[start + a : start + b].lower() for a, b in inside}
            count = 4 * len(distinct) + len(inside)
            if count > best_count:
                best, best_count = (paragraph[start:end], inside), count
    return best


def _passages(paragraph: str) -> list[Span]:
    """Stretches of whole sentences, as long as a snippet may be."""
    ends = [match.end() for match in _SENTENCE_END.finditer(paragraph)]
    starts = [0, *(end for end in ends if end < len(paragraph))]
    passages = []
    for start in starts:
        limit = start + SNIPPET_LENGTH
        fitting = [end for end in [*ends, len(paragraph)] if start < end <= limit]
        end = fitting[-1] if fitting else _word_end(paragraph, limit)
        passages.append((start, start + len(paragraph[start:end].rstrip())))
    return passages


def _word_end(text: str, limit: int) -> int:
    space = text.rfind(" ", 0, limit)
    return space if space > 0 else min(limit, len(text))


def _matches(found: list[Token], leaf: Words) -> list[Span]:
    at: dict[int, list[Token]] = {}
    for token in found:
        at.setdefault(token.position, []).append(token)
    spans: list[Span] = []
    for position in at:
        end = _longest(at, leaf, 0, position)
        if end is not None:
            spans.append((at[position][0].start, end))
    return spans


def _longest(at: dict[int, list[Token]], leaf: Words, place: int, position: int) -> int | None:
    """The end of the longest match of the sequence from a place on, at a position; or None."""
    best: int | None = None
    for edge in leaf.edges:
        if edge.start != place or position not in at:
            continue
        end = _option_end(at[position], edge.options)
        if end is not None and edge.end < leaf.length:
            end = _longest(at, leaf, edge.end, position + 1)
        if end is not None and (best is None or end > best):
            best = end
    return best


def _option_end(here: list[Token], options: Iterable[tuple[Atom, ...]]) -> int | None:
    for option in options:
        ends = [
            next((token.end for token in here if _agrees(token.folded, atom)), None)
            for atom in option
        ]
        if None not in ends:
            return max(end for end in ends if end is not None)
    return None


def _agrees(folded: str, atom: Atom) -> bool:
    if atom.prefix:
        return folded.startswith(atom.folded)
    return folded == atom.folded or twin(atom.folded) == folded


def _merged(spans: list[Span]) -> tuple[Span, ...]:
    result: list[Span] = []
    for start, end in sorted(spans):
        if result and start < result[-1][1]:
            result[-1] = (result[-1][0], max(end, result[-1][1]))
        else:
            result.append((start, end))
    return tuple(result)
