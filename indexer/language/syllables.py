"""The syllables that Vietnamese has: onset, rhyme, tone; and how one is written.

After the usual tables of onsets and rhymes (e.g. Đoàn Thiện Thuật, Ngữ âm tiếng Việt, 1977). A
syllable that ends in c, ch, p or t can only have the tones sắc and nặng.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from indexer.language.vietnamese import fold

_ONSETS = (
    "", "b", "c", "ch", "d", "đ", "g", "gh", "gi", "h", "k", "kh", "l", "m", "n", "ng", "ngh",
    "nh", "p", "ph", "qu", "r", "s", "t", "th", "tr", "v", "x",
)  # fmt: skip
_WRITTEN_RHYMES = """
    a ac ach ai am an ang anh ao ap at au ay e ec em en eng eo ep et i ia ich im in inh ip it iu
    iêc iêm iên iêng iêp iêt iêu o oa oac oach oai oam oan oang oanh oao oap oat oay oc oe oen
    oeo oet oi om on ong ooc oong op ot oăc oăm oăn oăng oăt u ua uc ui um un ung up ut uy uya
    uych uyn uynh uyt uyu uyên uyêt uân uâng uât uây uê uêch uênh uôc uôi uôm uôn uông uôt uơ y
    ych ynh yt yêm yên yêng yêt yêu âc âm ân âng âp ât âu ây ê êch êm ên ênh êp êt êu ô ôc ôi ôm
    ôn ông ôp ôt ăc ăm ăn ăng ăp ăt ơ ơi ơm ơn ơp ơt ư ưa ưc ưi ưng ưt ưu ươc ươi ươm ươn ương
    ươp ươt ươu
"""
_RHYMES = frozenset(_WRITTEN_RHYMES.split())
_TONE_ON_GLIDE = "(?:(?<!q)[aeou][\u0302\u0306\u031b]?[iou]|[aeo]\u0302?y).$"
"""How a word ends that has its tone, its last mark, on a glide."""
_STOPS = ("c", "ch", "p", "t")
_TONES = ("", "\u0301", "\u0300", "\u0309", "\u0303", "\u0323")
_VOWELS = frozenset("aăâeêioôơuưy")
_MARKED = frozenset("ăâêôơư")
_KEPT = 1 << 16
"""Of so many words what was found is kept: of all there are in texts it would be without end."""


@lru_cache(maxsize=_KEPT)
def is_syllable(form: str) -> bool:
    """Whether a form (letters with their marks, tone number) is a possible syllable."""
    letters, tone = form[:-1], form[-1]
    return _has_letters(letters) and (tone in "15" or not letters.endswith(_STOPS))


@lru_cache(maxsize=_KEPT)
def is_bare_syllable(folded: str) -> bool:
    """Whether letters without marks may be those of a syllable."""
    onsets, rhymes = _bare()
    return (
        any(folded.startswith(onset) and folded[len(onset) :] in rhymes for onset in onsets)
        or folded == "gi"
    )


@cache
def _bare() -> tuple[frozenset[str], frozenset[str]]:
    """Onsets and rhymes without marks."""
    return frozenset(map(fold, _ONSETS)), frozenset(map(fold, _RHYMES))


@lru_cache(maxsize=_KEPT)
def is_spelled(word: str) -> bool:
    """Whether a word is spelled as a syllable is: by its letters, one tone at most, on no glide.

    A tone that is missing is no fault: words of one without marks are spelled so too.
    """
    decomposed = unicodedata.normalize("NFD", word.lower())
    tones = [character for character in decomposed if character in _TONES]
    if not tones:
        return _has_letters(unicodedata.normalize("NFC", decomposed))
    if len(tones) > 1 or (decomposed[-1] in _TONES and re.search(_TONE_ON_GLIDE, decomposed)):
        return False
    return _has_letters(unicodedata.normalize("NFC", decomposed.replace(tones[0], "")))


def _has_letters(letters: str) -> bool:
    """Whether letters with their own marks are an onset and a rhyme."""
    for onset in _ONSETS:
        rhyme = letters[len(onset) :]
        if letters.startswith(onset) and (rhyme in _RHYMES or (onset == "gi" and not rhyme)):
            return True
        # gi and qu share their vowel letter with the rhyme: gì, giếng.
        if onset == "gi" and letters.startswith("gi") and "i" + rhyme in _RHYMES:
            return True
    return False


def spell(form: str) -> str:
    """The syllable as it is written, its tone where new spelling puts it: `hoa2` is hoà.

    On the vowel with a mark (the last of two), else before a final consonant, else on the last but
    one of several vowels (on the second in oa, oe, uy).
    """
    letters, tone = form[:-1], form[-1]
    if not tone.isdecimal() or tone == "0" or int(tone) >= len(_TONES):
        return letters if tone.isdecimal() else form
    place = _tone_place(letters)
    if place is None:
        return letters
    marked = letters[: place + 1] + _TONES[int(tone)] + letters[place + 1 :]
    return unicodedata.normalize("NFC", marked)


def _tone_place(letters: str) -> int | None:
    vowels = [place for place, letter in enumerate(letters) if letter in _VOWELS]
    if len(vowels) > 1 and fold(letters[:2]) in ("gi", "qu") and vowels[0] == 1:
        vowels = vowels[1:]
    if not vowels:
        return None
    marked = [place for place in vowels if letters[place] in _MARKED]
    if marked:
        return marked[-1]
    if len(vowels) == 1 or vowels[-1] < len(letters) - 1:
        return vowels[-1]
    pair = "".join(letters[place] for place in vowels[-2:])
    return vowels[-1] if pair in ("oa", "oe", "uy") else vowels[-2]
