"""Words that a corpus has, and which of its texts have their syllables side by side.

A word here is two syllables that stand together in a fifth of the texts that have the rarer of
them, and in ten texts or more. Side by side means with one blank between.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import corpus
from tokens import bare

_DRAWN_FROM = 6000
_LEAST, _MOST = 10, 1500
_BOND = 0.2
_SYLLABLE = re.compile(r"[^\W\d_]+")


class Word(NamedTuple):
    """A word, and the texts that have it: as it is written, and by its letters."""

    written: str
    meant: frozenset[str]
    alike: frozenset[str]


def words(source: Path, number: int, seed: int) -> list[Word]:
    """So many words of a corpus, always the same."""
    chosen = random.Random(seed).sample(_known(source), number)
    folded = {bare(word) for word in chosen}
    meant: dict[str, set[str]] = {word: set() for word in chosen}
    alike: dict[str, set[str]] = {word: set() for word in folded}
    for text in corpus.read(source):
        for pair in set(_side_by_side(text)):
            if pair in meant:
                meant[pair].add(text.key)
            if (letters := bare(pair)) in alike:
                alike[letters].add(text.key)
    return [Word(word, frozenset(meant[word]), frozenset(alike[bare(word)])) for word in chosen]


def _known(source: Path) -> list[str]:
    pairs: Counter[str] = Counter()
    single: Counter[str] = Counter()
    for _, text in zip(range(_DRAWN_FROM), corpus.read(source), strict=False):
        found = set(_side_by_side(text))
        pairs.update(found)
        single.update({syllable for pair in found for syllable in pair.split()})
    return sorted(
        pair
        for pair, count in pairs.items()
        if _LEAST <= count <= _MOST
        and count >= _BOND * min(single[syllable] for syllable in pair.split())
    )


def _side_by_side(text: corpus.Text) -> Iterator[str]:
    for line in (text.title, *text.body.split("\n")):
        lowered = line.lower()
        for one, other in pairwise(_SYLLABLE.finditer(lowered)):
            if lowered[one.end() : other.start()] == " ":
                yield lowered[one.start() : other.end()]
