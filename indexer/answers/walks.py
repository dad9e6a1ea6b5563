"""Two ways to walk a sequence through an index, step by step: each step goes on by one slot.

If many documents have all of its words, all slots are looked at in one long integer for each word.
Otherwise the slots in these documents are, as sets of numbers, the rarest word first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain, islice
from typing import NamedTuple, TypeVar

from indexer.answers.corpus import Corpus
from indexer.answers.spellings import TIERS
from indexer.files.bits import all_of, any_of, documents_of
from indexer.files.postings import Postings
from indexer.files.zones import Stretches
from indexer.queries.query import FOLDED, Atom, Edge

Step = list[Edge]
"""All edges from one place of the sequence to another."""

Row = list[Step]
"""Steps that follow on one another, with no other way in or out between them."""

Lists = dict[Atom, list[list[Postings]]]
"""The posting lists of words by tier."""

Fresh = dict[int, list[int]]
"""Of a tier's matches that are in no better one: number of slots → where those begin, in order,
that take so many."""

_LOOK_UP = 8
"""To look for the slots of a document costs as much as to go through so many."""

_MOST_APART = 16

_Slots = TypeVar("_Slots", int, set[int])


class Ways(NamedTuple):
    """All ways through a sequence, whose places are numbered from 0 to `length`.

    From the tier `worst` on no more of them are open.
    """

    length: int
    rows: list[Row]
    lists: Lists
    worst: int

    def walk(
        self, through: Callable[[Row, _Slots | None], _Slots], first: _Slots | None = None
    ) -> dict[int, _Slots]:
        """Number of slots → those after all matches of so many.

        They begin at the slots `first`, or anywhere. `through` takes slots through one row.
        """
        reached: list[dict[int, _Slots]] = [{} for _ in range(self.length + 1)]
        for row in self.rows:
            start, after = row[0][0].start, reached[row[-1][0].end]
            before: Mapping[int, _Slots | None] = reached[start] if start else {0: first}
            for steps, slots in before.items():
                further = through(row, slots)
                if further:
                    steps += len(row)
                    after[steps] = after[steps] | further if steps in after else further
        return reached[self.length]

    def apart(self) -> Ways:
        """The same with each way through as one row, unless they are too many."""
        ways = list(islice(self._rows_from(0), _MOST_APART + 1))
        return self if len(ways) > _MOST_APART else self._replace(rows=ways)

    def _rows_from(self, place: int) -> Iterator[Row]:
        if place == self.length:
            yield []
        for row in self.rows:
            if row[0][0].start == place:
                yield from (row + rest for rest in self._rows_from(row[-1][0].end))

    def many(self) -> int:
        """About how many documents have the rarest word of a row; the most of all rows."""
        return max(min(weight(step, self.lists, FOLDED) for step in row) for row in self.rows)


def options(step: Step, tier: int) -> list[tuple[Atom, ...]]:
    """What may stand at a step, up to a tier: all words of any of these."""
    return [option for edge in step if edge.floor <= tier for option in edge.options]


def weight(step: Step, lists: Lists, tier: int) -> int:
    """About how many documents a step has to do with, up to a tier."""
    return sum(
        min(sum([one.number for one in chain(*lists[atom][: tier + 1])]) for atom in option)
        for option in options(step, tier)
    )


def everywhere(corpus: Corpus, ways: Ways) -> Iterator[Fresh]:
    """For each tier all matches that are in no better one."""
    marked: dict[Atom, int] = dict.fromkeys(ways.lists, 0)
    made: dict[int, int] = {}
    before: dict[int, int] = {}

    def through(row: Row, slots: int | None) -> int:
        reached = -1 if slots is None else slots
        for step in row:
            reached = (reached & made[id(step)]) << 1
        return reached

    for tier in TIERS[: ways.worst + 1]:
        for atom, lists in ways.lists.items():
            marked[atom] = any_of((marked[atom], corpus.marked(lists[tier])))
        made.update({id(step): _of(step, tier, marked) for row in ways.rows for step in row})
        ends = ways.walk(through)
        yield {
            steps: documents_of((slots & ~before.get(steps, 0)) >> steps)
            for steps, slots in ends.items()
        }
        before = ends


def _of(step: Step, tier: int, marked: dict[Atom, int]) -> int:
    return any_of(
        all_of(marked[first], map(marked.__getitem__, others))
        for first, *others in options(step, tier)
    )


def in_some(corpus: Corpus, ways: Ways, documents: Sequence[int]) -> Iterator[Fresh]:
    """The same of the matches in some documents, and maybe in others."""
    walk = _InSome(corpus, ways.lists, documents)
    whole = ways.walk(walk.through)
    begins = {end - steps for steps, ends in whole.items() for end in ends}
    before: dict[int, set[int]] = {}
    for tier in TIERS[: ways.worst + 1]:
        walk.tier = tier
        ends = ways.walk(walk.through, begins) if tier < ways.worst else whole
        yield {
            steps: sorted([end - steps for end in slots - before.get(steps, set())])
            for steps, slots in ends.items()
        }
        before = ends


class _InSome:
    """Takes slots through rows, up to a tier; those that may be anywhere from some documents."""

    def __init__(self, corpus: Corpus, lists: Lists, documents: Sequence[int]) -> None:
        self.tier = FOLDED
        self._lists = lists
        self._zones = corpus.zones
        self._documents = documents

    @cached_property
    def _stretches(self) -> Stretches:
        return self._zones.stretches(self._documents)

    def through(self, row: Row, slots: set[int] | None) -> set[int]:
        """The slots after the row."""
        order = sorted(
            range(len(row)), key=lambda number: weight(row[number], self._lists, self.tier)
        )
        at = 0
        for number in order:
            if slots is None:
                slots = self._anywhere(row[number])
            else:
                if number != at:
                    slots = {slot + (number - at) for slot in slots}
                slots = self._among(row[number], slots)
            at = number
            if not slots:
                return slots
        return {slot + (len(row) - at) for slot in slots or ()}

    def _upto(self, atom: Atom) -> chain[Postings]:
        return chain.from_iterable(self._lists[atom][: self.tier + 1])

    def _anywhere(self, step: Step) -> set[int]:
        """Where a step is made in the documents, and maybe in others."""
        found: set[int] = set()
        for first, *others in options(step, self.tier):
            slots = set(chain.from_iterable(map(self._in_documents, self._upto(first))))
            found |= self._all_among(others, slots)
        return found

    def _in_documents(self, postings: Postings) -> Iterable[int]:
        if len(self._documents) * _LOOK_UP < len(postings.slots):
            return postings.slots_in(self._stretches)
        return postings.slots

    def _among(self, step: Step, slots: set[int]) -> set[int]:
        """Those of the slots where a step is made."""
        found = [self._all_among(one, slots) for one in options(step, self.tier)]
        return found[0].union(*found[1:]) if found else set()

    def _all_among(self, atoms: Iterable[Atom], slots: set[int]) -> set[int]:
        for atom in atoms:
            wanted = slots
            lists = [postings.among(wanted) for postings in self._upto(atom)]
            slots = wanted.intersection(chain.from_iterable(lists))
        return slots


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
