"""How much of what was typed is read, so that no query costs without measure."""

from __future__ import annotations

import re
from itertools import islice

from archive.ground.message import Message

_MOST_WORDS = 100
_MOST_CHARACTERS = 4_000
_WORD = r"(?:[^\W_][\u0300-\u036f]*)+"
"""Letters and digits in a row, whatever stands between them and the next: a.b.c has three."""


def bounded(text: str) -> tuple[str, Message | None]:
    """The beginning of a query, and what to say of the rest; None if that is all of it.

    A quotation that is cut ends there.
    """
    if len(text) < 2 * _MOST_WORDS:
        return text, None
    kept = text[:_MOST_CHARACTERS]
    words = [*islice(re.finditer(_WORD, kept), _MOST_WORDS + 1)]
    said = Message("indexer.first-characters", count=_MOST_CHARACTERS)
    if len(words) > _MOST_WORDS:
        said = Message("indexer.first-words", count=_MOST_WORDS)
        kept = text[: words[_MOST_WORDS - 1].end()]
    elif len(kept) == len(text):
        return text, None
    if kept.count('"') % 2:
        kept += '"'
    return kept, said
