"""The history of an article, as text. Times are in UTC, as a proof needs them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import click

from hdnd.views.history import SHORT, History, State, Tombstone
from search_cli.counts import count_of
from search_cli.render import View
from search_cli.safe_text import clean
from search_cli.terminal import Highlighting, lines
from search_cli.vocabulary import word
from search_cli.words import _, in_figures, in_utc, in_words, ngettext

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
    yield from _section(_("Versions"), _version_lines(history), view)
    yield from _section(_("Changes"), _change_lines(history), view)
    yield from _section(_("Views"), _view_lines(history), view)
    yield from _section(_("Files"), _file_lines(history), view)
    yield from _section(_("Gone"), _tombstone_lines(history.tombstones), view)
    yield from _section(_("Captures"), _capture_lines(history), view)


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
        seen = _("first seen {at}", at=in_words(history.told(version.first_captured_at)))
        notes = [seen, count_of(version.captures, "capture")]
        notes += [_("standing")] * (version.digest == history.standing)
        notes += [_("cut short")] * version.truncated
        yield f"{version.short}  {', '.join(notes)}"


def _change_lines(history: History) -> Iterator[str]:
    short = {version.digest: version.short for version in history.versions}
    for before, state in zip(history.states, history.states[1:], strict=False):
        yield f"{short[before.digest]} → {short[state.digest]}  {_bounds(history, state)}"


def _bounds(history: History, state: State) -> str:
    before = in_words(history.told(state.first_captured_at))
    if state.after is None:
        return _("no later than {before}", before=before)
    after = in_words(history.told(state.after))
    return _("after {after}, no later than {before}", after=after, before=before)


def _view_lines(history: History) -> Iterator[str]:
    series = [seen for seen in history.observations if seen.views is not None]
    numbers = [seen.views or 0 for seen in series]
    if numbers:
        yield f"{in_figures(numbers[0])} {plot(numbers)} {in_figures(numbers[-1])}"


def _file_lines(history: History) -> Iterator[str]:
    for file in history.files:
        yield f"{word(file.role)}  {clean(file.url)}"
        for state in file.states:
            digest = state.digest.partition(":")[2][:SHORT]
            if state.after:
                what = _("swapped {bounds}", bounds=_bounds(history, state))
            else:
                what = _("as first seen")
            yield f"  {digest}  {what}, {count_of(state.captures, 'capture')}"


def _tombstone_lines(stones: Sequence[Tombstone]) -> Iterator[str]:
    for stone in stones:
        after = in_utc(stone.last_found_at)
        if stone.back_at:
            yield _("after {after}; back on {back}", after=after, back=in_utc(stone.back_at))
        else:
            yield _("after {after}; not back", after=after)
        for check in stone.failed:
            yield f"  {in_utc(check.at)}  {clean(in_words(check.answer))}  {clean(check.url)}"


def _capture_lines(history: History) -> Iterator[str]:
    short = {version.digest: version.short for version in history.versions}
    for seen in history.observations:
        notes = [short[seen.version]]
        if seen.views is not None:
            notes.append(ngettext("{count} view", "{count} views", seen.views))
        notes += [_("cut short")] * seen.truncated
        yield f"{in_words(history.told(seen.captured_at))}  {', '.join(notes)}"
