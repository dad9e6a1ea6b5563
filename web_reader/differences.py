"""Differences between two versions as stretches of text: what stayed, what went, what came."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from hdnd.views.difference import Change, is_change

REMOVED, ADDED = "removed", "added"
_AROUND = 70
"""Characters of what stayed that are shown on either side of what did not."""
_LONGEST = 300


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a text; `kind` is `removed`, `added`, or empty for what stayed."""

    text: str
    kind: str = ""


def before(change: Change) -> Iterator[Stretch]:
    """The text as it was."""
    for piece in change.pieces:
        yield from _stretches(piece.removed, REMOVED if is_change(piece, change) else "")


def after(change: Change) -> Iterator[Stretch]:
    """The text as it is now."""
    for piece in change.pieces:
        yield from _stretches(piece.added, ADDED if is_change(piece, change) else "")


def excerpt(change: Change) -> Iterator[Stretch]:
    """What went and what came, with the words around it."""
    last = len(change.pieces) - 1
    for number, piece in enumerate(change.pieces):
        if is_change(piece, change):
            yield from _stretches(piece.removed[:_LONGEST], REMOVED)
            if piece.removed and not piece.added[:1].isspace():
                yield Stretch(" ")
            yield from _stretches(piece.added[:_LONGEST], ADDED)
        else:
            begins, ends = number > 0, number < last
            yield Stretch(_shortened(piece.added, begins=begins, ends=ends))


def _stretches(text: str, kind: str) -> Iterator[Stretch]:
    """A text, the blanks before it apart, so that no mark begins with them."""
    bare = text.lstrip()
    if len(bare) < len(text):
        yield Stretch(text[: len(text) - len(bare)])
    if bare:
        yield Stretch(bare, kind)


def _shortened(text: str, *, begins: bool, ends: bool) -> str:
    """What stayed between two changes, or before the first or behind the last one, cut at words."""
    first = _cut(text, _AROUND) if begins else ""
    end = _cut(text[::-1], _AROUND)[::-1] if ends else ""
    if len(first) + len(end) >= len(text):
        return text
    return f"{first}{' ' if first and end else ''}…{' ' if first and end else ''}{end}"


def _cut(text: str, length: int) -> str:
    """The first whole words of a text."""
    if len(text) <= length:
        return text
    return text[:length].rpartition(" ")[0] or text[:length]
