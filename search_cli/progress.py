"""Progress of long work on stderr: a live line on a terminal, now and then a line in a log."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

import click

from search_cli.safe_text import clean

if TYPE_CHECKING:
    from rich.progress import Progress

SECONDS_BETWEEN_LINES = 20.0


class Reporter(Protocol):
    """Told how far a piece of work is; a piece of unknown size has no total."""

    def __call__(self, what: str, done: int = 0, total: int | None = None) -> None:
        """`what` names the piece of work; another name begins another piece."""
        ...


@contextmanager
def reporting(*, quiet: bool = False) -> Iterator[Reporter]:
    """A reporter that suits where stderr goes; a quiet one says nothing."""
    if quiet:
        yield _silent
    elif sys.stderr.isatty():
        with _live_display() as display:
            yield _Live(display)
    else:
        lines = _Lines()
        yield lines
        lines.flush()


def _silent(what: str, done: int = 0, total: int | None = None) -> None:
    return None


class _Lines:
    """A line when a piece of work begins, every twenty seconds, and when it ends."""

    def __init__(self) -> None:
        self._what = ""
        self._next = 0.0
        self._unsaid = ""

    def __call__(self, what: str, done: int = 0, total: int | None = None) -> None:
        text = f"{clean(what)} {done}/{total}" if total else clean(what)
        now = time.monotonic()
        if what != self._what:
            self.flush()
            self._what, self._next = what, 0.0
        self._unsaid = text
        if now >= self._next:
            self.flush()
            self._next = now + SECONDS_BETWEEN_LINES

    def flush(self) -> None:
        """Say what was held back."""
        if self._unsaid:
            click.echo(self._unsaid, err=True)
        self._unsaid = ""


class _Live:
    """A spinner, a bar and the time gone by, redrawn in place."""

    def __init__(self, display: Progress) -> None:
        self._display = display
        self._task = display.add_task("", total=None)
        self._what = ""

    def __call__(self, what: str, done: int = 0, total: int | None = None) -> None:
        from rich.markup import escape

        if what != self._what:
            self._display.remove_task(self._task)
            self._task = self._display.add_task(escape(clean(what)), total=total)
            self._what = what
        self._display.update(self._task, completed=done, total=total)


def _live_display() -> Progress:
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        SpinnerColumn,
        TextColumn,
        TimeElapsedColumn,
    )

    return Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(bar_width=24),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        transient=True,
    )
