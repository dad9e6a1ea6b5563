"""What changed between two versions: as text, and as a page of HTML."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

import click

from hdnd.views.difference import Change, Comparison, Piece, Version, is_change
from hdnd.views.history import History
from search_cli.render import View
from search_cli.safe_text import clean
from search_cli.terminal import Highlighting
from search_cli.vocabulary import word, words
from search_cli.words import _, in_words

_CONTEXT = 60
_STYLE = (
    "body{font:1rem/1.5 sans-serif;max-width:50rem;margin:2rem auto;padding:0 1rem}"
    "del{background:#fdd;color:#700}ins{background:#dfd;color:#050;text-decoration:none}"
    "h2{font-size:1rem;color:#555;margin-bottom:0}p{margin-top:.2rem;white-space:pre-wrap}"
)


def comparison_lines(comparison: Comparison, view: View) -> Iterator[str]:
    """Each change with the words around it: removed and added, between signs."""
    yield clean(comparison.history.id)
    yield f"- {_version_line(comparison.history, comparison.old)}"
    yield f"+ {_version_line(comparison.history, comparison.new)}"
    if not comparison.difference.changes:
        yield _("The same.")
    for change in comparison.difference.changes:
        yield ""
        yield f"{_where(change)}: {words(change.kinds)}"
        yield "".join(_shown(change, view))


def comparison_html(comparison: Comparison) -> str:
    """A page of its own, with `<del>` and `<ins>`; it loads nothing."""
    title = escape(clean(comparison.new.article.title))
    body = [f"<h1>{title}</h1>", f"<p>{escape(comparison.history.id)}<br>"]
    body.append(f"<del>{escape(_version_line(comparison.history, comparison.old))}</del><br>")
    body.append(f"<ins>{escape(_version_line(comparison.history, comparison.new))}</ins></p>")
    for change in comparison.difference.changes:
        body.append(f"<h2>{escape(_where(change))}: {words(change.kinds)}</h2>")
        body.append(f"<p>{''.join(_marked_up(change))}</p>")
    return (
        f'<!doctype html><html lang="vi"><meta charset="utf-8"><title>{title}</title>'
        f"<style>{_STYLE}</style>{''.join(body)}</html>"
    )


def _version_line(history: History, version: Version) -> str:
    ends = (version.first_captured_at, version.last_captured_at)
    first, last = (in_words(history.told(moment)) for moment in ends)
    span = first if first == last else _("{first} to {last}", first=first, last=last)
    return _("{version}  captured {span}", version=version.short, span=span)


def _where(change: Change) -> str:
    part = word(change.part.value)
    return f"{part} {change.position}" if change.position else part


def _shown(change: Change, view: View) -> Iterator[str]:
    if change.said:
        yield in_words(change.said)
    last = len(change.pieces) - 1
    for n, piece in enumerate(change.pieces):
        if not is_change(piece, change):
            yield _shortened(clean(piece.added), keep_start=n > 0, keep_end=n < last)
            continue
        space, removed, added = _sides(piece)
        yield space
        sides = (f"[-{removed}-]" if removed else "", f"{{+{added}+}}" if added else "")
        if view.highlighting is Highlighting.COLOUR:
            colours = zip(sides, ("red", "green"), strict=True)
            yield "".join(click.style(side, fg=colour) for side, colour in colours if side)
        else:
            yield "".join(sides)


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
    if change.said:
        yield escape(in_words(change.said))
    for piece in change.pieces:
        if not is_change(piece, change):
            yield escape(clean(piece.added))
            continue
        space, removed, added = _sides(piece)
        yield space
        yield f"<del>{escape(removed)}</del>" if removed else ""
        yield f"<ins>{escape(added)}</ins>" if added else ""
