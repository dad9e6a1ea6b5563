"""Progress of long work on stderr: a live line on a terminal, now and then a line in a log."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Protocol

import click

from search_cli.safe_text import clean, escape_in_json
from search_cli.vocabulary import word
from search_cli.words import N_, _, decimal, in_figures, ngettext

if TYPE_CHECKING:
    from rich.progress import Progress

    from hdnd.usecases.stages import OnProgress

SECONDS_BETWEEN_LINES = 60.0


class Reporter(Protocol):
    """Told how far a piece of work is; a piece of unknown size has no total."""

    def __call__(self, what: str, done: int = 0, total: int | None = None, **facts: object) -> None:
        """`what` names the piece of work; another name begins another piece.

        `facts` are further numbers and names: a line for a person shows the numbers.
        """
        ...


@contextmanager
def reporting(*, quiet: bool = False, form: str = "auto") -> Iterator[Reporter]:
    """A reporter that suits where stderr goes; `json` a line each time, a quiet one nothing."""
    if quiet:
        yield _silent
    elif form == "json":
        yield _as_json
    elif sys.stderr.isatty():
        with _live_display() as display:
            yield _Live(display)
    else:
        lines = _Lines()
        yield lines
        lines.flush()


def told(report: Reporter) -> OnProgress:
    """What a use case is to tell, told to a reporter in words; to a program's in English."""
    from hdnd.usecases.stages import Stage, StageProgress

    words = {
        Stage.PREPARE: N_("Preparing"),
        Stage.PREPARE_CRAWL: N_("Preparing the crawl"),
        Stage.PREPARE_REFRESH: N_("Preparing the refresh"),
        Stage.PREPARE_RECOVERY: N_("Preparing the recovery"),
        Stage.CRAWL: N_("Crawling"),
        Stage.REFRESH: N_("Refreshing"),
        Stage.ARCHIVE: N_("Archiving"),
        Stage.LOOK: N_("Looking"),
        Stage.RECOVER: N_("Recovering"),
        Stage.GATHER: N_("Gathering from the store"),
        Stage.CATCH_UP: N_("Reading what was kept"),
        Stage.REBUILD: N_("Reading the WARC files"),
        Stage.IMPORT: N_("Importing"),
        Stage.DERIVE: N_("Deriving"),
        Stage.OCR: N_("Reading by OCR"),
        Stage.INDEX: N_("Indexing"),
        Stage.CHECK: N_("Checking"),
        Stage.COPY: N_("Copying"),
        Stage.PUSH: N_("Bringing to object storage"),
        Stage.DROP: N_("Deleting local copies"),
        Stage.EXPORT: N_("Exporting"),
    }

    is_for_programs = report is _as_json

    def tell(at: StageProgress) -> None:
        what = words[at.stage] if is_for_programs else _(words[at.stage])
        if at.item:
            what = f"{what} {at.item if is_for_programs else word(at.item)}"
        report(what, at.done, at.total, **at.facts)

    return tell


def _silent(what: str, done: int = 0, total: int | None = None, **facts: object) -> None:
    return None


def _as_json(what: str, done: int = 0, total: int | None = None, **facts: object) -> None:
    now = datetime.now(UTC).isoformat(timespec="milliseconds")
    value = {"at": now, "what": what, "done": done, "total": total, **facts}
    click.echo(escape_in_json(json.dumps(value, ensure_ascii=False)), err=True)


class _Told:
    """The numbers beside the bar: what was found, how fast it goes, how long it may take."""

    def __init__(self) -> None:
        self._began = time.monotonic()

    def text(self, done: int, total: int | None, facts: Mapping[str, object]) -> str:
        seconds = time.monotonic() - self._began
        parts = [_number(name, value) for name, value in facts.items() if isinstance(value, int)]
        if facts and done and seconds > 1:
            rate = done / seconds
            if rate >= 1:
                parts.append(_("{number} a second", number=decimal(rate)))
            else:
                parts.append(_("{number} a minute", number=round(60 * rate)))
            if total is not None and total > done:
                parts.append(_("about {time} left", time=_duration((total - done) / rate)))
        return ", ".join(parts)


def _number(name: str, number: int) -> str:
    match name:
        case "new":
            return _("{count} new", count=number)
        case "changed":
            return _("{count} changed", count=number)
        case "problems":
            return ngettext("{count} problem", "{count} problems", number)
    return f"{in_figures(number)} {name}"


def _duration(seconds: float) -> str:
    minutes = round(seconds / 60)
    if minutes < 1:
        return _("a minute")
    if minutes < 120:
        return _("{number} min", number=minutes)
    return _("{number} h", number=round(minutes / 60))


class _Lines:
    """A line when a piece of work begins, every minute, and when it ends."""

    def __init__(self) -> None:
        self._what = ""
        self._next = 0.0
        self._unsaid = ""
        self._told = _Told()

    def __call__(self, what: str, done: int = 0, total: int | None = None, **facts: object) -> None:
        if what != self._what:
            self._told = _Told()
        text = f"{clean(what)} {done}/{total}" if total else clean(what)
        more = self._told.text(done, total, facts)
        text = f"{text}: {more}" if more else text
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
        self._told = _Told()

    def __call__(self, what: str, done: int = 0, total: int | None = None, **facts: object) -> None:
        from rich.markup import escape

        if what != self._what:
            self._display.remove_task(self._task)
            self._task = self._display.add_task(escape(clean(what)), total=total)
            self._what = what
            self._told = _Told()
        more = self._told.text(done, total, facts)
        said = escape(f"{clean(what)}: {more}" if more else clean(what))
        self._display.update(self._task, completed=done, total=total, description=said)


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
