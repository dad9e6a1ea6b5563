"""Where words stand near one another: `"a b"~3`.

If they have few places in the documents that are asked about, these are gone through in order.
Otherwise the places of a word are one long integer, ordinal by ordinal, and where it stands within
reach is a few shifts of it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import compress, pairwise, product, repeat
from operator import gt

from indexer.engines.local.search.budget import Budget
from indexer.engines.local.search.index_snapshot import IndexSnapshot
from indexer.engines.local.storage.bitsets import any_of, bits_of, bits_of_ordinals, documents_of
from indexer.engines.local.storage.postings import Postings
from indexer.engines.local.storage.zones import Stretches, Zones
from indexer.language.analysis import ZONES
from indexer.query.tree import Within

Lists = list[list[tuple[int, Postings]]]
"""For each word its posting lists, each with the number of ordinals that a match takes."""

_PER_WORD = 1 / 800
_MARK = 1 / 8
"""How many steps of a budget an ordinal of the index takes for one word, all gone through; and a
place, to mark it."""

_PLACE = 2.2
_LOOK = 0.6
"""How many steps it takes to go through a place of some documents; and to look for a spelling in
one of them."""

_OWN = 4
_OWN_PER_WORD = 1.5
"""So many times as many if each word needs a place of its own, more of many words."""

_MOST_WAYS = 8
"""Words that take more or fewer ordinals are tried in so many combinations at most."""

Place = tuple[int, int]
"""Where a word begins, and the ordinal after it."""

Seat = tuple[int, int, int]
"""Where a word begins, which one it is (negative), and how many ordinals it takes."""

_MOST_TRIES = 2_000
"""After so many ways to place the words from an ordinal on they are taken to stand near enough."""

Seen = list[tuple[int, int] | None]
"""For each word where what was last seen begins, and how many ordinals the words take so far."""


def documents_near(
    snapshot: IndexSnapshot,
    lists: Lists,
    documents: int,
    near: Within,
    better: Sequence[int],
    budget: Budget,
) -> tuple[int, int]:
    """Those of some documents (a set) where the words stand so, as a set.

    And those that were not looked at, as far as the budget went; those of the sets `better` were
    looked at first.
    """
    postings = [one for of_word in lists for _, one in of_word]
    places = sum(len(one.ordinals) for one in postings)
    own = max(_OWN, _OWN_PER_WORD * len(lists)) if _share(lists) else 1
    share = _length_of(documents, snapshot.zones) / max(snapshot.zones.end, 1)
    look = _LOOK * len(postings)
    each = own * (_PLACE * places * share + look)
    ways = [*product(*({steps for steps, _ in of_word} for of_word in lists))]
    all_of_it = len(ways) * (len(lists) * snapshot.zones.end * _PER_WORD + places * _MARK)
    alone = not (near.ordered or _share(lists))
    # What stars stand for is looked for in the first documents all together if not in all.
    many = alone and look > each / 2
    part = min(budget.share / max(all_of_it, 1), 1) if many else 1
    by_places = min(each * documents.bit_count(), budget.share)
    worth = all_of_it < by_places or (part < 1 and part * documents.bit_count() * each > by_places)
    if worth and len(ways) <= _MOST_WAYS:
        first = int(snapshot.size * part)
        end = snapshot.zones.starts[ZONES * first]
        reach = _Reach(snapshot.zones.firsts)
        within = any_of(_together(snapshot, lists, way, near.most, reach, end) for way in ways)
        left_out = documents >> first << first
        documents &= snapshot.zones.documents(within) & ~left_out
        if alone:
            budget.take(all_of_it * part)
            budget.cut |= bool(left_out)
            return documents, left_out
    looked_at = budget.some_of(snapshot, documents, better, each.__mul__)
    return _by_places(lists, looked_at, snapshot.zones, near), documents & ~looked_at


def _length_of(documents: int, zones: Zones) -> float:
    """How many ordinals the documents of a set have on average."""
    firsts, ends = zones.stretches(documents_of(documents))
    return (sum(ends) - sum(firsts)) / max(len(firsts), 1)


def _together(
    snapshot: IndexSnapshot,
    lists: Lists,
    way: tuple[int, ...],
    most: int,
    reach: _Reach,
    end: int,
) -> int:
    """The ordinals from which all words stand near enough, each in a form of so many ordinals.

    Only those before `end` are looked at.
    """
    found = -1
    for of_word, own in zip(lists, way, strict=True):
        fitting = [one for steps, one in of_word if steps == own]
        if end < snapshot.zones.end:
            before = (one.ordinals[: bisect_left(one.ordinals, end)] for one in fitting)
            here = bits_of_ordinals(before, end)
        else:
            here = snapshot.marked(fitting)
        found &= reach.before(here, most + sum(way) - own)
        if not found:
            break
    return found


class _Reach:
    """Goes back from ordinals, not beyond the first of a document."""

    def __init__(self, firsts: int) -> None:
        self._walls = {1: firsts}

    def before(self, ordinals: int, most: int) -> int:
        """The ordinals that have one of these at most so far behind them in their document."""
        done = 0
        while done < most and ordinals:
            step = min(done + 1, most - done)
            ordinals |= (ordinals & ~self._wall(step)) >> step
            done += step
        return ordinals

    def _wall(self, step: int) -> int:
        """The ordinals that lie less than so far behind the first of their document."""
        if step not in self._walls:
            half = step // 2
            self._walls[step] = self._wall(step - half) | self._wall(half) << (step - half)
        return self._walls[step]


def _by_places(lists: Lists, documents: int, zones: Zones, near: Within) -> int:
    """Those of some documents (a set) where the words stand so, as a set."""
    within = _where_all_are(lists, zones.stretches(documents_of(documents)), near)
    # At one ordinal a later word comes first: it does not follow on an earlier one.
    places = sorted(
        (ordinal, -word, steps)
        for word, of_word in enumerate(lists)
        for steps, postings in of_word
        for ordinal in postings.ordinals_in(within)
    )
    shared = _share(lists)
    stand = _in_order if near.ordered else _in_any_order
    found = [
        document
        for document, here in _by_document(places, zones)
        if (seen := stand(here, len(lists), near.most)) is not None
        and (not shared or _apart(seen) or _each_for_itself(here, len(lists), near))
    ]
    # What is around a place may reach into the document beside.
    return bits_of(found, max(found, default=0) + 1) & documents


def _by_document(places: list[Seat], zones: Zones) -> Iterator[tuple[int, list[Seat]]]:
    """The documents that have any of some places (sorted), each with those in it."""
    start = 0
    while start < len(places):
        document = zones.document(places[start][0])
        (end,) = zones.stretches([document])[1]
        after = bisect_left(places, (end,), start)
        yield document, places[start:after]
        start = after


def _where_all_are(lists: Lists, stretches: Stretches, near: Within) -> Stretches:
    """What of some stretches (sorted) has all words, all as near to the rarest as they must be."""
    longest = [max([steps for steps, _ in of_word], default=0) for of_word in lists]
    reach = near.most + sum(longest) + max(longest)
    rarest, *others = sorted(lists, key=lambda of_word: sum(one.number for _, one in of_word))
    firsts: list[int] = []
    ends = [0]
    for ordinal in _ordinals(rarest, stretches):
        if ordinal - reach > ends[-1] or not firsts:
            firsts.append(ordinal - reach)
            ends.append(ordinal + reach)
        else:
            ends[-1] = ordinal + reach
    around = firsts, ends[1:]
    for of_word in others:
        places = _ordinals(of_word, around)
        after = map(bisect_left, repeat(places), around[1])
        before = map(bisect_left, repeat(places), around[0])
        having = [*map(gt, after, before)]
        around = [*compress(around[0], having)], [*compress(around[1], having)]
    return around


def _ordinals(of_word: list[tuple[int, Postings]], stretches: Stretches) -> list[int]:
    """Where a word stands in some stretches, in order."""
    return sorted({at for _, postings in of_word for at in postings.ordinals_in(stretches)})


def _share(lists: Lists) -> bool:
    """Whether one word of a text may be of two of those asked for (giám giám, UBND dân)."""
    terms = [{id(postings) for _, postings in of_word} for of_word in lists]
    several = any(steps > 1 for of_word in lists for steps, _ in of_word)
    return several or len(set().union(*terms)) < sum(map(len, terms))


def _each_for_itself(seats: list[Seat], words: int, near: Within) -> bool:
    """Whether each word has a place of its own in a document, near enough."""
    places: list[set[Place]] = [set() for _ in range(words)]
    for ordinal, word, steps in seats:
        places[-word].add((ordinal, ordinal + steps))
    ordered = [*map(sorted, places)]
    starts = sorted({place for of_word in ordered for place, _ in of_word})
    return any(_have_places(ordered, start, near) for start in starts)


def _have_places(places: list[list[Place]], start: int, near: Within) -> bool:
    """Whether each word has a place of its own from an ordinal on, with so many others between.

    A word that is asked for twice has its places in order, so that no two ways are the same.
    """
    tries = _MOST_TRIES
    longest = [max((end - begin for begin, end in of_word), default=0) for of_word in places]
    rest = [sum(longest[word + 1 :]) for word in range(len(places))]

    def placed(word: int, taken: list[Place]) -> bool:
        nonlocal tries
        filled = sum(end - begin for begin, end in taken)
        if word == len(places):
            return max(end for _, end in taken) - start - filled <= near.most
        after = start
        if word and (near.ordered or places[word] == places[word - 1]):
            after = taken[-1][1]
        # From here on too many others would stand between, whatever comes after.
        last = start + near.most + filled + rest[word]
        for begin, end in places[word][bisect_left(places[word], (after, 0)) :]:
            tries -= 1
            if tries < 0 or begin > last:
                return tries < 0
            free = all(end <= other or after <= begin for other, after in taken)
            if free and placed(word + 1, [*taken, (begin, end)]):
                return True
        return False

    return placed(0, [])


def _in_any_order(seats: list[Seat], words: int, most: int) -> Seen | None:
    """Where so many words stand near enough in a document, if one place may be of several."""
    seen: Seen = [None] * words
    lacking = words
    for ordinal, word, steps in seats:
        before = seen[-word]
        if before is None:
            lacking -= 1
        elif ordinal + steps <= before[0] + before[1]:
            # It is within what was seen: the second part of Wi-Fi, a word of an abbreviation.
            continue
        seen[-word] = ordinal, steps
        if not lacking:
            starts, taken = zip(*seen, strict=True)
            if ordinal + steps - min(starts) - sum(taken) <= most:
                return seen
    return None


def _in_order(seats: list[Seat], words: int, most: int) -> Seen | None:
    """The same in their order: for each word it is kept where those up to it begin."""
    seen: Seen = [None] * words
    for ordinal, word, steps in seats:
        before = seen[-word - 1] if word else (ordinal, 0)
        if before is not None:
            start, taken = before[0], before[1] + steps
            seen[-word] = start, taken
            if -word == words - 1 and ordinal + steps - start - taken <= most:
                return seen
    return None


def _apart(seen: Seen) -> bool:
    """Whether each word that was seen has a place of its own."""
    places = sorted([one for one in seen if one is not None])
    return all(start + steps <= after for (start, steps), (after, _) in pairwise(places))
