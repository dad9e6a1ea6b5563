"""The words that only ask: they say what kind of answer is wanted, not what it is about.

An article that answers "… thì bị phạt bao nhiêu?" does not say "bao nhiêu". So these words do not
weigh when a sentence is ranked.
"""

from __future__ import annotations

from collections.abc import Sequence

from indexer.language.vietnamese import analyse_word
from indexer.query.tree import COMPATIBLE, TermOrPhrase, tier_of

_ASKING = [
    [analyse_word(word) for word in phrase.split()]
    for phrase in (
        *("đúng hay sai", "hay sai", "có đúng không", "đúng không", "phải không", "hay không"),
        *("bao nhiêu", "bao lâu", "như thế nào", "thế nào", "trường hợp nào", "khi nào"),
        *("là gì", "làm gì", "những gì", "ra sao", "vì sao", "tại sao", "ở đâu", "hãy cho biết"),
    )
]
_LAST = [[analyse_word("không")]]


def asking(row: Sequence[TermOrPhrase]) -> set[int]:
    """Which of some words in a row only ask. Their marks may be missing, but not be others."""
    return {
        place
        for phrase in _ASKING
        for start in range(len(row))
        if _begins(row[start:], phrase)
        for place in range(start, start + len(phrase))
    }


def is_question(text: str, row: Sequence[TermOrPhrase]) -> bool:
    """Whether a query asks something: by its words, or by a question mark."""
    return "?" in text or bool(asking(row)) or any(_begins(row[-1:], phrase) for phrase in _LAST)


def _begins(row: Sequence[TermOrPhrase], phrase: list[tuple[str, str]]) -> bool:
    return len(row) >= len(phrase) and all(
        typed.single
        and any(
            atom.folded == folded and tier_of(form, atom.form) <= COMPATIBLE
            for edge in typed.edges
            for atom, *_ in edge.options
        )
        for typed, (folded, form) in zip(row, phrase, strict=False)
    )
