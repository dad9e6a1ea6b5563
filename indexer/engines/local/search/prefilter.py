"""What a line must have for a number or a date that is asked for to stand in it.

So tokens, which alone show numbers and dates, are made of few lines.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from indexer.language.analysis import number
from indexer.language.numerals import RAISED
from indexer.query.tree import Atom, TermOrPhrase, folds_of, is_spelled, letters_of

_TENS = b"", b"x", b"xx", b"xxx", b"xl", b"l", b"lx", b"lxx", b"lxxx", b"xc"
_ONES = b"", b"i", b"ii", b"iii", b"iv", b"v", b"vi", b"vii", b"viii", b"ix"
_SPELLED = (
    {b"muoi"}, {b"mot", b"nhat", b"gieng"}, {b"hai", b"nhi", b"chap"}, {b"ba"}, {b"bon", b"tu"},
    {b"nam", b"lam"}, {b"sau"}, {b"bay"}, {b"tam"}, {b"chin"},
)  # fmt: skip
_SPAN = {b"den", b"toi"}
_NUMBER = rf"\d+|[{RAISED}]+"


class Prefilter(NamedTuple):
    """Numbers, as tokens have them, and folded letters: one of which a line must have."""

    numbers: set[str]
    letters: set[bytes]

    def any_in(self, line: str, letters: bytes) -> bool:
        """Whether a line, written and folded, has any."""
        if any(map(letters.__contains__, self.letters)):
            return True
        return any(number(digits)[0] in self.numbers for digits in re.findall(_NUMBER, line))


def clues_of(leaf: TermOrPhrase) -> Prefilter | None:
    """The clues to how a sequence begins, or None if it may begin with anything."""
    clues = Prefilter(set(), set())
    for edge in leaf.edges:
        for option in edge.options if edge.start == 0 else ():
            atom = _rarest(option)
            folded, _, _ = atom.folded.partition(",")
            digits = folded[2:] if folded.startswith("=") else folded
            if is_spelled(atom):
                clues.letters.update(letters_of(spelling).encode() for spelling in folds_of(atom))
            elif atom.prefix or not digits.isdecimal() or atom.folded.startswith("=d"):
                return None
            else:
                # Of 1.000.000 only the end may stand alone, and so of a year.
                ends = (digits, digits[-3:], digits[-2:]) if len(digits) > 3 else (digits,)
                clues.numbers.update(end.lstrip("0") or "0" for end in ends)
                if 0 < int(digits) < 100:
                    clues.letters.add(_TENS[int(digits) // 10] + _ONES[int(digits) % 10])
                    clues.letters.update(_SPELLED[int(digits) % 10])
                if atom.folded.startswith("=m"):
                    clues.letters.update(_SPAN, _SPELLED[2])
    return clues


def _rarest(option: tuple[Atom, ...]) -> Atom:
    """What of an option a line surely has in figures: of a date the year, else the month."""
    return max(
        option, key=lambda atom: "dmy".find(atom.folded[1:2]) if atom.folded[0] == "=" else 3
    )
