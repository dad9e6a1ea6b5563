"""The words that only ask: they say what kind of answer is wanted, not what it is about.

An article that answers "… thì bị phạt bao nhiêu?" does not say "bao nhiêu". So these words need not
be there, do not weigh when a sentence is ranked, and are never put right.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

from indexer.language.vietnamese import analyse_word, is_bare
from indexer.query.tree import COMPATIBLE, TermOrPhrase, tier_of

Spelled = tuple[str, str]
"""A typed word: its folded letters and its form."""

_ANYWHERE = (
    *("đúng hay sai", "hay sai", "có đúng không", "đúng không", "phải không", "hay không"),
    *("được không", "hay chưa", "hãy cho biết", "có phải", "bao nhiêu", "bao lâu", "bao giờ"),
    *("bao xa", "như thế nào", "thế nào", "trường hợp nào", "khi nào", "lúc nào", "hồi nào"),
    *("ngày nào", "tháng nào", "năm nào", "nơi nào", "là gì", "làm gì", "những gì"),
    *("cái gì", "ra sao", "vì sao", "tại sao", "làm sao", "có được không"),
    *("những ai", "là ai", "do ai", "của ai", "ai là", "mấy giờ"),
)
_WITH_THEIR_MARKS = ("nào", "gì", "đâu", "mấy", "chỗ nào", "ở đâu", "từ đâu", "tới đâu", "đi đâu")
"""What asks wherever it stands, if it has its marks: bare, it may be other words."""

_AT_THE_END = ("ở đâu", "từ đâu", "tới đâu", "đi đâu")
"""What asks at the end, marks or not."""

_HARD_TO_TELL = ("sao", "nào", "gì", "đâu")
"""Words that ask at the end of a question, marks or not."""

_FRAMES = (("còn", "không"), ("có", "không"), ("đã", "chưa"), ("có", "chưa"))
"""Words around what is asked; the second ends the question."""


def asking(row: Sequence[TermOrPhrase], *, question: bool = False) -> set[int]:
    """Which of some words in a row only ask. Their marks may be missing, but not be others.

    `question` says that it ends in a question mark.
    """
    return places([_spelled(leaf) for leaf in row], question=question)


def asking_words(words: Iterable[str], *, question: bool = False) -> set[int]:
    """The same of words as they are typed."""
    return places([analyse_word(word) for word in words], question=question)


def places(row: Sequence[Spelled | None], *, question: bool) -> set[int]:
    """The same of folded letters and forms; None is no single word."""
    found = {
        place
        for phrase in _phrases(_ANYWHERE)
        for start in range(len(row))
        if _begins(row[start:], phrase)
        for place in range(start, start + len(phrase))
    }
    found |= {
        place
        for phrase in _phrases(_WITH_THEIR_MARKS)
        for start in range(len(row))
        if row[start : start + len(phrase)] == phrase
        for place in range(start, start + len(phrase))
    }
    found |= {
        place
        for phrase in _phrases(_AT_THE_END)
        if len(row) > len(phrase) and _begins(row[-len(phrase) :], phrase)
        for place in range(len(row) - len(phrase), len(row))
    }
    if len(row) > 1:
        found |= _at_the_ends(row, question)
    return found


def is_question(text: str, row: Sequence[TermOrPhrase]) -> bool:
    """Whether a query asks something: by its words, or by a question mark."""
    return "?" in text or bool(asking(row)) or _is(_spelled(row[-1]) if row else None, "không")


def _at_the_ends(row: Sequence[Spelled | None], question: bool) -> set[int]:
    """What asks only as the first or the last word: ai, and the frames of yes and no."""
    last = len(row) - 1
    marked = any(word is not None and not is_bare(word[1]) for word in row)
    found = {0} if _is(row[0], "ai") else set()
    if _is(row[last], "ai") and (question or marked):
        found.add(last)
    if question and any(_is(row[last], word) for word in (*_HARD_TO_TELL, "không", "chưa", "à")):
        found.add(last)
    for first, second in _FRAMES:
        opened = [place for place in range(last) if _is(row[place], first)]
        if opened and _is(row[last], second):
            found |= {opened[-1], last}
            if _is(row[opened[-1] + 1], "được"):
                found.add(opened[-1] + 1)
    return found


def _spelled(leaf: TermOrPhrase) -> Spelled | None:
    if not leaf.single:
        return None
    atom, *others = leaf.edges[0].options[0]
    return None if others or atom.prefix or atom.exact else (atom.folded, atom.form)


@cache
def _phrases(phrases: tuple[str, ...]) -> list[list[Spelled]]:
    return [[analyse_word(word) for word in phrase.split()] for phrase in phrases]


def _is(typed: Spelled | None, word: str) -> bool:
    folded, form = analyse_word(word)
    return typed is not None and typed[0] == folded and tier_of(form, typed[1]) <= COMPATIBLE


def _begins(row: Sequence[Spelled | None], phrase: list[Spelled]) -> bool:
    return len(row) >= len(phrase) and all(
        typed is not None and typed[0] == folded and tier_of(form, typed[1]) <= COMPATIBLE
        for typed, (folded, form) in zip(row, phrase, strict=False)
    )
