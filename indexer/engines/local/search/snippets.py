"""What an answer shows of a document: the passage with most of a query's words, and the others."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from itertools import pairwise

from indexer.documents import Passage, Span
from indexer.engines.local.search.highlighter import Highlighter, apart
from indexer.engines.local.storage.stored_documents import StoredDocument
from indexer.language.charset import decode, encode
from indexer.language.text import normalise_with_offsets
from indexer.named_tuple import NamedTuple
from indexer.query.tree import TermOrPhrase

SNIPPET_LENGTH = 240
_CLAUSE_LENGTH = 120
"""How long a passage is that is added for a word that the first one lacks."""

_MOST_ADDED = 3
_LOOKED_AT = 50
"""Around so many places at most a passage is looked for."""

_BETWEEN = " … "
_PASSAGE_LENGTH = 2_000

_SENTENCE_END = re.compile(r"[.!?…;:]+[\"”’»)\]]*\s+")


class Shown(NamedTuple):
    """What an answer shows of a document's text."""

    title: str
    title_spans: tuple[Span, ...]
    snippet: str
    snippet_spans: tuple[Span, ...]
    line: int


def spans_in_any(text: str, leaves: Iterable[TermOrPhrase]) -> tuple[Span, ...]:
    """The matches in any text, as offsets into it as it is."""
    clean, offsets = normalise_with_offsets(text)
    spans = Highlighter(leaves).spans(clean, encode(clean))
    return tuple([(offsets[start], offsets[end]) for start, end in spans])


def show(record: StoredDocument, marker: Highlighter) -> Shown:
    """The title and the densest passage of lead and body, the first of several.

    Words that neither has are shown in passages of their own behind it.
    """
    text, ends = decode(record.text), record.ends
    placed = marker.placed(text, record.text)
    marked = _Marked(text, apart((start, end) for start, end, _ in placed))
    start, end = _densest(marked, ends)
    snippet, spans = "", []
    for first, last in [(start, end), *_added(text, ends, placed, (start, end))]:
        snippet += _BETWEEN * bool(snippet)
        moved = len(snippet) - first
        spans += [
            (a + moved, b + moved) for a, b in marked.spans[slice(*marked.within(first, last))]
        ]
        snippet += text[first:last].rstrip()
    return Shown(
        text[: ends[0]],
        tuple(marked.spans[slice(*marked.within(0, ends[0]))]),
        snippet,
        tuple(spans),
        bisect_left(ends, start),
    )


def passages(record: StoredDocument, marker: Highlighter) -> Iterator[Passage]:
    """Every paragraph of lead and body where a query's words stand; what is very long is cut."""
    text, ends = decode(record.text), record.ends
    marked = _Marked(text, marker.spans(text, record.text))
    for line, (before, end) in enumerate(pairwise(ends), start=1):
        start, end = before + 1, min(end, before + 1 + _PASSAGE_LENGTH)
        spans = marked.spans[slice(*marked.within(start, end))]
        if spans:
            yield Passage(line, text[start:end], tuple([(a - start, b - start) for a, b in spans]))


def _added(
    text: str, ends: list[int], placed: list[tuple[int, int, int]], shown: Span
) -> Iterator[Span]:
    """Passages for the words that are in neither the title nor the passage shown."""
    seen = {leaf for at, _, leaf in placed if at < ends[0] or shown[0] <= at < shown[1]}
    for _ in range(_MOST_ADDED):
        missing = [one for one in placed if one[2] not in seen]
        if not missing:
            return
        windows = [_clause(text, ends, at, end) for at, end, _ in missing[:_LOOKED_AT]]
        best = max(windows, key=lambda window: len(_leaves_in(missing, window)))
        seen |= _leaves_in(missing, best)
        yield best


def _leaves_in(placed: list[tuple[int, int, int]], window: Span) -> set[int]:
    return {leaf for at, end, leaf in placed if window[0] <= at and end <= window[1]}


def _clause(text: str, ends: list[int], start: int, end: int) -> Span:
    """A stretch of whole words of one paragraph around a place."""
    line = bisect_left(ends, end)
    first = max(ends[line - 1] + 1, start - _CLAUSE_LENGTH // 3)
    last = min(ends[line], max(first + _CLAUSE_LENGTH, end))
    while first < start and first > ends[line - 1] + 1 and not text[first - 1].isspace():
        first += 1
    cut = last if last == ends[line] else text.rfind(" ", end, last)
    return first, cut if cut >= end else last


class _Marked:
    """A text with the spans to highlight, in order and apart."""

    def __init__(self, text: str, spans: list[Span]) -> None:
        self.text = text
        self.spans = spans
        self._starts = [start for start, _ in spans]
        self._words = [text[start:end].lower() for start, end in spans]

    def within(self, start: int, end: int) -> Span:
        """Which of the spans lie between two places, as a range."""
        first, last = bisect_left(self._starts, start), bisect_left(self._starts, end)
        return first, last - (first < last and self.spans[last - 1][1] > end)

    def worth(self, first: int, last: int) -> int:
        """What a range of spans is worth: different words above all."""
        return 4 * len(set(self._words[first:last])) + last - first

    def paragraphs(self, ends: list[int]) -> Iterator[tuple[int, int, int]]:
        """Those that show anything: what they are worth, where they begin (negative) and end."""
        first = bisect_left(self._starts, ends[0])
        while first < len(self.spans):
            number = bisect_left(ends, self.spans[first][1])
            last = bisect_left(self._starts, ends[number], first)
            yield self.worth(first, last), -ends[number - 1] - 1, ends[number]
            first = last


def _densest(marked: _Marked, ends: list[int]) -> Span:
    """The passage that shows most, the first of several such; its end may be blank."""
    best = (0, 0, 0)
    for most, start, end in sorted(marked.paragraphs(ends), reverse=True):
        if (most, start) < best[:2]:
            break
        for first, last in _passages(marked.text, -start, end):
            worth = marked.worth(*marked.within(first, last))
            best = max(best, (worth, -first, last))
            if worth == most:
                break
    if best[0]:
        return -best[1], best[2]
    return next(_passages(marked.text, ends[0] + 1, ends[1])) if len(ends) > 1 else (0, 0)


def _passages(text: str, start: int, end: int) -> Iterator[Span]:
    """Stretches of whole sentences of a paragraph, as long as a snippet may be."""
    if end - start <= SNIPPET_LENGTH:
        yield start, end
        return
    stops = [match.end() for match in _SENTENCE_END.finditer(text, start, end)]
    if not stops or stops[-1] < end:
        stops.append(end)
    for stop in stops:
        fitting = bisect_right(stops, start + SNIPPET_LENGTH)
        if fitting and stops[fitting - 1] > start:
            yield start, stops[fitting - 1]
        else:
            while start < stop:
                cut = stop if stop - start <= SNIPPET_LENGTH else _word_end(text, start)
                yield start, cut
                start = cut
        start = stop


def _word_end(text: str, start: int) -> int:
    """Where to cut a sentence that is too long: after a comma if there is one late enough."""
    limit = start + SNIPPET_LENGTH
    comma = text.rfind(", ", start + SNIPPET_LENGTH // 2, limit)
    space = text.rfind(" ", start, limit)
    return next((place + 1 for place in (comma + (comma >= 0), space) if place > start), limit)
