"""What a line must have for a number or a date that is asked for to stand in it.

So tokens, which alone show numbers and dates, are made of few lines.
"""

from __future__ import annotations

import re

from indexer.engines.local.search.joined import JoinedWords
from indexer.language.analysis import number
from indexer.language.charset import Coded
from indexer.language.numerals import FRACTIONS, RAISED
from indexer.named_tuple import NamedTuple
from indexer.query.tree import (
    Atom,
    TermOrPhrase,
    folds_of,
    is_spelled,
    letters_of,
    may_be_joined,
)

_TENS = b"", b"x", b"xx", b"xxx", b"xl", b"l", b"lx", b"lxx", b"lxxx", b"xc"
_ONES = b"", b"i", b"ii", b"iii", b"iv", b"v", b"vi", b"vii", b"viii", b"ix"
_SPELLED = (
    {b"muoi"}, {b"mot", b"nhat", b"gieng"}, {b"hai", b"nhi", b"chap"}, {b"ba"}, {b"bon", b"tu"},
    {b"nam", b"lam"}, {b"sau"}, {b"bay"}, {b"tam"}, {b"chin"},
)  # fmt: skip
_SPAN = {b"den", b"toi"}
_NUMBER = rf"\d+|[{RAISED}]+"


class Prefilter(NamedTuple):
    """Numbers, as tokens have them, and words in folded letters: one of which a line must have.

    Of a word in `begun` the line may have one that begins so, of those `joined` one with a hyphen
    or an apostrophe.
    """

    numbers: set[str]
    words: set[bytes]
    begun: set[bytes]
    joined: JoinedWords

    def any_in(self, line: str, letters: bytes, coded: Coded) -> bool:
        """Whether a line, written, folded and as codes, has any."""
        return (
            any(_stands(word, line, letters) for word in self.words)
            or any(_stands(word, line, letters, whole=False) for word in self.begun)
            or any(number(digits)[0] in self.numbers for digits in re.findall(_NUMBER, line))
            or (bool(self.numbers) and any(map(line.__contains__, FRACTIONS)))
            or any(self.joined.places(line, coded))
        )


def clues_of(leaf: TermOrPhrase) -> Prefilter | None:
    """The clues to how a sequence begins, or None if it may begin with anything."""
    first = [_rarest(option) for edge in leaf.edges if edge.start == 0 for option in edge.options]
    clues = Prefilter(set(), set(), set(), JoinedWords(filter(may_be_joined, first)))
    for atom in first:
        folded, _, _ = atom.folded.partition(",")
        digits = folded[2:] if folded.startswith("=") else folded
        if is_spelled(atom):
            words = clues.begun if atom.prefix else clues.words
            words.update(letters_of(spelling).encode() for spelling in folds_of(atom))
        elif "_" in atom.folded:
            clues.words.add(atom.folded[1:].partition("_")[0].encode())
        elif atom.prefix or not digits.isdecimal() or atom.folded.startswith("=d"):
            return None
        else:
            # Of 1.000.000 only the end may stand alone, and so of a year.
            ends = (digits, digits[-3:], digits[-2:]) if len(digits) > 3 else (digits,)
            clues.numbers.update(end.lstrip("0") or "0" for end in ends)
            if 0 < int(digits) < 100:
                clues.words.add(_TENS[int(digits) // 10] + _ONES[int(digits) % 10])
                clues.words.update(_SPELLED[int(digits) % 10])
            if atom.folded.startswith("=m"):
                clues.words.update(_SPAN, _SPELLED[2])
    return clues


def _stands(word: bytes, line: str, letters: bytes, *, whole: bool = True) -> bool:
    """Whether a line has a word, or one that begins so unless it is to be a whole one."""
    place = letters.find(word)
    while place >= 0:
        end = place + len(word)
        if _parts(place, line, letters) and (not whole or _parts(end, line, letters)):
            return True
        place = letters.find(word, place + 1)
    return False


def _parts(place: int, line: str, letters: bytes) -> bool:
    """Whether a word may begin or end there: beside what is no letter, and in khóa|XX."""
    before, after = letters[place - 1 : place], letters[place : place + 1]
    if before.isalpha() or before == b"_":
        together = after.isalpha() or after == b"_"
        return not together or (line[place].isupper() and not line[place - 1].isupper())
    return True


def _rarest(option: tuple[Atom, ...]) -> Atom:
    """What of an option a line surely has in figures: of a date the year, else the month."""
    return max(
        option, key=lambda atom: "dmy".find(atom.folded[1:2]) if atom.folded[0] == "=" else 3
    )
