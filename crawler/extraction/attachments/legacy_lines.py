"""Lines of a page in the encoding of TCVN3 or VNI fonts, as Unicode."""

from __future__ import annotations

import re
import unicodedata

from crawler.extraction.attachments.quality import is_syllable_word
from crawler.extraction.legacy_text import to_unicode

_HIGH = re.compile("[\u00a1-\u00ff]")
_OWN = re.compile("[ăđơưĂĐƠƯ\u1ea0-\u1ef9]")
_STRETCH = re.compile(
    "(?<![^ ])[^ăđơưĂĐƠƯ\u1ea0-\u1ef9 ]*[\u00a1-\u00ff][^ăđơưĂĐƠƯ\u1ea0-\u1ef9 ]*(?![^ ])"
    "(?: [^ăđơưĂĐƠƯ\u1ea0-\u1ef9 ]+(?![^ ]))*"
)
_HIGH_WORD = re.compile("[A-Za-z]*[\u00a1-\u00ff][A-Za-z\u00a1-\u00ff]*")
_HYPHENED = re.compile(r"[^\s-]*(?:-[^\s-]*)+")


def line_to_unicode(line: str, *, beside_legacy: bool = False) -> str:
    """The line in Unicode, NFC.

    The byte that is ư in TCVN3 (0xAD) is a hyphen to a PDF reader: where the letter makes a
    syllable and a hyphen does not, it is the letter. A line without any other letter of TCVN3 is
    looked at so only beside lines that have some.
    """
    if (beside_legacy or _HIGH.search(line)) and not _OWN.search(line) and "-" in line:
        line = _HYPHENED.sub(_with_u, line)
    if not _OWN.search(line) or not _HIGH.search(line):
        return to_unicode(line)
    return _STRETCH.sub(_stretch_to_unicode, unicodedata.normalize("NFC", line))


def _stretch_to_unicode(found: re.Match[str]) -> str:
    """A stretch of words beside Unicode that has no letter of Vietnamese's own."""
    stretch = found[0]
    if all(map(is_syllable_word, _HIGH_WORD.findall(stretch))):
        return stretch
    if "-" in stretch:
        stretch = _HYPHENED.sub(_with_u, stretch)
    return to_unicode(stretch)


def _with_u(found: re.Match[str]) -> str:
    word = found[0]
    if not any(letter.isalpha() for letter in word):
        return word
    candidate = word.replace("-", "\u00ad")
    read = to_unicode(candidate)
    letters = re.sub(r"^\W+|\W+$", "", read)
    return (
        candidate
        if "ư" in unicodedata.normalize("NFD", read).replace("u\u031b", "ư")
        and (is_syllable_word(letters))
        else word
    )
