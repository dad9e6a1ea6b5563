"""Whether a text layer is worth reading: how much of it is Vietnamese, and how much carries marks.

A layer without a map to Unicode, a legacy font or the OCR of a page upside down yield words that
are no Vietnamese; a scanner's own layer often lacks the marks. The shares that separate them were
measured (docs/decisions). A text in another language is known by its small words.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from archive.attachment_text import Quality, Want
from indexer.language.syllables import is_spelled

READABLE = 0.6
MARKED = 0.3
_ENOUGH = 8
"""Words below which a text is not judged by them."""
_FOREIGN = 0.12
_PRONOUNCED = 0.85

_WORD = re.compile(r"[^\W\d_]{2,}")
_NO_VOWEL = re.compile("[BCDĐGHKLMNPQRSTVXYZW]{2,}|[A-ZĐ]{2,5}")
_ODD = re.compile("[\ue000-\uf8ff\ufffd\ufffe\x00-\x08\x0e-\x1f\x7f-\x9f]|\\(cid:\\d+\\)")
_LEADERS = re.compile(r"[._…·*=|\-–—]")
_LATIN = re.compile("(?=[^aeiouyAEIOUY]{0,3}[aeiouyAEIOUY])[A-Za-z][a-z]{2,}")
_CLUSTER = re.compile("[^aeiouy]{5}|[aeiouy]{5}")
_ENGLISH = re.compile("the|of|and|to|in|for|is|on|that|by|this|with|are|be|as|at|from|or|was|it")


def judge(text: str) -> Quality:
    """How Vietnamese a text is; abbreviations count neither way."""
    words = [word for word in _WORD.findall(text) if not _NO_VOWEL.fullmatch(word)]
    known = [word for word in words if is_syllable_word(word)]
    marked = sum(not word.isascii() for word in known)
    return Quality(
        words=len(words),
        syllables=len(known) / len(words) if words else 0.0,
        marked=marked / len(known) if known else 0.0,
    )


def want(text: str, quality: Quality, raw: str = "") -> Want | None:
    """Why the text is not enough, or None if it is; `raw` is how a PDF had it."""
    solid = re.sub(r"\s", "", raw or text)
    if not solid:
        return Want.ABSENT
    if len(_ODD.findall(solid)) * 20 > len(solid) or _is_signs(solid):
        return Want.UNREADABLE
    if quality.words < _ENOUGH:
        return None
    if quality.syllables < READABLE:
        return None if _is_foreign(text) or _is_latin(text) else Want.UNREADABLE
    if quality.marked < MARKED and not _is_foreign(text):
        return Want.UNMARKED
    return None


def _is_signs(solid: str) -> bool:
    """Whether a text is mostly signs that are neither letters nor digits nor lines of dots."""
    counted = _LEADERS.sub("", solid)
    return len(counted) >= 30 and 2 * sum(map(str.isalnum, counted)) < len(counted)


def is_better(text: str, than: str) -> bool:
    """Whether a second reading of a page is the better one: more of it is marked Vietnamese."""
    return _worth(text) > _worth(than)


def _worth(text: str) -> float:
    quality = judge(text)
    return quality.words * quality.syllables * (0.3 + quality.marked)


def _is_foreign(text: str) -> bool:
    words = [word.lower() for word in _WORD.findall(text)]
    small = [word for word in words if _ENGLISH.fullmatch(word)]
    return len(small) >= _FOREIGN * len(words) and len({*small}) >= 4


def _is_latin(text: str) -> bool:
    """Whether most words can be pronounced in some language: names, species, places abroad."""
    words = [word for word in _WORD.findall(text) if not _NO_VOWEL.fullmatch(word)]
    good = [w for w in words if _LATIN.fullmatch(w) and not _CLUSTER.search(w.lower())]
    return len(good) >= _PRONOUNCED * len(words)


@lru_cache(maxsize=1 << 14)
def is_syllable_word(word: str) -> bool:
    """Whether a word, in any normal form, is spelt as a Vietnamese syllable."""
    return is_spelled(unicodedata.normalize("NFC", word))
