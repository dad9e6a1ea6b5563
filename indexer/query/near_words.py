"""Near words: what a query may have meant, from the words that the index has."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from indexer.language.syllables import is_bare_syllable

_LONG = 6
"""Letters from which on a word may have two slips, or be a slip of what is no syllable."""

_LONGEST_SLIPPED = 24
_LONGEST_JOINED = 80
"""Letters beyond which a word is no slip of a syllable, and no syllables typed together."""

_FOREIGN = frozenset("fjwz")

# What is said alike in one part of the country or another, and mistaken for one another.
_ONSETS = (
    ("ch", "tr"), ("s", "x"), ("d", "gi"), ("d", "r"), ("gi", "r"), ("d", "v"), ("v", "gi"),
    ("l", "n"), ("c", "k"), ("c", "q"), ("k", "q"), ("g", "gh"), ("ng", "ngh"), ("ph", "f"),
    ("gi", "j"), ("d", "z"), ("gi", "z"), ("c", "qu"), ("k", "qu"), ("h", "qu"), ("gi", "g"),
)  # fmt: skip
_CODAS = (("n", "ng"), ("n", "nh"), ("c", "t"), ("ch", "t"), ("i", "y"), ("o", "u"), ("c", "ch"))


def sound_alikes(word: str) -> Iterator[str]:
    """Folded words that differ in an onset or an ending that is easily mistaken."""
    for one, other in _ONSETS:
        for left, right in ((one, other), (other, one)):
            rest = word[len(left) :]
            if word.startswith(left) and rest[:1] in ("a", "e", "i", "o", "u", "y"):
                yield right + rest
    for one, other in _CODAS:
        for left, right in ((one, other), (other, one)):
            if word.endswith(left) and len(word) > len(left):
                yield word[: -len(left)] + right


def near_words(word: str, known: Mapping[str, int]) -> list[str]:
    """The other known words that are nearest to a word, likeliest first.

    `known` has the number of documents of each folded word. Nearest are those that sound alike or
    are one slip of a finger away (a letter more, less, other, or two exchanged), else two slips in
    a word of six letters and more. A short word that is no syllable is a name (VNeID, covid) rather
    than a slip of another name: only syllables are near to it, and of one with a letter that no
    syllable has (who) only what sounds alike.
    """
    if len(word) > _LONGEST_SLIPPED:
        return []
    words: Collection[str] = known
    if len(word) < _LONG and not is_bare_syllable(word):
        words = {other for other in known if is_bare_syllable(other)}
    alike = {other for other in sound_alikes(word) if other in words}
    foreign = words is not known and not _FOREIGN.isdisjoint(word)
    slips = set() if foreign else _within(1, word, words) - alike - {word}
    found = sorted(alike, key=lambda other: (-known[other], other))
    found += sorted(slips, key=lambda other: (other[:1] != word[:1], -known[other], other))
    if not found and len(word) >= _LONG:
        far = _within(2, word, words) - {word}
        found = sorted(far, key=lambda other: (other[:1] != word[:1], -known[other], other))
    return found


def split_words(word: str, known: Mapping[str, int]) -> list[str]:
    """An unknown word as several known ones written without spaces (hoidongnhandan), or nothing.

    The fewest words win, then the commonest. Each is a syllable by its letters.
    """
    if len(word) > _LONGEST_JOINED:
        return []
    best: list[tuple[int, float, list[str]] | None] = [None] * (len(word) + 1)
    best[0] = (0, 0.0, [])
    for end in range(1, len(word) + 1):
        for start in range(max(0, end - 7), end):
            before, piece = best[start], word[start:end]
            if before is None or piece not in known or (len(piece) == 1 and piece not in "aouy"):
                continue
            if not is_bare_syllable(piece):
                continue
            found = (before[0] + 1, before[1] - known[piece], [*before[2], piece])
            current = best[end]
            if current is None or found < current:
                best[end] = found
    whole = best[-1]
    return whole[2] if whole is not None and len(whole[2]) > 1 else []


def _within(slips: int, word: str, known: Collection[str]) -> set[str]:
    """The known words that are so many slips away, or fewer.

    A slip is one letter more, less, other, or two exchanged (the distance of optimal string
    alignment; Boytsov, Indexing Methods for Approximate Dictionary Searching, 2011).
    """
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    near = [other for other in known if abs(len(other) - len(word)) <= slips]
    found = process.extract(word, near, scorer=OSA.distance, score_cutoff=slips, limit=None)
    return {other for other, _, _ in found}
