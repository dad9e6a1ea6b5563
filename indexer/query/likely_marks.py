"""Which marks words without any are likely to have, by what stands side by side in an index."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from math import log

from indexer.query.tree import COMPATIBLE, tier_of

Beside = Callable[[str, str], Mapping[str, int]]
"""For two folded words how often each spelling of both stands side by side (`cây0 xanh0`)."""

Typed = tuple[str, str] | None
"""A word as its folded letters and its form; None is no single word."""

_UNSEEN = log(0.5)
_UNKNOWN = ""


def likely_marks(row: Sequence[Typed], beside: Beside) -> list[str | None]:
    """For each word the form that it has in the likeliest reading of all; None if not known.

    The likeliest reading is that whose pairs stand most often side by side (Viterbi, Error bounds
    for convolutional codes, 1967).
    """
    seen = [_seen(before, word, beside) for before, word in pairwise(row)]
    # The best reading up to a word by the form that the word has: its worth, and its forms.
    best: dict[str, tuple[float, tuple[str, ...]]] = {_UNKNOWN: (0.0, ())}
    for place in range(len(row)):
        before = seen[place - 1] if place else {}
        after = seen[place] if place < len(seen) else {}
        forms = {right for _, right in before} | {left for left, _ in after} | {_UNKNOWN}
        best = {
            form: max(
                (worth + before.get((left, form), _UNSEEN), (*forms_before, form))
                for left, (worth, forms_before) in best.items()
            )
            for form in forms
        }
    _, forms_found = max(best.values())
    return [form or None for form in forms_found]


def _seen(left: Typed, right: Typed, beside: Beside) -> dict[tuple[str, str], float]:
    """The spellings of two words side by side that have the marks typed, and what each is worth."""
    if left is None or right is None:
        return {}
    return {
        (first, second): log(count)
        for spelling, count in beside(left[0], right[0]).items()
        for first, _, second in [spelling.partition(" ")]
        if count and max(tier_of(first, left[1]), tier_of(second, right[1])) <= COMPATIBLE
    }
