"""The syllables that Vietnamese has: onset, rhyme, tone; and how one is written.

After the usual tables of onsets and rhymes (e.g. Đoàn Thiện Thuật, Ngữ âm tiếng Việt, 1977). A
syllable that ends in c, ch, p or t can only have the tones sắc and nặng.
"""

from __future__ import annotations

import unicodedata
from functools import cache

from indexer.language.vietnamese import fold

_ONSETS = (
    "", "b", "c", "ch", "d", "đ", "g", "gh", "gi", "h", "k", "kh", "l", "m", "n", "ng", "ngh",
    "nh", "p", "ph", "qu", "r", "s", "t", "th", "tr", "v", "x",
)  # fmt: skip
_RHYMES = frozenset(
    [
        "a",
        "ac",
        "ach",
        "ai",
        "am",
        "an",
        "ang",
        "anh",
        "ao",
        "ap",
        "at",
        "au",
        "ay",
        "ăc",
        "ăm",
        "ăn",
        "ăng",
        "ăp",
        "ăt",
        "âc",
        "âm",
        "ân",
        "âng",
        "âp",
        "ât",
        "âu",
        "ây",
        "e",
        "ec",
        "em",
        "en",
        "eng",
        "eo",
        "ep",
        "et",
        "ê",
        "êch",
        "êm",
        "ên",
        "ênh",
        "êp",
        "êt",
        "êu",
        "i",
        "ia",
        "ich",
        "im",
        "in",
        "inh",
        "ip",
        "it",
        "iu",
        "iêc",
        "iêm",
        "iên",
        "iêng",
        "iêp",
        "iêt",
        "iêu",
        "o",
        "oa",
        "oac",
        "oach",
        "oai",
        "oam",
        "oan",
        "oang",
        "oanh",
        "oao",
        "oap",
        "oat",
        "oay",
        "oăc",
        "oăm",
        "oăn",
        "oăng",
        "oăt",
        "oc",
        "oe",
        "oen",
        "oeo",
        "oet",
        "oi",
        "om",
        "on",
        "ong",
        "oong",
        "ooc",
        "op",
        "ot",
        "ô",
        "ôc",
        "ôi",
        "ôm",
        "ôn",
        "ông",
        "ôp",
        "ôt",
        "ơ",
        "ơi",
        "ơm",
        "ơn",
        "ơp",
        "ơt",
        "u",
        "ua",
        "uân",
        "uâng",
        "uât",
        "uây",
        "uc",
        "uê",
        "uêch",
        "uênh",
        "ui",
        "um",
        "un",
        "ung",
        "uôc",
        "uôi",
        "uôm",
        "uôn",
        "uông",
        "uôt",
        "up",
        "ut",
        "uy",
        "uya",
        "uych",
        "uynh",
        "uyt",
        "uyu",
        "uyn",
        "uyên",
        "uyêt",
        "uơ",
        "ư",
        "ưa",
        "ưc",
        "ưi",
        "ưng",
        "ưt",
        "ưu",
        "ươc",
        "ươi",
        "ươm",
        "ươn",
        "ương",
        "ươp",
        "ươt",
        "ươu",
        "y",
        "yêm",
        "yên",
        "yêng",
        "yêt",
        "yêu",
    ]
)
_STOPS = ("c", "ch", "p", "t")
_TONES = ("", "\u0301", "\u0300", "\u0309", "\u0303", "\u0323")
_VOWELS = frozenset("aăâeêioôơuưy")
_MARKED = frozenset("ăâêôơư")


@cache
def is_syllable(form: str) -> bool:
    """Whether a form (letters with their marks, tone number) is a possible syllable."""
    letters, tone = form[:-1], form[-1]
    for onset in _ONSETS:
        rhyme = letters[len(onset) :]
        if letters.startswith(onset) and (rhyme in _RHYMES or (onset == "gi" and not rhyme)):
            return tone in "15" if rhyme.endswith(_STOPS) else True
        # gi and qu share their vowel letter with the rhyme: gì, giếng.
        if onset == "gi" and letters.startswith("gi") and "i" + rhyme in _RHYMES:
            return tone in "15" if rhyme.endswith(_STOPS) else True
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
