"""Where words stand near one another: `"a b"~3`."""

from __future__ import annotations

from indexer.engines.local.storage.bitsets import documents_of
from indexer.engines.local.storage.postings import Postings
from indexer.engines.local.storage.zones import Zones
from indexer.query.tree import Within

Lists = list[list[tuple[int, Postings]]]
"""For each word its posting lists, each with the number of ordinals that a match takes."""


Seen = list[tuple[int, int] | None]
"""For each word where what was last seen begins, and how many ordinals the words take so far."""


def documents_near(lists: Lists, documents: int, zones: Zones, near: Within) -> int:
    """Those of some documents (a set) where the words stand so, as a set."""
    stretches = zones.stretches(documents_of(documents))
    # At one ordinal a later word comes first: it does not follow on an earlier one.
    places = sorted(
        (ordinal, -word, steps)
        for word, of_word in enumerate(lists)
        for steps, postings in of_word
        for ordinal in postings.ordinals_in(stretches)
    )
    fits = _in_order if near.ordered else _in_any_order
    seen: Seen = [None] * len(lists)
    found, document, end = 0, 0, -1
    for ordinal, word, steps in places:
        if ordinal >= end:
            document = zones.document(ordinal)
            (end,) = zones.stretches([document])[1]
            seen = [None] * len(lists)
        if not found >> document & 1 and fits(seen, -word, ordinal, steps, near.most):
            found |= 1 << document
    return found


def _in_any_order(seen: Seen, word: int, ordinal: int, steps: int, most: int) -> bool:
    """Whether the words stand near enough, now that one more was seen."""
    seen[word] = ordinal, steps
    others = [one for one in seen if one is not None]
    if len(others) < len(seen):
        return False
    taken = sum(steps for _, steps in others)
    return ordinal + steps - min(start for start, _ in others) - taken <= most


def _in_order(seen: Seen, word: int, ordinal: int, steps: int, most: int) -> bool:
    """The same in their order: for each word it is kept where those up to it begin."""
    before = (ordinal, 0) if word == 0 else seen[word - 1]
    if before is None:
        return False
    start, taken = before[0], before[1] + steps
    seen[word] = start, taken
    return word == len(seen) - 1 and ordinal + steps - start - taken <= most
