"""What became of articles after they were published: an edit, a disappearance, a return."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any

from archive.history.article_history import SHORT
from archive.history.presence_changes import PresenceChange
from archive.history.silent_edits import Edit

__all__ = ["SHORT", "Edit", "PresenceChange", "change_json", "event_of"]


def change_json(change: Edit | PresenceChange) -> dict[str, Any]:
    """A change with its bounds, `event` says which; times in ISO 8601."""
    value = {
        name: part.isoformat() if isinstance(part, datetime) else part
        for name, part in asdict(change).items()
        if name != "is_back"
    }
    return {"event": event_of(change), **value}


def found_in(change: Edit | PresenceChange) -> str | None:
    """The date of the capture that found it as its record states it, where that is rough."""
    return change.found_in if isinstance(change, Edit) else None


def event_of(change: Edit | PresenceChange) -> str:
    """What happened: `edited`, `gone` or `back`."""
    if isinstance(change, Edit):
        return "edited"
    return "back" if change.is_back else "gone"
