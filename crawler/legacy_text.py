"""Text from before Unicode, as old pages carry it: TCVN3, VNI, and UTF-8 read as something else.

A page may mix them with good text (a body pasted from an old document under a good title), so each
piece of text is judged by itself, and only if it holds no Vietnamese letter that these encodings
cannot produce by accident. The capture keeps its bytes; only what is read from it changes.
"""

from __future__ import annotations

import re
import unicodedata

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
_SHAPES = {
    "â": "\u0302",
    "á": "\u0302\u0301",
    "à": "\u0302\u0300",
    "å": "\u0302\u0309",
    "ã": "\u0302\u0303",
    "ä": "\u0302\u0323",
    "ê": "\u0306",
    "é": "\u0306\u0301",
    "è": "\u0306\u0300",
    "ú": "\u0306\u0309",
    "ü": "\u0306\u0303",
    "ë": "\u0306\u0323",
}
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
_VNI_PAIR = re.compile(f"[aeouyôö][{''.join(_TONES | _SHAPES)}]", re.IGNORECASE)
_VNI_LETTER = re.compile(f"[{''.join(_VNI_ALONE)}]", re.IGNORECASE)

# Pairs that no Vietnamese word in Unicode holds, unlike "oà" in "hoà".
_VNI_SIGN = re.compile("[aeouyôö][ùøûõï]|[aeo]â|aê|[ae][áàåãä]|o[åä]|a[éèúüë]", re.IGNORECASE)
_TCVN3_SIGN = re.compile(
    "[A-Za-zµ-þ]?[®©«ª¨¬µ¶·¸¹][A-Za-zµ-þ]|[A-Za-z][©«ª¨¬µ¶·¸¹](?![\\w®])|\u00ad[µ-þ]"
    "|[a-z][À-ÖØ-Þ](?![À-ÞA-Z])"
)
_MOJIBAKE_SIGN = re.compile("á[º»]|Ä[‘\u0090\u0091ƒ]|Æ[°¡]|Ã[¡-¿]")
_MOJIBAKE_RUN = re.compile(
    "[\u0080-ÿ\u0152\u0153\u0160\u0161\u0178\u017d\u017eƒˆ˜–—‘’‚“”„†‡•…‰‹›€™]{2,}"
)
_OWN_LETTER = re.compile("[ăđơưĂĐƠƯ\u1ea0-\u1ef9]")
_ENOUGH = 2


def to_unicode(text: str) -> str:
    """The text in Unicode, NFC, whatever it was encoded in before."""
    if not _OWN_LETTER.search(text):
        if _MOJIBAKE_SIGN.search(text):
            text = _undo_mojibake(text)
        elif len(_TCVN3_SIGN.findall(text)) >= _ENOUGH:
            text = _from_tcvn3(text)
        elif len(_VNI_SIGN.findall(text)) >= _ENOUGH:
            text = _from_vni(text)
    return unicodedata.normalize("NFC", text)


def _undo_mojibake(text: str) -> str:
    """UTF-8 that was read as windows-1252 or ISO 8859-1, once or twice over."""
    for _ in range(2):
        if not _MOJIBAKE_SIGN.search(text):
            break
        text = _MOJIBAKE_RUN.sub(_decode_run, text)
    return text


def _decode_run(run: re.Match[str]) -> str:
    data = b"".join(_byte(character) for character in run[0])
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return run[0]


def _byte(character: str) -> bytes:
    try:
        return character.encode("cp1252")
    except UnicodeEncodeError:
        return character.encode("latin-1", errors="replace")


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
    return _VNI_LETTER.sub(_vni_letter, _VNI_PAIR.sub(_vni_pair, text))


def _vni_pair(pair: re.Match[str]) -> str:
    base, mark = pair[0][0], pair[0][1]
    if base.lower() in _VNI_ALONE:
        base = _vni_alone(base)
    return unicodedata.normalize("NFC", base + (_TONES | _SHAPES)[mark.lower()])


def _vni_letter(letter: re.Match[str]) -> str:
    return _vni_alone(letter[0])


def _vni_alone(letter: str) -> str:
    plain = _VNI_ALONE[letter.lower()]
    return plain.upper() if letter.isupper() else plain
