"""Where a query's words stand in a text, and in which tier each of them matches."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import cache, lru_cache
from itertools import chain
from typing import TYPE_CHECKING

from indexer.documents import Span
from indexer.language.analysis import Token, tokens, without_joints
from indexer.language.charset import Coded
from indexer.language.letters import letters_of as letters_in
from indexer.language.vietnamese import analyse_word, twin, twin_form
from indexer.query.tree import (
    COMPATIBLE,
    EXACT,
    FOLDED,
    Atom,
    Edge,
    TermOrPhrase,
    fits,
    folds_of,
    is_spelled,
    is_word,
    letters_of,
    may_be_joined,
    tier_of,
    tier_of_beginning,
    tier_of_pattern,
)

if TYPE_CHECKING:
    from indexer.engines.local.search.joined import JoinedWords
    from indexer.engines.local.search.prefilter import Prefilter

_SPACE = ord(" ")
_PARTED = bytes(code if code in b"abcdefghijklmnopqrstuvwxyz_" else 32 for code in range(256))
_REMEMBERED = 50_000
"""So many stretches of text without a blank are remembered with what matches in them."""

_MANY = 16
"""More options than so many are days, of which few stand at a place."""

_BEYOND = 3
"""How far a letter that stands for a word looks ahead; a word, whether it ends there."""

Match = tuple[int, int]
"""Which of the query's words or sequences matches, and in which tier."""


class Highlighter:
    """Finds the words of one query in texts.

    Words are found by their folded letters; how they are written says in which tier they match.
    That is worked out once for each way of writing. For numbers and dates tokens are made of all
    lines that have a clue to them; for words with a star in them of each stretch without a blank.
    """

    def __init__(self, leaves: Iterable[TermOrPhrase]) -> None:
        self._joined: JoinedWords | None = None
        self._lone: dict[bytes, list[tuple[int, Atom, int]]] = {}
        self._begun: dict[bytes, list[tuple[int, Atom, int]]] = {}
        self._rows: dict[int, TermOrPhrase] = {}
        self._joined_rows: dict[int, TermOrPhrase] = {}
        self._fitting = _Fitting()
        self._others: dict[int, tuple[TermOrPhrase, Prefilter | None]] = {}
        joined: list[Atom] = []
        for number, leaf in enumerate(dict.fromkeys(leaves)):
            plain = all(len(option) == 1 for edge in leaf.edges for option in edge.options)
            atoms = {atom for edge in leaf.edges for option in edge.options for atom in option}
            odd = list(filter(may_be_joined, atoms))
            joined += odd
            if leaf.single and plain and all(map(is_word, atoms)):
                for edge in leaf.edges:
                    for (atom,) in edge.options:
                        self._add(number, atom, edge.floor)
            elif plain and all(map(is_spelled, atoms)):
                self._rows[number] = leaf
                if odd:
                    self._joined_rows[number] = leaf
            elif leaf.single and plain and all("*" in atom.folded for atom in atoms):
                self._fitting.leaves[number] = leaf
            else:
                from indexer.engines.local.search.prefilter import clues_of

                self._others[number] = leaf, clues_of(leaf)
        if joined:
            from indexer.engines.local.search.joined import JoinedWords

            self._joined = JoinedWords(joined)
        self._start = _Way({(leaf, 0) for leaf in self._rows.values()})
        self._firsts = self._start.words()
        self._written: dict[str, list[Match]] = {}
        self._written_rows: dict[tuple[str, int], list[tuple[Match, int, int]]] = {}

    def _add(self, number: int, atom: Atom, floor: int) -> None:
        if atom.prefix:
            self._begun.setdefault(atom.folded.encode(), []).append((number, atom, 0))
        for folded in folds_of(atom):
            self._lone.setdefault(folded.encode(), []).append((number, atom, floor))

    def spans(self, text: str, coded: Coded) -> list[Span]:
        """What to highlight in normalised text, whose paragraphs are lines; in order, apart."""
        return apart((start, end) for start, end, _ in self.placed(text, coded))

    def placed(self, text: str, coded: Coded) -> list[tuple[int, int, int]]:
        """(start, end, number of the leaf) of all matches to highlight, in order.

        A match that only folds alike is shown where there is none better of the same word.
        """
        marks = self._marks(text, coded)
        better = {leaf for leaf, tier in marks if tier <= COMPATIBLE}
        return sorted(
            (start, end, leaf)
            for (leaf, tier), spans in marks.items()
            if tier < FOLDED or leaf not in better
            for start, end in spans
        )

    def _marks(self, text: str, coded: Coded) -> dict[Match, list[Span]]:
        """Where each leaf matches in each tier."""
        found: defaultdict[Match, list[Span]] = defaultdict(list)
        letters = letters_in(coded)
        parted = b" %s " % letters.translate(_PARTED)
        for span in _places(parted, self._lone, self._begun):
            written = text[span[0] : span[1]]
            matches = self._written.get(written)
            if matches is None:
                matches = self._written[written] = self._matches(written)
            for match in matches:
                found[match].append(span)
        for start, end in _places(parted, *self._firsts):
            end = self._start[letters[start:end]].furthest(letters, end)
            if end:
                beyond = _BEYOND if parted[end - 1] == _SPACE else 1
                row = text[start : end + beyond], end - start
                rows = self._written_rows.get(row)
                if rows is None:
                    rows = self._written_rows[row] = self._matches_in_row(*row)
                for match, first, last in rows:
                    found[match].append((start + first, start + last))
        for span in self._joined.places(text, coded) if self._joined else ():
            for match, place in self._matches_joined(text, span):
                if place not in found[match]:
                    found[match].append(place)
        if self._fitting.leaves:
            for chunk in re.finditer(r"\S+", text):
                for match, first, last in self._fitting[chunk[0]]:
                    found[match].append((chunk.start() + first, chunk.start() + last))
        if self._others:
            start = 0
            for line in text.split("\n"):
                here = slice(start, start + len(line))
                # What has no code may be a digit, a numeral or part of a word in other clothes.
                leaves = {
                    number: leaf
                    for number, (leaf, clues) in self._others.items()
                    if coded.others
                    or clues is None
                    or clues.any_in(line, letters[here], Coded(coded.codes[here]))
                }
                if leaves:
                    for match, first, last in _rows_in(tokens(line), leaves):
                        found[match].append((start + first, start + last))
                start += len(line) + 1
        return found

    def _matches(self, written: str) -> list[Match]:
        """What a written word matches, of words that stand alone."""
        folded, form = analyse_word(written)
        token = Token(folded, form, 0, 0, 0)
        wanted = [
            *self._lone.get(folded.encode(), ()),
            *chain.from_iterable(self._begun.values()),
        ]
        found = [(leaf, _agreement(token, atom), floor) for leaf, atom, floor in wanted]
        return [(leaf, max(tier, floor)) for leaf, tier, floor in found if tier is not None]

    def _matches_joined(self, text: str, span: Span) -> Iterator[tuple[Match, Span]]:
        """What a word with a joint matches, and the sequences of its line."""
        start, end = span
        for match in self._matches(without_joints(text[start:end])):
            yield match, span
        if self._joined_rows:
            first = text.rfind("\n", 0, start) + 1
            line, _, _ = text[first:].partition("\n")
            for match, start, end in _rows_in(tokens(line), self._joined_rows):
                yield match, (first + start, first + end)

    def _matches_in_row(self, written: str, size: int) -> list[tuple[Match, int, int]]:
        """The sequences that begin where a stretch of so many characters does."""
        here = [token for token in tokens(written) if token.end <= size]
        return list(_rows_in(here, self._rows, (0,)))


def apart(spans: Iterable[Span]) -> list[Span]:
    """Spans in order, those that overlap put together."""
    found: list[Span] = []
    last = 0
    for start, end in spans:
        if start < last:
            start, end = found.pop()[0], max(end, last)
        found.append((start, end))
        last = end
    return found


class _Fitting(dict[str, list[tuple[Match, int, int]]]):
    """What fits words with a star in them, by stretches of text without a blank.

    It is found when a stretch is first met.
    """

    def __init__(self) -> None:
        super().__init__()
        self.leaves: dict[int, TermOrPhrase] = {}

    def __missing__(self, written: str) -> list[tuple[Match, int, int]]:
        if len(self) >= _REMEMBERED:
            self.clear()
        self[written] = found = list(_rows_in(tokens(written), self.leaves))
        return found


class _Way(dict[bytes, "_Way"]):
    """How far one has come, word by word, in sequences: at which place of which of them.

    The next word leads to the next such place, found when it is first asked for.
    """

    def __init__(self, places: Collection[tuple[TermOrPhrase, int]]) -> None:
        self._steps = [
            (letters_of(spelling).encode(), atom.prefix, leaf, edge.end)
            for leaf, place in places
            for edge in leaf.edges
            if edge.start == place
            for (atom,) in edge.options
            for spelling in folds_of(atom)
        ]
        self._done = any(place == leaf.length for leaf, place in places)

    def __missing__(self, word: bytes) -> _Way:
        self[word] = way = _Way(
            {
                (leaf, place)
                for spelled, prefix, leaf, place in self._steps
                if word == spelled or (prefix and word.startswith(spelled))
            }
        )
        return way

    def words(self) -> tuple[set[bytes], set[bytes]]:
        """The words by which it goes on, and what words begin with by which it does."""
        begun = {spelled for spelled, prefix, _, _ in self._steps if prefix}
        return {spelled for spelled, _, _, _ in self._steps}, begun

    def furthest(self, letters: bytes, end: int) -> int:
        """Where the longest sequence ends that goes on from here; 0 if none does."""
        way, found = self, end if self._done else 0
        while way._steps and (word := _next_word().match(letters, end)):
            way, end = way[word[1]], word.end()
            if way._done:
                found = end
        return found


@cache
def _next_word() -> re.Pattern[bytes]:
    """What follows a word of a row, compiled when the first query with one comes."""
    return re.compile(rb" +([a-z_]+)")


def _places(parted: bytes, words: Collection[bytes], begun: Iterable[bytes]) -> Iterator[Span]:
    """Where words stand in letters with a space around each word, and what begins like some."""
    for word in words:
        # A search for what ends in a space is slower.
        begins = b" " + word
        place = parted.find(begins)
        while place >= 0:
            end = place + len(word)
            if parted[end + 1] == _SPACE:
                yield place, end
            place = parted.find(begins, end)
    for start in begun:
        begins = b" " + start
        place = parted.find(begins)
        while place >= 0:
            end = parted.find(b" ", place + 1)
            if parted[place + 1 : end] not in words:
                yield place, end - 1
            place = parted.find(begins, end)


def _rows_in(
    found: list[Token], rows: dict[int, TermOrPhrase], positions: Iterable[int] | None = None
) -> Iterator[tuple[Match, int, int]]:
    """The sequences that begin at some positions of some tokens, or at any."""
    at: dict[int, list[Token]] = {}
    where: dict[str, set[int]] = {}
    for token in found:
        at.setdefault(token.position, []).append(token)
        where.setdefault(token.folded, set()).add(token.position)
    for number, leaf in rows.items():
        begins = _begins(leaf)
        if positions is None:
            fitting = (
                begins.intersection(where)
                if isinstance(begins, frozenset)
                else filter(begins, where)
            )
            here: Iterable[int] = sorted(set().union(*(where[one] for one in fitting)))
        else:
            here = positions
        for position in here:
            best = _longest(at, leaf, position)
            if best is not None:
                end, tier, start = best
                yield (number, tier), start, end


@lru_cache(maxsize=256)
def _begins(leaf: TermOrPhrase) -> frozenset[str] | Callable[[str], object]:
    """The folded letters of the tokens that a sequence may begin with, or what tells them."""
    atoms = [option[0] for edge in leaf.edges if not edge.start for option in edge.options]
    if not any(atom.prefix or "*" in atom.folded for atom in atoms):
        return frozenset(spelled for atom in atoms for spelled in folds_of(atom))
    ways = [spelled + "*" * atom.prefix for atom in atoms for spelled in folds_of(atom)]

    @lru_cache(maxsize=_REMEMBERED // 10)
    def fitting(folded: str) -> bool:
        return any(fits(folded, way) if "*" in way else folded == way for way in ways)

    return fitting


def _longest(
    at: dict[int, list[Token]], leaf: TermOrPhrase, position: int
) -> tuple[int, int, int] | None:
    """(end, tier, start) of the longest match of a sequence that begins at a position."""
    steps = _steps_of(leaf)
    best: tuple[int, int, int] | None = None
    reached = {0: (EXACT, -1)}
    while reached and (here := at.get(position)) is not None:
        further: dict[int, tuple[int, int]] = {}
        for place, (before, first) in reached.items():
            for step in steps[place]:
                option = _option(here, step.options_of(here))
                if option is None:
                    continue
                start, end, tier = option
                way = max(tier, step.floor, before), start if first < 0 else first
                if step.end == leaf.length:
                    if best is None or (end, -way[0]) > (best[0], -best[1]):
                        best = end, *way
                else:
                    further[step.end] = min(way, further.get(step.end, way))
        reached = further
        position += 1
    return best


class _Step:
    """An edge of a sequence, whose options are found by what each begins with if they are many.

    A span of years is thousands of days.
    """

    def __init__(self, edge: Edge) -> None:
        self.end, self.floor = edge.end, edge.floor
        self._options = edge.options
        self._by_letters: dict[str, list[int]] = {}
        atoms = chain.from_iterable(edge.options)
        if len(edge.options) > _MANY and all(atom.folded.startswith("=") for atom in atoms):
            for place, option in enumerate(edge.options):
                self._by_letters.setdefault(option[0].folded, []).append(place)

    def options_of(self, here: list[Token]) -> Iterable[tuple[Atom, ...]]:
        """The options that may stand at a position, in their order."""
        if not self._by_letters:
            return self._options
        letters = {token.folded for token in here}
        found = chain.from_iterable(self._by_letters.get(one, ()) for one in letters)
        options = map(self._options.__getitem__, sorted(found))
        return (option for option in options if all(atom.folded in letters for atom in option))


@lru_cache(maxsize=256)
def _steps_of(leaf: TermOrPhrase) -> list[list[_Step]]:
    """The steps of a sequence by the place where they begin."""
    found: list[list[_Step]] = [[] for _ in range(leaf.length)]
    for edge in leaf.edges:
        found[edge.start].append(_Step(edge))
    return found


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
    if atom.exact:
        other = twin(atom.folded) == token.folded and not atom.prefix
        fits = not other and _agreement(token, atom._replace(exact=False)) == EXACT
        return EXACT if fits else None
    if "*" in atom.folded:
        return tier_of_pattern(token.folded, token.form, atom)
    if atom.prefix:
        if token.folded.startswith(atom.folded):
            return tier_of_beginning(token.form, atom)
        return None
    if token.folded == atom.folded:
        return tier_of(token.form, atom.form)
    if twin(atom.folded) == token.folded and len(atom.form) == len(atom.folded) + 1:
        return tier_of(token.form, twin_form(atom.form))
    return None
