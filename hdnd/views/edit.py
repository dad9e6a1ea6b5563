"""A silent edit."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from archive.history.article_history import SHORT
from archive.history.silent_edits import Edit

__all__ = ["SHORT", "Edit", "edit_json"]


def edit_json(edit: Edit) -> dict[str, Any]:
    """An edit with its bounds; times in ISO 8601."""
    return {
        **asdict(edit),
        "after": edit.after.isoformat(),
        "found_at": edit.found_at.isoformat(),
    }
