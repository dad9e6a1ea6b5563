"""Watch what is published, edited and taken away: what is new for each kept search."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from archive.ground.errors import HdndError, UsageError
from archive.ground.home import Home
from archive.ground.lock import WriterLock
from archive.ground.message import Message
from archive.reading import ArchiveReader
from hdnd.usecases import reading, watch_files
from hdnd.usecases.fact_search import has_facts
from hdnd.usecases.history_search import additions, removals
from hdnd.usecases.search import open_index, search
from hdnd.views.change import Edit, PresenceChange
from hdnd.views.difference import changed_words
from hdnd.views.fate import Fate, FateKind
from hdnd.views.watch import Watch, WatchEvent, WatchEventKind
from indexer import Hit
from indexer.language.vietnamese import fold

if TYPE_CHECKING:
    from indexer.engine import SearchEngine

_LOGGER = logging.getLogger(__name__)
MOST = 10_000
"""Articles that a query of a watch may match."""
_EVER = datetime(1970, 1, 1, tzinfo=UTC)
TO_A_PERSON = "person"
TO_THE_COMMAND = "command"
"""The receivers to whom everything is handed on once."""
_GONE = (FateKind.REMOVED, FateKind.FILE_SWAPPED, FateKind.LAST_SEEN)


@dataclass(frozen=True, slots=True)
class WatchNews:
    """A watch and what is new for it: what was not handed on yet, that of a look that was cut short
    too. `failure` says why it could not be looked at, if so.
    """

    watch: Watch
    events: tuple[WatchEvent, ...]
    failure: Message | None = None


def add_watch(
    home: Home, queries: Sequence[str], *, name: str = "", person: str = "", **how: Any
) -> Watch:
    """Keep a search; what it finds now is known, what comes is told.

    `how` are the filters of `Watch`. Raises `UsageError` for an empty search and a name that is
    taken, and what opening the index raises.
    """
    asked = [" ".join(query.split()) for query in queries]
    if person:
        asked = [f'person:"{person}" {query}'.strip() for query in asked or [""]]
    if not asked or not all(asked):
        raise UsageError("usecases.nothing-to-watch", hint=Message("usecases.type-words"))
    _require_known(home, how)
    made = Watch(
        name or _name_of(home, asked[0]),
        tuple(dict.fromkeys(asked)),
        datetime.now(UTC).isoformat(timespec="seconds"),
        **how,
    )
    with WriterLock(home.watches_lock):
        watch_files.write_watch(home, made, [event.key for event in _events(home, made)])
    return made


def _require_known(home: Home, filters: Mapping[str, Any]) -> None:
    """Raise `UsageError` for a site or category of which there is no article."""
    named = {name: filters.get(name, ()) for name in ("sites", "categories")}
    with open_index(home) as index:
        for note in index.search("", limit=0, **named).notes:
            if note.code.startswith("indexer.no-such-"):
                raise UsageError(note)


def look(home: Home, names: Sequence[str] = ()) -> list[WatchNews]:
    """What is new for each watch, or for those named; from then on it is told.

    One that cannot be looked at keeps none of the others from it. Raises `LockHeld` while another
    process looks.
    """
    chosen = [watch_files.watch(home, name) for name in names] or watch_files.watches(home)
    if not chosen:
        return []
    with WriterLock(home.watches_lock):
        return [_look(home, one) for one in chosen]


def not_handed_on(home: Home, name: str, to: str) -> list[WatchEvent]:
    """What a receiver has not been handed and may be; of what is withheld nothing is."""
    return _to_be_shown(home, watch_files.not_handed_on(home, name, to))


def shown_events(home: Home, name: str) -> list[WatchEvent]:
    """What was told of a watch and may be shown, the newest first."""
    watch_files.watch(home, name)
    return _to_be_shown(home, watch_files.told(home, name)[::-1])


def _to_be_shown(home: Home, events: Sequence[WatchEvent]) -> list[WatchEvent]:
    with ArchiveReader.open(home) as reader:
        hidden = reader.withheld_ids()
    return [event for event in events if event.article not in hidden]


def _look(home: Home, watch: Watch) -> WatchNews:
    try:
        known = watch_files.known_keys(home, watch.name)
        found = [event for event in _events(home, watch) if event.key not in known]
    except HdndError as error:
        _LOGGER.error("a watch failed", extra={"watch": watch.name, "reason": error.said})
        return WatchNews(watch, (), error.said)
    watch_files.tell(home, watch.name, found)
    return WatchNews(watch, tuple(not_handed_on(home, watch.name, TO_A_PERSON)))


def _events(home: Home, watch: Watch) -> list[WatchEvent]:
    """All that there is to be told of a watch, each thing once, by its key."""
    found: dict[str, WatchEvent] = {}
    now = datetime.now(UTC).isoformat(timespec="seconds")
    changes = reading.changes(home, since=_EVER)
    with open_index(home) as index:
        for query in watch.queries:
            hits = _hits(home, index, watch, query)
            for event in (
                *_matches(hits, _edited_in(home, index, watch, query, changes), query, now),
                *_removals(home, index, watch, query, now),
            ):
                found.setdefault(event.key, event)
            for event in _changes(home, watch, query, hits, changes, now, found):
                found[event.key] = event
    return list(found.values())


_Found = dict[str, tuple[Hit, Any]]


def _hits(home: Home, index: SearchEngine, watch: Watch, query: str) -> _Found:
    """The articles that match or once did, each with what became of its words."""
    answer, fates = search(home, index, query, history=True, limit=MOST, page=1, **_how(watch))
    if answer.fallback:
        return {}
    return {hit.id: (hit, fates.get(hit.id)) for hit in answer.hits if not hit.partial}


def _how(watch: Watch) -> dict[str, Any]:
    return {"sites": watch.sites, "categories": watch.categories, "exact": watch.exact}


def _removals(
    home: Home, index: SearchEngine, watch: Watch, query: str, now: str
) -> Iterator[WatchEvent]:
    """Each time that the words were taken out, of a page that came back with them, too."""
    if has_facts(query):
        return
    for hit, fate in removals(home, index, query, **_how(watch)):
        yield _removed(hit, fate, query, now)


def _removed(hit: Hit, fate: Fate, query: str, now: str) -> WatchEvent:
    at = (fate.before or fate.at).isoformat()
    key = f"removed {hit.id} {fate.version[:16]} {at}"
    return _event(WatchEventKind.REMOVED, key, query, hit, at, now, hit.snippet)


def _edited_in(
    home: Home,
    index: SearchEngine,
    watch: Watch,
    query: str,
    changes: Iterable[Edit | PresenceChange],
) -> dict[str, datetime]:
    """The articles that an edit made match, by when; of facts, which have no history, those that
    were edited since the watch was made.
    """
    if not has_facts(query):
        return additions(home, index, query, **_how(watch))
    made = datetime.fromisoformat(watch.made)
    return {
        change.article: change.found_at
        for change in changes
        if isinstance(change, Edit) and not change.file and change.found_at > made
    }


def _matches(
    hits: _Found, edited_in: dict[str, datetime], query: str, now: str
) -> Iterator[WatchEvent]:
    for hit, fate in hits.values():
        if fate is not None and fate.kind in _GONE:
            yield _removed(hit, fate, query, now)
            continue
        kind, at = WatchEventKind.NEW, hit.published_at or now
        if hit.id in edited_in:
            kind, at = WatchEventKind.MATCHES, edited_in[hit.id].isoformat()
        yield _event(kind, f"new {hit.id}", query, hit, at, now, hit.snippet)


def _changes(
    home: Home,
    watch: Watch,
    query: str,
    hits: _Found,
    changes: Iterable[Edit | PresenceChange],
    now: str,
    told: Mapping[str, WatchEvent],
) -> Iterator[WatchEvent]:
    """What became of the articles that match: also what came in long after it was captured.

    An edit that took the words out is `told` as that, and again with all that it changed.
    """
    times: Counter[str] = Counter()
    for change in changes:
        hit, _ = hits.get(change.article, (None, None))
        if hit is None:
            continue
        at = change.found_at.isoformat()
        if isinstance(change, PresenceChange):
            kind = WatchEventKind.BACK if change.is_back else WatchEventKind.GONE
            yield _event(kind, f"{kind.value} {hit.id} {at}", "", hit, at, now)
        elif watch.edits:
            edit = f"edited {hit.id} {change.old[:16]} {change.new[:16]}"
            times[edit] += 1
            removed = told.get(f"removed {hit.id} {change.old[:16]} {at} {query}")
            key = f"{edit} {times[edit]}"
            detail = _detail(home, change)
            if removed:
                yield replace(removed, detail=detail)
            else:
                yield _event(WatchEventKind.EDITED, key, "", hit, at, now, detail=detail)


def _detail(home: Home, edit: Edit) -> str:
    if edit.file:
        return edit.file
    history = reading.article_history(home, edit.article)
    compared = reading.compare_versions(history, (edit.old, edit.new))
    return changed_words(compared.difference) if compared else ""


def _event(
    kind: WatchEventKind,
    key: str,
    query: str,
    hit: Hit,
    at: str,
    now: str,
    snippet: str = "",
    detail: str = "",
) -> WatchEvent:
    return WatchEvent(
        f"{key} {query}".strip(), kind, query, hit.id, hit.site, hit.title, hit.url, at, now,
        snippet, detail,
    )  # fmt: skip


def _name_of(home: Home, query: str) -> str:
    """A name that is free, made of the words."""
    letters = "".join(c if c.isascii() and c.isalnum() else "-" for c in fold(query))
    base = "-".join(filter(None, letters.split("-")))[:40].strip("-") or "watch"
    taken = {one.name for one in watch_files.watches(home)}
    numbered = (f"{base}-{n}" for n in range(2, len(taken) + 3))
    return next(name for name in (base, *numbered) if name not in taken)
