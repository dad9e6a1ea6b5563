"""The characters of a page's text as the archive keeps them: NFC, no ligatures, words whole."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from indexer.language.invisible import DROPPED
from indexer.language.syllables import is_spelled

_LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
)
_FONT_SIGNS = str.maketrans("\uf0b7\uf0a7\uf0d8\uf02d\uf02b\uf0fc\uf0e0\uf0a8\uf06f", "•▪➢-+✓→□□")
"""Bullets and boxes of the fonts Symbol and Wingdings, by their codes in them."""
_UNSEEN = re.compile(f"[{DROPPED}]")
_SPACED = re.compile(r"(?<!\S)(?:[^\W\d_a-z][ \u00a0]{1,5}){3,}[^\W\d_a-z](?!\S)")
_SINGLE = re.compile(r" [^\W\d_a-z][ \u00a0]")
_APART = re.compile("[ \u00a0]{2,}")
_LETTERS = _LIGATURES | _FONT_SIGNS
_TYPED_ORDER = re.compile("([\u0300\u0301\u0303\u0309])([\u0302\u0306])")
"""A tone typed before the shape of its letter: canonical order knows no difference of the two."""
_UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_RARE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\ufb00-\ufb06\uf020-\uf0ff"
    f"{DROPPED}]"
)
_CUT = re.compile(r"([-/‐\u00ad])(?<=[^\W_].)[ \t]*\n[ \t]*(?=[^\W_])")
_SPACES = re.compile(r"[ \u00a0]+\n")


def tidy(text: str) -> str:
    """The text in NFC, its ligatures as letters, a word that a line's end cut put together.

    A hyphen or stroke that ends a line inside a word is part of a document's number (Vietnamese
    does not divide words), so it stays: `15/NQ-⏎HĐND` is `15/NQ-HĐND`.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    is_plain = not _RARE.search(text)
    if not is_plain:
        text = text.translate(_LETTERS)
    decomposed = unicodedata.normalize("NFD", text) if not text.isascii() else text
    text = unicodedata.normalize("NFC", _TYPED_ORDER.sub(r"\2\1", decomposed))
    if not is_plain:
        text = _UNSTORABLE.sub(" ", text)
    text = _CUT.sub(lambda cut: "-" if cut[1] in "‐\u00ad" else cut[1], text)
    if not is_plain:
        text = _UNSEEN.sub("", text)
    if _SINGLE.search(text):
        text = _SPACED.sub(_unspaced, text)
    return _SPACES.sub("\n", text).strip("\n ")


def in_one_line(lines: Iterable[str]) -> str:
    """The lines of a cell as one; a document's number that their end cut stays whole."""
    return _CUT.sub(lambda cut: "-" if cut[1] in "‐\u00ad" else cut[1], "\n".join(lines)).replace(
        "\n", " "
    )


def _unspaced(found: re.Match[str]) -> str:
    """A heading whose letters are set apart, `N G H Ị  Q U Y Ế T`, as its words."""
    words = [word.replace(" ", "") for word in _APART.split(found[0])]
    if len(words) == 1 and not is_spelled(words[0]):
        ways = [
            [words[0][:at], words[0][at:]]
            for at in range(1, len(words[0]))
            if is_spelled(words[0][:at]) and is_spelled(words[0][at:])
        ]
        words = ways[0] if len(ways) == 1 else words
    return " ".join(words) if all(map(is_spelled, words)) else found[0]


def bare(text: str) -> str:
    """The text in small letters without any mark, for comparison; of the same length if in NFC."""
    return "".join(map(_bare, text.lower()))


@lru_cache(maxsize=1024)
def _bare(letter: str) -> str:
    return "d" if letter == "đ" else unicodedata.normalize("NFD", letter)[0]
