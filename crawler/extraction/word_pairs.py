"""A text as the pairs of its neighbouring words, to see whether two texts say the same."""

from __future__ import annotations

import re

from archive.catalogue.version_identity import plain
from archive.model import Article

Words = frozenset[str]
"""The pairs of a text, small letters; without numbers and addresses, which change in a notice."""

_MARKUP = re.compile(r"<(script|style|title)\b.*?</\1\s*>|<[^>]*>", re.IGNORECASE | re.DOTALL)
_LONG_ENOUGH = 64 << 10
_WORD = re.compile(r"[^\W_]+")


def words_of_article(article: Article) -> Words:
    """The words of an article's lead and body, without those of its title."""
    return _words_of([article.lead or "", *(block.text for block in article.blocks)], article)


def words_of_body(article: Article) -> Words:
    """The words of an article's body, without those of its title; of pictures alone none."""
    return _words_of([block.text for block in article.blocks], article)


def words_of_page(html: str) -> Words:
    """The words that can be seen on a page."""
    return _pairs(plain(_MARKUP.sub(" ", html[:_LONG_ENOUGH])).lower())


def _words_of(texts: list[str], article: Article) -> Words:
    title = plain(article.title).lower()
    pairs: Words = frozenset()
    for text in (plain(one).lower() for one in texts):
        pairs |= _pairs(text.replace(title, " ") if " " in title else text)
    return pairs


def _pairs(text: str) -> Words:
    parts = (part for part in text.split() if "/" not in part)
    words = [word for part in parts for word in _WORD.findall(part) if word.isalpha()]
    return frozenset(f"{one} {other}" for one, other in zip(["", *words], words, strict=False))


def are_alike(one: Words, other: Words) -> bool:
    """Whether two texts say the same but for a word here and there."""
    return 10 * len(one & other) >= 7 * max(len(one), len(other))


def share_a_text(one: Words, other: Words) -> bool:
    """Whether a third of each text is in the other, as if a sentence of its own led in a notice."""
    return 3 * len(one & other) >= max(len(one), len(other))


def holds_text(whole: Words, part: Words) -> bool:
    """Whether one text is in another; a text without words only in one that has none either."""
    return 10 * len(whole & part) >= 7 * len(part) if part else not whole


def keeps(old: Words, new: Words) -> bool:
    """Whether half of a text is still there: an edit, and no text in another's place."""
    return old == new or 2 * len(old & new) >= len(old) > 0
