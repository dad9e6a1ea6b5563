"""Keys of the Telex, VNI and VIQR typing methods that were never turned into Vietnamese letters.

VIQR (RFC 1456, appendix) writes a letter, then its mark (^, ( or +), then its tone.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from indexer.language.syllables import is_syllable, spell
from indexer.query.fields import NO_WORDS, OPERATORS

_VOWELS = "aăâeêioôơuưy"
_TELEX_TONES = {"s": "1", "f": "2", "r": "3", "x": "4", "j": "5", "z": "0"}
_DOUBLED = {"a": "â", "e": "ê", "o": "ô"}
_HORNED = {"a": "ă", "o": "ơ", "u": "ư"}
_CIRCUMFLEXED = {"a": "â", "e": "ê", "o": "ô"}
_VNI_MARKS = {
    "6": _CIRCUMFLEXED,
    "7": {"o": "ơ", "u": "ư"},
    "8": {"a": "ă"},
    "9": {"d": "đ"},
}
_VIQR_TONES = {"'": "1", "`": "2", "?": "3", "~": "4", ".": "5"}
_VIQR_MARKS = {"^": _CIRCUMFLEXED, "(": {"a": "ă"}, "+": {"o": "ơ", "u": "ư"}}
_VIQR_MARK = r"(?i)[aeiouy][\^(+`~'?.][.'`?~]?[a-z]"
_VIQR_WORD = r"[A-Za-z]+(?:[\^(+'`?~.]+[A-Za-z]*)*"
_BEFORE_GLIDE = tuple("aâeêoơuư")
"""A u after these ends its syllable (rượu, ưu), and has no horn."""

_WORD = re.compile(rf"{NO_WORDS}|([^\W_]+)", re.IGNORECASE)


def converted(text: str) -> str | None:
    """The text with every word that is a syllable in Telex or VNI keys written as that syllable.

    In words without a vowel, which are abbreviations, only đ has keys of its own (HDDND). None if
    there is no such word.
    """
    text, changed = _without_viqr(text)

    def convert(match: re.Match[str]) -> str:
        nonlocal changed
        typed = match[1]
        if typed is None or typed in OPERATORS:
            return match.group()
        read = _syllable(typed, _telex) or _syllable(typed, _vni) or _abbreviation(typed)
        changed = changed or read is not None
        return read or typed

    result = _WORD.sub(convert, text)
    return result if changed else None


def _without_viqr(text: str) -> tuple[str, bool]:
    """The text with every word that is a syllable in VIQR keys as that syllable, if one has marks.

    A full stop or a question mark may be a tone or an end: without marks they are the end.
    """
    if not re.search(_VIQR_MARK, text):
        return text, False
    changed = False

    def convert(match: re.Match[str]) -> str:
        nonlocal changed
        keys = match.group().lower()
        for end in (len(keys), len(keys) - 1):
            read = _viqr(keys[:end])
            signed = not keys[:end].isalpha()
            if signed and read is not None and is_syllable(read):
                changed = True
                return spell(read) + keys[end:]
        return match.group()

    return re.sub(_VIQR_WORD, convert, text), changed


def _viqr(word: str) -> str | None:
    """The form that the VIQR keys spell; None if they spell none, or there is no key among them."""
    tone = "0"
    letters: list[str] = []
    for key in word:
        if key in _VIQR_TONES:
            if tone != "0" or not letters:
                return None
            tone = _VIQR_TONES[key]
        elif key in _VIQR_MARKS:
            if not _mark(letters, _VIQR_MARKS[key]):
                return None
        elif key == "d" and letters == ["d"]:
            letters[0] = "đ"
        else:
            letters.append(key)
    form = "".join(letters) + tone
    return form if form != word + "0" else None


def _syllable(word: str, method: Callable[[str], tuple[str, str] | None]) -> str | None:
    lowered = word.lower()
    if len(lowered) > 12:
        return None
    read = method(lowered)
    if read is None:
        return None
    letters, tone = read
    if letters.endswith("ươ"):
        letters = letters.removesuffix("ươ") + "uơ"
    return spell(letters + tone) if is_syllable(letters + tone) else None


def _abbreviation(word: str) -> str | None:
    lowered = word.lower()
    read = lowered.replace("dd", "đ").replace("d9", "đ")
    return read if read != lowered and not any(letter in _VOWELS for letter in read) else None


def _telex(word: str) -> tuple[str, str] | None:
    """Letters and tone that the Telex keys spell; None if there is no Telex key among them."""
    letters: list[str] = []
    tone = "0"
    keys = False
    for key in word:
        has_vowel = any(letter in _VOWELS for letter in letters)
        if key in _TELEX_TONES and has_vowel and tone == "0":
            tone, keys = _TELEX_TONES[key], True
        elif key == "d" and letters[:1] == ["d"]:
            letters[0], keys = "đ", True
        elif key in _DOUBLED and key in letters:
            letters[_last(letters, key)], keys = _DOUBLED[key], True
        elif key == "w":
            keys = True
            if not _mark(letters, _HORNED):
                letters.append("ư")
        else:
            letters.append(key)
    return ("".join(letters), tone) if keys else None


def _vni(word: str) -> tuple[str, str] | None:
    """The same for VNI: 1 to 5 are tones, 6 to 9 marks."""
    letters: list[str] = []
    tone = "0"
    keys = False
    for key in word:
        if not key.isdecimal():
            letters.append(key)
        elif key in "12345" and any(letter in _VOWELS for letter in letters) and tone == "0":
            tone, keys = key, True
        elif key in _VNI_MARKS and _mark(letters, _VNI_MARKS[key]):
            keys = True
        else:
            return None
    return ("".join(letters), tone) if keys else None


def _mark(letters: list[str], marks: dict[str, str]) -> bool:
    """Put a mark on the last letter that can have it, on both of uo; False if there is none."""
    horn = marks.get("u") == "ư"
    for place in range(len(letters) - 1, -1, -1):
        letter, before = letters[place], "".join(letters[:place])
        if letter not in marks:
            continue
        after_u = horn and before.endswith("u") and before != "qu"
        if (letter == "a" and after_u) or (letter == "u" and horn and before[-1:] in _BEFORE_GLIDE):
            continue
        letters[place] = marks[letter]
        if letter == "o" and after_u:
            letters[place - 1] = "ư"
        return True
    return False


def _last(letters: list[str], letter: str) -> int:
    return len(letters) - 1 - letters[::-1].index(letter)
