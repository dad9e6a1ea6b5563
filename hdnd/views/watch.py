"""A watch: a search that is kept, and what was found for it night by night."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any


class WatchEventKind(StrEnum):
    """What happened: one came that matches, an edit made one match, its words went, it was edited,
    went, came back.
    """

    NEW = "new"
    MATCHES = "matches"
    REMOVED = "removed"
    EDITED = "edited"
    GONE = "gone"
    BACK = "back"


@dataclass(frozen=True, slots=True)
class Watch:
    """A kept search: `queries` (one, or a list of names) and its filters; `made` in ISO 8601.

    With `edits` every silent edit of an article that matches is told, not only that its words are
    gone. `run` is the operator's command for what is new, empty if there is none.
    """

    name: str
    queries: tuple[str, ...]
    made: str
    sites: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    exact: bool = False
    edits: bool = False
    run: str = ""


@dataclass(frozen=True, slots=True)
class WatchEvent:
    """Something new for a watch. `key` is the same for the same thing, whenever it is found.

    `at` is when it happened as far as it is known, `found` when it was first told, both in ISO
    8601; `detail` says what was removed and added by an edit.
    """

    key: str
    kind: WatchEventKind
    query: str
    article: str
    site: str
    title: str
    url: str
    at: str
    found: str
    snippet: str = ""
    detail: str = ""


def watch_json(watch: Watch) -> dict[str, Any]:
    """A watch for a program."""
    return asdict(watch)


def event_json(event: WatchEvent) -> dict[str, Any]:
    """What is new, for a program."""
    return asdict(event)
