"""What else a query may have meant, tried when it finds nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise, product

from archive.ground.message import Message
from indexer.language.syllables import is_syllable
from indexer.language.vietnamese import analyse_word, fold, is_bare
from indexer.named_tuple import NamedTuple
from indexer.query.fields import NO_WORDS, OPERATORS
from indexer.query.keyboards import converted
from indexer.query.near_words import near_words, sound_alikes, split_words
from indexer.query.question_words import asks_alone, may_ask
from indexer.query.vocabulary import Vocabulary

_OPERAND = r'(?:=?"[^"]*"|\([^)]*\)|=?[^\W\d_]\S*)'
_UNWANTED = rf'(?<![^\s(:])-{_OPERAND}|\bNOT\s+{_OPERAND}|(?<!\w)=(?:"[^"]*"|[^\W\d_]\S*)'
"""What is not wanted, or to be spelled as it is typed, is never put right."""

_WORD = re.compile(rf"{NO_WORDS}|{_UNWANTED}|([^\W\d_]+)", re.IGNORECASE)
_CANDIDATES = 12
_ONE_SYLLABLE = 5
"""A word of so many letters is a slip of one syllable rather than two typed together."""

_COMBINATIONS = 24
_MOST_WORDS = 12
_FEW = 2
"""Of more words those that are there are shown, without the one that is not, rather than another in
its place."""


class Attempt(NamedTuple):
    """Another reading: how it was come by, the query it makes, and what to say of it."""

    kind: str
    text: str
    note: Message


def attempts(
    text: str,
    vocabulary: Vocabulary,
    matching: Callable[[str], int],
    *,
    respell: bool,
    exchange: bool,
) -> Iterator[Attempt]:
    """Readings that find something, likeliest first. `matching` counts what a query finds.

    Other words are tried only with `respell`: a sentence rarely finds all of its words anyway.
    Words that are there are only exchanged with `exchange`: those of a question need not meet.
    """
    keys = converted(text)
    if keys is not None and matching(keys):
        yield Attempt("keyboard", keys, Message("indexer.typing-keys", query=keys))
    if not respell:
        return
    corrected = _corrected(text, vocabulary, matching, exchange=exchange)
    if corrected is not None:
        yield Attempt("spelling", corrected, Message("indexer.shown-instead", query=corrected))


def _corrected(
    text: str, vocabulary: Vocabulary, matching: Callable[[str], int], *, exchange: bool
) -> str | None:
    words = _correctable(text)
    if len(words) > _MOST_WORDS:
        return None
    unknown = [
        word for word in words if fold(word[1]) not in vocabulary.known and not matching(word[1])
    ]
    numbers = sum(any(map(str.isdecimal, part)) for part in text.split())
    few = len(words) + numbers <= _FEW or not OPERATORS.isdisjoint(text.split())
    mistaken = [word for word in unknown if few or not _is_right(word[1])]
    if mistaken:
        return _respelled(text, mistaken, vocabulary, matching)
    if not exchange:
        return None
    found = _exchanged(text, words, sound_alikes, vocabulary, matching, few=few)
    if found is None and few:
        slips = [word for word in words if not (_is_right(word[1]) and matching(f"={word[1]}"))]
        found = _exchanged(
            text,
            slips,
            lambda word: near_words(word, vocabulary.known)[:_CANDIDATES],
            vocabulary,
            matching,
            few=few,
        )
    return found


def _is_right(word: str) -> bool:
    """Whether a word is spelled as a syllable, with marks: it is no slip, just not there."""
    form = analyse_word(word)[1]
    return not is_bare(form) and is_syllable(form)


def _correctable(text: str) -> list[re.Match[str]]:
    """The words of a query that may be mistaken: none that only ask, none half typed."""
    words = [
        match
        for match in _WORD.finditer(text)
        if match[1] is not None and match[1] not in OPERATORS
    ]
    asked = may_ask([word[1] for word in words], question="?" in text)
    return [
        word
        for place, word in enumerate(words)
        if place not in asked
        and not asks_alone(word[1])
        and "*" not in text[max(word.start() - 1, 0) : word.end() + 1]
    ]


def _respelled(
    text: str,
    unknown: list[re.Match[str]],
    vocabulary: Vocabulary,
    matching: Callable[[str], int],
) -> str | None:
    """The query with each unknown word put right, in the first way that finds something."""
    choices: list[list[str]] = []
    for word in unknown:
        folded = fold(word[1])
        split = split_words(folded, vocabulary.known)
        near = near_words(folded, vocabulary.known) if len(folded) > 1 else []
        near = near[: _CANDIDATES // len(unknown)]
        apart = [" ".join(split)] * bool(split)
        both = near + apart if len(folded) <= _ONE_SYLLABLE else apart + near
        choices.append(both or [word[1]])
    likeliest = sorted(product(*map(enumerate, choices)), key=lambda way: sum(n for n, _ in way))
    found: list[tuple[int, tuple[str, ...]]] = []
    for numbered in likeliest[:_COMBINATIONS]:
        ways = tuple(word for _, word in numbered)
        candidate = _replaced(text, unknown, ways)
        if matching(candidate):
            found.append((_standing(candidate, matching), ways))
    if not found:
        return None
    best = max(found, key=lambda entry: entry[0])[1]
    written = [_written(word[1], way, vocabulary) for word, way in zip(unknown, best, strict=True)]
    return _replaced(text, unknown, written)


def _exchanged(
    text: str,
    words: list[re.Match[str]],
    alike: Callable[[str], Iterable[str]],
    vocabulary: Vocabulary,
    matching: Callable[[str], int],
    *,
    few: bool,
) -> str | None:
    """The query with one word put for another that is alike, if it stands so beside the next.

    Of more than a few words beside both of its neighbours; at an end in a row with two.
    """
    found = []
    every = _correctable(text)
    enough = any if few else all
    for word in words:
        place = [one.start() for one in every].index(word.start())
        here = [near[1] for near in every[max(0, place - 1) : place + 2]]
        if any(matching(f'"{left} {right}"') for left, right in pairwise(here)):
            # It stands beside a neighbour as it is: it is not the one that is mistaken.
            continue
        for other in dict.fromkeys(alike(fold(word[1]))):
            if other not in vocabulary.known:
                continue
            beside = [fold(near[1]) for near in every[max(0, place - 1) : place + 2]]
            beside[min(place, 1)] = other
            pairs = [f'"{left} {right}"' for left, right in pairwise(beside)]
            if not few and len(beside) < len(every) and place in (0, len(every) - 1):
                further = fold(every[2 if place == 0 else -3][1])
                row = [*beside, further] if place == 0 else [further, *beside]
                pairs = [f'"{" ".join(row)}"']
            candidate = _replaced(text, [word], [other])
            if enough(matching(pair) for pair in pairs) and matching(candidate):
                found.append((_standing(candidate, matching), word, other))
    if not found:
        return None
    _, word, other = max(found, key=lambda entry: entry[0])
    return _replaced(text, [word], [_written(word[1], other, vocabulary)])


def _standing(text: str, matching: Callable[[str], int]) -> int:
    """Minus how many pairs of words of a query follow on one another in no document."""
    words = [match[1] for match in _correctable(text)]
    pairs = pairwise(words[:_MOST_WORDS])
    return -sum(not matching(f'"{left} {right}"') for left, right in pairs)


def _written(typed: str, words: str, vocabulary: Vocabulary) -> str:
    """What is put in the place of a word; one in the place of one without marks has none."""
    if " " not in words and is_bare(analyse_word(typed)[1]):
        return words
    return " ".join(vocabulary.written(word) for word in words.split())


def _replaced(text: str, words: list[re.Match[str]], others: Sequence[str]) -> str:
    for word, other in sorted(zip(words, others, strict=True), key=lambda pair: -pair[0].start()):
        text = text[: word.start()] + other + text[word.end() :]
    return text
