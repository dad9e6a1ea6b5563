"""Text from before Unicode, as old pages carry it: TCVN3, VNI, and UTF-8 read as something else.

A page may mix them with good text (a body pasted from an old document under a good title), so each
piece of text is judged by itself. UTF-8 read as something else leaves signs that no text has by
chance. The fonts of TCVN3 and VNI leave words that are no Vietnamese; a text of such words is read
in the encoding that makes syllables of them, if there is one. The capture keeps its bytes; only
what is read from it changes.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence

from crawler.extraction.page_limits import to_nfc
from indexer.language.syllables import is_spelled

_TCVN3_BYTES = {
    0xA1: "ĂÂÊÔƠƯĐăâêôơưđ",
    0xB5: "àảãáạ",
    0xBB: "ằẳẵắ",
    0xC6: "ặầẩẫấậè",
    0xCE: "ẻẽéẹềểễếệìỉ",
    0xDC: "ĩíịò",
    0xE1: "ỏõóọồổỗốộờởỡớợù",
    0xF1: "ủũúụừửữứựỳỷỹýỵ",
}
_TCVN3 = {
    first + step: letter
    for first, letters in _TCVN3_BYTES.items()
    for step, letter in enumerate(letters)
}
"""TCVN 5712:1993, the VN3 set, as its bytes look when taken for ISO 8859-1."""

_TONES = {"ù": "\u0301", "ø": "\u0300", "û": "\u0309", "õ": "\u0303", "ï": "\u0323"}
_CIRCUMFLEX = {
    "â": "\u0302",
    "á": "\u0302\u0301",
    "à": "\u0302\u0300",
    "å": "\u0302\u0309",
    "ã": "\u0302\u0303",
    "ä": "\u0302\u0323",
}
_BREVE = {
    "ê": "\u0306",
    "é": "\u0306\u0301",
    "è": "\u0306\u0300",
    "ú": "\u0306\u0309",
    "ü": "\u0306\u0303",
    "ë": "\u0306\u0323",
}
_VNI_MARKS = _TONES | _CIRCUMFLEX | _BREVE
_VNI_ALONE = {
    "ñ": "đ",
    "ö": "ư",
    "ô": "ơ",
    "æ": "ỉ",
    "ó": "ĩ",
    "ò": "ị",
    "î": "ỵ",
    "í": "í",
    "ì": "ì",
}
_MARKED = f"[aeo][{''.join(_CIRCUMFLEX)}]|a[{''.join(_BREVE)}]|[aeoyôö][{''.join(_TONES)}]"
_VNI_LETTER = re.compile(f"{_MARKED}|u[{''.join(_TONES)}]|[{''.join(_VNI_ALONE)}]", re.IGNORECASE)
_SURELY_VNI = re.compile(f"{_MARKED}|u[ùøõï]", re.IGNORECASE)
"""A letter and its mark; but uû is uỷ in TCVN3."""

_LETTERS = "".join({*map(chr, _TCVN3), *_VNI_MARKS, *_VNI_ALONE})
_WORD = re.compile(f"[a-z{re.escape(_LETTERS)}ÿ]{{2,}}", re.IGNORECASE)
_CAPITAL_WITHIN = re.compile("[a-z][À-ÖØ-Þ]")
_OWN_LETTER = re.compile("[ăđơưĂĐƠƯ\u1ea0-\u1ef9]")
_MOST = 0.75

_TAIL = "".join(
    chr(byte) + bytes([byte]).decode("cp1252", errors="ignore") for byte in range(0x80, 0xC0)
)
"""What a byte of UTF-8 after the first may be taken for."""
_UTF8 = f"[Â-ß][{re.escape(_TAIL)}]|[à-ï][{re.escape(_TAIL)}]{{2}}"
_MOJIBAKE = re.compile(_UTF8)
# A no-break space, as the last byte of à or Ạ, often is a plain one by now.
_SPACED_MOJIBAKE = re.compile(f"{_UTF8}|Ã |á[º»] ")
_MOJIBAKE_SIGN = re.compile(
    f"á[º»][{re.escape(_TAIL)}]|Ä[‘\x90\x91ƒ\x83¨©]|Å[¨©]|Æ[°¡¯]|Ã[\x80-\x9f¡-¿€‚ƒˆ‰Š]"
    "|Ì[€\x80\x81ƒ\x83‰\x89£‚\x82†\x86›\x9b]|â€"
)


def to_unicode(text: str) -> str:
    """The text in Unicode, NFC, whatever it was encoded in before."""
    text = to_nfc(text)
    for _ in range(2):
        if not _MOJIBAKE_SIGN.search(text):
            break
        text = _undo_mojibake(text)
    if not _OWN_LETTER.search(text):
        text = _from_old_font(text)
    return to_nfc(text)


def texts_to_unicode(texts: Sequence[str]) -> str:
    """What the text nodes of one paragraph say together; each may be in an encoding of its own.

    One that has letters of Unicode's own says nothing of the one beside it. A single foreign name
    in such a paragraph is left alone, unless it has signs that no name has.
    """
    whole = "".join(texts)
    if whole.isascii() or not _OWN_LETTER.search(to_nfc(whole)):
        return to_unicode(whole)
    return to_unicode("".join(t if t.isascii() or _is_name(t) else to_unicode(t) for t in texts))


def _is_name(text: str) -> bool:
    """Whether a text is at most a word that is odd, of nothing but letters."""
    odd = [word for word in _WORD.findall(text) if not word.isascii() and _is_odd(word)]
    return not _MOJIBAKE_SIGN.search(text) and len(odd) < 2 and all(w.isalpha() for w in odd)


def _undo_mojibake(text: str) -> str:
    """UTF-8 that was read as windows-1252 or ISO 8859-1."""
    pattern = _MOJIBAKE if _OWN_LETTER.search(text) else _SPACED_MOJIBAKE
    return pattern.sub(_decode, text)


def _decode(found: re.Match[str]) -> str:
    first, rest = found[0][0], found[0][1:].replace(" ", "\u00a0")
    data = b"".join(_byte(character) for character in first + rest)
    return data.decode("utf-8", errors="ignore") or found[0]


def _byte(character: str) -> bytes:
    try:
        return character.encode("latin-1")
    except UnicodeEncodeError:
        return character.encode("cp1252")


def _from_old_font(text: str) -> str:
    words = [word for word in _WORD.findall(text) if not word.isascii()]
    if not any(_is_odd(word) for word in words):
        return text
    readings: list[Callable[[str], str]] = [_from_tcvn3, _from_vni]
    if any(_SURELY_VNI.search(word) for word in words):
        readings.reverse()
    best = max(readings, key=lambda reading: _share(reading, words))
    return best(text) if _share(best, words) >= _MOST else text


def _is_odd(word: str) -> bool:
    """Whether a word is neither Vietnamese nor a unit such as µm."""
    mixed_case = _CAPITAL_WITHIN.search(word) is not None
    return not word.startswith("µ") and (mixed_case or not is_spelled(word))


def _share(reading: Callable[[str], str], words: list[str]) -> float:
    """The share of the words that a reading makes syllables, or abbreviations without a vowel."""
    read = [reading(word) for word in words]
    return sum(_is_word(word) or _is_abbreviation(word) for word in read) / len(read)


def _is_word(word: str) -> bool:
    """A syllable, or one with the final k of names such as Đắk Lắk."""
    return is_spelled(f"{word[:-1]}c" if word[-1:] in "kK" else word)


def _is_abbreviation(word: str) -> bool:
    return re.fullmatch("[BCDĐGHKLMNPQRSTVX]{2,}", word) is not None


def _from_tcvn3(text: str) -> str:
    """Capital letters with marks were a font's business in TCVN3: a word in capitals stays so."""
    converted = text.translate(_TCVN3)
    return re.sub(
        r"\w+",
        lambda word: word[0].upper() if _is_capitals(word[0]) else word[0],
        converted,
    )


def _is_capitals(word: str) -> bool:
    plain = [letter for letter in word if letter.isascii()]
    return len(plain) >= 2 and all(letter.isupper() for letter in plain)


def _from_vni(text: str) -> str:
    return _VNI_LETTER.sub(_vni_letter, text)


def _vni_letter(found: re.Match[str]) -> str:
    base, mark = found[0][0], found[0][1:]
    if base.lower() in _VNI_ALONE:
        base = _vni_alone(base)
    return unicodedata.normalize("NFC", base + _VNI_MARKS.get(mark.lower(), ""))


def _vni_alone(letter: str) -> str:
    plain = _VNI_ALONE[letter.lower()]
    return plain.upper() if letter.isupper() else plain
