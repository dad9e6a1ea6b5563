"""What two spellings of one Vietnamese word have in common, and what not.

A word is split into its *folded* letters (a to z, no marks), which every spelling of it shares, and
its *form*: the letters with their own marks (â, ơ, đ …) and, at the end, the number of its tone.
Where in the word the tone is written makes no difference (hoà, hòa): both are `hoa2`. A word with
marks that no Vietnamese syllable has (two tones, ç …) has its own spelling as its form.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import lru_cache

# The five tone marks as combining characters: sắc, huyền, hỏi, ngã, nặng.
_TONES = {"\u0301": "1", "\u0300": "2", "\u0309": "3", "\u0303": "4", "\u0323": "5"}
_LEVEL = "0"
OF_DECIMAL = ",0"
"""How the form of a part of a number with decimals ends: 5 of 46,5 carries nothing of 5."""

OF_MEANT = "w0"
"""How the form of a number that is written otherwise (mười hai, XII) ends."""

# Circumflex, breve and horn belong to the letter.
_LETTER_MARKS = frozenset("\u0302\u0306\u031b")
_STROKED = str.maketrans({"ð": "đ", "₫": "đ", "ɖ": "đ", "ı": "i", "ł": "l", "ø": "o", "ß": "ss"})
_BARE_STROKE = str.maketrans({"đ": "d"})
_UNMARKED = _BARE_STROKE | str.maketrans(dict.fromkeys((*_TONES, *_LETTER_MARKS)))

# Where i and y are one letter: alone after these onsets (kỹ = kĩ; vy, quy-ên and tai are not).
_I_OR_Y_ONSETS = frozenset({"h", "k", "l", "m", "s", "t", "qu"})


@lru_cache(maxsize=1 << 16)
def analyse_word(word: str) -> tuple[str, str]:
    """The folded letters and the form of a word (NFC, any case): `("hoi", "hôi5")` for "HỘI"."""
    lowered = word.lower().translate(_STROKED)
    if lowered.isascii():
        return lowered, lowered + _LEVEL
    tone = _LEVEL
    letters: list[str] = []
    folded: list[str] = []
    regular = True
    for character in unicodedata.normalize("NFKD", lowered):
        if character in _TONES:
            regular = regular and tone == _LEVEL
            tone = _TONES[character]
        elif character in _LETTER_MARKS:
            letters.append(character)
        elif unicodedata.combining(character):
            regular = False
        else:
            letters.append(character)
            folded.append(character)
    plain = "".join(folded).lower().translate(_BARE_STROKE)
    if not regular:
        return plain, unicodedata.normalize("NFC", lowered)
    return plain, unicodedata.normalize("NFC", "".join(letters)).lower() + tone


def fold(word: str) -> str:
    """The word in small letters without any mark, đ as d."""
    return analyse_word(unicodedata.normalize("NFC", word))[0]


def fold_all(words: Sequence[str]) -> list[str]:
    """The same of many words (NFC), much faster than of each by itself."""
    marked = [*{word for word in words if not word.isascii()}]
    decomposed = unicodedata.normalize("NFKD", "\n".join(marked).lower().translate(_STROKED))
    letters = dict(zip(marked, decomposed.translate(_UNMARKED).splitlines(), strict=True))
    found = [letters.get(word) or word.lower() for word in words]
    return [one if one.isascii() else fold(word) for one, word in zip(found, words, strict=True)]


def twin(folded: str) -> str | None:
    """The same syllable with i for y or y for i, where both are right spellings; else None."""
    if len(folded) < 2 or folded[:-1] not in _I_OR_Y_ONSETS:
        return None
    if folded[-1] == "y":
        return folded[:-1] + "i"
    if folded[-1] == "i":
        return folded[:-1] + "y"
    return None


def twin_form(form: str) -> str:
    """The form of the word's twin: `ki4` for `ky4`."""
    letters, tone = form[:-1], form[-1]
    return letters[:-1] + ("i" if letters[-1] == "y" else "y") + tone


def is_bare(form: str) -> bool:
    """Whether a form has no mark at all, so that as a query it says nothing of the marks."""
    return form.isascii() and form.endswith(_LEVEL)


@lru_cache(maxsize=1 << 16)
def carries(form: str, typed: str) -> bool:
    """Whether `form` has every mark of `typed` (both fold alike); it may have more.

    `hôi5` (hội) carries `hoi0`, `hôi0` and `hoi5`, not `hôi2` (hồi) or `hơi0`.
    """
    if form == typed:
        return True
    if form.endswith(OF_DECIMAL):
        return False
    if is_bare(typed):
        return True
    if len(form) != len(typed) or typed[-1] not in (_LEVEL, form[-1]):
        return False
    return all(
        ours == theirs or (theirs.isascii() and fold(ours) == theirs)
        for ours, theirs in zip(form[:-1], typed[:-1], strict=True)
    )
