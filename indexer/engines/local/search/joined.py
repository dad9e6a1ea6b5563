"""Words that a text may have with a hyphen or an apostrophe in them: sarscov, SARS-CoV."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from indexer.documents import Span
from indexer.language.analysis import APOSTROPHES, joined_words, without_joints
from indexer.language.charset import CHARACTERS, Coded, encode
from indexer.language.letters import letters_of
from indexer.language.vietnamese import fold
from indexer.query.tree import Atom, folds_of


class JoinedWords:
    """Some words of a query, each of which a text may have so.

    A few letters beside a joint say that a text has none, before any expression is looked for.
    """

    def __init__(self, atoms: Iterable[Atom]) -> None:
        self._whole: set[str] = set()
        self._begun: tuple[str, ...] = ()
        self._clues: set[bytes] = set()
        for atom in atoms:
            words = folds_of(atom)
            self._whole.update(words)
            if atom.prefix:
                self._begun += tuple(words)
            for word in words:
                for place in range(1, len(word) + atom.prefix):
                    self._clues.add(f"{word[:place]}-{word[place : place + 1]}".encode())

    def places(self, text: str, coded: Coded) -> Iterator[Span]:
        """Where they stand in a text, from left to right."""
        if not self._clues:
            return
        if not coded.others:
            letters = coded.codes.translate(_letters())
            if not any(map(letters.__contains__, self._clues)):
                return
        for one in joined_words(text):
            word = fold(without_joints(text[one.start : one.end]))
            if word in self._whole or word.startswith(self._begun):
                yield one.start, one.end


@cache
def _letters() -> bytes:
    """The folded letter of each code, a hyphen for what may be a joint."""
    letters = letters_of(encode(CHARACTERS[1:]))
    joints = f"-{APOSTROPHES}"
    return b"\0" + bytes(
        ord("-") if character in joints else letter
        for character, letter in zip(CHARACTERS[1:], letters, strict=True)
    )
