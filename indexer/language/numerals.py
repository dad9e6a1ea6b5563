"""Numbers in other clothes: roman numerals (khóa XX), grouped digits (1.000.000)."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_ROMAN = r"(?:X[LC]|L?X{0,3})(?:I[XV]|V?I{0,3})"
_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}

# After these words a single letter, or small letters, may be a number.
_BEFORE_ANY = frozenset({"khoa", "thu", "quy", "qui", "hoi", "ky", "ki", "lan", "chuong"})
_BEFORE_CAPITAL = _BEFORE_ANY | {
    "ap", "bac", "bai", "ban", "bieu", "cap", "cum", "cuoc", "dieu", "doan", "doi", "dot", "giai",
    "hang", "khoan", "khom", "khu", "loai", "lop", "luc", "mau", "muc", "nhom", "phan", "so", "tap",
    "thon", "to", "tu", "tw", "uong", "vong", "vuc", "vung", "xom",
}  # fmt: skip
# Capitals that are as likely a syllable of a heading.
_ALSO_SYLLABLES = frozenset({"VI", "XI", "LI"})

GROUPED = (
    r"\d(?<![\w.,]\d)\d{0,2}(?:(?:\.\d{3})+(?!\d|\.\d)"
    r"|(?:(?:,\d{3}){2,}|,000)(?!\d|[.,]\d))"
)
"""A number in groups of three digits, as it is written in Vietnamese: a regular expression.

Decimals (8.338,4) or a unit (15.000m2) may follow. Commas group where no decimals look so: 15,000.
"""

DECIMAL = r"\d(?<![\w.,]\d)(?:\d{0,2}(?:\.\d{3})+,\d{1,3}|\d*,\d{1,3}|\d*\.\d{1,2})(?!\d|[.,]\d)"
"""A number with decimals, after a comma or a dot (46,5; 8.338,4): a regular expression.

What stands so may also be two numbers (các tổ 5,6), or one in groups as in English (12,500).
"""

SIGNS = {
    "%": "%", "％": "%", "‰": "‰", "°": "°", "º": "°", "˚": "°", "℃": "°",
    "$": "usd", "€": "eur", "£": "gbp",
}  # fmt: skip
"""Signs that stand for words behind a number (5%, 38°C, 5$), each as the word that it is."""

DEGREES = ("oC", "℃")
"""Degrees of Celsius behind a number, besides °C."""

_MULTIPLIED = r"(?:\s(?:ngh[ìi]n|ng[àa]n|tri[ệe]u|t[ỷyỉi])(?!\w)){1,2}"
PRICED = (
    rf"(?<![\w$€£])(?:US)?(?P<sign>[$€£])\s?(?P<amount>\d[\d.,]*(?<=\d)(?:{_MULTIPLIED})?)(?!\w)"
)
"""An amount with the sign of its money in front: US$5, $5 triệu. A regular expression."""

_MONEY = r"(?:[đd]ồng|dong|[đ₫]|VN[ĐD]|USD|euro)(?!\w)"
SPACED = (
    rf"(?<![\w.,+/:\-])(?<!\d\s)[1-9]\d{{0,2}}(?:(?: \d{{3}}){{2,}}| 000| \d{{3}}(?=\s?{_MONEY}))"
    r"(?![\w]|[.,/\-]\d| \d)"
)
"""A number in groups with blanks between, where it is no two numbers: 1 500 000; 20 500 đồng."""

FRACTIONS = {"½": "1/2", "⅓": "1/3", "⅔": "2/3", "¼": "1/4", "¾": "3/4", "⅛": "1/8"}
"""Fractions in one character, each as it is written with a slash."""

RAISED = "¹²³⁰⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉"
"""Raised and lowered digits, which are digits (m², CO₂)."""


@lru_cache(maxsize=1 << 12)
def roman(word: str, before: str) -> int | None:
    """The value of a roman numeral up to 89, or None; `before` is the folded word before it.

    Capitals of two letters and more are numerals wherever they stand, unless they are a syllable
    too (VI); those, single letters and small letters need a word such as khóa or thứ before them.
    """
    if not is_roman(word):
        return None
    word = unicodedata.normalize("NFKC", word)
    capitals = word.upper()
    if word == capitals and len(word) > 1 and capitals not in _ALSO_SYLLABLES:
        return _value(capitals)
    if before in (_BEFORE_CAPITAL if word == capitals else _BEFORE_ANY):
        return _value(capitals)
    return None


def is_roman(word: str) -> bool:
    """Whether a word, in letters of either size, could be a roman numeral up to 89."""
    if len(word) > 7:
        return False
    if not word.isascii():
        word = unicodedata.normalize("NFKC", word)
    capitals = word.upper()
    return (
        bool(word)
        and _VALUES.keys() >= set(capitals)
        and re.fullmatch(_ROMAN, capitals) is not None
    )


def _value(capitals: str) -> int:
    values = [_VALUES[letter] for letter in capitals]
    following = [*values[1:], 0]
    return sum(
        -value if value < after else value for value, after in zip(values, following, strict=True)
    )
