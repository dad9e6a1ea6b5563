"""The history of an article, as text. Times are in UTC, as a proof needs them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import click

from archive.ground.times import day_and_time
from hdnd.views.history import SHORT, History, State, Tombstone
from search_cli.counts import count_of
from search_cli.render import View
from search_cli.safe_text import clean
from search_cli.terminal import Highlighting, lines
from search_cli.words import in_words

_BARS = "▁▂▃▄▅▆▇█"
_PLOT_WIDTH = 60


def history_lines(history: History, view: View) -> Iterator[str]:
    """All of it for a person, from the standing title down to each capture."""
    standing = next(v for v in history.versions if v.digest == history.standing)
    yield from lines(
        standing.article.title, highlighting=view.highlighting, width=view.width, bold=True
    )
    yield clean(history.id)
    for url in history.urls:
        yield clean(url)
    yield in_words(history.presence)
    yield from _section("Versions", _version_lines(history), view)
    yield from _section("Changes", _change_lines(history), view)
    yield from _section("Views", _view_lines(history), view)
    yield from _section("Files", _file_lines(history), view)
    yield from _section("Gone", _tombstone_lines(history.tombstones), view)
    yield from _section("Captures", _capture_lines(history), view)


def plot(numbers: Sequence[int], width: int = _PLOT_WIDTH) -> str:
    """A series as a row of bars, at most `width` of them, from the least to the greatest."""
    if not numbers:
        return ""
    step = max(1.0, len(numbers) / width)
    shown = [numbers[int(n * step)] for n in range(min(width, len(numbers)))]
    shown[-1] = numbers[-1]
    low, span = min(shown), max(shown) - min(shown)
    return "".join(_BARS[(n - low) * (len(_BARS) - 1) // span if span else 0] for n in shown)


def _section(title: str, body: Iterator[str], view: View) -> Iterator[str]:
    heading = click.style(title, bold=True) if view.highlighting is Highlighting.COLOUR else title
    for n, line in enumerate(body):
        if not n:
            yield ""
            yield heading
        yield f"  {line}"


def _version_lines(history: History) -> Iterator[str]:
    for version in history.versions:
        notes = ["standing"] * (version.digest == history.standing)
        notes += ["cut short"] * version.truncated
        yield (
            f"{version.short}  first seen {in_words(history.told(version.first_captured_at))}, "
            f"{count_of(version.captures, 'capture')}{''.join(f', {note}' for note in notes)}"
        )


def _change_lines(history: History) -> Iterator[str]:
    short = {version.digest: version.short for version in history.versions}
    for before, state in zip(history.states, history.states[1:], strict=False):
        yield f"{short[before.digest]} → {short[state.digest]}  {_bounds(history, state)}"


def _bounds(history: History, state: State) -> str:
    after = f"after {in_words(history.told(state.after))}, " if state.after else ""
    return f"{after}no later than {in_words(history.told(state.first_captured_at))}"


def _view_lines(history: History) -> Iterator[str]:
    series = [seen for seen in history.observations if seen.views is not None]
    numbers = [seen.views or 0 for seen in series]
    if numbers:
        yield f"{numbers[0]:,} {plot(numbers)} {numbers[-1]:,}"


def _file_lines(history: History) -> Iterator[str]:
    for file in history.files:
        yield f"{file.role}  {clean(file.url)}"
        for state in file.states:
            digest = state.digest.partition(":")[2][:SHORT]
            what = f"swapped {_bounds(history, state)}" if state.after else "as first seen"
            yield f"  {digest}  {what}, {count_of(state.captures, 'capture')}"


def _tombstone_lines(stones: Sequence[Tombstone]) -> Iterator[str]:
    for stone in stones:
        back = f"back on {day_and_time(stone.back_at)}" if stone.back_at else "not back"
        yield f"after {day_and_time(stone.last_found_at)}; {back}"
        for check in stone.failed:
            yield f"  {day_and_time(check.at)}  {clean(in_words(check.answer))}  {clean(check.url)}"


def _capture_lines(history: History) -> Iterator[str]:
    short = {version.digest: version.short for version in history.versions}
    for seen in history.observations:
        views = f", {seen.views:,} views" if seen.views is not None else ""
        cut = ", cut short" if seen.truncated else ""
        yield f"{in_words(history.told(seen.captured_at))}  {short[seen.version]}{views}{cut}"
