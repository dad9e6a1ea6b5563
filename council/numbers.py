"""Numbers as council news write them: digits, words up to ninety-nine, roman numerals."""

from __future__ import annotations

import re

from indexer.language.numerals import roman

_UNITS = {
    "một": 1, "mốt": 1, "nhất": 1, "hai": 2, "nhì": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5,
    "lăm": 5, "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9,
}  # fmt: skip

_UNIT = "|".join(sorted(_UNITS, key=len, reverse=True))
WORDS = rf"(?:(?:{_UNIT}) mươi(?: (?:{_UNIT}))?|mười(?: (?:{_UNIT}))?|(?:{_UNIT}))(?!\w)"
"""A number in words: a regular expression."""
ORDINAL = rf"(?:\d{{1,3}}|[IVXLC]+(?!\w)|{WORDS})"
"""What may stand after thứ or khóa: a regular expression."""


def number_of(written: str) -> int | None:
    """The number that digits, words or a roman numeral stand for, or None."""
    written = written.strip()
    if re.fullmatch(r"\d+", written):
        return int(written)
    words = written.lower().split()
    if not all(word in _UNITS or word in ("mươi", "mười") for word in words):
        return roman(written, "khoa")
    if len(words) == 1:
        return 10 if words == ["mười"] else _UNITS.get(words[0])
    if words[0] == "mười":
        return 10 + _UNITS[words[1]]
    if words[1] != "mươi":
        return None
    return 10 * _UNITS[words[0]] + (_UNITS[words[2]] if len(words) > 2 else 0)
