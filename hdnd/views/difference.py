"""What changed between two versions of an article."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from archive.history.article_history import History, Version
from archive.history.differences import ArticlePart, Change, Difference, Piece
from hdnd.messages.telling import in_english

__all__ = [
    "Change",
    "Comparison",
    "Difference",
    "Piece",
    "Version",
    "change_line",
    "changed_words",
    "comparison_json",
    "is_change",
]

_TEXTS = (ArticlePart.TITLE, ArticlePart.LEAD, ArticlePart.TEXT)
_LONGEST = 60
_MOST_WORDS = 8


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two versions of an article and their difference."""

    history: History
    old: Version
    new: Version
    difference: Difference


def comparison_json(comparison: Comparison) -> dict[str, Any]:
    """Every word removed and added, by where it stands; times in ISO 8601."""
    return {
        "id": comparison.history.id,
        "old": _version(comparison.old),
        "new": _version(comparison.new),
        "kinds": list(comparison.difference.kinds),
        "changes": [
            {
                "part": change.part.value,
                "position": change.position,
                "kinds": list(change.kinds),
                "words": [
                    {
                        "removed": piece.removed.strip(),
                        "added": piece.added.strip(),
                        "kinds": [kind.value for kind in piece.kinds],
                    }
                    for piece in _pieces(change)
                    if is_change(piece, change)
                ],
            }
            for change in comparison.difference.changes
        ],
    }


def is_change(piece: Piece, change: Change) -> bool:
    """Whether a piece is what changed, and not the text around it."""
    return bool(piece.kinds) or change.part not in _TEXTS


def change_line(difference: Difference) -> str:
    """A change in a line: its kinds, and the first words that differ."""
    kinds = ", ".join(difference.kinds)
    first = next((text for change in difference.changes if (text := _words(change))), "")
    return f"{kinds}{': ' if first else ''}{first}"


def changed_words(difference: Difference) -> str:
    """What was removed (−) and added (+), the first few of all changes."""
    told = [
        words
        for change in difference.changes
        for piece in _pieces(change)
        if is_change(piece, change) and (words := _signed(piece))
    ]
    more = len(told) - _MOST_WORDS
    return "; ".join(told[:_MOST_WORDS]) + (f"; … (+{more})" if more > 0 else "")


def _signed(piece: Piece) -> str:
    removed, added = _short(piece.removed), _short(piece.added)
    signed = (f"− “{removed}”" if removed else "", f"+ “{added}”" if added else "")
    return " ".join(filter(None, signed))


def _pieces(change: Change) -> tuple[Piece, ...]:
    """The pieces of a change; what is in no text as one that was added, in English."""
    return change.pieces or ((Piece("", in_english(change.said)),) if change.said else ())


def _version(version: Version) -> dict[str, Any]:
    return {
        "version": version.digest,
        "title": version.article.title,
        "first_captured_at": version.first_captured_at.isoformat(),
        "last_captured_at": version.last_captured_at.isoformat(),
    }


def _words(change: Change) -> str:
    for piece in _pieces(change):
        if piece.removed.strip() != piece.added.strip():
            removed, added = _short(piece.removed), _short(piece.added)
            if removed and added:
                return f"“{removed}” → “{added}”"
            return f"added “{added}”" if added else f"removed “{removed}”"
    return ""


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
