"""Where a query's words stand in a text, and the passage of a document that shows most of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from indexer.documents import Document, Span
from indexer.language.analysis import Token, tokens
from indexer.language.letters import GAP, LETTER, letters_of
from indexer.language.text import normalise_with_offsets
from indexer.language.vietnamese import analyse_word, twin, twin_form
from indexer.queries.query import COMPATIBLE, FOLDED, Atom, Words, tier_of

SNIPPET_LENGTH = 240
_LETTER, _GAP = LETTER.encode(), GAP.encode()
_LETTERS = _LETTER + b"*"
_PARTED = bytes(code if code in b"abcdefghijklmnopqrstuvwxyz_" else 32 for code in range(256))
_MOST_WAYS = 24
_BEYOND = 3
"""How far a letter that stands for a word looks ahead."""

_SENTENCE_END = re.compile(r"[.!?…;:]+[\"”’»)\]]*\s+")


Mark = tuple[int, int, int, int]
"""A match: where it begins and ends, of which of the query's words, in which tier."""


class Marker:
    """Finds the words of one query in texts.

    A text is folded once, and one expression run over it, for words that stand for themselves; a
    second one finds where a sequence of words may stand, and only there are tokens made. Where
    numbers and dates may stand is not known: for these all tokens are.
    """

    def __init__(self, leaves: Iterable[Words]) -> None:
        self._lone: dict[str, list[tuple[int, Atom, int]]] = {}
        self._begun: list[tuple[int, Atom]] = []
        self._rows: dict[int, Words] = {}
        self._others: dict[int, Words] = {}
        ways: dict[bytes, None] = {}
        for number, leaf in enumerate(dict.fromkeys(leaves)):
            atoms = {atom for edge in leaf.edges for option in edge.options for atom in option}
            plain = all(len(option) == 1 for edge in leaf.edges for option in edge.options)
            if leaf.single and plain and all(map(_is_word, atoms)):
                for edge in leaf.edges:
                    for (atom,) in edge.options:
                        self._add(number, atom, edge.floor)
            else:
                rows = list(islice(_ways(leaf, 0), _MOST_WAYS + 1)) if plain else []
                if rows and len(rows) <= _MOST_WAYS and all(map(_is_spelled, atoms)):
                    self._rows[number] = leaf
                    ways.update(dict.fromkeys(rows))
                else:
                    self._others[number] = leaf
        self._find_rows = _any_of(sorted(map(_begun, ways), key=lambda way: -way.count(_GAP)))
        self._known: dict[str, list[tuple[int, int]]] = {}

    def _add(self, number: int, atom: Atom, floor: int) -> None:
        if atom.prefix:
            self._begun.append((number, atom))
        for folded in _spellings(atom):
            self._lone.setdefault(folded, []).append((number, atom, floor))

    def marks(self, text: str) -> list[Mark]:
        """All matches in normalised text, whose paragraphs are lines."""
        letters = letters_of(text)
        found: list[Mark] = []
        for start, end in self._lone_places(letters):
            for number, tier in self._tiers(text[start:end]):
                found.append((start, end, number, tier))
        if self._find_rows is not None:
            row = self._find_rows.search(letters)
            while row is not None:
                start, end = row.span()
                here = [t for t in tokens(text[start : end + _BEYOND]) if t.end <= end - start]
                found += _rows_in(here, self._rows, start, (0,))
                row = self._find_rows.search(letters, start + 1)
        if self._others:
            start = 0
            for line in text.split("\n"):
                found += _rows_in(tokens(line), self._others, start)
                start += len(line) + 1
        return found

    def _lone_places(self, letters: bytes) -> Iterator[Span]:
        """Where words stand that stand for themselves."""
        parted = b" %s " % letters.translate(_PARTED)
        for word in self._lone:
            whole = b" %s " % word.encode()
            place = parted.find(whole)
            while place >= 0:
                end = place + len(whole) - 2
                yield place, end
                place = parted.find(whole, end)
        for _, atom in self._begun:
            start = b" " + atom.folded.encode()
            place = parted.find(start)
            while place >= 0:
                end = parted.find(b" ", place + 1)
                if parted[place + 1 : end].decode() not in self._lone:
                    yield place, end - 1
                place = parted.find(start, end)

    def _tiers(self, written: str) -> list[tuple[int, int]]:
        """Which of the query's words a written word is, and in which tier."""
        known = self._known.get(written)
        if known is None:
            folded, form = analyse_word(written)
            token = Token(folded, form, 0, 0, 0)
            wanted = [*self._lone.get(folded, ()), *((n, atom, 0) for n, atom in self._begun)]
            found = [(n, _agreement(token, atom), floor) for n, atom, floor in wanted]
            known = [(n, max(tier, floor)) for n, tier, floor in found if tier is not None]
            self._known[written] = known
        return known

    def shown(self, paragraphs: Sequence[str]) -> list[tuple[Span, ...]]:
        """For each paragraph the spans to highlight.

        A match that only folds alike is shown where there is none better of the same word.
        """
        marks = self.marks("\n".join(paragraphs))
        best: dict[int, int] = {}
        for _, _, leaf, tier in marks:
            if tier < best.get(leaf, FOLDED + 1):
                best[leaf] = tier
        spans = sorted(
            [
                (start, end)
                for start, end, leaf, tier in marks
                if tier <= COMPATIBLE or tier == best[leaf]
            ]
        )
        found: list[tuple[Span, ...]] = []
        start = place = 0
        for paragraph in paragraphs:
            end = start + len(paragraph)
            here: list[Span] = []
            while place < len(spans) and spans[place][0] < end:
                first, last = spans[place]
                if here and first - start < here[-1][1]:
                    here[-1] = (here[-1][0], max(last - start, here[-1][1]))
                else:
                    here.append((first - start, last - start))
                place += 1
            found.append(tuple(here))
            start = end + 1
        return found


def _is_word(atom: Atom) -> bool:
    return atom.folded.isascii() and atom.folded.isalpha()


def _is_spelled(atom: Atom) -> bool:
    return _is_word(atom) or (len(atom.folded) == 3 and atom.folded[::2] == "=.")


def _spellings(atom: Atom) -> list[str]:
    other = None if atom.prefix else twin(atom.folded)
    return [atom.folded] if other is None else [atom.folded, other]


def _ways(leaf: Words, place: int) -> Iterator[bytes]:
    """All ways to write a sequence from a place on, as expressions over folded letters."""
    for edge in leaf.edges:
        if edge.start == place:
            words = [
                spelling.strip("=.").encode() + (_LETTERS if atom.prefix else b"")
                for (atom,) in edge.options
                for spelling in _spellings(atom)
            ]
            here = words[0] if len(words) == 1 else b"(?:%s)" % b"|".join(words)
            if edge.end == leaf.length:
                yield here
            else:
                yield from (here + _GAP + way for way in _ways(leaf, edge.end))


def _begun(way: bytes) -> bytes:
    """The same, at the beginning of a word."""
    return (
        b"(?<!%s)%s" % (_LETTER, way)
        if way[:1] == b"("
        else b"%s(?<!%s.)%s"
        % (
            way[:1],
            _LETTER,
            way[1:],
        )
    )


def _any_of(ways: list[bytes]) -> re.Pattern[bytes] | None:
    return re.compile(b"(?:%s)(?!%s)" % (b"|".join(ways), _LETTER)) if ways else None


def _rows_in(
    found: list[Token], rows: dict[int, Words], start: int, positions: Iterable[int] | None = None
) -> Iterator[Mark]:
    """The sequences that begin at some positions of some tokens, or at any."""
    at: dict[int, list[Token]] = {}
    for token in found:
        at.setdefault(token.position, []).append(token)
    for number, leaf in rows.items():
        for position in at if positions is None else positions:
            best = _longest(at, leaf, 0, position)
            if best is not None:
                yield start + best[2], start + best[0], number, best[1]


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
    best: tuple[str, int, int, tuple[Span, ...]] = ("", 0, 0, ())
    best_worth = -1
    for paragraph, marked in zip(paragraphs, spans, strict=True):
        if best_worth >= _worth(paragraph, marked):
            continue
        for start, end in _passages(paragraph):
            inside = tuple([span for span in marked if span[0] >= start and span[1] <= end])
            worth = _worth(paragraph, inside)
            if worth > best_worth:
                best, best_worth = (paragraph, start, end, inside), worth
    paragraph, start, end, inside = best
    return title, paragraph[start:end], tuple([(a - start, b - start) for a, b in inside])


def _worth(paragraph: str, spans: Sequence[Span]) -> int:
    return 4 * len({paragraph[start:end].lower() for start, end in spans}) + len(spans)


def _passages(paragraph: str) -> list[Span]:
    """Stretches of whole sentences, as long as a snippet may be."""
    if len(paragraph) <= SNIPPET_LENGTH:
        return [(0, _trimmed(paragraph, 0, len(paragraph)))]
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
