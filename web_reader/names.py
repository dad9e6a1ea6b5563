"""The order of Vietnamese names: by given name, then family name, then what stands between.

Letters are in the order of the alphabet (a ă â … đ), tones after them: none, huyền, hỏi, ngã, sắc,
nặng, as dictionaries have them.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_TONES = "\u0300\u0309\u0303\u0301\u0323"
_Word = tuple[tuple[int, ...], tuple[int, ...]]


def name_order(name: str) -> tuple[_Word, ...]:
    """By which to sort names of people."""
    words = name.lower().split()
    if not words:
        return ()
    return tuple(_word(word) for word in (words[-1], words[0], *words[1:-1]))


@lru_cache(4096)
def _word(word: str) -> _Word:
    letters, tones = [], []
    for char in unicodedata.normalize("NFC", word):
        parts = unicodedata.normalize("NFD", char)
        tone = next((_TONES.index(one) + 1 for one in parts if one in _TONES), 0)
        bare = unicodedata.normalize("NFC", "".join(one for one in parts if one not in _TONES))
        found = _ALPHABET.find(bare)
        letters.append(found if found >= 0 else len(_ALPHABET) + ord(bare[0]))
        tones.append(tone)
    return tuple(letters), tuple(tones)
