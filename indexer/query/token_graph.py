"""All ways to write a row of words: a small graph whose paths are read off a text.

`HĐND quận` can stand as `hội đồng nhân dân quận`, `Ủy ban MTTQ` as `UBMTTQ`, `HĐND&UBND` as
`HĐND và UBND`. The graph has a place before and after each word typed; an abbreviation, or what one
stands for, is another way between two places.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import count, islice, pairwise

from indexer.language.analysis import marker, number
from indexer.language.dates import WrittenDate
from indexer.language.numerals import SIGNS
from indexer.language.vietnamese import analyse_word, carries, twin, twin_form
from indexer.query.abbreviations import EMPTY, Table, words_of
from indexer.query.abbreviations import Words as Row
from indexer.query.cardinals import behind_numbers, cardinals
from indexer.query.query_tokens import Option, QueryToken, is_document, is_number_sign
from indexer.query.tree import (
    COMPATIBLE,
    EXACT,
    FOLDED,
    Atom,
    Edge,
    TermOrPhrase,
    Zone,
    folds_of,
    is_in_capitals,
    letters_of,
    tier_of,
)
from indexer.query.variants import variants

_BETWEEN = -1_000_000
"""From here down are the places within a number that is written otherwise, in a leaf of its own."""

_PARTS = 4
"""Of so many parts a word with hyphens is at most."""

_SHORTEST_IN_PARTS, _SYLLABLES = 4, 2
_AND = ((Atom("va", "va2"),),)
_NUMBER_SIGN = ((Atom("so", "sô1"),),)
_TO = ("den", "toi")


class TokenGraph:
    """The graph over some tokens. `spans` are the stretches of tokens that have other ways."""

    def __init__(self, query_tokens: Sequence[QueryToken], table: Table) -> None:
        self._query_tokens = query_tokens
        self._from: dict[int, list[Edge]] = {}
        for place, query_token in enumerate(query_tokens):
            self._add(Edge(place, place + 1, query_token.options))
            if query_token.whole:
                self._add(Edge(place, place + query_token.width, query_token.whole))
        self._nodes = len(query_tokens) + 1
        # Where a place made by an abbreviation lies among the tokens.
        self._within: dict[int, tuple[int, int]] = {}
        self.spans: list[tuple[int, int]] = []
        self._expand(table.shorts)
        self._expand(table.fulls)
        # Once more, for words that stand beside what was expanded: Ủy ban MTTQ, UBMTTQ.
        self._expand(table.fulls)
        if table is not EMPTY:
            for side_of in (variants().shorts, variants().fulls):
                self._expand(side_of, floor=COMPATIBLE)
        behind = behind_numbers([token.options[0][0].folded for token in query_tokens])
        if behind and table is not EMPTY:
            from indexer.query.units import units

            for side_of in (units().fulls, units().shorts, units().fulls):
                self._expand(side_of, behind)
        self._cardinals = [] if table is EMPTY else [*cardinals(query_tokens)]
        self.spans += [(one.first, one.last) for one in self._cardinals if one.last > one.first + 1]
        if behind and table is not EMPTY:
            from indexer.query.amounts import amounts

            for first, last, ways in amounts(query_tokens):
                for way in ways:
                    self._or(first, last, words_of(way), COMPATIBLE)
        self._join()
        self._documents()
        self._years()
        self._shares()
        self._parts()
        if table is not EMPTY:
            self._days()

    def words(
        self, first: int, last: int, zone: Zone = "", *, quoted: bool = False
    ) -> TermOrPhrase:
        """The part of the graph between two places, as a leaf of a query."""
        inside = [
            edge
            for edges in self._from.values()
            for edge in edges
            if edge.start != last
            and first <= self._span(edge.start)[0]
            and self._span(edge.end)[1] <= last
        ]
        inside += self._numbers(first, last, quoted=quoted)
        if quoted:
            inside += self._hyphenated(first, last)
        order = _ordered(inside, first, last)
        edges = tuple(
            Edge(order[edge.start], order[edge.end], edge.options, edge.floor)
            for edge in inside
            if edge.start in order and edge.end in order
        )
        text = " ".join(query_token.text for query_token in self._query_tokens[first:last])
        return TermOrPhrase(text, order[last], edges, zone, quoted)

    def _numbers(self, first: int, last: int, *, quoted: bool) -> Iterator[Edge]:
        """Small numbers in words for those in digits, and the other way round.

        In a phrase it is the number alone; as a part for itself it is the number with the word
        beside it: hai cấp is 2 cấp, but any hai is not any 2.
        """
        between = count(_BETWEEN, -1)
        for one in self._cardinals:
            beside = one.first - 1 if one.named else one.last
            other = self._query_tokens[beside].options
            for way in one.ways:
                steps: list[tuple[Option, ...]] = [((Atom(*word),),) for word in way]
                if not quoted and (first, last) == (one.first, one.last):
                    steps = [other, *steps] if one.named else [*steps, other]
                elif not (quoted and first <= min(one.first, beside) and one.last <= last > beside):
                    continue
                places = [one.first, *islice(between, len(steps) - 1), one.last]
                for (start, end), options in zip(pairwise(places), steps, strict=True):
                    yield Edge(start, end, options, COMPATIBLE)

    def _hyphenated(self, first: int, last: int) -> Iterator[Edge]:
        """For what may be written with hyphens (wifi as Wi-Fi) more positions: it is at each."""
        for place in range(first, last):
            token = self._query_tokens[place]
            if not _may_have_hyphens(token.text):
                continue
            between = [-1 - place * _PARTS - part for part in range(_PARTS - 1)]
            for start, after in pairwise([place, *between]):
                yield Edge(start, after, token.options)
                yield Edge(after, place + 1, token.options)

    def _span(self, node: int) -> tuple[int, int]:
        return self._within.get(node, (node, node))

    def _add(self, edge: Edge) -> None:
        self._from.setdefault(edge.start, []).append(edge)

    def _expand(
        self,
        side_of: Callable[[str, Callable[[Row], bool]], Iterable[tuple[Row, Row]]],
        places: Collection[int] | None = None,
        floor: int = EXACT,
    ) -> None:
        """Add the other sides of rows of a table, none better than a tier.

        At these places alone if they are given.
        """
        starting = {
            start: {folded for atom in self._atoms_from(start) for folded in folds_of(atom)}
            for start in self._from
        }
        present = set().union(*starting.values())

        def fits(side: Row) -> bool:
            return all(word in present or _plain(word) in present for word, _ in side)

        fresh = [
            (start, end, other, max(tier, floor))
            for start, words in starting.items()
            if places is None or start in places
            for folded in words
            for side, other in side_of(folded, fits)
            for end, tier in self._follow(start, side)
        ]
        for start, end, row, tier in fresh:
            self._or(start, end, row, tier)

    def _or(self, start: int, end: int, row: Row, tier: int) -> None:
        """Add another way between two places, if there is none as good."""
        if not any(reached == end and best <= tier for reached, best in self._follow(start, row)):
            self._chain(start, end, row, tier)

    def _atoms_from(self, start: int) -> Iterator[Atom]:
        for edge in self._from.get(start, ()):
            for option in edge.options:
                if len(option) == 1 and not option[0].prefix:
                    yield option[0]

    def _follow(self, start: int, row: Row) -> Iterator[tuple[int, int]]:
        """(end, tier) of the paths from a place that spell a row of the table."""
        reached = {start: EXACT}
        for folded, form in row:
            further: dict[int, int] = {}
            for place, before in reached.items():
                capitals = self._in_capitals(place)
                for edge in self._from.get(place, ()):
                    tiers = [
                        tier
                        for option in edge.options
                        if len(option) == 1
                        and (tier := _tier(option[0], folded, form, capitals)) is not None
                    ]
                    if tiers:
                        tier = max(min(tiers), edge.floor, before)
                        further[edge.end] = min(tier, further.get(edge.end, FOLDED))
            reached = further
        yield from reached.items()

    def _in_capitals(self, place: int) -> bool:
        return place < len(self._query_tokens) and self._query_tokens[place].text.isupper()

    def _chain(self, start: int, end: int, row: Row, floor: int) -> None:
        span = self._span(start)[0], self._span(end)[1]
        self.spans.append(span)
        place = start
        for step, (folded, form) in enumerate(row, start=1):
            if step == len(row):
                after = end
            else:
                after = self._nodes
                self._nodes += 1
                self._within[after] = span
            self._add(Edge(place, after, ((Atom(folded, form),),), floor))
            place = after

    def _join(self) -> None:
        """Let `và` stand or not between two abbreviations that are joined."""
        ends = {last for _, last in self.spans}
        starts = {first for first, _ in self.spans}
        for place in sorted(ends):
            query_tokens = self._query_tokens
            if place in starts and query_tokens[place - 1].joined:
                inner = self._place_at(place)
                self._copy(place, inner)
                self._add(Edge(place, inner, _AND))
                self._merge(place, place)
            elif place + 1 in starts and query_tokens[place].options[0][0].folded == "va":
                self._copy(place + 1, place)
                self._merge(place, place + 1)

    def _documents(self) -> None:
        """Let `số` stand or not before the number of a document: nghị quyết 15-NQ/TU."""
        row = self._query_tokens
        for place in range(1, len(row)):
            if not is_document(row, place):
                continue
            if is_number_sign(row[place - 1]):
                self._copy(place, place - 1)
            else:
                inner = self._place_at(place)
                self._copy(place, inner)
                self._add(Edge(place, inner, _NUMBER_SIGN))

    def _years(self) -> None:
        """Let the year of a quarter be a number: quý II năm 2021, quý II/2021."""
        row = self._query_tokens
        for place in range(2, len(row)):
            date = row[place].date
            if not isinstance(date, WrittenDate) or date.month or not date.year:
                continue
            if row[place - 2].options[0][0].folded in ("quy", "qui"):
                self._add(Edge(place, place + 1, ((Atom(*number(str(date.year))),),)))

    def _shares(self) -> None:
        """Let the first of two shares have its sign or not: 10-15%, 10% - 15%, 10% đến 15%."""
        words = [token.options[0][0].folded for token in self._query_tokens]
        for last in (place for place, word in enumerate(words) if word == "%" and place > 1):
            link = last - 1 if words[last - 2] not in _TO else last - 2
            signed = words[link - 1] == "%"
            first = link - 1 - signed
            apart = link == last - 1 and not self._query_tokens[link - 1].joined
            if first < 0 or apart or not words[first].replace(",", "").isdecimal():
                continue
            number_of = self._query_tokens[first].options
            if signed:
                self._add(Edge(first, link, number_of))
            else:
                inner = self._place_at(first)
                self._add(Edge(first, inner, number_of))
                self._add(Edge(inner, link, self._query_tokens[last].options))
            self.spans.append((first, last + 1))

    def _parts(self) -> None:
        """Let a word be the two as which the index has it: sarscov, SARS CoV."""
        for place, token in enumerate(self._query_tokens):
            if token.parts:
                first, second = (((Atom(*analyse_word(part)),),) for part in token.parts)
                inner = self._place_at(place)
                self._add(Edge(place, inner, first))
                self._add(Edge(inner, place + 1, second))

    def _days(self) -> None:
        """Let two small numbers with a dot or a hyphen between be a day: 30.4, 30-4."""
        row = self._query_tokens
        for place, token in enumerate(row):
            if not token.text[:1].isdecimal():
                continue
            last = place + (1 if "." in token.text else 2)
            written = ".".join(one.text for one in row[place:last])
            day = re.fullmatch(r"(\d{1,2})\.(\d{1,2})", written)
            if day is None or (last == place + 2 and not _is_day(row, place)):
                continue
            if 1 <= int(day[1]) <= 31 and 1 <= int(day[2]) <= 12:
                meant = tuple(Atom(*marker(f"={'dm'[n]}{int(day[n + 1])}")) for n in range(2))
                self._add(Edge(place, last, (meant,), COMPATIBLE))

    def _place_at(self, place: int) -> int:
        """A new place that lies where another is."""
        inner = self._nodes
        self._nodes += 1
        self._within[inner] = (place, place)
        return inner

    def _copy(self, source: int, start: int) -> None:
        for edge in list(self._from.get(source, ())):
            self._add(Edge(start, edge.end, edge.options, edge.floor))

    def _merge(self, left: int, right: int) -> None:
        first = min(start for start, end in self.spans if end == left)
        last = max(end for start, end in self.spans if start == right)
        self.spans.append((first, last))


def _is_day(row: Sequence[QueryToken], place: int) -> bool:
    """Whether two numbers with a joint between stand for themselves: no share, no document."""
    first, second, *after = row[place : place + 3]
    apart = second.start == first.end + 1 and first.joined and not second.joined
    return (
        apart and not (place and row[place - 1].joined) and not (after and after[0].text in SIGNS)
    )


def _plain(folded: str) -> str | None:
    """The letters of a syllable in capitals; None for any other word."""
    return letters_of(folded) if is_in_capitals(folded) else None


def _tier(atom: Atom, folded: str, form: str, capitals: bool) -> int | None:
    """The tier in which a word of the table is what was typed, i and y alike; None if it is not.

    What is an abbreviation in capitals is unlikely one in others, and none with other marks.
    """
    if atom.prefix:
        return None
    if atom.folded == folded:
        return tier_of(form, atom.form)
    if atom.folded == _plain(folded):
        written = f"{folded[1:-1]}0"
        if not carries(written, atom.form):
            return None
        return tier_of(written, atom.form) if capitals else FOLDED
    if folded == twin(atom.folded) and len(atom.form) == len(atom.folded) + 1:
        return tier_of(form, twin_form(atom.form))
    return None


def _may_have_hyphens(word: str) -> bool:
    """Whether a word is one that a text may write in parts: of several syllables."""
    vowels = sum(letter in "aeiouy" for letter in analyse_word(word)[0])
    if len(word) < _SHORTEST_IN_PARTS or not word.isalpha() or vowels < _SYLLABLES:
        return False
    from indexer.language.syllables import is_spelled

    return not is_spelled(word)


def clusters(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans, overlapping ones put together, in order."""
    result: list[tuple[int, int]] = []
    for first, last in sorted(spans):
        if result and first < result[-1][1]:
            result[-1] = (result[-1][0], max(last, result[-1][1]))
        else:
            result.append((first, last))
    return result


def apart(spans: list[tuple[int, int]]) -> list[list[tuple[int, int]]]:
    """Ways to choose spans of several tokens that do not overlap: each of them, longest first."""
    several = {span for span in spans if span[1] > span[0] + 1}
    order = sorted(several, key=lambda span: (span[0] - span[1], span))
    ways: list[list[tuple[int, int]]] = []
    for chosen in order:
        way = [chosen]
        for first, last in order:
            if all(last <= start or end <= first for start, end in way):
                way.append((first, last))
        if sorted(way) not in ways:
            ways.append(sorted(way))
    return ways


def _ordered(edges: list[Edge], first: int, last: int) -> dict[int, int]:
    """Numbers for the places on paths between two of them, so that every edge goes upwards."""
    after: dict[int, set[int]] = {}
    for edge in edges:
        after.setdefault(edge.start, set()).add(edge.end)
    order: list[int] = []
    seen: set[int] = set()
    stack = [(first, iter(sorted(after.get(first, ()))))]
    seen.add(first)
    while stack:
        place, following = stack[-1]
        step = next((node for node in following if node not in seen), None)
        if step is None:
            order.append(place)
            stack.pop()
        else:
            seen.add(step)
            stack.append((step, iter(sorted(after.get(step, ())))))
    order.reverse()
    # Nothing leaves the last place; it may stand after all others.
    order.remove(last)
    order.append(last)
    return {place: number for number, place in enumerate(order)}
