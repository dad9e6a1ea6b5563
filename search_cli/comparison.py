"""What changed between two versions: as text, as JSON, and as a page of HTML."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from typing import Any

import click

from archive.catalogue.absence import day_and_time
from archive.history.article_history import History, Version
from archive.history.differences import ArticlePart, Change, Difference, Piece
from search_cli.render import View
from search_cli.safe_text import clean
from search_cli.terminal import Marks

_CONTEXT = 60
_STYLE = (
    "body{font:1rem/1.5 sans-serif;max-width:50rem;margin:2rem auto;padding:0 1rem}"
    "del{background:#fdd;color:#700}ins{background:#dfd;color:#050;text-decoration:none}"
    "h2{font-size:1rem;color:#555;margin-bottom:0}p{margin-top:.2rem;white-space:pre-wrap}"
)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two versions of an article and their difference."""

    history: History
    old: Version
    new: Version
    difference: Difference

    def lines(self, view: View) -> Iterator[str]:
        """Each change with the words around it: removed and added, in colour or between marks."""
        yield clean(self.history.id)
        yield f"- {_version_line(self.old)}"
        yield f"+ {_version_line(self.new)}"
        if not self.difference.changes:
            yield "The same."
        for change in self.difference.changes:
            yield ""
            yield f"{_where(change)}: {', '.join(change.kinds)}"
            yield "".join(_shown(change, view))

    def as_json(self) -> dict[str, Any]:
        """The same for a program; times in ISO 8601."""
        return {
            "id": self.history.id,
            "old": _version_json(self.old),
            "new": _version_json(self.new),
            "kinds": list(self.difference.kinds),
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
                        for piece in change.pieces
                        if _is_change(piece, change)
                    ],
                }
                for change in self.difference.changes
            ],
        }

    def as_html(self) -> str:
        """A page of its own, with `<del>` and `<ins>`; it loads nothing."""
        title = escape(clean(self.new.article.title))
        body = [f"<h1>{title}</h1>", f"<p>{escape(self.history.id)}<br>"]
        body.append(f"<del>{escape(_version_line(self.old))}</del><br>")
        body.append(f"<ins>{escape(_version_line(self.new))}</ins></p>")
        for change in self.difference.changes:
            body.append(f"<h2>{escape(_where(change))}: {', '.join(change.kinds)}</h2>")
            body.append(f"<p>{''.join(_marked_up(change))}</p>")
        return (
            f'<!doctype html><html lang="vi"><meta charset="utf-8"><title>{title}</title>'
            f"<style>{_STYLE}</style>{''.join(body)}</html>"
        )


def _version_line(version: Version) -> str:
    first, last = day_and_time(version.first_captured_at), day_and_time(version.last_captured_at)
    return f"{version.short}  captured {first if first == last else f'{first} to {last}'}"


def _version_json(version: Version) -> dict[str, Any]:
    return {
        "version": version.digest,
        "title": version.article.title,
        "first_captured_at": version.first_captured_at.isoformat(),
        "last_captured_at": version.last_captured_at.isoformat(),
    }


def _where(change: Change) -> str:
    return f"{change.part.value} {change.position}" if change.position else change.part.value


def _is_change(piece: Piece, change: Change) -> bool:
    return bool(piece.kinds) or change.part not in (
        ArticlePart.TITLE,
        ArticlePart.LEAD,
        ArticlePart.TEXT,
    )


def _shown(change: Change, view: View) -> Iterator[str]:
    last = len(change.pieces) - 1
    for n, piece in enumerate(change.pieces):
        if not _is_change(piece, change):
            yield _shortened(clean(piece.added), keep_start=n > 0, keep_end=n < last)
            continue
        space, removed, added = _sides(piece)
        yield space
        if view.marks is Marks.COLOUR:
            yield click.style(removed, fg="red") + click.style(added, fg="green")
        else:
            yield (f"[-{removed}-]" if removed else "") + (f"{{+{added}+}}" if added else "")


def _sides(piece: Piece) -> tuple[str, str, str]:
    """The space before a change, if there is one, and its two sides without it."""
    removed, added = clean(piece.removed), clean(piece.added)
    sides = [side for side in (removed, added) if side]
    if all(side.startswith(" ") and len(side) > 1 for side in sides):
        return " ", removed[1:], added[1:]
    return "", removed, added


def _shortened(text: str, *, keep_start: bool, keep_end: bool) -> str:
    """Words around a change: what is far from one is left out."""
    if len(text) <= 2 * _CONTEXT:
        return text
    start = text[:_CONTEXT].rpartition(" ")[0] if keep_start else ""
    end = text[-_CONTEXT:].partition(" ")[2] if keep_end else ""
    return f"{start} … {end}"


def _marked_up(change: Change) -> Iterator[str]:
    for piece in change.pieces:
        if not _is_change(piece, change):
            yield escape(clean(piece.added))
            continue
        space, removed, added = _sides(piece)
        yield space
        yield f"<del>{escape(removed)}</del>" if removed else ""
        yield f"<ins>{escape(added)}</ins>" if added else ""
