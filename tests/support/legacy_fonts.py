"""Vietnamese as the fonts of TCVN3 and VNI had it, each byte taken for a letter of ISO 8859-1."""

from __future__ import annotations

import unicodedata

_TCVN3_LETTERS = (
    "ăâêôơưđ"
    + "àảãáạ"
    + "ằẳẵắ"
    + "ặầẩẫấậè"
    + "ẻẽéẹềểễếệìỉ"
    + "ĩíịò"
    + "ỏõóọồổỗốộờởỡớợù"
    + "ủũúụừửữứựỳỷỹýỵ"
)
_TCVN3_BYTES = (
    *range(0xA8, 0xAF),
    *range(0xB5, 0xBA),
    *range(0xBB, 0xBF),
    *range(0xC6, 0xCD),
    *range(0xCE, 0xD9),
    *range(0xDC, 0xE0),
    *range(0xE1, 0xF0),
    *range(0xF1, 0xFF),
)
_TCVN3 = dict(zip(_TCVN3_LETTERS, map(chr, _TCVN3_BYTES), strict=True)) | dict(
    zip("ĂÂÊÔƠƯĐ", map(chr, range(0xA1, 0xA8)), strict=True)
)
_SHAPES = {"\u0302": "âáàåãä", "\u0306": "êéèúüë"}
_TONES = "\u0301\u0300\u0309\u0303\u0323"
_PLAIN = dict(zip(_TONES, "ùøûõï", strict=True))
_I = dict(zip(_TONES, "íìæóò", strict=True))


def tcvn3(text: str) -> str:
    """The text for a font such as .VnTime. Capitals with tones need another font: not here."""
    return "".join(_TCVN3.get(letter, letter) for letter in unicodedata.normalize("NFC", text))


def vni(text: str) -> str:
    """The text for a font such as VNI-Times."""
    return "".join(map(_vni, unicodedata.normalize("NFC", text)))


def _vni(letter: str) -> str:
    if letter in "đĐ":
        return "ñ" if letter == "đ" else "Ñ"
    base, *marks = unicodedata.normalize("NFD", letter)
    if not marks:
        return letter
    shape = next((mark for mark in marks if mark in _SHAPES), "")
    tone = next((mark for mark in marks if mark in _TONES), "")
    if "\u031b" in marks:
        base = {"o": "ô", "u": "ö", "O": "Ô", "U": "Ö"}[base]
    upper = base.isupper()
    if base in "iI" and tone:
        return _I[tone].upper() if upper else _I[tone]
    if base in "yY" and tone == "\u0323":
        return "Î" if upper else "î"
    mark = _SHAPES[shape][1 + _TONES.index(tone) if tone else 0] if shape else _PLAIN.get(tone, "")
    return base + (mark.upper() if upper else mark)
