"""Whether a word can be a Vietnamese syllable, by its letters alone."""

from __future__ import annotations

import re
import unicodedata

_TONES = re.compile("[\u0301\u0300\u0309\u0303\u0323]")
_SYLLABLE = re.compile(
    "(?:b|ch?|d|đ|gh?|gi|h|kh?|l|m|ngh?|nh?|ph?|qu|r|s|th?|tr|v|x)?"
    "(?:(?:uyê|iê|yê|o[aăeo]|u[aâêôy]|ươ|[aăâeêioôơuưy])(?:ch|c|m|ng|nh?|p|t)?"
    "|[iy]êu|oa[ioy]|oeo|uây|uôi|uya|uyu|ươ[iu]|a[iouy]|â[uy]|eo|êu|i[au]|[oôơ]i|u[aiơ]|ư[aiu])"
)
_TONE_ON_GLIDE = re.compile(
    "(?:(?<!q)[aeou][\u0302\u0306\u031b]?[iou]|[aeo]\u0302?y)[\u0301\u0300\u0309\u0303\u0323]$"
)


def is_syllable(word: str) -> bool:
    """Whether the word is spelt as Vietnamese is: with one tone at most, and not on a glide."""
    decomposed = unicodedata.normalize("NFD", word.lower())
    letters, tones = _TONES.subn("", decomposed)
    if tones > 1 or _TONE_ON_GLIDE.search(decomposed):
        return False
    return _SYLLABLE.fullmatch(unicodedata.normalize("NFC", letters)) is not None
