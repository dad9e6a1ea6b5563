"""How wide the terminal is, whether it shows colour, and text that fits it."""

from __future__ import annotations

import os
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from enum import Enum
from functools import cache
from typing import IO

import click

from search_cli.safe_text import clean_marked

Span = tuple[int, int]

NARROWEST = 20
WIDTH_IF_UNKNOWN = 80


class Highlighting(Enum):
    """How a match is shown in text: `COLOUR` with escape codes, `BRACKETS` as [match], or not."""

    COLOUR = "colour"
    BRACKETS = "brackets"
    NONE = "none"


def shows_colour(stream: IO[str]) -> bool:
    """Whether colour may be used: on a terminal, unless it is dumb or NO_COLOR is set."""
    allowed = not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return allowed and stream.isatty()


def marks_for_stdout() -> Highlighting:
    """Colour where it can be shown, brackets on a terminal without it, plain text in a pipe."""
    if shows_colour(sys.stdout):
        return Highlighting.COLOUR
    return Highlighting.BRACKETS if sys.stdout.isatty() else Highlighting.NONE


def width_of_stdout() -> int | None:
    """The terminal's width in columns; None for a file or pipe, where lines are not broken."""
    if not sys.stdout.isatty():
        return None
    given = os.environ.get("COLUMNS", "")
    return max(int(given) if given.isdecimal() else _columns_of_terminal(), NARROWEST)


def _columns_of_terminal() -> int:
    try:
        return os.get_terminal_size(sys.stdout.fileno()).columns or WIDTH_IF_UNKNOWN
    except (OSError, ValueError):
        return WIDTH_IF_UNKNOWN


def wrap(text: str, width: int) -> Iterator[Span]:
    """The lines of a text as offsets into it, each at most `width` columns if its words allow."""
    start = end = used = 0
    for word_start, word_end in _words(text):
        needed = columns(text[end:word_end])
        if used and used + needed > width:
            yield start, end
            start, used, needed = word_start, 0, columns(text[word_start:word_end])
        end = word_end
        used += needed
    if end > start:
        yield start, end


def columns(text: str) -> int:
    """How many columns a text takes on a terminal."""
    return len(text) if text.isascii() else sum(map(_columns_of, text))


@cache
def _columns_of(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def lines(
    text: str,
    spans: Sequence[Span] = (),
    *,
    highlighting: Highlighting = Highlighting.NONE,
    width: int | None = None,
    bold: bool = False,
) -> Iterator[str]:
    """A text from a page, made safe, broken into lines of `width`, its matches made visible."""
    text, spans = _joined(*clean_marked(text, spans))
    if highlighting is Highlighting.BRACKETS:
        text, spans = _bracketed(text, spans), ()
    for start, end in wrap(text, width) if width else [(0, len(text))]:
        inside = [(max(a, start) - start, min(b, end) - start) for a, b in spans]
        line_spans = [(a, b) for a, b in inside if a < b]
        if highlighting is Highlighting.COLOUR:
            yield _coloured(text[start:end], line_spans, bold)
        else:
            yield text[start:end]


def _joined(text: str, spans: Sequence[Span]) -> tuple[str, list[Span]]:
    """Matches with nothing but a space between them become one."""
    joined: list[Span] = []
    for start, end in spans:
        if joined and text[joined[-1][1] : start].isspace():
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return text, joined


def _bracketed(text: str, spans: Sequence[Span]) -> str:
    pieces: list[str] = []
    done = 0
    for start, end in spans:
        pieces += text[done:start], "[", text[start:end], "]"
        done = end
    return "".join([*pieces, text[done:]])


def _coloured(text: str, spans: Sequence[Span], bold: bool) -> str:
    pieces: list[str] = []
    done = 0
    for start, end in [*spans, (len(text), len(text))]:
        if between := text[done:start]:
            pieces.append(click.style(between, bold=True) if bold else between)
        if start < end:
            pieces.append(click.style(text[start:end], fg="yellow", bold=True))
        done = end
    return "".join(pieces)


def _words(text: str) -> Iterator[Span]:
    start = 0
    for end in [*(i for i, c in enumerate(text) if c == " "), len(text)]:
        if end > start:
            yield start, end
        start = end + 1
