"""Two ways to walk a sequence through an index, step by step: each step goes on by one ordinal.

If many documents have all of its words, ordinals are looked at in one long integer a word.
Otherwise the ordinals in these documents are, as sets of numbers, the rarest word first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain
from typing import NamedTuple, TypeVar

from indexer.engines.local.search.index_snapshot import IndexSnapshot
from indexer.engines.local.search.spellings import TIERS
from indexer.engines.local.storage.bitsets import all_of, any_of, documents_of
from indexer.engines.local.storage.postings import Postings
from indexer.engines.local.storage.zones import Stretches
from indexer.query.tree import FOLDED, Atom, Edge

Step = list[Edge]
"""All edges from one place of the sequence to another."""

Row = list[Step]
"""Steps that follow on one another, with no other way in or out between them."""

Lists = dict[Atom, list[list[Postings]]]
"""The posting lists of words by tier."""

Fresh = dict[int, list[int]]
"""Of a tier's matches that are in no better one: number of ordinals → where those begin, in order,
that take so many."""

_LOOK_UP = 8
"""To look for the ordinals of a document costs as much as to go through so many."""

_MOST_APART = 64
_MOST_ROWS = 64
"""With more ways or rows than these, ways are not taken apart."""

_Ordinals = TypeVar("_Ordinals", int, set[int])


class Ways(NamedTuple):
    """All ways through a sequence, whose places are numbered from 0 to `length`.

    From the tier `worst` on no more of them are open.
    """

    length: int
    rows: list[Row]
    lists: Lists
    worst: int

    def walk(
        self, through: Callable[[Row, _Ordinals | None], _Ordinals], first: _Ordinals | None = None
    ) -> dict[int, _Ordinals]:
        """Number of ordinals → those after all matches of so many.

        They begin at the ordinals `first`, or anywhere. `through` takes ordinals through one row.
        """
        reached: list[dict[int, _Ordinals]] = [{} for _ in range(self.length + 1)]
        for row in self.rows:
            start, after = row[0][0].start, reached[row[-1][0].end]
            before: Mapping[int, _Ordinals | None] = reached[start] if start else {0: first}
            for steps, ordinals in before.items():
                further = through(row, ordinals)
                if further:
                    steps += len(row)
                    after[steps] = after[steps] | further if steps in after else further
        return reached[self.length]

    def apart(self) -> Ways:
        """The same with each way through as one row, unless they are too many."""
        if len(self.rows) > _MOST_ROWS:
            return self
        ways: list[Row] = []
        begun: list[Row] = [row for row in self.rows if not row[0][0].start]
        while begun:
            way = begun.pop()
            end = way[-1][0].end
            if end == self.length:
                ways.append(way)
            else:
                begun += [way + row for row in self.rows if row[0][0].start == end]
            if len(ways) + len(begun) > _MOST_APART:
                return self
        # Of a table's rows two may say the same: thành phố Hồ Chí Minh, and TP with HCM after it.
        return self._replace(rows=list({_said(way): way for way in ways}.values()))

    def many(self) -> int:
        """About how many documents have the rarest word of a row; the most of all rows."""
        return max(
            (min(weight(step, self.lists, FOLDED) for step in row) for row in self.rows), default=0
        )


def options(step: Step, tier: int) -> list[tuple[Atom, ...]]:
    """What may stand at a step, up to a tier: all words of any of these."""
    return [option for edge in step if edge.floor <= tier for option in edge.options]


def weight(step: Step, lists: Lists, tier: int) -> int:
    """About how many documents a step has to do with, up to a tier."""
    return sum(
        min(sum([one.number for one in chain(*lists[atom][: tier + 1])]) for atom in option)
        for option in options(step, tier)
    )


def everywhere(snapshot: IndexSnapshot, ways: Ways) -> Iterator[Fresh]:
    """For each tier all matches that are in no better one."""
    marked: dict[Atom, int] = dict.fromkeys(ways.lists, 0)
    made: dict[int, int] = {}
    before: dict[int, int] = {}

    def through(row: Row, ordinals: int | None) -> int:
        reached = -1 if ordinals is None else ordinals
        for step in row:
            reached = (reached & made[id(step)]) << 1
        return reached

    for tier in TIERS[: ways.worst + 1]:
        for atom, lists in ways.lists.items():
            marked[atom] = any_of((marked[atom], snapshot.marked(lists[tier])))
        made.update({id(step): _of(step, tier, marked) for row in ways.rows for step in row})
        ends = ways.walk(through)
        yield {
            steps: documents_of((ordinals & ~before.get(steps, 0)) >> steps)
            for steps, ordinals in ends.items()
        }
        before = ends


def _of(step: Step, tier: int, marked: dict[Atom, int]) -> int:
    return any_of(
        all_of(marked[first], map(marked.__getitem__, others))
        for first, *others in options(step, tier)
    )


def in_some(snapshot: IndexSnapshot, ways: Ways, documents: Sequence[int]) -> Iterator[Fresh]:
    """The same of the matches in some documents, and maybe in others."""
    walk = _InSome(snapshot, ways.lists, documents)
    whole = ways.walk(walk.through)
    before: dict[int, set[int]] = {}
    for tier in TIERS[: ways.worst + 1]:
        walk.tier = tier
        left = {
            end - steps for steps, ends in whole.items() for end in ends - before.get(steps, set())
        }
        ends = ways.walk(walk.through, left) if tier < ways.worst else whole
        yield {
            steps: sorted([end - steps for end in ordinals - before.get(steps, set())])
            for steps, ordinals in ends.items()
        }
        for steps, ordinals in ends.items():
            before[steps] = before.get(steps, set()) | ordinals


class _InSome:
    """Takes ordinals through rows, up to a tier; those that may be anywhere from some documents."""

    def __init__(self, snapshot: IndexSnapshot, lists: Lists, documents: Sequence[int]) -> None:
        self.tier = FOLDED
        self._lists = lists
        self._whole: dict[int, set[int]] = {}
        self._zones = snapshot.zones
        self._documents = documents

    @cached_property
    def _stretches(self) -> Stretches:
        return self._zones.stretches(self._documents)

    def through(self, row: Row, ordinals: set[int] | None) -> set[int]:
        """The ordinals after the row."""
        if ordinals is None:
            self._whole[id(row)] = found = self._through(row, None)
            return found
        known = self._whole.get(id(row))
        if known is None:
            return self._through(row, ordinals) if ordinals else ordinals
        ends = known.intersection([ordinal + len(row) for ordinal in ordinals])
        doubtful = self._made_by_worse(row, ends)
        if not doubtful:
            return ends
        # Where a step is made by what is of a worse tier it may be made by a better one as well.
        begins = {end - len(row) for end in doubtful}
        return (ends - doubtful) | self._through(row, begins)

    def _made_by_worse(self, row: Row, ends: set[int]) -> set[int]:
        """Those of the ordinals after the row where a step is made by what is beyond the tier."""
        found: set[int] = set()
        for after, step in enumerate(reversed(row), 1):
            lists = [
                postings
                for edge in step
                for option in edge.options
                for atom in option
                for of_tier in self._lists[atom][self.tier + 1 if edge.floor <= self.tier else 0 :]
                for postings in of_tier
            ]
            if lists:
                here = {end - after for end in ends}
                worse = chain.from_iterable([postings.among(here) for postings in lists])
                found.update([ordinal + after for ordinal in here.intersection(worse)])
        return found

    def _through(self, row: Row, ordinals: set[int] | None) -> set[int]:
        order = sorted(
            range(len(row)), key=lambda number: weight(row[number], self._lists, self.tier)
        )
        at = 0
        for number in order:
            if ordinals is None:
                ordinals = self._anywhere(row[number])
            else:
                if number != at:
                    ordinals = {ordinal + (number - at) for ordinal in ordinals}
                ordinals = self._among(row[number], ordinals)
            at = number
            if not ordinals:
                return ordinals
        return {ordinal + (len(row) - at) for ordinal in ordinals or ()}

    def _upto(self, atoms: Iterable[Atom]) -> list[Postings]:
        return [*chain.from_iterable([chain(*self._lists[a][: self.tier + 1]) for a in atoms])]

    def _anywhere(self, step: Step) -> set[int]:
        """Where a step is made in the documents, and maybe in others."""
        found: set[int] = set()
        for least, *others in self._together(step):
            ordinals = set(chain.from_iterable(map(self._in_documents, least)))
            found |= _all_among(others, ordinals)
        return found

    def _in_documents(self, postings: Postings) -> Iterable[int]:
        if len(self._documents) * _LOOK_UP < len(postings.ordinals):
            return postings.ordinals_in(self._stretches)
        return postings.ordinals

    def _among(self, step: Step, ordinals: set[int]) -> set[int]:
        """Those of the ordinals where a step is made."""
        found = [_all_among(lists, ordinals) for lists in self._together(step)]
        return found[0].union(*found[1:]) if found else set()

    def _together(self, step: Step) -> Iterator[list[list[Postings]]]:
        """The ways to make a step: lists any of which must have an ordinal, those with least first.

        Ways that differ in the first word are one: the days of a span have month and year in
        common.
        """
        firsts: dict[tuple[Atom, ...], list[Atom]] = {}
        for first, *others in options(step, self.tier):
            firsts.setdefault(tuple(others), []).append(first)
        for common, several in firsts.items():
            lists = [self._upto(several), *[self._upto([atom]) for atom in common]]
            yield sorted(lists, key=lambda any_of_these: sum(one.number for one in any_of_these))


def _all_among(lists: Iterable[list[Postings]], ordinals: set[int]) -> set[int]:
    """Those of the ordinals that any of each of the lists have."""
    for any_of_these in lists:
        having = [postings.among(ordinals) for postings in any_of_these]
        ordinals = ordinals.intersection(chain.from_iterable(having))
    return ordinals


def _said(row: Row) -> tuple[tuple[tuple[object, ...], ...], ...]:
    """What may stand at each step of a row."""
    return tuple(tuple((edge.options, edge.floor) for edge in step) for step in row)


def rows_of(edges: Collection[Edge]) -> list[Row]:
    """The edges as rows, each after those that lead to it."""
    steps: dict[tuple[int, int], Step] = {}
    for edge in sorted(edges, key=lambda edge: edge.start):
        steps.setdefault((edge.start, edge.end), []).append(edge)
    leaving = Counter(start for start, _ in steps)
    arriving = Counter(end for _, end in steps)
    single = {place for place, count in leaving.items() if count == arriving[place] == 1}
    following = {start: step for (start, _), step in steps.items() if start in single}
    rows = []
    for (start, _), step in steps.items():
        if start not in single:
            row = [step]
            while row[-1][0].end in following:
                row.append(following[row[-1][0].end])
            rows.append(row)
    return rows
