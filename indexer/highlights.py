"""Where a query's words stand in a text, and the passage of a document that shows most of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from indexer.analysis import Token, tokens
from indexer.documents import Document, Span
from indexer.query import COMPATIBLE, FOLDED, Atom, Words, tier_of
from indexer.text import normalise_with_offsets
from indexer.vietnamese import analyse_word, twin, twin_form

SNIPPET_LENGTH = 240
_SENTENCE_END = re.compile(r"[.!?…;:]+[\"”’»)\]]*\s+")


class Mark(NamedTuple):
    """A match: where, of which of the query's words, in which tier."""

    start: int
    end: int
    leaf: int
    tier: int


class Marker:
    """Finds the words of one query in texts.

    Words that stand for themselves are found by one regular expression over the folded text; what
    takes several positions, or means something else, by the tokens of the paragraphs that have its
    first word.
    """

    def __init__(self, leaves: Iterable[Words]) -> None:
        self._lone: dict[str, list[tuple[int, Atom, int]]] = {}
        self._begun: list[tuple[int, Atom]] = []
        self._rows: dict[int, Words] = {}
        self._row_starts: dict[str, list[int]] = {}
        self._always: list[int] = []
        for number, leaf in enumerate(dict.fromkeys(leaves)):
            first = [
                (option, edge) for edge in leaf.edges if not edge.start for option in edge.options
            ]
            if leaf.single and all(len(option) == 1 and _is_word(option[0]) for option, _ in first):
                for (atom,), edge in first:
                    self._add(number, atom, edge.floor)
            else:
                self._rows[number] = leaf
                self._begin(number, [option[0] for option, _ in first])
        self._find = _any_of(self._lone, [atom.folded for _, atom in self._begun])
        known = not self._always and all(map(str.isalpha, self._row_starts))
        self._maybe = _any_of(self._row_starts, ()) if known else None

    def _begin(self, number: int, atoms: list[Atom]) -> None:
        """Remember with which words a row may begin; with any, if it begins with a prefix."""
        if any(atom.prefix for atom in atoms):
            self._always.append(number)
            return
        for folded in dict.fromkeys(folded for atom in atoms for folded in _spellings(atom)):
            self._row_starts.setdefault(folded, []).append(number)

    def _add(self, number: int, atom: Atom, floor: int) -> None:
        if atom.prefix:
            self._begun.append((number, atom))
        for folded in _spellings(atom):
            self._lone.setdefault(folded, []).append((number, atom, floor))

    def marks(self, text: str) -> list[Mark]:
        """All matches in one paragraph of normalised text."""
        folded = text.translate(_FOLDED)
        found: list[Mark] = []
        if self._find is not None:
            for match in self._find.finditer(folded):
                found += self._lone_marks(match.group(), text, match.start(), match.end())
        if self._rows and (self._maybe is None or self._maybe.search(folded)):
            found += self._row_marks(text)
        return found

    def _lone_marks(self, folded: str, text: str, start: int, end: int) -> Iterator[Mark]:
        token = Token(folded, analyse_word(text[start:end])[1], 0, start, end)
        for number, atom, floor in self._lone.get(folded, ()):
            tier = _agreement(token, atom)
            if tier is not None:
                yield Mark(start, end, number, max(tier, floor))
        for number, atom in self._begun:
            tier = _agreement(token, atom)
            if tier is not None:
                yield Mark(start, end, number, tier)

    def _row_marks(self, text: str) -> Iterator[Mark]:
        at: dict[int, list[Token]] = {}
        begins: dict[tuple[int, int], None] = {}
        for token in tokens(text):
            at.setdefault(token.position, []).append(token)
            for number in self._row_starts.get(token.folded, ()):
                begins[token.position, number] = None
            for number in self._always:
                begins[token.position, number] = None
        for position, number in begins:
            best = _longest(at, self._rows[number], 0, position)
            if best is not None:
                yield Mark(best[2], best[0], number, best[1])

    def shown(self, paragraphs: Sequence[str]) -> list[tuple[Span, ...]]:
        """For each paragraph the spans to highlight.

        A match that only folds alike is shown where there is none better of the same word.
        """
        found = [self.marks(paragraph) for paragraph in paragraphs]
        worst: dict[int, int] = {}
        for marks in found:
            for mark in marks:
                worst[mark.leaf] = min(mark.tier, worst.get(mark.leaf, FOLDED))
        return [
            _merged(
                (mark.start, mark.end)
                for mark in marks
                if mark.tier <= max(COMPATIBLE, worst[mark.leaf])
            )
            for marks in found
        ]


class _Folder(dict[int, str]):
    """Folds a text letter by letter, so that offsets stay what they are."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        folded = analyse_word(character)[0]
        self[code] = folded if len(folded) == 1 else character
        return self[code]


_FOLDED = _Folder()


def _is_word(atom: Atom) -> bool:
    return atom.folded.isalpha()


def _spellings(atom: Atom) -> list[str]:
    other = None if atom.prefix else twin(atom.folded)
    return [atom.folded] if other is None else [atom.folded, other]


def _any_of(words: Iterable[str], beginnings: Iterable[str]) -> re.Pattern[str] | None:
    ways = [re.escape(word) for word in words]
    ways += [re.escape(word) + r"[^\W\d_]*" for word in beginnings]
    if not ways:
        return None
    return re.compile(rf"(?<![^\W\d_])(?:{'|'.join(ways)})(?![^\W\d_])")


def spans_in_any(text: str, leaves: Iterable[Words]) -> tuple[Span, ...]:
    """The matches in any text, as offsets into it as it is."""
    clean, offsets = normalise_with_offsets(text)
    lines = clean.split("\n")
    spans: list[Span] = []
    start = 0
    for line, found in zip(lines, Marker(leaves).shown(lines), strict=True):
        spans += [(offsets[start + first], offsets[start + last]) for first, last in found]
        start += len(line) + 1
    return tuple(spans)


def show(document: Document, marker: Marker) -> tuple[tuple[Span, ...], str, tuple[Span, ...]]:
    """The title's spans, and the densest passage of lead and body with its spans."""
    paragraphs = [text for text in (document.lead or "", *document.body) if text]
    title, *spans = marker.shown([document.title, *paragraphs])
    best: tuple[str, tuple[Span, ...]] = ("", ())
    best_worth = -1
    for paragraph, marked in zip(paragraphs, spans, strict=True):
        if best_worth >= 0 and not marked:
            continue
        for start, end in _passages(paragraph):
            inside = tuple((a - start, b - start) for a, b in marked if a >= start and b <= end)
            different = {paragraph[start + a : start + b].lower() for a, b in inside}
            worth = 4 * len(different) + len(inside)
            if worth > best_worth:
                best, best_worth = (paragraph[start:end], inside), worth
    return title, *best


def _passages(paragraph: str) -> list[Span]:
    """Stretches of whole sentences, as long as a snippet may be."""
    ends = [match.end() for match in _SENTENCE_END.finditer(paragraph)]
    if not ends or ends[-1] < len(paragraph):
        ends.append(len(paragraph))
    passages: list[Span] = []
    for start in (0, *ends[:-1]):
        limit = start + SNIPPET_LENGTH
        fitting = [end for end in ends if start < end <= limit]
        if fitting:
            passages.append((start, _trimmed(paragraph, start, fitting[-1])))
            continue
        stop = next(end for end in ends if end > start)
        while start < stop:
            end = stop if stop - start <= SNIPPET_LENGTH else _word_end(paragraph, start)
            passages.append((start, _trimmed(paragraph, start, end)))
            start = end
    return passages


def _trimmed(text: str, start: int, end: int) -> int:
    return start + len(text[start:end].rstrip())


def _word_end(text: str, start: int) -> int:
    """Where to cut a sentence that is too long: after a comma if there is one late enough."""
    limit = start + SNIPPET_LENGTH
    comma = text.rfind(", ", start + SNIPPET_LENGTH // 2, limit)
    space = text.rfind(" ", start, limit)
    return next((place + 1 for place in (comma + (comma >= 0), space) if place > start), limit)


def _longest(
    at: dict[int, list[Token]], leaf: Words, place: int, position: int
) -> tuple[int, int, int] | None:
    """(end, tier, start) of the longest match of a sequence from a place and a position on."""
    best: tuple[int, int, int] | None = None
    here = at.get(position)
    if here is None:
        return None
    for edge in leaf.edges:
        if edge.start != place:
            continue
        option = _option(here, edge.options)
        if option is None:
            continue
        start, end, tier = option[0], option[1], max(option[2], edge.floor)
        if edge.end < leaf.length:
            rest = _longest(at, leaf, edge.end, position + 1)
            if rest is None:
                continue
            end, tier = rest[0], max(tier, rest[1])
        if best is None or end > best[0]:
            best = (end, tier, start)
    return best


def _option(here: list[Token], options: Iterable[tuple[Atom, ...]]) -> tuple[int, int, int] | None:
    """(start, end, tier) of the first option that stands at a position."""
    for option in options:
        found = [
            next(
                ((token, tier) for token in here if (tier := _agreement(token, atom)) is not None),
                None,
            )
            for atom in option
        ]
        both = [entry for entry in found if entry is not None]
        if len(both) == len(found):
            return (
                min(token.start for token, _ in both),
                max(token.end for token, _ in both),
                max(tier for _, tier in both),
            )
    return None


def _agreement(token: Token, atom: Atom) -> int | None:
    """The tier in which a token is what an atom asks for; None if it is not."""
    if atom.prefix:
        if token.folded.startswith(atom.folded):
            return tier_of(token.form[: len(atom.form) - 1] + "0", atom.form[:-1] + "0")
        return None
    if token.folded == atom.folded:
        return tier_of(token.form, atom.form)
    if twin(atom.folded) == token.folded and len(atom.form) == len(atom.folded) + 1:
        return tier_of(token.form, twin_form(atom.form))
    return None


def _merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    result: list[Span] = []
    for start, end in sorted(spans):
        if result and start < result[-1][1]:
            result[-1] = (result[-1][0], max(end, result[-1][1]))
        else:
            result.append((start, end))
    return tuple(result)
