"""How much work one search may do, so that nothing that can be typed costs without measure.

Work is counted, not timed: a query finds the same in an index however busy the machine is, and
whatever was asked before. What is counted are the steps of what can be long: words that a star
stands for, and ordinals that are looked at. A step takes about a microsecond.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from math import ceil
from typing import TYPE_CHECKING

from archive.ground.message import Message

if TYPE_CHECKING:
    from indexer.engines.local.search.index_snapshot import IndexSnapshot

STEPS = 500_000
"""How many steps a search may take."""

CUT = Message("indexer.too-much")
"""What is said of an answer that had to do with less."""


class Budget:
    """The steps that are left, to be shared by the parts of a query that may take many.

    `parts` is about how many of them are still to come; `spent` what each so far took; `cut` says
    that any had to do with less.
    """

    def __init__(self, steps: int) -> None:
        self.left = steps
        self.parts = 0
        self.spent: list[int] = []
        self.cut = False

    @property
    def share(self) -> int:
        """What the next part may take: as much as each of those that follow."""
        return self.left // max(self.parts, 1)

    def take(self, steps: float) -> None:
        """Take what a part needs."""
        self.left -= int(steps)
        self.parts = max(self.parts - 1, 0)
        self.spent.append(int(steps))

    def again(self, spent: Sequence[int]) -> bool:
        """Whether parts that took so much before may do so again; then it is taken."""
        left, parts = self.left, self.parts
        for steps in spent:
            if steps > left // max(parts, 1):
                return False
            left, parts = left - steps, max(parts - 1, 0)
        for steps in spent:
            self.take(steps)
        return True

    def upto(self, number: int, each: float) -> int:
        """How many of some things a part may look at, each for so many steps, which it takes."""
        many = min(number, int(self.share / each))
        self.cut = self.cut or many < number
        self.take(many * each)
        return many

    def some_of(
        self,
        snapshot: IndexSnapshot,
        documents: int,
        tiers: Sequence[int],
        cost: Callable[[int], float],
    ) -> int:
        """The documents of a set that a part may look at; those of the better `tiers` first, of
        these the later.

        `cost` says how many steps so many documents take.
        """
        number = documents.bit_count()
        room = max(
            bisect_right(range(number + 1), self.share, key=lambda some: ceil(cost(some))) - 1, 0
        )
        self.take(cost(room))
        if room == number:
            return documents
        from indexer.engines.local.search.latest import latest

        self.cut = True
        chosen = 0
        for tier in tiers:
            fresh = tier & documents & ~chosen
            chosen |= latest(snapshot, fresh, room - chosen.bit_count())
        return chosen
