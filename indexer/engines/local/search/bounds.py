"""How much of what was typed is looked for, so that no query costs without measure."""

from __future__ import annotations

_MOST_WORDS = 100
_MOST_CHARACTERS = 4_000


def bounded(text: str) -> tuple[str, str]:
    """The beginning of a query, and what to say of the rest; nothing if that is all of it.

    A quotation that is cut ends there.
    """
    words = text.split()
    kept = " ".join(words[:_MOST_WORDS])
    if len(words) <= _MOST_WORDS and len(text) <= _MOST_CHARACTERS:
        return text, ""
    kept = kept[:_MOST_CHARACTERS]
    if kept.count('"') % 2:
        kept += '"'
    return kept, f"the query is long: only its first {len(kept.split()):,} words were looked for"
