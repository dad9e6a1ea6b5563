"""How much of what was typed is read, so that no query costs without measure."""

from __future__ import annotations

import re
from itertools import islice

_MOST_WORDS = 100
_MOST_CHARACTERS = 4_000
_WORD = r"(?:[^\W_][\u0300-\u036f]*)+"
"""Letters and digits in a row, whatever stands between them and the next: a.b.c has three."""


def bounded(text: str) -> tuple[str, str]:
    """The beginning of a query, and what to say of the rest; nothing if that is all of it.

    A quotation that is cut ends there.
    """
    kept = text[:_MOST_CHARACTERS]
    words = [*islice(re.finditer(_WORD, kept), _MOST_WORDS + 1)]
    looked_for = f"{_MOST_CHARACTERS:,} characters"
    if len(words) > _MOST_WORDS:
        looked_for = f"{_MOST_WORDS:,} words"
        kept = text[: words[_MOST_WORDS - 1].end()]
    elif len(kept) == len(text):
        return text, ""
    if kept.count('"') % 2:
        kept += '"'
    return kept, f"the query is long: only its first {looked_for} were looked for"
