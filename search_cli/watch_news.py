"""What is new for watches: as lines, and to the operator's command."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from search_cli.safe_text import clean
from search_cli.words import N_, _, local, ngettext, stored, when, zone

if TYPE_CHECKING:
    from archive.ground.home import Home
    from hdnd.usecases.watching import WatchNews

_SAID = {
    "new": N_("new"),
    "matches": N_("now matches"),
    "removed": N_("words removed"),
    "edited": N_("edited"),
    "gone": N_("gone from its site"),
    "back": N_("back on its site"),
}
_PATIENCE = 300


def news_lines(found: Sequence[WatchNews]) -> Iterator[str]:
    """Each watch that has something new, and what it is; a line if none has."""
    if not any(news.events for news in found):
        yield _("Nothing new in what is watched.") if found else _("Nothing is watched.")
    for news in found:
        if news.events:
            yield clean(
                ngettext(
                    "{watch}: {count} thing new",
                    "{watch}: {count} things new",
                    len(news.events),
                    watch=news.watch.name,
                )
            )
        for event in news.events:
            at = datetime.fromisoformat(event.at)
            when_it_was = when(at) if event.kind.value == "new" else f"{local(at)} {zone(at)}"
            what = _(_SAID[event.kind.value])
            of = f" · {event.query}" if event.query and len(news.watch.queries) > 1 else ""
            yield clean(f"  {what} · {event.title} ({when_it_was}){of}")
            if event.detail or event.kind.value == "removed":
                yield clean(f"    {stored(event.detail) or event.snippet}")
            yield clean(f"    {event.article}  {event.url}")


def hand_on(home: Home, found: Sequence[WatchNews]) -> Iterator[str]:
    """Note what a person was told, and hand it to each watch's own command; yields what went wrong.

    What a command did not take is handed to it the next time.
    """
    from hdnd.usecases.watch_files import note_handed
    from hdnd.usecases.watching import TO_A_PERSON, TO_THE_COMMAND, not_handed_on
    from hdnd.views.watch import event_json

    for news in found:
        watch = news.watch
        note_handed(home, watch.name, news.events, TO_A_PERSON)
        events = not_handed_on(home, watch.name, TO_THE_COMMAND) if watch.run else []
        if not events:
            continue
        lines = "".join(json.dumps(event_json(e), ensure_ascii=False) + "\n" for e in events)
        try:
            done = subprocess.run(
                watch.run, shell=True, input=lines.encode(), timeout=_PATIENCE, check=False
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            yield _("the command of the watch {name} failed: {error}", name=watch.name, error=error)
            continue
        if done.returncode:
            yield _(
                "the command of the watch {name} ended with {status}",
                name=watch.name,
                status=done.returncode,
            )
        else:
            note_handed(home, watch.name, events, TO_THE_COMMAND)
