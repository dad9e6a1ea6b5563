"""The history of an article, as text and as JSON. Times are in UTC, as a proof needs them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

import click

from archive.catalogue.absence import Tombstone, day_and_time
from archive.history.article_history import SHORT, FileHistory, History, State
from search_cli.render import View, count_of
from search_cli.safe_text import clean
from search_cli.terminal import Marks, lines

_BARS = "▁▂▃▄▅▆▇█"
_PLOT_WIDTH = 60


def history_lines(history: History, view: View) -> Iterator[str]:
    """All of it for a person, from the standing title down to each capture."""
    standing = next(v for v in history.versions if v.digest == history.standing)
    yield from lines(standing.article.title, marks=view.marks, width=view.width, bold=True)
    yield clean(history.id)
    for url in history.urls:
        yield clean(url)
    yield history.presence
    yield from _section("Versions", _version_lines(history), view)
    yield from _section("Changes", _change_lines(history), view)
    yield from _section("Views", _view_lines(history), view)
    yield from _section("Files", _file_lines(history.files), view)
    yield from _section("Gone", _tombstone_lines(history.tombstones), view)
    yield from _section("Captures", _capture_lines(history), view)


def history_json(history: History) -> dict[str, Any]:
    """All of it for a program; times in ISO 8601."""
    return {
        "id": history.id,
        "site": history.site,
        "url": history.url,
        "urls": list(history.urls),
        "presence": history.presence,
        "standing": history.standing,
        "versions": [
            {
                "version": v.digest,
                "short": v.short,
                "title": v.article.title,
                "published_at": _iso(v.article.published_at),
                "first_captured_at": _iso(v.first_captured_at),
                "last_captured_at": _iso(v.last_captured_at),
                "captures": v.captures,
                "truncated": v.truncated,
            }
            for v in history.versions
        ],
        "states": [_state_json(state, "version") for state in history.states],
        "files": [
            {
                "url": file.url,
                "role": file.role,
                "media_type": file.media_type,
                "states": [_state_json(state, "payload_digest") for state in file.states],
            }
            for file in history.files
        ],
        "tombstones": [
            {
                "last_found_at": _iso(stone.last_found_at),
                "gone_since": _iso(stone.since),
                "back_at": _iso(stone.back_at),
                "failed": [{**asdict(check), "at": _iso(check.at)} for check in stone.failed],
            }
            for stone in history.tombstones
        ],
        "checks": len(history.checks),
        "captures": [
            {**asdict(seen), "captured_at": _iso(seen.captured_at)} for seen in history.observations
        ],
    }


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
    heading = click.style(title, bold=True) if view.marks is Marks.COLOUR else title
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
            f"{version.short}  first seen {day_and_time(version.first_captured_at)}, "
            f"{count_of(version.captures, 'capture')}{''.join(f', {note}' for note in notes)}"
        )


def _change_lines(history: History) -> Iterator[str]:
    short = {version.digest: version.short for version in history.versions}
    for before, state in zip(history.states, history.states[1:], strict=False):
        yield f"{short[before.digest]} → {short[state.digest]}  {_bounds(state)}"


def _bounds(state: State) -> str:
    after = f"after {day_and_time(state.after)}, " if state.after else ""
    return f"{after}no later than {day_and_time(state.first_captured_at)}"


def _view_lines(history: History) -> Iterator[str]:
    series = [seen for seen in history.observations if seen.views is not None]
    numbers = [seen.views or 0 for seen in series]
    if numbers:
        yield f"{numbers[0]:,} {plot(numbers)} {numbers[-1]:,}"


def _file_lines(files: Sequence[FileHistory]) -> Iterator[str]:
    for file in files:
        yield f"{file.role}  {clean(file.url)}"
        for state in file.states:
            digest = state.digest.partition(":")[2][:SHORT]
            what = f"swapped {_bounds(state)}" if state.after else "as first seen"
            yield f"  {digest}  {what}, {count_of(state.captures, 'capture')}"


def _tombstone_lines(stones: Sequence[Tombstone]) -> Iterator[str]:
    for stone in stones:
        back = f"back on {day_and_time(stone.back_at)}" if stone.back_at else "not back"
        yield f"after {day_and_time(stone.last_found_at)}; {back}"
        for check in stone.failed:
            yield f"  {day_and_time(check.at)}  {clean(check.answer)}  {clean(check.url)}"


def _capture_lines(history: History) -> Iterator[str]:
    short = {version.digest: version.short for version in history.versions}
    for seen in history.observations:
        views = f", {seen.views:,} views" if seen.views is not None else ""
        cut = ", cut short" if seen.truncated else ""
        yield f"{day_and_time(seen.captured_at)}  {short[seen.version]}{views}{cut}"


def _state_json(state: State, name: str) -> dict[str, Any]:
    return {
        name: state.digest,
        "changed_after": _iso(state.after),
        "first_captured_at": _iso(state.first_captured_at),
        "last_captured_at": _iso(state.last_captured_at),
        "captures": state.captures,
    }


def _iso(moment: Any) -> str | None:
    return moment.isoformat() if moment else None
